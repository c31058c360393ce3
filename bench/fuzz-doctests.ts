// Every function of installed packages that its own doctest calls, through all techniques and the judge; what is kept is held
// against the original on changed arguments of these calls.
//
//   npx tsx bench/fuzz-doctests.ts [PACKAGE…] [--modules 1000] [--seconds 60] [--inputs 1000] [--python PATH] [--quick]
//
// Without names: all packages of that Python. `--modules`: most per package; `--seconds`: for the regions of one module.
// `--quick`: only what differs on further inputs is judged, and nothing screened: ten times as fast, without the library
// technique. Everything that was found goes to bench/out/fuzz-doctests.jsonl, a line per rewrite.

import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { testPython } from "../test/python.ts";
import { documentedModules, fuzzDocumented } from "./fuzz/documented.ts";
import { openBench } from "./fuzz/stages.ts";
import { add, emptyTally, refused, shown, told, wrong } from "./fuzz/tally.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    modules: { type: "string", default: "1000" },
    seconds: { type: "string", default: "60" },
    inputs: { type: "string", default: "1000" },
    python: { type: "string" },
    quick: { type: "boolean", default: false },
  },
});
const [most, seconds, inputs] = [values.modules, values.seconds, values.inputs].map(Number) as [
  number,
  number,
  number,
];

const out = join(import.meta.dirname, "out");
mkdirSync(out, { recursive: true });
const python = values.python ?? testPython();
const bench = await openBench(python);
const whole = emptyTally();
const packages: string[] = [];
try {
  for (const [name, modules] of Object.entries(documentedModules(python, positionals))) {
    const before = whole.regions;
    for (const one of modules.slice(0, most)) {
      try {
        const found = await fuzzDocumented(bench, one, { seed: 1, inputs, seconds, judge: !values.quick });
        add(whole, 1, found);
        for (const row of found.rows)
          appendFileSync(join(out, "fuzz-doctests.jsonl"), `${JSON.stringify(row)}\n`);
        for (const row of wrong(found.rows)) console.log(`DIFFERS ${shown({ ...row, text: "" })}`);
        for (const row of refused(found.rows)) console.log(`REFUSED ${shown(row)}\n  ${row.reason}`);
        for (const error of found.found.errors) console.log(`ERROR ${error}`);
        for (const slow of found.found.slow) console.log(`SLOW ${slow}`);
      } catch (error) {
        console.log(`FAILED ${one.module}: ${error instanceof Error ? error.stack : error}`);
      }
    }
    if (whole.regions > before) packages.push(`${name} ${whole.regions - before}`);
    console.error(`${name}: ${whole.regions - before} functions`);
  }
} finally {
  await bench.service.close();
}
console.log(`packages with functions looked at: ${packages.length} (${packages.join(", ")})`);
console.log(told(whole, "modules"));
