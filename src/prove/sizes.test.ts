// How a gain goes with size, on times made by formula.

import { describe, expect, it } from "vitest";
import { crossoverPhrase, sizesOf, type TimedCall } from "./sizes.ts";

const pairs = 8;
/** Seconds in each pair, a little apart from pair to pair, so that intervals have a width. */
const near = (seconds: number) => Array.from({ length: pairs }, (_, i) => seconds * (1 + 0.002 * (i % 3)));

function call(size: number, old: number, fresh: number, recorded = true): TimedCall {
  return { sizes: { "len(rows)": size, k: 7 }, recorded, old: near(old), new: near(fresh).reverse() };
}

/** A new side that costs 50 µs at once and a tenth per item: equal at 56 items. */
const calls = (recorded: number[], cut: number[]) =>
  [...recorded.map((size) => [size, true] as const), ...cut.map((size) => [size, false] as const)].map(
    ([size, is]) => call(size, 1e-6 * size, 5e-5 + 1e-7 * size, is),
  );

describe("the gain by size", () => {
  it("finds the size at which a rewrite stops paying, between recorded sizes", () => {
    const found = sizesOf(calls([20, 40, 100, 1000], []))!;
    expect(found.of).toBe("len(rows)");
    expect(found.ratios.map((one) => one.size)).toEqual([20, 40, 100, 1000]);
    expect(found.crossover).toMatchObject({ faster: "above" });
    expect(found.crossover!.size).toBeGreaterThan(50);
    expect(found.crossover!.size).toBeLessThan(62);
    expect(crossoverPhrase(found)).toBe(`slower where len(rows) is below about ${found.crossover!.size}`);
  });

  it("finds it below the recorded sizes by inputs that were cut down, and speaks of it only when it is near", () => {
    const close = sizesOf(calls([100, 1000], [4, 16, 64]))!;
    expect(close.crossover!.size).toBeGreaterThan(45);
    expect(crossoverPhrase(close)).toContain("below about");
    const far = sizesOf(calls([10_000, 100_000], [4, 16, 64]))!;
    expect(far.crossover).not.toBeNull();
    expect(crossoverPhrase(far)).toBeNull();
  });

  it("finds a rewrite that pays for small inputs only", () => {
    const found = sizesOf([10, 100, 1000].map((size) => call(size, 1e-5 * size, 1e-7 * size ** 2)))!;
    expect(found.crossover).toMatchObject({ faster: "below" });
    expect(crossoverPhrase(found)).toMatch(/slower where len\(rows\) is above about \d+/);
  });

  it("names no size when one side is always faster, sizes do not vary, or it goes to and fro", () => {
    expect(sizesOf([10, 100].map((size) => call(size, 2e-6 * size, 1e-6 * size)))!.crossover).toBeNull();
    expect(sizesOf([10, 10].map((size) => call(size, 2e-6, 1e-6)))).toBeNull();
    const mixed = [10, 20, 30, 40].map((size, i) => call(size, 1e-6 * size, 1e-6 * size * (i % 2 ? 2 : 0.5)));
    expect(sizesOf(mixed)!.crossover).toBeNull();
    expect(crossoverPhrase(null)).toBeNull();
  });

  it("puts many sizes into a dozen points", () => {
    const found = sizesOf(
      calls(
        Array.from({ length: 40 }, (_, i) => 5 * (i + 1)),
        [],
      ),
    )!;
    expect(found.ratios.length).toBeLessThanOrEqual(12);
    expect(found.ratios.reduce((sum, one) => sum + one.calls, 0)).toBe(40);
    expect(found.crossover!.size).toBeGreaterThan(45);
    expect(found.crossover!.size).toBeLessThan(67);
  });
});
