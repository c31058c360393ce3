// `min(range(n), key=lambda j: …)` and `values.index(min(values))`: which is the first of the least, for all iterations at once.

import type { Call, expr, FunctionDef } from "../../source/ast.generated.ts";
import { meaningOf } from "../../source/meaning.ts";
import { at, atom, call, Level, method } from "./code.ts";
import type { Expressions } from "./expressions.ts";
import { generate, ownAxis } from "./generators.ts";
import { followFunction } from "./inlining.ts";
import { textOf } from "./linear.ts";
import { operate } from "./operations.ts";
import { refuse } from "./refusal.ts";
import { exactly } from "./rounding.ts";
import { emptiness } from "./subscripts.ts";
import { type Axis, type Num, num, type Value } from "./values.ts";

/** The call's `key`, a lambda or a function of the module; null when there is none or something else. */
export function keyOf(
  expressions: Expressions,
  node: Call,
): FunctionDef | Extract<expr, { kind: "Lambda" }> | null {
  const key = node.keywords.length === 1 && node.keywords[0]!.arg === "key" ? node.keywords[0]!.value : null;
  if (key?.kind === "Lambda") return key;
  if (key?.kind !== "Name") return null;
  const meaning = meaningOf(expressions.state.file, key);
  return meaning.kind === "function" ? meaning.node : null;
}

/** `min(items, key=…)`: the item whose key is the least, the first of several. */
export function extremeByKey(expressions: Expressions, name: "min" | "max", node: Call): Value {
  const key = keyOf(expressions, node);
  if (!key || node.args.length !== 1) return refuse(`\`${name}\` is called with keywords`, node);
  const { place, axis, item } = keyed(expressions, key, node.args[0]!, node, (keys, over) => ({
    place: placeOfExtreme(expressions, name, keys, over, node),
    axis: over,
  }));
  if (item.kind === "number" && item.affine) {
    const step = axis.step === 1 ? place : operate(expressions.state, "Mult", place, whole(axis.step), node);
    const { start } = axis;
    const first = num("int", atom(textOf(start)), start.symbol === null ? whole(start.offset) : {});
    const moved =
      start.symbol === null && start.offset === 0
        ? step
        : operate(expressions.state, "Add", step, { ...first, code: atom(`(${textOf(start)})`) }, node);
    return { ...moved, lo: item.lo, hi: item.hi };
  }
  if (item.kind === "ref") {
    const last = item.subs.at(-1)!;
    if (last.kind === "axis" && last.axis.id === axis.id && last.offset === 0 && axis.step === 1)
      return itemAt(expressions, { ...item, subs: [...item.subs.slice(0, -1), chosen(place)] }, node);
  }
  return refuse(`\`${name}\` chooses among what is no list or range`, node);
}

const whole = (value: number): Num =>
  num("int", atom(String(value)), {
    constant: value,
    lo: value,
    hi: value,
    linear: { symbol: null, text: "", offset: value, length: false },
  });

const chosen = (place: Num) =>
  place.axes.length > 0
    ? ({ kind: "gather", value: place } as const)
    : ({ kind: "fixed", value: place } as const);

const itemAt = (expressions: Expressions, ref: Extract<Value, { kind: "ref" }>, node: expr): Value =>
  ref.subs.length === ref.seq.dims.length ? expressions.asNumber(ref, node) : ref;

/** Evaluate a key for every item, and do something with the keys while their axis is there. */
export function keyed<T>(
  expressions: Expressions,
  key: FunctionDef | Extract<expr, { kind: "Lambda" }>,
  source: expr,
  node: Call,
  use: (keys: Num, axis: Axis) => T,
): T & { item: Value } {
  const name = key.args.args.length === 1 ? key.args.args[0]!.arg : refuse("a key of several values", node);
  const target = { ...source, kind: "Name", id: name, ctx: "Store" } as expr;
  const loop = { target, iter: source, ifs: [], is_async: 0 } as unknown as Parameters<
    typeof generate
  >[1][number];
  return generate(expressions, [loop], source, ([axis]) => {
    const item = expressions.state.env.get(name)!;
    const keys = expressions.asNumber(followFunction(expressions, key, [item], node), node);
    if (!keys.axes.some(({ id }) => id === axis!.id))
      return refuse("the key is the same for all items", node);
    return { ...use(keys, axis!), item };
  });
}

/** `values.index(min(values))` of a list that the nest makes; null for other calls. */
export function indexOfExtreme(expressions: Expressions, node: Call): Num | null {
  const { func, args } = node;
  if (func.kind !== "Attribute" || func.attr !== "index" || func.value.kind !== "Name") return null;
  const [best] = args;
  if (args.length !== 1 || best!.kind !== "Call" || best!.args.length !== 1 || best!.keywords.length > 0)
    return null;
  const name = expressions.dotted(best!.func);
  const [of] = best!.args;
  if ((name !== "min" && name !== "max") || of!.kind !== "Name" || of!.id !== func.value.id) return null;
  const list = expressions.state.env.get(of!.id);
  if (list?.kind !== "builder" || !list.content) return null;
  return placeOfExtreme(expressions, name, list.content, ownAxis(expressions, list, node), node);
}

/** The position of the first of the least or the largest along an axis. */
function placeOfExtreme(
  expressions: Expressions,
  name: "min" | "max",
  keys: Num,
  over: Axis,
  node: expr,
): Num {
  const { state } = expressions;
  if (keys.type === "complex" || keys.type === "bool") refuse("what is chosen by has no order", node);
  exactly(state, keys, node);
  const values = state.named(keys, "keys");
  if (values.type === "float") state.check(`not ${state.np}.isnan(${values.code.text}).any()`);
  if (over.start.symbol !== over.stop.symbol || over.stop.offset <= over.start.offset)
    state.conditions.add(emptiness(over));
  const axes = values.axes.filter(({ id }) => id !== over.id);
  const k = values.axes.findIndex(({ id }) => id === over.id);
  const hi = over.stop.symbol === null ? over.stop.offset - 1 : Infinity;
  const found = method(values.code, `arg${name}(${axes.length > 0 ? `axis=${k}` : ""})`);
  if (axes.length === 0) return num("int", call("int", found), { lo: 0, hi });
  return num("int", found, { axes, lo: 0, hi });
}

/** `sorted(items, key=…)`: the same order of the same items, by keys that are computed before. */
export function sortedByKey(expressions: Expressions, node: Call, slice: string): string {
  const { state } = expressions;
  const key = keyOf(expressions, node);
  const [source] = node.args;
  if (!key || node.args.length !== 1) return refuse("`sorted` is called in another way", node);
  const { keys, item } = keyed(expressions, key, source!, node, (computed, axis) => {
    if (computed.axes.length > 1 || computed.origin !== "python" || computed.soft)
      refuse("the keys are no list of Python's numbers", node);
    if (axis.step !== 1 || axis.start.symbol !== null || axis.start.offset !== 0)
      refuse("a range that does not start at 0 is sorted", node);
    exactly(state, computed, node);
    return { keys: computed };
  });
  const name = state.fresh("keys");
  state.emit({ text: `${name} = ${method(keys.code, "tolist()").text}`, defines: name, commits: false });
  const order = (count: string) => `sorted(range(${count}), key=${name}.__getitem__)${slice}`;
  if (item.kind === "number" && item.affine) return order(`len(${name})`);
  const text = at(atom(expressions.text(source!)), Level.atom);
  if (source!.kind !== "Name") return refuse("what is sorted is no name", node);
  const place = state.fresh("i");
  return `[${text}[${place}] for ${place} in ${order(`len(${text})`)}]`;
}
