// Random Python over numbers for property tests: which names and operators there are is each test's own, how they nest is not.

import * as fc from "fast-check";

type Text = fc.Arbitrary<string>;

/** Expressions that are one of `leaves`, or made of such expressions as `more` says. */
export const nested = (leaves: readonly string[], more: (inner: Text) => readonly Text[]): Text =>
  fc.letrec<{ e: string }>((tie) => ({
    e: fc.oneof({ depthSize: "small", withCrossShrink: true }, fc.constantFrom(...leaves), ...more(tie("e"))),
  })).e;

/** `a < b`, with one of the operators, which are separated by spaces. */
export const compared = (a: Text, operators: string, b: Text): Text =>
  fc.tuple(a, fc.constantFrom(...operators.split(" ")), b).map((parts) => parts.join(" "));

/** `(a + b)`, with one of the operators. */
export const operation = (a: Text, operators: string, b: Text): Text =>
  compared(a, operators, b).map((text) => `(${text})`);

/** A call of one of the functions, which are separated by spaces. */
export const called = (functions: string, ...given: readonly Text[]): Text =>
  fc
    .tuple(fc.constantFrom(...functions.split(" ")), fc.tuple(...given))
    .map(([name, values]) => `${name}(${values.join(", ")})`);

/** A statement that gives `target` a value, or changes the one it has. */
export const assigned = (target: string, operators: string, value: Text): Text =>
  compared(fc.constant(target), operators, value);

/** A statement that sets an item of `container` at one of the indices. */
export const stored = (container: string, indices: readonly string[], operators: string, value: Text): Text =>
  fc
    .tuple(fc.constantFrom(...indices), fc.constantFrom(...operators.split(" ")), value)
    .map(([index, operator, text]) => `${container}[${index}] ${operator} ${text}`);

export const indent = (lines: readonly string[]): string[] => lines.map((line) => `    ${line}`);

/** Lines of an `if` with its `else`. */
export const either = (condition: Text, yes: Text, no: Text): fc.Arbitrary<string[]> =>
  fc.tuple(condition, yes, no).map(([test, a, b]) => [`if ${test}:`, `    ${a}`, "else:", `    ${b}`]);

/** Lines of an `if` that ends with the statements `last`. */
export const only = (condition: Text, yes: Text, ...last: readonly string[]): fc.Arbitrary<string[]> =>
  fc.tuple(condition, yes).map(([test, a]) => [`if ${test}:`, `    ${a}`, ...indent(last)]);

/** Heads of loops over the indices of a list. */
export const counting: Text = fc.constantFrom(
  "range(n)",
  "range(1, n)",
  "range(len(xs))",
  "range(n - 1, -1, -1)",
  "range(0, n, 2)",
  "reversed(range(n))",
);

/** A function of the lines. */
export const functionText = (head: string, lines: readonly string[]): string =>
  `def ${head}:\n${indent(lines).join("\n")}\n`;
