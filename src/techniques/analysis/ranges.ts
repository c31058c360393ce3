// Intervals of Python integers, to show that 64-bit arithmetic gives what Python's unbounded integers give.

export interface Range {
  lo: bigint;
  hi: bigint;
}

const two = (exponent: number): bigint => 1n << BigInt(exponent);

export const int64: Range = { lo: -two(63), hi: two(63) - 1n };
/** Integers that a float holds exactly. */
export const exactInFloat: Range = { lo: -two(53), hi: two(53) };

/**
 * No call executes more than 2^46 operations: CPython needs longer than a week for them. So a value that starts at most
 * at `start` and grows by additions of at most `step` stays below `limit` = start + 2^46·step, whatever the loop.
 * A bound that is exactly a limit says that the value grew so; the odd numbers keep other bounds from looking like it.
 */
const growth = [
  { start: two(52) - 111n, step: two(6), limit: two(53) - 111n },
  { start: two(61) - 111n, step: two(16), limit: two(61) + two(62) - 111n },
] as const;

export function range(lo: bigint | number, hi: bigint | number): Range {
  return { lo: BigInt(lo), hi: BigInt(hi) };
}

export const fits = (inner: Range, outer: Range): boolean => inner.lo >= outer.lo && inner.hi <= outer.hi;
// Math.min takes no bigints.
// biome-ignore lint/complexity/useMathMinMax: bigints
export const least = (...values: bigint[]): bigint => values.reduce((a, b) => (b < a ? b : a));
// biome-ignore lint/complexity/useMathMinMax: bigints
export const greatest = (...values: bigint[]): bigint => values.reduce((a, b) => (b > a ? b : a));

export function join(a: Range, b: Range): Range {
  return { lo: least(a.lo, b.lo), hi: greatest(a.hi, b.hi) };
}

/** The common part; null when there is none. */
export function meet(a: Range, b: Range): Range | null {
  const common = { lo: greatest(a.lo, b.lo), hi: least(a.hi, b.hi) };
  return common.lo > common.hi ? null : common;
}

/** `next` has outgrown `before` in a loop: the next limit that may hold for good. */
export function widen(before: Range, next: Range): Range {
  return {
    lo: next.lo < before.lo ? -ceiling(-next.lo, -int64.lo) : before.lo,
    hi: next.hi > before.hi ? ceiling(next.hi, int64.hi) : before.hi,
  };
}

function ceiling(value: bigint, last: bigint): bigint {
  if (value <= 0n) return 0n;
  for (const { start, limit } of growth) if (value <= start || value === limit) return limit;
  return last;
}

/** `magnitude + step`, where a magnitude that grew by small steps stays below its limit. */
function grow(magnitude: bigint, step: bigint): bigint {
  const rule = growth.find(({ limit }) => limit === magnitude);
  return rule && step <= rule.step ? rule.limit : magnitude + step;
}

function grownSum(a: bigint, b: bigint): bigint {
  if (a > 0n && b >= 0n) return a >= b ? grow(a, b) : grow(b, a);
  return a + b;
}

export function add(a: Range, b: Range): Range {
  return { lo: -grownSum(-a.lo, -b.lo), hi: grownSum(a.hi, b.hi) };
}

export const negate = (a: Range): Range => ({ lo: -a.hi, hi: -a.lo });
export const subtract = (a: Range, b: Range): Range => add(a, negate(b));

export function multiply(a: Range, b: Range): Range {
  const corners = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi];
  return { lo: least(...corners), hi: greatest(...corners) };
}

function floorQuotient(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** Quotient of a floor division; a zero divisor raises and gives nothing. */
export function floorDivide(a: Range, b: Range): Range {
  const divisors = [b.lo, b.hi];
  if (b.lo <= 1n && b.hi >= 1n) divisors.push(1n);
  if (b.lo <= -1n && b.hi >= -1n) divisors.push(-1n);
  const corners = divisors
    .filter((d) => d !== 0n)
    .flatMap((d) => [floorQuotient(a.lo, d), floorQuotient(a.hi, d)]);
  return corners.length === 0 ? range(0, 0) : { lo: least(...corners), hi: greatest(...corners) };
}

/** Python's modulo: the sign of the divisor. */
export function modulo(a: Range, b: Range): Range {
  if (b.lo > 0n && a.lo >= 0n && a.hi < b.lo) return a;
  const result = { lo: b.lo < 0n ? b.lo + 1n : 0n, hi: b.hi > 0n ? b.hi - 1n : 0n };
  if (a.lo >= 0n && b.lo >= 0n) result.hi = least(result.hi, a.hi);
  return result;
}

/** Power with a non-negative exponent; null where the exponent may be negative or is out of all bounds. */
export function power(base: Range, exponent: Range): Range | null {
  if (exponent.lo < 0n || exponent.hi > 4096n) return null;
  const corners = [exponent.lo, exponent.hi].flatMap((e) => [base.lo ** e, base.hi ** e]);
  // An even power beside an odd one: the extremes of both signs, and of the exponent below the largest.
  const largest = greatest(...corners.map((corner) => (corner < 0n ? -corner : corner)));
  const result = { lo: base.lo >= 0n ? least(...corners) : -largest, hi: largest };
  if (exponent.lo === exponent.hi && exponent.lo % 2n === 0n) result.lo = base.lo > 0n ? result.lo : 0n;
  return result;
}

export function shiftLeft(a: Range, by: Range): Range | null {
  if (by.lo < 0n || by.hi > 62n) return null;
  return multiply(a, { lo: 1n << by.lo, hi: 1n << by.hi });
}

/** Right shift; numba and Python differ for shifts of 64 and more. */
export function shiftRight(a: Range, by: Range): Range | null {
  if (by.lo < 0n || by.hi > 62n) return null;
  const corners = [a.lo >> by.lo, a.lo >> by.hi, a.hi >> by.lo, a.hi >> by.hi];
  return { lo: least(...corners), hi: greatest(...corners) };
}

export function bitAnd(a: Range, b: Range): Range {
  if (a.lo >= 0n && b.lo >= 0n) return { lo: 0n, hi: least(a.hi, b.hi) };
  if (a.lo >= 0n) return { lo: 0n, hi: a.hi };
  if (b.lo >= 0n) return { lo: 0n, hi: b.hi };
  return int64;
}

/** Bitwise or, and exclusive or. */
export function bitOr(a: Range, b: Range): Range {
  if (a.lo < 0n || b.lo < 0n) return fits(a, int64) && fits(b, int64) ? int64 : join(a, b);
  return { lo: 0n, hi: (1n << BigInt(greatest(a.hi, b.hi).toString(2).length)) - 1n };
}

export function absolute(a: Range): Range {
  const hi = greatest(-a.lo, a.hi);
  return { lo: a.lo > 0n ? a.lo : a.hi < 0n ? -a.hi : 0n, hi };
}

export const minimum = (a: Range, b: Range): Range => ({ lo: least(a.lo, b.lo), hi: least(a.hi, b.hi) });
export const maximum = (a: Range, b: Range): Range => ({
  lo: greatest(a.lo, b.lo),
  hi: greatest(a.hi, b.hi),
});

/** The largest integer whose square is at most `value`; -1 for a negative one. */
export function squareRoot(value: bigint): bigint {
  if (value < 0n) return -1n;
  let low = 0n;
  let high = 1n << BigInt(Math.ceil(value.toString(2).length / 2) + 1);
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle * middle <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
}
