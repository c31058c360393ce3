// `if value > best: best = value` in a loop, with what else is noted of the best: the first of the largest.

import type { expr, If, stmt } from "../../source/ast.generated.ts";
import { sourceText } from "../../source/walk.ts";
import { at, atom, Level } from "./code.ts";
import { textOf } from "./linear.ts";
import type { Nest } from "./nest.ts";
import { comparison } from "./operations.ts";
import { covering, lengthOf } from "./reductions.ts";
import { refuse } from "./refusal.ts";
import { exactly } from "./rounding.ts";
import { isReadBeside, runningExtreme } from "./running-extremes.ts";
import { conjunction } from "./state.ts";
import { type Carried, type Num, none, num } from "./values.ts";

interface Update {
  best: string;
  value: expr;
  sign: "<" | ">";
  /** It starts at None. */
  anyFirst: boolean;
  /** Other names that are set together with the best. */
  others: { name: string; value: expr }[];
}

/** Recognise and rewrite an update of an extreme; false when the statement is something else. */
export function extremeUpdate(nest: Nest, name: string | null, node: If | expr, place: stmt): boolean {
  const update = node.kind === "If" ? fromIf(nest, node) : fromCall(nest, name, node);
  if (!update) return false;
  const held = nest.state.env.get(update.best);
  if (held?.kind !== "carried" || held.result) return false;
  if (held.before?.kind === "carried") refuse(`\`${update.best}\` is found in several loops at once`, place);
  if (update.anyFirst && held.depth > 0 && held.before === none) {
    inRows(nest, update, held, null, place);
    return true;
  }
  if (held.before?.kind !== "number") refuse(`nothing is known of \`${update.best}\` before the loop`, place);
  const alone = update.others.length === 0 && !update.anyFirst && held.depth === 0;
  if (alone && isReadBeside(nest, update.best, place)) {
    const value = nest.expressions.number(update.value);
    runningExtreme(nest, update.best, held.before as Num, value, update.sign, place);
  } else if (held.depth === 0) outermost(nest, update, held, held.before as Num, place);
  else inRows(nest, update, held, held.before as Num, place);
  return true;
}

function fromIf(nest: Nest, node: If): Update | null {
  let { test } = node;
  let anyFirst = false;
  // `best is None or value < best`: the first counts whatever it is.
  if (test.kind === "BoolOp" && test.op === "Or" && test.values.length === 2 && isNoneTest(test.values[0]!)) {
    anyFirst = true;
    test = test.values[1]!;
  }
  if (node.orelse.length > 0 || test.kind !== "Compare" || test.ops.length !== 1) return null;
  const op = test.ops[0]!;
  if (op !== "Lt" && op !== "Gt") return null;
  const [left, right] = [test.left, test.comparators[0]!];
  const carried = (side: expr): string | null =>
    side.kind === "Name" && nest.state.env.get(side.id)?.kind === "carried" ? side.id : null;
  const best = carried(right) ?? carried(left);
  if (best === null) return null;
  const value = carried(right) !== null ? left : right;
  const sign = (op === "Gt") === (carried(right) !== null) ? ">" : "<";
  const text = (one: expr) => sourceText(nest.state.file, one);
  const assigned: { name: string; value: expr }[] = [];
  for (const one of node.body) {
    if (one.kind !== "Assign" || one.targets.length !== 1) return null;
    const [target] = one.targets;
    if (target!.kind === "Name") assigned.push({ name: target!.id, value: one.value });
    else if (
      target!.kind === "Tuple" &&
      one.value.kind === "Tuple" &&
      target!.elts.length === one.value.elts.length
    ) {
      for (const [i, part] of target!.elts.entries()) {
        if (part.kind !== "Name") return null;
        assigned.push({ name: part.id, value: one.value.elts[i]! });
      }
    } else return null;
  }
  const own = assigned.filter((one) => one.name === best);
  if (own.length !== 1 || text(own[0]!.value) !== text(value)) return null;
  return { best, value, sign, anyFirst, others: assigned.filter((one) => one.name !== best) };
}

const isNoneTest = (node: expr): boolean =>
  node.kind === "Compare" &&
  node.ops[0] === "Is" &&
  node.comparators[0]!.kind === "Constant" &&
  node.comparators[0]!.value.type === "None";

/** `best = max(best, value)`: the same as an update where the value is larger. */
function fromCall(nest: Nest, name: string | null, node: expr): Update | null {
  if (name === null || node.kind !== "Call" || node.args.length !== 2 || node.keywords.length > 0)
    return null;
  const called = nest.expressions.dotted(node.func);
  if (called !== "max" && called !== "min") return null;
  const is = (side: expr) => side.kind === "Name" && side.id === name;
  const sign = called === "max" ? ">" : "<";
  if (is(node.args[0]!)) return { best: name, value: node.args[1]!, sign, anyFirst: false, others: [] };
  if (!is(node.args[1]!)) return null;
  if (nest.state.env.get(name)?.kind !== "carried") return null;
  // The other way round a tie or NaN gives the new value: only integers have neither.
  const value = nest.expressions.number(node.args[0]!);
  if (value.type !== "int") refuse(`\`${called}\` keeps the last of equal numbers`, node);
  return { best: name, value: node.args[0]!, sign, anyFirst: false, others: [] };
}

function outermost(
  nest: Nest,
  { best, value: source, sign, others }: Update,
  held: Carried,
  before: Num,
  place: stmt,
): undefined {
  const { state, expressions } = nest;
  const over = state.stack;
  const value = state.named(covering(state, expressions.number(source), over, place), "values");
  if (value.soft) refuse(`\`${best}\` is now an integer, now a float`, place);
  if (others.length > 0) exactly(state, value, place);
  if (value.type === "complex" || value.type === "bool")
    refuse(`\`${best}\` is no number that has an order`, place);
  const mask = nest.maskOver();
  const box = (type: Num["type"], origin: Num["origin"], code: string) =>
    origin === "python" ? `${type}(${code})` : code;
  const name = num(before.type, atom(best), { origin: before.origin });
  let test = comparison(state, sign, value, name, place);
  if (mask) test = conjunction(mask, test);
  const pick = sign === ">" ? "argmax" : "argmin";
  const better = state.fresh(sign === ">" ? "larger" : "smaller");
  if (others.length === 0) {
    const chosen =
      value.axes.length > 1
        ? `${value.code.text}[${test.code.text}]`
        : `${value.code.text}[${test.code.text}]`;
    state.emit({ text: `${better} = ${chosen}`, defines: better, commits: false });
    const found = `${better}[${better}.${pick}()]`;
    state.emit({
      text: `if ${better}.size > 0:\n    ${best} = ${box(value.type, value.origin, found)}`,
      defines: null,
      commits: true,
    });
  } else {
    if (over.length > 1) refuse(`\`${best}\` is found in several loops, with what belongs to it`, place);
    state.emit({
      text: `${better} = ${state.np}.flatnonzero(${test.code.text})`,
      defines: better,
      commits: false,
    });
    const at_ = state.fresh("best_at");
    const lines = [
      `${at_} = ${better}[${value.code.text}[${better}].${pick}()]`,
      `${best} = ${box(value.type, value.origin, `${value.code.text}[${at_}]`)}`,
    ];
    for (const other of others) {
      const noted = expressions.number(other.value);
      const carried = state.env.get(other.name);
      if (carried?.kind !== "carried" || carried.result)
        refuse(`\`${other.name}\` is assigned in other places too`, place);
      lines.push(`${other.name} = ${noteAt(nest, noted, at_, place)}`);
      carried.result = num(noted.type, atom(other.name), { origin: noted.origin });
      carried.running = true;
    }
    state.emit({ text: `if ${better}.size > 0:\n    ${lines.join("\n    ")}`, defines: null, commits: true });
  }
  held.result = num(value.type, atom(best), { origin: value.origin });
  held.running = true;
}

/** What an expression is in one iteration, by its number. */
function noteAt(nest: Nest, noted: Num, at_: string, place: stmt): string {
  if (noted.affine) {
    const { axis, offset } = noted.affine;
    if (axis.step !== 1) return `${textOf(axis.start)} + ${axis.step} * int(${at_})`;
    const start = { ...axis.start, offset: axis.start.offset + offset };
    return start.symbol === null && start.offset === 0
      ? `int(${at_})`
      : `int(${at_}) + ${at({ text: textOf(start), level: Level.add }, Level.add)}`;
  }
  if (noted.axes.length === 0) return noted.code.text;
  if (noted.axes.length > 1) return refuse("what belongs to the best has several dimensions", place);
  void nest;
  const item = `${at(noted.code, Level.atom)}[${at_}]`;
  return noted.origin === "python" ? `${noted.type}(${item})` : item;
}

/** The extreme along an inner loop, for every iteration of the outer ones. */
function inRows(
  nest: Nest,
  { best, value: source, sign, others }: Update,
  held: Carried,
  before: Num | null,
  place: stmt,
): undefined {
  const { state, expressions } = nest;
  const over = state.stack.slice(held.depth);
  if (over.length !== 1) refuse(`\`${best}\` is found in several loops at once`, place);
  if (nest.maskOver()) refuse(`\`${best}\` is found under a further condition`, place);
  const value = state.named(expressions.number(source), "values");
  const k = value.axes.findIndex(({ id }) => id === over[0]!.id);
  if (k < 0 || value.axes.length < 2 || value.soft)
    refuse(`\`${best}\` does not depend on the loops in a regular way`, place);
  if (others.length > 0) exactly(state, value, place);
  const bound = sign === "<" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (before && before.constant !== bound)
    refuse(`\`${best}\` does not start at ${sign === "<" ? "" : "-"}infinity`, place);
  if (value.type !== "float" || value.lo < 0)
    refuse(`the order of −0.0 and NaN for \`${best}\` is not shown`, place);
  // With NaN or infinity among them, the first of the best may be none at all.
  state.check(`${state.np}.isfinite(${value.code.text}).all()`);
  if (!(over[0]!.start.symbol === over[0]!.stop.symbol)) state.conditions.add(`${lengthOf(over[0]!)} > 0`);
  const axes = value.axes.filter(({ id }) => id !== over[0]!.id);
  const known = { axes, origin: value.origin };
  const fn = sign === "<" ? "min" : "max";
  const local = expressions.local(best);
  state.emit({ text: `${local} = ${value.code.text}.${fn}(axis=${k})`, defines: local, commits: false });
  held.result = num("float", atom(local), { ...known, lo: 0 });
  held.running = true;
  for (const other of others) {
    const carried = state.env.get(other.name);
    if (carried?.kind !== "carried" || carried.depth !== held.depth || carried.result)
      refuse(`\`${other.name}\` is assigned in other places too`, place);
    const noted = expressions.number(other.value);
    const place_ = `${value.code.text}.arg${fn}(axis=${k})`;
    let code: string;
    if (noted.affine?.axis.id === over[0]!.id && over[0]!.step === 1) {
      const start = { ...over[0]!.start, offset: over[0]!.start.offset + noted.affine.offset };
      code = start.symbol === null && start.offset === 0 ? place_ : `${place_} + ${textOf(start)}`;
    } else if (noted.axes.length === 1 && noted.axes[0]!.id === over[0]!.id)
      code = `${at(noted.code, Level.atom)}[${place_}]`;
    else return refuse(`what belongs to \`${best}\` depends on several loops`, place);
    const own = expressions.local(other.name);
    state.emit({ text: `${own} = ${code}`, defines: own, commits: false });
    carried.result = num(noted.type, atom(own), {
      axes,
      origin: noted.origin,
      lo: noted.lo,
      hi: noted.hi,
    });
    carried.running = true;
  }
}
