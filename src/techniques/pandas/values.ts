// What stands for a value of every row once it is computed for whole columns, and what the surroundings know.

import type { Call, expr, Node } from "../../source/ast.generated.ts";
import { isAtom } from "../../source/expression-text.ts";
import type { SourceFile } from "../../source/file.ts";
import type { Kind } from "./frames.ts";

/** Why an expression has no form over columns. */
export class NoColumnForm extends Error {}

export interface Value {
  text: string;
  /** What the value is in the original. */
  kind: Kind;
  /** What comes out of the columns; an integer column may stand for a row's float. */
  emitted: Kind;
  low: number;
  high: number;
  /** Whether it depends on the row; else it is one value. */
  perRow: boolean;
  /** Whether the text is an array of NumPy's, which has lost the frame's index. */
  bare: boolean;
  /** Values may be missing: NaN, None. */
  missing: boolean;
  /** Of a choice that is written by `np.where` or `np.select`: its cases, and what is given in none of them. */
  cases?: readonly { test: string; value: string }[];
  otherwise?: string;
}

export interface Setting {
  file: SourceFile;
  /** Texts may lie in Arrow's memory, whose upper and lower case are not Python's everywhere. */
  arrow: boolean;
  /** Expressions that are not zero where the value computed is used, by their text in the source. */
  nonZero: Set<string>;
  /** The value of a leaf that is known: a column of the row, a local, a number of the module's; null otherwise. */
  known(node: Node): Value | null;
  /** A call of one of the file's functions, when it can be made for whole columns; null for any other call. */
  called(node: Call): Value | null;
  /** How the file calls NumPy; asked only where it is needed. */
  numpy(): string;
  /** How the file calls pandas; asked only where it is needed. */
  pandas(): string;
  /** The name of the function of pandas that `node` names; null for any other. */
  pandasFunction(node: expr): string | null;
  /** The name of the function of NumPy that `node` names; null for any other. */
  numpyFunction(node: expr): string | null;
  /** Whether `node` is `datetime.strptime`. */
  parsesDates(node: expr): boolean;
  /** What is taken to hold beyond what was seen. */
  assume(assumption: string): void;
  /** Tells that the last digit of a float may differ, and why. */
  inexact(reason: string): void;
  /** Whether `name` is Python's own builtin or module there. */
  isOwn(node: expr, name: string): boolean;
  /** The elements or the keys and values that a name or a literal holds; null where that is not known. */
  table(node: expr): Table | null;
}

/** A collection that rows are looked up in. */
export interface Table {
  text: string;
  keys: Kind | null;
  /** Of a dict: what it gives. */
  values: { kind: Kind; low: number; high: number } | null;
}

export const largestExact = 2 ** 53;

/** The parts of a value that an operation gives, all but its text. */
export const joined = (kind: Kind, values: readonly Value[]): Omit<Value, "text"> => ({
  kind,
  emitted: kind,
  low: 0,
  high: kind === "bool" ? 1 : 0,
  perRow: values.some(({ perRow }) => perRow),
  // A Series among the operands gives its index to the result.
  bare: values.some(({ bare }) => bare) && !values.some(({ bare, perRow }) => perRow && !bare),
  missing: kind !== "bool" && values.some(({ missing }) => missing),
});

export const wider = (a: Kind, b: Kind): Kind =>
  a === b ? a : a === "float" || b === "float" ? "float" : a === "int" || b === "int" ? "int" : a;

const nouns: Record<Kind, string> = {
  int: "number",
  float: "number",
  bool: "truth value",
  text: "text",
  date: "date",
  span: "span of time",
};

export function number(value: Value): Value {
  if (value.kind === "int" || value.kind === "float") return value;
  throw new NoColumnForm(`a ${nouns[value.kind]} is used as a number`);
}

export function truth(value: Value): Value {
  if (value.kind === "bool") return value;
  throw new NoColumnForm(`a ${nouns[value.kind]} is used as a truth value`);
}

/** A text without missing values among them: what has methods of texts in Python. */
export function wholeText(value: Value): Value {
  if (value.kind !== "text") throw new NoColumnForm(`a ${nouns[value.kind]} is used as a text`);
  if (value.missing) throw new NoColumnForm("texts may be missing");
  return value;
}

/** A column's own methods need a Series. */
export function series(value: Value): Value {
  if (!value.perRow) throw new NoColumnForm("a call does not depend on the row");
  if (value.bare) throw new NoColumnForm("a method is called on what is chosen");
  return value;
}

/** In brackets, where it would not hold together beside an operator or a dot. */
export const bracketed = (text: string) => (isAtom(text) ? text : `(${text})`);

/** The same value with the dtype that the original's has. */
export function settled(value: Value): Value {
  if (value.emitted === value.kind) return value;
  return { ...value, text: `${bracketed(value.text)}.astype(float)`, emitted: value.kind };
}

export const brief = (text: string) =>
  text.length <= 40 ? text.replace(/\s+/g, " ") : `${text.slice(0, 39).replace(/\s+/g, " ")}…`;
