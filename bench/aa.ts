// Honesty: compare a program with itself under background load, again and again. How often is it called faster?
//
//   npx tsx bench/aa.ts [COMPARISONS=400] [MINUTES=9] [PAIRS=6] [LOOPS=400000] [FILE=/tmp/speedwell-aa.jsonl]
//
// Each comparison is one line of FILE; the next call goes on where the last one ended, until there are so many.

import { testPython } from "../test/python.ts";
import { compareWork, rate, readOutcomes, whileTime } from "./comparison.ts";
import { startNoise } from "./noise.ts";

const [comparisons = 400, minutes = 9, pairs = 6, loops = 400_000] = process.argv.slice(2, 6).map(Number);
const file = process.argv[6] ?? "/tmp/speedwell-aa.jsonl";
const python = testPython();
const setting = `program against itself, ${pairs} pairs, ${loops} loops, background load`;
const done = readOutcomes(file, setting).length;
const stop = startNoise(python, 1 + done);
try {
  await whileTime(
    minutes,
    comparisons - done,
    () => compareWork(python, loops, 1, { mostPairs: pairs }),
    file,
    setting,
  );
} finally {
  stop();
}
const outcomes = readOutcomes(file, setting);
const middle = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!.toFixed(3);
const above = outcomes.filter((one) => one.low > 1);
console.log(`${outcomes.length} comparisons: ${setting}`);
console.log(
  `called faster by the product:     ${rate(outcomes.filter((one) => one.called).length, outcomes.length)}`,
);
console.log(
  `lower end above the noise floor:  ${rate(outcomes.filter((one) => one.low > one.floor).length, outcomes.length)}`,
);
console.log(
  `interval wholly above 1:          ${rate(above.length, outcomes.length)}  (95% intervals allow 2.5%)`,
);
console.log(
  `noise floor ${middle(outcomes.map((one) => one.floor))}×, seconds a run ${middle(outcomes.map((one) => one.seconds))} (medians)`,
);
