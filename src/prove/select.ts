// Which rewrites to keep: pure decisions over what was measured, each with its plain sentence.

import type { Equivalence, Interval, Once, Region, Rewrite, Timing } from "../schemas/index.ts";
import { predictGain } from "../stats/index.ts";
import { crossoverPhrase } from "./sizes.ts";

/** A region must gain at least this much, at the lower end of its interval, whatever the noise. */
export const regionMargin = 0.05;
/** The program's least gain: smaller ones are not worth a change to the source. Predicted ones need it at the lower end. */
export const leastProgramGain = 1.02;
/** How far above 1 the lower end of whole runs' interval must lie, however quiet the machine. */
export const programMargin = 0.01;
/** A rewrite that needs a new package must make the program this much faster than a plainer one. */
export const dependencyPremium = 1.3;

export interface Judged {
  keep: boolean;
  /** A sentence with its number. */
  reason: string;
  /** The program's predicted gain; null when the region was not timed. */
  program: Interval | null;
}

/** Why an equivalence that is not `same` refuses the rewrite; null when it is `same`. */
export function refusedBecause(equivalence: Equivalence): string | null {
  if (equivalence.verdict === "same") return null;
  const start =
    equivalence.verdict === "different" ? "gives another result" : "cannot tell whether it is the same";
  return `${start}: ${equivalence.reason}`;
}

/** The program's gain from a region's timing: Amdahl with the region's share, and the once-paid seconds added. */
export const programGain = (share: Interval, timing: Timing, programSeconds: number): Interval =>
  predictGain(share, timing.ratio, timing.onceSeconds / programSeconds);

/** Whether whole runs in pairs show a gain: worth a change, and beyond doubt and the machine's noise. */
export const surelyFaster = (speedup: Interval, floor: number): boolean =>
  speedup.estimate >= leastProgramGain && speedup.low > Math.max(1 + programMargin, floor);

/**
 * Keep or refuse a rewrite that gives the same results, by its region's timing, for a program that does the same work
 * `repeat` times per start: what is paid once is spread over these.
 */
export function judgeTiming(share: Interval, timing: Timing, programSeconds: number, repeat = 1): Judged {
  const program = programGain(share, timing, programSeconds * repeat);
  const region = withInterval(timing.ratio);
  const least = 1 + Math.max(regionMargin, timing.floor - 1);
  if (timing.ratio.low <= least) {
    const noise =
      timing.floor - 1 > regionMargin
        ? `, and this machine's noise hides less than ${ratio(timing.floor)}`
        : "";
    const reason =
      timing.ratio.high < 1
        ? `slower in the region (${region})`
        : `no clear gain in the region (${region})${noise}`;
    return { keep: false, reason, program };
  }
  if (program.low <= leastProgramGain) {
    const once = onceSentence(
      onceCost(share, timing.ratio, timing.onceSeconds, programSeconds),
      programSeconds,
    );
    return {
      keep: false,
      reason: `faster in the region (${region}) but only ${withInterval(program)} for the program${once}`,
      program,
    };
  }
  const slower = crossoverPhrase(timing.sizes);
  return { keep: true, reason: `faster in the region: ${region}${slower ? `, but ${slower}` : ""}`, program };
}

export interface Choice {
  rewrite: Rewrite;
  /** Start and end of the region in the file, as UTF-16 offsets. */
  start: number;
  end: number;
  /** The program's predicted gain with this rewrite alone. */
  gain: number;
  /** The packages that the user would have to add. */
  newPackages: readonly string[];
  region: Region;
  /** The part of the region's time in which none of the others' regions runs: what is called by another is saved once. */
  beside(others: readonly Choice[]): number;
}

/** Both add a file of one name, and not the same one. */
const addsOther = (a: Rewrite, b: Rewrite): boolean =>
  (a.files ?? []).some((x) => (b.files ?? []).some((y) => x.path === y.path && x.text !== y.text));

/** Two rewrites that cannot both be applied: their regions or any of their edits overlap in one file. */
export function conflict(a: Choice, b: Choice): boolean {
  if (addsOther(a.rewrite, b.rewrite)) return true;
  if (a.rewrite.file !== b.rewrite.file) return false;
  if (a.start < b.end && b.start < a.end) return true;
  return a.rewrite.edits.some((x) =>
    b.rewrite.edits.some((y) => {
      // The same insertion, for example of one import, is no conflict: it is made once.
      if (x.start === y.start && x.end === y.end && x.text === y.text) return false;
      return x.start < y.end && y.start < x.end;
    }),
  );
}

/**
 * The set of rewrites without conflicts that saves the program the most time, where a package that the user would have to
 * add must make the program `dependencyPremium` times faster than plainer rewrites of the same lines do. Time saved adds up,
 * 1 − 1/gain of each, less what lies inside of a region that saves more. Exact up to `exactLimit` choices; of more, those that save the most are considered.
 */
export function chooseSet(choices: readonly Choice[]): Choice[] {
  const exactLimit = 16;
  const saved = (choice: Choice) => 1 - 1 / choice.gain;
  const plain = choices.filter((choice) => choice.newPackages.length === 0 && choice.gain > 1);
  const contested = new Set(choices.filter((choice) => plain.some((one) => conflict(choice, one))));
  const worth = (taken: readonly Choice[], total: number) => {
    const packages = new Set(taken.flatMap((choice) => (contested.has(choice) ? choice.newPackages : [])));
    return -Math.log(1 - Math.min(0.99, total)) - packages.size * Math.log(dependencyPremium);
  };
  const ordered = strongest(choices)
    .sort((a, b) => saved(b) - saved(a))
    .slice(0, exactLimit);
  let best: Choice[] = [];
  let bestWorth = 0;
  const extend = (index: number, taken: Choice[], total: number) => {
    const value = worth(taken, total);
    // A whisker of slack, so that exactly the premium suffices.
    if (value > bestWorth + 1e-9) [best, bestWorth] = [taken, value];
    for (let i = index; i < ordered.length; i++) {
      const next = ordered[i]!;
      if (taken.some((one) => conflict(one, next))) continue;
      extend(i + 1, [...taken, next], total + saved(next) * (taken.length > 0 ? next.beside(taken) : 1));
    }
  };
  extend(0, [], 0);
  return best;
}

/** Of each region the best rewrite for each set of packages that it would ask the user to add. */
function strongest(choices: readonly Choice[]): Choice[] {
  const best = new Map<string, Choice>();
  for (const choice of choices) {
    const key = JSON.stringify([choice.rewrite.region, [...choice.newPackages].sort()]);
    const rival = best.get(key);
    if (!rival || choice.gain > rival.gain) best.set(key, choice);
  }
  return [...best.values()];
}

/** The cost paid once, by what is known of the region: `ratio` old over new, its `share` of the program. */
export function onceCost(share: Interval, ratio: Interval, once: number, programSeconds: number): Once {
  const perRun = programSeconds * share.estimate * (1 - 1 / ratio.estimate);
  return {
    seconds: once,
    cold: predictGain(share, ratio, once / programSeconds),
    warm: predictGain(share, ratio),
    breakEven: perRun > 0 ? Math.max(1, Math.ceil(once / perRun)) : null,
  };
}

/** When what is paid once is worth a word: beyond a fiftieth of the program. */
export const countsOnce = (once: number, programSeconds: number): boolean => once > 0.02 * programSeconds;

/** Why a gain in the region is lost in the program, and how often the work must run for it to pay. */
export function onceSentence(once: Once, programSeconds: number): string {
  if (!countsOnce(once.seconds, programSeconds)) return "";
  const pays =
    once.breakEven === null
      ? ""
      : `; it pays from ${once.breakEven} runs of this work per start of the program: --repeat says how many there are`;
  return `, because each start pays ${seconds(once.seconds)} once for compiling and importing${pays}`;
}

/** `3.1×`, `12×`, `1.04×`, `under 0.1×`. */
export const ratio = (value: number): string =>
  value < 0.05
    ? "under 0.1×"
    : `${value >= 10 ? value.toFixed(0) : value >= 1.095 || value < 0.9 ? value.toFixed(1) : value.toFixed(2)}×`;

/** `3.1×, 2.9 to 3.3`. */
export const withInterval = (interval: Interval): string =>
  `${ratio(interval.estimate)}, ${ratio(interval.low).slice(0, -1)} to ${ratio(interval.high).slice(0, -1)}`;

/** `0.8 s`, `120 ms`. */
export const seconds = (value: number): string =>
  value >= 0.95 ? `${value.toFixed(value < 10 ? 1 : 0)} s` : `${Math.round(value * 1000)} ms`;
