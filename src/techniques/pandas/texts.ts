// Texts of a row, over whole columns: their methods, parts, concatenation, and look-ups by them.

import type { Call, expr } from "../../source/ast.generated.ts";
import { isEditable, sourceText } from "../../source/walk.ts";
import { overColumns } from "./columns.ts";
import { bracketed, joined, NoColumnForm, type Setting, series, type Value, wholeText } from "./values.ts";

/** Methods of texts that a column's `.str` has with the same meaning, by how many texts they are given. */
const methods: Record<string, { arguments: readonly number[]; gives: "text" | "bool" | "int" }> = {
  ...Object.fromEntries(
    ["lower", "upper", "title", "capitalize", "swapcase", "casefold"].map((name) => [
      name,
      { arguments: [0], gives: "text" },
    ]),
  ),
  ...Object.fromEntries(
    ["strip", "lstrip", "rstrip"].map((name) => [name, { arguments: [0, 1], gives: "text" }]),
  ),
  ...Object.fromEntries(
    ["removeprefix", "removesuffix"].map((name) => [name, { arguments: [1], gives: "text" }]),
  ),
  ...Object.fromEntries(["startswith", "endswith"].map((name) => [name, { arguments: [1], gives: "bool" }])),
  ...Object.fromEntries(
    [
      "isdigit",
      "isalpha",
      "isalnum",
      "isnumeric",
      "isdecimal",
      "isspace",
      "isupper",
      "islower",
      "istitle",
    ].map((name) => [name, { arguments: [0], gives: "bool" }]),
  ),
};

/** What depends on Unicode's tables, of which Arrow has its own. */
const caseMethods = new Set(
  "lower upper title capitalize swapcase casefold strip lstrip rstrip isdigit isalpha isalnum isnumeric isdecimal isspace isupper islower istitle".split(
    " ",
  ),
);

export function textMethod(setting: Setting, node: Call, holder: Value, name: string): Value | null {
  wholeText(series(holder));
  if (node.keywords.length > 0) return null;
  const given = node.args.map((argument) => overColumns(setting, argument));
  if (given.some((value) => value.kind !== "text" || value.perRow)) return null;
  return methodWith(
    setting,
    holder,
    name,
    given.map(({ text }) => text),
  );
}

/** `str.upper`, given as a function. */
export function plainMethod(setting: Setting, holder: Value, name: string): Value | null {
  return methodWith(setting, wholeText(series(holder)), name, []);
}

function methodWith(setting: Setting, holder: Value, name: string, texts: readonly string[]): Value | null {
  const base = `${bracketed(holder.text)}.str`;
  if (name === "replace" && texts.length === 2)
    return { ...joined("text", [holder]), text: `${base}.replace(${texts.join(", ")}, regex=False)` };
  if (setting.arrow && caseMethods.has(name))
    throw new NoColumnForm("Arrow's upper and lower case are not Python's everywhere");
  const known = Object.hasOwn(methods, name) ? methods[name]! : null;
  if (!known?.arguments.includes(texts.length)) return null;
  return {
    ...joined(known.gives, [holder]),
    text: `${base}.${name}(${texts.join(", ")})`,
  };
}

/** `len(text)`. */
export function lengthOf(value: Value): Value {
  wholeText(series(value));
  return { ...joined("int", [value]), text: `${bracketed(value.text)}.str.len()`, high: 2 ** 31 };
}

/** `str(x)` of an integer or a text. */
export function textOf(value: Value): Value {
  series(value);
  if (value.kind === "text") return wholeText(value);
  if (value.kind !== "int" || value.emitted !== "int")
    throw new NoColumnForm("a number that is no integer is written as a text");
  return { ...joined("text", [value]), text: `${bracketed(value.text)}.astype(str)` };
}

/** `text[:3]`, and `table[text]`. */
export function part(setting: Setting, node: Extract<expr, { kind: "Subscript" }>): Value {
  const { file } = setting;
  const table = setting.table(node.value);
  if (table?.values) return mapped(setting, node.slice, table.text, table, null);
  if (node.slice.kind !== "Slice")
    throw new NoColumnForm(`\`${sourceText(file, node).slice(0, 40)}\` has no form over whole columns`);
  const holder = wholeText(series(overColumns(setting, node.value)));
  for (const bound of [node.slice.lower, node.slice.upper, node.slice.step])
    if (bound && !isInteger(bound)) throw new NoColumnForm("a text is cut at a place that is computed");
  const text = `${bracketed(holder.text)}.str[${sourceText(file, node.slice)}]`;
  return { ...joined("text", [holder]), text };
}

const isInteger = (node: expr): boolean =>
  node.kind === "UnaryOp"
    ? node.op === "USub" && isInteger(node.operand)
    : node.kind === "Constant" && node.value.type === "int";

/** `table.get(key, default)`; null for another call. */
export function looked(setting: Setting, node: Call): Value | null {
  const { func, args, keywords } = node;
  if (func.kind !== "Attribute" || func.attr !== "get" || args.length !== 2 || keywords.length > 0)
    return null;
  const table = setting.table(func.value);
  if (!table?.values) return null;
  const otherwise = overColumns(setting, args[1]!);
  if (otherwise.perRow || otherwise.kind !== table.values.kind)
    throw new NoColumnForm("what is given for other keys is of another kind");
  return mapped(setting, args[0]!, table.text, table, otherwise);
}

function mapped(
  setting: Setting,
  key: expr,
  text: string,
  table: NonNullable<ReturnType<Setting["table"]>>,
  otherwise: Value | null,
): Value {
  const keys = series(overColumns(setting, key));
  if (table.keys !== keys.kind || (keys.kind !== "text" && keys.kind !== "int") || keys.missing)
    throw new NoColumnForm("the keys looked up are of another kind than those of the dict");
  const { kind, low, high } = table.values!;
  const found = `${bracketed(keys.text)}.map`;
  // A key that is missing raises as it did; `map(table)` alone would give NaN.
  if (!otherwise)
    return { ...joined(kind, [keys]), text: `${found}(${bracketed(text)}.__getitem__)`, low, high };
  // Where a key is missing, integers and truth values come out of `map` as floats and objects first.
  const after = kind === "int" ? ".astype(int)" : kind === "bool" ? ".astype(bool)" : "";
  return {
    ...joined(kind, [keys]),
    text: `${found}(${text}).fillna(${otherwise.text})${after}`,
    low: Math.min(low, otherwise.low),
    high: Math.max(high, otherwise.high),
  };
}

/** `text + text`; null where no texts are added. The caller writes the text. */
export function concatenated(op: string, left: Value, right: Value): Omit<Value, "text"> | null {
  if (left.kind !== "text" && right.kind !== "text") return null;
  if (op !== "Add") throw new NoColumnForm("a text is used as a number");
  for (const one of [left, right]) {
    wholeText(one);
    if (one.perRow) series(one);
  }
  return joined("text", [left, right]);
}

/** An f-string of texts and integers, as a sum of texts. */
export function formatted(setting: Setting, node: Extract<expr, { kind: "JoinedStr" }>): Value {
  const parts: Value[] = node.values.map((value) => {
    if (value.kind === "Constant" && value.value.type === "str") {
      const text = JSON.stringify(value.value.value);
      if (/[^ -~]/.test(text)) throw new NoColumnForm("an f-string holds other characters than ASCII");
      return { ...joined("text", []), text };
    }
    if (value.kind !== "FormattedValue" || value.format_spec || value.conversion !== -1)
      throw new NoColumnForm("an f-string formats its values");
    const part = value.value;
    if (!isEditable(setting.file, part) && !setting.known(part))
      throw new NoColumnForm("before Python 3.12 the parts of an f-string have no place of their own");
    const inner = overColumns(setting, part);
    return inner.perRow ? textOf(inner) : wholeText(inner);
  });
  if (parts.every(({ perRow }) => !perRow)) throw new NoColumnForm("an f-string does not depend on the row");
  return { ...joined("text", parts), text: parts.map(({ text }) => bracketed(text)).join(" + ") };
}
