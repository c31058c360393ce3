// All rewrites that hold on their own, put together: checked again in the composed text, then run as a whole program.

import type { Deadline } from "../base/deadline.ts";
import type { Interval, ProgramProof, Tolerance } from "../schemas/index.ts";
import { mergeEdits } from "../source/edits.ts";
import { secondsOfPairs } from "./budget.ts";
import { type Candidate, regionAfter } from "./candidate.ts";
import { leastPairs } from "./pairs.ts";
import { unmeasured, type WholeProgram } from "./program.ts";
import type { ProveOptions } from "./prove.ts";
import {
  leastProgramGain,
  programMargin,
  ratio,
  refusedBecause,
  surelyFaster,
  withInterval,
} from "./select.ts";

export interface Composed {
  kept: Candidate[];
  /** The sentence with which each of them is kept. */
  why: ReadonlyMap<Candidate, string>;
  program: ProgramProof;
}

/**
 * Compose the chosen rewrites and measure the program. When the composition does not hold, the weakest is dropped and
 * the rest tried again while time is left; when whole runs show no gain, nothing is kept. While others wait to be tried, no
 * more pairs are run than a clear gain needs.
 */
export async function composeAndMeasure(
  options: ProveOptions,
  chosen: readonly Candidate[],
  whole: WholeProgram | string,
  othersWait: boolean,
): Promise<Composed> {
  // Strongest first, so that the weakest is dropped from the end.
  let kept = withOwnEvidence([...chosen].sort((a, b) => b.gain() - a.gain()));
  let program = unmeasured(null);
  const none = new Map<Candidate, string>();
  for (;;) {
    if (kept.length > 0) kept = await recheck(options, kept, beforeWholeRuns(options, kept, whole));
    // Each of them was refused here, or changed the program's output the last time round.
    if (kept.length === 0) return { kept, why: none, program };
    if (typeof whole === "string") return predicted(options, kept, whole, unmeasured(whole));
    program = await whole.compare({
      overrides: { ...whole.original, ...composedTexts(kept) },
      tolerance: loosest(kept),
      expectedGain: expectedOfWholeRuns(kept),
      ...(othersWait ? { mostPairs: briefPairs } : {}),
      deadline: options.deadline,
    });
    if (program.outputs.same !== false) break;
    kept = await withoutCulprits(options, whole, kept, program);
  }
  if (!program.measured)
    return predicted(options, kept, program.reason ?? "whole runs were not timed", program);
  const gain = gainPerRepeat(kept, program, options.repeat);
  if (surelyFaster(gain, program.floor!)) {
    const why = new Map(
      kept.map((one) => [one, keptSentence(one, kept.length, program, gain, options.repeat)]),
    );
    return { kept, why, program: { ...program, perRepeat: perRepeat(options, gain) } };
  }
  for (const one of kept) one.refuse(noClearGain(program, gain));
  return {
    kept: [],
    why: none,
    program: { ...program, reason: "whole runs of the program show no clear gain" },
  };
}

/** The time for checking a set again, which leaves that of its whole runs. */
function beforeWholeRuns(
  { deadline }: ProveOptions,
  kept: readonly Candidate[],
  whole: WholeProgram | string,
): Deadline {
  const pairs =
    typeof whole === "string" ? 0 : secondsOfPairs(whole.seconds, whole.seconds / expectedOfWholeRuns(kept));
  const left = deadline.remaining();
  return deadline.within(Math.max(left - pairs, 0.2 * left));
}

function noClearGain({ floor, cpu }: ProgramProof, gain: Interval): string {
  const least = Math.max(floor!, 1 + programMargin);
  const shown = `whole runs show no clear gain: ${withInterval(gain)} for the program, which must be ${ratio(leastProgramGain)} and surely above ${ratio(least)}`;
  return cpu && cpu.ratio.low > cpu.floor
    ? `${shown}; in processor time alone it is ${withInterval(cpu.ratio)}`
    : shown;
}

/** Pairs of whole runs when others wait for their turn. */
const briefPairs = 8;

/** A first look at a region must show at least this much, where there was no time for pairs of the region alone. */
const clearFirstLook = 1.5;

/** Beside others, a rewrite must have shown its own gain: whole runs of all together cannot tell which of them gains. */
function withOwnEvidence(chosen: readonly Candidate[]): Candidate[] {
  if (chosen.length < 2) return [...chosen];
  return chosen.filter((one) => {
    const shown = one.timing !== null || one.quick!.ratio >= clearFirstLook;
    if (!shown)
      one.postpone(`only about ${ratio(one.quick!.ratio)} in a first timing, and no time for more of them`);
    return shown;
  });
}

/** Those of a composition that changes the program's output which do not change it alone; if all are such, no weakest. */
async function withoutCulprits(
  options: ProveOptions,
  whole: WholeProgram,
  kept: readonly Candidate[],
  program: ProgramProof,
): Promise<Candidate[]> {
  const change = `the program's output changed: ${program.outputs.difference}`;
  const innocent: Candidate[] = [];
  for (const one of kept) {
    const overrides = { ...whole.original, ...composedTexts([one]) };
    const { deadline } = options;
    if (
      kept.length > 1 &&
      (await whole.sameOutput({ overrides, tolerance: one.rewrite.tolerance, deadline }))
    )
      innocent.push(one);
    else one.refuse(`in whole runs ${change}`);
  }
  if (innocent.length === kept.length) innocent.pop()!.refuse(`together with the other rewrites ${change}`);
  return innocent;
}

/** Drop what no longer gives the same results, or cannot be applied, beside the others in its file. */
async function recheck(
  options: ProveOptions,
  chosen: readonly Candidate[],
  deadline: Deadline,
): Promise<Candidate[]> {
  let kept = [...chosen];
  for (;;) {
    const failed = await firstFailure(options, kept, deadline);
    if (failed === null) return kept;
    kept = kept.filter((one) => one !== failed);
  }
}

async function firstFailure(
  options: ProveOptions,
  kept: readonly Candidate[],
  deadline: Deadline,
): Promise<Candidate | null> {
  for (const one of kept) {
    const beside = kept.filter((other) => other.rewrite.file === one.rewrite.file);
    if (beside.length < 2) continue; // its own text, which was checked
    const edits = mergeEdits(beside.map((other) => other.rewrite.edits));
    if (edits === null) {
      const weakest = beside.at(-1)!;
      weakest.refuse("its changes to the source cannot be combined with those of rewrites that gain more");
      return weakest;
    }
    options.onProgress?.({ stage: "prove", message: "checking the rewrites together" });
    const { text, region } = regionAfter(one.subject, edits, false);
    const checked = await one.subject.replay!.check(text, region, loosest(beside), deadline);
    const reason = refusedBecause(checked);
    if (reason === null) continue;
    const refusal = `together with the other rewrites of this file it ${reason}`;
    if (checked.verdict === "cannot_tell") one.postpone(refusal);
    else one.refuse(refusal);
    return one;
  }
  return null;
}

/** Without timed whole runs, for the `reason` given, only what was timed in pairs as a region can be kept. */
function predicted(
  options: ProveOptions,
  chosen: readonly Candidate[],
  reason: string,
  program: ProgramProof,
): Composed {
  const why = new Map<Candidate, string>();
  for (const one of chosen) {
    const gain = one.predicted();
    if (gain !== null) why.set(one, `${one.timed}; predicted for the program: ${withInterval(gain)}`);
    else {
      const wholeRuns = 1.1 * leastPairs * options.programSeconds * (1 + 1 / one.gain());
      one.postpone(
        `about ${ratio(one.quick!.ratio)} in a first timing, but not proved: ${reason}`,
        wholeRuns,
      );
    }
  }
  const kept = [...why.keys()];
  const speedup = composedGain(kept, (one) => one.predictedCold());
  const gain = composedGain(kept);
  return { kept, why, program: { ...program, speedup, perRepeat: gain && perRepeat(options, gain) } };
}

/** What is known of the region when it was not timed in pairs. */
const firstLook = (one: Candidate) =>
  one.needsWholeRuns
    ? `${Math.round(100 * one.rewrite.reuse!)}% of the calls that were looked at had the arguments of an earlier one`
    : `about ${ratio(one.quick!.ratio)} in a first timing of the region, with no time for more of them`;

const perRepeat = ({ repeat }: ProveOptions, speedup: Interval): ProgramProof["perRepeat"] =>
  repeat > 1 ? { runs: repeat, speedup } : null;

/**
 * The program's gain for each of `repeat` runs of its work in one process, from whole runs, which do it once: what they
 * paid once is spread over the repeats. Never better than what the regions' own timings allow.
 */
function gainPerRepeat(kept: readonly Candidate[], program: ProgramProof, repeat: number): Interval {
  const measured = program.speedup!;
  const once = kept.reduce((sum, one) => sum + (one.timing?.onceSeconds ?? one.quick!.onceSeconds), 0);
  const spread = once * (1 - 1 / repeat);
  const warm = composedGain(kept);
  if (spread === 0 || warm === null) return measured;
  const old = program.oldSeconds!;
  const each = (gain: number, most: number) =>
    Math.min(most, old / Math.max(old / gain - spread, 0.01 * old));
  return {
    low: each(measured.low, warm.low),
    estimate: each(measured.estimate, warm.estimate),
    high: each(measured.high, warm.high),
  };
}

/** The gain to be expected of a whole run, in which the work is done once, for the plan of pairs. */
function expectedOfWholeRuns(kept: readonly Candidate[]): number {
  const once = kept.reduce((sum, one) => sum + (one.timing?.onceSeconds ?? one.quick!.onceSeconds), 0);
  const { programSeconds, repeat } = kept[0]!.subject;
  const gain = composedGain(kept)?.low ?? kept[0]!.gain();
  return 1 / (1 / gain + (once * (1 - 1 / repeat)) / programSeconds);
}

function keptSentence(
  one: Candidate,
  count: number,
  program: ProgramProof,
  gain: Interval,
  repeat: number,
): string {
  const often =
    repeat > 1
      ? ` for each of ${repeat} runs of its work, ${withInterval(program.speedup!)} for a single one`
      : "";
  const whole = `${withInterval(gain)} for the ${count === 1 ? "program" : "program with all kept rewrites"}${often}`;
  return one.timing === null
    ? `${whole}, measured by whole runs; ${firstLook(one)}`
    : `${one.timed}; ${whole}, measured by whole runs`;
}

/**
 * The program's predicted gain with all of them: the time saved adds up where the regions' shares leave room for it, and
 * never counts for less than the best alone. Null when one was not timed well enough.
 */
function composedGain(
  kept: readonly Candidate[],
  predictedGain = (one: Candidate): Interval | null => one.predicted(),
): Interval | null {
  const gains: Interval[] = [];
  for (const one of kept) {
    const gain = predictedGain(one);
    if (gain === null) return null;
    gains.push(gain);
  }
  if (gains.length === 0) return null;
  const shares = kept.reduce((sum, one) => sum + one.subject.share.estimate, 0);
  const together = (gain: (interval: Interval) => number) => {
    const best = Math.max(...gains.map(gain));
    // Shares beyond the whole mean that one region runs inside another: their savings are not two.
    if (shares > 1) return best;
    return Math.max(best, 1 / (1 - gains.reduce((sum, one) => sum + 1 - 1 / gain(one), 0)));
  };
  return {
    low: together((one) => one.low),
    estimate: together((one) => one.estimate),
    high: together((one) => one.high),
  };
}

function composedTexts(kept: readonly Candidate[]): Record<string, string> {
  return Object.fromEntries(
    kept.map(({ subject, rewrite }) => {
      const beside = kept.filter((other) => other.rewrite.file === rewrite.file);
      const edits = mergeEdits(beside.map((other) => other.rewrite.edits))!;
      return [subject.file.path, regionAfter(subject, edits, false).text];
    }),
  );
}

function loosest(kept: readonly Candidate[]): Tolerance | null {
  const bound = (tolerance: Tolerance) =>
    tolerance.kind === "ulp" ? tolerance.bound * 2 ** -52 : tolerance.bound;
  return kept
    .flatMap(({ rewrite }) => rewrite.tolerance ?? [])
    .reduce<Tolerance | null>((most, one) => (most === null || bound(one) > bound(most) ? one : most), null);
}
