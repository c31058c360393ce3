// speedwell open [RUN]

import { openSession } from "../../session.ts";
import type { CommonOptions } from "../main.ts";
import { withSurface } from "../surface.ts";

export async function open(run: string | undefined, options: CommonOptions): Promise<void> {
  await withSurface(options, async (surface) => {
    const session = openSession({ cwd: process.cwd(), ...surface, ...options });
    const opened = await session.open(run);
    const how = opened.opened ? "Opened" : "No browser could be started here. The report is";
    surface.print({ json: opened, text: () => `${how} ${opened.report}\n` });
  });
}
