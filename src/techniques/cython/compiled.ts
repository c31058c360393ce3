// What an expression is in compiled code: a text, the value it gives, and whether that is a C number.

import { range } from "../analysis/ranges.ts";
import { any, elementOf, int, type Value } from "./values.ts";

export interface Compiled {
  text: string;
  value: Value;
  /** The text is a C expression. */
  native: boolean;
}

/** Thrown where a value is not known in this round of the analysis. */
export class NotYet extends Error {}

/** The value of one item of what is taken apart. */
export function itemOf(value: Value, index: number): Value {
  if (value.kind === "tuple" && value.items) return value.items[index] ?? any;
  return elementOf(value) ?? any;
}

/** A truth value counts as an integer. */
export const number = (compiled: Compiled): Compiled =>
  compiled.value.kind === "bool"
    ? { text: `<long long>(${compiled.text})`, value: int(range(0, 1), compiled.value.origin), native: true }
    : compiled;
