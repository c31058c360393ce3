// The key by which items are searched: what part of an item it is, and how it is written for an item of another name.

import type { expr, Node } from "../../source/ast.generated.ts";
import type { ConstantValue } from "../../source/node.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { sourceText, walk } from "../../source/walk.ts";
import { holdersOf } from "../analysis/call-shapes.ts";
import { fieldOf, isOnly, itemsOf, of, type Shape, unknown } from "../analysis/shapes.ts";
import type { RegionContext } from "../technique.ts";

/** A step from an item to its key. An index that is a variable may be any. */
export type Part = { attribute: string } | { index: string | null };

export interface Key {
  /** For names: `id` of `item["id"]` and `item.id`, `name_and_zip` of two. */
  name: string;
  /** Empty when the item itself is the key. */
  parts: readonly Part[];
  /** Variables other than the item's that the key is made with: `column` of `row[column]`. */
  reads: readonly Variable[];
  /** The keys of which this one is made: several where items are compared by several. */
  texts(rename: Rename): readonly string[];
  /** The shape of the key of items of this shape. */
  shape(item: Shape): Shape;
}

/** The text to write for a variable of the item: `row_2` for `row`. */
export type Rename = (name: string) => string;

/** Where an item stands in code: under a name, as part of an unpacked one, or as `items[i]`. */
export interface Root {
  isItem(node: expr): boolean;
  /** The variables whose names the key's text may have to change. */
  variables: readonly Variable[];
  /** The item's shape, from that of what the list holds. */
  shape(item: Shape): Shape;
  /** The name of a key that is the whole item. */
  name: string;
}

/** A name of the item: the target of a loop, a parameter. */
export function rootAt({ file }: RegionContext, target: Node): Root | null {
  const variable = scopesOf(file).variable(target);
  if (!variable) return null;
  return {
    isItem: (node) => node.kind === "Name" && scopesOf(file).variable(node) === variable,
    variables: [variable],
    shape: (item) => item,
    name: "value",
  };
}

/** The key that `node` is of an item: itself, `item.attribute`, `item[index]`, `item["name"].lower()`; else null. */
export function keyOf(context: RegionContext, node: expr, root: Root): Key | null {
  const way: Way = { parts: [], reads: [], word: root.name };
  const shape = shapeAt(context, node, root, way);
  if (shape === null) return null;
  const word = way.word.replace(/\W+/g, "_").replace(/^_+|_+$/g, "");
  return {
    name: /^[a-z]\w*$/i.test(word) ? word.toLowerCase() : "key",
    parts: way.parts,
    reads: way.reads,
    texts: (rename) => [renamed(context, node, root, rename)],
    shape,
  };
}

/** What is met on the way from an item to its key. */
interface Way {
  parts: Part[];
  reads: Variable[];
  /** The last name on it. */
  word: string;
}

/** How the shape of a key follows from an item's; null for what is no key. */
function shapeAt(context: RegionContext, node: expr, root: Root, way: Way): ((item: Shape) => Shape) | null {
  const { file } = context;
  if (root.isItem(node)) return root.shape;
  if (node.kind === "Attribute") {
    const holder = shapeAt(context, node.value, root, way);
    way.parts.push({ attribute: node.attr });
    way.word = node.attr;
    return holder && ((item) => holder(item).attributes?.[node.attr] ?? unknown);
  }
  if (node.kind === "Call") {
    const { func, args, keywords } = node;
    if (func.kind !== "Attribute" || args.length > 0 || keywords.length > 0) return null;
    const text = textMethods.has(func.attr) ? shapeAt(context, func.value, root, way) : null;
    return text && ((item) => (isOnly(holdersOf(text(item), func.attr), "str") ? of("str") : unknown));
  }
  if (node.kind !== "Subscript") return null;
  const holder = shapeAt(context, node.value, root, way);
  if (holder === null) return null;
  const { slice } = node;
  if (slice.kind === "Name") {
    const variable = scopesOf(file).variable(slice);
    if (!variable || root.variables.includes(variable)) return null;
    way.reads.push(variable);
    way.parts.push({ index: null });
    way.word = slice.id;
    return (item) => itemAt(holder(item), null);
  }
  if (slice.kind !== "Constant" || (slice.value.type !== "str" && slice.value.type !== "int")) return null;
  const { value } = slice;
  way.parts.push({ index: sourceText(file, slice) });
  way.word = value.type === "str" ? value.value : "";
  return (item) => itemAt(holder(item), value);
}

/** Methods of text that give text and cannot fail. */
export const textMethods: ReadonlySet<string> = new Set(
  "capitalize casefold lower lstrip rstrip strip swapcase title upper".split(" "),
);

/** What an index gives; null for a variable, which may be any. */
function itemAt(holder: Shape, index: ConstantValue | null): Shape {
  if (isOnly(holder, "dict"))
    return (
      fieldOf(holder, index?.type === "str" ? index.value : null) ??
      (index === null || holder.elements?.types.has(index.type) ? (holder.values ?? unknown) : unknown)
    );
  if (index !== null && index.type !== "int") return unknown;
  if (isOnly(holder, "tuple") && index !== null)
    return holder.positions?.[Number(index.text)] ?? itemsOf(holder);
  return isOnly(holder, "list", "tuple") ? itemsOf(holder) : unknown;
}

/** The text of a key, written for an item of another name. */
function renamed({ file }: RegionContext, node: expr, root: Root, rename: Rename): string {
  let text = sourceText(file, node);
  const places: { start: number; end: number; id: string }[] = [];
  walk(node, (one) => {
    const variable = one.kind === "Name" ? scopesOf(file).variable(one) : undefined;
    if (one.kind === "Name" && variable && root.variables.includes(variable)) places.push(one);
  });
  for (const { start, end, id } of places.sort((a, b) => b.start - a.start))
    text = text.slice(0, start - node.start) + rename(id) + text.slice(end - node.start);
  return text;
}

/** One key of several: items are the same when all of them are. */
export function joinKeys(keys: readonly Key[]): Key {
  if (keys.length === 1) return keys[0]!;
  return {
    name: [...new Set(keys.map(({ name }) => name))].join("_and_"),
    parts: keys.flatMap(({ parts }) => parts),
    reads: keys.flatMap(({ reads }) => reads),
    texts: (rename) => keys.flatMap(({ texts }) => texts(rename)),
    shape: (item) => ({ types: new Set(["tuple"]), positions: keys.map(({ shape }) => shape(item)) }),
  };
}

/** One value, or a tuple of several. */
export const tupleText = (texts: readonly string[]) =>
  texts.length === 1 ? texts[0]! : `(${texts.join(", ")})`;
