// An expression over the values of one row, as the same expression over whole columns.
//
// Both are the same only where every operation gives, column by column, what Python gives value by value: integers must
// stay within 64 bits, a divisor may not be zero, `and` and `or` need truth values on both sides. What cannot be shown
// from the kinds and ranges seen is refused.

import type { expr } from "../../source/ast.generated.ts";
import { isAtom } from "../../source/expression-text.ts";
import type { SourceFile } from "../../source/file.ts";
import type { Located } from "../../source/node.ts";
import { sourceText } from "../../source/walk.ts";
import { call } from "./calls.ts";
import { choice } from "./choices.ts";
import { under } from "./conditions.ts";
import { attribute, spansBetween } from "./dates.ts";
import { concatenated, formatted, part } from "./texts.ts";
import {
  bracketed,
  brief,
  joined,
  largestExact,
  NoColumnForm,
  number,
  type Setting,
  series,
  truth,
  type Value,
  wider,
} from "./values.ts";

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
      const text = values.map((value) => closed(value.text)).join(node.op === "And" ? " & " : " | ");
      return { ...joined("bool", values), text };
    }
    case "IfExp": {
      const test = overColumns(setting, node.test);
      const yes = under(setting, node.test, true, () => overColumns(setting, node.body));
      const no = under(setting, node.test, false, () => overColumns(setting, node.orelse));
      return choice(setting, test, yes, no);
    }
    case "Call":
      return setting.called(node) ?? call(setting, node);
    case "Subscript":
      return part(setting, node);
    case "JoinedStr":
      return formatted(setting, node);
    case "Attribute": {
      const value = attribute(overColumns(setting, node.value), node.attr);
      if (value) return value;
    }
  }
  throw new NoColumnForm(`\`${brief(sourceText(setting.file, node))}\` has no form over whole columns`);
}

function constant({ file }: Setting, node: Extract<expr, { kind: "Constant" }>): Value {
  const text = sourceText(file, node);
  const base = { text, perRow: false, bare: false, missing: false };
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
  const operands = [overColumns(setting, node.left), overColumns(setting, node.right)] as const;
  const special = spansBetween(node.op, ...operands) ?? concatenated(node.op, ...operands);
  const text = spliced(setting.file, node, [
    [node.left, operands[0].text],
    [node.right, operands[1].text],
  ]);
  if (special) return { ...special, text };
  const left = number(operands[0]);
  const right = number(operands[1]);
  const value: Value = { ...joined(wider(left.kind, right.kind), [left, right]), text };
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
      if (right.low <= 0 && right.high >= 0) {
        // Where it is zero the quotient is not used; a Series says nothing of it, an array would warn.
        const unused = setting.nonZero.has(sourceText(setting.file, node.right)) && node.op === "Div";
        if (!unused || value.bare || !value.perRow) throw new NoColumnForm("a divisor may be zero");
        value.low = Number.NEGATIVE_INFINITY;
        value.high = Number.POSITIVE_INFINITY;
      } else if (node.op === "Mod") {
        value.low = Math.min(0, right.low);
        value.high = Math.max(0, right.high);
      } else corners((a, b) => a / b);
      if (node.op === "FloorDiv") {
        value.low = Math.floor(value.low);
        value.high = Math.floor(value.high);
      }
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
    return { ...joined("bool", [operand]), text: negated(operand.text) };
  }
  if (node.op === "Invert") throw new NoColumnForm("bits are inverted");
  number(operand);
  const text = spliced(setting.file, node, [[node.operand, operand.text]]);
  const { cases: _cases, otherwise: _otherwise, ...rest } = operand;
  return node.op === "USub" ? { ...rest, text, low: -operand.high, high: -operand.low } : { ...rest, text };
}

/** `~x`; what says the opposite already is said directly. */
export function negated(text: string): string {
  const missing = /^(.+)\.(isna|notna)\(\)$/.exec(text);
  if (missing && !/[\s&|]/.test(text)) return `${missing[1]}.${missing[2] === "isna" ? "notna" : "isna"}()`;
  return `~${closed(text)}`;
}

function comparison(setting: Setting, node: Extract<expr, { kind: "Compare" }>): Value {
  const operands = [node.left, ...node.comparators];
  const parts = node.ops.map((op, i) => compared(setting, op, operands[i]!, operands[i + 1]!));
  if (parts.length === 1) return parts[0]!;
  return { ...joined("bool", parts), text: parts.map(({ text }) => closed(text)).join(" & ") };
}

type Operator = Extract<expr, { kind: "Compare" }>["ops"][number];

function compared(setting: Setting, op: Operator, one: expr, other: expr): Value {
  if (op === "In" || op === "NotIn") return membership(setting, op, one, other);
  const isNone = other.kind === "Constant" && other.value.type === "None";
  if (op === "Is" || op === "IsNot" || isNone)
    throw new NoColumnForm("a comparison has no form over whole columns");
  const left = overColumns(setting, one);
  const right = overColumns(setting, other);
  const groups = [left, right].map(({ kind }) => (kind === "text" || kind === "date" ? kind : "number"));
  if (groups[0] !== groups[1] || left.kind === "span" || right.kind === "span") {
    if ([left, right].some(({ kind }) => kind === "text"))
      throw new NoColumnForm("a text is compared with a number");
    throw new NoColumnForm("a date is compared with something else");
  }
  if (left.kind === "text" && op !== "Eq" && op !== "NotEq" && (left.missing || right.missing))
    throw new NoColumnForm("texts may be missing");
  const between = setting.file.text.slice(one.end, other.start);
  const sign = /[<>=!]=?/.exec(between)![0];
  const plain = between.trim() === sign;
  return {
    ...joined("bool", [left, right]),
    text: `${operand(left.text)}${plain ? between : ` ${sign} `}${operand(right.text)}`,
  };
}

/** `x in (…)`, and `"part" in text`. */
function membership(setting: Setting, op: "In" | "NotIn", one: expr, other: expr): Value {
  const found = overTable(setting, one, other) ?? within(setting, one, other);
  return op === "In" ? found : { ...found, text: negated(found.text) };
}

function overTable(setting: Setting, one: expr, other: expr): Value | null {
  const table = setting.table(other);
  if (!table) return null;
  const value = series(overColumns(setting, one));
  if (table.keys !== null && table.keys !== value.kind) return null;
  // NaN is in a collection when it is the same object, which no column can tell.
  if (value.missing || (value.kind !== "text" && value.kind !== "int"))
    throw new NoColumnForm("a value that may be missing is looked for");
  return { ...joined("bool", [value]), text: `${bracketed(value.text)}.isin(${table.text})` };
}

function within(setting: Setting, one: expr, other: expr): Value {
  const part = overColumns(setting, one);
  const whole = overColumns(setting, other);
  if (part.kind !== "text" || part.perRow || whole.kind !== "text")
    throw new NoColumnForm("a comparison has no form over whole columns");
  if (whole.missing) throw new NoColumnForm("texts may be missing");
  const text = `${bracketed(series(whole).text)}.str.contains(${part.text}, regex=False)`;
  return { ...joined("bool", [whole]), text };
}

/** `&`, `|` and `~` bind tighter than comparisons. */
const closed = (text: string) => (text.startsWith("~") && isAtom(text.slice(1)) ? text : bracketed(text));

/** An operand of a comparison: what binds looser than it needs brackets. */
const operand = (text: string) => (/[<>=!&|]|\bif\b|\blambda\b/.test(outside(text)) ? bracketed(text) : text);

/** The text outside its brackets and quotes. */
function outside(text: string): string {
  let before = text;
  for (;;) {
    const after = before.replace(/"[^"]*"|'[^']*'|\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\}/g, "");
    if (after === before) return after;
    before = after;
  }
}

/** The text of `node` with the texts of some nodes below it replaced; what stands between stays. */
function spliced(file: SourceFile, node: Located, parts: readonly [Located, string][]): string {
  let text = "";
  let at = node.start;
  for (const [part, replacement] of parts) {
    const own = sourceText(file, part);
    // What takes the place of a name or a row's value may need the brackets that those did not.
    const loose = replacement !== own && !enclosed(file, part) && !isSameForm(own, replacement);
    text += file.text.slice(at, part.start) + (loose ? bracketed(replacement) : replacement);
    at = part.end;
  }
  return text + file.text.slice(at, node.end);
}

const enclosed = (file: SourceFile, { start, end }: Located) =>
  file.text[start - 1] === "(" && file.text[end] === ")";

/** Both are operations of the same strength: only names within them were replaced. */
const isSameForm = (own: string, replacement: string) => signs(own) === signs(replacement);
const signs = (text: string) => outside(text).replace(/[\w\s.]+/g, "");
