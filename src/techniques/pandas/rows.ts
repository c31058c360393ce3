// How code uses the row that it is given: which columns it reads by name, and whether it does anything else with it.

import type { Node } from "../../source/ast.generated.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { walk } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";
import { columnRead, type Frame } from "./frames.ts";

export interface RowUse {
  /** Columns in the order in which they first stand there, each with the places `row["name"]` or `row.name`. */
  reads: Map<string, Node[]>;
  /** A use beyond that: the row is written to, handed on, asked for its name or by a computed key. */
  other: Node | null;
}

/** How `within` uses `row`. */
export function rowUse(context: RegionContext, frame: Frame, row: Variable, within: readonly Node[]): RowUse {
  const found: RowUse = { reads: new Map(), other: null };
  const scopes = scopesOf(context.file);
  const parents = parentMap(context.file);
  for (const root of within)
    walk(root, (node) => {
      if (node.kind !== "Name" || scopes.variable(node) !== row) return;
      const parent = parents.get(node)!;
      const loaded = (parent.kind === "Subscript" || parent.kind === "Attribute") && parent.ctx === "Load";
      const name = loaded ? columnRead(context, parent, row, frame) : null;
      if (name === null) found.other ??= node;
      else found.reads.set(name, [...(found.reads.get(name) ?? []), parent]);
    });
  return found;
}
