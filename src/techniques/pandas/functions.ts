// A function that is called for every row, made to take whole columns; or its one expression, in the place of the call.

import type { TextEdit } from "../../schemas/common.ts";
import type { Call, expr, FunctionDef, Lambda, stmt } from "../../source/ast.generated.ts";
import { soleFunction } from "../../source/effects.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { soleTarget, walk } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";
import { choice } from "./choices.ts";
import { overColumns } from "./columns.ts";
import { under } from "./conditions.ts";
import type { RowSetting } from "./setting.ts";
import { bracketed, NoColumnForm, settled, type Value } from "./values.ts";

/** The parameters of a function that takes nothing but positional ones; null for any other. */
export function parametersOf(context: RegionContext, given: Lambda | FunctionDef): Variable[] | null {
  const { args, posonlyargs, kwonlyargs, vararg, kwarg, defaults } = given.args;
  if (kwonlyargs.length > 0 || vararg || kwarg || defaults.length > 0) return null;
  return [...posonlyargs, ...args].map((arg) => scopesOf(context.file).variable(arg)!);
}

/** Whether its annotations would no longer be true of columns. */
export const isAnnotated = (given: Lambda | FunctionDef): boolean =>
  given.kind === "FunctionDef" &&
  (given.returns !== null || given.args.args.some(({ annotation }) => annotation !== null));

/** Called nowhere but in one place. */
export function isUsedOnce(context: RegionContext, given: FunctionDef): boolean {
  return scopesOf(context.file).variable(given)?.occurrences.length === 2;
}

/** `f(a, b)` over columns, where `f` is a function of the file; null for any other call. */
export function calling(setting: RowSetting, node: Call): Value | null {
  const { context } = setting;
  const variable = node.func.kind === "Name" ? scopesOf(context.file).variable(node.func) : undefined;
  const given = variable && soleFunction(variable);
  const parameters = given && parametersOf(context, given);
  if (!given || !parameters) return null;
  if (node.keywords.length > 0 || node.args.length !== parameters.length)
    throw new NoColumnForm(`${given.name} is not given its parameters in their order`);
  const values = node.args.map((argument) => overColumns(setting, argument));
  if (setting.inside.has(given)) throw new NoColumnForm(`${given.name} calls itself`);
  setting.inside.add(given);
  try {
    if (isUsedOnce(context, given) && !isAnnotated(given)) {
      parameters.forEach((parameter, i) => {
        const { cases: _cases, otherwise: _otherwise, ...plain } = values[i]!;
        setting.locals.set(parameter, { ...plain, text: parameter.name });
      });
      const value = overBody(setting, given);
      const { cases: _cases, otherwise: _otherwise, ...plain } = value;
      return { ...plain, text: `${given.name}(${values.map(({ text }) => text).join(", ")})` };
    }
    return inlined(setting, given, parameters, values, node);
  } finally {
    setting.inside.delete(given);
  }
}

/** What a function of one `return` gives, in the place of its call. */
function inlined(
  setting: RowSetting,
  given: FunctionDef,
  parameters: readonly Variable[],
  values: readonly Value[],
  place: Call,
): Value {
  const [only, ...others] = bodyOf(given);
  if (only?.kind !== "Return" || !only.value || others.length > 0)
    throw new NoColumnForm(`${given.name} is used elsewhere, too`);
  const scopes = scopesOf(setting.file);
  walk(only.value, (node) => {
    if (node.kind !== "Name") return;
    const variable = scopes.variable(node);
    if (
      variable &&
      !parameters.includes(variable) &&
      scopes.lookup(scopes.around(place), node.id) !== variable
    )
      throw new NoColumnForm(`\`${node.id}\` is another one where ${given.name} is called`);
  });
  parameters.forEach((parameter, i) => {
    setting.locals.set(parameter, { ...values[i]!, text: bracketed(values[i]!.text) });
  });
  return overColumns(setting, only.value);
}

function bodyOf(given: FunctionDef): stmt[] {
  const documented = given.body[0]?.kind === "Expr" && given.body[0].value.kind === "Constant";
  return documented ? given.body.slice(1) : given.body;
}

/** A condition under which a function has given its result before its end. */
interface Guard {
  test: Value;
  node: expr;
  value: Value;
}

/** Rewrite a function's body so that it takes whole columns; its result. */
export function overBody(setting: RowSetting, given: FunctionDef): Value {
  const body = bodyOf(given);
  const guards: Guard[] = [];
  const edits: TextEdit[] = [];
  for (const [index, statement] of body.entries()) {
    const next = body[index + 1];
    if (isResult(body.slice(index))) {
      const last = withGuards(setting, guards, 0, () => resultOf(setting, body.slice(index)));
      const whole = guards.reduceRight((no, { test, value }) => choice(setting, test, value, no), last);
      const result = settled(whole);
      edits.push({ start: statement.start, end: body.at(-1)!.end, text: `return ${result.text}` });
      setting.edits.push(...edits);
      return result;
    }
    if (isGuard(statement) && next) {
      for (let one: stmt | undefined = statement; one?.kind === "If"; one = one.orelse[0])
        guards.push(guardOf(setting, guards, one));
      edits.push({ start: statement.start, end: next.start, text: "" });
      continue;
    }
    withGuards(setting, guards, 0, () => step(setting, statement, edits, guards));
  }
  throw new NoColumnForm("the function may end without a result");
}

function guardOf(
  setting: RowSetting,
  guards: readonly Guard[],
  statement: Extract<stmt, { kind: "If" }>,
): Guard {
  const test = withGuards(setting, guards, 0, () => overColumns(setting, statement.test));
  const value = under(setting, statement.test, true, () => resultOf(setting, statement.body));
  return { test, node: statement.test, value };
}

/** `compute`, whose value is used only where none of the guards held. */
function withGuards<T>(setting: RowSetting, guards: readonly Guard[], from: number, compute: () => T): T {
  const guard = guards[from];
  if (!guard) return compute();
  return under(setting, guard.node, false, () => withGuards(setting, guards, from + 1, compute));
}

/** `if a: return x`, with any `elif` of the same kind, and no `else`. */
function isGuard(statement: stmt): statement is Extract<stmt, { kind: "If" }> {
  if (statement.kind !== "If" || !isResult(statement.body)) return false;
  const [other, ...more] = statement.orelse;
  return !other || (more.length === 0 && isGuard(other));
}

/** Whether a block does nothing but choose a result. */
function isResult(block: readonly stmt[]): boolean {
  const [first, ...rest] = block;
  if (first?.kind === "Return") return true;
  return first?.kind === "If" && isResult(first.body) && isResult([...first.orelse, ...rest]);
}

/** `if a: return x` … `return y` as one expression. */
function resultOf(setting: RowSetting, block: readonly stmt[]): Value {
  const [first, ...rest] = block;
  if (first?.kind === "Return" && first.value) return overColumns(setting, first.value);
  if (first?.kind !== "If") throw new NoColumnForm("the function may end without a result");
  const test = overColumns(setting, first.test);
  const yes = under(setting, first.test, true, () => resultOf(setting, first.body));
  const no = under(setting, first.test, false, () => resultOf(setting, [...first.orelse, ...rest]));
  return choice(setting, test, yes, no);
}

/** One statement before the result: locals are given values, perhaps under a condition. */
function step(setting: RowSetting, statement: stmt, edits: TextEdit[], guards: readonly Guard[]): void {
  const changed = new Map<Variable, Value>();
  executed(setting, statement, changed);
  const texts = [...changed].map(([variable, value]) => ({ variable, value }));
  const before = [...guards.flatMap(({ test, value }) => [test.text, value.text])];
  for (const { variable, value } of texts) {
    // What was computed before and is written further down must not see the new value.
    if (before.some((text) => new RegExp(`\\b${variable.name}\\b`).test(text)))
      throw new NoColumnForm(`\`${variable.name}\` is bound again after a condition on it`);
    const { cases: _cases, otherwise: _otherwise, ...plain } = value;
    setting.locals.set(variable, { ...plain, text: variable.name });
  }
  for (const [i, { variable }] of texts.entries())
    if (texts.slice(i + 1).some(({ value }) => new RegExp(`\\b${variable.name}\\b`).test(value.text)))
      throw new NoColumnForm("the names that a condition binds depend on one another");
  if (statement.kind === "Assign") {
    edits.push({ start: statement.value.start, end: statement.value.end, text: texts[0]!.value.text });
    return;
  }
  const { file } = setting;
  const indent = file.text.slice(file.lineStarts[statement.lineno - 1], statement.start);
  const lines = texts.map(({ variable, value }) => `${variable.name} = ${value.text}`);
  edits.push({ start: statement.start, end: statement.end, text: lines.join(file.newline + indent) });
}

/** What a statement makes of the locals; throws where it does anything else. */
function executed(setting: RowSetting, statement: stmt, changed: Map<Variable, Value>): void {
  const bound = targetOf(setting, statement);
  if (bound) {
    changed.set(bound, computed(setting, statement));
    return;
  }
  if (statement.kind === "Pass") return;
  if (statement.kind !== "If") throw new NoColumnForm("the function does more than compute");
  const test = overColumns(setting, statement.test);
  const branches = [statement.body, statement.orelse].map((block, i) =>
    under(setting, statement.test, i === 0, () => branchOf(setting, block)),
  );
  const variables = new Set(branches.flatMap((branch) => [...branch.keys()]));
  for (const variable of variables) {
    const [yes, no] = branches.map((branch) => branch.get(variable) ?? setting.locals.get(variable));
    if (!yes || !no) throw new NoColumnForm("a local may have no value");
    changed.set(variable, choice(setting, test, yes, no));
  }
}

/** What a branch makes of the locals, which keep their values outside of it. */
function branchOf(setting: RowSetting, block: readonly stmt[]): Map<Variable, Value> {
  const outside = new Map(setting.locals);
  const branch = new Map<Variable, Value>();
  for (const statement of block) {
    const changed = new Map<Variable, Value>();
    executed(setting, statement, changed);
    for (const [variable, value] of changed) {
      branch.set(variable, value);
      setting.locals.set(variable, value);
    }
  }
  setting.locals.clear();
  for (const [variable, value] of outside) setting.locals.set(variable, value);
  return branch;
}

/** The local that a statement gives a value to. */
function targetOf(setting: RowSetting, statement: stmt): Variable | null {
  const target = soleTarget(statement);
  const variable = target?.kind === "Name" ? scopesOf(setting.file).variable(target) : undefined;
  return variable?.scope.kind === "function" ? variable : null;
}

function computed(setting: RowSetting, statement: stmt): Value {
  if (statement.kind === "Assign") return overColumns(setting, statement.value);
  if (statement.kind !== "AugAssign") throw new NoColumnForm("the function does more than compute");
  const { target, value, op, start, end, lineno, endLineno, column, endColumn } = statement;
  const place = { start, end, lineno, endLineno, column, endColumn };
  const whole = overColumns(setting, { kind: "BinOp", left: target, op, right: value, ...place } as expr);
  const [left, right] = [overColumns(setting, target).text, overColumns(setting, value).text];
  return { ...whole, text: `${bracketed(left)} ${signOf(setting, statement)} ${bracketed(right)}` };
}

const signOf = ({ file }: RowSetting, { target, value }: Extract<stmt, { kind: "AugAssign" }>): string =>
  /^\s*(\S+)=/.exec(file.text.slice(target.end, value.start))![1]!;
