// What stands for arguments that cannot be keys themselves: the values that a method reads of its object, tuples of lists.

import type { TextEdit } from "../../schemas/common.ts";
import type { RegionFacts, ValueFact } from "../../schemas/facts.ts";
import { freshName } from "../../source/names.ts";
import { scopesOf } from "../../source/scopes.ts";
import { parentMap, useOf } from "../../source/uses.ts";
import { isEditable, walk } from "../../source/walk.ts";
import { isOnly, shapeOfFacts } from "../analysis/shapes.ts";
import type { RegionContext } from "../technique.ts";
import type { Subject } from "./subject.ts";
import { isImmutable } from "./values.ts";

/** What a method reads of its object: `self.rate`, handed to the kept function as `rate`. */
interface State {
  names: readonly string[];
  reads: readonly string[];
  facts: Record<string, ValueFact[]>;
  /** In the body. */
  edits: readonly TextEdit[];
}

/** The values that decide the result besides the arguments; a sentence when they cannot be told. */
export function stateOf(context: RegionContext, { node, method }: Subject): State | string {
  const { file, facts } = context;
  const scopes = scopesOf(file);
  const self = method!.self;
  const parents = parentMap(file);
  const merged: Record<string, ValueFact[]> = {};
  const names = new Map<string, string>();
  const edits: TextEdit[] = [];
  let obstacle: string | null = null;
  const used = new Set<string>();
  walk(node, (part) => {
    if (part.kind === "Name") used.add(part.id);
  });
  walk(node, (part) => {
    if (part.kind !== "Name" || scopes.variable(part) !== scopes.variable(self)) return;
    const read = parents.get(part)!;
    if (read.kind !== "Attribute" || read.ctx !== "Load" || useOf(file, read).kind === "method")
      obstacle ??= `it is a method that does more with ${self.arg} than read its values`;
    else if (!isEditable(file, read)) obstacle ??= `it reads ${self.arg} in an f-string`;
    else {
      const seen = (facts.liveIn[self.arg] ?? []).flatMap(({ attributes }) => attributes?.[read.attr] ?? []);
      const call = parents.get(read);
      if (!isImmutable(shapeOfFacts(seen)) || (call?.kind === "Call" && call.func === read))
        obstacle ??= `it is a method, and what it reads of ${self.arg} may change or cannot be a key: ${read.attr}`;
      const plain = read.attr.replace(/^_+/, "");
      const name =
        names.get(read.attr) ?? (used.has(plain) || plain === "" ? freshName(file, plain || "value") : plain);
      names.set(read.attr, name);
      merged[name] = seen;
      edits.push({ start: read.start, end: read.end, text: name });
    }
  });
  const reads = [...names.keys()].map((attribute) => `${self.arg}.${attribute}`);
  return obstacle ?? { names: [...names.values()], reads, facts: merged, edits };
}

/** Parameters that are lists of plain values which the body treats no otherwise than tuples. */
export function listsAsTuples({ file, facts }: RegionContext, { node, parameters }: Subject): string[] {
  const scopes = scopesOf(file);
  return parameters.flatMap(({ arg }) => {
    const shape = shapeOfFacts(facts.liveIn[arg]);
    if (!isOnly(shape, "list") || !shape.elements || !isImmutable(shape.elements)) return [];
    const variable = scopes.lookup(scopes.opened(node)!, arg);
    const reads = (variable?.occurrences ?? []).filter(({ node: place }) => place.kind !== "arg");
    return reads.every(({ node: place, action }) => action === "read" && isAlikeOfTuples(file, place))
      ? [arg]
      : [];
  });
}

/** A use that gives the same of a list and of the tuple of its items. */
function isAlikeOfTuples(file: RegionContext["file"], place: Parameters<typeof useOf>[1]): boolean {
  const use = useOf(file, place);
  if (use.kind === "iterated" || use.kind === "container" || use.kind === "truth") return true;
  if (use.kind === "subscript") return !use.stored && use.index.kind !== "Slice";
  if (use.kind === "method") return use.method === "count" || use.method === "index";
  return use.kind === "argument" && alike.has(use.callee ?? "");
}

const alike: ReadonlySet<string> = new Set(
  "all any enumerate frozenset len list map max min reversed set sorted sum tuple zip".split(" "),
);

/** The facts with tuples in place of those lists. */
export function tupleFacts(liveIn: RegionFacts["liveIn"], lists: readonly string[]): RegionFacts["liveIn"] {
  const asTuple = (fact: ValueFact): ValueFact => ({ ...fact, type: "builtins.tuple" });
  const changed = lists.map((name) => [name, liveIn[name]?.map(asTuple) ?? []] as const);
  return { ...liveIn, ...Object.fromEntries(changed) };
}

/** The repeats as if those lists had been looked at by value. */
export function withoutLists(
  repeats: RegionFacts["repeats"],
  lists: readonly string[],
): RegionFacts["repeats"] {
  return repeats && { ...repeats, byIdentity: repeats.byIdentity.filter((name) => !lists.includes(name)) };
}
