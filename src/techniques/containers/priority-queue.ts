// A list that is sorted, or searched for its smallest item, before each item is taken: a heap.

import type { TextEdit } from "../../schemas/common.ts";
import type { Call, expr, Node, stmt } from "../../source/ast.generated.ts";
import { importEdit } from "../../source/imports.ts";
import { beginsLine, blockOf, lineAfter, lineBefore, statementOf } from "../../source/layout.ts";
import { type RegionNode, regionNode } from "../../source/regions.ts";
import { scopesOf } from "../../source/scopes.ts";
import { dottedName, parentMap, useOf } from "../../source/uses.ts";
import { isEditable, sourceText, walk } from "../../source/walk.ts";
import { loopsAround } from "../analysis/loops.ts";
import { reachableCode } from "../analysis/reach.ts";
import { isOnly, itemsOf, type Shape, shapesIn } from "../analysis/shapes.ts";
import { boundValue, otherChanges, placesOf, type Subject, subjectOf } from "../analysis/subject.ts";
import type { RegionContext } from "../technique.ts";
import type { Draft, Findings } from "./draft.ts";
import { emptinessObstacle, isGuarded } from "./guards.ts";
import { type Conversion, conversionOf, removeStatement } from "./local-list.ts";
import { rebindsRoot } from "./steady.ts";

/** One step that takes the smallest item, in one statement or several. */
interface Taking {
  /** Replaced by `heappop(items)`. */
  pop: expr;
  /** Statements that the heap makes needless: `items.sort()`, `items.remove(smallest)`. */
  needless: readonly stmt[];
}

/** Changes for all lists that the region uses as priority queues, and why others are left alone. */
export function findPriorityQueues(context: RegionContext): Findings {
  const region = regionNode(context.file, context.region);
  const shapeOf = shapesIn(context, region);
  const findings: Findings = { drafts: [], refusals: [] };
  const groups = new Map<string, { subject: Subject; takings: Taking[] }>();
  const list = new Map<string, expr>();
  const unusual = new Map<string, { line: number; reason: string }>();
  walk(region, (node) => {
    if (node.kind !== "Call" || loopsAround(context.file, node, region).length === 0) return;
    const taken = listTaken(node);
    const subject = taken && subjectOf(context, taken);
    if (!subject || !isOnly(shapeOf(taken), "list")) return;
    const taking = takingOf(context, subject, node);
    if (typeof taking === "string") unusual.set(subject.text, { line: node.lineno, reason: taking });
    else if (taking) {
      list.set(subject.text, taken);
      const group = groups.get(subject.text) ?? { subject, takings: [] };
      group.takings.push(taking);
      groups.set(subject.text, group);
    }
  });
  for (const { subject, takings } of groups.values()) {
    const outcome =
      unusual.get(subject.text)?.reason ??
      change(context, subject, takings, itemsOf(shapeOf(list.get(subject.text)!)));
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
    return { pop: call, needless: [block[index - 1]!] };
  }
  if (call.keywords.length > 0)
    return `the smallest of ${subject.text} is chosen by a key, and the first of equals counts`;
  const next = block[index + 1];
  const at = parentMap(file).get(call);
  if (at?.kind === "Call") return takenByPlace(context, subject, at, block, index);
  if (statement.kind !== "Assign" || statement.value !== call || !next) return null;
  return removesResult(next, subject, statement.targets) ? { pop: call, needless: [next] } : null;
}

/**
 * `items.pop(items.index(min(items)))`, or `i = items.index(min(items))` and then `items.pop(i)`, perhaps with one `items[i]`
 * in the statement before that.
 */
function takenByPlace(
  context: RegionContext,
  subject: Subject,
  place: Call,
  block: readonly stmt[],
  index: number,
): Taking | null {
  const { file } = context;
  const { func, args } = place;
  const isPlace = func.kind === "Attribute" && func.attr === "index" && args.length === 1;
  if (!isPlace || dottedName(func.value) !== subject.text) return null;
  const around = parentMap(file).get(place);
  if (around?.kind === "Call" && isPopOf(around, subject, place)) return { pop: around, needless: [] };
  const statement = block[index]!;
  if (statement.kind !== "Assign" || statement.value !== place || statement.targets.length !== 1) return null;
  const scopes = scopesOf(file);
  const variable = scopes.variable(statement.targets[0]!);
  const uses = variable?.occurrences.filter(({ node }) => node !== statement.targets[0]) ?? [];
  const [first, second] = [block[index + 1], block[index + 2]];
  if (!first || uses.some(({ action }) => action !== "read")) return null;
  const asked = uses.map(({ node }) => parentMap(file).get(node)!);
  const taking = asked.find((node): node is Call => node.kind === "Call" && isPopOf(node, subject, null));
  const read = asked.find((node) => node.kind === "Subscript" && dottedName(node.value) === subject.text);
  if (
    asked.length === 1 &&
    taking &&
    statementOf(file, taking) === first &&
    isSoleUse(context, subject, first)
  )
    return { pop: taking, needless: [statement] };
  const isBoth = asked.length === 2 && taking && read?.kind === "Subscript" && read.ctx === "Load";
  if (!isBoth || !second || second.kind !== "Expr" || second.value !== taking) return null;
  const isRead = statementOf(file, read) === first && isSoleUse(context, subject, first);
  const isSimple = ["Assign", "AugAssign", "Expr"].includes(first.kind);
  return isRead && isSimple ? { pop: read, needless: [statement, second] } : null;
}

/** `items.pop(…)` with one argument, the given one. */
function isPopOf({ func, args }: Call, subject: Subject, argument: expr | null): boolean {
  const isPop = func.kind === "Attribute" && func.attr === "pop" && dottedName(func.value) === subject.text;
  return isPop && args.length === 1 && (argument === null || args[0] === argument);
}

const isSoleUse = (context: RegionContext, subject: Subject, statement: stmt) =>
  placesOf(context, subject, statement).length === 1;

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
  const region = regionNode(file, context.region);
  const assumptions = new Set<string>();
  const local = conversionOf(context, subject);
  const conversion =
    typeof local === "string" ? (inPlace(context, subject, region, assumptions) ?? local) : local;
  if (typeof conversion === "string") return conversion;
  const within = conversion.at === "bindings" ? subject.variable.scope.node : conversion.before;
  const heapq = importEdit(file, { module: "heapq", before: region.start });
  const edits: TextEdit[] = heapq.edit ? [heapq.edit] : [];
  const done = new Set<Node>();
  for (const { pop, needless } of takings) {
    const removals = needless.map((one) => removeStatement(context, one));
    if (removals.includes(null) || !isEditable(file, pop))
      return `there is no line to take away beside ${subject.text}.pop`;
    edits.push(...removals.flatMap((one) => one ?? []), {
      start: pop.start,
      end: pop.end,
      text: `${heapq.local}.heappop(${subject.text})`,
    });
    for (const part of [pop, ...needless])
      for (const place of placesOf(context, subject, part)) done.add(place);
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
  assumptions.add(`The items of \`${subject.text}\` are of the types seen, and no number among them is NaN.`);
  const pops = takings.map(({ pop }) => pop);
  if (!pops.every((pop) => isGuarded(file, subject.text, pop, pops))) {
    const obstacle = emptinessObstacle(context, subject.text, pops);
    if (obstacle) return obstacle;
    assumptions.add(
      `No item is taken from \`${subject.text}\` while it is empty; the error would be another.`,
    );
  }
  return {
    variant: "priority-queue",
    summary: `Keeps the list \`${subject.text}\` as a heap instead of sorting or searching it for every item taken`,
    edits,
    assumptions: [...assumptions],
  };
}

/**
 * A list that other code may hold: a heap may be made of it in place where only the loop can see it meanwhile, and its
 * order is gone when the loop ends.
 */
function inPlace(
  context: RegionContext,
  subject: Subject,
  loop: RegionNode,
  assumptions: Set<string>,
): Conversion | null {
  const { file } = context;
  if (loop.kind !== "While" || !beginsLine(file, loop) || !isDrained(context, subject)) return null;
  if (subject.text !== subject.variable.name || rebindsRoot(context, subject, loop)) return null;
  const { bodies, unknown } = reachableCode(file, loop);
  if (unknown !== null || bodies.length > 0) return null;
  const changed = otherChanges(context, subject, loop, (sentence) => assumptions.add(sentence));
  return changed === null ? { at: "borders", before: loop, after: false } : null;
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

/** `while items:` or `while len(items) > 1:`, without `break`: afterwards at most one item is left, so there is no order. */
function isDrained({ file, region }: RegionContext, subject: Subject): boolean {
  const loop = regionNode(file, region);
  if (loop.kind !== "While" || !leavesOne(loop.test, subject)) return false;
  let leaves = false;
  walk(loop, (node) => {
    if (["Break", "Return", "Raise"].includes(node.kind)) leaves = true;
  });
  return !leaves;
}

function leavesOne(test: expr, subject: Subject): boolean {
  if (dottedName(test) === subject.text) return true;
  if (test.kind !== "Compare" || test.ops.length !== 1) return false;
  const { left } = test;
  const isLength = left.kind === "Call" && dottedName(left.func) === "len" && left.args.length === 1;
  const [limit] = test.comparators;
  const least = limit?.kind === "Constant" && limit.value.type === "int" ? limit.value.text : "";
  const isFew = { Gt: ["0", "1"], GtE: ["1", "2"], NotEq: ["0"] }[test.ops[0] as string]?.includes(least);
  return isLength && dottedName(left.args[0]!) === subject.text && isFew === true;
}
