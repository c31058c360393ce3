// The judge held to its figures: no wrong rewrite is called the same, and nearly every right one is, on strong inputs.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorkshop, type Workshop } from "../replay/capture.ts";
import { readFamilies } from "./cases.ts";
import { type Judged, judgeFamily } from "./judging.ts";

const judged: Judged[] = [];
let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.close());

describe("no wrong rewrite is called the same", () => {
  test.concurrent.each(readFamilies())(
    "$name",
    async (family) => {
      const found = await judgeFamily(workshop, family);
      judged.push(...found);
      expect(found.filter((one) => !one.right && one.verdict === "same")).toEqual([]);
      // A wrong rewrite whose original cannot be replayed proves nothing.
      expect(found.filter((one) => /^replay|than in the run|fails with/.test(one.reason))).toEqual([]);
    },
    600_000,
  );
});

test("figures", () => {
  const wrong = judged.filter((one) => !one.right);
  const right = judged.filter((one) => one.right);
  const same = right.filter((one) => one.verdict === "same");
  const strong = right.filter((one) => one.strength >= 0.8);
  const made = (kind: Judged["made"]) => wrong.filter((one) => one.made === kind).length;
  const called = wrong.filter((one) => one.verdict === "same").length;
  const percent = (part: Judged[]) => ((100 * part.length) / right.length).toFixed(1);
  const lines = [
    `${wrong.length} wrong rewrites (${made("by hand")} by hand, ${made("reported")} as publicly reported, ${made("mutant")} mutants): ${called} called the same`,
    `${right.length} right rewrites: ${percent(same)}% called the same, ${percent(strong)}% with strength 0.8 or more`,
  ];
  for (const one of right) {
    if (one.verdict !== "same") lines.push(`  ${one.where}: ${one.verdict}, ${one.reason}`);
    if (one.strength < 0.8) lines.push(`  ${one.where}: strength ${one.strength.toFixed(2)}`);
  }
  console.log(lines.join("\n"));
  expect(wrong.length).toBeGreaterThanOrEqual(300);
  expect(made("reported")).toBeGreaterThanOrEqual(30);
  expect(right.length).toBeGreaterThanOrEqual(200);
  expect(called).toBe(0);
  expect(same.length / right.length).toBeGreaterThanOrEqual(0.95);
  expect(strong.length / right.length).toBeGreaterThanOrEqual(0.8);
});
