// What the analysis knows of a value: its type as Numba and Python see it, its range, and symbolic bounds for indices.

import type { Range } from "../analysis/ranges.ts";
import * as ranges from "../analysis/ranges.ts";

/** Whether Python sees its own scalar or one of NumPy (an element of an array), or now one, now the other. */
export type Origin = "python" | "numpy" | "either";

/** `base + offset`, where a base names a value that never changes: a parameter at entry, the length of a container. */
export interface SymbolicBound {
  base: string;
  offset: bigint;
}

/** The integer types of NumPy that are compiled. */
export type IntegerType = "int64" | "int32" | "int16" | "int8" | "uint32" | "uint16" | "uint8";

export interface IntValue {
  type: "int";
  range: Range;
  /** Its type in NumPy, of no meaning for an int of Python; null when it may have one or another. */
  dtype: IntegerType | null;
  /** What that type can hold. */
  limit: Range;
  origin: Origin;
  /** Exactly this. */
  exact: SymbolicBound | null;
  /** At most each of these. */
  atMost: readonly SymbolicBound[];
  nonzero: boolean;
  /** Where its literals stand, when it can only be one of them: they may be written as floats. */
  literals: readonly number[] | null;
}
export interface BoolValue {
  type: "bool";
  origin: Origin;
}
export interface FloatValue {
  type: "float";
  /** NaN is possible throughout. */
  lo: number;
  hi: number;
  nonzero: boolean;
  origin: Origin;
  /** Python may hold an int of the same value here: a literal such as `total = 0` that is a float in the kernel. */
  soft: boolean;
}
export interface ComplexValue {
  type: "complex";
  origin: Origin;
}
/** One character of a string, held as its code. Only compared. */
export interface CharValue {
  type: "char";
}
export interface NoneValue {
  type: "none";
}
export interface TupleValue {
  type: "tuple";
  items: readonly Value[];
}
export interface RangeValue {
  type: "range";
  start: IntValue;
  stop: IntValue;
  step: IntValue;
}
/** What all states share of one container: its elements, and whether they are written. */
export interface Container {
  id: string;
  /** null while nothing was put in. */
  element: Value | null;
  /** Elements are assigned. */
  written: boolean;
  /** Its length changes after it is made. */
  resized: boolean;
  /** The live-in name it comes from; null when made in the region. */
  input: string | null;
  /** How Python holds it outside the kernel. */
  outside: "list" | "ndarray" | "text";
}
/** A NumPy array in the kernel, whatever it is outside; `axis` counts the dimensions already indexed away. */
export interface ArrayValue {
  type: "array";
  container: Container;
  dimensions: readonly (SymbolicBound | null)[];
}
/** A list in the kernel, made there. */
export interface ListValue {
  type: "list";
  container: Container;
  length: SymbolicBound | null;
}
/** A list of tuples that hold lists: in the kernel one array per place in the tuple. */
export interface RecordsValue {
  type: "records";
  input: string;
  item: Value;
  length: SymbolicBound | null;
}
export type Scalar = IntValue | BoolValue | FloatValue | ComplexValue | CharValue;
export type Value = Scalar | NoneValue | TupleValue | RangeValue | ArrayValue | ListValue | RecordsValue;

/** Why a region is not for this technique; `start` is where in the file. */
export class Unsupported extends Error {
  readonly start: number | null;
  constructor(reason: string, start: number | null = null) {
    super(reason);
    this.start = start;
  }
}

export function int(range: Range, origin: Origin = "python", exact: SymbolicBound | null = null): IntValue {
  return {
    type: "int",
    range,
    dtype: "int64",
    limit: ranges.int64,
    origin,
    exact,
    atMost: [],
    nonzero: range.lo > 0n || range.hi < 0n,
    literals: null,
  };
}
export const constant = (value: bigint | number): IntValue => int(ranges.range(value, value));
export const bool = (origin: Origin = "python"): BoolValue => ({ type: "bool", origin });
export const complex = (origin: Origin = "python"): ComplexValue => ({ type: "complex", origin });
export function float(origin: Origin = "python", lo = -Infinity, hi = Infinity, nonzero = false): FloatValue {
  if (Number.isNaN(lo)) lo = -Infinity;
  if (Number.isNaN(hi)) hi = Infinity;
  return { type: "float", lo, hi, nonzero: nonzero || lo > 0 || hi < 0, origin, soft: false };
}

export function isScalar(value: Value): value is Scalar {
  return ["int", "bool", "float", "complex", "char"].includes(value.type);
}

/** What each type of integers holds. */
export const integerRange = (dtype: IntegerType): Range => {
  const bits = BigInt(dtype.replace(/\D+/, ""));
  return dtype.startsWith("u")
    ? { lo: 0n, hi: (1n << bits) - 1n }
    : { lo: -(1n << (bits - 1n)), hi: (1n << (bits - 1n)) - 1n };
};

/** An integer of one of NumPy's types. */
export const integer = (dtype: IntegerType, range: Range = integerRange(dtype)): IntValue => ({
  ...int(range, "numpy"),
  dtype,
  limit: integerRange(dtype),
});

/** Whether it has the 64 bits that Numba computes with. */
export const isWide = (value: IntValue): boolean => value.origin === "python" || value.dtype === "int64";

/** Numba computes with two of them in 64 bits without a sign, which no other integer fits into. */
export const isUnsigned = (value: IntValue): boolean =>
  value.origin !== "python" && value.dtype?.startsWith("u") === true;

/** The type that NumPy gives integers of two types; null where it depends on its version. */
export function promoted(a: IntValue, b: IntValue): { dtype: IntegerType | null; limit: Range } {
  if (a.dtype === "int64" && b.dtype === "int64") return { dtype: "int64", limit: ranges.int64 };
  const [x, y] = [a, b].map((value) => (value.origin === "python" ? null : value.dtype));
  if (!x || !y || a.origin === "either" || b.origin === "either")
    return { dtype: null, limit: ranges.meet(narrow(a), narrow(b)) ?? ranges.range(0, 0) };
  const both = ranges.join(a.limit, b.limit);
  const dtype = (["uint8", "int8", "uint16", "int16", "uint32", "int32", "int64"] as const).find((one) =>
    ranges.fits(both, integerRange(one)),
  )!;
  return { dtype, limit: integerRange(dtype) };
}

const narrow = (value: IntValue): Range => (value.origin === "python" ? ranges.int64 : value.limit);

/** An array of NumPy, not a list or a string that is one in the kernel only. */
export const isArray = (value: Value): value is ArrayValue & { type: "array" } =>
  value.type === "array" && value.container.outside === "ndarray";

/** The origin of what an operator gives: NumPy's scalars win over Python's. */
export function mixedOrigin(a: Origin, b: Origin): Origin {
  if (a === "numpy" || b === "numpy") return "numpy";
  return a === "either" || b === "either" ? "either" : "python";
}

const joinOrigin = (a: Origin, b: Origin): Origin => (a === b ? a : "either");

export function shift(symbol: SymbolicBound | null, by: bigint): SymbolicBound | null {
  return symbol && { base: symbol.base, offset: symbol.offset + by };
}
export const sameSymbol = (a: SymbolicBound | null, b: SymbolicBound | null): boolean =>
  a !== null && b !== null && a.base === b.base && a.offset === b.offset;

/** All upper bounds of an integer: its exact symbol is one. */
export function upperBounds(value: IntValue): readonly SymbolicBound[] {
  return value.exact ? [value.exact, ...value.atMost] : value.atMost;
}

/** Upper bounds that hold for both, the weaker of each base. */
export function commonBounds(a: readonly SymbolicBound[], b: readonly SymbolicBound[]): SymbolicBound[] {
  const others = new Map(tightest(b).map(({ base, offset }) => [base, offset]));
  return tightest(a).flatMap(({ base, offset }) => {
    const other = others.get(base);
    return other === undefined ? [] : [{ base, offset: ranges.greatest(offset, other) }];
  });
}

/** One bound per base, the strongest. */
export function tightest(bounds: readonly SymbolicBound[]): SymbolicBound[] {
  const best = new Map<string, bigint>();
  for (const { base, offset } of bounds) best.set(base, ranges.least(offset, best.get(base) ?? offset));
  return [...best].sort(([x], [y]) => (x < y ? -1 : 1)).map(([base, offset]) => ({ base, offset }));
}

/** A value that is one or the other; null when Numba or we cannot hold both in one variable. */
export function join(a: Value, b: Value): Value | null {
  if (a === b) return a;
  if (a.type === "int" && b.type === "int") {
    const exact = sameSymbol(a.exact, b.exact) ? a.exact : null;
    const common = commonBounds(upperBounds(a), upperBounds(b));
    return {
      type: "int",
      range: ranges.join(a.range, b.range),
      dtype: a.dtype === b.dtype ? a.dtype : null,
      limit: ranges.meet(a.limit, b.limit) ?? a.limit,
      origin: joinOrigin(a.origin, b.origin),
      exact,
      atMost: common.filter((bound) => !sameSymbol(bound, exact)),
      nonzero: a.nonzero && b.nonzero,
      literals: a.literals && b.literals ? [...new Set([...a.literals, ...b.literals])].sort() : null,
    };
  }
  if (a.type === "float" && b.type === "float") {
    const both = float(
      joinOrigin(a.origin, b.origin),
      Math.min(a.lo, b.lo),
      Math.max(a.hi, b.hi),
      a.nonzero && b.nonzero,
    );
    return { ...both, soft: a.soft || b.soft };
  }
  if ((a.type === "bool" || a.type === "complex") && a.type === b.type) {
    return { type: a.type, origin: joinOrigin(a.origin, b.origin) };
  }
  if ((a.type === "char" || a.type === "none") && a.type === b.type) return a;
  if (a.type === "tuple" && b.type === "tuple" && a.items.length === b.items.length) {
    const items = a.items.map((item, i) => join(item, b.items[i]!));
    return items.every((item) => item !== null) ? { type: "tuple", items } : null;
  }
  if (a.type === "array" && b.type === "array" && a.dimensions.length === b.dimensions.length) {
    const container = joinContainers(a.container, b.container);
    return (
      container && {
        type: "array",
        container,
        dimensions: a.dimensions.map((symbol, i) => (sameSymbol(symbol, b.dimensions[i]!) ? symbol : null)),
      }
    );
  }
  if (a.type === "records" && b.type === "records") return a.input === b.input ? a : null;
  if (a.type === "list" && b.type === "list") {
    const container = joinContainers(a.container, b.container);
    return container && { type: "list", container, length: sameSymbol(a.length, b.length) ? a.length : null };
  }
  return null;
}

/** Two containers that one variable may hold share what is known of their elements from then on. */
function joinContainers(a: Container, b: Container): Container | null {
  const [left, right] = [representative(a), representative(b)];
  if (left === right) return left;
  // A name that holds now an input, now something else: what to write back would depend on the way taken.
  if (left.input !== null || right.input !== null || left.outside !== right.outside) return null;
  if (left.element && right.element) {
    const element = join(left.element, right.element);
    if (!element) return null;
    left.element = element;
  } else left.element ??= right.element;
  left.written ||= right.written;
  left.resized ||= right.resized;
  merged.set(right, left);
  return left;
}

const merged = new WeakMap<Container, Container>();

/** The container that stands for all that were joined with this one. */
export function representative(container: Container): Container {
  let found = container;
  for (let next = merged.get(found); next; next = merged.get(found)) found = next;
  return found;
}

/** As `join`, but what grew goes to a limit, so that a loop settles after a few rounds. */
export function widen(before: Value, after: Value): Value | null {
  const joined = join(before, after);
  if (!joined) return null;
  if (before.type === "int" && joined.type === "int") {
    // A bound that slides with every round would slide for ever.
    const steady = upperBounds(before);
    const atMost = joined.atMost.filter((bound) => steady.some((known) => sameSymbol(known, bound)));
    const wide = ranges.widen(before.range, joined.range);
    return { ...joined, range: ranges.meet(wide, joined.limit) ?? wide, atMost };
  }
  if (before.type === "float" && joined.type === "float") {
    const lo = joined.lo < before.lo ? (joined.lo >= 0 ? 0 : -Infinity) : joined.lo;
    const hi = joined.hi > before.hi ? Infinity : joined.hi;
    return { ...float(joined.origin, lo, hi, joined.nonzero), soft: joined.soft };
  }
  if (before.type === "tuple" && joined.type === "tuple") {
    const items = before.items.map((item, i) => widen(item, joined.items[i]!));
    return items.every((item) => item !== null) ? { type: "tuple", items } : null;
  }
  return joined;
}

export function same(a: Value | null, b: Value | null): boolean {
  if (a === b || a === null || b === null) return a === b;
  return fingerprint(a) === fingerprint(b);
}

function fingerprint(value: Value): string {
  if (value.type === "array" || value.type === "list") {
    return JSON.stringify([representative(value.container).id, { ...value, container: 0 }], plain);
  }
  if (value.type === "records") return `records ${value.input}`;
  if (value.type === "tuple") return `(${value.items.map(fingerprint).join()})`;
  return JSON.stringify(value, plain);
}
const plain = (_: string, value: unknown): unknown =>
  typeof value === "bigint" || value === Infinity || value === -Infinity ? String(value) : value;

/** The type in words, for refusals. */
export function typeName(value: Value): string {
  if (value.type === "array")
    return { text: "a string", list: "a list" }[value.container.outside as string] ?? "an array";
  if (value.type === "records") return "a list of tuples";
  if (value.type === "none") return "None";
  if (value.type === "char") return "a character";
  return value.type;
}

export function exactOf(value: IntValue): SymbolicBound | null {
  if (value.exact) return value.exact;
  return value.range.lo === value.range.hi ? { base: "", offset: value.range.lo } : null;
}

export function mixed(what: string, a: Value, b: Value): string {
  return `${what} are ${typeName(a)} here and ${typeName(b)} there`;
}
