// An expression over the values of one row, as the same expression over whole columns.
//
// Both are the same only where every operation gives, column by column, what Python gives value by value: integers must
// stay within 64 bits, a divisor may not be zero, `and` and `or` need truth values on both sides. What cannot be shown
// from the kinds and ranges seen is refused.

import type { expr, Node } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import type { Located } from "../../source/node.ts";
import { sourceText } from "../../source/walk.ts";
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
}

export interface Setting {
  file: SourceFile;
  /** The value of a leaf that is known: a column of the row, a local, a number of the module's; null otherwise. */
  known(node: Node): Value | null;
  /** How the file calls NumPy; asked only where it is needed. */
  numpy(): string;
  /** Tells that the last digit of a float may differ, and why. */
  inexact(reason: string): void;
  /** Whether `name` is Python's own builtin or module there. */
  isOwn(node: expr, name: string): boolean;
}

const largestExact = 2 ** 53;

/** `node` over columns. Throws NoColumnForm. */
export function overColumns(setting: Setting, node: expr): Value {
  const known = setting.known(node);
  if (known) return known;
  switch (node.kind) {
    case "Constant":
      return constant(setting, node);
    case "BinOp":
      return arithmetic(setting, node);
    case "UnaryOp":
      return unary(setting, node);
    case "Compare":
      return comparison(setting, node);
    case "BoolOp": {
      const values = node.values.map((value) => truth(overColumns(setting, value)));
      const sign = node.op === "And" ? " & " : " | ";
      const text = values.map(({ text: own }, i) => closed(own, node.values[i]!)).join(sign);
      return { ...joined("bool", values), text, low: 0, high: 1 };
    }
    case "IfExp":
      return choice(
        setting,
        overColumns(setting, node.test),
        overColumns(setting, node.body),
        overColumns(setting, node.orelse),
      );
    case "Call":
      return call(setting, node);
    default:
      throw new NoColumnForm(`\`${brief(sourceText(setting.file, node))}\` has no form over whole columns`);
  }
}

/** `np.where(test, yes, no)`. */
export function choice(setting: Setting, test: Value, yes: Value, no: Value): Value {
  truth(test);
  if (!test.perRow) throw new NoColumnForm("a condition does not depend on the row");
  if (yes.kind === "text" || no.kind === "text") throw new NoColumnForm("texts are chosen between");
  if ((yes.kind === "bool") !== (no.kind === "bool"))
    throw new NoColumnForm("a truth value or a number is given");
  return {
    text: `${setting.numpy()}.where(${test.text}, ${yes.text}, ${no.text})`,
    kind: wider(yes.kind, no.kind),
    emitted: wider(yes.emitted, no.emitted),
    low: Math.min(yes.low, no.low),
    high: Math.max(yes.high, no.high),
    perRow: true,
    bare: true,
  };
}

/** The same value with the dtype that the original's has. */
export function settled(value: Value): Value {
  if (value.emitted === value.kind) return value;
  return { ...value, text: `${bracketed(value.text)}.astype(float)`, emitted: value.kind };
}

const bracketed = (text: string) => (/^[\w.]+(\[[^\][]*\]|\([^()]*\))?$/.test(text) ? text : `(${text})`);

function constant({ file }: Setting, node: Extract<expr, { kind: "Constant" }>): Value {
  const text = sourceText(file, node);
  const base = { text, perRow: false, bare: false };
  const { value } = node;
  if (value.type === "int" || value.type === "float") {
    const number = Number(value.text);
    if (!Number.isFinite(number) || Math.abs(number) > largestExact)
      throw new NoColumnForm(`${text} is too large a number`);
    return { ...base, kind: value.type, emitted: value.type, low: number, high: number };
  }
  if (value.type === "bool")
    return { ...base, kind: "bool", emitted: "bool", low: Number(value.value), high: Number(value.value) };
  if (value.type === "str") return { ...base, kind: "text", emitted: "text", low: 0, high: 0 };
  throw new NoColumnForm(`${text} is no number`);
}

function arithmetic(setting: Setting, node: Extract<expr, { kind: "BinOp" }>): Value {
  const left = number(overColumns(setting, node.left));
  const right = number(overColumns(setting, node.right));
  const text = spliced(setting.file, node, [
    [node.left, left.text],
    [node.right, right.text],
  ]);
  const value = { ...joined(wider(left.kind, right.kind), [left, right]), text };
  value.emitted = wider(left.emitted, right.emitted);
  const corners = (of: (a: number, b: number) => number) => {
    const all = [left.low, left.high].flatMap((a) => [right.low, right.high].map((b) => of(a, b)));
    value.low = Math.min(...all);
    value.high = Math.max(...all);
  };
  switch (node.op) {
    case "Add":
      corners((a, b) => a + b);
      break;
    case "Sub":
      corners((a, b) => a - b);
      break;
    case "Mult":
      corners((a, b) => a * b);
      break;
    case "Div":
    case "FloorDiv":
    case "Mod":
      if (right.low <= 0 && right.high >= 0) throw new NoColumnForm("a divisor may be zero");
      if (node.op === "Mod") {
        value.low = Math.min(0, right.low);
        value.high = Math.max(0, right.high);
      } else corners((a, b) => a / b);
      if (node.op === "Div") value.kind = value.emitted = "float";
      if (node.op !== "Div" && value.kind === "float")
        throw new NoColumnForm("floats are divided with a remainder");
      break;
    case "Pow":
      if (node.right.kind !== "Constant" || right.kind !== "int" || right.low !== 2)
        throw new NoColumnForm("a power other than 2 is taken");
      if (left.emitted === "float")
        setting.inexact("a square is the number times itself, where Python asks C's pow");
      corners((a) => a * a);
      if (left.low < 0 && left.high > 0) value.low = 0;
      break;
    default:
      throw new NoColumnForm("an operator has no form over whole columns");
  }
  if (value.emitted === "int" && Math.max(-value.low, value.high) >= largestExact)
    throw new NoColumnForm("integers may pass 64 bits");
  return value;
}

function unary(setting: Setting, node: Extract<expr, { kind: "UnaryOp" }>): Value {
  const operand = overColumns(setting, node.operand);
  if (node.op === "Not") {
    truth(operand);
    if (!operand.perRow) throw new NoColumnForm("a condition does not depend on the row");
    return { ...operand, text: `~${closed(operand.text, node.operand)}`, low: 0, high: 1 };
  }
  if (node.op === "Invert") throw new NoColumnForm("bits are inverted");
  number(operand);
  const text = spliced(setting.file, node, [[node.operand, operand.text]]);
  return node.op === "USub"
    ? { ...operand, text, low: -operand.high, high: -operand.low }
    : { ...operand, text };
}

function comparison(setting: Setting, node: Extract<expr, { kind: "Compare" }>): Value {
  const [op] = node.ops;
  const [other] = node.comparators;
  if (node.ops.length !== 1 || ["In", "NotIn", "Is", "IsNot"].includes(op!))
    throw new NoColumnForm("a comparison has no form over whole columns");
  const left = overColumns(setting, node.left);
  const right = overColumns(setting, other!);
  if ((left.kind === "text") !== (right.kind === "text"))
    throw new NoColumnForm("a text is compared with a number");
  if (left.kind === "text" && op !== "Eq" && op !== "NotEq")
    throw new NoColumnForm("texts are compared by order");
  const text = spliced(setting.file, node, [
    [node.left, left.text],
    [other!, right.text],
  ]);
  return { ...joined("bool", [left, right]), text, low: 0, high: 1 };
}

function call(setting: Setting, node: Extract<expr, { kind: "Call" }>): Value {
  const name = sourceText(setting.file, node.func);
  if (node.keywords.length > 0 || !setting.isOwn(node.func, name))
    throw new NoColumnForm(`${brief(name)} is called`);
  const values = node.args.map((argument) => number(overColumns(setting, argument)));
  const [first, second] = values;
  if (name === "abs" && first && values.length === 1) {
    const size = Math.max(Math.abs(first.low), Math.abs(first.high));
    return { ...first, text: `abs(${first.text})`, low: 0, high: size };
  }
  if (name === "float" && first && values.length === 1 && first.perRow)
    return settled({ ...first, kind: "float" });
  if (name === "math.sqrt" && first && values.length === 1 && first.perRow) {
    if (first.low < 0) throw new NoColumnForm("the root of a negative number may be taken");
    return {
      ...first,
      text: `${setting.numpy()}.sqrt(${first.text})`,
      kind: "float",
      emitted: "float",
      low: 0,
      high: Math.sqrt(first.high),
    };
  }
  if ((name === "min" || name === "max") && first && second && values.length === 2) {
    // Python's own rule for equal values and for NaN: the first, unless the second is smaller (or larger).
    const sign = name === "min" ? "<" : ">";
    const test = {
      ...joined("bool", [first, second]),
      text: `${bracketed(second.text)} ${sign} ${bracketed(first.text)}`,
      low: 0,
      high: 1,
    };
    const one = choice(setting, test, second, first);
    const pick = name === "min" ? Math.min : Math.max;
    return { ...one, low: pick(first.low, second.low), high: pick(first.high, second.high) };
  }
  throw new NoColumnForm(`${brief(name)} is called`);
}

const joined = (kind: Kind, values: readonly Value[]): Omit<Value, "text"> => ({
  kind,
  emitted: kind,
  low: 0,
  high: 0,
  perRow: values.some(({ perRow }) => perRow),
  // A Series among the operands gives its index to the result.
  bare: values.some(({ bare }) => bare) && !values.some(({ bare, perRow }) => perRow && !bare),
});

const wider = (a: Kind, b: Kind): Kind =>
  a === "float" || b === "float" ? "float" : a === "int" || b === "int" ? "int" : a;

function number(value: Value): Value {
  if (value.kind === "int" || value.kind === "float") return value;
  throw new NoColumnForm(`a ${value.kind === "text" ? "text" : "truth value"} is used as a number`);
}

function truth(value: Value): Value {
  if (value.kind === "bool") return value;
  throw new NoColumnForm(`a ${value.kind === "text" ? "text" : "number"} is used as a truth value`);
}

/** `&`, `|` and `~` bind tighter than comparisons. */
const closed = (text: string, node: expr) =>
  node.kind === "Name" || node.kind === "Subscript" || node.kind === "Call" || node.kind === "Constant"
    ? text
    : `(${text})`;

/** The text of `node` with the texts of some nodes below it replaced; what stands between stays. */
function spliced(file: SourceFile, node: Located, parts: readonly [Located, string][]): string {
  let text = "";
  let at = node.start;
  for (const [part, replacement] of parts) {
    text += file.text.slice(at, part.start) + replacement;
    at = part.end;
  }
  return text + file.text.slice(at, node.end);
}

const brief = (text: string) =>
  text.length <= 40 ? text.replace(/\s+/g, " ") : `${text.slice(0, 39).replace(/\s+/g, " ")}…`;
