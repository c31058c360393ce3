// speedwell runs, speedwell runs --compare A B, speedwell runs --prune KEEP

import { ExitCode, Fault } from "../../base/fault.ts";
import { openSession } from "../../session.ts";
import type { CommonOptions } from "../main.ts";
import { renderComparison, renderRuns } from "../runs-text.ts";
import { withSurface } from "../surface.ts";

export async function runs(options: CommonOptions & { compare?: string[]; prune?: number }): Promise<void> {
  await withSurface(options, async (surface) => {
    const session = openSession({ cwd: process.cwd(), ...surface, ...options });
    if (options.compare) {
      const [before, after] = options.compare;
      if (!before || !after || options.compare.length !== 2)
        throw new Fault("--compare takes two runs, as `speedwell runs` names them.", ExitCode.wrongUsage);
      const comparison = await session.compareRuns(before, after);
      surface.print({ json: comparison, text: () => renderComparison(comparison) });
      return;
    }
    const list = await session.runs({ keep: options.prune });
    surface.print({ json: list, text: () => renderRuns(list) });
  });
}
