// Calls of builtins, of `math` and of pandas' own functions for single values, over whole columns.

import type { Call, expr } from "../../source/ast.generated.ts";
import { sourceText } from "../../source/walk.ts";
import { choice } from "./choices.ts";
import { overColumns } from "./columns.ts";
import { dateMethod } from "./dates.ts";
import { lengthOf, looked, plainMethod, textMethod, textOf } from "./texts.ts";
import {
  bracketed,
  brief,
  joined,
  largestExact,
  NoColumnForm,
  number,
  type Setting,
  series,
  settled,
  type Value,
  wholeText,
} from "./values.ts";

/** Functions of `math` that NumPy has, bit for bit, under the name given; with the values that they take. */
const exact: Record<string, { name: string; from: number; to: number }> = {
  "math.sqrt": { name: "sqrt", from: 0, to: Number.POSITIVE_INFINITY },
  "math.fabs": { name: "abs", from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY },
};

/** Functions of `math` whose last digit may differ from NumPy's. */
const near: Record<string, { name: string; from: number; to: number }> = {
  "math.log": { name: "log", from: Number.MIN_VALUE, to: Number.POSITIVE_INFINITY },
  "math.log10": { name: "log10", from: Number.MIN_VALUE, to: Number.POSITIVE_INFINITY },
  "math.log2": { name: "log2", from: Number.MIN_VALUE, to: Number.POSITIVE_INFINITY },
  "math.log1p": { name: "log1p", from: -1 + Number.EPSILON, to: Number.POSITIVE_INFINITY },
  "math.exp": { name: "exp", from: Number.NEGATIVE_INFINITY, to: 700 },
  "math.sin": { name: "sin", from: -largestExact, to: largestExact },
  "math.cos": { name: "cos", from: -largestExact, to: largestExact },
  "math.tan": { name: "tan", from: -largestExact, to: largestExact },
  "math.atan": { name: "arctan", from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY },
  "math.radians": { name: "radians", from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY },
  "math.degrees": { name: "degrees", from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY },
  "math.asin": { name: "arcsin", from: -1, to: 1 },
  "math.tanh": { name: "tanh", from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY },
};

/** Ranges of the results that are bounded or rise with the argument. */
const ranges: Record<string, (low: number, high: number) => [number, number]> = {
  sqrt: (low, high) => [Math.sqrt(low), Math.sqrt(high)],
  log: (low, high) => [Math.log(low), Math.log(high)],
  exp: (low, high) => [Math.exp(low), Math.exp(high)],
  sin: () => [-1, 1],
  cos: () => [-1, 1],
  radians: (low, high) => [(low / 180) * Math.PI, (high / 180) * Math.PI],
};

export function call(setting: Setting, node: Call): Value {
  const { func } = node;
  const name = sourceText(setting.file, func);
  const method = func.kind === "Attribute" && isValue(setting, func.value) ? func : null;
  if (method) {
    const given = looked(setting, node) ?? methodOf(setting, node, method);
    if (given) return given;
    throw new NoColumnForm(`${brief(name)} is called`);
  }
  const values = node.args.map((argument) => overColumns(setting, argument));
  const given = applied(setting, func, values, node.keywords.length > 0);
  if (given) return given;
  throw new NoColumnForm(`${brief(name)} is called`);
}

/** Whether a method's holder is a value of the row or a table, not a module or a class. */
const isValue = (setting: Setting, node: expr): boolean =>
  node.kind !== "Name"
    ? node.kind !== "Attribute" || setting.known(node) !== null
    : setting.known(node) !== null || setting.table(node) !== null;

/** What a function that is not one of the file's gives of whole columns; null where that is not known. */
export function applied(setting: Setting, func: expr, values: readonly Value[], named = false): Value | null {
  const [first, second, ...others] = values;
  if (!first || others.length > 0 || named) return null;
  const name = sourceText(setting.file, func);
  const pandas = setting.pandasFunction(func);
  if (pandas !== null) return second ? null : ofPandas(setting, func, first, pandas);
  if (second && setting.parsesDates(func)) return parsed(setting, first, second);
  const numpy = setting.numpyFunction(func);
  if (numpy !== null) return second ? null : ofNumpy(setting, func, first, numpy);
  if (
    !second &&
    func.kind === "Attribute" &&
    func.value.kind === "Name" &&
    func.value.id === "str" &&
    setting.isOwn(func.value, "str")
  )
    return plainMethod(setting, first, func.attr);
  if (!setting.isOwn(func, name)) return null;
  if (name === "len" && !second) return lengthOf(first);
  if (name === "str" && !second) return textOf(first);
  for (const value of values) number(value);
  if (name === "abs" && !second) {
    const size = Math.max(Math.abs(first.low), Math.abs(first.high));
    return { ...joined(first.kind, values), emitted: first.emitted, text: `abs(${first.text})`, high: size };
  }
  if (name === "float" && !second && first.perRow) return settled({ ...first, kind: "float" });
  if (name === "int" && !second) return truncated(first);
  if ((name === "min" || name === "max") && second) return extreme(setting, name, first, second);
  const known = second ? undefined : (exact[name] ?? near[name]);
  return known && first.perRow ? mathematical(setting, name, known, first) : null;
}

/** Functions of NumPy that give the same of one number as of a column of them. */
function ofNumpy(setting: Setting, func: expr, value: Value, name: string): Value | null {
  const python = `math.${{ abs: "fabs", absolute: "fabs", fabs: "fabs" }[name] ?? name}`;
  const known = exact[python] ?? near[python];
  if (!known || value.kind !== "float" || !value.perRow) return null;
  const one = mathematical(setting, python, known, number(value));
  return { ...one, text: `${sourceText(setting.file, func)}(${value.text})` };
}

function mathematical(
  setting: Setting,
  name: string,
  { name: own, from, to }: { name: string; from: number; to: number },
  value: Value,
): Value {
  if (value.low < from || value.high > to)
    throw new NoColumnForm(from === 0 ? "a root of a negative number may be taken" : `${name} may raise`);
  if (near[name]) setting.inexact(`the last digit of NumPy's ${own} may differ from Python's`);
  const [low, high] = ranges[own]?.(value.low, value.high) ?? [
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  ];
  return { ...joined("float", [value]), text: `${setting.numpy()}.${own}(${value.text})`, low, high };
}

/** `int(x)`. */
function truncated(value: Value): Value {
  if (!value.perRow) throw new NoColumnForm("int is called");
  if (value.kind === "int" && value.emitted === "int") return value;
  // NumPy makes some integer of NaN and says nothing; a Series raises.
  series(value);
  if (value.missing || Math.max(-value.low, value.high) >= largestExact)
    throw new NoColumnForm("a number that may be missing or too large is made an integer");
  const { low, high } = value;
  const text = `${bracketed(value.text)}.astype(int)`;
  return { ...joined("int", [value]), text, low: Math.trunc(low), high: Math.trunc(high) };
}

function extreme(setting: Setting, name: "min" | "max", first: Value, second: Value): Value {
  if (first.kind !== second.kind) throw new NoColumnForm("an extreme of numbers of two kinds is taken");
  if (!first.perRow && !second.perRow) throw new NoColumnForm(`${name} is called`);
  // `min(a, b)` gives a, unless b is less.
  const test: Value = {
    ...joined("bool", [first, second]),
    text: `${bracketed(second.text)} ${name === "min" ? "<" : ">"} ${bracketed(first.text)}`,
  };
  const { cases: _cases, otherwise: _otherwise, ...plain } = first;
  const one = choice(setting, test, second, plain);
  const pick = name === "min" ? Math.min : Math.max;
  return { ...one, low: pick(first.low, second.low), high: pick(first.high, second.high) };
}

function ofPandas(setting: Setting, func: expr, given: Value, name: string): Value {
  const value = series(given);
  if (name === "to_datetime") {
    setting.assume("Every text that is read as a date is one, and all of them are written alike.");
    return {
      ...joined("date", [wholeText(value)]),
      text: `${sourceText(setting.file, func)}(${value.text})`,
    };
  }
  const method = name.startsWith("is") ? "isna" : "notna";
  return { ...joined("bool", [value]), text: `${bracketed(value.text)}.${method}()` };
}

/** `datetime.strptime(text, format)`. */
function parsed(setting: Setting, text: Value, format: Value): Value {
  if (format.kind !== "text" || format.perRow) throw new NoColumnForm("a date's format depends on the row");
  setting.assume("Every text that is read as a date is one in that format.");
  const value = wholeText(series(text));
  const call = `${setting.pandas()}.to_datetime(${value.text}, format=${format.text})`;
  return { ...joined("date", [value]), text: call };
}

function methodOf(setting: Setting, node: Call, func: Extract<expr, { kind: "Attribute" }>): Value | null {
  const holder = overColumns(setting, func.value);
  if (holder.kind === "text" && holder.perRow) return textMethod(setting, node, holder, func.attr);
  if (holder.kind === "date" || holder.kind === "span") return dateMethod(setting, node, holder, func.attr);
  return null;
}
