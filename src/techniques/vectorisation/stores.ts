// Assignments to elements: slices that take the values of all iterations at once.

import type { expr, stmt } from "../../source/ast.generated.ts";
import { at, atom, binary, type Code, call, isOperator, Level, method, transposed } from "./code.ts";
import { textOf } from "./linear.ts";
import type { Nest } from "./nest.ts";
import { choose, operate } from "./operations.ts";
import { lengthOf, selected, sizeOf, total_ } from "./reductions.ts";
import { referenceOf } from "./references.ts";
import { refuse } from "./refusal.ts";
import { lift, type State } from "./state.ts";
import { element, nonEmpty, type Place, placeOf, record } from "./subscripts.ts";
import { type Axis, joinAxes, type Num, type Ref, sameAxes, type Value } from "./values.ts";

type Target = Extract<expr, { kind: "Subscript" }>;

function targetOf(nest: Nest, node: Target): Ref {
  const { expressions } = nest;
  const ref = referenceOf(expressions, expressions.evaluate(node.value), node);
  if (ref.subs.length < ref.seq.dims.length) refuse("a whole row is assigned", node);
  if (!ref.seq.element) refuse(`\`${ref.seq.text}\` was empty in every call seen`, node);
  if (ref.seq.form === "tuple") refuse("an element of a tuple is assigned", node);
  return ref;
}

const axesOf = (ref: Ref): Axis[] =>
  joinAxes(
    ...ref.subs.map((sub) =>
      sub.kind === "axis" ? [sub.axis] : sub.kind === "gather" ? sub.value.axes : [],
    ),
  );

/** `items[index] = value`. */
export function store(nest: Nest, node: Target, given: Value, source: expr): undefined {
  const { state, expressions } = nest;
  const ref = targetOf(nest, node);
  const axes = axesOf(ref);
  const missing = state.stack.filter(({ id }) => !axes.some((axis) => axis.id === id));
  if (missing.length > 0)
    refuse(`the same element of \`${ref.seq.text}\` is assigned in several iterations`, node);
  let value = expressions.asNumber(given, source);
  const mask = nest.maskOver();
  if (ref.subs.some(({ kind }) => kind === "gather")) return scatter(nest, ref, value, mask, node);
  record(state, ref, true, node);
  checkType(ref, value, node);
  if (ref.seq.element!.type !== value.type) nest.retyped.add(ref.seq.id);
  if (mask) value = choose(state, mask, value, element(state, ref, node), node);
  assign(state, ref, value, axes, node);
}

/** The value must be one that the sequence holds without a change. */
function checkType(ref: Ref, value: Num, node: { start: number }): undefined {
  const { seq } = ref;
  const held = seq.element!;
  if (seq.form === "array") {
    const fits =
      held.type === value.type ||
      (held.type === "float" && value.type === "int") ||
      (held.type === "complex" && value.type !== "bool");
    if (!fits) refuse(`a ${value.type} is put into the array of ${held.type}s \`${seq.text}\``, node);
    return;
  }
  if (value.soft) refuse(`integers and floats are put into the list \`${seq.text}\``, node);
  if (value.origin === "numpy") refuse(`NumPy's numbers are put into the list \`${seq.text}\``, node);
}

/** Put the values of all iterations in their places. */
function assign(
  state: State,
  ref: Ref,
  value: Num,
  axes: readonly Axis[],
  node: { start: number },
): undefined {
  const { seq } = ref;
  if (seq.form === "array") {
    const place = placeOf(state, ref, node);
    let code = lift(value, axes);
    if (place.transposed) code = transposed(whole(state, value, axes));
    commit(state, place.target, code.text);
    return;
  }
  if (seq.form === "list") {
    const [axis] = axes;
    if (!axis) refuse(`one place of the list \`${seq.text}\` is changed in every iteration`, node);
    const place = placeOf(state, ref, node, seq.text);
    const text = value.axes.length === 0 ? repeated(value, axis) : method(value.code, "tolist()").text;
    commit(state, place.target, text);
    return;
  }
  assignRows(state, ref, value, axes, node);
}

const repeated = (value: Num, axis: Axis): string => {
  const count = lengthOf(axis);
  return `[${value.code.text}] * ${/^[\w.()]+$/.test(count) ? count : `(${count})`}`;
};

function commit(state: State, target: string, value: string): undefined {
  state.commit(`${target} = `, value);
}

/** The value with every axis as a dimension. */
function whole(state: State, value: Num, axes: readonly Axis[]): Code {
  if (sameAxes(value.axes, axes)) return value.code;
  const shape = axes.map(sizeOf).join(", ");
  return call(`${state.np}.broadcast_to`, lift(value, axes), `(${shape}${axes.length === 1 ? "," : ""})`);
}

function assignRows(
  state: State,
  ref: Ref,
  value: Num,
  axes: readonly Axis[],
  node: { start: number },
): undefined {
  const { seq, subs } = ref;
  const [first, second] = subs;
  const place = placeOf(state, ref, node, seq.text);
  const full = whole(state, value, axes);
  const [rows, columns] = place.parts as [string, string];
  const list = method(place.transposed ? transposed(full) : full, "tolist()").text;
  const part = rows === ":" ? seq.text : `${seq.text}[${rows}]`;
  if (first!.kind === "fixed") {
    commit(state, `${seq.text}[${first!.value.code.text}][${columns}]`, list);
    return;
  }
  if (!seq.distinctRows) state.conditions.add(`len(set(map(id, ${seq.text}))) == len(${seq.text})`);
  const row = state.fresh("row");
  const [values, target] =
    second!.kind === "fixed" ? [state.fresh("value"), columns] : [state.fresh("new_row"), columns];
  state.commit(`for ${row}, ${values} in zip(${part}, `, list, `):\n    ${row}[${target}] = ${values}`);
}

/** `items[index[i]] = value`: only where the order of repeated indices does not matter. */
function scatter(nest: Nest, ref: Ref, value: Num, mask: Num | null, node: Target): undefined {
  const { state } = nest;
  const { seq } = ref;
  if (value.constant === null && value.axes.length > 0)
    refuse(
      `elements of \`${seq.text}\` are assigned in an order that matters where an index comes twice`,
      node,
    );
  if (seq.form !== "array") refuse(`elements of the list \`${seq.text}\` are assigned by index`, node);
  checkType(ref, value, node);
  record(state, ref, true, node, true);
  const place = placeOf(state, mask ? masked(nest, ref, mask, node) : ref, node);
  commit(state, place.target, value.code.text);
}

/** The reference with its indices taken only where the condition holds. */
function masked(nest: Nest, ref: Ref, mask: Num, node: Target): Ref {
  const subs = ref.subs.map((sub) =>
    sub.kind === "gather"
      ? { ...sub, value: selected(nest.state, sub.value, mask, sub.value.axes, node) }
      : refuse("indices by position and by value under a condition", node),
  );
  return { ...ref, subs };
}

/** `items[index] += value`. */
export function accumulateInto(nest: Nest, node: Target, op: string, source: expr, place: stmt): undefined {
  const { state, expressions } = nest;
  if (!isOperator(op)) refuse("an operator without a counterpart for arrays", place);
  const ref = targetOf(nest, node);
  const value = expressions.number(source);
  const axes = axesOf(ref);
  const missing = state.stack.filter(({ id }) => !axes.some((axis) => axis.id === id));
  const mask = nest.maskOver();
  if (ref.subs.some(({ kind }) => kind === "gather")) return addAt(nest, ref, op, value, mask, missing, node);
  const additive = op === "Add" || op === "Sub";
  const held = element(state, ref, node);
  // What is added up over loops is read only to be written again.
  if (missing.length > 0) state.accesses.pop();
  record(state, ref, true, node, additive && missing.length > 0);
  if (missing.length === 0) {
    let next = operate(state, op, held, value, node);
    checkType(ref, next, node);
    if (ref.seq.form === "array" && ref.seq.element!.type !== next.type)
      refuse(`\`${ref.seq.text}\` is changed in place to another type`, node);
    if (mask) {
      next = choose(state, mask, next, held, node);
      return assign(state, ref, next, axes, node);
    }
    if (ref.seq.form !== "array") return assign(state, ref, next, axes, node);
    return inPlace(state, placeOf(state, ref, node), op, value, axes);
  }
  if (!additive) refuse(`\`${ref.seq.text}\` is changed step by step`, node);
  if (state.options.sums === "ordered" && value.type !== "int")
    refuse(`sums into \`${ref.seq.text}\` in the order of the loop have no array form`, node);
  const sum = total_(state, value, mask, missing, node);
  const next = operate(state, op, held, sum, node);
  checkType(ref, next, node);
  if (ref.seq.form === "array" && ref.seq.element!.type !== next.type)
    refuse(`\`${ref.seq.text}\` is changed in place to another type`, node);
  if (ref.seq.form !== "array" && axes.length === 0) {
    state.commit(`${held.code.text} ${sign(op)}= `, sum.code.text);
    return;
  }
  if (ref.seq.form !== "array") return assign(state, ref, next, axes, node);
  if (axes.length === 0) {
    const target = placeOf(state, ref, node).target;
    state.commit(`${target} ${sign(op)}= `, sum.code.text);
    return;
  }
  return inPlace(state, placeOf(state, ref, node), op, sum, axes);
}

const sign = (op: string): string => binary(op, atom("a"), atom("b")).text.slice(1, -1).trim();

function inPlace(state: State, place: Place, op: string, value: Num, axes: readonly Axis[]): undefined {
  let code = lift(value, axes);
  if (place.transposed) code = transposed(whole(state, value, axes));
  const target = place.target;
  state.commit(`${target} ${sign(op)}= `, code.text);
}

/** `counts[index[i]] += value`, in the order of the loop: `add.at` takes repeated indices one by one. */
function addAt(
  nest: Nest,
  ref: Ref,
  op: string,
  value: Num,
  mask: Num | null,
  missing: readonly Axis[],
  node: Target,
): undefined {
  const { state } = nest;
  const { seq, subs } = ref;
  if (op !== "Add" && op !== "Sub") refuse(`\`${seq.text}\` is changed step by step by index`, node);
  const mayMiss = state.hazards.has("IndexError");
  if (missing.length > 0) refuse(`the indices into \`${seq.text}\` do not change in an inner loop`, node);
  const held = seq.element!;
  if (held.type !== value.type && !(held.type === "float" && value.type === "int"))
    refuse(`a ${value.type} is added to elements of \`${seq.text}\``, node);
  if (value.origin === "numpy" && seq.form !== "array")
    refuse(`NumPy's numbers are put into the list \`${seq.text}\``, node);
  if (value.soft) refuse(`integers and floats are put into \`${seq.text}\``, node);
  if (seq.form === "rows" || (seq.form === "list" && held.type !== value.type))
    refuse(`elements of the list \`${seq.text}\` are changed by index`, node);
  record(state, ref, true, node, true);
  const fixedPart = subs.some(({ kind }) => kind === "axis");
  if (fixedPart) refuse(`\`${seq.text}\` is indexed by position and by value`, node);
  if (held.type === "int" && seq.form === "list") {
    state.integers = true;
    const most = Math.max(Math.abs(value.lo), Math.abs(value.hi));
    if (!(Math.min(most, 2 ** state.options.bits) * 2 ** state.options.bits < 2 ** 62))
      refuse("a sum of integers could pass 64 bits", node);
  }
  const items = subs.map((sub, dimension) => {
    if (sub.kind !== "gather") return sub;
    // An array made of an empty list holds floats, which are no indices.
    if (sub.value.origin === "python") for (const axis of sub.value.axes) nonEmpty(state, axis);
    const index = state.named(sub.value, "index");
    const length = seq.dims[dimension]!;
    const limit = textOf(length);
    // All indices must be good before the first is used, since an error must leave what the loop leaves.
    if (!(index.lo >= 0)) state.check(`(-${limit} <= ${at(index.code, Level.compare + 1)}).all()`);
    state.check(`(${at(index.code, Level.compare + 1)} < ${limit}).all()`);
    return { ...sub, value: index };
  });
  const name = state.arrayOf(seq);
  const gathers = items.flatMap((sub) => (sub.kind === "gather" ? [sub.value] : []));
  const axes = joinAxes(...gathers.map(({ axes: own }) => own));
  const filter = (one: Num): string =>
    mask
      ? selected(state, { ...one, axes: one.axes.length === 0 ? one.axes : one.axes }, mask, mask.axes, node)
          .code.text
      : lift(one, axes).text;
  const index = items.map((sub) =>
    sub.kind === "gather" ? filter(sub.value) : sub.kind === "fixed" ? sub.value.code.text : ":",
  );
  const target = index.length === 1 ? index[0]! : `(${index.join(", ")})`;
  const added = value.axes.length === 0 ? value.code.text : filter(value);
  const fn = op === "Add" ? "add" : "subtract";
  // Its own indices are checked; those of what is added may still be wrong.
  if (!mayMiss) state.hazards.delete("IndexError");
  state.commit(`${state.np}.${fn}.at(${name}, ${target}, `, added, ")");
  if (seq.form !== "array") state.commit(`${seq.text}[:] = `, "", `${name}.tolist()`);
}
