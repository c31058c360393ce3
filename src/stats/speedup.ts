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
 * The smallest ratio that `pairs` pairs can tell from 1, from log ratios of runs of the same code (A/A). Their true
 * centre is zero, so their root mean square is the noise of one pair; the signed-rank estimate of n pairs has at most
 * √(π/3)/√n of it under normal noise. Two-sided 95%.
 */
export function noiseFloor(sameSideLogRatios: readonly number[], pairs: number): number {
  if (sameSideLogRatios.length === 0) return Number.POSITIVE_INFINITY;
  const meanSquare = sameSideLogRatios.reduce((sum, x) => sum + x * x, 0) / sameSideLogRatios.length;
  return Math.exp(1.96 * Math.sqrt(((Math.PI / 3) * meanSquare) / pairs));
}
