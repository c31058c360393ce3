// A function that looks through a list for the first item with a given key, called in a loop: a dict from key to item.

import type { Call, expr, FunctionDef, Node } from "../../source/ast.generated.ts";
import { soleFunction } from "../../source/effects.ts";
import { lineBefore, placeBefore } from "../../source/layout.ts";
import { freshName } from "../../source/names.ts";
import { regionNode } from "../../source/regions.ts";
import { scopesOf } from "../../source/scopes.ts";
import { withoutUnused } from "../../source/unused.ts";
import { parentMap, useOf } from "../../source/uses.ts";
import { isEditable, sourceText, walk } from "../../source/walk.ts";
import { loopsAround } from "../analysis/loops.ts";
import { hasOddFloats, isOnly, itemsOf, type Shape, type ShapeOf, shapesIn } from "../analysis/shapes.ts";
import { subjectOf } from "../analysis/subject.ts";
import type { RegionContext } from "../technique.ts";
import { isDefinedBefore } from "./defined.ts";
import type { Draft, Findings } from "./draft.ts";
import { type Equality, equalitiesOf } from "./equalities.ts";
import { hashObstacle } from "./hashing.ts";
import { keyObstacle, type Searching } from "./key-changes.ts";
import { joinKeys, type Key, keyOf, rootAt, tupleText } from "./keys.ts";
import { fewestItems, localForm, stays, widest } from "./steady.ts";

/** `def find(rows, id): for row in rows: if row["id"] == id: return row`, and what it gives when there is none. */
interface Finder {
  /** Positions of the list and of the values searched for among the parameters. */
  list: number;
  probes: readonly number[];
  search: Searching;
  /** What is given of the item. */
  value: Key;
  item: string;
  /** Null for None. */
  otherwise: string | null;
}

/** Changes for all calls of such functions that loops of the region make. */
export function findFinders(context: RegionContext): Findings {
  const { file } = context;
  const region = regionNode(file, context.region);
  const shapeOf = shapesIn(context, region);
  const findings: Findings = { drafts: [], refusals: [] };
  const taken = new Set<string>();
  const known = new Set<Node>();
  const gone = new Set<Node>();
  const calls: { call: Call; finder: Finder }[] = [];
  walk(region, (node) => {
    if (node.kind !== "Call" || node.func.kind !== "Name" || loopsAround(file, node, region).length === 0)
      return;
    const variable = scopesOf(file).variable(node.func);
    const definition = variable && soleFunction(variable);
    const finder = definition && definition !== region ? finderOf(context, definition) : null;
    if (!finder || node.keywords.length > 0 || node.args.length !== finder.probes.length + 1) return;
    if (!isEditable(file, node) || !isOnly(shapeOf(node.args[finder.list]!), "list", "tuple")) return;
    known.add(node.args[finder.list]!); // which only reads it
    calls.push({ call: node, finder });
  });
  for (const { call, finder } of calls) {
    const outcome = change(context, region, call, finder, shapeOf, known, taken);
    if (typeof outcome === "string") findings.refusals.push({ line: call.lineno, reason: outcome });
    else {
      findings.drafts.push(outcome);
      gone.add(call.func);
    }
  }
  findings.drafts.at(-1)?.edits.push(...withoutUnused(file, gone));
  return findings;
}

function finderOf(context: RegionContext, { args: parameters, body }: FunctionDef): Finder | null {
  const { file } = context;
  const scopes = scopesOf(file);
  const { args, posonlyargs, kwonlyargs, vararg, kwarg, defaults } = parameters;
  if (posonlyargs.length + kwonlyargs.length + defaults.length > 0 || vararg || kwarg) return null;
  const isDocumented = body[0]?.kind === "Expr" && body[0].value.kind === "Constant";
  const [loop, last, ...others] = isDocumented ? body.slice(1) : body;
  if (loop?.kind !== "For" || others.length > 0 || loop.orelse.length > 0 || loop.body.length !== 1)
    return null;
  const [test] = loop.body;
  if (test?.kind !== "If" || test.orelse.length > 0 || test.body.length !== 1) return null;
  const [found] = test.body;
  if (found?.kind !== "Return" || !found.value || loop.target.kind !== "Name" || loop.iter.kind !== "Name")
    return null;
  if (last && (last.kind !== "Return" || (last.value && last.value.kind !== "Constant"))) return null;
  const otherwise = last?.kind === "Return" && last.value ? sourceText(file, last.value) : "None";
  const root = rootAt(context, loop.target);
  const value = root && keyOf(context, found.value, root);
  if (!root || !value || value.reads.length > 0) return null;
  const position = (node: Node) => args.findIndex((one) => scopes.variable(one) === scopes.variable(node));
  const tests = test.test.kind === "BoolOp" && test.test.op === "And" ? test.test.values : [test.test];
  const equalities: Equality[] = [];
  for (const one of tests) {
    const asked = equalitiesOf(context, one, [root], () => ({ types: new Set(["?"]) }));
    if (!asked || asked.some(({ key, probeNode }) => key.reads.length > 0 || probeNode.kind !== "Name"))
      return null;
    equalities.push(...asked);
  }
  const list = position(loop.iter);
  const probes = equalities.map(({ probeNode }) => position(probeNode));
  if (list < 0 || probes.includes(-1) || new Set([list, ...probes]).size !== args.length) return null;
  const key = joinKeys(equalities.map((one) => one.key));
  const search = { node: loop, targets: [loop.target], key };
  return {
    list,
    probes,
    search,
    value,
    item: loop.target.id,
    otherwise: otherwise === "None" ? null : otherwise,
  };
}

function change(
  context: RegionContext,
  region: Node,
  call: Call,
  finder: Finder,
  shapeOf: ShapeOf,
  known: ReadonlySet<Node>,
  taken: Set<string>,
): Draft | string {
  const { file, facts } = context;
  const list = call.args[finder.list]!;
  const subject = subjectOf(context, list);
  if (!subject) return "the list that is searched has no name";
  const { key } = finder.search;
  const shape = shapeOf(list);
  const item = itemsOf(shape);
  const probes = finder.probes.map((at) => call.args[at]!);
  const shapes = [key.shape(item), ...probes.map(shapeOf)];
  const unequal = shapes.some(hasOddFloats) ? "NaN is not equal to itself, but is found in a dict" : null;
  const obstacle = unequal ?? hashObstacle(file, ...shapes);
  if (obstacle) return `${subject.text} cannot be indexed by ${key.name}: ${obstacle}`;
  if (shape.length !== undefined && shape.length < fewestItems)
    return `${subject.text} has at most ${shape.length} items, too few for a dict to be faster`;
  if (Object.keys(facts.exceptions).length > 0)
    return "the region was seen to raise an exception, which a dict might raise elsewhere";
  const kept = changedByCaller(context, call, finder, item);
  if (kept) return kept;
  const assumptions = new Set<string>();
  const both = { ...finder.search, key: joinKeys([key, finder.value]) };
  const loops = loopsAround(file, call, region);
  const loop = widest(
    [{ loops }],
    (at) => stays(context, subject, at, assumptions, known) ?? keyObstacle(context, both, item, at),
  );
  if (typeof loop === "string") return loop;
  const parents = parentMap(file);
  const statement = placeBefore(file, loop);
  for (let at: Node | undefined = call; at && at !== statement; at = parents.get(at))
    if (at.kind === "Try" || at.kind === "With")
      return "an exception of the search may be caught within the loop";
  if (!statement || !isDefinedBefore(context, subject, statement))
    return `${subject.text} may not have a value before the loop`;
  const name = freshName(file, `${localForm(subject.name)}_by_${key.name}`, taken);
  taken.add(name);
  const of = (one: Key) => tupleText(one.texts(String));
  // From the end, so that of items with the same key the first has the last word.
  const pairs = `{${of(key)}: ${of(finder.value)} for ${finder.item} in reversed(${subject.text})}`;
  const probe = tupleText(probes.map((one) => sourceText(file, one)));
  const otherwise = finder.otherwise === null ? "" : `, ${finder.otherwise}`;
  const parts = finder.value.parts.length > 0 ? finder.value.texts(String) : [];
  const asked = [...new Set([...key.texts(String), ...parts])].join("` and `");
  assumptions.add(`Every item of \`${subject.text}\` has \`${asked}\`.`);
  return {
    variant: "search",
    summary: `Finds the items of \`${subject.text}\` in a dict by \`${key.name.replaceAll("_and_", "` and `")}\` instead of calling \`${sourceText(file, call.func)}\`, which looks through all of them`,
    edits: [
      lineBefore(file, statement, `${name} = ${pairs}`),
      { start: call.start, end: call.end, text: `${name}.get(${probe}${otherwise})` },
    ],
    assumptions: [...assumptions],
  };
}

/** Why the caller may give an item that it found another key; null when it only looks at it. */
function changedByCaller(context: RegionContext, call: Call, { value }: Finder, item: Shape): string | null {
  if (value.parts.length > 0 || isOnly(item, "tuple", "str", "int", "float")) return null;
  const use = useOf(context.file, call);
  const isLooked = (one: ReturnType<typeof useOf>) =>
    one.kind === "truth" ||
    (one.kind === "subscript" && !one.stored) ||
    (one.kind === "attribute" && !one.stored) ||
    (one.kind === "method" && one.method === "get") ||
    (one.kind === "other" && one.node.kind === "Compare");
  if (isLooked(use)) return null;
  const reason = "an item that is found is handed on, and may be given another key";
  if (use.kind !== "aliased" || use.node.kind !== "Assign" || use.node.targets.length !== 1) return reason;
  const [target] = use.node.targets as [expr];
  const variable = target.kind === "Name" ? scopesOf(context.file).variable(target) : undefined;
  const reads = variable?.occurrences.filter(({ action }) => action === "read") ?? [];
  return variable && reads.every(({ node }) => isLooked(useOf(context.file, node))) ? null : reason;
}
