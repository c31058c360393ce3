// What runs many times: loops and comprehensions around a place in the code, and the keys of sorts.

import type { Call, Node } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { scopesOf } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";

/** A call is one that asks for the key of every item: `sorted(items, key=…)`. */
export type Repeating = Extract<
  Node,
  { kind: "For" | "While" | "ListComp" | "SetComp" | "DictComp" | "GeneratorExp" | "Call" }
>;

/** Loops and comprehensions that evaluate `place` once per turn, innermost first, up to and including `region`. */
export function loopsAround(file: SourceFile, place: Node, region: Node): Repeating[] {
  const parents = parentMap(file);
  const found: Repeating[] = [];
  let below = place;
  for (let at = place === region ? undefined : parents.get(place); at; below = at, at = parents.get(at)) {
    const keyed = at.kind === "Lambda" && at !== region ? keyedBy(file, at) : null;
    if (keyed) found.push(keyed);
    // A function defined in the loop may run at any time, or never.
    else if (
      at.kind === "FunctionDef" ||
      at.kind === "AsyncFunctionDef" ||
      at.kind === "Lambda" ||
      at.kind === "ClassDef"
    )
      break;
    if (at.kind === "For" && at.body.some((statement) => statement === below)) found.push(at);
    else if (at.kind === "While" && (at.test === below || at.body.some((statement) => statement === below)))
      found.push(at);
    else if (isComprehension(at) && !isFirstIterable(at, below, place, parents)) found.push(at);
    if (at === region) break;
  }
  return found;
}

/** The call that asks `key` for every item, at once: `sorted(…, key=key)`, `max`, `min`, `items.sort(key=key)`. */
export function keyedBy(file: SourceFile, key: Node): Call | null {
  const parents = parentMap(file);
  const keyword = parents.get(key);
  const call = keyword?.kind === "keyword" && keyword.arg === "key" ? parents.get(keyword) : undefined;
  if (call?.kind !== "Call") return null;
  const { func } = call;
  if (func.kind === "Attribute") return func.attr === "sort" ? call : null;
  if (func.kind !== "Name" || !["sorted", "max", "min"].includes(func.id)) return null;
  const binds = scopesOf(file)
    .variable(func)
    ?.occurrences.some(({ action }) => action !== "read");
  return binds ? null : call;
}

type Comprehension = Exclude<Repeating, { kind: "For" | "While" | "Call" }>;

function isComprehension(node: Node): node is Comprehension {
  return ["ListComp", "SetComp", "DictComp", "GeneratorExp"].includes(node.kind);
}

/** The first iterable of a comprehension is evaluated once, before it begins. */
function isFirstIterable(node: Comprehension, below: Node, place: Node, parents: Map<Node, Node>): boolean {
  if (below !== node.generators[0]) return false;
  let at = place;
  while (parents.get(at) !== below) at = parents.get(at)!;
  return at === node.generators[0]!.iter;
}
