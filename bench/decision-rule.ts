// The decision rule against simulated machines: how often is a program called faster than itself, and how often is a true
// gain of 3% found? No process runs, so that thousands of comparisons take a minute. The same for the same seed.
//
//   npx tsx bench/decision-rule.ts [TRIALS=2000] [SEED=1]

import { abbaOrder, judgePairs, pairUp } from "../src/prove/pairs.ts";
import { surelyFaster } from "../src/prove/select.ts";
import { ratioInterval, seededRandom } from "../src/stats/index.ts";
import { machines, repeatedAbba, simulate } from "./machines.ts";

const [trials = 2000, seed = 1] = process.argv.slice(2).map(Number);

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
