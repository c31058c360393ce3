// What an expression holds, as far as numerical code goes: an array of some dtype and dimensions, a number, a list of arrays.

import type { ValueFact } from "../../schemas/facts.ts";

/** A size as it was seen; null where it is not known. Sizes say what pays, never what is right. */
export type Size = number | null;

export interface ArrayType {
  is: "array";
  /** As NumPy writes it; `int` and `float` for Python's own numbers, which take the dtype of what they meet. */
  dtype: string;
  sizes: readonly Size[];
  /** How it lies in memory, when seen. */
  layout: "C" | "F" | "both" | "strided" | "unknown";
  /** The smallest share of zeros that was seen; null where nobody looked. */
  zeros: number | null;
}

export type Type =
  | ArrayType
  | { is: "list"; element: Type | null }
  | { is: "tuple"; items: readonly (Type | null)[] }
  | { is: "object"; attributes: Readonly<Record<string, readonly ValueFact[]>> };

export const array = (
  dtype: string,
  sizes: readonly Size[],
  layout: ArrayType["layout"] = "C",
  zeros: number | null = null,
): ArrayType => ({ is: "array", dtype, sizes, layout, zeros });

/** Numbers of Python's own. */
export const pythonInt: ArrayType = array("int", []);
export const pythonFloat: ArrayType = array("float", []);

export const isArray = (type: Type | null, dimensions?: number): type is ArrayType =>
  type?.is === "array" &&
  type.sizes.length > 0 &&
  (dimensions === undefined || type.sizes.length === dimensions);

/** A float64 array of so many dimensions. */
export const isFloats = (type: Type | null, dimensions?: number): type is ArrayType =>
  isArray(type, dimensions) && type.dtype === "float64";

/** Of a value that hangs on what is just being looked at: of any type, as far as is known yet. */
export const undecided: ArrayType = array("?", []);

/** How many items, where each size is known. */
export const itemsOf = ({ sizes }: ArrayType): number =>
  sizes.reduce<number>((product, size) => product * (size ?? Number.NaN), 1);

/** What was seen in one place as one type; null when it was of several. */
export function typeOfFacts(facts: readonly ValueFact[] | undefined): Type | null {
  if (!facts || facts.length === 0) return null;
  const [first] = facts;
  const types = facts.map(({ type }) => type);
  if (types.every((type) => type === "builtins.int")) return pythonInt;
  if (types.every((type) => type === "builtins.int" || type === "builtins.float")) return pythonFloat;
  if (types.every((type) => /^(builtins\.(int|float)|numpy\.float64)$/.test(type)))
    return array("float64", []);
  if (facts.length > 1) return null;
  const { type, array: seen, sequence, attributes } = first!;
  if (seen && type.startsWith("numpy.")) {
    if (type !== "numpy.ndarray") return seen.ndim === 0 ? array(seen.dtype, []) : null;
    const largest = seen.shapes.reduce(
      (best, shape) => (product(shape) > product(best) ? shape : best),
      seen.shapes[0] ?? [],
    );
    const { cContiguous: c, fContiguous: f } = seen;
    return array(seen.dtype, largest, c && f ? "both" : c ? "C" : f ? "F" : "strided", seen.zeros ?? null);
  }
  if (sequence && type === "builtins.list") return { is: "list", element: typeOfFacts(sequence.elements) };
  if (sequence?.positions && type === "builtins.tuple")
    return { is: "tuple", items: sequence.positions.map(typeOfFacts) };
  return attributes ? { is: "object", attributes } : null;
}

const product = (shape: readonly number[]) => shape.reduce((all, size) => all * size, 1);

/** The type of values that may be of either; null when they are not alike. */
export function joined(a: Type | null, b: Type | null): Type | null {
  if (a === b || b === undecided) return a;
  if (a === undecided) return b;
  if (a === null || b === null || a.is !== b.is) return null;
  if (a.is === "array" && b.is === "array") {
    if (a.dtype !== b.dtype || a.sizes.length !== b.sizes.length) return null;
    const sizes = a.sizes.map((size, axis) => size ?? b.sizes[axis]!);
    return array(a.dtype, sizes, a.layout === b.layout ? a.layout : "unknown");
  }
  if (a.is === "list" && b.is === "list") return { is: "list", element: joined(a.element, b.element) };
  return null;
}

/** The dtype of an arithmetic result other than a quotient; null where it is not plain. */
export function promoted(a: string, b: string): string | null {
  if (a === b) return a === "bool" ? null : a;
  return mixtures[`${a},${b}`] ?? mixtures[`${b},${a}`] ?? null;
}

/** Python's numbers leave the width to NumPy's. */
const mixtures: Readonly<Record<string, string>> = {
  "int,float": "float",
  "int,int64": "int64",
  "int,float64": "float64",
  "float,int64": "float64",
  "float,float64": "float64",
  "int,float32": "float32",
  "float,float32": "float32",
  "int64,float64": "float64",
  "bool,float64": "float64",
};

/** What elementwise operations on both give. */
export function broadcast(a: Type | null, b: Type | null, dtype?: string): ArrayType | null {
  if (a?.is !== "array" || b?.is !== "array") return null;
  const kind = dtype ?? promoted(a.dtype, b.dtype);
  if (kind === null) return null;
  const count = Math.max(a.sizes.length, b.sizes.length);
  const size = (of: ArrayType, axis: number): Size => {
    const at = axis - count + of.sizes.length;
    return at < 0 ? 1 : of.sizes[at]!;
  };
  const sizes = Array.from({ length: count }, (_, axis): Size => {
    const [x, y] = [size(a, axis), size(b, axis)];
    return x === 1 ? y : y === 1 ? x : (x ?? y);
  });
  // NumPy keeps the order in which the operands lie.
  const orders = [a, b].filter(({ sizes: own }) => own.length > 1).map(({ layout }) => layout);
  return array(kind, sizes, orders.every((order) => order === "C") ? "C" : "unknown");
}

/** What a matrix product gives, for vectors and matrices. */
export function matrixProduct(a: Type | null, b: Type | null): ArrayType | null {
  if (!isArray(a) || !isArray(b) || a.sizes.length > 2 || b.sizes.length > 2) return null;
  const dtype = promoted(a.dtype, b.dtype);
  if (dtype === null) return null;
  return array(dtype, [...a.sizes.slice(0, -1), ...(b.sizes.length === 2 ? [b.sizes[1]!] : [])]);
}

export const transposed = (type: ArrayType): ArrayType =>
  array(
    type.dtype,
    type.sizes.toReversed(),
    ({ C: "F", F: "C" } as Record<string, ArrayType["layout"]>)[type.layout] ?? type.layout,
    type.zeros,
  );
