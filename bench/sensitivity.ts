// Power: how often a true gain of 3% of the whole program is found by default, on a quiet machine.
//
//   npx tsx bench/sensitivity.ts [TRIES=30] [MINUTES=9] [LOOPS=600000] [FILE=/tmp/speedwell-sensitivity.jsonl]
//
// Each try is one line of FILE; the next call goes on where the last one ended, until there are so many. Starting Python is
// part of every run, so the work is made less by as much as makes the whole 3% faster: the share of the start is measured first.

import { testPython } from "../test/python.ts";
import { compareWork, rate, readOutcomes, startShare, whileTime } from "./comparison.ts";

const gain = 1.03;
const [tries = 30, minutes = 9, loops = 600_000] = process.argv.slice(2, 5).map(Number);
const file = process.argv[5] ?? "/tmp/speedwell-sensitivity.jsonl";
const python = testPython();
const share = await startShare(python, loops);
// With start-up s, 1 = s + w and 1 / gain = s + w / workGain.
const workGain = (1 - share) / (1 / gain - share);
const setting = `a program that is ${gain} times faster as a whole, ${loops} loops`;
const done = readOutcomes(file, setting).length;
const compare = () => compareWork(python, loops, workGain, { expectedGain: gain });
await whileTime(minutes, tries - done, compare, file, setting);
const outcomes = readOutcomes(file, setting);
const estimates = outcomes.map((one) => one.estimate).sort((a, b) => a - b);
const floors = outcomes.map((one) => one.floor).sort((a, b) => a - b);
console.log(`${setting}; ${outcomes[0]?.pairs} pairs; start-up ${(100 * share).toFixed(0)}% of a run`);
console.log(`found:       ${rate(outcomes.filter((one) => one.called).length, outcomes.length)}`);
console.log(
  `in processor time alone: ${rate(outcomes.filter((one) => one.cpuLow !== null && one.cpuLow > Math.max(1.01, one.cpuFloor!)).length, outcomes.length)}`,
);
console.log(
  `estimates ${estimates[0]?.toFixed(3)} to ${estimates.at(-1)?.toFixed(3)}, median ${estimates[estimates.length >> 1]?.toFixed(3)}; floor ${floors[floors.length >> 1]?.toFixed(3)}× (median)`,
);
