// Build the syntax tree from the agent's rows (agent/speedwell_agent/parse.py says how they are written).

import type { JoinedStr, Module, Node } from "./ast.generated.ts";
import type { ConstantValue, Located } from "./node.ts";
import { walk } from "./walk.ts";

export interface KindOfRow {
  name: string;
  located: boolean;
  fields: [name: string, how: "scalar" | "constant" | "child" | "optional" | "list"][];
}
export type Row = unknown[] | null;

/** The tree of `rows`, which stand in pre-order; read backwards, every node finds its children built and in order. */
export function buildTree(
  rows: readonly Row[],
  kinds: readonly KindOfRow[],
  offset: (line: number, column: number) => number,
): Module {
  const built: (Record<string, unknown> | null)[] = [];
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i];
    if (!row) {
      built.push(null);
      continue;
    }
    const kind = kinds[row[0] as number]!;
    const node: Record<string, unknown> = { kind: kind.name };
    let at = 1;
    if (kind.located) {
      const [lineno, column, endLineno, endColumn] = row.slice(1, 5) as [number, number, number, number];
      node.start = offset(lineno, column);
      node.end = offset(endLineno, endColumn);
      Object.assign(node, { lineno, endLineno, column, endColumn });
      at = 5;
    }
    for (const [name, how] of kind.fields) {
      if (how === "scalar") node[name] = row[at++];
      else if (how === "constant") node[name] = constant(row[at++] as [string, unknown?]);
      else if (how === "child") node[name] = built.pop();
      else if (how === "optional") node[name] = row[at++] ? built.pop() : null;
      else {
        const items: unknown[] = [];
        for (let left = row[at++] as number; left > 0; left--) items.push(built.pop());
        node[name] = items;
      }
    }
    built.push(node);
  }
  return built[0] as unknown as Module;
}

function constant([type, value]: [string, unknown?]): ConstantValue {
  if (type === "str" || type === "bytes" || type === "bool") return { type, value } as ConstantValue;
  if (type === "None" || type === "Ellipsis") return { type };
  return { type, text: value } as ConstantValue;
}

/** Give everything inside f-strings the place of the outermost f-string, and return those nodes. */
export function spreadFStrings(tree: Module): Set<Located> {
  const parts = new Set<Located>();
  walk(tree, (node) => {
    if (node.kind !== "JoinedStr") return true;
    walk(node, (part) => {
      if (part !== node && isLocated(part)) {
        copyPlace(node, part);
        parts.add(part);
      }
    });
    return false;
  });
  return parts;
}

function copyPlace(from: JoinedStr, to: Located): void {
  const { start, end, lineno, endLineno, column, endColumn } = from;
  Object.assign(to, { start, end, lineno, endLineno, column, endColumn });
}

/** Whether the node has a place in the text; `arguments`, `comprehension`, `withitem` and `match_case` have none. */
export function isLocated(node: Node): node is Node & Located {
  return "start" in node;
}
