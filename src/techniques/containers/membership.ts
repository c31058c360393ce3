// Repeated `x in items`, `items.count(x)` on a list: look up in a set or a Counter that is built once.

import type { TextEdit } from "../../schemas/common.ts";
import type { expr, Node, stmt } from "../../source/ast.generated.ts";
import { importEdit } from "../../source/imports.ts";
import { lineAfter, lineBefore, placeBefore, statementOf } from "../../source/layout.ts";
import { freshName } from "../../source/names.ts";
import { type RegionNode, regionNode } from "../../source/regions.ts";
import { scopesOf } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { sourceText } from "../../source/walk.ts";
import type { Repeating } from "../analysis/loops.ts";
import { hasOddFloats, itemsOf, type Shape, type ShapeOf, shapesIn } from "../analysis/shapes.ts";
import { boundValue, handlingOf, isPrivate, type Subject, subjectOf } from "../analysis/subject.ts";
import type { RegionContext } from "../technique.ts";
import { isDefinedBefore } from "./defined.ts";
import type { Draft, Findings } from "./draft.ts";
import { emptyBefore, growthOf, isTouchedLater } from "./growth.ts";
import { hashObstacle } from "./hashing.ts";
import { keyObstacle } from "./key-changes.ts";
import { type KeyOfItem, type Lookup, lookupsIn } from "./lookups.ts";
import { fewestItems, localForm, stays, widest } from "./steady.ts";

/** Changes for all lists that the region asks again and again, and why others are left alone. */
export function findMembership(context: RegionContext): Findings {
  const region = regionNode(context.file, context.region);
  const shapeOf = shapesIn(context, region);
  const findings: Findings = { drafts: [], refusals: [] };
  const taken = new Set<string>();
  const groups = new Map<string, { subject: Subject; lookups: Lookup[] }>();
  for (const lookup of lookupsIn(context, region, shapeOf)) {
    const subject = subjectOf(context, lookup.list);
    if (!subject) continue;
    const key = `${subject.text} ${lookup.asks} ${lookup.key?.text("_") ?? ""}`;
    const group = groups.get(key) ?? { subject, lookups: [] };
    group.lookups.push(lookup);
    groups.set(key, group);
  }
  for (const { subject, lookups } of groups.values()) {
    const outcome = change(context, region, shapeOf, subject, lookups, taken);
    if (typeof outcome !== "string") findings.drafts.push(outcome);
    else findings.refusals.push({ line: lookups[0]!.line, reason: outcome });
  }
  return findings;
}

function change(
  context: RegionContext,
  region: RegionNode,
  shapeOf: ShapeOf,
  subject: Subject,
  lookups: Lookup[],
  taken: Set<string>,
): Draft | string {
  const { file } = context;
  const shape = shapeOf(lookups[0]!.list);
  const { key } = lookups[0]!;
  const item = itemsOf(shape);
  const values = [key ? key.key.shape(item) : item, ...lookups.map(({ probe }) => probe)];
  const unequal = lookups.some(({ byEquality }) => byEquality) && values.some(hasOddFloats);
  const obstacle = unequal
    ? "NaN is not equal to itself, but is found in a set"
    : hashObstacle(file, ...values);
  if (obstacle) return `${subject.text} cannot be turned into a set: ${obstacle}`;
  if (key && Object.keys(context.facts.exceptions).length > 0)
    return "the region was seen to raise an exception, which asking for the keys of all items may raise elsewhere";
  const changes = (loop: Node) => handlingOf(context, subject, loop).changes.length > 0;
  const wider = growingLoop(context, subject, lookups, item, new Set());
  const growing =
    lookups.some(({ loops }) => changes(loops[0]!)) || (typeof wider !== "string" && changes(wider));
  if (!growing && shape.length !== undefined && shape.length < fewestItems)
    return `${subject.text} has at most ${shape.length} items, too few for a set to be faster`;
  const assumptions = new Set<string>();
  if (key) assumptions.add(`Every item of \`${subject.text}\` has \`${key.text(key.item)}\`.`);
  const edits = growing
    ? grow(context, region, subject, lookups, item, assumptions, taken)
    : hoist(context, subject, lookups, item, assumptions, taken);
  if (typeof edits === "string") return edits;
  if (!isPrivate(context, subject) || growing)
    assumptions.add(
      `The items of \`${subject.text}\` and the values looked up in it are of the types seen: ${typeNames(values)}.`,
    );
  return {
    variant: "membership",
    summary: {
      whether: `Looks values up in a set instead of scanning the list \`${subject.text}\` each time`,
      "how often": `Counts the items of the list \`${subject.text}\` once instead of scanning it for every value`,
      where: `Finds positions in a dict instead of scanning the list \`${subject.text}\` each time`,
    }[lookups[0]!.asks],
    edits,
    assumptions: [...assumptions],
  };
}

function typeNames(shapes: readonly Shape[]): string {
  return [...new Set(shapes.flatMap((shape) => [...shape.types]))].sort().join(", ");
}

/** Why the loop may change the list or the keys of its items; null when a set made before it stays true. */
function changesIn(
  context: RegionContext,
  subject: Subject,
  { key }: Lookup,
  item: Shape,
  loop: Node,
  assumptions: Set<string>,
): string | null {
  const change = stays(context, subject, loop, assumptions);
  if (change !== null || key === null) return change;
  return keyObstacle(context, { ...key, targets: [key.target] }, item, loop);
}

/** The list stays as it is during a loop: one set before that loop, for all lookups in it. */
function hoist(
  context: RegionContext,
  subject: Subject,
  lookups: readonly Lookup[],
  item: Shape,
  assumptions: Set<string>,
  taken: Set<string>,
): TextEdit[] | string {
  const groups = new Map<Repeating, Lookup[]>();
  for (const lookup of lookups) {
    const loop = widest([lookup], (at) => changesIn(context, subject, lookup, item, at, assumptions));
    if (typeof loop === "string") return loop;
    groups.set(loop, [...(groups.get(loop) ?? []), lookup]);
  }
  const { asks } = lookups[0]!;
  if (asks === "where") {
    const failure = absenceObstacle(context, lookups);
    if (failure !== null) return failure;
    assumptions.add(
      `Every value whose position is asked for is in \`${subject.text}\`; for another the error would be a KeyError.`,
    );
  }
  const name = freshName(context.file, nameOf(subject, lookups[0]!), taken);
  taken.add(name);
  const edits: TextEdit[] = [];
  const statements = new Set<stmt>();
  for (const [loop, group] of groups) {
    const statement = placeBefore(context.file, loop);
    if (!statement) return "there is no place for a line before the loop";
    if (stays(context, subject, statement, assumptions) !== null)
      return `${subject.text} changes in the statement of the loop`;
    if (!isDefinedBefore(context, subject, statement))
      return `${subject.text} may not have a value before the loop`;
    for (const lookup of group) edits.push(lookup.ask(name));
    if (statements.has(statement)) continue;
    statements.add(statement);
    if (asks === "whether")
      edits.push(lineBefore(context.file, statement, `${name} = ${setOf(subject, lookups[0]!)}`));
    else if (asks === "where") {
      // From the end, so that of equal items the first has the last word.
      const pairs = `{item: i for i, item in reversed(list(enumerate(${subject.text})))}`;
      edits.push(lineBefore(context.file, statement, `${name} = ${pairs}`));
    } else {
      const counter = importEdit(context.file, {
        module: "collections",
        name: "Counter",
        before: statement.start,
      });
      if (counter.edit && !edits.some(({ text }) => text === counter.edit!.text)) edits.push(counter.edit);
      edits.push(lineBefore(context.file, statement, `${name} = ${counter.local}(${subject.text})`));
    }
  }
  return edits;
}

/** `words_set`, `words_counts`, `words_positions`; of keys `users_emails`. */
function nameOf({ name }: Subject, { asks, key }: Lookup): string {
  const base = localForm(name);
  if (key) return key.key.name.includes("_and_") ? `${base}_keys` : `${base}_${key.key.name}s`;
  return `${base}_${{ whether: "set", "how often": "counts", where: "positions" }[asks]}`;
}

const setOf = ({ text }: Subject, { key }: Lookup) =>
  key ? `{${key.text(key.item)} for ${key.item} in ${text}}` : `set(${text})`;

/** Why a value that is not in the list may be asked for: a list raises ValueError then, and a dict KeyError. */
function absenceObstacle({ file, facts }: RegionContext, lookups: readonly Lookup[]): string | null {
  if (Object.keys(facts.exceptions).length > 0)
    return "the region was seen to raise an exception, which would be another for a value that is not in the list";
  const parents = parentMap(file);
  for (const { list } of lookups)
    for (let at = parents.get(list); at && at.kind !== "FunctionDef"; at = parents.get(at))
      if (at.kind === "Try") return "the error for a value that is not in the list may be caught";
  return null;
}

/** The widest loop around all lookups in which the list only grows; else why there is none. */
function growingLoop(
  context: RegionContext,
  subject: Subject,
  lookups: readonly Lookup[],
  item: Shape,
  assumptions: Set<string>,
): Repeating | string {
  const [{ key }] = lookups as [Lookup];
  if (lookups.some(({ asks }) => asks !== "whether"))
    return `${subject.text} changes while its items are counted or their positions asked for`;
  const loop = widest(
    lookups,
    (at) =>
      growsOnly(context, subject, at, key, assumptions) ??
      (key && keyObstacle(context, { ...key, targets: [key.target] }, item, at)),
  );
  if (typeof loop === "string") return loop;
  const statement = placeBefore(context.file, loop);
  if (!statement || statement !== statementOf(context.file, loop))
    return "there is no place for a line before the loop";
  return isDefinedBefore(context, subject, statement)
    ? loop
    : `${subject.text} may not have a value before the loop`;
}

/** The list grows during the loop: a set that grows with it, or a set in its place when nothing else is asked of it. */
function grow(
  context: RegionContext,
  region: RegionNode,
  subject: Subject,
  lookups: readonly Lookup[],
  item: Shape,
  assumptions: Set<string>,
  taken: Set<string>,
): TextEdit[] | string {
  const { file } = context;
  const [{ key }] = lookups as [Lookup];
  const loop = growingLoop(context, subject, lookups, item, assumptions);
  if (typeof loop === "string") return loop;
  const statement = statementOf(file, loop);
  const replaced = key ? null : replaceBySet(context, region, subject);
  if (replaced) return replaced;
  const name = freshName(file, nameOf(subject, lookups[0]!), taken);
  taken.add(name);
  const edits = lookups.map((lookup) => lookup.ask(name));
  for (const { use } of handlingOf(context, subject, loop).changes) {
    if (use.kind !== "method") return `${subject.text} is changed in the loop in other ways than by append`;
    const added = sourceText(file, use.node.args[0]!);
    const argument = key ? key.text(added) : added;
    const line = use.method === "append" ? `${name}.add(${argument})` : `${name}.update(${argument})`;
    edits.push(lineAfter(file, statementOf(file, use.node), line));
  }
  edits.push(companion(context, subject, statement, name, setOf(subject, lookups[0]!), region));
  return edits;
}

/** Why the subject does more in `loop` than grow by values that can be given twice; null when it only grows. */
function growsOnly(
  context: RegionContext,
  subject: Subject,
  loop: Node,
  key: KeyOfItem | null,
  assumptions: Set<string>,
): string | null {
  const growth = growthOf(context, subject, loop, assumptions);
  if (typeof growth === "string") return growth;
  for (const one of growth) {
    if (key && (one.method !== "append" || one.added.kind !== "Name"))
      return `what is added to ${subject.text} has no name by which to ask for its key`;
    if (key && isTouchedLater(context, one))
      return `what is added to ${subject.text} may be given another key afterwards`;
    if (!givesSameTwice(one.added))
      return `what is added to ${subject.text} may differ when it is computed twice`;
  }
  return null;
}

/** Expressions without effect that are cheap and give an equal value when evaluated again at once. */
function givesSameTwice(value: expr): boolean {
  if (value.kind === "Name" || value.kind === "Constant") return true;
  if (value.kind === "Tuple" || value.kind === "List") return value.elts.every(givesSameTwice);
  if (value.kind === "Attribute") return givesSameTwice(value.value);
  if (value.kind === "Subscript") return givesSameTwice(value.value) && givesSameTwice(value.slice);
  if (value.kind === "BinOp") return givesSameTwice(value.left) && givesSameTwice(value.right);
  return false;
}

/** The line that makes the companion set: empty right after `items = []`, else made from the list before the loop. */
function companion(
  context: RegionContext,
  subject: Subject,
  loop: stmt,
  name: string,
  whole: string,
  region: RegionNode,
): TextEdit {
  const empty = emptyBefore(context, subject, loop, region);
  return empty
    ? lineAfter(context.file, empty, `${name} = set()`)
    : lineBefore(context.file, loop, `${name} = ${whole}`);
}

/** When the list is only ever asked for membership and added to, and all of that is in the region: a set instead of it. */
function replaceBySet(context: RegionContext, region: RegionNode, subject: Subject): TextEdit[] | null {
  const { file } = context;
  const { variable } = subject;
  if (
    region.kind !== "FunctionDef" ||
    !isPrivate(context, subject) ||
    variable.scope !== scopesOf(file).opened(region)
  )
    return null;
  const edits: TextEdit[] = [];
  const binds = variable.occurrences.filter(({ action }) => action === "bind").map(({ node }) => node);
  for (const node of binds) {
    const value = boundValue(context, node);
    if (value?.kind !== "List") return null;
    const items = value.elts.map((item) => sourceText(file, item)).join(", ");
    edits.push({ start: value.start, end: value.end, text: items === "" ? "set()" : `{${items}}` });
  }
  const handling = handlingOf(context, subject, region, new Set(binds));
  if (handling.escape || handling.reads.some(({ use }) => use.kind !== "container" && use.kind !== "truth"))
    return null;
  for (const { use } of handling.changes) {
    if (
      use.kind !== "method" ||
      parentMap(file).get(use.node)?.kind !== "Expr" ||
      use.node.func.kind !== "Attribute"
    )
      return null;
    const method = { append: "add", extend: "update" }[use.method];
    if (!method) return null;
    const { end } = use.node.func;
    edits.push({ start: end - use.method.length, end, text: method });
  }
  return edits;
}
