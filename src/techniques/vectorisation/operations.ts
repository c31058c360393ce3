// Arithmetic and comparison of numbers and arrays, with what Python and NumPy may do differently watched or refused.

import { atom, binary, call, compare, Level, unary } from "./code.ts";
import { plus, textOf } from "./linear.ts";
import type { Ufunc } from "./mathematics.ts";
import { refuse } from "./refusal.ts";
import { exactly } from "./rounding.ts";
import { lift, type State } from "./state.ts";
import { nonEmpty } from "./subscripts.ts";
import { joinAxes, type Num, num, type Origin, widerType } from "./values.ts";

type Place = { start: number };

/** Integers of Python's own must stay below this, so that no bit is lost in 64. */
const widest = 2 ** 62;

export const limitOf = (state: State): number => 2 ** state.options.bits;

/** The bounds of an integer under the limits that are checked. */
function bounds(state: State, value: Num): readonly [number, number] {
  if (value.type === "bool") return [0, 1];
  if (value.type !== "int") return [value.lo, value.hi];
  const limit = limitOf(state);
  return [Math.max(value.lo, value.origin === "python" ? -limit : -Infinity), Math.min(value.hi, limit)];
}

const mixed = (a: Origin, b: Origin): Origin => (a === "numpy" || b === "numpy" ? "numpy" : "python");

/** `a op b` for all iterations at once. */
export function operate(state: State, op: string, a: Num, b: Num, node: Place): Num {
  const axes = joinAxes(a.axes, b.axes);
  // A product may be summed without ever being an array of its own.
  if (op !== "Mult") state.bound(axes);
  else for (const side of [a, b]) state.bound(side.axes);
  if (a.type === "bool" && axes.length > 0) a = asInteger(a);
  if (b.type === "bool" && axes.length > 0) b = asInteger(b);
  if (divides.has(op) && b.lo <= 0 && b.hi >= 0) b = guarded(state, b);
  const origin = mixed(a.origin, b.origin);
  let type = widerType(a.type, b.type);
  if (type === "bool") type = "int";
  const [x, y] = [bounds(state, a), bounds(state, b)];
  let [lo, hi] = [-Infinity, Infinity];
  switch (op) {
    case "Add":
      [lo, hi] = [x[0] + y[0], x[1] + y[1]];
      break;
    case "Sub":
      [lo, hi] = [x[0] - y[1], x[1] - y[0]];
      break;
    case "Mult":
      [lo, hi] =
        a.code.text === b.code.text && type !== "complex"
          ? [0, Math.max(x[0] ** 2, x[1] ** 2)]
          : product(x, y);
      break;
    case "Div":
      type = type === "complex" ? "complex" : "float";
      if (a.type === "int" && b.type === "int" && origin === "python") exactInFloat(state, [x, y], node);
      b = divisor(state, a, b, y, origin, axes.length > 0);
      break;
    case "FloorDiv":
    case "Mod":
      if (type === "complex") refuse("complex numbers have no remainder", node);
      if (type === "float" && axes.length > 0) state.reasons.add(remainderReason);
      b = divisor(state, a, b, y, origin, axes.length > 0);
      if (op === "Mod" && y[0] > 0) [lo, hi] = [0, y[1]];
      else if (type === "int") [lo, hi] = [-Math.max(-x[0], x[1]) - 1, Math.max(-x[0], x[1]) + 1];
      break;
    case "Pow":
      return power(state, a, b, node);
    case "BitAnd":
    case "BitOr":
    case "BitXor":
    case "LShift":
    case "RShift":
      if (type !== "int" || op === "LShift")
        refuse("bits are shifted or combined in a way that has no bound", node);
      // An array made of an empty list holds floats, which have no bits.
      if (origin === "python") for (const axis of axes) nonEmpty(state, axis);
      if (op !== "RShift") [lo, hi] = bitBounds(x, y);
      else {
        if (y[0] < 0 || y[1] > 62) refuse("a shift by a number that has no bound", node);
        [lo, hi] = x;
      }
      break;
    default:
      refuse("an operator without a counterpart for arrays", node);
  }
  if (Number.isNaN(lo)) lo = -Infinity;
  if (Number.isNaN(hi)) hi = Infinity;
  if (axes.length > 0 && a.type === "int" && b.type === "int" && origin === "python")
    for (const side of [a, b]) limit(state, side);
  if (axes.length > 0) arithmetic(state, type, origin, lo, hi, node);
  const code = binary(op, lift(a, axes), lift(b, axes));
  // Where one side is NumPy's for certain, so is what comes out.
  const unsure =
    origin === "numpy" &&
    [a, b].some((side) => side.soft) &&
    [a, b].every((side) => side.soft || side.origin === "python");
  if (unsure && divides.has(op) && y[0] <= 0 && y[1] >= 0)
    refuse("a number that is now Python's, now NumPy's, is divided by what may be zero", node);
  const whole = type === "float" && op !== "Div" && [a, b].every((side) => side.soft || side.type === "int");
  const soft = whole || unsure;
  const value = num(type, code, { origin, axes, lo, hi, soft });
  if (op === "Mult") return { ...value, factors: [a, b] };
  if (type !== "int") return value;
  return { ...value, ...positionOf(op, a, b) };
}

const divides: ReadonlySet<string> = new Set(["Div", "FloorDiv", "Mod"]);

const remainderReason =
  "NumPy's remainder and floor division of floats may differ from Python's in the last digit";

/** A loop's position or a known integer moved by a constant. */
function positionOf(op: string, a: Num, b: Num): Partial<Num> {
  const [moved, by] =
    b.linear?.symbol === null
      ? [a, b.linear.offset]
      : op === "Add" && a.linear?.symbol === null
        ? [b, a.linear.offset]
        : [null, 0];
  if (!moved || (op !== "Add" && op !== "Sub")) return {};
  const step = op === "Sub" ? -by : by;
  if (moved.affine) return { affine: { axis: moved.affine.axis, offset: moved.affine.offset + step } };
  const found: Partial<Num> = {};
  if (moved.linear) found.linear = plus(moved.linear, step);
  if (moved.below) found.below = plus(moved.below, step);
  return found;
}

/** Arithmetic of Python's own integers must not leave 64 bits. */
function arithmetic(
  state: State,
  type: Num["type"],
  origin: Origin,
  lo: number,
  hi: number,
  node: Place,
): void {
  if (type !== "int" || origin !== "python") return;
  state.integers = true;
  if (!(lo > -widest && hi < widest))
    refuse("integers here could pass 64 bits, which Python's do without harm", node);
}

/** An integer that is computed with must lie within the width that is counted on. */
function limit(state: State, value: Num): void {
  const most = limitOf(state);
  if (value.running) {
    const condition = `${state.np}.abs(${value.code.text}).max(initial=0) < 2**${state.options.bits}`;
    if (!state.lines.some(({ text }) => text === condition)) state.check(condition);
    return;
  }
  if (value.lo >= -most && value.hi <= most) return;
  if (value.axes.length === 0) {
    // A length beyond 2^31 is no list or array that fits a machine.
    if (value.linear?.length && state.options.bits >= 31) return;
    state.require(`abs(${value.code.text}) < 2**${state.options.bits}`);
  } else if (value.affine) {
    const { start, stop } = value.affine.axis;
    for (const bound of [start, stop])
      if (bound.symbol !== null && !(bound.length && state.options.bits >= 31))
        state.conditions.add(`abs(${textOf(bound)}) < 2**${state.options.bits}`);
  }
}

function exactInFloat(state: State, sides: readonly (readonly [number, number])[], node: Place): void {
  // Python divides integers exactly; NumPy makes floats of them first.
  if (sides.some(([lo, hi]) => !(lo >= -(2 ** 53) && hi <= 2 ** 53)))
    refuse("large integers are divided, which Python does exactly", node);
  state.integers = true;
}

function product(x: readonly [number, number], y: readonly [number, number]): [number, number] {
  const all = [x[0] * y[0], x[0] * y[1], x[1] * y[0], x[1] * y[1]].map((value) =>
    Number.isNaN(value) ? 0 : value,
  );
  return [Math.min(...all), Math.max(...all)];
}

function bitBounds(x: readonly [number, number], y: readonly [number, number]): [number, number] {
  if (x[0] < 0 || y[0] < 0) return [-widest / 2, widest / 2];
  return [0, 2 * Math.max(x[1], y[1]) + 1];
}

/** Division by zero raises in Python, unless a number of NumPy takes part. Gives the divisor as it is to be written. */
function divisor(
  state: State,
  a: Num,
  b: Num,
  [lo, hi]: readonly [number, number],
  origin: Origin,
  vector: boolean,
): Num {
  if (lo > 0 || hi < 0 || (b.constant !== null && b.constant !== 0)) return b;
  if (origin === "numpy" && vector) {
    state.assumptions.add(warnings);
    return b;
  }
  if (b.axes.length === 0) {
    state.require(`${b.code.level > Level.compare ? b.code.text : `(${b.code.text})`} != 0`);
    return b;
  }
  state.hazards.add("FloatingPointError");
  // Of infinity or NaN divided by zero, NumPy says nothing.
  if (a.type !== "float" || a.constant !== null) return b;
  const named = state.named(b, "divisors");
  state.check(`${named.code.text}.all()`);
  return named;
}

export const warnings =
  "NumPy warns of a division by zero or an invalid value once for the whole array, in other words than for single numbers.";

function power(state: State, a: Num, b: Num, node: Place): Num {
  const axes = joinAxes(a.axes, b.axes);
  const origin = mixed(a.origin, b.origin);
  const exponent = b.constant;
  if (axes.length === 0) {
    const even = exponent !== null && exponent % 2 === 0;
    if (exponent === null || exponent < 0) refuse("a power that is computed once may raise", node);
    return num(widerType(a.type, b.type), binary("Pow", a.code, b.code), {
      origin,
      lo: even ? 0 : -Infinity,
    });
  }
  const [x] = [bounds(state, a)];
  const type = widerType(a.type, b.type);
  if (type === "complex") refuse("a power of complex numbers", node);
  let [lo, hi] = [-Infinity, Infinity];
  if (exponent !== null && Number.isInteger(exponent) && exponent >= 0) {
    const ends = [x[0] ** exponent, x[1] ** exponent];
    lo = exponent % 2 === 0 ? 0 : Math.min(...ends);
    hi = Math.max(...ends);
  }
  if (type === "int") {
    if (exponent === null || exponent < 0) refuse("an integer is raised to a power that is not fixed", node);
    if (origin === "python") limit(state, a);
    arithmetic(state, "int", origin, lo, hi, node);
  } else {
    state.reasons.add(
      "NumPy computes powers with other instructions than Python, which may differ in the last digit",
    );
    if (origin === "python") {
      if (exponent !== null && Number.isInteger(exponent) && exponent > 0)
        state.assumptions.add(
          "Powers do not overflow: beyond about 1e154 Python's square of a float raises OverflowError, NumPy's is infinite.",
        );
      else state.hazards.add("FloatingPointError");
    }
  }
  return num(type, binary("Pow", lift(a, axes), lift(b, axes)), { origin, axes, lo, hi });
}

export function negate(state: State, op: string, value: Num, node: Place): Num {
  if (op === "Not") return not(value);
  if (op === "UAdd") return value;
  if (op === "Invert") {
    if (value.type !== "int") refuse("`~` of what is no integer", node);
    if (value.origin === "python") for (const axis of value.axes) nonEmpty(state, axis);
    return num("int", unary("~", value.code), {
      origin: value.origin,
      axes: value.axes,
      lo: -value.hi - 1,
      hi: -value.lo - 1,
    });
  }
  const inner = value.type === "bool" && value.axes.length > 0 ? asInteger(value) : value;
  const type = inner.type === "bool" ? "int" : inner.type;
  const [lo, hi] = bounds(state, inner);
  const known: Partial<Num> =
    inner.constant !== null
      ? {
          constant: -inner.constant,
          ...(inner.linear?.symbol === null
            ? { linear: { ...inner.linear, offset: -inner.linear.offset } }
            : {}),
        }
      : {};
  return num(type, unary("-", inner.code), {
    origin: inner.origin,
    axes: inner.axes,
    lo: -hi,
    hi: -lo,
    ...known,
  });
}

export function not(value: Num): Num {
  if (value.axes.length === 0)
    return num("bool", {
      text: `not ${value.code.level > Level.not ? value.code.text : `(${value.code.text})`}`,
      level: Level.not,
    });
  return num("bool", unary("~", value.code), { axes: value.axes });
}

export function comparison(state: State, sign: string, a: Num, b: Num, node: Place): Num {
  const axes = joinAxes(a.axes, b.axes);
  state.bound(axes);
  if ((a.type === "complex" || b.type === "complex") && sign !== "==" && sign !== "!=")
    refuse("complex numbers are compared", node);
  if (a.type !== b.type && axes.length > 0 && a.type !== "bool" && b.type !== "bool") {
    // An integer beyond 2^53 compares exactly with a float in Python, rounded in NumPy.
    const whole = a.type === "int" ? a : b;
    if (whole.constant === null && whole.origin === "python" && whole.axes.length > 0) state.integers = true;
  }
  if (axes.length > 0) for (const side of [a, b]) exactly(state, side, node);
  const origin = mixed(a.origin, b.origin);
  return num("bool", compare(sign, lift(a, axes), lift(b, axes)), { axes, origin });
}

/** Truth values as 0 and 1. */
export function asInteger(value: Num): Num {
  return num("int", cast(value, "int"), { origin: value.origin, axes: value.axes, lo: 0, hi: 1 });
}

export const cast = (value: Num, type: string) =>
  atom(`${value.code.level === Level.atom ? value.code.text : `(${value.code.text})`}.astype(${type})`);

/** A function of one or two numbers, for all iterations at once. */
export function apply(state: State, fn: Ufunc, name: string, args: readonly Num[], node: Place): Num {
  const axes = joinAxes(...args.map(({ axes: own }) => own));
  state.bound(axes);
  if (args.some(({ type }) => type === "complex")) refuse(`\`${name}\` of complex numbers`, node);
  const origin: Origin = fn.origin === "argument" ? args[0]!.origin : fn.origin;
  const [lo, hi] = fn.range ?? [-Infinity, Infinity];
  if (axes.length === 0) {
    // Computed once for all iterations, even where none would reach it.
    if (fn.origin === "python" && !fn.safe(...bounds(state, args[0]!))) {
      state.hazards.add("ValueError");
      if (fn.overflows) state.hazards.add("OverflowError");
    }
    return num(fn.integral ? "int" : fn.result, call(name, ...args.map(({ code }) => code)), {
      origin,
      lo,
      hi,
    });
  }
  // An array of integers beyond 64 bits holds Python's objects, for which NumPy has no such function.
  if (args.some(({ type, origin: made, axes: own }) => type === "int" && made === "python" && own.length > 0))
    state.integers = true;
  const prepared = args.map((arg) => {
    const safe = fn.safe(...bounds(state, arg));
    return safe ? arg : guarded(state, arg);
  });
  const safe = args.every((arg) => fn.safe(...bounds(state, arg)));
  if (!safe) {
    if (fn.origin === "python") state.hazards.add("FloatingPointError");
    else state.assumptions.add(warnings);
  }
  if (!fn.exact)
    state.reasons.add(
      "NumPy computes these functions with vector code of its own, which may differ from Python's in the last digit",
    );
  const code = call(`${state.np}.${fn.name}`, ...prepared.map((arg) => lift(arg, axes)));
  if (fn.integral) {
    if (args[0]!.type === "int") return args[0]!;
    return num("int", atom(`${code.text}.astype(int)`), { origin, axes });
  }
  return num(fn.result, code, { origin, axes, lo, hi });
}

/** Under a condition, elements that are not reached must not disturb: they are replaced by one. */
export function guarded(state: State, value: Num): Num {
  const { mask } = state;
  if (!mask || value.axes.length === 0) return value;
  const axes = joinAxes(mask.axes, value.axes);
  return num(value.type, call(`${state.np}.where`, lift(mask, axes), lift(value, axes), "1"), {
    origin: value.origin,
    axes,
  });
}

/** `where(condition, a, b)`. */
export function choose(state: State, condition: Num, a: Num, b: Num, node: Place): Num {
  const axes = joinAxes(condition.axes, a.axes, b.axes);
  const type = widerType(a.type, b.type);
  let soft = a.soft || b.soft || a.origin !== b.origin;
  if (a.type !== b.type) {
    const whole = [a, b].find((side) => side.type === "int");
    if (type !== "float" || whole?.constant == null) refuse("it is now of one type, now of another", node);
    soft = true;
  }
  const origin = mixed(a.origin, b.origin);
  const code = call(`${state.np}.where`, lift(condition, axes), lift(a, axes), lift(b, axes));
  return num(type, code, { origin, axes, soft, lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi) });
}
