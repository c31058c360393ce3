// From what a function gives to what the region gave: the adapters that make the types the same.

import type { Gives } from "./entry.ts";
import { isListOrTuple, isMatrix, isReal, isVector, type Shape } from "./shapes.ts";

/** Adapters from this cost on change the value itself, not only its type. */
export const TWISTED = 4;

export interface Adapter {
  /** `{}` stands for the function's expression. */
  text: string;
  imports: readonly string[];
  /** How much farther from the plain call this is; candidates are tried in this order. */
  cost: number;
}

const adapter = (text: string, cost = 0, imports: readonly string[] = []): Adapter => ({
  text,
  imports,
  cost,
});
const INFINITY = ["from math import inf"];
const NUMPY = ["import numpy as np"];

/** The adapters that turn `gives` into a value of the observed shape; empty when none can. */
export function adapters(gives: Gives, wanted: Shape): readonly Adapter[] {
  const [floating, form] = gives.startsWith("float ")
    ? [true, gives.slice(6) as "scalar" | "vector" | "matrix"]
    : [false, gives];
  switch (form) {
    case "scalar":
      return scalar(wanted, floating);
    case "vector":
      return vector(wanted, floating);
    case "matrix":
      return matrix(wanted, floating);
    case "iterator":
      return collection(wanted, false);
    case "list":
    case "tuple":
    case "set":
    case "dict":
      return collection(wanted, form);
    case "str":
      return wanted.is === "text" ? [adapter("{}")] : [];
    case "bytes":
      return wanted.is === "bytes" ? [adapter("{}")] : [];
    default:
      return plain(form, wanted);
  }
}

function plain(gives: Gives, wanted: Shape): readonly Adapter[] {
  if (wanted.is !== "number") return gives === "number" && wanted.is !== "none" ? [adapter("{}")] : [];
  if (wanted.numpy) return gives === "number" ? [adapter("{}")] : [];
  if (gives === "bool" || wanted.number === "bool")
    return gives === "bool" && wanted.number === "bool" ? [adapter("{}"), adapter("not {}", 3)] : [];
  if (wanted.number === "float" && gives === "int") return [adapter("float({})", 1)];
  if (wanted.number === "float")
    return [
      adapter("{}"),
      ...(gives === "number" ? [adapter("float({})", 1)] : []),
      adapter("sqrt({})", 4, ["from math import sqrt"]),
      adapter("-{}", 5),
      adapter("1 - {}", 5),
      adapter("{} ** 2", 6),
      adapter("{} / 2", 6),
    ];
  if (gives === "float") return [];
  return [adapter("{}"), adapter("-{}", 5)];
}

function scalar(wanted: Shape, floating: boolean): readonly Adapter[] {
  if (wanted.is !== "number" || wanted.number === "complex") return [];
  if (wanted.numpy)
    return [adapter("{}"), adapter("np.sqrt({})", 4, NUMPY), adapter("-{}", 5), adapter("1 - {}", 5)];
  const to = wanted.number;
  if (to === "bool") return floating ? [] : [adapter("bool({})", 1)];
  if (to === "int") return [adapter("int({})", floating ? 3 : 1)];
  return [
    adapter("float({})", 1),
    adapter("sqrt({})", 4, ["from math import sqrt"]),
    adapter("-float({})", 5),
    adapter("1 - float({})", 5),
  ];
}

function vector(wanted: Shape, floating: boolean): readonly Adapter[] {
  if (wanted.is === "array") {
    if (wanted.ndim !== 1) return [];
    if (floating && "iu".includes(wanted.dtype)) return [adapter("{}.astype(int)", 3)];
    return [adapter("{}"), ...elementwise("{}")];
  }
  if (!isListOrTuple(wanted) || wanted.element === null || wanted.element.is !== "number") return [];
  const wrap = (text: string) => (wanted.type === "tuple" ? `tuple(${text})` : text);
  if (wanted.element.numpy) return [adapter(wanted.type === "tuple" ? "tuple({})" : "list({})", 1)];
  if (wanted.element.integersOrInfinity)
    return [adapter(wrap("[d if d == inf else int(d) for d in {}.tolist()]"), 3, INFINITY)];
  if (floating && wanted.element.number === "int") return [adapter(wrap("{}.astype(int).tolist()"), 3)];
  return [
    adapter(wrap("{}.tolist()"), 1),
    ...elementwise("{}").map((one) => ({ ...one, text: wrap(`${parenthesised(one.text)}.tolist()`) })),
  ];
}

function matrix(wanted: Shape, floating: boolean): readonly Adapter[] {
  if (wanted.is === "array") {
    if (wanted.ndim !== 2) return [];
    if (floating && "iu".includes(wanted.dtype)) return [adapter("{}.astype(int)", 3)];
    return [
      adapter("{}"),
      adapter("{}.T.copy()", 4),
      adapter("np.sqrt({})", 4, NUMPY),
      adapter("-{}", 5),
      adapter("1 - {}", 5),
    ];
  }
  if (!isMatrix(wanted) || !isListOrTuple(wanted)) return [];
  const row = wanted.element;
  if (row?.is === "array") return [adapter("list({})", 2)];
  if (!isListOrTuple(row) || row.element?.is !== "number" || row.element.numpy) return [];
  if (row.type === "tuple") return [adapter("[tuple(row) for row in {}.tolist()]", 2)];
  if (row.element.integersOrInfinity)
    return [adapter("[[d if d == inf else int(d) for d in row] for row in {}.tolist()]", 3, INFINITY)];
  if (floating && row.element.number === "int") return [adapter("{}.astype(int).tolist()", 3)];
  return [
    adapter("{}.tolist()", 1),
    adapter("{}.T.tolist()", 4),
    adapter("np.sqrt({}).tolist()", 4, NUMPY),
    adapter("(-{}).tolist()", 5),
    adapter("(1 - {}).tolist()", 5),
  ];
}

const elementwise = (text: string): Adapter[] => [
  adapter(`${text}[::-1]`, 4),
  adapter(`np.sqrt(${text})`, 4, NUMPY),
  adapter(`-${text}`, 5),
  adapter(`1 - ${text}`, 5),
];

const parenthesised = (text: string) => (/^[-1]/.test(text) ? `(${text})` : text);

function collection(wanted: Shape, gives: "list" | "tuple" | "set" | "dict" | false): readonly Adapter[] {
  if (wanted.is === "sequence") {
    if (wanted.type !== "list" && wanted.type !== "tuple") return [adapter("{}")];
    const same = gives === wanted.type;
    const nested = isListOrTuple(wanted.element)
      ? [adapter(`[${wanted.element.type === "tuple" ? "tuple" : "list"}(item) for item in {}]`, 3)]
      : wanted.element?.is === "set"
        ? [adapter("[set(item) for item in {}]", 3)]
        : [];
    const sorted = [
      ...(wanted.type === "list" ? [adapter("sorted({})", 4)] : []),
      ...(isListOrTuple(wanted.element) && wanted.element.type === "list"
        ? [adapter("[sorted(item) for item in {}]", 5), adapter("sorted(sorted(item) for item in {})", 6)]
        : []),
    ];
    const values = gives === "dict" ? [adapter(`${wanted.type}({}.values())`, 2)] : [];
    const reversed = same ? [adapter("{}[::-1]", 4)] : [];
    return [
      same ? adapter("{}") : adapter(`${wanted.type}({})`, 1),
      ...nested,
      ...sorted,
      ...values,
      ...reversed,
    ];
  }
  if (wanted.is === "set") return gives === "set" ? [adapter("{}")] : [adapter(`${wanted.type}({})`, 1)];
  if (wanted.is === "mapping") {
    const plainDict = wanted.type === "dict" && gives !== "dict";
    return [
      plainDict ? adapter("dict({})", 1) : adapter("{}"),
      ...(gives === "dict" ? [adapter("dict({})", 1)] : []),
    ];
  }
  if (wanted.is === "number" && wanted.number === "int")
    return [adapter(gives ? "len({})" : "len(list({}))", 2)];
  // A column of real numbers in an array is what `np.array` makes of a list of them.
  if (wanted.is === "array" && (isVector(wanted) || isMatrix(wanted)) && gives === "list")
    return [adapter("np.array({})", 3, NUMPY)];
  if (isReal(wanted) || wanted.is === "text") return [];
  return [];
}
