// What runs many times: loops and comprehensions around a place in the code.

import type { Node } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { parentMap } from "../../source/uses.ts";

export type Repeating = Extract<
  Node,
  { kind: "For" | "While" | "ListComp" | "SetComp" | "DictComp" | "GeneratorExp" }
>;

/** Loops and comprehensions that evaluate `place` once per turn, innermost first, up to and including `region`. */
export function loopsAround(file: SourceFile, place: Node, region: Node): Repeating[] {
  const parents = parentMap(file);
  const found: Repeating[] = [];
  let below = place;
  for (let at = place === region ? undefined : parents.get(place); at; below = at, at = parents.get(at)) {
    // A function defined in the loop may run at any time, or never.
    if (
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

function isComprehension(node: Node): node is Exclude<Repeating, { kind: "For" | "While" }> {
  return ["ListComp", "SetComp", "DictComp", "GeneratorExp"].includes(node.kind);
}

/** The first iterable of a comprehension is evaluated once, before it begins. */
function isFirstIterable(
  node: Exclude<Repeating, { kind: "For" | "While" }>,
  below: Node,
  place: Node,
  parents: Map<Node, Node>,
): boolean {
  if (below !== node.generators[0]) return false;
  let at = place;
  while (parents.get(at) !== below) at = parents.get(at)!;
  return at === node.generators[0]!.iter;
}
