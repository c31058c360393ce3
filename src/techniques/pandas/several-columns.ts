// `frame[["a", "b"]] = frame.apply(lambda row: pd.Series([…, …]), axis=1)`: a column for each part.

import type { Call, expr, Lambda } from "../../source/ast.generated.ts";
import { parentMap } from "../../source/uses.ts";
import type { RegionContext } from "../technique.ts";
import { overColumns } from "./columns.ts";
import type { Draft } from "./draft.ts";
import { columnsRead, type Frame } from "./frames.ts";
import type { RowSetting } from "./setting.ts";
import { NoColumnForm, settled } from "./values.ts";

/** The parts of the Series that a lambda makes of a row, where they become as many columns of the frame at once. */
function partsOf(
  context: RegionContext,
  setting: RowSetting,
  call: Call,
  given: Lambda,
  frame: Frame,
): expr[] | null {
  const { body } = given;
  if (body.kind !== "Call" || setting.pandasFunction(body.func) !== "Series") return null;
  const [list, ...others] = body.args;
  if (list?.kind !== "List" || others.length + body.keywords.length > 0) return null;
  const parent = parentMap(context.file).get(call);
  const [target] = parent?.kind === "Assign" && parent.targets.length === 1 ? parent.targets : [];
  if (target?.kind !== "Subscript" || target.slice.kind !== "List") return null;
  const names = columnsRead(context, target, frame.variable);
  return names?.length === list.elts.length ? list.elts : null;
}

/** A draft that makes a frame of whole columns; null where the lambda gives something else. Throws NoColumnForm. */
export function asSeveralColumns(
  context: RegionContext,
  setting: RowSetting,
  call: Call,
  given: Lambda,
  frame: Frame,
): Draft | null {
  const parts = partsOf(context, setting, call, given, frame);
  if (!parts) return null;
  const values = parts.map((part) => settled(overColumns(setting, part)));
  // Numbers of several kinds, or texts beside them, would take the type of the row's Series.
  if (!values.every(({ kind, emitted, perRow }) => kind === "float" && emitted === "float" && perRow))
    throw new NoColumnForm("the parts of the row are not all floats that depend on it");
  const columns = values.map(({ text }, i) => `${i}: ${text}`).join(", ");
  const index = values.some(({ bare }) => bare) ? `, index=${frame.name}.index` : "";
  return {
    variant: "columns",
    line: call.lineno,
    summary: `Computes with whole columns of \`${frame.name}\` instead of making a Series of every row`,
    edits: [
      ...setting.edits,
      { start: call.start, end: call.end, text: `${setting.pandas()}.DataFrame({${columns}}${index})` },
      ...setting.imports,
    ],
    packages: setting.packages,
    assumptions: setting.assumptions,
    tolerance: setting.tolerance,
  };
}
