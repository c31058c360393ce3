// Sums, extremes and truths over axes, in the order of the loop or as NumPy does them best.

import { at, atom, binary, type Code, call, Level, method, transposed } from "./code.ts";
import type { Expressions } from "./expressions.ts";
import { textOf } from "./linear.ts";
import { operate } from "./operations.ts";
import { refuse } from "./refusal.ts";
import { lift, type State } from "./state.ts";
import { emptiness } from "./subscripts.ts";
import { type Axis, joinAxes, type Num, num, sameAxes } from "./values.ts";

type Place = { start: number };

/** `sum(…)`, `min(…)`, `any(…)` and so on, as the builtin gives them. */
export function reduce(
  expressions: Expressions,
  name: string,
  value: Num,
  mask: Num | null,
  over: readonly Axis[],
  node: Place,
): Num {
  const { state } = expressions;
  switch (name) {
    case "sum":
      return builtinSum(state, value, mask, over, node);
    case "any":
    case "all": {
      const full = mask ? selected(state, value, mask, over, node) : covering(state, value, over, node);
      const axes = without(full.axes, over);
      const text =
        axes.length === 0 && mask === null
          ? `${at(full.code, Level.atom)}.${name}()`
          : `${at(full.code, Level.atom)}.${name}(${axisArgument(full, over)})`;
      if (axes.length === 0) return num("bool", call("bool", atom(text)));
      return num("bool", atom(text), { axes });
    }
    case "min":
    case "max": {
      const full = mask ? selected(state, value, mask, over, node) : covering(state, value, over, node);
      const axes = without(full.axes, over);
      if (axes.length > 0) return axisExtreme(state, name, full, over, node);
      if (full.origin !== "python") refuse(`\`${name}\` of NumPy's numbers with NaN among them`, node);
      // Python's own, so that NaN, −0.0 and an empty sequence come out as before.
      return num(full.type, call(name, flatList(full)), { lo: full.lo, hi: full.hi });
    }
    default:
      return refuse(`\`${name}\` has no counterpart for arrays here`, node);
  }
}

function axisExtreme(state: State, name: string, value: Num, over: readonly Axis[], node: Place): Num {
  const axes = without(value.axes, over);
  if (value.type !== "int") {
    // Of floats only where neither −0.0 nor NaN can decide.
    if (!(value.lo >= 0)) refuse(`the order of −0.0 and NaN in \`${name}\` is not shown`, node);
    state.check(`not ${state.np}.isnan(${value.code.text}).any()`);
  }
  for (const axis of over) state.conditions.add(emptiness(axis));
  return num(value.type, method(value.code, `${name}(${axisArgument(value, over)})`), {
    axes,
    origin: value.origin,
    lo: value.lo,
    hi: value.hi,
  });
}

/** `sum()` starts with the integer 0, which is what it gives of nothing. */
function builtinSum(state: State, value: Num, mask: Num | null, over: readonly Axis[], node: Place): Num {
  const axes = without(joinAxes(value.axes, mask?.axes ?? []), over);
  const [major, minor] = state.options.python;
  if (value.type === "float" && (major > 3 || minor >= 12)) state.compensated = true;
  if (axes.length > 0) {
    const total = total_(state, value, mask, over, node);
    const emptyOver = total.type === "float" ? over.filter((axis) => !never0(axis)) : [];
    if (emptyOver.length > 0) {
      if (!total.soft) total.emptyOver = emptyOver;
      total.soft = true;
    }
    // 0 and −0.0 give 0.0.
    if (state.options.sums === "ordered" && total.type === "float" && !(value.lo >= 0))
      return { ...total, code: binary("Add", atom("0.0"), total.code) };
    return total;
  }
  if (value.type === "int" || value.type === "bool") return total_(state, value, mask, over, node);
  const full = mask ? selected(state, value, mask, over, node) : covering(state, value, over, node);
  if (state.options.sums === "ordered") {
    if (full.origin !== "python")
      return num(full.type, call("sum", full.axes.length > 1 ? method(full.code, "ravel()") : full.code), {
        origin: "numpy",
      });
    return num(full.type, call("sum", flatList(full)), { soft: full.soft });
  }
  const total = total_(state, value, mask, over, node);
  const text = mask ? null : emptiness(over[0]!);
  if (over.length === 1 && text !== null && !never0(over[0]!)) {
    return num(
      total.type,
      { text: `${total.code.text} if ${text} else 0`, level: Level.ternary },
      { origin: total.origin },
    );
  }
  if (over.every(never0) && !mask) return total;
  return refuse("the sum of nothing is the integer 0, which is not shown to be impossible", node);
}

/** A value of one type: where only sums of nothing would be of another, there must be something. */
export function ofOneType(state: State, value: Num): Num {
  if (!value.soft || !value.emptyOver) return value;
  for (const axis of value.emptyOver) state.conditions.add(emptiness(axis));
  return { ...value, soft: false };
}

const never0 = (axis: Axis): boolean =>
  axis.start.symbol === axis.stop.symbol && axis.stop.offset > axis.start.offset;

const flatList = (value: Num): Code =>
  method(value.axes.length > 1 ? method(value.code, "ravel()") : value.code, "tolist()");

const without = (axes: readonly Axis[], over: readonly Axis[]): Axis[] =>
  axes.filter(({ id }) => !over.some((other) => other.id === id));

/** The `axis=` argument of a reduction; "" when all dimensions go. */
export function axisArgument(value: Num, over: readonly Axis[]): string {
  const places = value.axes.flatMap(({ id }, i) => (over.some((axis) => axis.id === id) ? [i] : []));
  if (places.length === value.axes.length) return "";
  return places.length === 1 ? `axis=${places[0]}` : `axis=(${places.join(", ")})`;
}

/** The value with a dimension for each axis that is reduced. */
export function covering(state: State, value: Num, over: readonly Axis[], node: Place): Num {
  const missing = over.filter(({ id }) => !value.axes.some((axis) => axis.id === id));
  if (missing.length === 0) return value;
  const axes = joinAxes(value.axes, over);
  if (axes.length > 1) return refuse("the same number is taken again in every iteration", node);
  return num(value.type, call(`${state.np}.full`, sizeOf(axes[0]!), value.code), {
    axes,
    origin: value.origin,
  });
}

export const lengthOf = (axis: Axis): string => {
  if (axis.step !== 1) return `len(range(${textOf(axis.start)}, ${textOf(axis.stop)}, ${axis.step}))`;
  return axis.lengthText;
};

/** The same as the size of an array, which may not be negative. */
export const sizeOf = (axis: Axis): string => {
  const { start, stop } = axis;
  const certain = never0(axis) || (stop.length && start.symbol === null && stop.offset >= start.offset);
  return axis.step !== 1 || certain ? lengthOf(axis) : `max(${lengthOf(axis)}, 0)`;
};

/** The elements for which the condition holds, flat, in the order of the loop. */
export function selected(state: State, value: Num, mask: Num, over: readonly Axis[], node: Place): Num {
  const axes = joinAxes(value.axes, mask.axes);
  if (!over.every(({ id }) => axes.some((axis) => axis.id === id)))
    refuse("the same number is taken again in every iteration", node);
  if (without(axes, over).length > 0) refuse("a condition selects another number of items in each row", node);
  const whole = sameAxes(mask.axes, axes)
    ? mask.code
    : call(`${state.np}.broadcast_to`, lift(mask, axes), `(${axes.map(sizeOf).join(", ")})`);
  if (!sameAxes(value.axes, axes)) {
    if (value.axes.length === 0)
      return num(value.type, call(`${state.np}.full`, call(`${state.np}.count_nonzero`, whole), value.code), {
        axes,
        origin: value.origin,
      });
    return refuse("a condition over more loops than the value", node);
  }
  const base = value.code.level === Level.atom ? value.code.text : `(${value.code.text})`;
  const flat: Axis = { ...axes[0]!, lengthText: `${state.np}.count_nonzero(${whole.text})` };
  return num(value.type, atom(`${base}[${whole.text}]`), {
    axes: [flat],
    origin: value.origin,
    lo: value.lo,
    hi: value.hi,
    soft: value.soft,
  });
}

const fastReason =
  "NumPy adds in another order than the loop, which is more exact but may differ in the last digits";

/** The sum over axes, in the type of its items. */
export function total_(state: State, value: Num, mask: Num | null, over: readonly Axis[], node: Place): Num {
  const all = joinAxes(value.axes, mask?.axes ?? []);
  const axes = without(all, over);
  const missing = over.filter(({ id }) => !all.some((axis) => axis.id === id));
  if (value.type === "bool")
    return count(
      state,
      mask ? { ...value, code: both(state, value, mask, all), axes: all } : value,
      over,
      node,
    );
  if (value.constant !== null && value.type === "int" && mask) {
    const counted = count(state, mask, over, node);
    if (value.constant === 1) return counted;
    return operate(state, "Mult", counted, value, node);
  }
  if (missing.length > 0) {
    if (
      value.type !== "int" ||
      mask ||
      missing.length !== over.length ||
      value.axes.length > 0 ||
      missing.length > 1
    )
      refuse("the same number is added again in every iteration", node);
    const length = num(
      "int",
      { text: lengthOf(over[0]!), level: Level.add },
      { lo: 0, hi: 2 ** state.options.bits },
    );
    return value.constant === 1
      ? num("int", call("max", length.code, "0"))
      : refuse("the same number is added again in every iteration", node);
  }
  if (value.type === "int") integerSum(state, value, over, node);
  if (value.type === "int" || value.type === "float" || value.type === "complex") {
    if (axes.length === 0) return wholeTotal(state, value, mask, over, node);
    return axisTotal(state, value, mask, over, node);
  }
  return refuse("a sum of what is no number", node);
}

function both(_state: State, value: Num, mask: Num, axes: readonly Axis[]): Code {
  const side = (one: Num) => at(lift(one, axes), Level.bitAnd);
  return { text: `${side(mask)} & ${side(value)}`, level: Level.bitAnd };
}

function integerSum(state: State, value: Num, over: readonly Axis[], node: Place): void {
  if (value.origin === "numpy") return;
  const limit = 2 ** state.options.bits;
  const most = Math.max(
    Math.abs(Math.max(value.lo, -limit)),
    Math.abs(Math.min(value.hi, value.hi === Infinity ? limit : value.hi)),
  );
  state.integers = true;
  if (!(most * limit ** over.length < 2 ** 62))
    refuse("a sum of integers could pass 64 bits, which Python's do without harm", node);
}

function count(state: State, mask: Num, over: readonly Axis[], node: Place): Num {
  const axes = without(mask.axes, over);
  if (over.some(({ id }) => !mask.axes.some((axis) => axis.id === id)))
    refuse("the same condition is counted again in every iteration", node);
  const argument = axisArgument(mask, over);
  const code = call(`${state.np}.count_nonzero`, mask.code, ...(argument ? [argument] : []));
  const limit = 2 ** state.options.bits;
  if (axes.length === 0) return num("int", call("int", code), { lo: 0, hi: limit });
  return num("int", code, { axes, lo: 0, hi: limit });
}

function wholeTotal(state: State, value: Num, mask: Num | null, over: readonly Axis[], node: Place): Num {
  const flat = mask ? selected(state, value, mask, over, node) : value;
  const box = (code: Code): Num =>
    value.origin === "python"
      ? num(value.type, call(value.type, code), { soft: value.soft })
      : num(value.type, code, { origin: "numpy" });
  if (value.type !== "int") state.reasons.add(fastReason);
  const product = mask || value.type === "int" ? null : contraction(state, value, over);
  if (product) return box(product.code);
  return box(method(flat.code, "sum()"));
}

/** The flat terms of a sum that is to be taken in order. */
export function terms(state: State, value: Num, mask: Num | null, over: readonly Axis[], node: Place): Num {
  const flat = mask ? selected(state, value, mask, over, node) : covering(state, value, over, node);
  if (!mask && flat.axes.length > 1) return { ...flat, code: method(flat.code, "ravel()") };
  return flat;
}

function axisTotal(state: State, value: Num, mask: Num | null, over: readonly Axis[], node: Place): Num {
  const all = joinAxes(value.axes, mask?.axes ?? []);
  const axes = without(all, over);
  const known = { axes, origin: value.origin, soft: value.soft, lo: value.lo >= 0 ? 0 : -Infinity };
  const limit = 2 ** state.options.bits;
  const hi = value.type === "int" ? limit * Math.min(value.hi, limit) : Infinity;
  const lo = value.type === "int" ? (value.lo >= 0 ? 0 : -limit * limit) : known.lo;
  if (!mask && value.type !== "int" && state.options.sums === "fast") {
    const product = contraction(state, value, over);
    if (product) {
      state.reasons.add(fastReason);
      return { ...product, ...known };
    }
  }
  const full = mask
    ? num(
        value.type,
        call(`${state.np}.where`, lift(mask, all), lift(value, all), value.type === "int" ? "0" : "0.0"),
        { axes: all },
      )
    : value;
  state.bound(all);
  if (state.options.sums === "fast" || value.type === "int") {
    if (value.type !== "int") state.reasons.add(fastReason);
    return num(value.type, method(full.code, `sum(${axisArgument(full, over)})`), { ...known, lo, hi });
  }
  if (over.length > 1) refuse("a sum over two loops at once has no array form that keeps its order", node);
  if (!never0(over[0]!)) state.conditions.add(emptiness(over[0]!));
  const place = full.axes.findIndex(({ id }) => id === over[0]!.id);
  const last = full.axes.map((_, i) => (i === place ? "-1" : ":"));
  while (last.at(-1) === ":") last.pop();
  const sums = call(`${state.np}.cumsum`, full.code, `axis=${place}`);
  return num(value.type, atom(`${sums.text}[${last.join(", ")}]`), { ...known, lo });
}

/** An inner product of two factors: `a @ b`. Null when the shape is another. */
function contraction(state: State, value: Num, over: readonly Axis[]): Num | null {
  if (!value.factors || over.length !== 1 || value.type === "int") return null;
  const [a, b] = value.factors;
  const [k] = over;
  const holds = (side: Num) => side.axes.some(({ id }) => id === k!.id);
  if (
    !holds(a) ||
    !holds(b) ||
    a.type === "int" ||
    b.type === "int" ||
    a.type === "bool" ||
    b.type === "bool"
  )
    return null;
  const rest = (side: Num) => side.axes.filter(({ id }) => id !== k!.id);
  const [left, right] = [rest(a), rest(b)];
  if (left.length > 1 || right.length > 1) return null;
  if (left.length === 1 && right.length === 1 && left[0]!.id === right[0]!.id) return null;
  const [first, second] =
    left.length === 1 && right.length === 1 && left[0]!.depth > right[0]!.depth
      ? [b, a]
      : left.length === 0 && right.length === 1
        ? [b, a]
        : [a, b];
  const kLast = (side: Num) => side.axes.at(-1)!.id === k!.id;
  const leftCode = kLast(first) || first.axes.length === 1 ? first.code : transposed(first.code);
  const kFirst = (side: Num) => side.axes[0]!.id === k!.id;
  const rightCode = kFirst(second) || second.axes.length === 1 ? second.code : transposed(second.code);
  const axes = joinAxes(left, right);
  state.bound(axes);
  return num(
    value.type,
    { text: `${at(leftCode, Level.multiply)} @ ${at(rightCode, Level.multiply + 1)}`, level: Level.multiply },
    { origin: value.origin, axes },
  );
}
