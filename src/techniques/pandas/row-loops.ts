// How a loop goes over the rows of a frame, and which of its expressions are values of the row that is its turn.

import type { Call, expr, For, Node } from "../../source/ast.generated.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { sourceText, walk } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";
import { columnRead, type Frame, frameOf } from "./frames.ts";
import { ownAttributes } from "./own-attributes.ts";

/** A value of a row, where it stands in the loop. */
export interface Cell {
  node: Extract<expr, { kind: "Name" | "Subscript" | "Attribute" }>;
  column: string;
  /** Rows further down than the row whose turn it is. */
  shift: number;
  /** What finds the row: its label, its place, or a row taken out whole. */
  by: "label" | "place" | "row";
}

/** A loop over the rows of a frame. */
export interface RowLoop {
  loop: For;
  /** The comprehension whose loop it is, where it is no statement of its own. */
  comprehension: expr | null;
  frame: Frame;
  /** Whether the loop is given rows, whole or their values, or counts places, or labels. */
  head: "rows" | "tuples" | "places" | "labels";
  /** The variable of the row's label or place. */
  index: Variable | null;
  /** The variable of the row as a whole, and those of its single values by column. */
  row: Variable | null;
  values: ReadonlyMap<Variable, string>;
  /** The statement of the body that takes the row out: `row = frame.iloc[i]`. */
  taken: Node | null;
  /** Places that the loop leaves out at its start and its end. */
  first: number;
  last: number;
  /** What the values are: Python's own, or NumPy's scalars. */
  scalars: "python" | "numpy";
}

/** The loop over a frame's rows that `loop` is; the reason where it is one of a kind that is not understood. */
export function rowLoopOf(context: RegionContext, loop: For): RowLoop | string | null {
  const rows = iterated(context, loop) ?? zipped(context, loop) ?? counted(context, loop);
  if (rows === null || typeof rows === "string") return rows;
  return loop.orelse.length > 0 ? "the loop has an else" : rows;
}

/** The loop of a comprehension over a frame's rows. */
export function rowComprehensionOf(context: RegionContext, node: expr): RowLoop | string | null {
  if (node.kind !== "ListComp" && node.kind !== "SetComp" && node.kind !== "DictComp") return null;
  const [first, ...others] = node.generators;
  if (first!.is_async) return null;
  const made = node.kind === "DictComp" ? [node.key, node.value] : [node.elt];
  const inner = [...first!.ifs, ...others.flatMap(({ iter, ifs }) => [iter, ...ifs]), ...made];
  // A loop to be looked at as any other: what it computes in each turn is its body.
  const loop = {
    ...node,
    kind: "For",
    target: first!.target,
    iter: first!.iter,
    body: inner,
    orelse: [],
  } as unknown as For;
  const rows = rowLoopOf(context, loop);
  return rows === null || typeof rows === "string" ? rows : { ...rows, comprehension: node };
}

type Method = Call & { func: Extract<expr, { kind: "Attribute" }> };

const isMethod = (node: expr, name: string): node is Method =>
  node.kind === "Call" && node.func.kind === "Attribute" && node.func.attr === name;

const noRows = {
  comprehension: null,
  index: null,
  row: null,
  values: new Map(),
  taken: null,
  first: 0,
  last: 0,
} as const;

/** `for label, row in frame.iterrows()`, `for row in frame.itertuples()`. */
function iterated(context: RegionContext, loop: For): RowLoop | string | null {
  const { iter, target } = loop;
  const scopes = scopesOf(context.file);
  if (isMethod(iter, "iterrows")) {
    const frame = frameOf(context, iter.func.value);
    if (!frame) return null;
    const [label, row] = target.kind === "Tuple" ? target.elts : [];
    if (label?.kind !== "Name" || row?.kind !== "Name") return "the loop does not take label and row apart";
    return {
      ...noRows,
      loop,
      frame,
      head: "rows",
      index: scopes.variable(label)!,
      row: scopes.variable(row)!,
      scalars: frame.rowKind === "objects" ? "python" : "numpy",
    };
  }
  if (!isMethod(iter, "itertuples")) return null;
  const frame = frameOf(context, iter.func.value);
  if (!frame || iter.args.length > 0) return null;
  const withIndex = !iter.keywords.some(
    ({ arg, value }) => arg === "index" && sourceText(context.file, value) === "False",
  );
  const tuples = { ...noRows, loop, frame, head: "tuples", scalars: "python" } as const;
  if (target.kind === "Name") return { ...tuples, row: scopes.variable(target)! };
  if (target.kind !== "Tuple" || !target.elts.every((one) => one.kind === "Name")) return null;
  const variables = target.elts.map((one) => scopes.variable(one)!);
  const names = [...frame.names];
  if (variables.length !== names.length + Number(withIndex)) return null;
  const own = withIndex ? variables.slice(1) : variables;
  return {
    ...tuples,
    index: withIndex ? variables[0]! : null,
    values: new Map(own.map((variable, i) => [variable, names[i]!])),
  };
}

/** `for a, b in zip(frame["a"], frame["b"])`. */
function zipped(context: RegionContext, loop: For): RowLoop | null {
  const { iter, target } = loop;
  if (iter.kind !== "Call" || iter.func.kind !== "Name" || iter.func.id !== "zip" || iter.keywords.length > 0)
    return null;
  if (target.kind !== "Tuple" || target.elts.length !== iter.args.length) return null;
  const scopes = scopesOf(context.file);
  const values = new Map<Variable, string>();
  let whole: Frame | null = null;
  for (const [i, argument] of iter.args.entries()) {
    const frame =
      argument.kind === "Subscript" || argument.kind === "Attribute"
        ? frameOf(context, argument.value)
        : null;
    const name = frame && columnRead(context, argument, frame.variable, frame);
    const one = target.elts[i]!;
    if (!frame || name === null || one.kind !== "Name") return null;
    if (whole && whole.variable !== frame.variable) return null;
    whole = frame;
    values.set(scopes.variable(one)!, name);
  }
  return whole && { ...noRows, loop, frame: whole, head: "tuples", values, scalars: "python" };
}

/** `for i in range(len(frame))`, `for i in frame.index`. */
function counted(context: RegionContext, loop: For): RowLoop | null {
  const { iter, target } = loop;
  if (target.kind !== "Name") return null;
  const index = scopesOf(context.file).variable(target)!;
  const base = { ...noRows, loop, index, scalars: "numpy" } as const;
  if (iter.kind === "Attribute" && iter.attr === "index") {
    const frame = frameOf(context, iter.value);
    return frame && withRow(context, { ...base, frame, head: "labels" });
  }
  if (iter.kind !== "Call" || iter.func.kind !== "Name" || iter.func.id !== "range") return null;
  const [start, stop] = iter.args.length === 1 ? [null, iter.args[0]!] : iter.args;
  if (!stop || iter.args.length > 2 || iter.keywords.length > 0) return null;
  const first = start ? smallInteger(start) : 0;
  const end = rowCount(context, stop);
  if (first === null || first < 0 || end === null) return null;
  return withRow(context, { ...base, frame: end.frame, head: "places", first, last: end.less });
}

/** `len(frame)`, `frame.shape[0]`, `len(frame) - 1`. */
function rowCount(context: RegionContext, node: expr): { frame: Frame; less: number } | null {
  if (node.kind === "BinOp" && node.op === "Sub") {
    const less = smallInteger(node.right);
    const whole = rowCount(context, node.left);
    return whole && less !== null && less >= 0 ? { frame: whole.frame, less: whole.less + less } : null;
  }
  const [argument] = node.kind === "Call" ? node.args : [];
  const held =
    node.kind === "Call" && node.func.kind === "Name" && node.func.id === "len" && argument
      ? argument
      : node.kind === "Subscript" && sourceText(context.file, node).endsWith(".shape[0]")
        ? (node.value as Extract<expr, { kind: "Attribute" }>).value
        : null;
  const frame = held && frameOf(context, held);
  return frame && { frame, less: 0 };
}

function smallInteger(node: expr): number | null {
  return node.kind === "Constant" && node.value.type === "int" ? Number(node.value.text) : null;
}

/** With the row that the body's first statement takes out of the frame. */
function withRow(context: RegionContext, rows: RowLoop): RowLoop {
  const [first] = rows.loop.body;
  if (first?.kind !== "Assign" || first.targets.length !== 1 || first.targets[0]!.kind !== "Name")
    return rows;
  const row = scopesOf(context.file).variable(first.targets[0]!)!;
  const binds = row.occurrences.filter(({ action }) => action !== "read");
  if (binds.length !== 1 || rowTaken(context, rows, first.value) === null) return rows;
  return { ...rows, row, taken: first };
}

/** How `frame.iloc[i]` or `frame.loc[i]` finds the row; null for anything else. */
function rowTaken(context: RegionContext, rows: RowLoop, node: expr): "label" | "place" | null {
  if (node.kind !== "Subscript" || node.value.kind !== "Attribute") return null;
  const { attr, value } = node.value;
  if ((attr !== "iloc" && attr !== "loc") || !isFrame(context, rows, value)) return null;
  return shiftOf(context, rows, node.slice) === 0 ? (attr === "loc" ? "label" : "place") : null;
}

const isFrame = (context: RegionContext, { frame }: RowLoop, node: Node): boolean =>
  node.kind === "Name" && scopesOf(context.file).variable(node) === frame.variable;

/** How many rows further down `i + 1` or `frame.index[i]` is; null where it is no such row. */
function shiftOf(context: RegionContext, rows: RowLoop, node: expr): number | null {
  if (node.kind === "Name")
    return rows.index && scopesOf(context.file).variable(node) === rows.index ? 0 : null;
  if (node.kind !== "BinOp" || (node.op !== "Add" && node.op !== "Sub")) return null;
  const by = smallInteger(node.right);
  const from = shiftOf(context, rows, node.left);
  return by === null || from === null ? null : node.op === "Add" ? from + by : from - by;
}

/** The value of the row that `node` stands for; null for anything else. */
export function cellOf(context: RegionContext, rows: RowLoop, node: Node): Cell | null {
  const scopes = scopesOf(context.file);
  if (node.kind === "Name") {
    const column = rows.values.get(scopes.variable(node)!);
    return column === undefined || node.ctx !== "Load" ? null : { node, column, shift: 0, by: "row" };
  }
  if (node.kind !== "Subscript" && node.kind !== "Attribute") return null;
  if (rows.row) {
    const tuple = rows.head === "tuples" && node.kind === "Attribute" && isOf(context, node, rows.row);
    const column = tuple
      ? rows.frame.names.has(node.attr) && !node.attr.startsWith("_")
        ? node.attr
        : null
      : rows.head === "tuples"
        ? null
        : columnRead(context, node, rows.row, rows.frame);
    if (column !== null) return { node, column, shift: 0, by: "row" };
  }
  if (node.kind !== "Subscript" || !rows.index) return null;
  const found = ofColumn(context, rows, node) ?? ofFrame(context, rows, node);
  return found && { node, ...found };
}

const isOf = (context: RegionContext, node: Extract<expr, { kind: "Attribute" }>, row: Variable): boolean =>
  node.value.kind === "Name" && scopesOf(context.file).variable(node.value) === row;

type Found = Omit<Cell, "node">;

/** `frame["c"][i]`, `frame["c"].iloc[i]`, `frame["c"].values[i]`. */
function ofColumn(
  context: RegionContext,
  rows: RowLoop,
  node: Extract<expr, { kind: "Subscript" }>,
): Found | null {
  const shift = shiftOf(context, rows, node.slice);
  if (shift === null) return null;
  let holder: expr = node.value;
  let by: Cell["by"] = "label";
  if (holder.kind === "Attribute" && ["iloc", "iat", "values"].includes(holder.attr)) {
    by = "place";
    holder = holder.value;
  } else if (holder.kind === "Attribute" && ["loc", "at"].includes(holder.attr)) holder = holder.value;
  else if (isMethod(holder, "to_numpy") && holder.args.length + holder.keywords.length === 0) {
    by = "place";
    holder = holder.func.value;
  }
  const column = columnRead(context, holder, rows.frame.variable, rows.frame);
  return column === null ? null : { column, shift, by };
}

/** `frame.at[i, "c"]`, `frame.loc[i, "c"]`, `frame.iloc[i, 2]`, `frame.iloc[i]["c"]`. */
function ofFrame(
  context: RegionContext,
  rows: RowLoop,
  node: Extract<expr, { kind: "Subscript" }>,
): Found | null {
  const { value, slice } = node;
  if (slice.kind === "Constant" && slice.value.type === "str") {
    const by = rowTaken(context, rows, value);
    return by && { column: slice.value.value, shift: 0, by: "row" };
  }
  if (slice.kind !== "Tuple" || slice.elts.length !== 2) return null;
  if (value.kind !== "Attribute" || !isFrame(context, rows, value.value)) return null;
  const [at, which] = slice.elts as [expr, expr];
  if (value.attr === "at" || value.attr === "loc") {
    if (which.kind !== "Constant" || which.value.type !== "str") return null;
    const column = which.value.value;
    const labelled =
      at.kind === "Subscript" && sourceText(context.file, at.value) === `${rows.frame.name}.index`;
    const shift = shiftOf(context, rows, labelled ? at.slice : at);
    return shift === null ? null : { column, shift, by: labelled ? "place" : "label" };
  }
  if (value.attr !== "iloc" && value.attr !== "iat") return null;
  const shift = shiftOf(context, rows, at);
  const column = columnAt(context, rows.frame, which);
  return shift === null || column === null ? null : { column, shift, by: "place" };
}

/** The column that `frame.columns.get_loc("c")` finds, there or in a name bound once to it. */
function columnAt(context: RegionContext, frame: Frame, node: expr): string | null {
  if (node.kind === "Name") {
    const variable = scopesOf(context.file).variable(node);
    const binds = variable?.occurrences.filter(({ action }) => action !== "read") ?? [];
    const bound = binds.length === 1 ? parentMap(context.file).get(binds[0]!.node) : undefined;
    return bound?.kind === "Assign" && bound.targets.length === 1
      ? columnAt(context, frame, bound.value)
      : null;
  }
  if (!isMethod(node, "get_loc") || node.args.length !== 1) return null;
  const [name] = node.args;
  if (sourceText(context.file, node.func.value) !== `${frame.name}.columns`) return null;
  return name?.kind === "Constant" && name.value.type === "str" ? name.value.value : null;
}

/** Whether the labels must be the places 0, 1, 2 … for the cell to be the loop's own row. */
export const needsCount = ({ head }: RowLoop, { by }: Cell): boolean =>
  (head === "places" && by === "label") || (head !== "places" && by === "place");

/** What the loop's body has of the frame. */
export interface Cells {
  read: Cell[];
  stored: Cell[];
  /** A use of the frame, its row or the index beyond single values; null where there is none. */
  other: Node | null;
  /** Whether the index itself is asked for. */
  indexUsed: boolean;
}

export function cellsOf(context: RegionContext, rows: RowLoop): Cells {
  const found: Cells = { read: [], stored: [], other: null, indexUsed: false };
  const scopes = scopesOf(context.file);
  const whole = new Set([rows.frame.variable, ...(rows.row ? [rows.row] : [])]);
  for (const statement of rows.loop.body)
    if (statement !== rows.taken)
      walk(statement, (node) => {
        const cell = cellOf(context, rows, node);
        if (cell) {
          ("ctx" in node && node.ctx !== "Load" ? found.stored : found.read).push(cell);
          return false;
        }
        if (node.kind !== "Name") return true;
        const variable = scopes.variable(node);
        if (variable && variable === rows.index) found.indexUsed = true;
        if (variable && rows.values.has(variable)) found.other ??= node;
        if (variable && whole.has(variable) && !isHarmless(context, node)) found.other ??= node;
        return true;
      });
  return found;
}

/** `len(frame)`, `frame.index`: what writing cells leaves as it is. */
function isHarmless({ file }: RegionContext, node: Node): boolean {
  const parent = parentMap(file).get(node);
  if (parent?.kind === "Call")
    return parent.func.kind === "Name" && parent.func.id === "len" && parent.args[0] === node;
  return (
    parent?.kind === "Attribute" &&
    ["index", "columns", "shape"].includes(parent.attr) &&
    ownAttributes.has(parent.attr)
  );
}
