// Comparisons of two fixed amounts of work, exactly as the product compares two versions of a program, kept in a file so that
// a bench can be cut off and taken up again.

import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deadlineIn } from "../src/base/deadline.ts";
import { measureProgram } from "../src/prove/program.ts";
import { surelyFaster } from "../src/prove/select.ts";
import { binomialInterval } from "../src/stats/index.ts";

const work = (loops: number) =>
  `total = 0\nfor i in range(${Math.round(loops)}):\n    total += i * i % 7\nprint("done")\n`;

/** One comparison. */
export interface Outcome {
  setting: string;
  low: number;
  estimate: number;
  floor: number;
  /** Median seconds of a run of the original. */
  seconds: number;
  /** Whether the product says that the rewritten program is faster. */
  called: boolean;
  /** The lower end and the floor of the ratio of processor seconds. */
  cpuLow: number | null;
  cpuFloor: number | null;
  pairs: number;
  placement: string;
}

/** Compare `loops` of work with `loops / gain`; with as many pairs as by default when none are given. */
export async function compareWork(
  python: string,
  loops: number,
  gain: number,
  plan: { mostPairs?: number; expectedGain?: number },
): Promise<Omit<Outcome, "setting">> {
  const cwd = mkdtempSync(join(tmpdir(), "speedwell-bench-"));
  try {
    const path = join(cwd, "work.py");
    writeFileSync(path, work(loops));
    const proof = await measureProgram({
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
      ...plan,
    });
    const { speedup, floor, cpu, oldSeconds, conditions } = proof;
    if (speedup === null) throw new Error(proof.reason ?? "not measured");
    return {
      low: speedup.low,
      estimate: speedup.estimate,
      floor: floor!,
      seconds: oldSeconds!,
      called: surelyFaster(speedup, floor!),
      cpuLow: cpu?.ratio.low ?? null,
      cpuFloor: cpu?.floor ?? null,
      pairs: proof.pairs,
      placement: conditions!.placement,
    };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** The share of starting Python in a run of so many loops; the least of some runs of each. */
export function startShare(loops: number, run: (code: string) => unknown): number {
  const least = (code: string) =>
    Math.min(
      ...Array.from({ length: 8 }, () => {
        const started = performance.now();
        run(code);
        return performance.now() - started;
      }),
    );
  return Math.min(0.9, least("") / least(work(loops)));
}

/** Make at most `count` comparisons while `minutes` last, each written to `file` at once. */
export async function whileTime(
  minutes: number,
  count: number,
  compare: () => Promise<Omit<Outcome, "setting">>,
  file: string,
  setting: string,
): Promise<void> {
  const end = performance.now() + 60_000 * minutes;
  for (let i = 0; i < count && performance.now() < end; i++) {
    appendFileSync(file, `${JSON.stringify({ setting, ...(await compare()) })}\n`);
    process.stderr.write(`\r${i + 1}/${count}`);
  }
  process.stderr.write("\n");
}

/** The comparisons of this setting that the file has. */
export function readOutcomes(file: string, setting: string): Outcome[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Outcome).filter((one) => one.setting === setting);
}

/** `3 of 400: 0.8% (95%: 0.2 to 2.2)`, the interval exact. */
export function rate(count: number, total: number): string {
  const percent = (share: number) => (100 * share).toFixed(1);
  const { low, high } = binomialInterval(count, total);
  return `${count} of ${total}: ${percent(count / Math.max(1, total))}% (95%: ${percent(low)} to ${percent(high)})`;
}
