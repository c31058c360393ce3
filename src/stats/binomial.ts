// The exact interval of a proportion.

import type { Interval } from "../schemas/index.ts";

/** P(X ≤ successes) for `total` trials that each succeed with chance p. */
export function binomialDistribution(successes: number, total: number, p: number): number {
  if (p <= 0) return 1;
  if (p >= 1) return successes >= total ? 1 : 0;
  let logMass = total * Math.log1p(-p);
  let sum = Math.exp(logMass);
  for (let k = 1; k <= successes; k++) {
    logMass += Math.log((total - k + 1) / k) + Math.log(p) - Math.log1p(-p);
    sum += Math.exp(logMass);
  }
  return Math.min(1, sum);
}

/**
 * Clopper and Pearson's interval (Biometrika 26, 1934) of `successes` in `total` trials: its coverage is never below the
 * confidence asked for. [0, 1] when nothing was tried.
 */
export function binomialInterval(successes: number, total: number, confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2;
  /** The p at which a probability that falls with p is `chance`. */
  const solve = (falling: (p: number) => number, chance: number) => {
    let [low, high] = [0, 1];
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      if (falling(middle) > chance) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  return {
    low: successes === 0 ? 0 : solve((p) => binomialDistribution(successes - 1, total, p), 1 - tail),
    estimate: total === 0 ? 0.5 : successes / total,
    high: successes === total ? 1 : solve((p) => binomialDistribution(successes, total, p), tail),
  };
}
