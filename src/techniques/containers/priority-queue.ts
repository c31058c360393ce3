// A list that is sorted, or searched for its smallest item, before each item is taken: a heap.

import type { TextEdit } from "../../schemas/common.ts";
import type { Call, expr, Node, stmt } from "../../source/ast.generated.ts";
import { importEdit } from "../../source/imports.ts";
import { blockOf, lineAfter, lineBefore, statementOf } from "../../source/layout.ts";
import { regionNode } from "../../source/regions.ts";
import { dottedName, parentMap, useOf } from "../../source/uses.ts";
import { isEditable, sourceText, walk } from "../../source/walk.ts";
import { loopsAround } from "../analysis/loops.ts";
import { isOnly, itemsOf, type Shape, shapesIn } from "../analysis/shapes.ts";
import { boundValue, placesOf, type Subject, subjectOf } from "../analysis/subject.ts";
import type { RegionContext } from "../technique.ts";
import type { Draft, Findings } from "./draft.ts";
import { emptinessObstacle, isGuarded } from "./guards.ts";
import { conversionOf, removeStatement } from "./local-list.ts";

/** One step that takes the smallest item, in two statements or one. */
interface Taking {
  /** Replaced by `heappop(items)`. */
  pop: Call;
  /** A statement that the heap makes needless: `items.sort()`, `items.remove(smallest)`. */
  needless: stmt;
}

/** Changes for all lists that the region uses as priority queues, and why others are left alone. */
export function findPriorityQueues(context: RegionContext): Findings {
  const region = regionNode(context.file, context.region);
  const shapeOf = shapesIn(context, region);
  const findings: Findings = { drafts: [], refusals: [] };
  const groups = new Map<string, { subject: Subject; takings: Taking[] }>();
  const unusual = new Map<string, { line: number; reason: string }>();
  walk(region, (node) => {
    if (node.kind !== "Call" || loopsAround(context.file, node, region).length === 0) return;
    const list = listTaken(node);
    const subject = list && subjectOf(context, list);
    if (!subject || !isOnly(shapeOf(list), "list")) return;
    const taking = takingOf(context, subject, node);
    if (typeof taking === "string") unusual.set(subject.text, { line: node.lineno, reason: taking });
    else if (taking) {
      const group = groups.get(subject.text) ?? { subject, takings: [] };
      group.takings.push(taking);
      groups.set(subject.text, group);
    }
  });
  for (const { subject, takings } of groups.values()) {
    const outcome =
      unusual.get(subject.text)?.reason ??
      change(context, subject, takings, itemsOf(shapeOf(listTaken(takings[0]!.pop)!)));
    unusual.delete(subject.text);
    if (typeof outcome === "string")
      findings.refusals.push({ line: takings[0]!.pop.lineno, reason: outcome });
    else findings.drafts.push(outcome);
  }
  findings.refusals.push(...unusual.values());
  return findings;
}

/** The list of `items.pop(…)` or of `min(items)`. */
function listTaken({ func, args }: Call): expr | null {
  if (func.kind === "Attribute" && func.attr === "pop") return func.value;
  return func.kind === "Name" && func.id === "min" && args.length === 1 ? args[0]! : null;
}

/** The step that `call` is part of; a sentence when it nearly is one; null when it is something else. */
function takingOf(context: RegionContext, subject: Subject, call: Call): Taking | string | null {
  const { file } = context;
  const statement = statementOf(file, call);
  const block = blockOf(file, statement);
  const index = block.indexOf(statement);
  if (call.func.kind === "Attribute") {
    const sort = index > 0 ? sortOf(block[index - 1]!, subject) : null;
    if (!sort) return null;
    if (sort.keywords.some(({ arg }) => arg === "key"))
      return `${subject.text} is sorted by a key, and items with equal keys keep their order`;
    const reversed = sort.keywords.length > 0;
    const isTrue =
      sort.keywords[0]?.value.kind === "Constant" &&
      sort.keywords[0].value.value.type === "bool" &&
      sort.keywords[0].value.value.value;
    const fromFront = call.args.length === 1 && isZero(call.args[0]!);
    if (reversed ? !(isTrue && call.args.length === 0) : !fromFront)
      return `the largest item of ${subject.text} is taken, and a heap gives the smallest`;
    return { pop: call, needless: block[index - 1]! };
  }
  if (call.keywords.length > 0)
    return `the smallest of ${subject.text} is chosen by a key, and the first of equals counts`;
  const next = block[index + 1];
  if (statement.kind !== "Assign" || statement.value !== call || !next) return null;
  return removesResult(next, subject, statement.targets) ? { pop: call, needless: next } : null;
}

function sortOf(statement: stmt, subject: Subject): Call | null {
  if (statement.kind !== "Expr" || statement.value.kind !== "Call") return null;
  const { func, args } = statement.value;
  if (func.kind !== "Attribute" || func.attr !== "sort" || args.length > 0) return null;
  return dottedName(func.value) === subject.text ? statement.value : null;
}

/** `items.remove(smallest)` for `smallest = min(items)`. */
function removesResult(statement: stmt, subject: Subject, targets: readonly expr[]): boolean {
  if (statement.kind !== "Expr" || statement.value.kind !== "Call") return false;
  const { func, args } = statement.value;
  const [target] = targets;
  return (
    targets.length === 1 &&
    target?.kind === "Name" &&
    func.kind === "Attribute" &&
    func.attr === "remove" &&
    dottedName(func.value) === subject.text &&
    args[0]?.kind === "Name" &&
    args[0].id === target.id
  );
}

const isZero = (node: expr) =>
  node.kind === "Constant" && node.value.type === "int" && node.value.text === "0";

function change(
  context: RegionContext,
  subject: Subject,
  takings: readonly Taking[],
  item: Shape,
): Draft | string {
  const { file } = context;
  const order = orderObstacle(item);
  if (order) return `${subject.text} cannot be a heap: ${order}`;
  const conversion = conversionOf(context, subject);
  if (typeof conversion === "string") return conversion;
  const region = regionNode(file, context.region);
  const within = conversion.at === "bindings" ? subject.variable.scope.node : conversion.before;
  const heapq = importEdit(file, { module: "heapq", before: region.start });
  const edits: TextEdit[] = heapq.edit ? [heapq.edit] : [];
  const done = new Set<Node>();
  for (const { pop, needless } of takings) {
    const removal = removeStatement(context, needless);
    if (!removal || !isEditable(file, pop)) return `there is no line to take away beside ${subject.text}.pop`;
    edits.push(removal, { start: pop.start, end: pop.end, text: `${heapq.local}.heappop(${subject.text})` });
    for (const part of [pop, needless]) for (const place of placesOf(context, subject, part)) done.add(place);
  }
  if (conversion.at === "borders") {
    if (conversion.after && !isDrained(context, subject))
      return `the order of ${subject.text} may be seen after the loop`;
    edits.push(lineBefore(file, conversion.before, `${heapq.local}.heapify(${subject.text})`));
  } else
    for (const node of conversion.bindings) {
      done.add(node);
      const value = boundValue(context, node);
      if (value?.kind === "List" && value.elts.length <= 1 && value.elts[0]?.kind !== "Starred") continue;
      edits.push(lineAfter(file, statementOf(file, node), `${heapq.local}.heapify(${subject.text})`));
    }
  for (const place of placesOf(context, subject, within)) {
    if (done.has(place)) continue;
    const use = useOf(file, place);
    if (use.kind === "truth" || use.kind === "container") continue;
    if (
      use.kind === "argument" &&
      use.callee !== null &&
      unordered.has(use.callee) &&
      use.node.keywords.length === 0
    )
      continue;
    const isPush =
      use.kind === "method" && use.method === "append" && parentMap(file).get(use.node)?.kind === "Expr";
    if (!isPush || use.node.args.length !== 1)
      return `the order of ${subject.text} is used in line ${place.lineno}`;
    const { node } = use;
    edits.push({
      start: node.start,
      end: node.end,
      text: `${heapq.local}.heappush(${subject.text}, ${sourceText(file, node.args[0]!)})`,
    });
  }
  const assumptions = [
    `The items of \`${subject.text}\` are of the types seen, and no number among them is NaN.`,
  ];
  const pops = takings.map(({ pop }) => pop);
  if (!pops.every((pop) => isGuarded(file, subject.text, pop, pops))) {
    const obstacle = emptinessObstacle(context, subject.text, pops);
    if (obstacle) return obstacle;
    assumptions.push(
      `No item is taken from \`${subject.text}\` while it is empty; the error would be another.`,
    );
  }
  return {
    variant: "priority-queue",
    summary: `Keeps the list \`${subject.text}\` as a heap instead of sorting or searching it for every item taken`,
    edits,
    assumptions,
  };
}

const unordered: ReadonlySet<string> = new Set([
  "len",
  "min",
  "max",
  "set",
  "frozenset",
  "bool",
  "any",
  "all",
  "sorted",
]);

/**
 * Why items may be equal in order and yet not the same, or not comparable: then a heap and a sort may give them in another
 * sequence. Null for integers, text, floats, and tuples of these.
 */
function orderObstacle(item: Shape): string | null {
  if (isOnly(item, "int") || isOnly(item, "str") || isOnly(item, "bytes")) return null;
  if (isOnly(item, "float", "int"))
    return item.oddFloats ? "there may be NaN or negative zeros among the numbers" : null;
  if (isOnly(item, "tuple") && item.positions)
    return item.positions.map(orderObstacle).find((one) => one !== null) ?? null;
  return `items of type ${[...item.types].sort().join(" or ")} may be equal in order without being the same`;
}

/** `while items:` without `break`: afterwards the list is empty, so its order cannot be seen. */
function isDrained({ file, region }: RegionContext, subject: Subject): boolean {
  const loop = regionNode(file, region);
  if (loop.kind !== "While" || dottedName(loop.test) !== subject.text) return false;
  let leaves = false;
  walk(loop, (node) => {
    if (node.kind === "Break" || node.kind === "Return") leaves = true;
  });
  return !leaves;
}
