// The key by which items are searched: what part of an item it is, and whether it stays the same.

import type { expr, For, Node } from "../../source/ast.generated.ts";
import { changingMethods, pureBuiltins, pureMethods } from "../../source/known-calls.ts";
import { scopesOf } from "../../source/scopes.ts";
import { dottedName, useOf } from "../../source/uses.ts";
import { sourceText, walk } from "../../source/walk.ts";
import { reachableCode } from "../analysis/reach.ts";
import { isOnly, itemsOf, type Shape, unknown } from "../analysis/shapes.ts";
import type { RegionContext } from "../technique.ts";

export interface Key {
  /** For names: `id` of `item["id"]` and `item.id`. */
  name: string;
  /** The attribute's name or the text of the index; null when the item itself is the key. */
  part: { attribute: string } | { index: string } | null;
  /** The key of an item given as text: `item["id"]`. */
  text(item: string): string;
  /** The shape of the key of items of this shape. */
  shape(item: Shape): Shape;
}

/** The key that `node` is of the item named by `target`: the item itself, `item.attribute`, `item[constant]`; else null. */
export function keyOf({ file }: RegionContext, node: expr, target: Node): Key | null {
  const variable = scopesOf(file).variable(target);
  const isItem = (part: expr) => part.kind === "Name" && scopesOf(file).variable(part) === variable;
  if (isItem(node)) return { name: "value", part: null, text: (item) => item, shape: (item) => item };
  if (node.kind === "Attribute" && isItem(node.value))
    return {
      name: node.attr.replace(/^_+/, "") || "key",
      part: { attribute: node.attr },
      text: (item) => `${item}.${node.attr}`,
      shape: (item) => item.attributes?.[node.attr] ?? unknown,
    };
  if (node.kind !== "Subscript" || !isItem(node.value) || node.slice.kind !== "Constant") return null;
  const { value } = node.slice;
  if (value.type !== "str" && value.type !== "int") return null;
  const index = sourceText(file, node.slice);
  const word = value.type === "str" ? value.value.replace(/\W+/g, "_").toLowerCase() : "";
  return {
    name: /^[a-z]\w*$/.test(word) ? word : "key",
    part: { index },
    text: (item) => `${item}[${index}]`,
    shape: (item) => {
      if (value.type === "int" && isOnly(item, "tuple"))
        return item.positions?.[Number(value.text)] ?? itemsOf(item);
      if (value.type === "int" && isOnly(item, "list")) return itemsOf(item);
      const isKey = item.elements?.types.has(value.type);
      return isOnly(item, "dict") && isKey ? (item.values ?? unknown) : unknown;
    },
  };
}

interface Searching {
  node: Node;
  target: expr;
  key: Key;
}

/** Why the keys of the items may change while `loop` runs; null when they stay. */
export function keyObstacle(
  context: RegionContext,
  search: Searching,
  item: Shape,
  loop: Node,
): string | null {
  if (isOnly(item, "tuple")) return null;
  const { bodies, unknown: callback } = reachableCode(context.file, loop);
  if (callback) return `${callback} is called in the loop and may change the items`;
  for (const body of [loop, ...bodies]) {
    const change = keyChange(context, body, search.key);
    if (change) return change;
  }
  return handedOn(context, search);
}

/** A statement in `body` that may give some item another key. */
function keyChange(context: RegionContext, body: Node, { part }: Key): string | null {
  let found: string | null = null;
  const say = (node: Node & { lineno: number }) => {
    found ??= `line ${node.lineno} may change the key of an item`;
  };
  walk(body, (node) => {
    if (
      node.kind === "Attribute" &&
      node.ctx !== "Load" &&
      part &&
      "attribute" in part &&
      node.attr === part.attribute
    )
      say(node);
    if (
      node.kind === "Subscript" &&
      node.ctx !== "Load" &&
      part &&
      "index" in part &&
      mayBeIndex(context, node.slice, part.index) &&
      !isMadeHere(context, node.value)
    )
      say(node);
    if (node.kind !== "Call") return;
    const { func } = node;
    if (func.kind === "Name" && (func.id === "setattr" || func.id === "vars")) say(node);
    if (func.kind === "Attribute" && func.attr === "__dict__") say(node);
    if (
      func.kind === "Attribute" &&
      part &&
      "index" in part &&
      changingItems.has(func.attr) &&
      !isMadeHere(context, func.value)
    )
      say(node);
  });
  return found;
}

/** Methods that change what an index gives, of dicts and of lists; `append` adds behind all that is there. */
const changingItems: ReadonlySet<string> = new Set(
  "clear insert pop popitem remove reverse setdefault sort update __setitem__ __delitem__".split(" "),
);

function mayBeIndex({ file }: RegionContext, index: expr, key: string): boolean {
  return (
    index.kind !== "Constant" ||
    sourceText(file, index).replace(/^["']|["']$/g, "") === key.replace(/^["']|["']$/g, "")
  );
}

/** A local name that only ever means containers made in its own scope, so never an item of the list. */
function isMadeHere({ file }: RegionContext, node: expr): boolean {
  if (node.kind !== "Name") return false;
  const variable = scopesOf(file).variable(node);
  const binds = variable?.occurrences.filter(({ action }) => action !== "read") ?? [];
  return binds.length > 0 && binds.every(({ node: at }) => at.kind === "Name" && isFreshValue(file, at));
}

function isFreshValue(file: RegionContext["file"], name: Node): boolean {
  const use = useOf(file, name);
  if (use.kind !== "bound" || (use.node.kind !== "Assign" && use.node.kind !== "AnnAssign")) return false;
  if (use.node.kind === "Assign" && use.node.targets.length > 1) return false;
  const { value } = use.node;
  if (!value) return false;
  if (["Dict", "List", "Set", "DictComp", "ListComp", "SetComp"].includes(value.kind)) return true;
  const callee = value.kind === "Call" ? dottedName(value.func)?.split(".").at(-1) : undefined;
  return (
    callee !== undefined &&
    ["dict", "list", "set", "defaultdict", "Counter", "OrderedDict", "deque"].includes(callee)
  );
}

/** Code outside the file that is given an item may change it. */
function handedOn({ file }: RegionContext, { node: search, target }: Searching): string | null {
  const variable = scopesOf(file).variable(target);
  let found: string | null = null;
  walk(search, (node) => {
    if (node.kind !== "Name" || node === target || scopesOf(file).variable(node) !== variable) return;
    const use = useOf(file, node);
    if (use.kind === "argument") {
      const called = use.node.func;
      const known =
        (use.callee !== null && (pureBuiltins.has(use.callee) || use.callee === "print")) ||
        (called.kind === "Name" &&
          scopesOf(file)
            .variable(called)
            ?.occurrences.some((o) => o.node.kind === "FunctionDef")) ||
        (called.kind === "Attribute" && (pureMethods.has(called.attr) || changingMethods.has(called.attr)));
      if (!known) found ??= `an item is handed to ${use.callee ?? "other code"}, which may change its key`;
    }
  });
  return found;
}

/** Why the value searched for may change, or do something, each time it is computed; null when it is one value. */
export function probeObstacle({ file }: RegionContext, probe: expr, search: Node): string | null {
  if (!isPlain(probe)) return "what is searched for is computed anew for every item";
  const scopes = scopesOf(file);
  const names = new Set<unknown>();
  const parts = new Set<string>();
  walk(probe, (node) => {
    if (node.kind === "Name") names.add(scopes.variable(node));
    if (node.kind === "Attribute") parts.add(node.attr);
    if (node.kind === "Subscript") parts.add("[]");
  });
  let changed = false;
  walk(search, (node) => {
    if (node.kind === "Name" && node.ctx !== "Load" && names.has(scopes.variable(node))) changed = true;
    if (node.kind === "Attribute" && node.ctx !== "Load" && parts.has(node.attr)) changed = true;
    if (node.kind === "Subscript" && node.ctx !== "Load" && parts.has("[]"))
      changed ||= !isMadeElsewhere(node.value, names, scopes);
    if (node.kind === "Call" && parts.size > 0 && reachableCode(file, node).bodies.length > 0) changed = true;
  });
  return changed ? "what is searched for may change during the search" : null;
}

/** A store into something that the probe does not mention. */
function isMadeElsewhere(
  container: expr,
  names: ReadonlySet<unknown>,
  scopes: ReturnType<typeof scopesOf>,
): boolean {
  return container.kind === "Name" && !names.has(scopes.variable(container));
}

function isPlain(node: expr): boolean {
  if (node.kind === "Name" || node.kind === "Constant") return true;
  if (node.kind === "Attribute") return isPlain(node.value);
  if (node.kind === "Subscript") return isPlain(node.value) && isPlain(node.slice);
  return node.kind === "Tuple" && node.elts.every(isPlain);
}

/** Whether the loop's variable is read other than in bodies of loops that bind it: there it would have another value. */
export function isReadOutside({ file }: RegionContext, loop: For): boolean {
  const scopes = scopesOf(file);
  const variable = scopes.variable(loop.target);
  const inside = new Set<Node>();
  walk(scopes.module.node, (node) => {
    if (node.kind !== "For" || node.target.kind !== "Name" || scopes.variable(node.target) !== variable)
      return;
    for (const statement of node.body)
      walk(statement, (part) => {
        inside.add(part);
      });
  });
  return (variable?.occurrences ?? []).some(({ node, action }) => action !== "bind" && !inside.has(node));
}
