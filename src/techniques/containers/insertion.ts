// A list that is sorted again after every item added to it: the item goes where it belongs.

import type { Call, expr, stmt } from "../../source/ast.generated.ts";
import { importEdit } from "../../source/imports.ts";
import { blockOf, statementOf } from "../../source/layout.ts";
import { type RegionNode, regionNode } from "../../source/regions.ts";
import { dottedName, parentMap } from "../../source/uses.ts";
import { isEditable, sourceText, walk } from "../../source/walk.ts";
import { loopsAround } from "../analysis/loops.ts";
import { hasOddFloats, isOnly, itemsOf, type ShapeOf, shapesIn } from "../analysis/shapes.ts";
import { boundValue, handlingOf, isPrivate, type Subject, subjectOf } from "../analysis/subject.ts";
import type { RegionContext } from "../technique.ts";
import type { Draft, Findings } from "./draft.ts";
import { isOrdered } from "./invariants.ts";
import { removeStatement } from "./local-list.ts";

/** `items.append(x)` and the `items.sort()` right after it. */
interface Insertion {
  append: Call;
  sort: stmt;
}

/** Changes for all lists that loops of the region keep in order by sorting. */
export function findInsertions(context: RegionContext): Findings {
  const { file } = context;
  const region = regionNode(file, context.region);
  const shapeOf = shapesIn(context, region);
  const findings: Findings = { drafts: [], refusals: [] };
  const groups = new Map<string, { subject: Subject; list: expr; insertions: Insertion[] }>();
  walk(region, (node) => {
    if (node.kind !== "Call" || loopsAround(file, node, region).length === 0) return;
    const insertion = insertionAt(context, node);
    const list = insertion && node.func.kind === "Attribute" ? node.func.value : null;
    const subject = list && subjectOf(context, list);
    if (!subject || !isOnly(shapeOf(list), "list")) return;
    const group = groups.get(subject.text) ?? { subject, list, insertions: [] };
    group.insertions.push(insertion!);
    groups.set(subject.text, group);
  });
  for (const { subject, list, insertions } of groups.values()) {
    const outcome = change(context, region, subject, list, insertions, shapeOf);
    if (typeof outcome === "string")
      findings.refusals.push({ line: insertions[0]!.append.lineno, reason: outcome });
    else findings.drafts.push(outcome);
  }
  return findings;
}

function insertionAt({ file }: RegionContext, append: Call): Insertion | null {
  const { func, args } = append;
  if (func.kind !== "Attribute" || func.attr !== "append" || args.length !== 1) return null;
  if (parentMap(file).get(append)?.kind !== "Expr" || !isEditable(file, append)) return null;
  const block = blockOf(file, statementOf(file, append));
  const sort = block[block.indexOf(statementOf(file, append)) + 1];
  if (sort?.kind !== "Expr" || sort.value.kind !== "Call" || sort.value.func.kind !== "Attribute")
    return null;
  const { func: sorting, args: given, keywords } = sort.value;
  const isPlain = sorting.attr === "sort" && given.length === 0 && keywords.length === 0;
  return isPlain && dottedName(sorting.value) === dottedName(func.value) ? { append, sort } : null;
}

function change(
  context: RegionContext,
  region: RegionNode,
  subject: Subject,
  list: expr,
  insertions: readonly Insertion[],
  shapeOf: ShapeOf,
): Draft | string {
  const { file } = context;
  const { text, variable } = subject;
  const values = [itemsOf(shapeOf(list)), ...insertions.map(({ append }) => shapeOf(append.args[0]!))];
  if (!values.every(isOrdered) || values.some(hasOddFloats))
    return `the items of ${text} may be in no certain order among each other`;
  if (!isPrivate(context, subject)) return `other code may hold the list ${text} too`;
  const unsorted = keepsOrder(context, subject, insertions);
  if (unsorted !== null) return unsorted;
  const binds = variable.occurrences.filter(({ action }) => action !== "read");
  for (const { node } of binds) {
    const value = boundValue(context, node);
    const isShort = value?.kind === "List" && value.elts.length <= 1 && value.elts[0]?.kind !== "Starred";
    const isSorted =
      value?.kind === "Call" &&
      value.func.kind === "Name" &&
      value.func.id === "sorted" &&
      !value.keywords.length;
    if (!isShort && !isSorted) return `${text} may not be in order when the loop begins`;
  }
  const bisect = importEdit(file, { module: "bisect", before: region.start });
  const edits = bisect.edit ? [bisect.edit] : [];
  for (const { append, sort } of insertions) {
    const removal = removeStatement(context, (sort as Extract<stmt, { kind: "Expr" }>).value);
    if (!removal) return `there is no line to take away beside ${text}.append`;
    const inserted = `${bisect.local}.insort(${text}, ${sourceText(file, append.args[0]!)})`;
    edits.push({ start: append.start, end: append.end, text: inserted }, removal);
  }
  return {
    variant: "insertion",
    summary: `Puts each item where it belongs in the sorted list \`${text}\` instead of sorting it all again`,
    edits,
    assumptions: [`The items of \`${text}\` are of the types seen, and no number among them is NaN.`],
  };
}

/** A use that may leave the list out of order; null when it stays sorted wherever it is seen. */
function keepsOrder(
  context: RegionContext,
  subject: Subject,
  insertions: readonly Insertion[],
): string | null {
  const own = new Set<unknown>(
    insertions.flatMap(({ append, sort }) => [append, (sort as Extract<stmt, { kind: "Expr" }>).value]),
  );
  const { changes } = handlingOf(context, subject, subject.variable.scope.node);
  for (const { use, place } of changes) {
    if (own.has(use.node)) continue;
    const isDeletion = use.kind === "subscript" && use.node.kind === "Subscript" && use.node.ctx === "Del";
    const isRemoval = use.kind === "method" && ["pop", "remove", "clear"].includes(use.method);
    if (!isDeletion && !isRemoval) return `${subject.text} is changed otherwise in line ${place.lineno}`;
  }
  return null;
}
