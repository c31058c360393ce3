// `items.append(value)` in a loop: the whole list at once.

import type { Call, expr } from "../../source/ast.generated.ts";
import { call, method } from "./code.ts";
import { difference } from "./linear.ts";
import type { Nest } from "./nest.ts";
import { lengthOf, ofOneType, selected, sizeOf } from "./reductions.ts";
import { refuse } from "./refusal.ts";
import { exactly } from "./rounding.ts";
import { lift, type State } from "./state.ts";
import { record } from "./subscripts.ts";
import { type Axis, type Num, sameAxes, type Value } from "./values.ts";

export function isAppend(node: expr): node is Call {
  return (
    node.kind === "Call" &&
    node.func.kind === "Attribute" &&
    node.func.attr === "append" &&
    node.args.length === 1 &&
    node.keywords.length === 0
  );
}

export function append(nest: Nest, node: Call): undefined {
  const { state, expressions } = nest;
  const owner = (node.func as Extract<expr, { kind: "Attribute" }>).value;
  if (owner.kind !== "Name") refuse("something is appended to what is no name", node);
  const target = state.env.get(owner.id);
  const item = expressions.evaluate(node.args[0]!);
  if (target?.kind === "builder") {
    if (target.content || nest.maskOver() || nest.branches > 0)
      refuse(`\`${owner.id}\` is appended to in several places`, node);
    const value = content(nest, item, node);
    const axes = state.stack;
    if (value.axes.length < axes.length) refuse(`\`${owner.id}\` gets the same number again and again`, node);
    target.content = value;
    return;
  }
  if (target?.kind !== "sequence" || (target.form !== "list" && target.form !== "rows"))
    refuse(`\`${owner.id}\` is not known to be a list`, node);
  if (nest.appended.has(target.id)) refuse(`\`${owner.id}\` is appended to in several places`, node);
  nest.appended.set(target.id, { name: owner.id, fresh: target.fresh });
  for (const access of state.accesses)
    if (access.seq.id === target.id) refuse(`\`${owner.id}\` is read while it grows`, node);
  const text = listText(nest, item, node);
  for (const part of item.kind === "tuple" && !target.fresh ? item.items : [])
    if (part.kind === "opaque" && part.item) state.conditions.add(`${owner.id} is not ${part.item.list}`);
  nest.grown.set(owner.id, item.kind === "number" ? item : null);
  state.commit(`${owner.id}.extend(`, text, ")");
}

/** What is put beside other things is there to be sorted by. */
function ordered(state: State, value: Num, node: expr): Num {
  if (!state.compensated) exactly(state, value, node);
  return value;
}

/** The list whose items a value is one after the other, in a loop over all of them: they may be passed on as they are. */
export function passedOn(state: State, value: Value, node: expr): string | null {
  const [axis] = state.stack;
  if (state.stack.length !== 1 || axis!.step !== 1 || axis!.start.symbol !== null || axis!.start.offset !== 0)
    return null;
  if (value.kind === "opaque") return value.item?.axis.id === axis!.id ? value.item.list : null;
  if (value.kind !== "ref" || value.subs.length !== 1 || value.seq.form === "array") return null;
  const [sub] = value.subs;
  const whole = sub!.kind === "axis" && sub!.axis.id === axis!.id && sub!.offset === 0;
  if (!whole || difference(axis!.stop, value.seq.dims[0]!) !== 0) return null;
  record(state, value, false, node);
  return value.seq.text;
}

function content(nest: Nest, item: Value, node: Call): Num {
  if (item.kind === "builder") return item.content ?? refuse("an empty row is appended", node);
  return nest.expressions.asNumber(item, node.args[0]!);
}

/** The items that the loop appends, as an expression for a list. */
function listText(nest: Nest, item: Value, node: Call): string {
  const { state } = nest;
  const mask = nest.maskOver();
  if (item.kind === "tuple") {
    const parts = item.items.map(
      (part) =>
        (mask ? null : passedOn(state, part, node)) ??
        flat(state, ordered(state, nest.expressions.asNumber(part, node.args[0]!), node), mask, node),
    );
    return call("zip", ...parts).text;
  }
  if (item.kind === "builder") {
    const value = ofOneType(state, content(nest, item, node));
    if (mask) refuse("rows are appended under a condition", node);
    if (value.origin === "numpy" || value.soft) refuse("rows of NumPy's numbers are appended", node);
    return method(value.code, "tolist()").text;
  }
  return flat(state, content(nest, item, node), mask, node);
}

/** The numbers of all iterations in their order, as Python's own. */
function flat(state: State, given: Num, mask: Num | null, node: Call): string {
  const value = ofOneType(state, given);
  if (value.soft) refuse("integers and floats are appended to one list", node);
  const axes: readonly Axis[] = state.stack;
  if (mask) {
    const chosen = selected(state, value, mask, axes, node);
    return value.origin === "python" ? method(chosen.code, "tolist()").text : chosen.code.text;
  }
  if (value.axes.length === 0) {
    if (axes.length > 1) refuse("the same number is appended in every iteration", node);
    const count = lengthOf(axes[0]!);
    return `[${value.code.text}] * ${/^[\w.()]+$/.test(count) ? count : `(${count})`}`;
  }
  const shape = axes.map(sizeOf).join(", ");
  const full = sameAxes(value.axes, axes)
    ? value.code
    : call(`${state.np}.broadcast_to`, lift(value, axes), `(${shape})`);
  const line = axes.length > 1 ? method(full, "ravel()") : full;
  return value.origin === "python" ? method(line, "tolist()").text : line.text;
}
