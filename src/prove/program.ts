// The whole program, original against rewritten: is the output the same, and how much faster is it from start to end.

import { tmpdir } from "node:os";
import type { Deadline } from "../base/deadline.ts";
import type { Progress } from "../base/progress.ts";
import type { ProgramProof, Tolerance } from "../schemas/index.ts";
import { median } from "../stats/index.ts";
import { ExpectedOutputs } from "./outputs.ts";
import { judgePairs, leastPairs, planPairs, runPairs } from "./pairs.ts";
import { type ProgramRun, ProgramRunner, type ProgramSetting } from "./program-run.ts";

export interface ProgramOptions extends ProgramSetting {
  /** The original's text of every file that any rewrite touches, by absolute path. */
  original: Readonly<Record<string, string>>;
  /** The exit code that the recorded run ended with; another one means that it does not run unattended. */
  expectedExit: number | null;
  onProgress?: Progress | undefined;
}

export interface ProgramComparison {
  /** Text of the same files with the rewrites. */
  overrides: Readonly<Record<string, string>>;
  /** The loosest tolerance of the rewrites, or null when all promise the same bits. */
  tolerance: Tolerance | null;
  /** The program's expected gain, for the plan; 1 when not known. */
  expectedGain: number;
  deadline: Deadline;
  /** Most pairs; default 20. */
  mostPairs?: number;
}

/** A factor by which no program's own timing is likely to stay within its rounding. */
const stretchedClock = 1.37;

/** The original, run often enough to know what its output is and what of it varies. */
export class WholeProgram {
  /** Wall seconds of an ordinary run of the original. */
  readonly seconds: number;
  private readonly options: ProgramOptions;
  private readonly runner: ProgramRunner;
  private readonly expected: ExpectedOutputs;
  private readonly facets: readonly string[];
  private readonly track: boolean;

  private constructor(
    options: ProgramOptions,
    runner: ProgramRunner,
    expected: ExpectedOutputs,
    first: ProgramRun,
  ) {
    this.options = options;
    this.runner = runner;
    this.expected = expected;
    this.facets = [...first.outputs.keys()];
    this.seconds = first.seconds;
    this.track = first.written.length > 0;
  }

  /**
   * Run the original twice: as it is, and with faster clocks, so that what it derives from its own timing is known to
   * vary. Gives a sentence instead when it cannot be run to its usual end within the deadline.
   */
  static async open(options: ProgramOptions, deadline: Deadline): Promise<WholeProgram | string> {
    const runner = await ProgramRunner.open(options, tmpdir());
    try {
      const expected = new ExpectedOutputs();
      const runs: ProgramRun[] = [];
      for (const clock of [1, stretchedClock]) {
        options.onProgress?.({
          stage: "prove",
          message: "running the original program to know its output",
          done: runs.length,
          total: 2,
        });
        const run = await runner.run({
          overrides: options.original,
          track: true,
          clock,
          timeoutSeconds: deadline.remaining(),
        });
        const reason = unusable(run, options.original, options.expectedExit);
        if (reason !== null) {
          await runner.close();
          return reason;
        }
        expected.add(run.outputs);
        runs.push(run);
      }
      return new WholeProgram(options, runner, expected, runs[0]!);
    } catch (error) {
      await runner.close();
      throw error;
    }
  }

  /**
   * Time the rewritten program against the original in ABBA pairs, comparing the output of every run. The number of
   * pairs is fixed before the first from the original's time, the expected gain and the time left.
   */
  async compare(comparison: ProgramComparison): Promise<ProgramProof> {
    const { overrides, tolerance, deadline } = comparison;
    const secondsPerPair = 1.1 * this.seconds * (1 + 1 / Math.max(1, comparison.expectedGain));
    const pairs = planPairs(deadline.remaining(), secondsPerPair, comparison.mostPairs ?? 20);
    const proof = unmeasured(null);
    proof.outputs.compared = [...this.facets];
    const memory: Record<"old" | "new", number[]> = { old: [], new: [] };
    const rewritten: ProgramRun[] = [];
    const step = async (side: "old" | "new") => {
      const texts = side === "old" ? this.options.original : overrides;
      const run = await this.runner.run({
        overrides: texts,
        track: this.track,
        clock: 1,
        timeoutSeconds: deadline.remaining(),
      });
      proof.reason = unusable(run, texts, side === "old" ? this.options.expectedExit : null);
      if (proof.reason !== null) return null;
      if (run.memory !== null) memory[side].push(run.memory);
      if (side === "old") this.expected.add(run.outputs);
      else {
        rewritten.push(run);
        // Compared at once as well, so that a wrong program costs one run and not the whole plan.
        if (
          !this.judgeOutputs(proof, rewritten, tolerance) &&
          !(await this.isVariation(proof, rewritten, tolerance, deadline))
        )
          return null;
      }
      return run.seconds;
    };
    if (pairs === 0) {
      // The figure cannot be had, but the output can be checked with one run.
      proof.reason = null;
      const affordable = deadline.remaining() > secondsPerPair;
      if (affordable && (await step("new")) === null) return this.finish(proof, rewritten, tolerance);
      proof.reason = `${leastPairs} pairs of whole runs do not fit into the time left`;
      return affordable ? this.finish(proof, rewritten, tolerance) : proof;
    }
    const times = await runPairs(pairs, deadline, (side, done) => {
      this.options.onProgress?.({
        stage: "prove",
        message: `timing the whole program, ${side === "old" ? "original" : "rewritten"}`,
        done,
        total: 2 * pairs,
      });
      return step(side);
    });
    if (proof.outputs.same === false) return this.finish(proof, rewritten, tolerance);
    const judged = judgePairs(times);
    proof.pairs = times.logRatios.length;
    if (judged === null) proof.reason ??= "the time ended before enough pairs of whole runs";
    else {
      proof.reason = null;
      proof.measured = true;
      proof.speedup = judged.ratio;
      proof.floor = judged.floor;
      proof.oldSeconds = median(times.old);
      proof.newSeconds = median(times.new);
      proof.logRatios = times.logRatios;
      if (memory.old.length > 0 && memory.new.length > 0)
        proof.memoryRatio = median(memory.new) / median(memory.old);
    }
    return this.finish(proof, rewritten, tolerance);
  }

  /** Remove what was needed for the runs. The program's own files are as they were before the first. */
  close(): Promise<void> {
    return this.runner.close();
  }

  /** Judged again at the end, when all runs of the original have told what of its output varies. */
  private finish(proof: ProgramProof, rewritten: readonly ProgramRun[], tolerance: Tolerance | null) {
    if (rewritten.length > 0) this.judgeOutputs(proof, rewritten, tolerance);
    proof.outputs.nondeterministic = this.expected.nondeterministic();
    if (proof.outputs.same === false)
      proof.reason = `the program's output changed: ${proof.outputs.difference}`;
    return proof;
  }

  /** Whether a difference is one that the original shows too when it is run more often: an order of a set, a race. */
  private async isVariation(
    proof: ProgramProof,
    rewritten: readonly ProgramRun[],
    tolerance: Tolerance | null,
    deadline: Deadline,
  ): Promise<boolean> {
    for (let tries = 0; tries < 2 && deadline.remaining() > 1.5 * this.seconds; tries++) {
      const run = await this.runner.run({
        overrides: this.options.original,
        track: this.track,
        clock: 1,
        timeoutSeconds: deadline.remaining(),
      });
      if (unusable(run, this.options.original, this.options.expectedExit) !== null) return false;
      this.expected.add(run.outputs);
      if (this.judgeOutputs(proof, rewritten, tolerance)) return true;
    }
    return false;
  }

  private judgeOutputs(
    proof: ProgramProof,
    rewritten: readonly ProgramRun[],
    tolerance: Tolerance | null,
  ): boolean {
    const compared = rewritten.map((run) => this.expected.compare(run.outputs, tolerance));
    const different = compared.find((one) => !one.same);
    proof.outputs.same = different === undefined;
    proof.outputs.difference = different?.difference ?? null;
    proof.outputs.largestEffect = Math.max(...compared.map((one) => one.largestEffect));
    return proof.outputs.same;
  }
}

/** Why a run says nothing about the program, in a sentence; null when it does. */
function unusable(
  run: ProgramRun,
  texts: Readonly<Record<string, string>>,
  expectedExit: number | null,
): string | null {
  if (run.fault !== null) return `the rewritten source does not compile: ${run.fault}`;
  if (run.timedOut) return "the time ended before a whole run of the program did";
  if (expectedExit !== null && run.exit !== expectedExit)
    return `run again without a terminal, the program ended with ${run.signal ?? `exit code ${run.exit}`} instead of ${expectedExit}`;
  const unused = Object.keys(texts).find((path) => !run.overridden.has(path));
  return unused === undefined ? null : `a whole run of the program did not use ${unused}`;
}

/** A proof in which nothing was measured, for the reason given. */
export const unmeasured = (reason: string | null): ProgramProof => ({
  speedup: null,
  measured: false,
  reason,
  pairs: 0,
  floor: null,
  oldSeconds: null,
  newSeconds: null,
  memoryRatio: null,
  logRatios: [],
  outputs: { same: null, compared: [], nondeterministic: [], difference: null, largestEffect: 0 },
});

/** Compare one rewritten program with its original: `WholeProgram` opened, used once and closed. */
export async function measureProgram(options: ProgramOptions & ProgramComparison): Promise<ProgramProof> {
  const program = await WholeProgram.open(options, options.deadline);
  if (typeof program === "string") return unmeasured(program);
  try {
    return await program.compare(options);
  } finally {
    await program.close();
  }
}
