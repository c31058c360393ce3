// Assignments to names, tuples and elements in a loop's body.

import type { expr, stmt } from "../../source/ast.generated.ts";
import { accumulate, reducesInto } from "./accumulate.ts";
import { extremeUpdate } from "./extremes.ts";
import type { Nest } from "./nest.ts";
import { operate } from "./operations.ts";
import { refuse } from "./refusal.ts";
import { store } from "./stores.ts";
import { none, type Value } from "./values.ts";

export function assign(nest: Nest, target: expr, value: expr, node: stmt): undefined {
  if (target.kind === "Name") {
    const reduction = reducesInto(target.id, value);
    if (reduction && nest.state.env.get(target.id)?.kind === "carried")
      return update(nest, target.id, reduction.op, reduction.value, node);
    if (extremeUpdate(nest, target.id, value, node)) return;
    return nest.bind(target.id, assignedValue(nest, value), value);
  }
  if (target.kind === "Tuple") return unpack(nest, target, value);
  if (target.kind === "Subscript") return store(nest, target, nest.expressions.evaluate(value), value);
  return refuse("an attribute is assigned in every iteration", node);
}

function assignedValue(nest: Nest, value: expr): Value {
  if (value.kind === "List" && value.elts.length === 0)
    return { kind: "builder", depth: nest.state.stack.length, content: null };
  if (value.kind === "Constant" && value.value.type === "None") return none;
  return nest.expressions.evaluate(value);
}

function unpack(nest: Nest, target: Extract<expr, { kind: "Tuple" }>, value: expr): undefined {
  const parts =
    value.kind === "Tuple"
      ? value.elts.map((one) => assignedValue(nest, one))
      : rowParts(nest, value, target.elts.length);
  if (parts.length !== target.elts.length)
    refuse("several names are assigned from another number of values", target);
  const names = target.elts.map((one) => (one.kind === "Name" ? one.id : refuse("a target is no name", one)));
  // Names that get an array one after the other must not be read by those that follow.
  for (const [i, part] of parts.entries())
    if (
      part.kind === "number" &&
      names.slice(0, i).some((name) => new RegExp(`\\b${name}\\b`).test(part.code.text))
    )
      refuse("names are assigned from one another", target);
  for (const [i, part] of parts.entries()) nest.bind(names[i]!, part, value);
}

function rowParts(nest: Nest, value: expr, count: number): Value[] {
  const whole = nest.expressions.evaluate(value);
  if (whole.kind === "tuple") return [...whole.items];
  if (
    whole.kind !== "ref" ||
    whole.seq.dims.length - whole.subs.length !== 1 ||
    whole.seq.sameWidth !== count
  )
    return refuse("a value of unknown length is taken apart", value);
  return Array.from({ length: count }, (_, i) => {
    const index = nest.expressions.literal(i);
    return { kind: "ref", seq: whole.seq, subs: [...whole.subs, { kind: "fixed", value: index }] } as Value;
  });
}

/** `name op= value`: part of a sum over loops, or a plain update within the iteration. */
export function update(nest: Nest, name: string, op: string, value: expr, node: stmt): undefined {
  const { state } = nest;
  const held = state.env.get(name);
  if (held?.kind === "carried") return accumulate(nest, name, held, op, value, node);
  if (!held) return refuse(`nothing is known of \`${name}\``, node);
  const old = nest.expressions.asNumber(held, value);
  nest.bind(name, operate(state, op, old, nest.expressions.number(value), node), value);
}
