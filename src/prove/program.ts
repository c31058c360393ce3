// The whole program, original against rewritten: is the output the same, and how much faster is it from start to end.

import { tmpdir } from "node:os";
import type { Deadline } from "../base/deadline.ts";
import type { Progress } from "../base/progress.ts";
import type { ProgramProof, Texts, Tolerance } from "../schemas/index.ts";
import { median } from "../stats/index.ts";
import { type CoreSetting, conditionsOf, Placement, type Usage } from "./conditions.ts";
import { content, ExpectedOutputs } from "./outputs.ts";
import {
  judgePairs,
  leastPairs,
  type PairedTimes,
  pairUp,
  planPairs,
  runPairs,
  type Side,
  usedRatio,
  worthwhilePairs,
} from "./pairs.ts";
import { type ProgramRun, ProgramRunner, type ProgramSetting } from "./program-run.ts";
import { programWarnings } from "./warnings.ts";

export interface ProgramOptions extends ProgramSetting {
  /** The original's text of every file that any rewrite touches, by absolute path. */
  original: Texts;
  /** The exit code that the recorded run ended with; another one means that it does not run unattended. */
  expectedExit: number | null;
  /** Whether a run must have used each of the texts, or may do without some; default: each. */
  uses?: "each" | "some";
  /** Wall seconds of the recorded run, for the plan. */
  usualSeconds?: number;
  onProgress?: Progress | undefined;
}

export interface ProgramComparison {
  /** Text of the same files with the rewrites. */
  overrides: Texts;
  /** The loosest tolerance of the rewrites, or null when all promise the same bits. */
  tolerance: Tolerance | null;
  /** The program's expected gain, for the plan; 1 when not known. */
  expectedGain: number;
  deadline: Deadline;
  /** Most pairs; by default what the expected gain is worth (`worthwhilePairs`). */
  mostPairs?: number;
}

/** A factor by which no program's own timing is likely to stay within its rounding. */
const stretchedClock = 1.37;

/** The original, run often enough to know what its output is and what of it varies. */
export class WholeProgram {
  /** Wall seconds of a run of the original. */
  readonly seconds: number;
  /** The original's first run, and which of the texts its runs used. */
  readonly first: ProgramRun;
  readonly used: ReadonlySet<string>;
  private readonly options: ProgramOptions;
  private readonly runner: ProgramRunner;
  private readonly expected: ExpectedOutputs;
  private readonly track: boolean;
  /** What the first runs used, for the choice of where later ones run. */
  private readonly watched: readonly (Usage | null)[];

  private constructor(
    options: ProgramOptions,
    runner: ProgramRunner,
    expected: ExpectedOutputs,
    runs: readonly ProgramRun[],
  ) {
    this.options = options;
    this.runner = runner;
    this.expected = expected;
    // Other work may go on beside the first runs, so the least is the nearest to an ordinary run.
    this.seconds = Math.min(options.usualSeconds ?? Infinity, ...runs.map((run) => run.seconds));
    this.watched = runs.map((run) => run.usage);
    this.first = runs[0]!;
    this.used = new Set(runs.flatMap((run) => [...run.overridden]));
    this.track = runs.some((run) => run.written.length > 0);
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
          cores: "watch",
          hashSeed: null,
          timeoutSeconds: deadline.remaining(),
        });
        const reason = unusable(run, options, options.original, options.expectedExit);
        if (reason !== null) {
          await runner.close();
          return reason;
        }
        expected.add(run.outputs);
        runs.push(run);
      }
      return new WholeProgram(options, runner, expected, runs);
    } catch (error) {
      await runner.close();
      throw error;
    }
  }

  /** The original's texts, as given. */
  get original(): Texts {
    return this.options.original;
  }

  /**
   * Time the rewritten program against the original in ABBA pairs, comparing the output of every run. The number of
   * pairs is fixed before the first from the original's time, the expected gain and the time left.
   */
  async compare(comparison: ProgramComparison): Promise<ProgramProof> {
    const { overrides, tolerance, deadline } = comparison;
    const secondsPerRewritten = (1.05 * this.seconds) / Math.max(1, comparison.expectedGain);
    const secondsPerPair = 1.05 * this.seconds + secondsPerRewritten;
    const proof = unmeasured(null);
    const rewritten: ProgramRun[] = [];
    const step = async (side: Side, cores: CoreSetting, hashSeed: number | null) => {
      const run = await (side === "old"
        ? this.runOriginal(deadline, cores, hashSeed)
        : this.runRewritten(overrides, deadline, cores, hashSeed));
      if (typeof run === "string") {
        proof.reason = run;
        return null;
      }
      if (side === "new") {
        rewritten.push(run);
        // Compared at once as well, so that a wrong program costs one run and not the whole plan.
        const same = this.judgeOutputs(proof, rewritten, tolerance);
        if (!same && !(await this.isVariation(proof, rewritten, tolerance, deadline))) return null;
      }
      return run;
    };
    // One run of the rewritten program that is not timed: what it reads is then as near as what the original reads.
    const fits = (seconds: number) => planPairs(seconds, secondsPerPair, leastPairs) > 0;
    const spare = deadline.remaining() - 1.2 * secondsPerRewritten;
    const warms = spare > 0 && fits(spare) === fits(deadline.remaining()); // unless it would take the pairs' time
    const first = warms ? await step("new", "watch", null) : null;
    if (warms && first === null) return this.finish(proof, rewritten, tolerance);
    const most = comparison.mostPairs ?? worthwhilePairs(comparison.expectedGain);
    // With room for a machine that becomes busier, where there is room: a plan that is cut short proves nothing.
    const pairs =
      planPairs(deadline.remaining(), 1.4 * secondsPerPair, most) ||
      planPairs(deadline.remaining(), secondsPerPair, leastPairs);
    if (pairs === 0) {
      proof.reason ??= `${leastPairs} pairs of whole runs do not fit into the time left`;
      return this.finish(proof, rewritten, tolerance);
    }
    const placement = Placement.decide([...this.watched, first?.usage ?? null]);
    let core: number | null = null;
    let begun = -1;
    const runs = await runPairs(pairs, deadline, (side, pair) => {
      this.options.onProgress?.({
        stage: "prove",
        message: `timing the whole program, ${side === "old" ? "original" : "rewritten"}`,
        done: pair,
        total: pairs,
      });
      if (pair > begun) [begun, core] = [pair, placement.nextCore()];
      return step(side, core, pair + 1);
    });
    this.judgeRuns(proof, runs, placement);
    return this.finish(proof, rewritten, tolerance);
  }

  /** What whole pairs of runs show, unless the output changed. */
  private judgeRuns(proof: ProgramProof, runs: readonly ProgramRun[], placement: Placement) {
    const times = pairUp(runs.map((run) => run.seconds));
    const judged = judgePairs(times);
    proof.pairs = times.logRatios.length;
    if (judged === null) {
      proof.reason ??= "the time ended before enough pairs of whole runs";
      return;
    }
    if (!proof.outputs.same) return;
    const usages = runs.map((run) => run.usage);
    proof.reason = null;
    proof.measured = true;
    proof.speedup = judged.ratio;
    proof.floor = judged.floor;
    proof.oldSeconds = median(times.old);
    proof.newSeconds = median(times.new);
    proof.logRatios = times.logRatios;
    proof.times = { old: times.old, new: times.new };
    proof.memory = usedRatio(usages.map((one) => one?.memory ?? null));
    proof.memoryRatio = proof.memory?.estimate ?? null;
    proof.cpu = processorRatio(runs, times);
    proof.conditions = conditionsOf(this.options.environment, placement, usages);
    proof.warnings = programWarnings(judged, times, startShare(runs));
  }

  /** Whether one run of the rewritten program gives the original's output. */
  async sameOutput(
    comparison: Pick<ProgramComparison, "overrides" | "tolerance" | "deadline">,
  ): Promise<boolean> {
    const run = await this.runRewritten(comparison.overrides, comparison.deadline);
    return typeof run !== "string" && this.expected.compare(run.outputs, comparison.tolerance).same;
  }

  /** Remove what was needed for the runs. The program's own files are as they were before the first. */
  close(): Promise<void> {
    return this.runner.close();
  }

  /** One more ordinary run of the original, and what it tells about its output; a sentence when it came to no end. */
  private async runOriginal(
    deadline: Deadline,
    cores: CoreSetting = null,
    hashSeed: number | null = null,
  ): Promise<ProgramRun | string> {
    const { original, expectedExit } = this.options;
    const run = await this.runner.run({
      overrides: original,
      track: this.track,
      clock: 1,
      cores,
      hashSeed,
      timeoutSeconds: deadline.remaining(),
    });
    const reason = unusable(run, this.options, original, expectedExit);
    if (reason !== null) return reason;
    this.expected.add(run.outputs);
    return run;
  }

  /** A run of the rewritten program; a sentence when the time ended first. */
  private async runRewritten(
    overrides: Texts,
    deadline: Deadline,
    cores: CoreSetting = null,
    hashSeed: number | null = null,
  ): Promise<ProgramRun | string> {
    const patience = 10 + 5 * this.seconds;
    const run = await this.runner.run({
      overrides,
      track: this.track,
      clock: 1,
      cores,
      hashSeed,
      timeoutSeconds: Math.min(patience, deadline.remaining()),
    });
    if (run.timedOut && run.seconds < patience) return outOfTime;
    // A rewritten program that does not come to its end is another result, not one that is missing.
    const reason = unusable(run, this.options, overrides, null);
    return reason === null
      ? run
      : { ...run, outputs: new Map([["exit code", content(Buffer.from(reason))]]) };
  }

  /** Judged again at the end, when all runs of the original have told what of its output varies. */
  private finish(proof: ProgramProof, rewritten: readonly ProgramRun[], tolerance: Tolerance | null) {
    if (rewritten.length > 0) this.judgeOutputs(proof, rewritten, tolerance);
    proof.outputs.compared = this.expected.compared();
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
      if (typeof (await this.runOriginal(deadline)) === "string") return false;
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

/** The largest share of a run's processor time that went before the program began; null where it is not known. */
function startShare(runs: readonly ProgramRun[]): number | null {
  const shares = runs.flatMap(({ usage }) => (usage?.cpu ? usage.begun / usage.cpu : []));
  if (shares.length < runs.length) return null;
  // In pairs of runs, so that every value is that of the shorter side.
  return median(shares.flatMap((share, i) => (i % 2 === 1 ? Math.max(share, shares[i - 1]!) : [])));
}

/** Processor seconds of the runs in pairs; null where a process did not tell them. */
function processorRatio(runs: readonly ProgramRun[], wall: PairedTimes): ProgramProof["cpu"] {
  const seconds = runs.map((run) => run.usage?.cpu ?? 0);
  if (seconds.some((one) => one <= 0)) return null;
  const times = pairUp(seconds);
  const judged = judgePairs(times);
  return judged && { ...judged, share: median(times.old) / median(wall.old) };
}

const outOfTime = "the time ended before a whole run of the program did";

/** Why a run says nothing about the program, in a sentence; null when it does. */
function unusable(
  run: ProgramRun,
  { uses }: Pick<ProgramOptions, "uses">,
  texts: Texts,
  expectedExit: number | null,
): string | null {
  if (run.fault !== null) return `the rewritten source does not compile: ${run.fault}`;
  if (run.timedOut) return outOfTime;
  if (expectedExit !== null && run.exit !== expectedExit)
    return `run again without a terminal, the program ended with ${run.signal ?? `exit code ${run.exit}`} instead of ${expectedExit}`;
  if (uses === "some") return null;
  const unused = Object.keys(texts).find((path) => !run.overridden.has(path));
  return unused === undefined ? null : `a whole run of the program did not use ${unused}`;
}

/** A proof in which nothing was measured, for the reason given. */
export const unmeasured = (reason: string | null): ProgramProof => ({
  speedup: null,
  measured: false,
  perRepeat: null,
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
