// How the time of a proof is divided, before anything is known about the rewrites.

import { leastPairs } from "./pairs.ts";

export interface BudgetPlan {
  /** Whether the time allows to time whole runs in pairs. Without that, the program's gain is predicted. */
  wholeRuns: boolean;
  /** Whether the time allows to compare the output of one whole run with the original's. */
  compareOutput: boolean;
  /** Seconds for checking results region by region, seconds for timing regions; the rest is for the whole program. */
  checks: number;
  timing: number;
}

/** Seconds of the least pairs of whole runs of a program and its rewritten version. */
export const secondsOfPairs = (programSeconds: number, newSeconds: number): number =>
  1.05 * leastPairs * (programSeconds + newSeconds) + 1;

/** The same before anything is known: a rewrite may well take most of `largestShare` off the program's time. */
const likelySecondsOfPairs = (programSeconds: number, largestShare: number): number =>
  secondsOfPairs(programSeconds, programSeconds * (1 - 0.8 * largestShare));

/**
 * Seconds for looking for rewrites, of those `available` for that and for the proof: half of what whole runs leave, where
 * these fit.
 */
export function searchSeconds(available: number, programSeconds: number, largestShare: number): number {
  const pairs = likelySecondsOfPairs(programSeconds, largestShare);
  return 0.5 * (pairs <= 0.75 * available ? available - pairs : available);
}

/**
 * `available` seconds for a program of `programSeconds` whose largest region has `largestShare` of its time. Whole runs
 * come first, because the program's number is the one that counts; regions are checked and timed in what is left. The
 * first two whole runs go on beside the checks, so they need no time of their own. `newSeconds` is what a whole run takes with
 * the best rewrite that was found so far.
 */
export function planBudget(
  available: number,
  programSeconds: number,
  largestShare: number,
  newSeconds = Number.POSITIVE_INFINITY,
): BudgetPlan {
  const known = secondsOfPairs(programSeconds, newSeconds);
  const pairs = Math.min(known, likelySecondsOfPairs(programSeconds, largestShare));
  const outputOnly = 1.1 * programSeconds + 1;
  const baseline = 2.2 * programSeconds;
  // With a rewrite at hand whose program's time is known, no margin is needed for what one is still to be found.
  const wholeRuns = pairs <= (pairs === known ? 0.97 : 0.85) * available;
  const compareOutput = wholeRuns || outputOnly + baseline <= 0.6 * available;
  const regions = available - (wholeRuns ? pairs : compareOutput ? outputOnly : 0);
  return { wholeRuns, compareOutput, checks: 0.6 * regions, timing: 0.4 * regions };
}
