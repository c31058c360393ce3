// `total += value` in a loop: a sum over its axes, or the running sums when they are read.

import type { expr, stmt } from "../../source/ast.generated.ts";
import { at, atom, call, Level, unary } from "./code.ts";
import type { Nest } from "./nest.ts";
import { operate } from "./operations.ts";
import { covering, terms, total_ } from "./reductions.ts";
import { refuse } from "./refusal.ts";
import { nonEmpty } from "./subscripts.ts";
import { type Axis, type Carried, type Num, num, type Value, widerType } from "./values.ts";

/** `total = total + value` and the like as an update; null for other assignments. */
export function reducesInto(name: string, value: expr): { op: string; value: expr } | null {
  if (value.kind !== "BinOp") return null;
  const is = (side: expr) => side.kind === "Name" && side.id === name;
  if (
    (value.op === "Add" || value.op === "Sub" || value.op === "Mult") &&
    is(value.left) &&
    !mentions(value.right, name)
  )
    return { op: value.op, value: value.right };
  if ((value.op === "Add" || value.op === "Mult") && is(value.right) && !mentions(value.left, name))
    return { op: value.op, value: value.left };
  return null;
}

function mentions(node: expr, name: string): boolean {
  return new RegExp(`"id":"${name}"`).test(JSON.stringify(node));
}

/** Where the name was set: its value there, and the loops since then. */
function originOf(held: Carried): { before: Value | null; depth: number; chain: Carried[] } {
  const chain = [held];
  let at = held;
  while (at.before?.kind === "carried") {
    at = at.before;
    chain.push(at);
  }
  return { before: at.before, depth: at.depth, chain };
}

export function accumulate(
  nest: Nest,
  name: string,
  held: Carried,
  op: string,
  node: expr,
  place: stmt,
): undefined {
  accumulateValue(nest, name, held, op, nest.expressions.number(node), place);
}

/** The same with what is added in each iteration. */
export function accumulateValue(
  nest: Nest,
  name: string,
  held: Carried,
  op: string,
  value: Num,
  place: stmt,
): undefined {
  const { state } = nest;
  if (op !== "Add" && op !== "Sub" && op !== "Mult") refuse(`\`${name}\` is changed step by step`, place);
  const { before, depth, chain } = originOf(held);
  const over = state.stack.slice(depth);
  const mask = nest.maskOver();
  const base = held.result ?? (before?.kind === "number" ? before : null);
  if (!base) refuse(`nothing is known of \`${name}\` before the loop`, place);
  if (held.running) refuse(`\`${name}\` is assigned in other places too`, place);
  const again = (nest.loops.at(-1)!.readers.get(name) ?? 0) > occurrences(place, name);
  if (again && !(held.result && op !== "Mult")) {
    if (held.result === null && !alsoSummed(nest, name, place))
      return scan(nest, name, base!, op, value, mask, over, depth, place);
    if (state.options.sums === "ordered" && value.type !== "int" && value.type !== "bool")
      refuse(`\`${name}\` is added to in several places, in an order of its own`, place);
  }
  const type = widerType(base!.type, value.type === "bool" ? "int" : value.type);
  if (op === "Mult") return product(nest, name, base!, value, mask, over, depth, chain, place);
  if (depth === 0) {
    outermost(nest, name, base!, op, value, mask, over, place);
    const origin = value.origin === "numpy" ? "numpy" : base!.origin;
    for (const one of chain) one.result = num(type, atom(name), { origin });
    return;
  }
  const sum = total_(state, value, mask, over, place);
  const result =
    base!.constant === 0 && op === "Add" && (state.options.sums === "fast" || sum.type === "int")
      ? sum
      : operate(
          state,
          op,
          base!.constant === 0 ? { ...base!, code: atom(base!.type === "int" ? "0" : "0.0") } : base!,
          sum,
          place,
        );
  if (state.options.sums === "ordered" && result.type === "float" && base!.constant !== 0)
    refuse(`the sums of \`${name}\` start at other numbers than 0`, place);
  const soft = base!.type === "int" && sum.type === "float" && !over.every(alwaysRuns);
  const local = nest.expressions.local(name);
  state.emit({ text: `${local} = ${result.code.text}`, defines: local, commits: false });
  for (const one of chain)
    one.result = {
      ...result,
      code: atom(local),
      soft: soft || result.soft,
      factors: null,
      affine: null,
      linear: null,
      constant: null,
    };
}

const alwaysRuns = (axis: Axis): boolean =>
  axis.start.symbol === axis.stop.symbol && axis.stop.offset > axis.start.offset;

/** How often a statement mentions a name. */
export function occurrences(place: stmt, name: string): number {
  return (JSON.stringify(place).match(new RegExp(`"id":"${name}"`, "g")) ?? []).length;
}

/** All other places where the loop mentions the name add to it too. */
function alsoSummed(nest: Nest, name: string, _place: stmt): boolean {
  const { loop } = nest.loops.at(-1)!;
  let others = 0;
  const look = (statements: readonly stmt[]): void => {
    for (const one of statements) {
      const is = (target: expr) => target.kind === "Name" && target.id === name;
      const update =
        (one.kind === "AugAssign" && is(one.target) && !mentions(one.value, name)) ||
        (one.kind === "Assign" && is(one.targets[0]!) && reducesInto(name, one.value) !== null);
      if (update) others += occurrences(one, name);
      if (one.kind === "If") {
        look(one.body);
        look(one.orelse);
      }
      if (one.kind === "For") look(one.body);
    }
  };
  look(loop.body);
  return others === nest.loops.at(-1)!.readers.get(name);
}

/** A name from outside the nest: one statement adds all. */
function outermost(
  nest: Nest,
  name: string,
  base: Num,
  op: string,
  value: Num,
  mask: Num | null,
  over: readonly Axis[],
  place: stmt,
): undefined {
  const { state } = nest;
  const type = widerType(base.type, value.type);
  if (type !== base.type && value.type !== "bool" && value.type !== "int") mustRun(nest, over, mask);
  if (value.origin === "numpy" && base.origin === "python") mustRun(nest, over, mask);
  if (value.soft) refuse(`\`${name}\` sums integers and floats`, place);
  const sign = op === "Add" ? "+=" : "-=";
  if (state.options.sums === "ordered" && (value.type === "float" || value.type === "complex")) {
    const all = terms(state, value, mask, over, place);
    const added = op === "Sub" ? unary("-", all.code) : all.code;
    const sums = `${call(`${state.np}.cumsum`, call(`${state.np}.append`, name, added)).text}[-1]`;
    const result = value.origin === "numpy" || base.origin === "numpy" ? sums : `${type}(${sums})`;
    state.commit(`${name} = `, result);
    return;
  }
  if (
    base.type === "float" &&
    (value.type === "int" || value.type === "bool") &&
    state.options.sums === "ordered"
  )
    refuse(`integers are added to the float \`${name}\` one by one`, place);
  const sum = total_(state, value, mask, over, place);
  if (base.type === "int" && base.origin === "numpy") refuse(`\`${name}\` is an integer of NumPy`, place);
  state.commit(`${name} ${sign} `, sum.code.text);
}

/** What comes out has another type when nothing is added. */
function mustRun(nest: Nest, over: readonly Axis[], mask: Num | null): undefined {
  const { state } = nest;
  if (mask) {
    const code = state.named(mask, "mask");
    state.check(`${code.code.text}.any()`);
  }
  for (const axis of over) {
    if (alwaysRuns(axis)) continue;
    nonEmpty(state, axis);
  }
}

function product(
  nest: Nest,
  name: string,
  base: Num,
  value: Num,
  mask: Num | null,
  over: readonly Axis[],
  depth: number,
  chain: readonly Carried[],
  place: stmt,
): undefined {
  const { state } = nest;
  if (value.type !== "float" || value.soft)
    refuse("a product of integers could pass 64 bits, which Python's do without harm", place);
  if (depth !== 0) refuse(`products are taken in an inner loop`, place);
  if (base.type !== "float" || (value.origin === "numpy" && base.origin === "python"))
    mustRun(nest, over, mask);
  const all = terms(state, value, mask, over, place);
  const numpyResult = value.origin === "numpy" || base.origin === "numpy";
  const products =
    state.options.sums === "ordered"
      ? `${call(`${state.np}.cumprod`, call(`${state.np}.append`, name, all.code)).text}[-1]`
      : `${at(all.code, Level.atom)}.prod()`;
  if (state.options.sums === "fast")
    state.reasons.add("NumPy multiplies in another order than the loop, which may differ in the last digits");
  const boxed = numpyResult ? products : `float(${products})`;
  state.commit(state.options.sums === "ordered" ? `${name} = ` : `${name} *= `, boxed);
  for (const one of chain)
    one.result = num("float", atom(name), { origin: numpyResult ? "numpy" : "python" });
}

/** The running value is read in the loop: all of them at once, by a cumulative sum or product. */
function scan(
  nest: Nest,
  name: string,
  base: Num,
  op: string,
  value: Num,
  mask: Num | null,
  over: readonly Axis[],
  depth: number,
  place: stmt,
): undefined {
  const { state } = nest;
  const multiplied = op === "Mult";
  if (multiplied && value.type !== "float")
    refuse("a product of integers could pass 64 bits, which Python's do without harm", place);
  if (over.length !== 1 || depth !== state.stack.length - 1 || depth !== 0)
    refuse(`\`${name}\` carries a value from one iteration to the next`, place);
  if (nest.branches > 0 || mask)
    refuse(`\`${name}\` carries a value from one iteration to the next, under a condition`, place);
  if (value.soft || value.type === "bool") refuse(`\`${name}\` sums numbers of several types`, place);
  const whole = covering(state, value, over, place);
  if (value.type === "int") {
    const limit = 2 ** state.options.bits;
    state.integers = true;
    if (
      value.origin === "python" &&
      !(Math.max(Math.abs(value.lo), Math.abs(value.hi)) * limit < 2 ** 62) &&
      !(limit * limit < 2 ** 62)
    )
      refuse("a sum of integers could pass 64 bits, which Python's do without harm", place);
    if (base.type !== "int") refuse(`integers are added to the float \`${name}\``, place);
  }
  if (base.type !== value.type && !(base.type === "int" && value.type === "float"))
    refuse(`\`${name}\` changes its type`, place);
  const type = value.type;
  const code = op === "Sub" ? unary("-", whole.code) : whole.code;
  const running = state.fresh(`running_${name}`);
  const accumulate = `${state.np}.${multiplied ? "cumprod" : "cumsum"}`;
  const neutral = multiplied ? base.constant === 1 : base.constant === 0 && (type === "int" || value.lo >= 0);
  const started = `${call(accumulate, call(`${state.np}.append`, base.constant === 0 && type === "float" ? "0.0" : name, code)).text}[1:]`;
  const text = neutral ? call(accumulate, code).text : started;
  state.emit({ text: `${running} = ${text}`, defines: running, commits: false });
  const origin = value.origin === "numpy" || base.origin === "numpy" ? "numpy" : "python";
  const most = Math.max(Math.abs(value.lo), Math.abs(value.hi));
  // Ones and minus ones do not add up to what no loop has time for.
  const small = most <= 1 && state.options.bits >= 30;
  if (type === "int" && small && state.options.bits < 31)
    state.assumptions.add(`The loop runs fewer than 2**${state.options.bits} times.`);
  const result = num(type, atom(running), { axes: over, origin, running: type === "int" && !small });
  nonEmpty(state, over[0]!);
  const last = origin === "python" ? `${type}(${running}[-1])` : `${running}[-1]`;
  // The name's last value, should anything read it.
  if (nest.isLive(name)) state.commit(`${name} = `, "", last);
  nest.results.set(name, num(type, atom(name), { origin }));
  state.env.set(name, result);
}
