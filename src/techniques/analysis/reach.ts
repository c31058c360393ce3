// Which code of the same file may run while a piece of code runs.

import type { Call, Node } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { type Scopes, scopesOf, type Variable } from "../../source/scopes.ts";
import { children, sourceText, walk } from "../../source/walk.ts";

export interface Reach {
  /** Bodies of functions and methods of the file that may be called, the starting code itself left out. */
  bodies: Node[];
  /** The text of a call whose target may be any function of the program; null when there is none. */
  unknown: string | null;
}

/**
 * Code reachable from `start`: every function or class of the file that is mentioned by name, and every method whose name is
 * used as an attribute. Functions of other modules are taken not to know this file's objects beyond what they are given.
 */
export function reachableCode(file: SourceFile, start: Node): Reach {
  const scopes = scopesOf(file);
  const methods = methodsOf(file.tree);
  const bodies: Node[] = [];
  const seen = new Set<Node>();
  let unknown: string | null = null;
  const waiting = [start];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next !== start) bodies.push(next);
    walk(next, (node) => {
      if (node.kind === "Attribute") waiting.push(...(methods.get(node.attr) ?? []));
      if (node.kind === "Name" && node.ctx === "Load") waiting.push(...definitionsOf(scopes.variable(node)));
      if (node.kind === "Call" && unknown === null && isAnyFunction(node, scopes))
        unknown = sourceText(file, node.func);
    });
  }
  return { bodies, unknown };
}

function definitionsOf(variable: Variable | undefined): Node[] {
  return (variable?.occurrences ?? [])
    .filter(
      ({ node, action }) => action !== "read" && (node.kind === "FunctionDef" || node.kind === "ClassDef"),
    )
    .map(({ node }) => node);
}

/** A call of something held in a variable or given by an expression: a callback, for all that can be told. */
function isAnyFunction({ func }: Call, scopes: Scopes): boolean {
  if (func.kind === "Attribute") return false;
  if (func.kind !== "Name") return func.kind !== "Lambda";
  const binds = scopes.variable(func)?.occurrences.filter(({ action }) => action !== "read") ?? [];
  return binds.some(({ node }) => !["FunctionDef", "ClassDef", "alias"].includes(node.kind));
}

function methodsOf(tree: Node): Map<string, Node[]> {
  const found = new Map<string, Node[]>();
  walk(tree, (node) => {
    if (node.kind !== "ClassDef") return;
    for (const member of children(node))
      if (member.kind === "FunctionDef") found.set(member.name, [...(found.get(member.name) ?? []), member]);
  });
  return found;
}
