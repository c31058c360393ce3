// Walk the syntax tree. Iterative throughout: valid Python nests deeper than a JavaScript stack.

import { childFields, type expr, type Node, type stmt } from "./ast.generated.ts";
import type { SourceFile } from "./file.ts";
import type { Located } from "./node.ts";

/** The child nodes, field by field as CPython declares them. */
export function children(node: Node): Node[] {
  const found: Node[] = [];
  const fields = node as unknown as Record<string, Node | (Node | null)[] | null | undefined>;
  for (const field of childFields[node.kind]) {
    const value = fields[field];
    if (Array.isArray(value)) {
      for (const item of value) if (item !== null) found.push(item);
    } else if (value) found.push(value);
  }
  return found;
}

/** Call `visit` on `node` and everything below, parents first; `false` from `visit` leaves out what is below that node. */
export function walk(node: Node, visit: (node: Node) => unknown): void {
  const waiting = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (visit(next) === false) continue;
    const below = children(next);
    for (let i = below.length - 1; i >= 0; i--) waiting.push(below[i]!);
  }
}

/** The parent of every node below `tree`. */
export function parents(tree: Node): Map<Node, Node> {
  const found = new Map<Node, Node>();
  walk(tree, (node) => {
    for (const child of children(node)) found.set(child, node);
  });
  return found;
}

/** The node's own text. */
export function sourceText(file: SourceFile, node: Located): string {
  return file.text.slice(node.start, node.end);
}

/**
 * Whether the node's place may be used for an edit. Before Python 3.12 CPython does not say where the parts of an f-string
 * are; they are given the place of the whole literal.
 */
export function isEditable(file: SourceFile, node: Located): boolean {
  return !file.fStringParts.has(node);
}

/** What an assignment, plain or augmented, gives a value to; null where that is not one target. */
export function soleTarget(statement: stmt): expr | null {
  if (statement.kind === "AugAssign") return statement.target;
  return statement.kind === "Assign" && statement.targets.length === 1 ? statement.targets[0]! : null;
}
