// Generated programs through all techniques and the judge; what is kept is held against the original on further inputs, by
// a generator and a comparison that are not the product's.
//
//   npx tsx bench/fuzz.ts [PROGRAMS=2000] [--seed 1] [--first 0] [--inputs 1000] [--python PATH] [--quick]
//
// `--quick`: only what differs on further inputs is judged, and nothing screened: ten times as fast, without the library
// technique. Program number n of a seed is always the same one, so that a long run can be done in slices. Everything that was found goes
// to bench/out/fuzz.jsonl, a line per rewrite.

import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { testPython } from "../test/python.ts";
import { fuzzPrograms } from "./fuzz/generated.ts";
import { openBench } from "./fuzz/stages.ts";
import { add, emptyTally, refused, shown, told, wrong } from "./fuzz/tally.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    first: { type: "string", default: "0" },
    inputs: { type: "string", default: "1000" },
    python: { type: "string" },
    quick: { type: "boolean", default: false },
  },
});
const programs = Number(positionals[0] ?? 2000);
const [seed, first, inputs] = [values.seed, values.first, values.inputs].map(Number) as [
  number,
  number,
  number,
];
/** Programs that share one run of capture. */
const together = 20;

const out = join(import.meta.dirname, "out");
mkdirSync(out, { recursive: true });
const tally = emptyTally();
const bench = await openBench(values.python ?? testPython());
try {
  for (let done = 0; done < programs; done += together) {
    const started = performance.now();
    const count = Math.min(together, programs - done);
    const batch = await fuzzPrograms(bench, {
      seed,
      first: first + done,
      count,
      inputs,
      judge: !values.quick,
    });
    add(tally, count, batch);
    for (const row of batch.rows)
      appendFileSync(join(out, "fuzz.jsonl"), `${JSON.stringify({ seed, ...row })}\n`);
    for (const row of wrong(batch.rows)) console.log(`DIFFERS ${shown(row)}`);
    for (const row of refused(batch.rows)) console.log(`REFUSED ${shown(row)}\n  ${row.reason}`);
    for (const error of batch.found.errors) console.log(`ERROR ${error}`);
    for (const slow of batch.found.slow) console.log(`SLOW ${slow}`);
    console.error(`${done + count} of ${programs}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
} finally {
  await bench.service.close();
}
console.log(told(tally));
