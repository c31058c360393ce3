import * as fc from "fast-check";
import { expect, it } from "vitest";
import * as ranges from "./ranges.ts";

const integer = fc.bigInt({ min: -(2n ** 20n), max: 2n ** 20n });
/** A range and a member of it. */
const member = fc.tuple(integer, integer, integer).map((values) => {
  const [lo, value, hi] = values.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)) as [bigint, bigint, bigint];
  return { range: { lo, hi }, value };
});
const floorMod = (a: bigint, b: bigint): bigint => ((a % b) + b) % b;

const operations: [
  string,
  (a: ranges.Range, b: ranges.Range) => ranges.Range,
  (a: bigint, b: bigint) => bigint,
][] = [
  ["+", ranges.add, (a, b) => a + b],
  ["-", ranges.subtract, (a, b) => a - b],
  ["*", ranges.multiply, (a, b) => a * b],
  ["//", ranges.floorDivide, (a, b) => (a - floorMod(a, b)) / b],
  ["%", ranges.modulo, floorMod],
  ["&", ranges.bitAnd, (a, b) => a & b],
  ["|", ranges.bitOr, (a, b) => a | b],
  ["^", ranges.bitOr, (a, b) => a ^ b],
];

it.each(operations)("%s of members lies in the range of the results", (sign, onRanges, onMembers) => {
  fc.assert(
    fc.property(member, member, (a, b) => {
      fc.pre(b.value !== 0n || (sign !== "//" && sign !== "%"));
      const result = onMembers(a.value, b.value);
      const range = onRanges(a.range, b.range);
      expect(range.lo <= result && result <= range.hi).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it("bounds a counter in a loop without end", () => {
  const start = ranges.range(0, 100);
  const widened = ranges.widen(start, ranges.add(start, ranges.range(1, 1)));
  expect(ranges.add(widened, ranges.range(1, 64))).toEqual(ranges.range(1, widened.hi));
  expect(ranges.fits(widened, ranges.exactInFloat)).toBe(true);
});

it("does not bound what doubles", () => {
  let range = ranges.range(1, 1);
  for (let i = 0; i < 5; i++) range = ranges.widen(range, ranges.join(range, ranges.add(range, range)));
  expect(range.hi).toBe(ranges.int64.hi);
});

it("takes integer square roots", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 80n }), (value) => {
      const root = ranges.squareRoot(value);
      expect(root * root <= value && (root + 1n) ** 2n > value).toBe(true);
    }),
  );
});
