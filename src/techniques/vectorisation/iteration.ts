// Loop headers: what a `for` or a comprehension runs over, as an axis and the values of its targets.

import type { expr } from "../../source/ast.generated.ts";
import { atom } from "./code.ts";
import type { Expressions } from "./expressions.ts";
import { lengthOf } from "./facts.ts";
import { ownAxis } from "./generators.ts";
import { difference, fixed, type Linear, plus, textOf } from "./linear.ts";
import { refuse } from "./refusal.ts";
import type { State } from "./state.ts";
import { record } from "./subscripts.ts";
import {
  type Axis,
  type Builder,
  type Num,
  newId,
  num,
  type Ref,
  type Seq,
  seqOf,
  type Value,
} from "./values.ts";

export interface Header {
  axis: Axis;
  /** What each name of the target is in the loop. */
  bindings: Map<string, Value>;
}

/** Read a loop header. Throws `Refusal` for what is no regular space of iterations. */
export function headerOf(expressions: Expressions, target: expr, iter: expr): Header {
  const name = iter.kind === "Call" ? expressions.dotted(iter.func) : null;
  const bindings = new Map<string, Value>();
  if (iter.kind === "Call" && iter.keywords.length > 0 && name !== "enumerate")
    refuse("the loop's header has keywords", iter);
  if (iter.kind === "Call" && name === "range") {
    const axis = rangeAxis(expressions, iter.args, iter);
    if (target.kind !== "Name") refuse("the loop's target is no name", target);
    axis.index = target.id;
    bindings.set(target.id, position(axis));
    return { axis, bindings };
  }
  if (iter.kind === "Call" && name === "enumerate") {
    if (target.kind !== "Tuple" || target.elts.length !== 2) refuse("`enumerate` is not taken apart", target);
    const start = iter.args[1] ?? iter.keywords[0]?.value;
    const first = start ? expressions.number(start) : null;
    if (first && first.linear?.symbol !== null) refuse("`enumerate` does not start at a fixed number", iter);
    const { axis, bind } = over(expressions, [iter.args[0]!]);
    const [index, item] = target.elts;
    if (index!.kind !== "Name") refuse("the loop's target is no name", target);
    const at = position(axis);
    const offset = first?.linear?.offset ?? 0;
    axis.index = index.id;
    bindings.set(index.id, { ...at, affine: { axis, offset }, lo: at.lo + offset, hi: at.hi });
    bind(item!, bindings);
    return { axis, bindings };
  }
  const sources =
    iter.kind === "Call" && name === "zip" && !columnsOf(expressions, iter) ? iter.args : [iter];
  if (sources.length === 0) refuse("nothing is iterated", iter);
  const { axis, bind } = over(expressions, sources);
  bind(target, bindings);
  return { axis, bindings };
}

function newAxis(state: State, parts: Pick<Axis, "start" | "stop" | "step" | "size" | "lengthText">): Axis {
  return { ...parts, id: ++state.axes, index: null, depth: state.stack.length };
}

function rangeAxis(expressions: Expressions, args: readonly expr[], node: expr): Axis {
  const { state } = expressions;
  const values = args.map((arg) => expressions.number(arg));
  for (const value of values) {
    if (value.axes.length > 0) refuse("its range depends on the loop around it", node);
    if (value.type !== "int") refuse("its range is not of integers", node);
  }
  const bound = (value: Num): Linear =>
    value.linear ?? {
      symbol: `text ${value.code.text}`,
      text: value.code.text,
      offset: 0,
      length: value.lo >= 0,
    };
  const start = values.length > 1 ? bound(values[0]!) : fixed(0);
  const stop = bound(values.length > 1 ? values[1]! : values[0]!);
  const step = values.length > 2 ? values[2]!.constant : 1;
  if (step === null || step <= 0) refuse("it runs backwards, or by a step that is not fixed", node);
  const known = difference(stop, start);
  const largest = stop.symbol === null ? null : sizeOf(expressions, stop);
  const first = start.symbol === null ? start.offset : 0;
  const size = known ?? (largest === null ? null : Math.max(0, largest - first));
  const length =
    start.symbol === null ? textOf(plus(stop, -start.offset)) : `${textOf(stop)} - ${textOf(start)}`;
  return newAxis(state, {
    start,
    stop,
    step,
    size: size === null ? null : Math.ceil(size / step),
    lengthText: length,
  });
}

/** The size seen of a symbol: of the sequence whose length it is, or of the integer. */
export function sizeOf({ state }: Expressions, bound: Linear): number | null {
  for (const value of state.env.values()) {
    if (value.kind !== "sequence") continue;
    const dimension = value.dims.findIndex(({ symbol }) => symbol === bound.symbol);
    const size = value.sizes[dimension] ?? null;
    if (dimension >= 0 && size !== null)
      return Math.max(0, size + bound.offset - value.dims[dimension]!.offset);
  }
  const seen = state.options.seen.get(bound.symbol ?? "");
  return seen === undefined ? null : seen + bound.offset;
}

/** The position in a loop, as a value. */
export function position(axis: Axis): Num {
  const { start, stop } = axis;
  const lo = start.symbol === null ? start.offset : start.length ? start.offset : -Infinity;
  const hi = stop.symbol === null ? stop.offset - 1 : Infinity;
  return num("int", atom(axis.index ?? "?"), { axes: [axis], affine: { axis, offset: 0 }, lo, hi });
}

/** The common axis of sequences that are run through side by side. */
function over(
  expressions: Expressions,
  sources: readonly expr[],
): { axis: Axis; bind(target: expr, into: Map<string, Value>): undefined } {
  const { state } = expressions;
  const items = sources.map((source) => sequenceOf(expressions, source));
  const [first] = items;
  const length = first!.length;
  for (const other of items.slice(1)) {
    if (difference(other.length, length) === 0) continue;
    state.conditions.add(`${textOf(length)} == ${textOf(other.length)}`);
  }
  const sizes = items.map(({ size }) => size).filter((size) => size !== null);
  const axis = newAxis(state, {
    start: fixed(0),
    stop: length,
    step: 1,
    size: sizes.length > 0 ? Math.min(...sizes) : null,
    lengthText: textOf(length),
  });
  const itemOf = (item: Source, node: expr): Value => item.item(axis, node);
  return {
    axis,
    bind(target, into) {
      if (items.length === 1) return bindTo(expressions, target, itemOf(items[0]!, sources[0]!), into);
      if (target.kind === "Name") refuse("tuples of a `zip` are not taken apart", target);
      if (target.kind !== "Tuple" || target.elts.length !== items.length)
        refuse("the loop's target does not fit", target);
      for (const [i, part] of target.elts.entries())
        bindTo(expressions, part, itemOf(items[i]!, sources[i]!), into);
    },
  };
}

function bindTo(expressions: Expressions, target: expr, value: Value, into: Map<string, Value>): undefined {
  if (target.kind === "Name") {
    into.set(target.id, value);
    return;
  }
  if (target.kind !== "Tuple") refuse("the loop's target is no name", target);
  if (value.kind !== "ref") refuse("items that are no rows are taken apart", target);
  const { seq } = value;
  if (seq.dims.length - value.subs.length !== 1 || seq.form !== "rows")
    refuse("items that are no rows are taken apart", target);
  if (seq.sameWidth !== target.elts.length) refuse("rows of several widths are taken apart", target);
  for (const [i, part] of target.elts.entries()) {
    const at = num("int", atom(String(i)), { constant: i, lo: i, hi: i, linear: fixed(i) });
    bindTo(
      expressions,
      part,
      { kind: "ref", seq, subs: [...value.subs, { kind: "fixed", value: at }] },
      into,
    );
  }
}

interface Source {
  length: Linear;
  size: number | null;
  item(axis: Axis, node: expr): Value;
}

/** The table whose columns `zip(*table)` gives; null for other expressions. */
export function columnsOf(expressions: Expressions, node: expr): expr | null {
  if (node.kind !== "Call" || node.args.length !== 1 || node.keywords.length > 0) return null;
  const [only] = node.args;
  return only!.kind === "Starred" && expressions.dotted(node.func) === "zip" ? only!.value : null;
}

/** The columns of a table of equally long rows, as an array of them. */
function columns(expressions: Expressions, table: expr): Source {
  const { state } = expressions;
  const rows = expressions.evaluate(table);
  if (rows.kind !== "sequence" || rows.form !== "rows" || !rows.element)
    return refuse(`\`${expressions.text(table)}\` is not known to be a table of numbers`, table);
  record(state, { kind: "ref", seq: rows, subs: [] }, false, table);
  const name = state.fresh("columns");
  state.emit({ text: `${name} = ${state.arrayOf(rows)}.T`, defines: name, commits: false, harmless: true });
  const swapped = <T>([first, second]: readonly T[]): T[] => [second!, first!];
  const seq: Seq = {
    ...rows,
    id: newId(),
    form: "array",
    text: name,
    dims: swapped(rows.dims),
    sizes: swapped(rows.sizes),
    shortest: swapped(rows.shortest),
    sameWidth: null,
  };
  return {
    length: seq.dims[0]!,
    size: seq.sizes[0] ?? null,
    item: (axis) => ({ kind: "ref", seq, subs: [{ kind: "axis", axis, offset: 0 }] }),
  };
}

/** A list that the nest made: its items are the numbers that are there already. */
function madeHere(expressions: Expressions, list: Builder, content: Num, source: expr): Source {
  const own = ownAxis(expressions, list, source);
  if (own.start.symbol !== null || own.start.offset !== 0 || own.step !== 1)
    refuse("a list made over a range that does not start at 0 is run through", source);
  return {
    length: own.stop,
    size: own.size,
    item: (axis) => ({
      ...content,
      axes: content.axes.map((one) => (one.id === own.id ? axis : one)),
      affine: null,
      linear: null,
      factors: null,
      viewOf: null,
    }),
  };
}

function sequenceOf(expressions: Expressions, source: expr): Source {
  if (source.kind === "Call" && expressions.dotted(source.func) === "range") {
    const own = rangeAxis(expressions, source.args, source);
    if (own.start.symbol !== null || own.start.offset !== 0 || own.step !== 1)
      refuse("a range that does not start at 0 runs beside others", source);
    return {
      length: own.stop,
      size: own.size,
      item: () => refuse("a range runs beside others", source),
    };
  }
  const table = columnsOf(expressions, source);
  if (table) return columns(expressions, table);
  const value = expressions.evaluate(source);
  if (value.kind === "builder" && value.content) return madeHere(expressions, value, value.content, source);
  if (value.kind === "opaque" && value.items)
    return {
      length: lengthOf(value.id, value.text, "opaque", 0),
      size: null,
      item: (axis) => ({
        ...value,
        items: false,
        why: `an item of \`${value.text}\` is no number`,
        item: { list: value.text, axis },
      }),
    };
  const ref = seqOf(value);
  if (!ref)
    refuse(`\`${expressions.text(source)}\` is not known to be a list or an array of numbers`, source);
  const dimension = ref.subs.length;
  const { seq } = ref;
  return {
    length: seq.dims[dimension]!,
    size: seq.sizes[dimension] ?? null,
    item(axis) {
      const same: Seq =
        difference(axis.stop, seq.dims[dimension]!) === 0
          ? seq
          : { ...seq, dims: seq.dims.map((length, d) => (d === dimension ? axis.stop : length)) };
      const item: Ref = { kind: "ref", seq: same, subs: [...ref.subs, { kind: "axis", axis, offset: 0 }] };
      return item;
    },
  };
}
