import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testPython } from "../../../test/python.ts";
import { outcomeOf, rewriteProgram, sample } from "../../../test/rewriting.ts";
import { type PythonService, startService } from "../../interpreter/service.ts";
import { technique } from "./index.ts";

let service: PythonService;
beforeAll(async () => {
  service = await startService(testPython());
});
afterAll(() => service.close());

describe.each([
  ["caching/recursion", "stairs", "4:function"],
  ["caching/recursion", "knapsack", "1:function"],
  ["caching/recursion", "edit_distance", "5:function"],
  ["caching/recursion", "change", "4:function"],
  ["caching/recursion", "combinations", "5:function"],
  ["caching/repeated", "distances", "7:function"],
  ["caching/repeated", "agents", "4:function"],
  ["caching/repeated", "grades", "4:function"],
  ["caching/files", "rainfall", "10:function"],
  ["caching/files", "widths", "6:function"],
  ["caching/files", "terms", "4:function"],
])("%s: %s at %s", (variant, name, place) => {
  test("becomes what a good engineer would write, and prints the same", async () => {
    const { before, after } = sample(join(import.meta.dirname, "fixtures"), name);
    const found = await rewriteProgram(service, technique, before);
    const region = found.find((one) => one.region.id === `program:${place}`);
    const made = region?.rewrites.find(({ rewrite }) => rewrite.technique === variant);
    expect(made?.text ?? region?.declined ?? found.map((one) => one.region.id)).toBe(after);
    expect(outcomeOf(after)).toEqual(outcomeOf(before));
  });
});
