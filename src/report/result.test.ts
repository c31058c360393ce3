import { expect, test } from "vitest";
import { Result } from "../schemas/index.ts";
import { sampleReport } from "./fixtures/sample.ts";
import { buildResult } from "./result.ts";

test.each(["kept", "none", "run"] as const)("the JSON result fits its schema: %s", (outcome) => {
  const result = buildResult(sampleReport({ outcome }));
  expect(Result.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
});

test("kept rewrites come first, the program's gain stands in the result, and refusals keep their reason", () => {
  const result = buildResult(sampleReport());
  expect(result.rewrites.map((rewrite) => [rewrite.technique, rewrite.verdict])).toEqual([
    ["library/spatial", "kept"],
    ["containers/membership", "kept"],
    ["numba", "kept"],
    ["numba", "refused"],
    ["library/signal", "refused"],
  ]);
  expect(result.result.measured).toBe(true);
  expect(result.result.speedup!.estimate).toBeCloseTo(2.9, 1);
  expect(result.rewrites[0]!.requires).toEqual(["scipy>=1.6"]);
  expect(result.rewrites[0]!.assumptions).toHaveLength(2);
  expect(result.rewrites[4]!.equivalence.witness!.actual).toBe("0.6129032258064516");
  expect(result.declined).toHaveLength(1);
});
