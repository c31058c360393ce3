// speedwell apply [RUN], speedwell apply --undo [RUN]

import { openSession } from "../../session.ts";
import type { CommonOptions } from "../main.ts";
import { withSurface } from "../surface.ts";

export async function apply(
  run: string | undefined,
  options: CommonOptions & { undo?: boolean },
): Promise<void> {
  await withSurface(options, async (surface) => {
    const session = openSession({ cwd: process.cwd(), ...surface, ...options });
    const applied = await session.apply(run, { undo: options.undo === true });
    const verb = applied.action === "applied" ? "Rewrote" : "Put back";
    const next =
      applied.action === "applied" ? `Take it back with: speedwell apply --undo ${applied.run}\n` : "";
    surface.print({
      json: applied,
      text: () => `${applied.files.map((file) => `${verb} ${file}\n`).join("")}${next}`,
    });
  });
}
