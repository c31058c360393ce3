// A list that only grows during a loop, item by item: what is made from it can grow along.

import type { expr, Node, stmt } from "../../source/ast.generated.ts";
import { blockOf, statementOf } from "../../source/layout.ts";
import type { Located } from "../../source/node.ts";
import { scopesOf } from "../../source/scopes.ts";
import { parentMap, type Use, useOf } from "../../source/uses.ts";
import { loopsAround } from "../analysis/loops.ts";
import { boundValue, handlingOf, otherChanges, placesOf, type Subject } from "../analysis/subject.ts";
import type { RegionContext } from "../technique.ts";
import { isMadeHere } from "./key-changes.ts";
import { rebindsRoot } from "./steady.ts";

/** `items.append(added)` or `items.extend(added)`, as a statement. */
export interface Growth {
  statement: stmt;
  added: expr;
  method: "append" | "extend";
}

/** All additions to the list in `loop`; a sentence when it may change otherwise there. */
export function growthOf(
  context: RegionContext,
  subject: Subject,
  loop: Node,
  assumptions: Set<string>,
): Growth[] | string {
  const { file } = context;
  const handling = handlingOf(context, subject, loop);
  if (handling.escape || rebindsRoot(context, subject, loop))
    return `${subject.text} is bound anew or handed on in the loop`;
  const found: Growth[] = [];
  for (const { use } of handling.changes) {
    const isStatement = parentMap(file).get(use.node)?.kind === "Expr";
    if (
      use.kind !== "method" ||
      (use.method !== "append" && use.method !== "extend") ||
      !isStatement ||
      use.node.args.length !== 1
    )
      return `${subject.text} is changed in the loop in other ways than by append`;
    if (!loopsAround(file, use.node, loop).length && use.node !== loop)
      return `${subject.text} is changed by a function defined in the loop`;
    found.push({ statement: statementOf(file, use.node), added: use.node.args[0]!, method: use.method });
  }
  return otherChanges(context, subject, loop, (sentence) => assumptions.add(sentence)) ?? found;
}

/**
 * Whether an item may be given another key once it is in the list, under the name by which it was added: a dict made on the
 * spot must be made in the same block, and only be read under that name afterwards. (Changes of any other are seen elsewhere.)
 */
export function isTouchedLater(context: RegionContext, { statement, added }: Growth): boolean {
  const { file } = context;
  if (added.kind !== "Name" || !isMadeHere(context, added)) return false;
  const block = blockOf(file, statement);
  const isWithin = (node: Located) => block.some((one) => one.start <= node.start && node.end <= one.end);
  return (scopesOf(file).variable(added)?.occurrences ?? []).some(({ node, action }) => {
    if (node.kind !== "Name") return true;
    if (action !== "read") return !block.includes(statementOf(file, node));
    return node.start > statement.end && isWithin(node) && !isOnlyRead(useOf(file, node));
  });
}

const isOnlyRead = (use: Use): boolean =>
  ["container", "iterated", "truth", "returned"].includes(use.kind) ||
  ((use.kind === "subscript" || use.kind === "attribute") && !use.stored) ||
  (use.kind === "argument" && ["len", "print", "str"].includes(use.callee ?? ""));

/** The statement `items = []` after which nothing happens to the list before `loop`; null when there is none in `region`. */
export function emptyBefore(context: RegionContext, subject: Subject, loop: stmt, region: Node): stmt | null {
  const { file } = context;
  const block = blockOf(file, loop);
  for (let i = block.indexOf(loop) - 1; i >= 0; i--) {
    const statement = block[i]!;
    if ("start" in region && statement.start < region.start) return null;
    const places = placesOf(context, subject, statement);
    if (places.length === 0) continue;
    const value = places.length === 1 ? boundValue(context, places[0]!) : null;
    return value?.kind === "List" && value.elts.length === 0 ? statement : null;
  }
  return null;
}
