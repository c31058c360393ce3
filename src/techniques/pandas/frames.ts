// What was seen of the data frames that a region works on: their columns, and what a row of them holds.

import type { ValueFact } from "../../schemas/facts.ts";
import type { expr, Node } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import type { Located } from "../../source/node.ts";
import { regionNode } from "../../source/regions.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { parentMap, useOf } from "../../source/uses.ts";
import { sourceText } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";
import { ownAttributes } from "./own-attributes.ts";

/** What the values of a column are in Python's eyes. */
export type Kind = "int" | "float" | "bool" | "text" | "date" | "span";

export interface Column {
  kind: Kind;
  /** The dtype as NumPy writes it. */
  dtype: string;
  /** Finite extremes; null where there are none. */
  min: number | null;
  max: number | null;
  /** Values are missing: NaN, None, NaT. */
  nan: boolean;
}

export type RowKind = "int" | "float" | "objects";

export interface Frame {
  /** The name that holds it. */
  name: string;
  variable: Variable;
  /** Columns of the kinds that are understood; the others are missing here. */
  columns: ReadonlyMap<string, Column>;
  /** The labels of all columns. */
  names: ReadonlySet<string>;
  /** Whether the rows' labels are their positions: 0, 1, 2 … */
  counted: boolean;
  rows: { min: number; max: number };
  /**
   * What a row's values are made to be when the row is taken out as one Series: one dtype for all where every column is
   * int64 or float64, else Python's own objects. Null where a column that is not known was made since.
   */
  rowKind: RowKind | null;
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
    const column = seen.length === 1 ? columnOf(seen[0]!) : null;
    if (column) columns.set(name, column);
  }
  const numeric = [...dtypes].every((dtype) => dtype === "int64" || dtype === "float64");
  let rowKind: RowKind | null = !numeric ? "objects" : dtypes.has("float64") ? "float" : "int";
  for (const [name, kind] of written) {
    columns.delete(name);
    rowKind = withColumn(rowKind, kind);
  }
  const names = new Set(named.map(([name]) => name));
  const counted = isCounted(fact!.attributes.index ?? [], fact!.sequence.length.max);
  return { name: node.id, variable, columns, names, counted, rows: fact!.sequence.length, rowKind };
}

/** What a row holds when a column is made, or made anew, by one value. */
function withColumn(before: RowKind | null, value: RowKind | null): RowKind | null {
  if (before === "objects" || value === "objects") return "objects";
  if (before === null || value === null) return null;
  return before === "float" || value === "float" ? "float" : "int";
}

function columnOf({ array, attributes }: ValueFact): Column | null {
  const kind = array && kindOf(array.dtype);
  if (!array || !kind) return null;
  const { dtype, min, max, nan } = array;
  if (dtype !== "object") return { kind, dtype, min, max, nan };
  const items = attributes?.items ?? [];
  const texts = items.filter(({ type }) => type === "builtins.str");
  const others = items.filter((item) => !texts.includes(item));
  if (texts.length !== 1 || !others.every(isMissing)) return null;
  return { kind, dtype, min, max, nan: others.length > 0 };
}

const isMissing = ({ type, float }: ValueFact): boolean =>
  type === "builtins.NoneType" || (type === "builtins.float" && float !== undefined && float.min === null);

/** Whether the index was a plain count of the rows. */
function isCounted(index: readonly ValueFact[], rows: number): boolean {
  const [only] = index;
  if (index.length !== 1 || !only || !/RangeIndex$/.test(only.type)) return false;
  if (only.attributes?.step?.[0]?.integer?.max !== "1") return false;
  return only.array?.min === 0 && only.array.max === rows - 1;
}

function kindOf(dtype: string): Kind | null {
  if (dtype === "int64") return "int";
  if (dtype === "float64") return "float";
  if (dtype === "bool") return "bool";
  if (/^datetime64\[\w+\]$/.test(dtype)) return "date";
  if (/^timedelta64\[\w+\]$/.test(dtype)) return "span";
  return dtype === "str" || dtype === "object" ? "text" : null;
}

/**
 * The column's name where `node` is `holder["name"]` with a constant name, or `holder.name` for a column of `frame` that
 * no attribute of pandas' own hides.
 */
export function columnRead(
  context: RegionContext,
  node: Node,
  holder: Variable,
  frame?: Frame,
): string | null {
  if (node.kind !== "Subscript" && node.kind !== "Attribute") return null;
  if (node.value.kind !== "Name" || scopesOf(context.file).variable(node.value) !== holder) return null;
  if (node.kind === "Attribute")
    return frame?.names.has(node.attr) && !ownAttributes.has(node.attr) ? node.attr : null;
  const { slice } = node;
  return slice.kind === "Constant" && slice.value.type === "str" ? slice.value.value : null;
}

/** The columns' names where `node` is `holder["name"]` or `holder[["one", "other"]]` with constant names. */
export function columnsRead(
  context: RegionContext,
  node: Extract<Node, { kind: "Subscript" }>,
  holder: Variable,
): string[] | null {
  const slices = node.slice.kind === "List" ? node.slice.elts : [node.slice];
  const names = slices.map((slice) => columnRead(context, { ...node, slice }, holder));
  return names.every((name) => name !== null) ? names : null;
}

/**
 * Columns that the region writes to before `place` is reached, by `frame["name"] = …`; null when the name may hold another
 * frame by then. A copy of itself is the same frame, and cells written do not make other columns.
 */
function writtenBefore(
  context: RegionContext,
  frame: Variable,
  place: Located,
): Map<string, RowKind | null> | null {
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
  const written = new Map<string, RowKind | null>();
  for (const { node, action } of frame.occurrences) {
    if (!("start" in node) || node.start < region.start || node.start >= end || node === (place as Node))
      continue;
    const parent = parents.get(node)!;
    if (action !== "read") {
      if (node.kind !== "arg" && !isCopy(file, parent, frame.name)) return null;
    } else if (mayChangeRows(context, node)) {
      return null;
    } else if (parent.kind === "Subscript" && parent.value === node && parent.ctx !== "Load") {
      const names = columnsRead(context, parent, frame);
      if (names === null) return null;
      const made = parents.get(parent);
      const alone = made?.kind === "Assign" && names.length === 1 ? filling(made.value) : null;
      if (made !== statement) for (const name of names) written.set(name, alone);
    }
  }
  return written;
}

/** What one value makes of a row; null for what is computed. */
function filling(value: expr): RowKind | null {
  if (value.kind === "Attribute" && value.attr === "nan") return "float";
  if (value.kind !== "Constant") return null;
  const { type } = value.value;
  return type === "int" || type === "float" ? type : "objects";
}

/** Whether what is done with the frame may change its rows or columns in place. */
function mayChangeRows({ file }: RegionContext, node: Node): boolean {
  const use = useOf(file, node);
  if (use.kind === "method")
    return (
      ["insert", "pop", "update"].includes(use.method) ||
      use.node.keywords.some(({ arg }) => arg === "inplace")
    );
  if (use.kind !== "argument" || use.node.func.kind !== "Name") return false;
  const called = scopesOf(file).variable(use.node.func);
  return called?.occurrences.some(({ action }) => action !== "read") ?? false;
}

const isCopy = (file: SourceFile, node: Node, name: string): boolean =>
  node.kind === "Assign" && node.targets.length === 1 && sourceText(file, node.value) === `${name}.copy()`;
