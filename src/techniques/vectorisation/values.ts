// What is known of a value while a loop nest is turned into array expressions.

import type { Code } from "./code.ts";
import type { Family } from "./distributions.ts";
import type { Linear } from "./linear.ts";

export type NumberType = "bool" | "int" | "float" | "complex";

/** Whether Python sees its own scalar or one of NumPy for a single element. */
export type Origin = "python" | "numpy";

/** One loop of a nest: what was a position in time becomes a dimension of arrays. */
export interface Axis {
  id: number;
  start: Linear;
  stop: Linear;
  step: number;
  /** The loop variable where it is a position; null for direct iteration. */
  index: string | null;
  /** Its expected length; null when nothing was seen of it. */
  size: number | null;
  /** Where in the nest the loop stands, counted from the outermost. */
  depth: number;
  /** The text that gives its length. */
  lengthText: string;
}

/** A number, or with axes an array of them: one for each iteration of those loops. */
export interface Num {
  kind: "number";
  type: NumberType;
  /** Of NumPy's own types; `float64` and the like. Python's float and int count as the widest. */
  dtype: string;
  origin: Origin;
  /** In the order of the nest. The code's dimensions are exactly these. */
  axes: readonly Axis[];
  code: Code;
  /** Bounds that hold whatever comes in, NaN apart. */
  lo: number;
  hi: number;
  /** For an integer without axes: what it is. */
  linear: Linear | null;
  /** Exclusive upper bound of an integer without axes. */
  below: Linear | null;
  /** For a loop's position: the axis, and what is added. */
  affine: { axis: Axis; offset: number } | null;
  /** The code is a view of this array, so it changes with it. */
  viewOf: Seq | null;
  /** The two factors, when it is a product; for recognising inner products. */
  factors: readonly [Num, Num] | null;
  /** The value is this constant. */
  constant: number | null;
  /** Some elements are of another type in the original, of the same value: a float's integers, NumPy's and Python's own. */
  soft: boolean;
  /** It is soft for one reason alone: of nothing, which these axes would have to run over, the sum is the integer 0. */
  emptyOver?: readonly Axis[];
  /** A running sum of integers: how large it becomes is not known before. */
  running: boolean;
}

/** A list, tuple or array of numbers, or a list of equally long rows of them. */
export interface Seq {
  kind: "sequence";
  /** The object: two names of one object have the same identity. */
  id: number;
  form: "array" | "list" | "tuple" | "rows";
  /** How it is written where it is used. */
  text: string;
  element: {
    type: NumberType;
    dtype: string;
    origin: Origin;
    lo: number;
    hi: number;
    /** All of them may be integers of the same values. */
    soft?: boolean;
  } | null;
  dims: readonly Linear[];
  sizes: readonly (number | null)[];
  /** Least length of each dimension seen, and whether it was the same in all. */
  shortest: readonly number[];
  sameWidth: number | null;
  /** Made in the region, and so no other name's memory. */
  fresh: boolean;
  /** Its rows are objects of their own. */
  distinctRows: boolean;
}

export type Sub =
  | { kind: "axis"; axis: Axis; offset: number }
  | { kind: "fixed"; value: Num }
  | { kind: "gather"; value: Num };

/** Part of a sequence: some of its dimensions indexed. */
export interface Ref {
  kind: "ref";
  seq: Seq;
  subs: readonly Sub[];
}

/** A list that the nest itself fills, one row per iteration of the outer loops. */
export interface Builder {
  kind: "builder";
  depth: number;
  content: Num | null;
}

/** A name that still holds what an earlier iteration left. */
export interface Carried {
  kind: "carried";
  before: Value | null;
  depth: number;
  /** What has been added up so far, for all iterations of the loops that it is carried through. */
  result: Num | null;
  running: boolean;
}

export interface TupleValue {
  kind: "tuple";
  items: readonly Value[];
}
/** Something of which only its identity is known: enough for `len` and `shape`. */
export interface Opaque {
  kind: "opaque";
  id: number;
  text: string;
  why: string;
  /** It is a generator of random numbers. */
  family?: Family;
  /** It is a list or tuple of what are no numbers: its items may be passed on. */
  items?: boolean;
  /** It is an item of such a list, at the position of this axis. */
  item?: { list: string; axis: Axis };
}
export type Value = Num | Seq | Ref | Builder | Carried | TupleValue | Opaque;

const wide: Record<NumberType, string> = {
  bool: "bool",
  int: "int64",
  float: "float64",
  complex: "complex128",
};

export function num(type: NumberType, code: Code, more: Partial<Num> = {}): Num {
  return {
    kind: "number",
    type,
    dtype: wide[type],
    origin: "python",
    axes: [],
    code,
    lo: type === "bool" ? 0 : -Infinity,
    hi: type === "bool" ? 1 : Infinity,
    linear: null,
    below: null,
    affine: null,
    viewOf: null,
    factors: null,
    constant: null,
    soft: false,
    running: false,
    ...more,
  };
}

/** The union of axes, in the order of the nest. */
export function joinAxes(...sets: readonly (readonly Axis[])[]): Axis[] {
  const all = new Map<number, Axis>();
  for (const set of sets) for (const axis of set) all.set(axis.id, axis);
  return [...all.values()].sort((a, b) => a.depth - b.depth || a.id - b.id);
}

export const sameAxes = (a: readonly Axis[], b: readonly Axis[]): boolean =>
  a.length === b.length && a.every((axis, i) => axis.id === b[i]!.id);

const order: readonly NumberType[] = ["bool", "int", "float", "complex"];
export const widerType = (a: NumberType, b: NumberType): NumberType =>
  order[Math.max(order.indexOf(a), order.indexOf(b))]!;

let identities = 0;
export const newId = (): number => ++identities;

/** A sequence with what of it is indexed; null for anything else. */
export function seqOf(value: Value): Ref | null {
  if (value.kind === "sequence") return { kind: "ref", seq: value, subs: [] };
  return value.kind === "ref" && value.subs.length < value.seq.dims.length ? value : null;
}

/** `None`, from which a search for the best may start. */
export const none: Value = { kind: "opaque", id: -1, text: "None", why: "it may be None" };
