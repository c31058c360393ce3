// The decision rule against simulated machines: how often is a program called faster than itself, and how often is a true
// gain of 3% found? No process runs, so that thousands of comparisons take a minute. The same for the same seed.
//
//   npx tsx bench/decision-rule.ts [TRIALS=2000] [SEED=1]
//
// Logarithms of run times have normal noise of 1% (standard deviation) and what the model adds.

import { abbaOrder, judgePairs, pairUp } from "../src/prove/pairs.ts";
import { surelyFaster } from "../src/prove/select.ts";
import { type Random, ratioInterval, seededRandom } from "../src/stats/index.ts";

const [trials = 2000, seed = 1] = process.argv.slice(2).map(Number);

/** What a machine adds to the logarithm of each run's time. */
const machines: Record<string, (runs: number, random: Random) => (run: number) => number> = {
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

const repeatedAbba = (pairs: number) =>
  Array.from({ length: 2 * pairs }, (_, run) => (run % 4 === 0 || run % 4 === 3 ? "old" : "new"));

/** Logarithms of the times of one comparison in the given order. */
function simulate(machine: string, order: readonly string[], gain: number, random: Random): number[] {
  const added = machines[machine]!(order.length, random);
  return order.map(
    (side, run) => 0.01 * random.normal() + added(run) + (side === "old" ? Math.log(gain) : 0),
  );
}

const percent = (count: number) => ((100 * count) / trials).toFixed(1).padStart(6);

console.log(
  `${trials} simulated comparisons each, seed ${seed}; in %: A/A with the interval wholly above 1 | A/A called faster | 3% found`,
);
console.log(
  `${"".padEnd(40)}  6 pairs              12 pairs             40 pairs             ABBA repeated, 40`,
);
for (const machine of Object.keys(machines)) {
  const cells = [6, 12, 40].map((pairs) => {
    const random = seededRandom(seed);
    const counts = { interval: 0, called: 0, found: 0 };
    for (let trial = 0; trial < trials; trial++)
      for (const gain of [1, 1.03]) {
        const times = pairUp(simulate(machine, abbaOrder(pairs), gain, random).map(Math.exp));
        const { ratio, floor } = judgePairs(times)!;
        const faster = surelyFaster(ratio, floor);
        if (gain > 1) counts.found += Number(faster);
        else {
          counts.interval += Number(ratio.low > 1);
          counts.called += Number(faster);
        }
      }
    return `${percent(counts.interval)}${percent(counts.called)}${percent(counts.found)}`;
  });
  const random = seededRandom(seed);
  let above = 0;
  for (let trial = 0; trial < trials; trial++) {
    const logs = simulate(machine, repeatedAbba(40), 1, random);
    const ratios = logs.flatMap((log, i) =>
      i % 2 === 0 ? [(i % 4 === 0 ? 1 : -1) * (log - logs[i + 1]!)] : [],
    );
    if (ratioInterval(ratios)!.low > 1) above++;
  }
  console.log(`${machine.padEnd(40)}${cells.join("   ")}   ${percent(above)}`);
}
