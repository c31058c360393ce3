// speedwell export [RUN] --format F

import { openSession } from "../../session.ts";
import type { CommonOptions } from "../main.ts";
import { withSurface } from "../surface.ts";

export async function exportRun(
  run: string | undefined,
  options: CommonOptions & { format: string },
): Promise<void> {
  await withSurface(options, async (surface) => {
    const session = openSession({ cwd: process.cwd(), ...surface, ...options });
    const exported = await session.export(run, options);
    surface.print({ json: exported, text: () => `${exported.files.join("\n")}\n${exported.hint}\n` });
  });
}
