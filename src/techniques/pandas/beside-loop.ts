// The statements beside a loop over rows: what makes the lists and columns that it fills, and what becomes of them.

import type { TextEdit } from "../../schemas/common.ts";
import type { expr, stmt } from "../../source/ast.generated.ts";
import { beginsLine, blockOf } from "../../source/layout.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { sourceText } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";
import { overColumns } from "./columns.ts";
import { columnRead } from "./frames.ts";
import type { RowLoop } from "./row-loops.ts";
import type { RowSetting } from "./setting.ts";
import { NoColumnForm, type Value } from "./values.ts";

/** The statement among the plain ones right before the loop that binds `variable`. */
export function madeBefore(
  context: RegionContext,
  rows: RowLoop,
  variable: Variable,
): { statement: stmt; value: expr } | null {
  const block = blockOf(context.file, rows.loop);
  for (const statement of block.slice(0, block.indexOf(rows.loop)).reverse()) {
    if (statement.kind !== "Assign" || statement.targets.length !== 1) return null;
    const [target] = statement.targets;
    if (target?.kind === "Name" && scopesOf(context.file).variable(target) === variable)
      return { statement, value: statement.value };
    if (new RegExp(`\\b${variable.name}\\b`).test(sourceText(context.file, statement))) return null;
  }
  return null;
}

/** Whether a statement belongs to what is replaced and proved. */
export function isInside(context: RegionContext, { start, end }: stmt): boolean {
  const { span } = context.region;
  return start >= span.start && end <= span.end;
}

/** `frame["c"] = list` right after the loop, and no other use of the list. */
export function becomesColumn(
  context: RegionContext,
  rows: RowLoop,
  variable: Variable,
): Extract<stmt, { kind: "Assign" }> | null {
  const block = blockOf(context.file, rows.loop);
  const next = block[block.indexOf(rows.loop) + 1];
  const after = variable.occurrences.filter(({ node }) => "start" in node && node.start >= rows.loop.end);
  if (next?.kind !== "Assign" || next.targets.length !== 1 || next.value !== after[0]?.node) return null;
  const name = columnRead(context, next.targets[0]!, rows.frame.variable, rows.frame);
  if (!isInside(context, next)) return null;
  return after.length === 1 && name !== null && next.targets[0]!.kind === "Subscript" ? next : null;
}

/** Takes a statement away that has its lines for itself. */
export function withoutLine(context: RegionContext, statement: stmt): TextEdit {
  const { text } = context.file;
  if (!/^[ \t]*\r?(\n|$)/.test(text.slice(statement.end)) || !beginsLine(context.file, statement))
    throw new NoColumnForm("a line that would go holds more than its statement");
  const start = text.lastIndexOf("\n", statement.start - 1) + 1;
  const length = text.slice(statement.end).search(/\n|$/);
  return { start, end: Math.min(text.length, statement.end + length + 1), text: "" };
}

/** The one value with which a column was filled before the loop: `frame["late"] = False`. */
export function fillingOf(setting: RowSetting, rows: RowLoop, name: string): Value | null {
  const { context } = setting;
  let found: expr | null = null;
  const block = blockOf(context.file, rows.loop);
  for (const statement of block.slice(0, block.indexOf(rows.loop))) {
    if (statement.kind !== "Assign" || statement.targets.length !== 1) continue;
    if (columnRead(context, statement.targets[0]!, rows.frame.variable, rows.frame) === name)
      found = statement.value;
  }
  if (!found) return null;
  const text = sourceText(context.file, found);
  if (setting.numpyFunction(found) === "nan")
    return {
      text,
      kind: "float",
      emitted: "float",
      low: 0,
      high: 0,
      perRow: false,
      bare: false,
      missing: true,
    };
  return found.kind === "Constant" || found.kind === "UnaryOp" ? overColumns(setting, found) : null;
}
