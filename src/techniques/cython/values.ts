// What the compiled code knows of a value. Values are guesses from what was seen: every step from a Python object to a C
// number checks the exact type again.

import { int64, join as joinRanges, type Range, widen } from "../analysis/ranges.ts";

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
  | { kind: "set" | "iterable"; element: Value | null }
  /** `sites`: where it is made empty, as long as nothing is known to be put in. */
  | { kind: "list"; element: Value | null; sites?: readonly string[] }
  /** A list of numbers that compiled code holds side by side in memory; `sites`: where such lists come from. */
  | { kind: "vector"; of: VectorKind; sites: readonly string[] }
  /** A generator of random numbers; `sites`: where those that run in C come from. */
  | { kind: "draws"; sites: readonly string[] }
  /** An object of a class of the module that compiled code holds itself, or None; `sites`: the class. */
  | { kind: "record"; of: string; sites: readonly string[] }
  /** None, or a number. */
  | { kind: "optional"; value: Value }
  | { kind: "tuple"; items: readonly Value[] | null; element: Value | null }
  | { kind: "dict"; key: Value | null; value: Value | null }
  | { kind: "array"; dtype: "float64" | "int64" | "bool"; dimensions: number; contiguous: boolean }
  | { kind: "instance"; attributes: ReadonlyMap<string, Value> };

export type VectorKind = "float" | "int" | "bool";

/** Thrown where lists that were held as vectors must be lists after all. */
export class Demote extends Error {
  readonly sites: readonly string[];
  constructor(sites: readonly string[]) {
    super("lists of numbers that Python needs as they are");
    this.sites = sites;
  }
}

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
  if (depth > deepest) return apart(a, b);
  const inner = (x: Value | null, y: Value | null) => join(x, y, grown, depth + 1);
  if (a.kind === "vector" && b.kind === "vector" && a.of === b.of)
    return { ...a, sites: [...new Set([...a.sites, ...b.sites])].sort() };
  if (a.kind === "record" && b.kind === "record" && a.of === b.of) return a;
  if (a.kind === "record" && b.kind === "none") return a;
  if (a.kind === "none" && b.kind === "record") return b;
  if (a.kind === "optional" || b.kind === "optional" || a.kind === "none" || b.kind === "none") {
    const value = inner(inValue(a), inValue(b));
    if (value === null) return none;
    if (isNumber(value)) return { kind: "optional", value };
    return a.kind === b.kind ? a : apart(a, b);
  }
  if (a.kind === "draws" && b.kind === "draws" && a.sites.length > 0 && b.sites.length > 0)
    return { kind: "draws", sites: [...new Set([...a.sites, ...b.sites])].sort() };
  if (a.kind === "vector" && isUndecided(b)) return a;
  if (b.kind === "vector" && isUndecided(a)) return b;
  if (a.kind === "char" && b.kind === "str") return b;
  if (a.kind === "str" && b.kind === "char") return a;
  if (a.kind !== b.kind || a.kind === "vector" || a.kind === "draws" || a.kind === "record")
    return apart(a, b);
  if (a.kind === "int" && b.kind === "int") {
    const range = joinRanges(a.range, b.range);
    return int(grown ? widen(a.range, range) : range, joinOrigins(a.origin, b.origin));
  }
  if ((a.kind === "float" || a.kind === "bool") && a.kind === b.kind)
    return { kind: a.kind, origin: joinOrigins(a.origin, b.origin) };
  if (a.kind === "list" && b.kind === "list") {
    const element = inner(a.element, b.element);
    const sites = [...new Set([...(a.sites ?? []), ...(b.sites ?? [])])].sort();
    return element || sites.length === 0 ? { kind: "list", element } : { kind: "list", element, sites };
  }
  if ((a.kind === "set" || a.kind === "iterable") && a.kind === b.kind)
    return { kind: a.kind, element: inner(a.element, b.element) };
  if (a.kind === "tuple" && b.kind === "tuple") {
    const items =
      a.items && b.items && a.items.length === b.items.length
        ? a.items.map((item, i) => inner(item, b.items![i]!)!)
        : null;
    if (items === null) leaves(a, b);
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

/** The number in what may be None; null for None itself. */
export const inValue = (value: Value): Value | null =>
  value.kind === "optional" ? value.value : value.kind === "none" ? null : value;

/** Where None cannot be meant: Python raises, and so does the step to a number. */
export const present = (value: Value): Value => (value.kind === "optional" ? value.value : value);

/** Of values of two kinds nothing is known any more, so no vector may be among them. */
function apart(...values: readonly Value[]): Value {
  leaves(...values);
  return any;
}

/** Throws where vectors are in values that go where only Python's lists may go. */
export function leaves(...values: readonly Value[]): null {
  const sites = values.flatMap((value) => sitesIn(value));
  if (sites.length > 0) throw new Demote(sites);
  return null;
}

/** A list made empty of which nothing is known yet. */
const isUndecided = (value: Value): boolean => value.kind === "list" && value.element === null;

/** Where the vectors, generators and records in a value come from; with `inside`, of those that can never be given to Python. */
export function sitesIn(value: Value | null, inside = false): readonly string[] {
  switch (value?.kind) {
    case "vector":
      return inside ? [] : value.sites;
    case "draws":
    case "record":
      return value.sites;
    case "list":
    case "set":
    case "iterable":
      return sitesIn(value.element, inside);
    case "tuple":
      return [...(value.items ?? []), value.element].flatMap((item) => sitesIn(item, inside));
    case "dict":
      return [value.key, value.value].flatMap((item) => sitesIn(item, inside));
    default:
      return [];
  }
}

const joinOrigins = (a: Origin, b: Origin): Origin => (a === b ? a : "either");

/** The value of what is drawn from it one by one; null where that is not known. */
export function elementOf(value: Value): Value | null {
  switch (value.kind) {
    case "list":
    case "set":
    case "iterable":
      return value.element;
    case "tuple":
      // Items of several kinds: which of them comes is not known.
      if (value.items && sitesIn(value.element).length === 0) for (const item of value.items) leaves(item);
      return value.element;
    case "vector":
      return numberOf(value.of);
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

/** What a vector gives. */
export const numberOf = (of: VectorKind): Value =>
  of === "float" ? float() : of === "bool" ? bool() : int(int64);

/** What a vector can hold of such elements; null for anything but plain numbers of Python. */
export function vectorKind(element: Value | null): VectorKind | null {
  if (element?.kind !== "int" && element?.kind !== "float" && element?.kind !== "bool") return null;
  return element.origin === "python" ? element.kind : null;
}

/** The extension types that hold numbers side by side. */
export const vectorType = { float: "Floats", int: "Integers", bool: "Truths" } as const;

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
    case "vector":
      return vectorType[value.of];
    case "record":
      return `${value.of}Record`;
    case "draws":
      return value.sites.length > 0 ? "Draws" : "object";
    default:
      return "object";
  }
}

/** The text of a value, to see whether anything changed. */
export const keyOf = (value: Value | null): string =>
  JSON.stringify(value, (_, part) =>
    typeof part === "bigint" ? String(part) : part instanceof Map ? [...part] : part,
  );
