// Calls of builtins, of functions of math and NumPy, and of functions of the module.

import type { expr } from "../../source/ast.generated.ts";
import { meaningOf } from "../../source/meaning.ts";
import { extremeByKey, indexOfExtreme } from "./choices.ts";
import { atom, call, method } from "./code.ts";
import { drawn, drawOf } from "./draws.ts";
import type { Expressions } from "./expressions.ts";
import { lengthOf } from "./facts.ts";
import { evaluateReduction, ownAxis } from "./generators.ts";
import { inlineCall } from "./inlining.ts";
import { textOf } from "./linear.ts";
import { lengthNumber } from "./literals-and-names.ts";
import { ufunc } from "./mathematics.ts";
import { apply, cast, choose, comparison } from "./operations.ts";
import { refuse } from "./refusal.ts";
import { lift } from "./state.ts";
import { joinAxes, type Num, num, seqOf, type Value } from "./values.ts";

export function evaluateCall(expressions: Expressions, node: Extract<expr, { kind: "Call" }>): Value {
  const { state } = expressions;
  const draw = drawOf(expressions, node);
  if (draw) return drawn(expressions, draw);
  const name = expressions.dotted(node.func);
  if ((name === "min" || name === "max") && node.keywords.length > 0)
    return extremeByKey(expressions, name, node);
  if (name === null) {
    const place = indexOfExtreme(expressions, node);
    if (place) return place;
    if (node.func.kind === "Name") {
      const meaning = meaningOf(state.file, node.func);
      if (meaning.kind === "function") return inlineCall(expressions, meaning.node, node);
    }
    return refuse(`\`${expressions.text(node.func)}\` is called, of which nothing is known`, node);
  }
  if (node.keywords.length > 0) return refuse(`\`${name}\` is called with keywords`, node);
  const fn = ufunc(name);
  if (fn) {
    if (node.args.length !== fn.arity) return refuse(`\`${name}\` is called with other arguments`, node);
    const values = node.args.map((arg) => expressions.evaluate(arg));
    if (values.some((value) => value.kind === "ref" || value.kind === "sequence")) {
      const partial = values.some((value) => seqOf(value) !== null);
      if (partial) return refuse(`\`${name}\` of a whole row`, node);
    }
    const args = values.map((value, i) => expressions.asNumber(value, node.args[i]!));
    return apply(state, fn, expressions.text(node.func), args, node);
  }
  switch (name) {
    case "len": {
      const value = expressions.evaluate(node.args[0]!);
      const ref = seqOf(value);
      if (ref)
        return lengthNumber(
          ref.seq.dims[ref.subs.length]!,
          ref.subs.length === 0 ? `len(${ref.seq.text})` : ref.seq.dims[ref.subs.length]!.text,
        );
      if (value.kind === "builder") {
        const { start, stop, step } = ownAxis(expressions, value, node);
        if (start.symbol === null && start.offset === 0 && step === 1)
          return lengthNumber(stop, textOf(stop));
      }
      if (value.kind === "opaque")
        return lengthNumber(lengthOf(value.id, value.text, "opaque", 0), `len(${value.text})`);
      return refuse("the length of what is no list or array", node);
    }
    case "abs": {
      const value = expressions.number(node.args[0]!);
      const code = value.axes.length > 0 ? call(`${state.np}.abs`, value.code) : call("abs", value.code);
      const top = Math.max(Math.abs(value.lo), Math.abs(value.hi));
      if (value.type === "int" && value.origin === "python" && value.axes.length > 0) state.integers = true;
      const type = value.type === "complex" ? "float" : value.type === "bool" ? "int" : value.type;
      if (value.type === "complex")
        state.reasons.add("NumPy's absolute value of complex numbers may differ in the last digit");
      return num(type, code, { origin: value.origin, axes: value.axes, lo: 0, hi: top, soft: value.soft });
    }
    case "float": {
      const text = node.args[0];
      if (text?.kind === "Constant" && text.value.type === "str") {
        const sign = /^\s*([+-]?)inf(inity)?\s*$/i.exec(text.value.value)?.[1];
        if (sign === undefined) return refuse("a number is read from text", node);
        const bound = sign === "-" ? -Infinity : Infinity;
        return num("float", atom(expressions.text(node)), { constant: bound, lo: bound, hi: bound });
      }
      const value = expressions.number(node.args[0]!);
      if (value.type === "complex") return refuse("`float` of a complex number", node);
      if (value.axes.length === 0)
        return num("float", call("float", value.code), { lo: value.lo, hi: value.hi });
      if (value.type === "float") return { ...value, origin: "python", soft: false, factors: null };
      return num("float", cast(value, "float"), { axes: value.axes, lo: value.lo, hi: value.hi });
    }
    case "int": {
      const value = expressions.number(node.args[0]!);
      if (value.type === "complex") return refuse("`int` of a complex number", node);
      if (value.axes.length === 0) {
        if (value.type === "float")
          for (const error of ["OverflowError", "ValueError"]) state.hazards.add(error);
        return num("int", call("int", value.code));
      }
      if (value.type === "int") return { ...value, origin: "python" };
      if (value.type === "float") state.hazards.add("FloatingPointError");
      return num("int", cast(value, "int"), {
        axes: value.axes,
        lo: Math.floor(value.lo),
        hi: Math.ceil(value.hi),
      });
    }
    case "round": {
      const value = expressions.number(node.args[0]!);
      if (
        node.args.length > 1 ||
        value.type !== "float" ||
        value.axes.length === 0 ||
        value.origin === "numpy"
      )
        return refuse("`round` works otherwise on arrays", node);
      state.hazards.add("FloatingPointError");
      return num("int", method(call(`${state.np}.rint`, value.code), "astype(int)"), { axes: value.axes });
    }
    case "bool":
      return expressions.truth(node.args[0]!);
    case "min":
    case "max":
      if (node.args.length > 1) return extremeOf(expressions, name, node);
      return evaluateReduction(expressions, name, node.args[0]!, node);
    case "sum":
    case "any":
    case "all":
    case "math.fsum":
      if (node.args.length !== 1 || name === "math.fsum")
        return refuse(`\`${name}\` with a start, or exact`, node);
      return evaluateReduction(expressions, name, node.args[0]!, node);
    case "numpy.sum":
    case "numpy.abs":
    case "numpy.absolute":
      return refuse("array expressions are in the loop already", node);
    default:
      return refuse(`\`${name}\` has no counterpart for arrays here`, node);
  }
}

/** `min(a, b)` keeps the first unless the next is smaller: so NaN and −0.0 come out as from Python. */
function extremeOf(
  expressions: Expressions,
  name: "min" | "max",
  node: Extract<expr, { kind: "Call" }>,
): Num {
  const { state } = expressions;
  let [best, ...others] = node.args.map((arg) => expressions.number(arg)) as [Num, ...Num[]];
  for (const [i, other] of others.entries()) {
    const axes = joinAxes(best.axes, other.axes);
    if (axes.length === 0) {
      if (best.type !== other.type) return refuse("it is now of one type, now of another", node);
      best = num(best.type, call(name, best.code, other.code), { origin: best.origin });
    } else if (best.type === "int" && other.type === "int") {
      const fn = name === "min" ? "minimum" : "maximum";
      const choice = (a: number, b: number) => (name === "min" ? Math.min(a, b) : Math.max(a, b));
      best = num("int", call(`${state.np}.${fn}`, lift(best, axes), lift(other, axes)), {
        axes,
        origin: best.origin === "numpy" || other.origin === "numpy" ? "numpy" : "python",
        soft: best.soft || other.soft || best.origin !== other.origin,
        lo: choice(best.lo, other.lo),
        hi: choice(best.hi, other.hi),
      });
    } else {
      const next = state.named(other, "value");
      best = state.named(best, "value");
      const better = comparison(state, name === "min" ? "<" : ">", next, best, node.args[i]!);
      const range = { lo: Math.min(best.lo, next.lo), hi: Math.max(best.hi, next.hi) };
      if (name === "max") range.lo = Math.max(bound(best.lo, best), bound(next.lo, next));
      best = { ...choose(state, better, next, best, node), lo: range.lo, hi: range.hi };
    }
  }
  return best;
}

const bound = (lo: number, value: Num): number =>
  value.type === "float" ? (Number.isFinite(lo) ? lo : -Infinity) : lo;
