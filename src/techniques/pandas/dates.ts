// Dates and spans of time of a row, over whole columns by `.dt`.

import type { Call } from "../../source/ast.generated.ts";
import { overColumns } from "./columns.ts";
import { bracketed, joined, NoColumnForm, type Setting, series, type Value } from "./values.ts";

/** Attributes that give small integers: a column has them as int32, a single date as Python's int. */
const numbers: Record<string, readonly [number, number]> = {
  year: [1, 9999],
  month: [1, 12],
  day: [1, 31],
  hour: [0, 23],
  minute: [0, 59],
  second: [0, 59],
  quarter: [1, 4],
  day_of_year: [1, 366],
  day_of_week: [0, 6],
};

/** `date.year`, `span.days`; null for another attribute. */
export function attribute(value: Value, name: string): Value | null {
  if (value.kind === "date" && Object.hasOwn(numbers, name)) {
    const [low, high] = numbers[name]!;
    const text = `${bracketed(series(value).text)}.dt.${name}.astype("int64")`;
    return { ...joined("int", [value]), text, low, high };
  }
  if (value.kind === "span" && name === "days") {
    const text = `${bracketed(series(value).text)}.dt.days`;
    return { ...joined("int", [value]), text, low: -4_000_000, high: 4_000_000 };
  }
  return null;
}

/** `date.weekday()`, `date.strftime(format)`, `span.total_seconds()`. */
export function dateMethod(setting: Setting, node: Call, holder: Value, name: string): Value | null {
  const base = `${bracketed(series(holder).text)}.dt`;
  const given = node.args.map((argument) => overColumns(setting, argument));
  if (node.keywords.length > 0 || given.some(({ kind, perRow }) => kind !== "text" || perRow)) return null;
  if (holder.kind === "date" && name === "weekday" && given.length === 0)
    return { ...joined("int", [holder]), text: `${base}.day_of_week.astype("int64")`, high: 6 };
  if (holder.kind === "date" && name === "strftime" && given.length === 1)
    return { ...joined("text", [holder]), text: `${base}.strftime(${given[0]!.text})` };
  if (holder.kind === "span" && name === "total_seconds" && given.length === 0)
    return { ...joined("float", [holder]), text: `${base}.total_seconds()`, low: -1e12, high: 1e12 };
  return null;
}

/** The difference of two dates; null where there are none. The caller writes the text. */
export function spansBetween(op: string, left: Value, right: Value): Omit<Value, "text"> | null {
  if (left.kind !== "date" && right.kind !== "date") return null;
  if (op !== "Sub" || left.kind !== right.kind)
    throw new NoColumnForm("a date is computed with something else");
  return joined("span", [left, right]);
}
