// What was seen of the data frames that a region works on: their columns, and what a row of them holds.

import type { expr, Node } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import type { Located } from "../../source/node.ts";
import { regionNode } from "../../source/regions.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { sourceText } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";

/** What the values of a column are in Python's eyes. */
export type Kind = "int" | "float" | "bool" | "text";

export interface Column {
  kind: Kind;
  /** The dtype as NumPy writes it. */
  dtype: string;
  /** Finite extremes; null where there are none. */
  min: number | null;
  max: number | null;
  nan: boolean;
}

export interface Frame {
  /** The name that holds it. */
  name: string;
  variable: Variable;
  /** Columns of the kinds that are understood; the others are missing here. */
  columns: ReadonlyMap<string, Column>;
  rows: { min: number; max: number };
  /**
   * What a row's values are made to be when the row is taken out as one Series: one dtype for all where every column is
   * int64 or float64, else Python's own objects.
   */
  rowKind: "int" | "float" | "objects";
}

/** More columns than this are not all described by the facts. */
const described = 64;

/**
 * The frame that a name stands for at this place, as the facts have it of the region's entry; null when it is none, or when
 * it may be another by then. Columns written in between are not known.
 */
export function frameOf(context: RegionContext, node: expr): Frame | null {
  if (node.kind !== "Name") return null;
  const variable = scopesOf(context.file).variable(node);
  const facts = context.facts.liveIn[node.id];
  if (!variable || facts?.length !== 1) return null;
  const written = writtenBefore(context, variable, node);
  if (written === null) return null;
  const [fact] = facts;
  if (!/^pandas\.(core\.frame\.)?DataFrame$/.test(fact!.type) || !fact!.sequence || !fact!.attributes)
    return null;
  const named = Object.entries(fact!.attributes).filter(([name]) => name !== "index");
  if (named.length >= described) return null;
  const columns = new Map<string, Column>();
  const dtypes = new Set<string>();
  for (const [name, seen] of named) {
    for (const one of seen) dtypes.add(one.array?.dtype ?? "unknown");
    const array = seen.length === 1 ? seen[0]!.array : undefined;
    const kind = array && kindOf(array.dtype);
    if (array && kind)
      columns.set(name, { kind, dtype: array.dtype, min: array.min, max: array.max, nan: array.nan });
  }
  const numeric = [...dtypes].every((dtype) => dtype === "int64" || dtype === "float64");
  const rowKind = !numeric ? "objects" : dtypes.has("float64") ? "float" : "int";
  // A new column may make other values of the whole row.
  if (rowKind !== "objects" && written.size > 0) return null;
  for (const name of written) columns.delete(name);
  return { name: node.id, variable, columns, rows: fact!.sequence.length, rowKind };
}

function kindOf(dtype: string): Kind | null {
  if (dtype === "int64") return "int";
  if (dtype === "float64") return "float";
  if (dtype === "bool") return "bool";
  return dtype === "str" || dtype === "object" || dtype === "string" ? "text" : null;
}

/** The column's name where `node` is `holder["name"]` with a constant name. */
export function columnRead(context: RegionContext, node: Node, holder: Variable): string | null {
  if (node.kind !== "Subscript" || node.value.kind !== "Name") return null;
  if (scopesOf(context.file).variable(node.value) !== holder) return null;
  const { slice } = node;
  return slice.kind === "Constant" && slice.value.type === "str" ? slice.value.value : null;
}

/**
 * Columns that the region writes to before `place` is reached, by `frame["name"] = …`; null when the name may hold another
 * frame by then. A copy of itself is the same frame, and cells written do not make other columns.
 */
function writtenBefore(context: RegionContext, frame: Variable, place: Located): Set<string> | null {
  const { file } = context;
  const region = regionNode(file, context.region);
  const parents = parentMap(file);
  // Inside a loop, what stands further down comes before the next turn.
  let end = place.start;
  let statement: Node = region;
  for (let at: Node | undefined = place as Node; at && at !== region; at = parents.get(at)) {
    if (at.kind === "For" || at.kind === "While") end = Math.max(end, at.end);
    if (at.kind === "Assign") statement = at;
  }
  const written = new Set<string>();
  for (const { node, action } of frame.occurrences) {
    if (!("start" in node) || node.start < region.start || node.start >= end || node === (place as Node))
      continue;
    const parent = parents.get(node)!;
    if (action !== "read") {
      if (node.kind !== "arg" && !isCopy(file, parent, frame.name)) return null;
    } else if (parent.kind === "Subscript" && parent.value === node && parent.ctx !== "Load") {
      const name = columnRead(context, parent, frame);
      if (name === null) return null;
      if (parents.get(parent) !== statement) written.add(name);
    }
  }
  return written;
}

const isCopy = (file: SourceFile, node: Node, name: string): boolean =>
  node.kind === "Assign" && node.targets.length === 1 && sourceText(file, node.value) === `${name}.copy()`;
