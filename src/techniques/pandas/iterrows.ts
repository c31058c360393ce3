// `for label, row in frame.iterrows()`: whole columns where the body only computes them; else the columns' values in turns,
// without a Series made of every row.

import type { TextEdit } from "../../schemas/common.ts";
import type { expr, For, Node, stmt } from "../../source/ast.generated.ts";
import { livenessOf } from "../../source/dataflow.ts";
import { freshName } from "../../source/names.ts";
import { enclosingBody, scopesOf, type Variable } from "../../source/scopes.ts";
import { isEditable, walk } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";
import { overColumns } from "./columns.ts";
import type { Draft, Left } from "./draft.ts";
import { columnRead, type Frame, frameOf } from "./frames.ts";
import { rowUse } from "./rows.ts";
import { RowSetting, readsOf } from "./setting.ts";
import { NoColumnForm, type Value } from "./values.ts";

/** A loop over the rows of a frame. */
interface RowLoop {
  loop: For;
  frame: Frame;
  /** The variable of the row's label, and the row's. */
  label: Variable;
  row: Variable;
}

/** Drafts for every loop over rows in `region`, or why one is left as it is. */
export function findRowLoops(context: RegionContext, region: Node): (Draft | Left)[] {
  const found: (Draft | Left)[] = [];
  walk(region, (node) => {
    if (node.kind !== "For") return;
    const rows = rowLoopOf(context, node);
    if (rows === null) return;
    if (typeof rows === "string") found.push({ line: node.lineno, reason: rows });
    else found.push(...changesOf(context, rows));
  });
  return found;
}

function rowLoopOf(context: RegionContext, loop: For): RowLoop | string | null {
  const { iter, target } = loop;
  if (iter.kind !== "Call" || iter.func.kind !== "Attribute" || iter.func.attr !== "iterrows") return null;
  const frame = frameOf(context, iter.func.value);
  if (!frame) return null;
  const [label, row] = target.kind === "Tuple" ? target.elts : [];
  if (label?.kind !== "Name" || row?.kind !== "Name" || loop.orelse.length > 0)
    return "the loop does not take label and row apart";
  const scopes = scopesOf(context.file);
  return { loop, frame, label: scopes.variable(label)!, row: scopes.variable(row)! };
}

function changesOf(context: RegionContext, rows: RowLoop): (Draft | Left)[] {
  const use = rowUse(context, rows.frame, rows.row, rows.loop.body);
  if (use.other) return [{ line: rows.loop.lineno, reason: `\`${nameOf(rows.row)}\` is used as a whole` }];
  if ([...use.reads.values()].flat().some((place) => "start" in place && !isEditable(context.file, place)))
    return [
      {
        line: rows.loop.lineno,
        reason: "before Python 3.12 the parts of an f-string have no place of their own",
      },
    ];
  const written = columnsWritten(context, rows);
  if (written === null)
    return [{ line: rows.loop.lineno, reason: `\`${rows.frame.name}\` is used as a whole in the loop` }];
  if ([...use.reads.keys()].some((name) => written.has(name)))
    return [{ line: rows.loop.lineno, reason: "a column is read and written in the loop" }];
  const drafts: (Draft | Left)[] = [];
  try {
    drafts.push(inColumns(context, rows));
  } catch (error) {
    if (!(error instanceof NoColumnForm)) throw error;
    if (written.size > 0) drafts.push({ line: rows.loop.lineno, reason: error.message });
  }
  if (written.size === 0 && use.reads.size > 0) drafts.push(valuesInTurns(context, rows, use.reads));
  return drafts;
}

const nameOf = (variable: Variable) => variable.name;

/** Columns that the loop writes to by `frame.at[label, "name"] = …`; null when it uses the frame in another way. */
function columnsWritten(context: RegionContext, rows: RowLoop): Set<string> | null {
  const scopes = scopesOf(context.file);
  const written = new Set<string>();
  const known = new Set<Node>();
  for (const statement of rows.loop.body) {
    const cell = cellWritten(context, rows, statement);
    if (cell === null) continue;
    written.add(cell.column);
    known.add(cell.frame);
  }
  let other = false;
  for (const statement of rows.loop.body)
    walk(statement, (node) => {
      if (node.kind === "Name" && scopes.variable(node) === rows.frame.variable && !known.has(node))
        other = true;
    });
  return other ? null : written;
}

/** `frame.at[label, "name"] = value` as one statement of the loop's own body. */
function cellWritten(
  context: RegionContext,
  { frame, label }: RowLoop,
  statement: stmt,
): { column: string; frame: Node; value: expr } | null {
  const scopes = scopesOf(context.file);
  const target = statement.kind === "Assign" && statement.targets.length === 1 ? statement.targets[0]! : null;
  if (target?.kind !== "Subscript" || statement.kind !== "Assign" || target.value.kind !== "Attribute")
    return null;
  if (target.value.attr !== "at" && target.value.attr !== "loc") return null;
  const holder = target.value.value;
  if (holder.kind !== "Name" || scopes.variable(holder) !== frame.variable) return null;
  const [own, name] = target.slice.kind === "Tuple" ? target.slice.elts : [];
  if (own?.kind !== "Name" || scopes.variable(own) !== label) return null;
  if (name?.kind !== "Constant" || name.value.type !== "str") return null;
  return { column: name.value.value, frame: holder, value: statement.value };
}

/** The whole body as statements over columns; the loop itself goes. */
function inColumns(context: RegionContext, rows: RowLoop): Draft {
  const { file } = context;
  const { loop, frame, row } = rows;
  const setting = new RowSetting(context, loop.start, readsOf(context, frame, row, frame.name));
  const lines: string[] = [];
  let wrote = false;
  for (const statement of loop.body) {
    const cell = cellWritten(context, rows, statement);
    if (cell) {
      const value = overColumns(setting, cell.value);
      lines.push(
        `${frame.name}[${JSON.stringify(cell.column)}] = ${written(context, rows, cell.column, value)}`,
      );
      wrote = true;
      continue;
    }
    const target =
      statement.kind === "Assign" && statement.targets.length === 1 ? statement.targets[0]! : null;
    const variable = target?.kind === "Name" ? scopesOf(file).variable(target) : undefined;
    if (!variable || statement.kind !== "Assign" || target?.kind !== "Name")
      throw new NoColumnForm("the loop does more than compute columns");
    const value = overColumns(setting, statement.value);
    lines.push(`${target.id} = ${value.text}`);
    setting.locals.set(variable, { ...value, text: target.id });
  }
  if (!wrote) throw new NoColumnForm("the loop writes no column");
  const scope = enclosingBody(scopesOf(file).around(loop));
  const after = livenessOf(file, scope).after(loop);
  for (const variable of [rows.label, row, ...setting.locals.keys()])
    if (after.has(variable)) throw new NoColumnForm(`\`${variable.name}\` is used after the loop`);
  const indent = file.text.slice(file.lineStarts[loop.lineno - 1], loop.start);
  lines.unshift(`assert ${frame.name}.index.is_unique`);
  const edits: TextEdit[] = [{ start: loop.start, end: loop.end, text: lines.join(file.newline + indent) }];
  edits.push(...setting.imports);
  return {
    variant: "columns",
    line: loop.lineno,
    summary: `Computes whole columns of \`${frame.name}\` instead of writing cell by cell`,
    edits,
    packages: setting.packages,
    assumptions: [`Every row of \`${frame.name}\` has a label of its own; the new code checks it.`],
    tolerance: setting.tolerance,
  };
}

/** The value as it is written into a column that holds values of another kind already, or none yet. */
function written(context: RegionContext, rows: RowLoop, name: string, value: Value): string {
  if (!value.perRow) throw new NoColumnForm("a column is filled with one value");
  const before = rows.frame.columns.get(name)?.kind ?? filledBefore(context, rows, name);
  const kind = before === "float" && value.kind === "int" ? "float" : value.kind;
  if (before === null && value.kind !== "float")
    throw new NoColumnForm(`column "${name}" is made by its first cell`);
  if (before !== null && before !== kind)
    throw new NoColumnForm(`column "${name}" held values of another kind`);
  return value.emitted === kind ? value.text : `(${value.text}).astype(${kind})`;
}

/** The kind of the constant with which a column was filled before the loop: `frame["late"] = False`. */
function filledBefore(context: RegionContext, { frame, loop }: RowLoop, name: string): Value["kind"] | null {
  let kind: Value["kind"] | null = null;
  walk(context.file.tree, (node) => {
    if (node.kind !== "Assign" || node.start > loop.start || node.targets.length !== 1) return;
    if (columnRead(context, node.targets[0]!, frame.variable) !== name || node.value.kind !== "Constant")
      return;
    const { type } = node.value.value;
    if (type === "int" || type === "float" || type === "bool") kind = type;
  });
  return kind;
}

/** The loop over the values of the columns it reads, each as a row's own value would be. */
function valuesInTurns(context: RegionContext, rows: RowLoop, reads: ReadonlyMap<string, Node[]>): Draft {
  const { file } = context;
  const { loop, frame, label } = rows;
  const labelUsed = isUsed(context, label, loop);
  const taken = new Set<string>();
  const edits: TextEdit[] = [];
  const names: string[] = [];
  const columns: string[] = [];
  for (const [name, places] of reads) {
    const base = /^[A-Za-z_]\w*$/.test(name) ? name : "value";
    const local = freshName(file, base, taken);
    taken.add(local);
    names.push(local);
    const values = { objects: "tolist()", int: "to_numpy()", float: "to_numpy(float)" }[frame.rowKind];
    columns.push(`${frame.name}[${JSON.stringify(name)}].${values}`);
    for (const place of places)
      if ("start" in place) edits.push({ start: place.start, end: place.end, text: local });
  }
  if (labelUsed) {
    names.unshift(label.name);
    columns.unshift(`${frame.name}.index`);
  }
  const [only] = names;
  edits.push({
    start: loop.target.start,
    end: loop.target.end,
    text: names.length === 1 ? only! : names.join(", "),
  });
  const values = columns.length === 1 ? columns[0]! : `zip(${columns.join(", ")})`;
  edits.push({ start: loop.iter.start, end: loop.iter.end, text: values });
  return {
    variant: "rows",
    line: loop.lineno,
    summary: `Takes the values of \`${frame.name}\` from its columns instead of making a Series of every row`,
    edits,
    packages: [],
    assumptions: [],
    tolerance: null,
  };
}

function isUsed(context: RegionContext, variable: Variable, loop: For): boolean {
  const scopes = scopesOf(context.file);
  let used = false;
  for (const statement of loop.body)
    walk(statement, (node) => {
      if (node.kind === "Name" && scopes.variable(node) === variable) used = true;
    });
  const scope = enclosingBody(scopes.around(loop));
  return used || livenessOf(context.file, scope).after(loop).has(variable);
}
