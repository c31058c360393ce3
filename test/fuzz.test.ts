// A slice of bench/fuzz: no rewrite of a generated program is called the same and differs on further inputs. The same slice each
// time, since a new one may find what is wrong elsewhere: SPEEDWELL_SEED chooses another, and the bench runs many.

import { expect, test } from "vitest";
import { fuzzPrograms } from "../bench/fuzz/generated.ts";
import { openBench } from "../bench/fuzz/stages.ts";
import { shown, told, wrong } from "../bench/fuzz/tally.ts";
import { testPython } from "./python.ts";

test("generated programs: what is kept gives the same on further inputs", async () => {
  const seed = Number(process.env.SPEEDWELL_SEED ?? 1);
  console.log(`seed ${seed}`);
  const bench = await openBench(testPython());
  try {
    const batch = { seed, first: 0, count: 30, inputs: 100, judge: false };
    const { found, rows } = await fuzzPrograms(bench, batch);
    console.log(told({ ...found, programs: batch.count, rows }));
    expect(found.errors).toEqual([]);
    expect(wrong(rows).map(shown).join("\n"), `seed ${seed}`).toBe("");
    expect(rows.length).toBeGreaterThan(5);
  } finally {
    await bench.service.close();
  }
});
