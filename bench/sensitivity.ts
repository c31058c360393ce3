// Power: how often a true gain of a given size is called faster.
//
//   npx tsx bench/sensitivity.ts [COMPARISONS=15] [PAIRS=6] [LOOPS=2000000]

import { wilsonInterval } from "../src/stats/index.ts";
import { testPython } from "../test/python.ts";
import { compareWork, verdicts } from "./comparison.ts";

const [comparisons = 15, pairs = 6, loops = 2_000_000] = process.argv.slice(2).map(Number);
const python = testPython();
// Starting Python is part of every run, so that the whole gains a little less than the work.
for (const gain of [1.05, 1.1, 1.2, 1.5]) {
  let called = 0;
  const estimates: number[] = [];
  for (let i = 0; i < comparisons; i++) {
    const proof = await compareWork(python, loops, gain, pairs);
    if (proof.speedup === null) throw new Error(proof.reason ?? "not measured");
    if (verdicts(proof).called) called++;
    estimates.push(proof.speedup.estimate);
  }
  estimates.sort((a, b) => a - b);
  const { low, high } = wilsonInterval(called, comparisons);
  console.log(
    `work ${gain}× less: called faster in ${called} of ${comparisons} (95%: ${(100 * low).toFixed(0)} to ${(100 * high).toFixed(0)}%), ` +
      `estimates ${estimates[0]!.toFixed(3)} to ${estimates.at(-1)!.toFixed(3)}, median ${estimates[estimates.length >> 1]!.toFixed(3)}`,
  );
}
