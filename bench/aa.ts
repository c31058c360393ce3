// Honesty: compare a program with itself under background load, again and again. How often is it called faster?
//
//   npx tsx bench/aa.ts [COMPARISONS=40] [PAIRS=6] [LOOPS=1000000] [SEED]

import { wilsonInterval } from "../src/stats/index.ts";
import { testPython } from "../test/python.ts";
import { compareWork, verdicts } from "./comparison.ts";
import { startNoise } from "./noise.ts";

const [comparisons = 40, pairs = 6, loops = 1_000_000, seed = 1] = process.argv.slice(2).map(Number);
const python = testPython();
const stop = startNoise(python, seed);
try {
  let called = 0;
  let interval = 0;
  const floors: number[] = [];
  for (let i = 0; i < comparisons; i++) {
    const proof = await compareWork(python, loops, 1, pairs);
    if (proof.speedup === null) throw new Error(proof.reason ?? "not measured");
    const verdict = verdicts(proof);
    if (verdict.called) called++;
    if (verdict.interval) interval++;
    floors.push(proof.floor!);
    process.stderr.write(`\r${i + 1}/${comparisons}`);
  }
  const percent = (count: number) => {
    const { low, high } = wilsonInterval(count, comparisons);
    return `${((100 * count) / comparisons).toFixed(1)}% (95%: ${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;
  };
  floors.sort((a, b) => a - b);
  console.log(
    `\n${comparisons} comparisons of a program with itself, ${pairs} pairs each, background load seed ${seed}`,
  );
  console.log(`called faster by the product:  ${percent(called)}`);
  console.log(
    `interval wholly above 1:       ${percent(interval)}  (2.5% is the rate that 95% intervals allow)`,
  );
  console.log(`noise floor, median:           ${floors[Math.floor(floors.length / 2)]!.toFixed(3)}×`);
} finally {
  stop();
}
