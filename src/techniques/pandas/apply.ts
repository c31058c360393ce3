// `frame.apply(function, axis=1)` and `column.apply(function)`: the function over whole columns in place of row by row.

import type { TextEdit } from "../../schemas/common.ts";
import type { Call, expr, FunctionDef, Lambda, Node, stmt } from "../../source/ast.generated.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { sourceText, walk } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";
import { choice, NoColumnForm, overColumns, settled, type Value } from "./columns.ts";
import type { Draft, Left } from "./draft.ts";
import { columnRead, type Frame, frameOf } from "./frames.ts";
import { rowUse } from "./rows.ts";
import { columnValue, RowSetting, readsOf } from "./setting.ts";

/** A call that applies a function to every row of a frame, or to every value of one of its columns. */
interface Application {
  call: Call;
  frame: Frame;
  /** The column, or null for rows. */
  column: string | null;
  function: Lambda | FunctionDef;
  parameter: Variable;
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
  if (!given) return "the function is not one of this file";
  const parameters = given.args;
  const plain =
    parameters.args.length === 1 && parameters.posonlyargs.length + parameters.kwonlyargs.length === 0;
  if (!plain || parameters.vararg || parameters.kwarg || parameters.defaults.length > 0)
    return "the function takes more than the row";
  const parameter = scopesOf(context.file).variable(parameters.args[0]!)!;
  return { call, frame, column: column?.name ?? null, function: given, parameter };
}

function columnOf(context: RegionContext, node: expr): { frame: Frame; name: string } | null {
  const frame = node.kind === "Subscript" ? frameOf(context, node.value) : null;
  const name = frame && columnRead(context, node, frame.variable);
  return frame && name !== null && frame.columns.has(name) ? { frame, name } : null;
}

/** A lambda, or a function of the module that is used here and nowhere else. */
function functionOf(context: RegionContext, node: expr): Lambda | FunctionDef | null {
  if (node.kind === "Lambda") return node;
  const variable = scopesOf(context.file).variable(node);
  if (!variable || node.kind !== "Name") return null;
  const definition = variable.occurrences.find(({ action }) => action !== "read")?.node;
  if (variable.occurrences.length !== 2 || definition?.kind !== "FunctionDef") return null;
  return definition.decorator_list.length === 0 ? definition : null;
}

/** Whether the call's value becomes a column of its own frame at once: then it needs no index and no name. */
function becomesColumn(context: RegionContext, { call, frame }: Application): boolean {
  const parent = parentMap(context.file).get(call);
  if (parent?.kind !== "Assign" || parent.targets.length !== 1) return false;
  return columnRead(context, parent.targets[0]!, frame.variable) !== null;
}

function overWholeColumns(context: RegionContext, application: Application): Draft {
  const { call, frame, column, function: given } = application;
  const columnText = sourceText(context.file, (call.func as Extract<expr, { kind: "Attribute" }>).value);
  const edits: TextEdit[] = [];
  let value: Value;
  let text: string;
  let setting: RowSetting;
  if (given.kind === "Lambda") {
    setting = settingOf(context, application, columnText);
    value = settled(overColumns(setting, given.body));
    text = value.text;
  } else {
    if (given.args.args[0]!.annotation !== null)
      throw new NoColumnForm("the function says that it takes one row");
    setting = settingOf(context, application, null);
    value = overBody(context, setting, given, edits);
    text = `${given.name}(${columnText})`;
  }
  if (!value.perRow) throw new NoColumnForm("the result does not depend on the row");
  if (!becomesColumn(context, application)) {
    if (value.bare) throw new NoColumnForm("the result would lose the frame's index");
    // A row has no one name to give; a column hands its own on.
    if (column === null) text = `${/^[\w.]+\([^()]*\)$/.test(text) ? text : `(${text})`}.rename(None)`;
    else if (parentMap(context.file).get(call)?.kind !== "Assign") text = `(${text})`;
  }
  edits.push({ start: call.start, end: call.end, text });
  if (setting.importing) edits.push(setting.importing);
  const what = column === null ? `row by row` : `value by value`;
  return {
    variant: "columns",
    line: call.lineno,
    summary: `Computes with whole columns of \`${frame.name}\` instead of calling a function ${what}`,
    edits,
    packages: setting.importing ? ["numpy"] : [],
    assumptions: [],
    tolerance: setting.tolerance,
  };
}

function settingOf(context: RegionContext, application: Application, holder: string | null): RowSetting {
  const { frame, column, parameter, call } = application;
  if (column === null) return new RowSetting(context, call.start, readsOf(context, frame, parameter, holder));
  return new RowSetting(context, call.start, (node) => {
    if (node.kind !== "Name" || scopesOf(context.file).variable(node) !== parameter) return null;
    return columnValue(frame, column, holder ?? node.id, true);
  });
}

/** Rewrite a function's body so that it takes whole columns; its result. */
function overBody(context: RegionContext, setting: RowSetting, given: FunctionDef, edits: TextEdit[]): Value {
  const documented = given.body[0]?.kind === "Expr" && given.body[0].value.kind === "Constant";
  const body = documented ? given.body.slice(1) : given.body;
  for (const [index, statement] of body.entries()) {
    const rest = body.slice(index);
    if (statement.kind === "Return" || isReturnChain(statement)) {
      const [value, end] = returned(setting, rest);
      const result = settled(value);
      edits.push({ start: statement.start, end, text: `return ${result.text}` });
      return result;
    }
    step(context, setting, statement, edits);
  }
  throw new NoColumnForm("the function may end without a result");
}

const isReturnChain = (statement: stmt | undefined): boolean =>
  statement?.kind === "If" && statement.body.length === 1 && statement.body[0]!.kind === "Return";

/** `if a: return x` … `return y` as one expression, and where it ends. */
function returned(setting: RowSetting, statements: readonly stmt[]): [Value, number] {
  const [first, ...rest] = statements;
  if (first?.kind === "Return" && first.value) return [overColumns(setting, first.value), first.end];
  if (first?.kind !== "If" || !isReturnChain(first))
    throw new NoColumnForm("the function does more than choose a result");
  const test = overColumns(setting, first.test);
  const [yes] = returned(setting, first.body);
  const [no, end] = returned(setting, first.orelse.length > 0 ? first.orelse : rest);
  return [choice(setting, test, yes, no), Math.max(end, first.end)];
}

/** One statement before the result: a local is given a value, perhaps under a condition. */
function step(context: RegionContext, setting: RowSetting, statement: stmt, edits: TextEdit[]): void {
  const bound = boundBy(context, statement);
  if (!bound) throw new NoColumnForm("the function does more than compute");
  const { variable, name } = bound;
  const value = valueAfter(context, setting, variable, [statement]);
  setting.locals.set(variable, { ...value, text: name });
  const text = statement.kind === "If" || statement.kind === "AugAssign" ? `${name} = ${value.text}` : null;
  if (statement.kind === "Assign")
    edits.push({ start: statement.value.start, end: statement.value.end, text: value.text });
  else edits.push({ start: statement.start, end: statement.end, text: text! });
}

/** The one local that a statement gives a value to, in each of its branches. */
function boundBy(context: RegionContext, statement: stmt): { variable: Variable; name: string } | null {
  const target =
    statement.kind === "Assign" && statement.targets.length === 1
      ? statement.targets[0]!
      : statement.kind === "AugAssign"
        ? statement.target
        : null;
  if (target !== null) {
    const variable = target.kind === "Name" ? scopesOf(context.file).variable(target) : undefined;
    return variable?.scope.kind === "function" && target.kind === "Name"
      ? { variable, name: target.id }
      : null;
  }
  if (statement.kind !== "If") return null;
  const branches = [statement.body, statement.orelse].filter((branch) => branch.length > 0);
  const bound = branches.map((branch) => (branch.length === 1 ? boundBy(context, branch[0]!) : null));
  const [first] = bound;
  return first && bound.every((one) => one?.variable === first.variable) ? first : null;
}

/** The local's value after at most one statement that binds it; its value before where there is none. */
function valueAfter(
  context: RegionContext,
  setting: RowSetting,
  variable: Variable,
  statements: readonly stmt[],
): Value {
  const [statement] = statements;
  const before = setting.locals.get(variable);
  if (!statement) {
    if (!before) throw new NoColumnForm("a local may have no value");
    return before;
  }
  if (statement.kind === "Assign") return overColumns(setting, statement.value);
  if (statement.kind === "AugAssign") {
    const { target, value, op, start, end, lineno, endLineno, column, endColumn } = statement;
    const place = { start, end, lineno, endLineno, column, endColumn };
    const whole = overColumns(setting, { kind: "BinOp", left: target, op, right: value, ...place } as expr);
    const own = overColumns(setting, value).text;
    const loose = ["BinOp", "BoolOp", "Compare", "UnaryOp"].includes(value.kind);
    const sign = /(\S+)=\s*$/.exec(
      context.file.text.slice(target.end, value.start).replace(/[\s(]+$/, ""),
    )![1]!;
    return { ...whole, text: `${sourceText(context.file, target)} ${sign} ${loose ? `(${own})` : own}` };
  }
  if (statement.kind !== "If") throw new NoColumnForm("the function does more than compute");
  const test = overColumns(setting, statement.test);
  return choice(
    setting,
    test,
    valueAfter(context, setting, variable, statement.body),
    valueAfter(context, setting, variable, statement.orelse),
  );
}

/** The function called with each row as a dict: any body that asks the row for nothing but its columns. */
function rowByRow(context: RegionContext, application: Application): Draft | null {
  const { call, frame, column, function: given, parameter } = application;
  if (column !== null || frame.rowKind !== "objects" || !becomesColumn(context, application)) return null;
  if (given.kind === "FunctionDef" && given.args.args[0]!.annotation !== null) return null;
  const use = rowUse(context, parameter, given.kind === "Lambda" ? [given.body] : given.body);
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
