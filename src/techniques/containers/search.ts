// A loop that looks through a list for the items with a given key, inside another loop: an index built once.

import type { TextEdit } from "../../schemas/common.ts";
import type { Compare, expr, For, If, Node, stmt } from "../../source/ast.generated.ts";
import { importEdit } from "../../source/imports.ts";
import { beginsLine, indentationStep, lineBefore, placeBefore } from "../../source/layout.ts";
import { freshName } from "../../source/names.ts";
import { regionNode } from "../../source/regions.ts";
import { scopesOf } from "../../source/scopes.ts";
import { parentMap, useOf } from "../../source/uses.ts";
import { isEditable, sourceText, walk } from "../../source/walk.ts";
import { loopsAround, type Repeating } from "../analysis/loops.ts";
import { hasOddFloats, isOnly, itemsOf, type ShapeOf, shapesIn } from "../analysis/shapes.ts";
import { type Subject, subjectOf } from "../analysis/subject.ts";
import type { RegionContext } from "../technique.ts";
import { isDefinedBefore } from "./defined.ts";
import type { Draft, Findings } from "./draft.ts";
import { hashObstacle } from "./hashing.ts";
import { isReadOutside, type Key, keyObstacle, keyOf, probeObstacle } from "./keys.ts";
import { fewestItems, localForm, stays, widest } from "./steady.ts";

/** `for item in items: if item.key == probe: …`, as a loop or in a comprehension. */
interface Search {
  node: For | Extract<Node, { kind: "comprehension" }>;
  /** `item`. */
  target: Extract<expr, { kind: "Name" }>;
  items: expr;
  test: Compare;
  /** In which form the test stands: alone, before `and`, or in `if item.key != probe: continue`. */
  form: "alone" | "conjunction" | "guard";
  key: Key;
  probe: expr;
  loops: Repeating[];
}

/** Changes for all lists that the region searches again and again, and why others are left alone. */
export function findSearches(context: RegionContext): Findings {
  const region = regionNode(context.file, context.region);
  const shapeOf = shapesIn(context, region);
  const findings: Findings = { drafts: [], refusals: [] };
  const indexes = new Map<string, string>();
  walk(region, (node) => {
    const search = searchAt(context, node, region);
    if (!search || !isOnly(shapeOf(search.items), "list", "tuple")) return;
    const subject = subjectOf(context, search.items);
    if (!subject) return;
    const outcome = change(context, subject, search, shapeOf, indexes);
    if (typeof outcome === "string") findings.refusals.push({ line: search.test.lineno, reason: outcome });
    else findings.drafts.push(outcome);
  });
  return findings;
}

function searchAt(context: RegionContext, node: Node, region: Node): Search | null {
  if (node.kind === "For") {
    const [first, ...others] = node.body;
    if (first?.kind !== "If" || first.orelse.length > 0) return null;
    const isGuard = others.length > 0 && first.body.length === 1 && first.body[0]!.kind === "Continue";
    if (others.length > 0 && !isGuard) return null;
    return searchOf(context, node, first.test, loopsAround(context.file, node, region), isGuard);
  }
  if (node.kind !== "comprehension" || node.ifs.length === 0 || node.is_async) return null;
  const whole = parentMap(context.file).get(node)!;
  if (whole.kind === "GeneratorExp" && !isConsumedAtOnce(context, whole)) return null;
  const loops = loopsAround(context.file, node.iter, region).filter((loop) => loop !== whole);
  const isFirst = "generators" in whole && whole.generators[0] === node;
  // A later `for` of a comprehension is itself repeated by the earlier ones.
  return searchOf(context, node, node.ifs[0]!, isFirst ? loops : [whole as Repeating, ...loops]);
}

/** A generator that is an argument of `sum`, `any`, `next`, `join` and the like; any other may be run later on. */
function isConsumedAtOnce(context: RegionContext, generator: Node): boolean {
  const use = useOf(context.file, generator);
  if (use.kind !== "argument") return false;
  const { func } = use.node;
  return (
    (func.kind === "Attribute" && func.attr === "join") || (func.kind === "Name" && consuming.has(func.id))
  );
}

const consuming: ReadonlySet<string> = new Set(
  "all any dict frozenset list max min next set sorted sum tuple".split(" "),
);

function searchOf(
  context: RegionContext,
  node: Search["node"],
  whole: expr,
  loops: Repeating[],
  isGuard = false,
): Search | null {
  const { target, iter } = node;
  if (target.kind !== "Name" || loops.length === 0) return null;
  const isConjunction = !isGuard && whole.kind === "BoolOp" && whole.op === "And";
  const test = isConjunction ? whole.values[0]! : whole;
  const form = isGuard ? "guard" : isConjunction ? "conjunction" : "alone";
  if (test.kind !== "Compare" || test.ops.length !== 1 || test.ops[0] !== (isGuard ? "NotEq" : "Eq"))
    return null;
  const [left, right] = [test.left, test.comparators[0]!];
  for (const [side, probe] of [
    [left, right],
    [right, left],
  ] as const) {
    const key = keyOf(context, side, target);
    if (key && !mentions(context, probe, target))
      return { node, target, items: iter, test, form, key, probe, loops };
  }
  return null;
}

function mentions({ file }: RegionContext, node: Node, name: Node): boolean {
  const scopes = scopesOf(file);
  let found = false;
  walk(node, (part) => {
    if (part.kind === "Name" && scopes.variable(part) === scopes.variable(name)) found = true;
  });
  return found;
}

function change(
  context: RegionContext,
  subject: Subject,
  search: Search,
  shapeOf: ShapeOf,
  indexes: Map<string, string>,
): Draft | string {
  const { file } = context;
  const list = shapeOf(search.items);
  const keys = search.key.shape(itemsOf(list));
  const values = [keys, shapeOf(search.probe)];
  const unequal = values.some(hasOddFloats) ? "NaN is not equal to itself, but is found in a dict" : null;
  const obstacle = unequal ?? hashObstacle(file, ...values);
  if (obstacle) return `${subject.text} cannot be indexed by ${search.key.name}: ${obstacle}`;
  if (list.length !== undefined && list.length < fewestItems)
    return `${subject.text} has at most ${list.length} items, too few for an index to be faster`;
  const assumptions = new Set<string>();
  const loop = widest(
    [search],
    (at) => stays(context, subject, at, assumptions) ?? keyObstacle(context, search, itemsOf(list), at),
  );
  if (typeof loop === "string") return loop;
  const statement = placeBefore(file, loop);
  if (!statement) return "there is no place for a line before the loop";
  if (!isDefinedBefore(context, subject, statement))
    return `${subject.text} may not have a value before the loop`;
  const failure = failureObstacle(context, search, statement);
  if (failure) return failure;
  const probe = probeObstacle(context, search.probe, search.node);
  if (probe) return probe;
  const use =
    search.node.kind === "For" ? loopUse(context, search, search.node) : comprehensionUse(context, search);
  if (typeof use === "string") return use;
  const identity = `${subject.text} ${search.key.name} ${statement.start}`;
  const known = indexes.get(identity);
  const name =
    known ?? freshName(file, `${localForm(subject.name)}_by_${search.key.name}`, new Set(indexes.values()));
  indexes.set(identity, name);
  const edits = use(name);
  if (!known) edits.push(...indexLines(context, subject, search, statement, name));
  assumptions.add(
    `Every item of \`${subject.text}\` has \`${search.key.text(search.target.id)}\`, hashable and of the types seen.`,
  );
  return {
    variant: "search",
    summary: `Finds the items of \`${subject.text}\` through a dict by \`${search.key.name}\` instead of looking through all of them each time`,
    edits,
    assumptions: [...assumptions],
  };
}

/** The index looks at the key of every item at once: where that can fail, it would fail elsewhere and otherwise. */
function failureObstacle({ file, facts }: RegionContext, search: Search, statement: stmt): string | null {
  if (Object.keys(facts.exceptions).length > 0)
    return "the region was seen to raise an exception, which an index might raise elsewhere";
  const parents = parentMap(file);
  for (let at: Node | undefined = search.node; at && at !== statement; at = parents.get(at))
    if (at.kind === "Try" || at.kind === "With")
      return "an exception of the search may be caught within the loop";
  return null;
}

/** `rows_by_id = defaultdict(list)` and the loop that fills it, before the statement. */
function indexLines(
  context: RegionContext,
  subject: Subject,
  search: Search,
  statement: stmt,
  name: string,
): TextEdit[] {
  const { file } = context;
  const scopes = scopesOf(file);
  const scope = scopes.around(statement);
  const isFree =
    scopes.variable(search.target)?.scope !== scope && scopes.lookup(scope, search.target.id) === undefined;
  const isOwn = search.node.kind === "For";
  const item = isFree || isOwn ? search.target.id : freshName(file, search.target.id);
  const indent = /[ \t]*$/.exec(file.text.slice(file.lineStarts[statement.lineno - 1], statement.start))![0];
  const step = indentationStep(file);
  const counter = importEdit(file, { module: "collections", name: "defaultdict", before: statement.start });
  const lines = [
    `${name} = ${counter.local}(list)`,
    `for ${item} in ${subject.text}:`,
    `${step}${name}[${search.key.text(item)}].append(${item})`,
  ].join(file.newline + indent);
  return [...(counter.edit ? [counter.edit] : []), lineBefore(file, statement, lines)];
}

type Use = (index: string) => TextEdit[];

/** The loop runs over the matching items only, and its test goes. */
function loopUse(context: RegionContext, search: Search, loop: For): Use | string {
  const { file } = context;
  const test = loop.body[0] as If;
  if (search.form !== "alone") return partUse(context, search, loop, test);
  if (loop.type_comment !== null || !beginsLine(file, test))
    return "the test of the loop does not stand on a line of its own";
  if (isReadOutside(context, loop)) return `${search.target.id} is read after the loop that searches`;
  if (!isEditable(file, loop.iter)) return "the search stands in an f-string";
  const first = test.body[0]!;
  const firstLine = file.lineStarts[test.lineno - 1]!;
  const bodyLine = file.lineStarts[first.lineno - 1]!;
  if (first.lineno === test.lineno || loop.lineno === test.lineno)
    return "the test of the loop does not stand on a line of its own";
  if (/#/.test(file.text.slice(test.test.end, bodyLine)))
    return "a comment stands beside the test of the loop";
  const outer = file.text.slice(firstLine, test.start);
  const inner = file.text.slice(bodyLine, first.start);
  if (!inner.startsWith(outer)) return "the lines of the loop are indented unevenly";
  const edits: TextEdit[] = [{ start: firstLine, end: bodyLine, text: "" }];
  for (let line = first.lineno; line <= test.endLineno; line++) {
    const start = file.lineStarts[line - 1]!;
    const text = file.text.slice(start, file.lineStarts[line] ?? file.text.length);
    if (text.trim() === "") continue;
    if (!text.startsWith(inner) || isInString(context, start, first))
      return "the lines of the loop are indented unevenly";
    edits.push({ start, end: start + inner.length, text: outer });
  }
  const { start, end } = loop.iter;
  return (index) => [
    { start, end, text: found(context, index, search) },
    ...edits.map((edit) => ({ ...edit })),
  ];
}

/** The loop runs over the matching items only; the rest of its test, or of its body, stays where it is. */
function partUse(context: RegionContext, search: Search, loop: For, test: If): Use | string {
  const { file } = context;
  if (isReadOutside(context, loop)) return `${search.target.id} is read after the loop that searches`;
  if (loop.type_comment !== null || !isEditable(file, loop.iter) || !beginsLine(file, test))
    return "the test of the loop does not stand on a line of its own";
  const removed =
    search.form === "guard" ? guardLines(context, test) : conjunct(context, search, test.start + 2);
  if (removed === null) return "a comment or a bracket stands beside the test of the loop";
  const { start, end } = loop.iter;
  return (index) => [{ start, end, text: found(context, index, search) }, { ...removed }];
}

/** Takes the lines of `if item.key != probe: continue` away, where nothing else stands on them. */
function guardLines({ file }: RegionContext, guard: If): TextEdit | null {
  const start = file.lineStarts[guard.lineno - 1]!;
  const end = file.lineStarts[guard.endLineno] ?? file.text.length;
  return file.text.slice(start, end).includes("#") || file.text.slice(guard.end, end).trim() !== ""
    ? null
    : { start, end, text: "" };
}

/** Takes `item.key == probe and` out of a test whose text begins after `from`. */
function conjunct({ file }: RegionContext, { test }: Search, from: number): TextEdit | null {
  const and = /^\s*and\s+(?=\S)/.exec(file.text.slice(test.end, test.end + 200));
  if (!and || file.text.slice(from, test.start).trim() !== "") return null;
  return { start: test.start, end: test.end + and[0].length, text: "" };
}

const found = ({ file }: RegionContext, index: string, { probe }: Search) =>
  `${index}.get(${sourceText(file, probe)}, ())`;

function isInString({ file }: RegionContext, offset: number, from: Node): boolean {
  let inside = false;
  const parent = parentMap(file).get(from)!;
  walk(parent, (node) => {
    if ((node.kind === "Constant" || node.kind === "JoinedStr") && node.start < offset && offset < node.end)
      inside = true;
  });
  return inside;
}

/** `for r in rows if r.key == k` → `for r in rows_by_key.get(k, ())`. */
function comprehensionUse(context: RegionContext, search: Search): Use | string {
  const { file } = context;
  if (!isEditable(file, search.test)) return "the search stands in an f-string";
  const between = file.text.slice(search.items.end, search.test.start);
  if (search.form === "conjunction") {
    const word = /^\s*if(?=\s+$)/.exec(between);
    const removed = word && conjunct(context, search, search.items.end + word[0].length);
    const { start, end } = search.items;
    return removed
      ? (index) => [{ start, end, text: found(context, index, search) }, { ...removed }]
      : "a comment or a bracket stands beside the test";
  }
  if (!/^\s*if\s*\(?$/.test(between)) return "a comment or a bracket stands beside the test";
  const closes = between.endsWith("(") ? /^\s*\)/.exec(file.text.slice(search.test.end))?.[0].length : 0;
  if (closes === undefined) return "a bracket stands beside the test";
  const { start } = search.items;
  return (index) => [{ start, end: search.test.end + closes, text: found(context, index, search) }];
}
