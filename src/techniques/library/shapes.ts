// What a value looks like, merged over all values seen in one place: the form that slots and adapters ask about.

import type { ValueFact } from "../../schemas/facts.ts";

type Length = { min: number; max: number };

export type Shape =
  | {
      is: "number";
      number: "bool" | "int" | "float" | "complex";
      numpy: boolean;
      /** Only one value was seen, as far as the facts tell. */
      constant: boolean;
      /** The largest finite magnitude seen. */
      largest: number;
      /** Python integers besides infinity, and no other float: distances with "no path". */
      integersOrInfinity: boolean;
    }
  | { is: "text" | "bytes" | "none" | "function" }
  | {
      is: "sequence";
      /** `list`, `tuple`, `deque`, … without its module; `mixed` when several were seen. */
      type: string;
      length: Length;
      /** Null when every sequence seen was empty. */
      element: Shape | null;
      /** Shapes per position, for tuples that always had as many items. */
      positions: Shape[] | null;
      hashable: boolean;
    }
  | { is: "set"; type: string; element: Shape | null }
  | { is: "array"; dtype: string; ndim: number; shapes: number[][]; largest: number }
  | { is: "mapping"; type: string; key: Shape | null; value: Shape | null }
  | { is: "object"; attributes: Record<string, Shape> }
  | { is: "other" };

const OTHER: Shape = { is: "other" };
const NUMBERS = ["bool", "int", "float", "complex"] as const;
const SETS = new Set(["builtins.set", "builtins.frozenset"]);
const FUNCTIONS = /\.(function|builtin_function_or_method|method|type|ufunc|partial)$/;

/** The common shape of all values the facts describe; `other` where they have none in common. Null for no facts. */
export function shapeOf(facts: readonly ValueFact[] | undefined): Shape | null {
  return (facts ?? []).map(single).reduce<Shape | null>((all, next) => (all ? merge(all, next) : next), null);
}

function single(fact: ValueFact): Shape {
  const short = fact.type.slice(fact.type.lastIndexOf(".") + 1);
  if (fact.type.startsWith("numpy.") && fact.type !== "numpy.ndarray") {
    const number = /^u?int/.test(short) ? "int" : short.replace(/_?\d*$/, "");
    if (number === "int" || number === "float" || number === "bool" || number === "complex")
      return {
        is: "number",
        number,
        numpy: true,
        constant: false,
        largest: largest(fact),
        integersOrInfinity: false,
      };
  }
  if (fact.array && fact.type === "numpy.ndarray")
    return {
      is: "array",
      dtype: kindOf(fact.array.dtype),
      ndim: fact.array.ndim,
      shapes: fact.array.shapes,
      largest: largest(fact),
    };
  switch (fact.type) {
    case "builtins.bool":
    case "builtins.int":
      return {
        is: "number",
        number: short as "bool" | "int",
        numpy: false,
        constant: fact.integer !== undefined && fact.integer.min === fact.integer.max,
        largest: largest(fact),
        integersOrInfinity: false,
      };
    case "builtins.float": {
      const range = fact.float;
      const constant = range !== undefined && range.min === range.max && !range.nan && !range.infinite;
      // Kept until the merge: infinity alone beside integers is a mark, not a measurement.
      const infinity = range !== undefined && range.min === null && range.infinite && !range.nan;
      return {
        is: "number",
        number: "float",
        numpy: false,
        constant,
        largest: largest(fact),
        integersOrInfinity: infinity,
      };
    }
    case "builtins.complex":
      return {
        is: "number",
        number: "complex",
        numpy: false,
        constant: false,
        largest: Infinity,
        integersOrInfinity: false,
      };
    case "builtins.str":
      return { is: "text" };
    case "builtins.bytes":
      return { is: "bytes" };
    case "builtins.NoneType":
      return { is: "none" };
  }
  if (fact.sequence && SETS.has(fact.type))
    return { is: "set", type: short, element: shapeOf(fact.sequence.elements) };
  if (fact.sequence)
    return {
      is: "sequence",
      type: short,
      length: fact.sequence.length,
      element: shapeOf(fact.sequence.elements),
      positions: fact.sequence.positions?.map((facts) => shapeOf(facts) ?? OTHER) ?? null,
      hashable: fact.sequence.allHashable,
    };
  if (fact.mapping)
    return {
      is: "mapping",
      type: short,
      key: shapeOf(fact.mapping.keys),
      value: shapeOf(fact.mapping.values),
    };
  if (FUNCTIONS.test(fact.type)) return { is: "function" };
  if (fact.attributes) {
    const attributes: Record<string, Shape> = {};
    for (const [name, facts] of Object.entries(fact.attributes)) attributes[name] = shapeOf(facts) ?? OTHER;
    return { is: "object", attributes };
  }
  return OTHER;
}

function largest({ integer, float, array }: ValueFact): number {
  const range = integer ?? float ?? array;
  return Math.max(Math.abs(Number(range?.min ?? 0)), Math.abs(Number(range?.max ?? 0)));
}

/** `b`, `i`, `u`, `f`, `c`, or another letter of NumPy's kinds, from `float64` or `<f8`. */
function kindOf(dtype: string): string {
  const letter = /^[<>=|]?([a-zA-Z])/.exec(dtype)?.[1] ?? "O";
  return dtype.startsWith("str") ? "U" : dtype.startsWith("object") ? "O" : letter;
}

function merge(a: Shape, b: Shape): Shape {
  if (a.is === "number" && b.is === "number") {
    if (a.numpy !== b.numpy) return OTHER;
    const wider = NUMBERS[Math.max(NUMBERS.indexOf(a.number), NUMBERS.indexOf(b.number))] as "int";
    const pair = [a, b];
    const integersOrInfinity =
      pair.some((one) => one.number === "int" || (one.number === "float" && one.integersOrInfinity)) &&
      pair.every((one) => one.number === "int" || one.integersOrInfinity);
    return {
      is: "number",
      number: wider,
      numpy: a.numpy,
      constant: false,
      largest: Math.max(a.largest, b.largest),
      integersOrInfinity,
    };
  }
  if (a.is === "sequence" && b.is === "sequence")
    return {
      is: "sequence",
      type: a.type === b.type ? a.type : "mixed",
      length: { min: Math.min(a.length.min, b.length.min), max: Math.max(a.length.max, b.length.max) },
      element: either(a.element, b.element),
      positions: null,
      hashable: a.hashable && b.hashable,
    };
  if (a.is === "set" && b.is === "set" && a.type === b.type)
    return { ...a, element: either(a.element, b.element) };
  if (a.is === "array" && b.is === "array" && a.ndim === b.ndim)
    return {
      is: "array",
      dtype: a.dtype === b.dtype ? a.dtype : "biuf".includes(a.dtype) && "biuf".includes(b.dtype) ? "f" : "O",
      ndim: a.ndim,
      shapes: [...a.shapes, ...b.shapes],
      largest: Math.max(a.largest, b.largest),
    };
  if (a.is === "mapping" && b.is === "mapping" && a.type === b.type)
    return { is: "mapping", type: a.type, key: either(a.key, b.key), value: either(a.value, b.value) };
  if (a.is === b.is && (a.is === "text" || a.is === "bytes" || a.is === "none" || a.is === "function"))
    return a;
  return OTHER;
}

const either = (a: Shape | null, b: Shape | null): Shape | null => (a && b ? merge(a, b) : (a ?? b));

/** A Python `bool`, `int` or `float`, or NumPy's. */
export const isReal = (shape: Shape | null): boolean => shape?.is === "number" && shape.number !== "complex";

/** A list or tuple (and nothing that only resembles them). */
export const isListOrTuple = (shape: Shape | null): shape is Extract<Shape, { is: "sequence" }> =>
  shape?.is === "sequence" && (shape.type === "list" || shape.type === "tuple" || shape.type === "mixed");

/** One dimension of real numbers: a list, a tuple or an array. */
export function isVector(shape: Shape | null): boolean {
  if (shape?.is === "array") return shape.ndim === 1 && "biuf".includes(shape.dtype);
  return isListOrTuple(shape) && isReal(shape.element);
}

/** Rows of real numbers: nested lists or tuples, or a two-dimensional array. */
export function isMatrix(shape: Shape | null): boolean {
  if (shape?.is === "array") return shape.ndim === 2 && "biuf".includes(shape.dtype);
  return isListOrTuple(shape) && isVector(shape.element);
}

/** A matrix with as many rows as columns, as far as the facts tell. */
export function isSquare(shape: Shape | null): boolean {
  if (!isMatrix(shape)) return false;
  if (shape?.is === "array") return shape.shapes.every(([rows, columns]) => rows === columns);
  if (!isListOrTuple(shape)) return false;
  const inner = shape.element;
  if (inner?.is === "array") return false;
  return (
    isListOrTuple(inner) && inner.length.min === shape.length.min && inner.length.max === shape.length.max
  );
}

/** How long the sequence or array was, least and most; null for what has no length. */
export function lengthOf(shape: Shape): Length | null {
  if (shape.is === "sequence") return shape.length;
  if (shape.is !== "array" || shape.ndim === 0 || shape.shapes.length === 0) return null;
  const lengths = shape.shapes.map((one) => one[0] ?? 0);
  return { min: Math.min(...lengths), max: Math.max(...lengths) };
}

/** How much work a value stands for: its length, its rows, or the integer itself. */
export function magnitudeOf(shape: Shape): number {
  if (shape.is === "number") return shape.largest;
  return lengthOf(shape)?.max ?? 0;
}
