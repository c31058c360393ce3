// A part of one row: what a list of rows holds in its place.

import type { TextEdit } from "../../schemas/common.ts";
import type { expr, Node, stmt } from "../../source/ast.generated.ts";
import { importEdit } from "../../source/imports.ts";
import { scopesOf } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { sourceText } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";

type Assign = Extract<stmt, { kind: "Assign" }>;

export interface OneRow {
  text: string;
  edits: TextEdit[];
  frame: string;
  columns: string;
  /** It is a dict with the names of the columns. */
  named: boolean;
}

/** The one row of which a part consists: `pd.DataFrame([row], columns=[…])`, there or in a name of its own. */
export function rowOf(
  context: RegionContext,
  loop: Node & { start: number; end: number },
  part: expr,
  uses: number,
): OneRow | null {
  const { file } = context;
  if (part.kind === "Name") {
    const bound = boundInLoop(context, loop, part, uses);
    if (!bound) return null;
    const own = rowOf(context, loop, bound.value, uses);
    if (!own || bound.value.kind === "Name") return null;
    const edit = { start: bound.value.start, end: bound.value.end, text: own.text };
    return { ...own, text: part.id, edits: [edit] };
  }
  const frame = importEdit(file, { module: "pandas", name: "DataFrame", before: part.start });
  if (part.kind !== "Call" || frame.edit !== null || sourceText(file, part.func) !== frame.local) return null;
  const [rows, ...others] = part.args;
  if (rows?.kind === "Dict" && part.args.length === 1) {
    const row = rowOfColumns(context, rows, part.keywords);
    return row === null ? null : { text: row, edits: [], frame: frame.local, columns: "", named: true };
  }
  if (rows?.kind !== "List" || rows.elts.length !== 1 || others.length > 0) return null;
  const [row] = rows.elts as [expr];
  const held = row.kind === "Name" ? boundInLoop(context, loop, row)?.value : row;
  const named = held?.kind === "Dict" && held.keys.every((key) => key?.kind === "Constant");
  const [columns, ...more] = part.keywords;
  if (more.length > 0 || (columns && columns.arg !== "columns")) return null;
  if (
    columns &&
    (columns.value.kind !== "List" || !columns.value.elts.every(({ kind }) => kind === "Constant"))
  )
    return null;
  if (!named && !(columns && (row.kind === "List" || row.kind === "Tuple"))) return null;
  const option = columns ? `, ${sourceText(file, columns)}` : "";
  return { text: sourceText(file, row), edits: [], frame: frame.local, columns: option, named };
}

/** The one assignment of a name, in the loop, that is read in so many places. */
function boundInLoop(
  { file }: RegionContext,
  loop: Node & { start: number; end: number },
  name: Extract<expr, { kind: "Name" }>,
  uses = 1,
): Assign | null {
  const variable = scopesOf(file).variable(name);
  const binds = variable?.occurrences.filter(({ action }) => action !== "read") ?? [];
  if (binds.length !== 1 || variable!.occurrences.length !== uses + 1) return null;
  const bound = parentMap(file).get(binds[0]!.node);
  const within = bound?.kind === "Assign" && bound.start >= loop.start && bound.end <= loop.end;
  return within && bound.targets.length === 1 ? bound : null;
}

/** `{"a": [x], "b": [y]}`, or of plain values with `index=[0]`, as `{"a": x, "b": y}`; null for other columns. */
function rowOfColumns(
  { file }: RegionContext,
  columns: Extract<expr, { kind: "Dict" }>,
  keywords: readonly { arg: string | null; value: expr }[],
): string | null {
  if (!columns.keys.every((key) => key?.kind === "Constant") || columns.keys.length === 0) return null;
  const [index, ...more] = keywords;
  if (more.length > 0 || (index && !(index.arg === "index" && sourceText(file, index.value) === "[0]")))
    return null;
  const cells: string[] = [];
  for (const [i, value] of columns.values.entries()) {
    const alone = value.kind === "List" && value.elts.length === 1 ? value.elts[0]! : null;
    if (index ? !isScalar(value) : alone === null || alone.kind === "Starred") return null;
    cells.push(`${sourceText(file, columns.keys[i]!)}: ${sourceText(file, index ? value : alone!)}`);
  }
  return `{${cells.join(", ")}}`;
}

/** Whether an expression is no list, whatever it holds: beside an index of one, a list of one would be its cell. */
const isScalar = ({ kind }: expr): boolean =>
  kind === "Constant" || kind === "JoinedStr" || kind === "Compare";
