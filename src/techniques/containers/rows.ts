// The ways in which a loop runs over the items of a list, and how the same items are written when it runs over some of them.

import type { Call, expr, Node } from "../../source/ast.generated.ts";
import { scopesOf } from "../../source/scopes.ts";
import { dottedName, parentMap } from "../../source/uses.ts";
import { sourceText } from "../../source/walk.ts";
import { itemsOf } from "../analysis/shapes.ts";
import type { RegionContext } from "../technique.ts";
import { isBuiltin } from "./invariants.ts";
import { type Rename, type Root, rootAt } from "./keys.ts";

type Name = Extract<expr, { kind: "Name" }>;

export interface Rows {
  /** The list. */
  items: expr;
  /** What the loop runs over: the list, `enumerate(list)`, `range(len(list))`, `range(i + 1, len(list))`. */
  iter: expr;
  /** What a loop over all items runs over. */
  all: string;
  /** Which of all items the loop runs over, where not all: `j > i`, which depends on `i`. */
  among: { text: string; name: Node } | null;
  /** The names that the loop binds. */
  targets: readonly Name[];
  /** Where an item stands in the loop. */
  roots: readonly Root[];
  /** Whether each item is taken apart, so that its parts are what the loop sees. */
  unpacks: boolean;
  /** The target of a loop over them: `row`, `i, row`. */
  header(rename: Rename): string;
  /** What stands for an item in the index: `row`, `(i, row)`. */
  stored(rename: Rename): string;
}

/** How `for target in iter` runs over a list; null where it runs over anything else. */
export function rowsAt(context: RegionContext, target: expr, iter: expr): Rows | null {
  if (target.kind === "Name") return positions(context, target, iter) ?? items(context, target, iter);
  if (target.kind !== "Tuple" || target.elts.length < 2) return null;
  const names = target.elts.flatMap((one) => (one.kind === "Name" ? [one] : []));
  if (names.length < target.elts.length) return null;
  const header = (rename: Rename) => names.map(({ id }) => rename(id)).join(", ");
  const all = sourceText(context.file, iter);
  const stored = (rename: Rename) => `(${header(rename)})`;
  const written = { iter, all, among: null, targets: names, header, stored };
  const enumerated = soleArgument(context, iter, "enumerate");
  if (enumerated) {
    const root = names.length === 2 ? rootAt(context, names[1]!) : null;
    return root && { ...written, items: enumerated, roots: [root], unpacks: false };
  }
  const roots = names.flatMap((name, index) => {
    const root = rootAt(context, name);
    const shape: Root["shape"] = (item) => item.positions?.[index] ?? itemsOf(item);
    return root ? [{ ...root, shape, name: name.id }] : [];
  });
  return { ...written, items: iter, roots, unpacks: true };
}

function items(context: RegionContext, target: Name, iter: expr): Rows | null {
  const root = rootAt(context, target);
  const written = (rename: Rename) => rename(target.id);
  return (
    root && {
      items: iter,
      iter,
      all: sourceText(context.file, iter),
      among: null,
      targets: [target],
      roots: [root],
      unpacks: false,
      header: written,
      stored: written,
    }
  );
}

/** `for j in range(len(items))` and `for j in range(i + 1, len(items))`, where an item is `items[j]`. */
function positions(context: RegionContext, target: Name, iter: expr): Rows | null {
  const { file } = context;
  const scopes = scopesOf(file);
  const among = laterThan(context, target, iter);
  const range = among ? (iter as Call).args[1]! : soleArgument(context, iter, "range");
  const list = range && soleArgument(context, range, "len");
  const variable = scopes.variable(target);
  if (!list || !variable || dottedName(list) === null) return null;
  const isItem = (node: expr) =>
    node.kind === "Subscript" &&
    dottedName(node.value) === dottedName(list) &&
    scopes.variable(rootName(node.value)) === scopes.variable(rootName(list)) &&
    node.slice.kind === "Name" &&
    scopes.variable(node.slice) === variable;
  const root: Root = { isItem, variables: [variable], shape: (item) => item, name: "value" };
  const written = (rename: Rename) => rename(target.id);
  const all = `range(len(${sourceText(file, list)}))`;
  return {
    ...{ items: list, iter, all, among, targets: [target], roots: [root], unpacks: false },
    ...{ header: written, stored: written },
  };
}

/** `j > i` for `j in range(i + 1, …)`, where `i` counts from 0 or more; null for any other loop. */
function laterThan(context: RegionContext, target: Name, iter: expr): Rows["among"] {
  if (iter.kind !== "Call" || iter.func.kind !== "Name" || iter.func.id !== "range") return null;
  const [from] = iter.args;
  if (!isBuiltin(context, iter.func) || iter.args.length !== 2 || from?.kind !== "BinOp") return null;
  const { left, op, right } = from;
  const isNext = right.kind === "Constant" && right.value.type === "int" && right.value.text === "1";
  if (op !== "Add" || left.kind !== "Name" || !isNext || !countsUp(context, left)) return null;
  return { text: `${target.id} > ${left.id}`, name: left };
}

/** Whether a name is only ever bound by loops over `range(n)` and `enumerate(…)`. */
function countsUp(context: RegionContext, name: Name): boolean {
  const { file } = context;
  const variable = scopesOf(file).variable(name);
  const binds = (variable?.occurrences ?? []).filter(({ action }) => action !== "read");
  return (
    binds.length > 0 &&
    binds.every(({ node }) => {
      const around = parentMap(file).get(node);
      const isIndex = around?.kind === "Tuple" && around.elts[0] === node;
      const loop = isIndex ? parentMap(file).get(around) : around;
      if (loop?.kind !== "For" && loop?.kind !== "comprehension") return false;
      return soleArgument(context, loop.iter, isIndex ? "enumerate" : "range") !== null;
    })
  );
}

function soleArgument(context: RegionContext, node: expr, callee: string): expr | null {
  if (node.kind !== "Call" || node.func.kind !== "Name" || node.func.id !== callee) return null;
  const [only] = node.args;
  const isSole = node.args.length === 1 && node.keywords.length === 0 && only?.kind !== "Starred";
  return isSole && isBuiltin(context, node.func) ? only! : null;
}

function rootName(node: Node): Node {
  let at = node;
  while (at.kind === "Attribute") at = at.value;
  return at;
}

/** The header of a loop over all items, with names of its own: `for row in rows`. */
export function loopHeader(rows: Rows, rename: Rename): string {
  return `for ${rows.header(rename)} in ${rows.all}`;
}
