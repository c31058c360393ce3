// Work that gives the same value at every turn of a loop: done once before it.

import type { expr, Node } from "../../source/ast.generated.ts";
import { lineBefore, placeBefore } from "../../source/layout.ts";
import { freshName } from "../../source/names.ts";
import { type RegionNode, regionNode } from "../../source/regions.ts";
import { scopesOf } from "../../source/scopes.ts";
import { dottedName, useOf } from "../../source/uses.ts";
import { isEditable, sourceText, walk } from "../../source/walk.ts";
import { loopsAround, type Repeating } from "../analysis/loops.ts";
import { isOnly, itemsOf, type ShapeOf, shapesIn } from "../analysis/shapes.ts";
import { subjectOf } from "../analysis/subject.ts";
import type { RegionContext } from "../technique.ts";
import { askedInstead } from "./copies.ts";
import { isDefinedBefore } from "./defined.ts";
import type { Draft, Findings } from "./draft.ts";
import { hashObstacle } from "./hashing.ts";
import { costOf, readsOf } from "./invariants.ts";
import { fewestItems, localForm, rebindsRoot, stays, widest } from "./steady.ts";

/** One expression, at all places where it stands, and the loops around the first of them. */
interface Work {
  places: expr[];
  loops: Repeating[];
  line: number;
}

/** Changes for all work that loops of the region repeat. */
export function findRepeatedWork(context: RegionContext): Findings {
  const region = regionNode(context.file, context.region);
  const shapeOf = shapesIn(context, region);
  const findings: Findings = { drafts: [], refusals: [] };
  const taken = new Set<string>();
  for (const work of repeatedWork(context, region, shapeOf)) {
    const outcome = change(context, work, shapeOf, taken);
    if (typeof outcome === "string") findings.refusals.push({ line: work.line, reason: outcome });
    else if (outcome) findings.drafts.push(outcome);
  }
  return findings;
}

function repeatedWork(context: RegionContext, region: RegionNode, shapeOf: ShapeOf): Work[] {
  const { file } = context;
  const found = new Map<string, Work>();
  walk(region, (node) => {
    if (node.kind !== "Call" && node.kind !== "ListComp" && node.kind !== "SetComp") return true;
    const loops = loopsAround(file, node, region);
    if (loops.length === 0 || !isEditable(file, node) || costOf(context, node, shapeOf) !== "items")
      return true;
    if (!isOnlyRead(context, node, shapeOf) || askedInstead(context, node, shapeOf)) return true;
    const key = sourceText(file, node).replace(/\s+/g, " ");
    const known = found.get(key);
    if (known) known.places.push(node);
    else found.set(key, { places: [node], loops, line: node.lineno });
    return false;
  });
  return [...found.values()];
}

/** Whether whoever gets the value can neither change it nor keep it beyond the turn; numbers and text may go anywhere. */
function isOnlyRead(context: RegionContext, node: expr, shapeOf: ShapeOf): boolean {
  if (isOnly(shapeOf(node), "int", "float", "bool", "str")) return true;
  if (node.kind === "Call" && node.func.kind === "Name" && ["min", "max", "sum"].includes(node.func.id))
    return isOnly(shapeOf(node), "tuple");
  const use = useOf(context.file, node);
  if (use.kind === "container" || use.kind === "iterated") return true;
  if (use.kind === "method") return use.method === "count" || use.method === "index";
  if (use.kind === "subscript") return !use.stored && use.index.kind !== "Slice";
  return use.kind === "argument" && ["len", "sum", "min", "max", "any", "all"].includes(use.callee ?? "");
}

function change(
  context: RegionContext,
  { places, loops }: Work,
  shapeOf: ShapeOf,
  taken: Set<string>,
): Draft | string | null {
  const { file } = context;
  const [node] = places as [expr];
  const reads = readsOf(context, node);
  const [first] = reads;
  if (!first) return null;
  const source = shapeOf(first);
  if (source.length !== undefined && source.length < fewestItems) return null;
  const assumptions = new Set<string>();
  const inLoops = places.map((place) => ({ loops: loops.filter((loop) => isWithin(place, loop)) }));
  const loop = widest(inLoops, (at) => changedIn(context, reads, at, shapeOf, assumptions));
  // That its value changes with the loop is why it stands there: nothing to tell the user.
  if (typeof loop === "string") return null;
  const statement = placeBefore(file, loop);
  if (!statement || changedIn(context, reads, statement, shapeOf, assumptions) !== null) return null;
  for (const read of reads) {
    const subject = subjectOf(context, read);
    if (!subject || !isDefinedBefore(context, subject, statement)) return null;
  }
  const emptiness = needsItems(node);
  if (emptiness && !runsOver(loop, emptiness))
    return `${sourceText(file, node)} is computed again at every turn, but raises when there is nothing in ${sourceText(file, emptiness)}, which the loop may never ask`;
  const text = valueText(context, places, shapeOf);
  const isSet = text.startsWith("set(");
  const name = freshName(file, isSet ? `${baseOf(first)}_set` : nameFor(node, first), taken);
  taken.add(name);
  return {
    variant: "hoist",
    summary: `Computes \`${sourceText(file, node)}\` once before the loop instead of at every turn`,
    edits: [
      lineBefore(file, statement, `${name} = ${text}`),
      ...places.map(({ start, end }) => ({ start, end, text: name })),
    ],
    assumptions: [...assumptions],
  };
}

const isWithin = (node: expr, loop: Repeating) => loop.start <= node.start && node.end <= loop.end;

/** Why what the expression reads may be another value at the next turn; null when it stays. */
function changedIn(
  context: RegionContext,
  reads: readonly expr[],
  loop: Node,
  shapeOf: ShapeOf,
  assumptions: Set<string>,
): string | null {
  const scopes = scopesOf(context.file);
  for (const read of reads) {
    const subject = subjectOf(context, read);
    if (!subject) return "it is not kept under a name";
    const isValue = read.kind === "Name" && isOnly(shapeOf(read), "int", "float", "bool", "str", "bytes");
    const isLocal =
      subject.variable.scope === scopes.around(loop) && subject.variable.scope !== scopes.module;
    if (isValue && isLocal) {
      if (rebindsRoot(context, subject, loop)) return `${subject.text} is bound anew during the loop`;
      continue;
    }
    const obstacle = stays(context, subject, loop, assumptions);
    if (obstacle !== null) return obstacle;
  }
  return null;
}

/** What must not be empty for the expression to have a value; null when it has one in any case. */
function needsItems(node: expr): expr | null {
  if (node.kind !== "Call" || node.func.kind !== "Name" || !["min", "max"].includes(node.func.id))
    return null;
  return node.args[0]!;
}

/** Whether the loop runs over the very items, so that it makes no turn when there are none. */
function runsOver(loop: Repeating, items: expr): boolean {
  const iter = loop.kind === "For" ? loop.iter : "generators" in loop ? loop.generators[0]!.iter : null;
  return iter !== null && rootOf(iter) !== null && rootOf(iter) === rootOf(items);
}

/** `d` of `d`, `d.items()`, `enumerate(d)`, `range(len(d))` and the like. */
function rootOf(node: expr): string | null {
  if (node.kind !== "Call") return dottedName(node);
  if (node.func.kind === "Attribute")
    return ["keys", "values", "items"].includes(node.func.attr) ? dottedName(node.func.value) : null;
  const through = ["enumerate", "range", "len", "sorted", "list", "reversed", "tuple"];
  const isThrough = node.func.kind === "Name" && through.includes(node.func.id) && node.args.length === 1;
  return isThrough ? rootOf(node.args[0]!) : null;
}

/** The expression, safe where there are no items; a set where a list was only asked whether it holds something. */
function valueText(context: RegionContext, places: readonly expr[], shapeOf: ShapeOf): string {
  const [node] = places as [expr];
  const text = sourceText(context.file, node);
  if (needsItems(node)) return text.replace(/\)$/, ", default=None)");
  const uses = places.map((place) => useOf(context.file, place));
  const isCopy =
    node.kind === "Call" && node.func.kind === "Name" && ["list", "tuple", "sorted"].includes(node.func.id);
  const probes = uses.flatMap((use) => (use.kind === "container" ? [shapeOf(use.element)] : []));
  if (!isCopy || probes.length < places.length) return text;
  return hashObstacle(context.file, itemsOf(shapeOf(node)), ...probes)
    ? text
    : `set(${sourceText(context.file, node.args[0]!)})`;
}

const baseOf = (read: expr) => localForm(dottedName(read)!.split(".").at(-1)!.replace(/^_+/, "") || "items");

function nameFor(node: expr, read: expr): string {
  const base = baseOf(read);
  if (node.kind !== "Call") return `chosen_${base}`;
  if (node.func.kind === "Attribute") return `${base}_${node.func.attr}`;
  const word = node.func.kind === "Name" ? node.func.id : "value";
  const known: Record<string, string> = { sum: "total", frozenset: "set" };
  return word === "sorted" ? `sorted_${base}` : `${base}_${known[word] ?? word}`;
}
