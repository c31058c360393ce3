// Where the centre of paired differences lies: the Hodges–Lehmann estimate and the interval of Wilcoxon's signed-rank test.
//
// The interval is the set of centres that the two-sided test does not reject, so it needs no normality and an outlier
// moves it little. Zeros and ties need no treatment: the interval is read off the sorted Walsh averages, and for a
// distribution that has ties its coverage is never below the one asked for (Lehmann, Nonparametrics, 1975, §4.4).

import type { Interval } from "../schemas/index.ts";
import { normalQuantile } from "./normal.ts";
import { median } from "./quantile.ts";

/** Up to this many values the null distribution is exact; beyond it is normal with continuity correction. */
export const exactLimit = 50;

/** P(T⁺ ≤ t) for t = 0 … n(n+1)/2 when the centre is zero: of 2ⁿ sign patterns, the share with a rank sum of at most t. */
export function signedRankDistribution(n: number): Float64Array {
  const total = (n * (n + 1)) / 2;
  const mass = new Float64Array(total + 1);
  mass[0] = 1;
  // Each rank joins the sum or not, with equal chance; downwards, so that a rank is used once.
  for (let rank = 1; rank <= n; rank++)
    for (let sum = (rank * (rank + 1)) / 2; sum >= 0; sum--)
      mass[sum] = (mass[sum]! + (sum >= rank ? mass[sum - rank]! : 0)) / 2;
  for (let sum = 1; sum <= total; sum++) mass[sum]! += mass[sum - 1]!;
  return mass;
}

/** The least number of values for which an interval of this confidence exists: 6 for 95%. */
export const leastCount = (confidence: number): number => {
  let n = 1;
  // A whisker of slack, because 1 − 0.95 is not exactly 0.05.
  while (2 ** (1 - n) > (1 - confidence) * (1 + 1e-12)) n++;
  return n;
};

/** How many Walsh averages the interval leaves out at each end, plus one; 0 when no interval exists. */
function criticalRank(n: number, confidence: number): number {
  const tail = ((1 - confidence) / 2) * (1 + 1e-12);
  if (n > exactLimit) {
    const mean = (n * (n + 1)) / 4;
    const deviation = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24);
    return Math.max(0, Math.floor(mean + 0.5 + deviation * normalQuantile(tail)));
  }
  const distribution = signedRankDistribution(n);
  let rank = 0;
  while (distribution[rank]! <= tail) rank++;
  return rank;
}

/**
 * Hodges–Lehmann estimate of the centre (the median of all pairwise means, Ann. Math. Stat. 34, 1963) and its interval
 * of at least the given confidence. Null when there are too few values for one (`leastCount`).
 */
export function signedRankInterval(values: readonly number[], confidence = 0.95): Interval | null {
  const rank = criticalRank(values.length, confidence);
  if (rank === 0) return null;
  const averages = walshAverages(values);
  return {
    low: averages[rank - 1]!,
    estimate: median(averages),
    high: averages[averages.length - rank]!,
  };
}

/** The Hodges–Lehmann estimate alone; NaN when empty. */
export const hodgesLehmann = (values: readonly number[]): number => median(walshAverages(values));

function walshAverages(values: readonly number[]): number[] {
  const averages: number[] = [];
  for (let i = 0; i < values.length; i++)
    for (let j = i; j < values.length; j++) averages.push((values[i]! + values[j]!) / 2);
  return averages.sort((a, b) => a - b);
}
