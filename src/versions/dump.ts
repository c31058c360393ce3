// Code as one string that is the same for the same code: without places, comments, layout and docstrings.

import { childFields, type Node, type stmt } from "../source/ast.generated.ts";

const places = new Set([
  "kind",
  "start",
  "end",
  "lineno",
  "endLineno",
  "column",
  "endColumn",
  "type_comment",
]);

/**
 * The code of `nodes`. Functions below them stand as their names alone, since they are compared by themselves; so do classes
 * where `classesApart`.
 */
export function dump(nodes: readonly Node[], options: { classesApart: boolean }): string {
  const pieces: string[] = [];
  const roots = new Set<Node>(nodes);
  const waiting: (Node | null | string)[] = [...nodes].reverse();
  while (waiting.length > 0) {
    const next = waiting.pop()!;
    if (next === null || typeof next === "string") {
      pieces.push(next ?? "~");
      continue;
    }
    if (!roots.has(next) && isApart(next, options.classesApart)) {
      pieces.push(`${next.kind} ${(next as { name: string }).name};`);
      continue;
    }
    pieces.push(next.kind);
    const fields = next as unknown as Record<string, unknown>;
    const below = new Set(childFields[next.kind]);
    for (const [name, value] of Object.entries(fields))
      if (!places.has(name) && !below.has(name)) pieces.push(` ${name}=${JSON.stringify(value)}`);
    const inner: (Node | null | string)[] = [];
    for (const name of below) {
      const value = fields[name] as Node | null | (Node | null)[] | undefined;
      if (value === undefined) continue;
      if (!Array.isArray(value)) inner.push(value);
      else {
        const items = name === "body" ? withoutDocstring(next, value as stmt[]) : value;
        inner.push(`[${items.length}`, ...items);
      }
    }
    inner.push(";");
    waiting.push(...inner.reverse());
  }
  return pieces.join("");
}

const isApart = (node: Node, classesApart: boolean): boolean =>
  node.kind === "FunctionDef" ||
  node.kind === "AsyncFunctionDef" ||
  (classesApart && node.kind === "ClassDef");

/** The docstring of a module, class or function; null where it has none. */
export function docstring(node: Node): string | null {
  const [first] = "body" in node && Array.isArray(node.body) ? (node.body as stmt[]) : [];
  if (first?.kind !== "Expr" || first.value.kind !== "Constant" || first.value.value.type !== "str")
    return null;
  return first.value.value.value;
}

const documented = new Set(["Module", "ClassDef", "FunctionDef", "AsyncFunctionDef"]);

/** Without its docstring; a body that was only that is as good as `pass`. */
function withoutDocstring(owner: Node, body: readonly stmt[]): readonly (stmt | string)[] {
  if (!documented.has(owner.kind)) return body;
  const rest = docstring(owner) === null ? body : body.slice(1);
  // The order of methods means nothing; which there are is seen where they are paired.
  return rest.filter((one) => one.kind !== "Pass" && !(owner.kind === "ClassDef" && isApart(one, false)));
}
