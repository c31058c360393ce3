// Indexed places of a sequence as slices and index arrays, with the conditions under which these mean the same.

import type { Node } from "../../source/ast.generated.ts";
import { atom, type Code, method } from "./code.ts";
import { difference, type Linear, least, plus, textOf } from "./linear.ts";
import { refuse } from "./refusal.ts";
import { lift, type State } from "./state.ts";
import { type Axis, joinAxes, type Num, num, type Ref, type Seq, type Sub } from "./values.ts";

/** The element that a whole reference stands for, for all iterations at once. */
export function element(state: State, ref: Ref, node: Node & { start: number }): Num {
  const { seq, subs } = ref;
  if (!seq.element) refuse(`\`${seq.text}\` was empty in every call seen`, node);
  record(state, ref, false, node);
  const { type, dtype, origin, lo, hi, soft = false } = seq.element;
  const axes = axesOf(subs);
  if (axes.length === 0 && seq.form !== "array") {
    const text = subs.reduce(
      (base, sub, dimension) =>
        `${base}[${sub.kind === "fixed" ? fixedIndex(state, seq, dimension, sub.value) : ""}]`,
      seq.text,
    );
    // One row may be shorter than the others.
    if (subs.length > 1) state.hazards.add("IndexError");
    return num(type, atom(text), { dtype, origin, lo, hi, soft });
  }
  const place = placeOf(state, ref, node);
  return num(type, place.code, {
    dtype,
    origin,
    lo,
    hi,
    soft,
    axes: place.axes,
    viewOf: place.view ? seq : null,
  });
}

const axesOf = (subs: readonly Sub[]): Axis[] =>
  joinAxes(
    ...subs.map((sub) => (sub.kind === "axis" ? [sub.axis] : sub.kind === "gather" ? sub.value.axes : [])),
  );

/** Note that an element is read or written, for the dependence test. */
export function record(
  state: State,
  { seq, subs }: Ref,
  write: boolean,
  node: { start: number },
  orderly = false,
): void {
  if (write && seq.form === "array" && !seq.fresh && seq.element?.type === "int")
    state.assumptions.add(
      `\`${seq.text}\` is an array of int64, as seen; what is too large for others may go in.`,
    );
  state.accesses.push({
    seq,
    subs,
    write,
    order: state.order,
    axes: [...state.stack],
    start: node.start,
    orderly,
  });
}

export interface Place {
  /** The place as an expression, its dimensions in the order of the nest. */
  code: Code;
  /** The same as a target of an assignment, its dimensions in the sequence's own order. */
  target: string;
  axes: Axis[];
  /** The order of the target's dimensions differs from the nest's. */
  transposed: boolean;
  view: boolean;
  /** Slices, one for each dimension, for lists that are written. */
  parts: string[];
}

/** The place of a reference in its array. */
export function placeOf(state: State, { seq, subs }: Ref, node: { start: number }, as?: string): Place {
  const gathers = subs.filter((sub) => sub.kind === "gather");
  const sliced = subs.filter((sub) => sub.kind === "axis");
  const repeated = new Set(sliced.map((sub) => sub.axis.id)).size < sliced.length;
  if (repeated) refuse(`\`${seq.text}\` is taken along a diagonal`, node);
  if (gathers.length > 1 && sliced.length > 0)
    refuse(`\`${seq.text}\` is indexed by several arrays and by slices`, node);
  if (gathers.length === 1 && sliced.length > 0) {
    const [gather] = gathers;
    const beside = subs.filter((sub) => sub.kind === "fixed").length > 0;
    if (gather!.value.axes.length > 1 || beside)
      refuse(`\`${seq.text}\` is indexed in a way that NumPy orders otherwise`, node);
    if (sliced.some(({ axis }) => gather!.value.axes.some(({ id }) => id === axis.id)))
      refuse(`\`${seq.text}\` is taken along a diagonal`, node);
  }
  const gathered = joinAxes(...gathers.map(({ value }) => value.axes));
  const parts = subs.map((sub, dimension): string => {
    switch (sub.kind) {
      case "axis":
        return slice(state, seq, dimension, sub.axis, sub.offset, node);
      case "fixed":
        return fixedIndex(state, seq, dimension, sub.value);
      default:
        state.hazards.add("IndexError");
        return lift(sub.value, gathered).text;
    }
  });
  const name = as ?? state.arrayOf(seq);
  if (subs.length > 1) state.sameRows(seq);
  const whole = parts.every((part) => part === ":");
  let shown = [...parts];
  while (shown.length > 1 && shown.at(-1) === ":") shown = shown.slice(0, -1);
  const target = `${name}[${whole ? ":" : shown.join(", ")}]`;
  const code = atom(whole ? name : target);
  const own: Axis[] = [];
  for (const sub of subs) {
    if (sub.kind === "axis") own.push(sub.axis);
    else if (sub.kind === "gather")
      for (const axis of gathered) if (!own.some(({ id }) => id === axis.id)) own.push(axis);
  }
  const axes = joinAxes(own);
  const transposed = own.some((axis, i) => axis.id !== axes[i]!.id);
  if (transposed && own.length > 2)
    refuse(`the dimensions of \`${seq.text}\` would have to be reordered`, node);
  return {
    code: transposed ? method(code, "T") : code,
    target,
    axes,
    transposed,
    view: gathers.length === 0,
    parts,
  };
}

/** The slice of a dimension over an axis, moved by `offset`. */
function slice(
  state: State,
  seq: Seq,
  dimension: number,
  axis: Axis,
  offset: number,
  node: { start: number },
): string {
  const start = plus(axis.start, offset);
  const stop = plus(axis.stop, offset);
  const length = seq.dims[dimension]!;
  atLeastZero(state, seq, axis, start, node);
  const slack = difference(length, stop);
  if (slack === null) within(state, seq, dimension, stop);
  else if (slack < 0) refuse(`\`${seq.text}\` is read beyond its end`, node);
  // A stop below zero would count from the end; with an empty range the slices must be empty too.
  const lowest = least(stop);
  const first = least(start) ?? 0;
  if (lowest === null || (lowest < 0 && !(slack !== null && -lowest - 2 <= first))) nonEmpty(state, axis);
  const from = start.symbol === null && start.offset === 0 ? "" : textOf(start);
  const to = slack === 0 ? "" : textOf(stop);
  const step = axis.step === 1 ? "" : `:${axis.step}`;
  return `${from}:${to}${step}`;
}

function atLeastZero(state: State, seq: Seq, axis: Axis, start: Linear, node: { start: number }): void {
  const lowest = least(start);
  if (lowest !== null && lowest >= 0) return;
  if (start.symbol === null)
    refuse(`an index of \`${seq.text}\` goes below zero, where it counts from the end`, node);
  if (lowest === null || lowest < 0) {
    state.conditions.add(`${textOf(start)} >= 0`);
    if (axis.start.symbol === null) nonEmpty(state, axis);
  }
}

function within(state: State, seq: Seq, dimension: number, stop: Linear): void {
  const length = seq.form === "rows" && dimension === 1 ? `len(${seq.text}[0])` : seq.dims[dimension]!.text;
  state.needLength(length, stop);
}

/** The axis must have an iteration, or nothing is done. */
export function nonEmpty(state: State, axis: Axis): void {
  const known = difference(axis.stop, axis.start);
  if (known !== null && known > 0) return;
  if (axis.depth > 0) state.conditions.add(emptiness(axis));
  else state.skips.add(emptiness(axis));
}

export function emptiness(axis: Axis): string {
  if (axis.start.symbol === null)
    return textOf({ ...axis.stop, offset: axis.stop.offset - axis.start.offset }).match(/ - /)
      ? `${textOf({ ...axis.stop, offset: 0 })} > ${axis.start.offset - axis.stop.offset}`
      : `${textOf(axis.stop)} > ${axis.start.offset}`;
  return `${textOf(axis.stop)} > ${textOf(axis.start)}`;
}

function fixedIndex(state: State, seq: Seq, dimension: number, value: Num): string {
  const { linear } = value;
  if (linear?.symbol === null) {
    const needed = linear.offset >= 0 ? linear.offset + 1 : -linear.offset;
    const length = seq.dims[dimension]!;
    const known = least(length);
    const enough =
      (known !== null && known >= needed) ||
      (seq.form === "rows" && dimension === 1 && (seq.sameWidth ?? 0) >= needed);
    if (!enough) state.conditions.add(`${length.text} >= ${needed}`);
  } else if (!isWithin(value, seq, dimension)) state.hazards.add("IndexError");
  return value.code.text;
}

/** Whether an index without axes is shown to lie in the dimension. */
function isWithin(value: Num, seq: Seq, dimension: number): boolean {
  if (value.lo < 0 || value.below === null) return false;
  const slack = difference(seq.dims[dimension]!, value.below);
  return slack !== null && slack >= 0;
}
