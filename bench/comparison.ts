// One comparison of two fixed amounts of work, exactly as the product compares two versions of a program.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deadlineIn } from "../src/base/deadline.ts";
import { measureProgram } from "../src/prove/program.ts";
import { leastProgramGain } from "../src/prove/select.ts";
import type { ProgramProof } from "../src/schemas/index.ts";

const work = (loops: number) =>
  `total = 0\nfor i in range(${Math.round(loops)}):\n    total += i * i % 7\nprint("done")\n`;

/** Compare `loops` of work with `loops / gain`. */
export async function compareWork(
  python: string,
  loops: number,
  gain: number,
  pairs: number,
): Promise<ProgramProof> {
  const cwd = mkdtempSync(join(tmpdir(), "speedwell-bench-"));
  try {
    const path = join(cwd, "work.py");
    writeFileSync(path, work(loops));
    return await measureProgram({
      interpreter: python,
      program: { kind: "script", target: "work.py", arguments: [], cwd },
      overlay: null,
      environment: process.env,
      expectedExit: 0,
      original: { [path]: work(loops) },
      overrides: { [path]: work(loops / gain) },
      tolerance: null,
      expectedGain: gain,
      deadline: deadlineIn(3600),
      mostPairs: pairs,
    });
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** Whether the product would call the rewritten program faster, and whether the interval alone would. */
export const verdicts = ({ speedup, floor }: ProgramProof) => ({
  called: speedup !== null && speedup.low > Math.max(floor!, leastProgramGain),
  interval: speedup !== null && speedup.low > 1,
});
