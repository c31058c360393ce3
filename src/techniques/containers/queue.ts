// A list used as a queue (`pop(0)`, `insert(0, x)` move every item each time): a deque.

import type { TextEdit } from "../../schemas/common.ts";
import type { Call, expr, Node } from "../../source/ast.generated.ts";
import { importEdit } from "../../source/imports.ts";
import { statementOf } from "../../source/layout.ts";
import { regionNode } from "../../source/regions.ts";
import { scopesOf } from "../../source/scopes.ts";
import { dottedName, parentMap, type Use, useOf } from "../../source/uses.ts";
import { isEditable, sourceText, walk } from "../../source/walk.ts";
import { loopsAround } from "../analysis/loops.ts";
import { isOnly, type ShapeOf, shapesIn } from "../analysis/shapes.ts";
import { placesOf, type Subject, subjectOf } from "../analysis/subject.ts";
import type { RegionContext } from "../technique.ts";
import type { Draft, Findings } from "./draft.ts";
import { emptinessObstacle, isGuarded } from "./guards.ts";
import { conversionOf, convert } from "./local-list.ts";

/** Changes for all lists that the region uses as queues, and why others are left alone. */
export function findQueues(context: RegionContext): Findings {
  const region = regionNode(context.file, context.region);
  const shapeOf = shapesIn(context, region);
  const findings: Findings = { drafts: [], refusals: [] };
  const subjects = new Map<string, { subject: Subject; line: number }>();
  walk(region, (node) => {
    const list = firstTakenFrom(node);
    if (!list || loopsAround(context.file, node, region).length === 0) return;
    const subject = subjectOf(context, list);
    if (subject && isOnly(shapeOf(list), "list") && !subjects.has(subject.text))
      subjects.set(subject.text, { subject, line: list.lineno });
  });
  for (const { subject, line } of subjects.values()) {
    if (isSorted(context, subject)) continue; // a priority queue, which is another change
    const outcome = change(context, subject, shapeOf);
    if (typeof outcome === "string") findings.refusals.push({ line, reason: outcome });
    else findings.drafts.push(outcome);
  }
  return findings;
}

/** The list whose first item `pop(0)`, `insert(0, x)`, `del q[0]` or `q = q[1:]` takes or puts. */
function firstTakenFrom(node: Node): expr | null {
  if (node.kind === "Call") {
    const { func, args, keywords } = node;
    if (func.kind !== "Attribute" || keywords.length > 0 || !args[0] || !isInteger(args[0], "0")) return null;
    const takes = (func.attr === "pop" && args.length === 1) || (func.attr === "insert" && args.length === 2);
    return takes ? func.value : null;
  }
  if (node.kind === "Delete") {
    const [target] = node.targets;
    const isFirst = target?.kind === "Subscript" && isInteger(target.slice, "0");
    return isFirst && node.targets.length === 1 ? target.value : null;
  }
  return node.kind === "Assign" ? withoutFirst(node) : null;
}

/** `q` of `q = q[1:]`. */
function withoutFirst({ targets, value }: Extract<Node, { kind: "Assign" }>): expr | null {
  if (targets.length !== 1 || value.kind !== "Subscript" || value.slice.kind !== "Slice") return null;
  const { lower, upper, step } = value.slice;
  const isRest = lower !== null && isInteger(lower, "1") && upper === null && step === null;
  const name = dottedName(value.value);
  return isRest && name !== null && dottedName(targets[0]!) === name ? value.value : null;
}

const isInteger = (node: expr, text: string) =>
  node.kind === "Constant" && node.value.type === "int" && node.value.text === text;

function isSorted(context: RegionContext, subject: Subject): boolean {
  return placesOf(context, subject, subject.variable.scope.node).some((place) => {
    const use = useOf(context.file, place);
    return use.kind === "method" && use.method === "sort";
  });
}

function change(context: RegionContext, subject: Subject, shapeOf: ShapeOf): Draft | string {
  const { file } = context;
  const conversion = conversionOf(context, subject);
  if (typeof conversion === "string") return conversion;
  const within = conversion.at === "bindings" ? subject.variable.scope.node : conversion.before;
  const deque = importEdit(file, {
    module: "collections",
    name: "deque",
    before: regionNode(file, context.region).start,
  });
  const takings: Node[] = [];
  const taken = new Set<Node>();
  const dropped: TextEdit[] = [];
  walk(within, (node) => {
    const list = node.kind === "Assign" || node.kind === "Delete" ? firstTakenFrom(node) : null;
    if (list === null || !("start" in node) || subjectOf(context, list)?.variable !== subject.variable)
      return;
    for (const place of placesOf(context, subject, node)) taken.add(place);
    takings.push(node);
    dropped.push({ start: node.start, end: node.end, text: `${subject.text}.popleft()` });
  });
  const empties = takings.filter((taking) => taking.kind === "Assign");
  if (!empties.every((taking) => isGuarded(file, subject.text, taking, empties)))
    return `${subject.text} may be empty where its first item is left out`;
  const edits = convert(
    context,
    subject,
    conversion.at === "bindings"
      ? { ...conversion, bindings: conversion.bindings.filter((node) => !taken.has(node)) }
      : conversion,
    (list) => `${deque.local}(${list})`,
    `list(${subject.text})`,
  );
  if (typeof edits === "string") return edits;
  if (deque.edit) edits.unshift(deque.edit);
  edits.push(...dropped);
  const bindings = new Set<Node>(conversion.at === "bindings" ? conversion.bindings : []);
  const indexed: Node[] = [];
  for (const place of placesOf(context, subject, within)) {
    if (bindings.has(place) || taken.has(place)) continue;
    if (!isEditable(file, place)) return `${subject.text} is used in an f-string`;
    const use = useOf(file, place);
    const isIndexed = use.kind === "subscript" && isOnly(shapeOf(use.index), "int");
    if (isIndexed && (use.stored || !isEnd(use.index))) {
      indexed.push(use.node);
      continue;
    }
    const edit = asDeque(context, subject, place, use, takings);
    if (typeof edit === "string") return edit;
    edits.push(...edit);
  }
  const assumptions: string[] = [];
  const removals = takings.filter((taking) => taking.kind !== "Subscript");
  if (!takings.every((taking) => isGuarded(file, subject.text, taking, removals))) {
    const obstacle = emptinessObstacle(context, subject.text, takings);
    if (obstacle) return obstacle;
    assumptions.push(
      `No item is asked of \`${subject.text}\` while it is empty; the text of that IndexError would differ.`,
    );
  }
  if (indexed.length > 0) {
    const obstacle = emptinessObstacle(context, subject.text, indexed);
    if (obstacle) return obstacle;
    assumptions.push(
      `No index of \`${subject.text}\` is out of range; the text of that IndexError would differ.`,
    );
  }
  return {
    variant: "queue",
    summary: `Makes the list \`${subject.text}\`, used as a queue, a deque, whose first item is taken without moving the others`,
    edits,
    assumptions,
  };
}

/** What becomes of one use of the list when it is a deque; a sentence when a deque would behave differently. */
function asDeque(
  context: RegionContext,
  subject: Subject,
  place: expr,
  use: Use,
  takings: Node[],
): TextEdit[] | string {
  const name = subject.text;
  switch (use.kind) {
    case "truth":
    case "container":
      return [];
    case "method":
      return method(context, name, use.node, takings);
    case "iterated":
      return changesWithin(context, subject, use.node) ? `${name} changes while a loop runs over it` : [];
    case "subscript":
      if (use.stored || !isEnd(use.index)) return `${name} is sliced`;
      takings.push(use.node);
      return [];
    case "argument":
      if (use.callee !== null && isBuiltin(context, use.callee)) {
        if (seesItemsOnly.has(use.callee)) return [];
        if (runsOverItems.has(use.callee))
          return changesWithin(context, subject, statementOf(context.file, use.node)) ||
            !isRunOver(context, use.node)
            ? `${name} may change while ${use.callee}() runs over it`
            : [];
        if (use.callee === "print") return [wrapped(place, name)];
      }
      return `${name} is handed to ${use.callee ?? "other code"}, which may need a list`;
    case "returned":
      return use.node.kind === "Return" ? [wrapped(place, name)] : `${name} leaves the function`;
    case "other":
      return use.node.kind === "Starred"
        ? []
        : `${name} is used as only a list can be (line ${place.lineno})`;
    default:
      return `${name} is used as only a list can be (line ${place.lineno})`;
  }
}

/** Builtins that see the items and not the type that holds them. */
const seesItemsOnly: ReadonlySet<string> = new Set(
  "len sum min max sorted list tuple set frozenset any all bool".split(" "),
);

/** Builtins that take the items one by one later on, when a deque must not have changed. */
const runsOverItems: ReadonlySet<string> = new Set(["enumerate", "zip", "reversed", "map", "filter"]);

function isRunOver({ file }: RegionContext, call: Call): boolean {
  const kind = parentMap(file).get(call)?.kind;
  return kind === "For" || kind === "comprehension" || kind === "Call";
}

const wrapped = (place: expr, name: string): TextEdit => ({
  start: place.start,
  end: place.end,
  text: `list(${name})`,
});

const isLast = (index: expr) =>
  index.kind === "UnaryOp" && index.op === "USub" && isInteger(index.operand, "1");

const isEnd = (index: expr) => isInteger(index, "0") || isLast(index);

function isBuiltin({ file }: RegionContext, name: string): boolean {
  const scopes = scopesOf(file);
  return !scopes.lookup(scopes.module, name)?.occurrences.some(({ action }) => action !== "read");
}

function method(context: RegionContext, name: string, call: Call, takings: Node[]): TextEdit[] | string {
  const func = call.func as Extract<expr, { kind: "Attribute" }>;
  const renamed = (text: string): TextEdit[] => [{ start: func.end - func.attr.length, end: call.end, text }];
  if (call.keywords.length > 0) return `${name}.${func.attr} is called with keywords`;
  switch (func.attr) {
    case "append":
    case "extend":
    case "clear":
    case "count":
    case "reverse":
      return [];
    case "pop":
      takings.push(call);
      if (call.args.length === 0 || (call.args.length === 1 && isLast(call.args[0]!)))
        return call.args.length ? renamed("pop()") : [];
      return isInteger(call.args[0]!, "0") ? renamed("popleft()") : `${name} loses items from its middle`;
    case "insert":
      if (call.args.length !== 2 || !isInteger(call.args[0]!, "0")) return `${name} gets items in its middle`;
      return renamed(`appendleft(${sourceText(context.file, call.args[1]!)})`);
    default:
      return `${name}.${func.attr} does not do the same on a deque`;
  }
}

function changesWithin(context: RegionContext, subject: Subject, loop: Node): boolean {
  return placesOf(context, subject, loop).some((place) => {
    const use = useOf(context.file, place);
    return use.kind === "method" || use.kind === "bound" || (use.kind === "subscript" && use.stored);
  });
}
