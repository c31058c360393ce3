// Collections that the values of rows are looked up in: literals in the code, and what was seen of those it names.

import type { ValueFact } from "../../schemas/facts.ts";
import type { expr } from "../../source/ast.generated.ts";
import type { Kind } from "./frames.ts";
import type { Table } from "./values.ts";

/** A literal of constants; null for anything else. */
export function tableOf(text: string, node: expr): Table | null {
  if (node.kind === "Dict") {
    const keys = node.keys.map((key) => key && constantOf(key));
    const values = node.values.map(constantOf);
    if (keys.length === 0) return null;
    return { text, keys: kindOfAll(keys), values: spanOfAll(values) };
  }
  if (node.kind !== "List" && node.kind !== "Tuple" && node.kind !== "Set") return null;
  const items = node.elts.map(constantOf);
  const kind = kindOfAll(items);
  if (items.length === 0 || kind === null) return null;
  // `isin` takes a list; a tuple in its brackets reads as one argument too many.
  const listed = node.kind === "List" ? text : `[${text.replace(/^[({]|,?\s*[)}]$/g, "")}]`;
  return { text: listed, keys: kind, values: null };
}

interface Constant {
  kind: Kind;
  number: number;
}

function constantOf(node: expr): Constant | null {
  if (node.kind === "UnaryOp" && node.op === "USub") {
    const inner = constantOf(node.operand);
    return inner && { ...inner, number: -inner.number };
  }
  if (node.kind !== "Constant") return null;
  const { value } = node;
  if (value.type === "str") return { kind: "text", number: 0 };
  if (value.type === "bool") return { kind: "bool", number: Number(value.value) };
  if (value.type === "int" || value.type === "float") return { kind: value.type, number: Number(value.text) };
  return null;
}

const kindOfAll = (items: readonly (Constant | null)[]): Kind | null => {
  const [first] = items;
  return first && items.every((item) => item?.kind === first.kind) ? first.kind : null;
};

function spanOfAll(items: readonly (Constant | null)[]): Table["values"] {
  const kind = kindOfAll(items);
  if (kind === null) return null;
  const numbers = items.map((item) => item!.number);
  return { kind, low: Math.min(...numbers), high: Math.max(...numbers) };
}

/** A collection that a name stands for, as it was seen; null when it is none, or not all of one kind. */
export function tableSeen(name: string, fact: ValueFact): Table | null {
  if (fact.type === "builtins.dict" && fact.mapping) {
    const keys = rangeOf(fact.mapping.keys);
    return keys && { text: name, keys: keys.kind, values: rangeOf(fact.mapping.values) };
  }
  if (!/^builtins\.(list|tuple|set|frozenset)$/.test(fact.type) || !fact.sequence) return null;
  const items = rangeOf(fact.sequence.elements);
  return items && { text: name, keys: items.kind, values: null };
}

function rangeOf(facts: readonly ValueFact[]): Table["values"] {
  const [fact] = facts;
  if (facts.length !== 1 || !fact) return null;
  if (fact.type === "builtins.str") return { kind: "text", low: 0, high: 0 };
  if (fact.type === "builtins.bool") return { kind: "bool", low: 0, high: 1 };
  if (fact.type === "builtins.int" && fact.integer)
    return { kind: "int", low: Number(fact.integer.min), high: Number(fact.integer.max) };
  if (fact.type === "builtins.float" && fact.float && !fact.float.nan && !fact.float.infinite)
    return { kind: "float", low: fact.float.min ?? 0, high: fact.float.max ?? 0 };
  return null;
}
