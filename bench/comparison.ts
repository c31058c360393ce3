// Comparisons of two fixed amounts of work, exactly as the product compares two versions of a program, kept in a file so that
// a bench can be cut off and taken up again.

import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deadlineIn } from "../src/base/deadline.ts";
import { measureProgram } from "../src/prove/program.ts";
import { ProgramRunner } from "../src/prove/program-run.ts";
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

/** The share of what no loop takes in a run of so many loops, as the product runs it; the least of some runs of each. */
export async function startShare(python: string, loops: number): Promise<number> {
  const cwd = mkdtempSync(join(tmpdir(), "speedwell-bench-"));
  const path = join(cwd, "work.py");
  writeFileSync(path, "");
  const program = { kind: "script" as const, target: "work.py", arguments: [], cwd };
  const runner = await ProgramRunner.open(
    { interpreter: python, program, overlay: null, environment: process.env },
    cwd,
  );
  try {
    const least: number[] = [];
    for (const text of [work(0), work(loops)]) {
      const seconds: number[] = [];
      for (let i = 0; i < 8; i++) {
        const overrides = { [path]: text };
        const setting = { track: false, clock: 1, cores: null, hashSeed: 1, timeoutSeconds: 60 };
        seconds.push((await runner.run({ overrides, ...setting })).seconds);
      }
      least.push(Math.min(...seconds));
    }
    return Math.min(0.9, least[0]! / least[1]!);
  } finally {
    await runner.close();
    rmSync(cwd, { recursive: true, force: true });
  }
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
