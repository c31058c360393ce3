// `frame.apply(function, axis=1)` and `column.apply(function)`: the function over whole columns in place of row by row.

import type { Call, expr, FunctionDef, Lambda, Node } from "../../source/ast.generated.ts";
import { soleFunction } from "../../source/effects.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { sourceText, walk } from "../../source/walk.ts";
import type { Left } from "../draft.ts";
import type { RegionContext } from "../technique.ts";
import { applied } from "./calls.ts";
import { overColumns } from "./columns.ts";
import type { Draft } from "./draft.ts";
import { columnRead, type Frame, frameOf } from "./frames.ts";
import { calling, isAnnotated, isUsedOnce, overBody, parametersOf } from "./functions.ts";
import { rowUse } from "./rows.ts";
import { columnValue, RowSetting, readsOf } from "./setting.ts";
import { asSeveralColumns } from "./several-columns.ts";
import { bracketed, brief, NoColumnForm, settled, type Value } from "./values.ts";

/** A call that applies a function to every row of a frame, or to every value of one of its columns. */
interface Application {
  call: Call;
  frame: Frame;
  /** The column, or null for rows. */
  column: string | null;
  /** A lambda or a function of the file with its one parameter; else what names a function. */
  function: Lambda | FunctionDef | null;
  parameter: Variable | null;
}

/** Drafts for every such call in `region`; the reason where one has no form over columns. */
export function findApplications(context: RegionContext, region: Node): (Draft | Left)[] {
  const found: (Draft | Left)[] = [];
  walk(region, (node) => {
    const application = node.kind === "Call" ? applicationOf(context, node) : null;
    if (application === null) return;
    if (typeof application === "string") {
      found.push({ line: (node as Call).lineno, reason: application });
      return;
    }
    try {
      found.push(overWholeColumns(context, application));
    } catch (error) {
      if (!(error instanceof NoColumnForm)) throw error;
      found.push(rowByRow(context, application) ?? { line: application.call.lineno, reason: error.message });
    }
  });
  return found;
}

function applicationOf(context: RegionContext, call: Call): Application | string | null {
  const { func, args, keywords } = call;
  if (func.kind !== "Attribute" || (func.attr !== "apply" && func.attr !== "map") || args.length < 1)
    return null;
  const rows = frameOf(context, func.value);
  const column = rows ? null : columnOf(context, func.value);
  const frame = rows ?? column?.frame;
  if (!frame || (rows && func.attr === "map")) return null;
  const axis = args[1] ?? keywords.find(({ arg }) => arg === "axis")?.value;
  if (rows && (!axis || !/^(1|["']columns["'])$/.test(sourceText(context.file, axis)))) return null;
  if (args.length + keywords.length !== (rows ? 2 : 1)) return "further arguments are handed to the function";
  const given = functionOf(context, args[0]!);
  if (!given) {
    if (!column) return "the function is not one of this file";
    return { call, frame, column: column.name, function: null, parameter: null };
  }
  const [parameter, ...others] = parametersOf(context, given) ?? [];
  if (!parameter || others.length > 0) return "the function takes more than the row";
  return { call, frame, column: column?.name ?? null, function: given, parameter };
}

function columnOf(context: RegionContext, node: expr): { frame: Frame; name: string } | null {
  const frame = node.kind === "Subscript" || node.kind === "Attribute" ? frameOf(context, node.value) : null;
  const name = frame && columnRead(context, node, frame.variable, frame);
  return frame && name !== null && frame.columns.has(name) ? { frame, name } : null;
}

/** A lambda, or a function of the module. */
function functionOf(context: RegionContext, node: expr): Lambda | FunctionDef | null {
  if (node.kind === "Lambda") return node;
  const variable = node.kind === "Name" ? scopesOf(context.file).variable(node) : undefined;
  return (variable && soleFunction(variable)) ?? null;
}

/** Whether the call's value becomes a column of its own frame at once: then it needs no index and no name. */
function becomesColumn(context: RegionContext, { call, frame }: Application): boolean {
  const parent = parentMap(context.file).get(call);
  if (parent?.kind !== "Assign" || parent.targets.length !== 1) return false;
  return columnRead(context, parent.targets[0]!, frame.variable, frame) !== null;
}

function overWholeColumns(context: RegionContext, application: Application): Draft {
  const { call, frame, column, function: given } = application;
  const columnText = sourceText(context.file, (call.func as Extract<expr, { kind: "Attribute" }>).value);
  const setting = settingOf(context, application, given?.kind === "Lambda" ? columnText : null);
  const several =
    column === null && given?.kind === "Lambda"
      ? asSeveralColumns(context, setting, call, given, frame)
      : null;
  if (several) return several;
  let value: Value;
  let text: string;
  if (given === null) {
    const [named] = call.args;
    const whole = columnValue(frame, column!, columnText, true);
    const result = applied(setting, named!, [whole]);
    if (!result) throw new NoColumnForm(`${brief(sourceText(context.file, named!))} is called`);
    value = settled(result);
    text = value.text;
  } else if (given.kind === "Lambda") {
    value = settled(overColumns(setting, given.body));
    text = value.text;
  } else {
    if (!isUsedOnce(context, given)) throw new NoColumnForm(`${given.name} is used elsewhere, too`);
    if (isAnnotated(given)) throw new NoColumnForm("the function says that it takes one row");
    value = overBody(setting, given);
    text = `${given.name}(${columnText})`;
  }
  if (!value.perRow) throw new NoColumnForm("the result does not depend on the row");
  if (!becomesColumn(context, application)) {
    // A row has no one name to give; a column hands its own on.
    if (value.bare) text = asSeries(setting, frame, column, text);
    else if (column === null) text = `${bracketed(text)}.rename(None)`;
    else if (parentMap(context.file).get(call)?.kind !== "Assign") text = bracketed(text);
  }
  const what = column === null ? `row by row` : `value by value`;
  return {
    variant: "columns",
    line: call.lineno,
    summary: `Computes with whole columns of \`${frame.name}\` instead of calling a function ${what}`,
    edits: [...setting.edits, { start: call.start, end: call.end, text }, ...setting.imports],
    packages: setting.packages,
    assumptions: setting.assumptions,
    tolerance: setting.tolerance,
  };
}

/** An array of NumPy's with the frame's index. */
function asSeries(setting: RowSetting, frame: Frame, column: string | null, text: string): string {
  const name = column === null ? "" : `, name=${JSON.stringify(column)}`;
  return `${setting.pandas()}.Series(${text}, index=${frame.name}.index${name})`;
}

function settingOf(context: RegionContext, application: Application, holder: string | null): RowSetting {
  const { frame, column, parameter, call } = application;
  const leaf =
    column === null
      ? readsOf(context, frame, parameter!, holder)
      : (node: Node) =>
          node.kind === "Name" && scopesOf(context.file).variable(node) === parameter
            ? columnValue(frame, column, holder ?? node.id, true)
            : null;
  const setting = new RowSetting(context, call.start, leaf);
  setting.calling = calling;
  return setting;
}

/** The function called with each row as a dict: any body that asks the row for nothing but its columns. */
function rowByRow(context: RegionContext, application: Application): Draft | null {
  const { call, frame, column, function: given, parameter } = application;
  if (
    !given ||
    !parameter ||
    column !== null ||
    frame.rowKind !== "objects" ||
    !becomesColumn(context, application)
  )
    return null;
  if (given.kind === "FunctionDef" && given.args.args[0]!.annotation !== null) return null;
  const use = rowUse(context, frame, parameter, given.kind === "Lambda" ? [given.body] : given.body);
  if (use.other || use.reads.size === 0) return null;
  const columns = [...use.reads.keys()].map((name) => JSON.stringify(name)).join(", ");
  const rows = `${frame.name}[[${columns}]].to_dict("records")`;
  const row = given.args.args[0]!.arg;
  const text =
    given.kind === "Lambda"
      ? `[${sourceText(context.file, given.body)} for ${row} in ${rows}]`
      : `[${given.name}(row) for row in ${rows}]`;
  return {
    variant: "records",
    line: call.lineno,
    summary: `Hands the function each row of \`${frame.name}\` as a dict instead of making a Series of it`,
    edits: [{ start: call.start, end: call.end, text }],
    packages: [],
    assumptions: [],
    tolerance: null,
  };
}
