// A list that is made anew at every turn to hold one item more (`items = items + [x]`): the same list, appended to.

import type { TextEdit } from "../../schemas/common.ts";
import type { Assign, BinOp, expr } from "../../source/ast.generated.ts";
import { beginsLine, lineBefore } from "../../source/layout.ts";
import { type RegionNode, regionNode } from "../../source/regions.ts";
import { scopesOf } from "../../source/scopes.ts";
import { useOf } from "../../source/uses.ts";
import { isEditable, sourceText, walk } from "../../source/walk.ts";
import { loopsAround } from "../analysis/loops.ts";
import { isOnly, type ShapeOf, shapesIn } from "../analysis/shapes.ts";
import {
  boundValue,
  handlingOf,
  isFreshList,
  placesOf,
  type Subject,
  subjectOf,
} from "../analysis/subject.ts";
import type { RegionContext } from "../technique.ts";
import type { Draft, Findings } from "./draft.ts";

/** `items = items + more`. */
interface Growth {
  statement: Assign;
  more: expr;
}

/** Changes for all lists that loops of the region copy in order to add to them. */
export function findConcatenations(context: RegionContext): Findings {
  const { file } = context;
  const region = regionNode(file, context.region);
  const shapeOf = shapesIn(context, region);
  const findings: Findings = { drafts: [], refusals: [] };
  const groups = new Map<string, { subject: Subject; growths: Growth[] }>();
  walk(region, (node) => {
    if (node.kind !== "Assign" || loopsAround(file, node, region).length === 0) return;
    const growth = growthAt(context, node);
    const subject = growth && subjectOf(context, node.targets[0]!);
    if (!subject || !isOnly(shapeOf((node.value as BinOp).left), "list")) return;
    const group = groups.get(subject.text) ?? { subject, growths: [] };
    group.growths.push(growth);
    groups.set(subject.text, group);
  });
  for (const { subject, growths } of groups.values()) {
    const isInFunction = region.kind !== "FunctionDef" && subject.variable.scope !== scopesOf(file).module;
    // The list that the loop begins with must not grow; the function around can tell that nobody else holds it.
    if (isInFunction) continue;
    const outcome = change(context, region, subject, growths, shapeOf);
    if (typeof outcome === "string")
      findings.refusals.push({ line: growths[0]!.statement.lineno, reason: outcome });
    else findings.drafts.push(outcome);
  }
  return findings;
}

function growthAt({ file }: RegionContext, node: Assign): Growth | null {
  const [target] = node.targets;
  const { value } = node;
  if (node.targets.length !== 1 || target?.kind !== "Name" || value.kind !== "BinOp" || value.op !== "Add")
    return null;
  const scopes = scopesOf(file);
  const isSame = value.left.kind === "Name" && scopes.variable(value.left) === scopes.variable(target);
  return isSame && isEditable(file, node) ? { statement: node, more: value.right } : null;
}

function change(
  context: RegionContext,
  region: RegionNode,
  subject: Subject,
  growths: readonly Growth[],
  shapeOf: ShapeOf,
): Draft | string {
  const { file } = context;
  const shared = mayBeShared(context, subject, growths, region);
  if (shared !== null) return shared;
  const edits: TextEdit[] = [];
  if (region.kind !== "FunctionDef") {
    if (!beginsLine(file, region)) return "there is no place for a line before the loop";
    edits.push(lineBefore(file, region, `${subject.text} = list(${subject.text})`));
  }
  for (const { statement, more } of growths) {
    if (placesOf(context, subject, more).length > 0)
      return `what is added to ${subject.text} is made from the list itself`;
    if (more.kind === "List" && more.elts.length === 1 && more.elts[0]!.kind !== "Starred") {
      const item = sourceText(file, more.elts[0]!);
      edits.push({ start: statement.start, end: statement.end, text: `${subject.text}.append(${item})` });
      continue;
    }
    if (!isOnly(shapeOf(more), "list")) return `what is added to ${subject.text} may not be a list`;
    const items = sourceText(file, more);
    edits.push({ start: statement.start, end: statement.end, text: `${subject.text}.extend(${items})` });
  }
  return {
    variant: "concatenation",
    summary: `Adds to the list \`${subject.text}\` in place instead of copying it for every item`,
    edits,
    assumptions: [],
  };
}

/** Why other code may hold the list as it was before an item was added; null when nothing can. */
function mayBeShared(
  context: RegionContext,
  subject: Subject,
  growths: readonly Growth[],
  region: RegionNode,
): string | null {
  const { file } = context;
  const { variable } = subject;
  const scopes = scopesOf(file);
  if (variable.scope === scopes.module && region.kind === "FunctionDef")
    return `${subject.text} belongs to code outside the function`;
  const binds = variable.occurrences.filter(({ action }) => action !== "read");
  if (binds.some(({ scope }) => scope !== variable.scope))
    return `${subject.text} is bound by other code too`;
  const grown = new Set<unknown>(growths.map(({ statement }) => statement.targets[0]));
  for (const { node, action } of binds) {
    if (grown.has(node)) continue;
    const value = action === "bind" ? boundValue(context, node) : null;
    // A slice of something else may be an array's, which is no copy.
    if (!value || !isFreshList(value) || value.kind === "Subscript")
      return `other code may hold the list ${subject.text} too`;
  }
  const known = new Set(binds.map(({ node }) => node));
  for (const { statement } of growths) known.add((statement.value as BinOp).left);
  const handling = handlingOf(context, subject, variable.scope.node, known);
  if (handling.escape) return `${subject.text} is handed on, and must not grow for who holds it`;
  for (const { use } of handling.reads) {
    if (use.kind === "iterated") {
      const within = growths.some(({ statement }) => "start" in use.node && isInside(statement, use.node));
      if (within) return `${subject.text} grows while a loop runs over it`;
    }
    if (use.kind === "argument" && lazy.has(use.callee ?? ""))
      return `${use.callee}() may still run over ${subject.text} when it grows`;
    if (use.kind === "returned" && use.node.kind !== "Return") return `${subject.text} is handed on`;
  }
  const last = variable.occurrences.some(
    ({ node }) => useOf(file, node).kind === "aliased" && !known.has(node),
  );
  return last ? `${subject.text} has another name too` : null;
}

const isInside = (inner: { start: number; end: number }, outer: { start: number; end: number }) =>
  outer.start <= inner.start && inner.end <= outer.end;

/** Builtins whose result takes the items later on. */
const lazy: ReadonlySet<string> = new Set(["enumerate", "zip", "reversed", "map", "filter", "iter"]);
