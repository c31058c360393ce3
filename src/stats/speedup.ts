// From a region's gain to the program's, and from paired times to a ratio. A ratio is old over new: above 1 is faster.

import type { Interval } from "../schemas/index.ts";
import { signedRankInterval } from "./signed-rank.ts";

/** Amdahl's limit: the program's gain if the given share of its time vanished. Null when all of it does. */
export const amdahlCeiling = (share: number): number | null => (share >= 1 ? null : 1 / (1 - share));

/** The program's gain when a share of its time becomes `ratio` times faster and a further share is added once. */
export const amdahlGain = (share: number, ratio: number, addedShare = 0): number =>
  1 / (1 - share + share / ratio + addedShare);

/**
 * The program's gain with its interval: the least and the greatest gain over all corners of the two intervals, so it is
 * rather too wide than too narrow. `addedShare` is a cost paid once (imports, compilation) over the program's time.
 */
export function predictGain(share: Interval, ratio: Interval, addedShare = 0): Interval {
  const corners = [share.low, share.high].flatMap((s) =>
    [ratio.low, ratio.high].map((r) => amdahlGain(s, r, addedShare)),
  );
  return {
    low: Math.min(...corners),
    estimate: amdahlGain(share.estimate, ratio.estimate, addedShare),
    high: Math.max(...corners),
  };
}

/** The ratio with its interval from log(old/new) of each pair; null when there are too few pairs. */
export function ratioInterval(logRatios: readonly number[], confidence = 0.95): Interval | null {
  const interval = signedRankInterval(logRatios, confidence);
  return (
    interval && {
      low: Math.exp(interval.low),
      estimate: Math.exp(interval.estimate),
      high: Math.exp(interval.high),
    }
  );
}

/**
 * The smallest ratio that `pairs` pairs can tell from 1, from log ratios of runs of the same code (A/A). Half the width of
 * their own signed-rank interval is what noise alone does to a comparison of as many pairs; it is scaled to the number of
 * pairs, because a width shrinks with the root of the count. Infinite when there are too few of them for an interval.
 */
export function noiseFloor(sameSideLogRatios: readonly number[], pairs: number): number {
  const noise = signedRankInterval(sameSideLogRatios);
  if (noise === null) return Number.POSITIVE_INFINITY;
  return Math.exp(((noise.high - noise.low) / 2) * Math.sqrt(sameSideLogRatios.length / pairs));
}

/** Calls after which `once` seconds are won back at `saved` seconds a call; null when they never are. */
export const breakEvenCalls = (once: number, saved: number): number | null =>
  once <= 0 ? 0 : saved > 0 ? Math.ceil(once / saved) : null;
