// What the compiled code knows of a value. Values are guesses from what was seen: every step from a Python object to a C
// number checks the exact type again.

import { join as joinRanges, type Range, widen } from "../analysis/ranges.ts";

/** Whose scalar a number is outside of compiled code. */
export type Origin = "python" | "numpy" | "either";

export type Value =
  | { kind: "int"; range: Range; origin: Origin }
  | { kind: "float"; origin: Origin }
  | { kind: "bool"; origin: Origin }
  /** A string of one character. */
  | { kind: "char" }
  | { kind: "str" | "bytes" | "none" | "any" }
  /** `iterable`: what can be iterated once or more and nothing else is known of: `zip(…)`, `d.items()`. */
  | { kind: "list" | "set" | "iterable"; element: Value | null }
  | { kind: "tuple"; items: readonly Value[] | null; element: Value | null }
  | { kind: "dict"; key: Value | null; value: Value | null }
  | { kind: "array"; dtype: "float64" | "int64" | "bool"; dimensions: number; contiguous: boolean }
  | { kind: "instance"; attributes: ReadonlyMap<string, Value> };

/** Thrown where code cannot be compiled as it is meant, with the reason and its offset in the source. */
export class Unsupported extends Error {
  readonly start: number | null;
  constructor(reason: string, start: number | null = null) {
    super(reason);
    this.start = start;
  }
}

export const any: Value = { kind: "any" };
export const none: Value = { kind: "none" };
export const str: Value = { kind: "str" };
export const float = (origin: Origin = "python"): Value => ({ kind: "float", origin });
export const bool = (origin: Origin = "python"): Value => ({ kind: "bool", origin });
export const int = (range: Range, origin: Origin = "python"): Value => ({ kind: "int", range, origin });

/** Numbers and characters: what has a C type. */
export const isNative = ({ kind }: Value): boolean =>
  kind === "int" || kind === "float" || kind === "bool" || kind === "char";

export const isNumber = ({ kind }: Value): boolean => kind === "int" || kind === "float" || kind === "bool";

/** Nesting beyond this is not followed. */
const deepest = 4;

/** What holds of values of both kinds. `grown` widens integers, so that a loop's growth ends. */
export function join(a: Value | null, b: Value | null, grown = false, depth = 0): Value | null {
  if (a === null) return b;
  if (b === null) return a;
  if (depth > deepest) return any;
  const inner = (x: Value | null, y: Value | null) => join(x, y, grown, depth + 1);
  if (a.kind === "char" && b.kind === "str") return b;
  if (a.kind === "str" && b.kind === "char") return a;
  if (a.kind !== b.kind) return any;
  if (a.kind === "int" && b.kind === "int") {
    const range = joinRanges(a.range, b.range);
    return int(grown ? widen(a.range, range) : range, joinOrigins(a.origin, b.origin));
  }
  if ((a.kind === "float" || a.kind === "bool") && a.kind === b.kind)
    return { kind: a.kind, origin: joinOrigins(a.origin, b.origin) };
  if ((a.kind === "list" || a.kind === "set" || a.kind === "iterable") && a.kind === b.kind)
    return { kind: a.kind, element: inner(a.element, b.element) };
  if (a.kind === "tuple" && b.kind === "tuple") {
    const items =
      a.items && b.items && a.items.length === b.items.length
        ? a.items.map((item, i) => inner(item, b.items![i]!)!)
        : null;
    return { kind: "tuple", items, element: inner(a.element, b.element) };
  }
  if (a.kind === "dict" && b.kind === "dict")
    return { kind: "dict", key: inner(a.key, b.key), value: inner(a.value, b.value) };
  if (a.kind === "array" && b.kind === "array")
    return a.dtype === b.dtype && a.dimensions === b.dimensions
      ? { ...a, contiguous: a.contiguous && b.contiguous }
      : any;
  if (a.kind === "instance" && b.kind === "instance") {
    const attributes = new Map<string, Value>();
    for (const [name, value] of a.attributes)
      attributes.set(name, inner(value, b.attributes.get(name) ?? any)!);
    return { kind: "instance", attributes };
  }
  return a;
}

const joinOrigins = (a: Origin, b: Origin): Origin => (a === b ? a : "either");

/** The value of what is drawn from it one by one; null where that is not known. */
export function elementOf(value: Value): Value | null {
  switch (value.kind) {
    case "list":
    case "set":
    case "iterable":
    case "tuple":
      return value.element;
    case "dict":
      return value.key;
    case "str":
    case "char":
      return { kind: "char" };
    case "bytes":
      return int({ lo: 0n, hi: 255n });
    default:
      return null;
  }
}

/** The C type of a number or character, or the Python type that a variable can be declared with. */
export function declaredType(value: Value, native: boolean): string {
  switch (value.kind) {
    case "int":
      return native ? "long long" : "object";
    case "float":
      return native ? "double" : "object";
    case "bool":
      return native ? "bint" : "object";
    case "char":
      return native ? "Py_UCS4" : "str";
    case "str":
    case "bytes":
    case "list":
    case "dict":
    case "set":
    case "tuple":
      return value.kind;
    default:
      return "object";
  }
}

/** The text of a value, to see whether anything changed. */
export const keyOf = (value: Value | null): string =>
  JSON.stringify(value, (_, part) =>
    typeof part === "bigint" ? String(part) : part instanceof Map ? [...part] : part,
  );
