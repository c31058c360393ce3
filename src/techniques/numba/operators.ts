// Operators, comparisons and conditions: by the types of the operands, as Python and Numba both see them.

import type { Compare, expr, operator, stmt } from "../../source/ast.generated.ts";
import { operatorSign } from "../../source/expression-text.ts";
import * as ranges from "../analysis/ranges.ts";
import { ArrayArithmetic } from "./array-arithmetic.ts";
import { number } from "./float-arithmetic.ts";

import type { State } from "./state.ts";
import {
  bool,
  complex,
  exactOf,
  float,
  isArray,
  isUnsigned,
  join,
  type ListValue,
  mixed,
  mixedOrigin,
  type Origin,
  representative,
  type Scalar,
  typeName,
  type Value,
} from "./values.ts";

/** Applies operators to values. */
export abstract class Operators extends ArrayArithmetic {
  protected unary(node: expr & { kind: "UnaryOp" }, state: State): Value {
    const value = this.evaluate(node.operand, state);
    if (isArray(value)) return this.arrayNegation(node, value);
    if (node.op === "Not") {
      this.truth(value, node);
      return bool();
    }
    if (value.type === "int") {
      if (node.op === "UAdd") return value;
      if (isUnsigned(value)) this.fail("the sign of an integer that has none", node);
      const range =
        node.op === "USub"
          ? ranges.negate(value.range)
          : ranges.negate(ranges.add(value.range, ranges.range(1, 1)));
      const result = this.fitted(node, range, value.origin, value.dtype, value.limit);
      return node.op === "USub" && node.operand.kind === "Constant" ? { ...result, literals: null } : result;
    }
    if (value.type === "float" && node.op !== "Invert") {
      if (value.soft) this.fail("the sign of a number that may be an int or a float", node);
      return node.op === "UAdd" ? value : float(value.origin, -value.hi, -value.lo, value.nonzero);
    }
    if (value.type === "complex" && node.op !== "Invert") return value;
    return this.fail(`\`${node.op === "USub" ? "-" : "~"}\` of ${typeName(value)} is not compiled`, node);
  }

  /** The result of an operator, also of an augmented assignment. */
  protected binary(node: expr | stmt, op: operator, left: Value, right: Value): Value {
    if (isArray(left) || isArray(right)) return this.arrayOperation(node, op, left, right);
    if (op === "Mult" && (left.type === "list" || right.type === "list"))
      return this.repeat(node, left, right);
    for (const value of [left, right]) {
      if (!["int", "float", "bool", "complex"].includes(value.type)) {
        this.fail(
          `\`${operatorSign[op]}\` of ${typeName(left)} and ${typeName(right)} is not compiled`,
          node,
        );
      }
    }
    const [a, b] = [left as Scalar, right as Scalar];
    if (a.type === "complex" || b.type === "complex") return this.complexOperation(node, op, a, b);
    if (a.type === "bool" && b.type === "bool" && (op === "BitAnd" || op === "BitOr" || op === "BitXor")) {
      return bool(mixedOrigin(a.origin, b.origin));
    }
    const [x, y] = [number(a), number(b)];
    if ((a.type === "bool" && a.origin !== "python") || (b.type === "bool" && b.origin !== "python")) {
      this.fail("arithmetic with NumPy's booleans differs in Numba", node);
    }
    if (x.type === "int" && y.type === "int") return this.integerOperation(node, op, x, y);
    return this.floatOperation(node, op, x, y);
  }

  /** `[0] * n`: numba makes lists as Python does. */
  private repeat(node: expr | stmt, left: Value, right: Value): Value {
    const [list, times] = left.type === "list" ? [left, right] : [right as ListValue, left];
    if (times.type !== "int")
      return this.fail("a list is repeated a number of times that is no integer", node);
    if (node.kind !== "BinOp" || representative(list.container).input !== null)
      this.fail("a list is repeated in place", node);
    const single = list.length?.base === "" && list.length.offset === 1n;
    const exact = exactOf(times);
    return { ...list, length: single && exact && times.range.lo >= 0n ? exact : null };
  }

  private complexOperation(node: expr | stmt, op: operator, a: Scalar, b: Scalar): Value {
    const origin = mixedOrigin("origin" in a ? a.origin : "python", "origin" in b ? b.origin : "python");
    if (a.type === "bool" || b.type === "bool") this.fail("complex arithmetic with booleans", node);
    if (op === "Add" || op === "Sub" || op === "Mult") {
      // Python 3.14 mixes real and complex operands by rules of their own.
      if (a.type !== b.type && this.around.python[1] >= 14)
        this.fail("complex arithmetic with real operands", node);
      return complex(origin);
    }
    if (op === "Pow" && b.type === "int" && b.range.lo === 2n && b.range.hi === 2n) return complex(origin);
    return this.fail(`\`${operatorSign[op]}\` of complex numbers differs in Numba`, node);
  }

  protected compare(node: Compare, state: State): Value {
    const values = [node.left, ...node.comparators].map((part) => this.evaluate(part, state));
    if (values.some(isArray)) return this.arrayComparison(node, values[0]!, values[1]!);
    let origin: Origin = "python";
    for (const [i, op] of node.ops.entries()) {
      const [left, right] = [values[i]!, values[i + 1]!];
      if (op === "Is" || op === "IsNot" || op === "In" || op === "NotIn")
        this.fail("`is` and `in` are not compiled", node);
      const ordered = op !== "Eq" && op !== "NotEq";
      const chars = left.type === "char" && right.type === "char";
      const numbers = [left, right].every(
        ({ type }) => ["int", "float", "bool"].includes(type) || (type === "complex" && !ordered),
      );
      if (!chars && !numbers) this.fail(`${typeName(left)} is compared with ${typeName(right)}`, node);
      for (const [a, b] of [
        [left, right],
        [right, left],
      ] as const) {
        if (
          a.type === "int" &&
          (b.type === "float" || b.type === "complex") &&
          !ranges.fits(a.range, ranges.exactInFloat)
        ) {
          this.wide(node, [a]);
        }
      }
      if ("origin" in left && "origin" in right)
        origin = mixedOrigin(origin, mixedOrigin(left.origin, right.origin));
    }
    // A chain gives the first comparison that fails: of which origin is open when they differ.
    return bool(node.ops.length > 1 && origin !== "python" ? "either" : origin);
  }

  /** An expression used as a condition: `and` and `or` only choose a way there. */
  protected condition(node: expr, state: State): void {
    if (node.kind === "UnaryOp" && node.op === "Not") {
      this.condition(node.operand, state);
      return;
    }
    if (node.kind !== "BoolOp") {
      this.truth(this.evaluate(node, state), node);
      return;
    }
    let current: State | null = state;
    for (const part of node.values) {
      if (!current) return;
      this.condition(part, current);
      current = this.refine(current, part, node.op === "And");
    }
  }

  /** A value used as a condition. */
  protected truth(value: Value, node: { start: number }): void {
    if (!["int", "bool", "float", "complex"].includes(value.type))
      this.fail(`${typeName(value)} is used as a condition`, node);
  }

  protected boolean(node: expr & { kind: "BoolOp" }, state: State): Value {
    let current: State | null = state;
    let result: Value | null = null;
    for (const part of node.values) {
      if (!current) break;
      const value = this.evaluate(part, current);
      if (value.type !== "bool") this.fail("`and` and `or` of values other than comparisons", part);
      result = result ? join(result, value) : value;
      current = this.refine(current, part, node.op === "And");
    }
    return result ?? bool();
  }

  protected conditional(node: expr & { kind: "IfExp" }, state: State): Value {
    this.condition(node.test, state);
    const [yes, no] = [this.refine(state, node.test, true), this.refine(state, node.test, false)];
    const left = yes && this.evaluate(node.body, yes);
    const right = no && this.evaluate(node.orelse, no);
    if (!left || !right) return left ?? right ?? this.fail("a condition can neither hold nor fail", node);
    return (
      join(left, right) ??
      this.softened(left, right, node) ??
      this.fail(mixed("the branches", left, right), node)
    );
  }
}
