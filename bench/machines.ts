// Machines that disturb timings, made by formula: what the decision rule is tried against, by a bench and by a test.
//
// Logarithms of run times have normal noise of 1% (standard deviation) and what the machine adds.

import type { Random } from "../src/stats/index.ts";

/** What a machine adds to the logarithm of each run's time. */
export const machines: Record<string, (runs: number, random: Random) => (run: number) => number> = {
  "nothing more": () => () => 0,
  "5% of runs slower by 10% on average": (_runs, random) => () =>
    random.uniform() < 0.05 ? delay(0.1, random) : 0,
  "30% of runs slower by 15% on average": (_runs, random) => () =>
    random.uniform() < 0.3 ? delay(0.15, random) : 0,
  "drift of 3%": (runs) => (run) => (0.03 * run) / runs,
  "a step of 4%": (runs, random) => {
    const at = random.below(runs);
    return (run) => (run >= at ? 0.04 : 0);
  },
  "random walk of 3%": (runs, random) => {
    let at = 0;
    return () => {
      at += (0.03 / Math.sqrt(runs)) * random.normal();
      return at;
    };
  },
  "busy times (correlation 0.9, 2.3%)": (_runs, random) => {
    let at = 0;
    return () => {
      at = 0.9 * at + 0.01 * random.normal();
      return at;
    };
  },
  "every second run slower by 5%": (_runs, random) => every(2, random),
  "every fourth run slower by 5%": (_runs, random) => every(4, random),
};

const delay = (mean: number, random: Random) => -mean * Math.log(1 - random.uniform());
const every = (period: number, random: Random) => {
  const phase = random.below(period);
  return (run: number) => (run % period === phase ? 0.05 : 0);
};

/** ABBA again and again: what the product does not use, for comparison. */
export const repeatedAbba = (pairs: number) =>
  Array.from({ length: 2 * pairs }, (_, run) => (run % 4 === 0 || run % 4 === 3 ? "old" : "new"));

/** Logarithms of the times of one comparison in the given order. */
export function simulate(machine: string, order: readonly string[], gain: number, random: Random): number[] {
  const added = machines[machine]!(order.length, random);
  return order.map(
    (side, run) => 0.01 * random.normal() + added(run) + (side === "old" ? Math.log(gain) : 0),
  );
}
