// A loop that looks through a list for the items with a given key, inside another loop: an index built once.

import type { TextEdit } from "../../schemas/common.ts";
import type { expr, Node, stmt } from "../../source/ast.generated.ts";
import { importEdit } from "../../source/imports.ts";
import { blockOf, indentationStep, lineAfter, lineBefore, placeBefore } from "../../source/layout.ts";
import { freshName } from "../../source/names.ts";
import { regionNode } from "../../source/regions.ts";
import { scopesOf } from "../../source/scopes.ts";
import { parentMap, useOf } from "../../source/uses.ts";
import { walk } from "../../source/walk.ts";
import { loopsAround, type Repeating } from "../analysis/loops.ts";
import { hasOddFloats, isOnly, itemsOf, type Shape, type ShapeOf, shapesIn } from "../analysis/shapes.ts";
import { type Subject, subjectOf } from "../analysis/subject.ts";
import type { RegionContext } from "../technique.ts";
import { isDefinedBefore } from "./defined.ts";
import type { Draft, Findings } from "./draft.ts";
import { equalitiesOf } from "./equalities.ts";
import { emptyBefore, type Growth, growthOf, isTouchedLater } from "./growth.ts";
import { hashObstacle } from "./hashing.ts";
import { isFreeAt, keyObstacle, probeObstacle } from "./key-changes.ts";
import { joinKeys, type Rename, tupleText } from "./keys.ts";
import { loopHeader, rowsAt } from "./rows.ts";
import { type Search, searchEdits } from "./search-edits.ts";
import { fewestItems, localForm, stays, widest } from "./steady.ts";

/** Changes for all lists that the region searches again and again, and why others are left alone. */
export function findSearches(context: RegionContext): Findings {
  const region = regionNode(context.file, context.region);
  const shapeOf = shapesIn(context, region);
  const findings: Findings = { drafts: [], refusals: [] };
  const indexes: Index[] = [];
  walk(region, (node) => {
    const search = searchAt(context, node, region, shapeOf);
    if (!search || !isOnly(shapeOf(search.rows.items), "list", "tuple")) return;
    const subject = subjectOf(context, search.rows.items);
    if (!subject) return;
    const outcome = change(context, subject, search, shapeOf, indexes);
    if (typeof outcome === "string") findings.refusals.push({ line: search.test.lineno, reason: outcome });
    else findings.drafts.push(outcome);
  });
  return findings;
}

function searchAt(context: RegionContext, node: Node, region: Node, shapeOf: ShapeOf): Search | null {
  if (node.kind === "For") {
    const [first, ...others] = node.body;
    if (first?.kind !== "If" || first.orelse.length > 0) return null;
    const isGuard = others.length > 0 && first.body.length === 1 && first.body[0]!.kind === "Continue";
    if (others.length > 0 && !isGuard) return null;
    return searchOf(context, node, first.test, loopsAround(context.file, node, region), shapeOf, isGuard);
  }
  if (node.kind !== "comprehension" || node.ifs.length === 0 || node.is_async) return null;
  const whole = parentMap(context.file).get(node)!;
  if (whole.kind === "GeneratorExp" && !isConsumedAtOnce(context, whole)) return null;
  const loops = loopsAround(context.file, node.iter, region).filter((loop) => loop !== whole);
  const isFirst = "generators" in whole && whole.generators[0] === node;
  // A later `for` of a comprehension is itself repeated by the earlier ones.
  return searchOf(context, node, node.ifs[0]!, isFirst ? loops : [whole as Repeating, ...loops], shapeOf);
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
  test: expr,
  loops: Repeating[],
  shapeOf: ShapeOf,
  isGuard = false,
): Search | null {
  const rows = loops.length > 0 ? rowsAt(context, node.target, node.iter) : null;
  if (!rows) return null;
  const of = test.kind === "BoolOp" && test.op === (isGuard ? "Or" : "And") ? test.values : [test];
  const found = of.map((one) => equalitiesOf(context, one, rows.roots, shapeOf, isGuard ? "NotEq" : "Eq"));
  // What stands before is no longer asked of every item: it must be a mere comparison.
  const from = found.findIndex((one) => one !== null);
  if (from < 0 || !of.slice(0, from).every((one) => isMereComparison(one, shapeOf))) return null;
  const end = found.findIndex((one, index) => index > from && one === null);
  const to = end < 0 ? of.length : end;
  const equalities = found.slice(from, to).flatMap((one) => one!);
  const key = joinKeys(equalities.map((one) => one.key));
  const { targets } = rows;
  return { node, rows, targets, test, asked: { from, to, of }, isGuard, key, equalities, loops };
}

function isMereComparison(test: expr, shapeOf: ShapeOf): boolean {
  if (test.kind !== "Compare") return false;
  const operands = [test.left, ...test.comparators];
  const areNumbers = operands.every((one) => isOnly(shapeOf(one), "int", "bool", "float"));
  const areEqual = test.ops.every((op) => ["Eq", "NotEq", "Is", "IsNot"].includes(op));
  const isSimple = (one: expr) => one.kind === "Name" || one.kind === "Constant";
  return (
    operands.every(isSimple) && (areNumbers || (areEqual && operands.every((one) => isPlain(shapeOf(one)))))
  );
}

const isPlain = (shape: ReturnType<ShapeOf>) => isOnly(shape, "int", "bool", "float", "str", "NoneType");

function change(
  context: RegionContext,
  subject: Subject,
  search: Search,
  shapeOf: ShapeOf,
  indexes: Index[],
): Draft | string {
  const { file } = context;
  const { rows, key, equalities } = search;
  const list = shapeOf(rows.items);
  const item = itemsOf(list);
  const values = [key.shape(item), ...equalities.map(({ probeShape }) => probeShape)];
  const unequal = values.some(hasOddFloats) ? "NaN is not equal to itself, but is found in a dict" : null;
  const obstacle = unequal ?? hashObstacle(file, ...values);
  if (obstacle) return `${subject.text} cannot be indexed by ${key.name}: ${obstacle}`;
  if (list.length !== undefined && list.length < fewestItems)
    return `${subject.text} has at most ${list.length} items, too few for an index to be faster`;
  if (equalities.some(({ key: one, isSum }) => isSum && !isOnly(one.shape(item), "int")))
    return `the sums of ${subject.text} are compared, and may be rounded`;
  if (rows.unpacks && !isOnly(item, "tuple"))
    return `the items of ${subject.text} are taken apart, and may change`;
  const assumptions = new Set<string>();
  const still = widest(
    [search],
    (at) => stays(context, subject, at, assumptions) ?? keyObstacle(context, search, item, at),
  );
  const growing = typeof still === "string" ? growingLoop(context, subject, search, item, assumptions) : null;
  if (typeof growing === "string") return growing;
  const loop = growing?.loop ?? (still as Repeating);
  const statement = placeBefore(file, loop);
  if (!statement) return "there is no place for a line before the loop";
  if (!isDefinedBefore(context, subject, statement))
    return `${subject.text} may not have a value before the loop`;
  const failure = failureObstacle(context, search, statement);
  if (failure) return failure;
  for (const { probeNode } of equalities) {
    const probe = probeObstacle(context, probeNode, search.node);
    if (probe) return probe;
  }
  const use = searchEdits(context, search);
  if (typeof use === "string") return use;
  const texts = key.texts((name) => name);
  const identity = `${subject.text} ${texts.join()} ${rows.header(String)} ${rows.all} ${growing !== null}`;
  const isStill = (at: stmt) =>
    stays(context, subject, at, assumptions) === null && keyObstacle(context, search, item, at) === null;
  const known = indexes.find(
    (index) =>
      index.identity === identity &&
      (growing ? index.statement === statement : isStillTrue(context, index, statement, isStill)),
  );
  const taken = new Set(indexes.map((index) => index.name));
  const name = known?.name ?? freshName(file, `${localForm(subject.name)}_by_${key.name}`, taken);
  const edits = use(`${name}.get(${tupleText(equalities.map(({ probe }) => probe))}, ())`);
  if (!known) {
    indexes.push({ identity, name, statement });
    edits.push(...indexLines(context, subject, search, statement, name, growing !== null));
    for (const growth of growing?.growth ?? []) edits.push(addedLine(context, subject, search, growth, name));
  }
  assumptions.add(
    `Every item of \`${subject.text}\` has \`${texts.join("` and `")}\`, hashable and of the types seen.`,
  );
  const later = equalities.slice(1).filter(({ probeNode }) => !["Name", "Constant"].includes(probeNode.kind));
  if (later.length > 0)
    assumptions.add(`\`${later.map(({ probe }) => probe).join("` and `")}\` can be had at every turn.`);
  return {
    variant: "search",
    summary: `Finds the items of \`${subject.text}\` through a dict by \`${key.name.replaceAll("_and_", "` and `")}\` instead of looking through all of them each time`,
    edits,
    assumptions: [...assumptions],
  };
}

/** The widest loop in which the list only grows, by items that keep their keys, and not while it is searched. */
function growingLoop(
  context: RegionContext,
  subject: Subject,
  search: Search,
  item: Shape,
  assumptions: Set<string>,
): { loop: Repeating; growth: Growth[] } | string {
  const { node, rows, key } = search;
  let growth: Growth[] = [];
  const loop = widest([search], (at) => {
    const found = growthOf(context, subject, at, assumptions);
    if (typeof found === "string") return found;
    growth = found;
    const searched = node.kind === "For" ? node.body : [node];
    const isWithin = (inner: stmt, outer: Node) =>
      "start" in outer && outer.start <= inner.start && inner.end <= outer.end;
    for (const one of found) {
      if (one.method !== "append" || rows.unpacks || rows.iter !== rows.items)
        return `${subject.text} grows during the loop in a way that an index cannot follow`;
      if (searched.some((part) => isWithin(one.statement, part)))
        return `${subject.text} grows while it is searched`;
      if (isTouchedLater(context, one))
        return `what is added to ${subject.text} may be given another key afterwards`;
    }
    return keyObstacle(context, search, item, at);
  });
  if (typeof loop === "string") return loop;
  const isOfTurn = key.reads.length === 0 && placeBefore(context.file, loop) === loop;
  return isOfTurn ? { loop, growth } : `${subject.text} changes during the loop`;
}

/** `rows_by_id[row.id].append(row)`, after `rows.append(row)`. */
function addedLine(
  { file }: RegionContext,
  subject: Subject,
  { key }: Search,
  { statement, added }: Growth,
  name: string,
): TextEdit {
  const item = added.kind === "Name" ? added.id : `${subject.text}[-1]`;
  return lineAfter(file, statement, `${name}[${key.texts(() => item).join(", ")}].append(${item})`);
}

/** An index that another search has made already. */
interface Index {
  /** What it holds, and by which key. */
  identity: string;
  name: string;
  /** Before which it is made. */
  statement: stmt;
}

/** Whether an index that was made before an earlier statement of the same block still holds the list before `statement`. */
function isStillTrue(
  { file }: RegionContext,
  index: Index,
  statement: stmt,
  isStill: (at: stmt) => boolean,
): boolean {
  const block = blockOf(file, statement);
  const from = block.indexOf(index.statement);
  return from >= 0 && block.slice(from, block.indexOf(statement) + 1).every(isStill);
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

/** `rows_by_id = defaultdict(list)` and the loop that fills it, before the statement; without that loop where nothing is in the list. */
function indexLines(
  context: RegionContext,
  subject: Subject,
  search: Search,
  statement: stmt,
  name: string,
  isGrowing: boolean,
): TextEdit[] {
  const { file } = context;
  const { rows, key } = search;
  const rename = namesAt(context, search, statement);
  const indent = /[ \t]*$/.exec(file.text.slice(file.lineStarts[statement.lineno - 1], statement.start))![0];
  const step = indentationStep(file);
  const defaultdict = importEdit(file, {
    module: "collections",
    name: "defaultdict",
    before: statement.start,
  });
  const imports = defaultdict.edit ? [defaultdict.edit] : [];
  const made = `${name} = ${defaultdict.local}(list)`;
  const empty = isGrowing ? emptyBefore(context, subject, statement, regionNode(file, context.region)) : null;
  if (empty) return [...imports, lineAfter(file, empty, made)];
  const lines = [
    made,
    `${loopHeader(rows, rename)}:`,
    `${step}${name}[${key.texts(rename).join(", ")}].append(${rows.stored(rename)})`,
  ].join(file.newline + indent);
  return [...imports, lineBefore(file, statement, lines)];
}

/** The loop's own names where lines before the statement may bind them, else new ones. */
function namesAt(context: RegionContext, { rows, node }: Search, statement: stmt): Rename {
  const { file } = context;
  const scopes = scopesOf(file);
  const scope = scopes.around(statement);
  const names = new Map<string, string>();
  for (const target of rows.targets) {
    const known = scopes.lookup(scope, target.id);
    const isFree =
      node.kind === "For" ||
      known === undefined ||
      (known.scope === scope && isFreeAt(context, known, statement));
    names.set(target.id, isFree ? target.id : freshName(file, target.id, new Set(names.values())));
  }
  return (name) => names.get(name) ?? name;
}
