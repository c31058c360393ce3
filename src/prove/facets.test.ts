// What a program can notice, kind of region by kind: a wrong rewrite is never `same`, a right one is.

import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isF, openWorkshop, type Workshop } from "../../test/replay/capture.ts";
import {
  around,
  type Facet,
  generators,
  kinds,
  knownMistakes,
  randomness,
  searched,
} from "../../test/replay/facets.ts";
import { parseSource } from "../source/load.ts";
import { regionsOf } from "../source/regions.ts";

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.close());

describe.concurrent.each([
  ["generators and iterators", generators],
  ["around the call", around],
  ["kinds of regions", kinds],
  ["inputs that are looked for", searched],
  ["known mistakes of other tools", knownMistakes],
  ["random numbers", randomness],
])("%s", (_, facets: Facet[]) => {
  test.each(facets)("$name", async ({ old, wrong, right, calls, verdict = "different" }) => {
    const { replay } = await workshop.open({ "script.py": `${old}\n${calls}\n` }, isF);
    try {
      expect(replay.obstacle).toBeNull();
      const judge = async (text: string) => {
        const whole = `${text}\n${calls}\n`;
        const region = regionsOf(await parseSource(workshop.service, whole, join(workshop.root, "new.py")));
        return replay.check(whole, region.find(isF)!, null);
      };
      if (wrong !== undefined) {
        const found = await judge(wrong);
        expect(found.verdict, JSON.stringify(found)).toBe(verdict);
      }
      if (right !== undefined) {
        const found = await judge(right);
        expect(found.verdict, JSON.stringify(found)).toBe("same");
      }
    } finally {
      await replay.close();
    }
  });
});

test("randomness is named", async () => {
  const old = "import random\ndef f(n):\n    return sum(random.random() for _ in range(n))\n";
  const text = `${old}random.seed(1)\nf(8)\nf(9)\n`;
  const { replay, replace } = await workshop.open({ "script.py": text }, isF);
  const same = await replace(
    "sum(random.random() for _ in range(n))",
    "sum([random.random() for _ in range(n)])",
  );
  const other = await replace("random.random()", "(1 - random.random())");
  await replay.close();
  expect(same, JSON.stringify(same)).toMatchObject({ verdict: "same", randomness: "same draws" });
  expect(other, JSON.stringify(other)).toMatchObject({
    verdict: "cannot_tell",
    randomness: "other draws, same distribution",
    reason: expect.stringMatching(/over \d+ seeds nothing tells/),
  });
});

test("a value that cannot be captured is named with the path to it", async () => {
  const text =
    "import sqlite3\nclass Store:\n    def __init__(self):\n        self.inner = {'db': [sqlite3.connect(':memory:')]}\ndef f(store):\n    return len(store.inner)\nf(Store())\nf(Store())\n";
  const { replay } = await workshop.open({ "script.py": text }, isF);
  await replay.close();
  expect(replay.obstacle).toMatch(
    /^no call of it could be recorded: store\.inner\['db'\]\[0\]: .*Connection/,
  );
});
