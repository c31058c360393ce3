// What a condition that holds, or does not, says of the variables in it.

import type { Compare, expr } from "../../source/ast.generated.ts";
import type { Range } from "../analysis/ranges.ts";
import * as ranges from "../analysis/ranges.ts";
import { Calls } from "./calls.ts";
import { bind, joinStates, type Reached, type State } from "./state.ts";
import { constant, float, type IntValue, shift, tightest, upperBounds, type Value } from "./values.ts";

/** Narrows a state by conditions. */
export abstract class Conditions extends Calls {
  protected refine(state: State, test: expr, truth: boolean): State | null {
    if (test.kind === "UnaryOp" && test.op === "Not") return this.refine(state, test.operand, !truth);
    if (test.kind === "BoolOp") {
      if ((test.op === "And") === truth) {
        return test.values.reduce<State | null>(
          (after, part) => after && this.refine(after, part, truth),
          state,
        );
      }
      let reached: Reached = null;
      let before: State | null = state;
      for (const part of test.values) {
        if (!before) break;
        reached = joinStates(reached, this.refine(before, part, truth));
        before = this.refine(before, part, !truth);
      }
      return reached;
    }
    if (test.kind === "Constant" && test.value.type === "bool")
      return test.value.value === truth ? state : null;
    if (test.kind === "Name") {
      const value = state.get(test.id)?.value;
      return value?.type === "int" ? this.compared(state, test, truth ? "NotEq" : "Eq", constant(0)) : state;
    }
    if (test.kind !== "Compare") return state;
    if (!truth && test.ops.length > 1) return state;
    return this.refineChain(state, test, truth);
  }

  private refineChain(state: State, test: Compare, truth: boolean): State | null {
    const parts = [test.left, ...test.comparators];
    let current: State | null = state;
    for (const [i, op] of test.ops.entries()) {
      if (!current) return null;
      const actual = truth ? op : opposite[op];
      if (!actual) continue;
      const [left, right] = [parts[i]!, parts[i + 1]!];
      const quiet = this.reporting;
      this.reporting = false;
      const [a, b]: [Value, Value] = [this.evaluate(left, current), this.evaluate(right, current)];
      this.reporting = quiet;
      // A negated comparison of floats also holds for NaN, which has no place in the bounds: they still hold.
      if (!truth && (a.type === "float" || b.type === "float") && actual !== "Eq" && actual !== "NotEq")
        continue;
      current = this.compared(current, left, actual, b);
      if (current) current = this.compared(current, right, mirrored[actual]!, a);
    }
    return current;
  }

  /** The state in which `node op other` holds; null when it cannot. */
  private compared(state: State, node: expr, op: string, other: Value): State | null {
    if (
      node.kind === "BinOp" &&
      node.op === "Mult" &&
      node.left.kind === "Name" &&
      node.right.kind === "Name"
    ) {
      // i * i <= n bounds i.
      const value = state.get(node.left.id)?.value;
      if (node.left.id !== node.right.id || value?.type !== "int" || other.type !== "int") return state;
      if (op !== "Lt" && op !== "LtE") return state;
      const root = ranges.squareRoot(other.range.hi);
      const range = ranges.meet(value.range, { lo: -root, hi: root });
      return range && bind(state, node.left.id, { ...value, range });
    }
    if (node.kind !== "Name") return state;
    const value = state.get(node.id)?.value;
    if (value?.type === "int" && other.type === "int") {
      const narrowed = narrowInt(value, op, other);
      return narrowed && bind(state, node.id, narrowed);
    }
    if (value?.type === "float" && (other.type === "float" || other.type === "int")) {
      const [lo, hi] =
        other.type === "float" ? [other.lo, other.hi] : [Number(other.range.lo), Number(other.range.hi)];
      const zero = lo === 0 && hi === 0;
      if (op === "NotEq" && zero) return bind(state, node.id, { ...value, nonzero: true });
      const bounds = { lo: value.lo, hi: value.hi };
      if (op === "Gt" || op === "GtE" || op === "Eq") bounds.lo = Math.max(bounds.lo, lo);
      if (op === "Lt" || op === "LtE" || op === "Eq") bounds.hi = Math.min(bounds.hi, hi);
      const strict = (op === "Gt" && lo >= 0) || (op === "Lt" && hi <= 0);
      // An empty interval: only NaN is left, or nothing; keep what was known.
      if (bounds.lo > bounds.hi) return state;
      const narrowed = float(value.origin, bounds.lo, bounds.hi, value.nonzero || strict);
      return bind(state, node.id, { ...narrowed, soft: value.soft });
    }
    return state;
  }
}

const opposite: Partial<Record<string, string>> = {
  Lt: "GtE",
  LtE: "Gt",
  Gt: "LtE",
  GtE: "Lt",
  Eq: "NotEq",
  NotEq: "Eq",
};

const mirrored: Partial<Record<string, string>> = {
  Lt: "Gt",
  LtE: "GtE",
  Gt: "Lt",
  GtE: "LtE",
  Eq: "Eq",
  NotEq: "NotEq",
};

function narrowInt(value: IntValue, op: string, other: IntValue): IntValue | null {
  const { lo, hi } = other.range;
  let bounds: Range = value.range;
  let atMost = value.atMost;
  if (op === "Lt") {
    bounds = { lo: bounds.lo, hi: ranges.least(bounds.hi, hi - 1n) };
    atMost = [...atMost, ...upperBounds(other).map((bound) => shift(bound, -1n)!)];
  } else if (op === "LtE" || op === "Eq") {
    bounds = {
      lo: op === "Eq" ? ranges.greatest(bounds.lo, lo) : bounds.lo,
      hi: ranges.least(bounds.hi, hi),
    };
    atMost = [...atMost, ...upperBounds(other)];
  } else if (op === "Gt") bounds = { lo: ranges.greatest(bounds.lo, lo + 1n), hi: bounds.hi };
  else if (op === "GtE") bounds = { lo: ranges.greatest(bounds.lo, lo), hi: bounds.hi };
  else if (op === "NotEq" && lo === hi) {
    if (bounds.lo === lo) bounds = { lo: lo + 1n, hi: bounds.hi };
    else if (bounds.hi === lo) bounds = { lo: bounds.lo, hi: hi - 1n };
  }
  if (bounds.lo > bounds.hi) return null;
  const nonzero =
    value.nonzero || bounds.lo > 0n || bounds.hi < 0n || (op === "NotEq" && lo === 0n && hi === 0n);
  return { ...value, range: bounds, atMost: tightest(atMost), nonzero };
}
