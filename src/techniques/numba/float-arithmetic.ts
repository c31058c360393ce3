// Arithmetic of floats in intervals, and where Python raises and compiled code does not.

import type { expr, operator, stmt } from "../../source/ast.generated.ts";
import { operatorSign } from "../../source/expression-text.ts";
import * as ranges from "../analysis/ranges.ts";
import { finiteResult } from "./mathematics.ts";
import { Subscripts } from "./subscripts.ts";
import {
  type FloatValue,
  float,
  type IntValue,
  int,
  mixedOrigin,
  type Origin,
  type Scalar,
  typeName,
  Unsupported,
  type Value,
} from "./values.ts";

/** Computes with floats. */
export abstract class FloatArithmetic extends Subscripts {
  protected floatOperation(
    node: expr | stmt,
    op: operator,
    a: IntValue | FloatValue,
    b: IntValue | FloatValue,
  ): Value {
    const origin = mixedOrigin(a.origin, b.origin);
    const soft = [a, b].filter((value) => value.type === "float" && value.soft);
    if (soft.length === 2 || (soft.length === 1 && (a.type === "int" || b.type === "int"))) {
      this.fail("arithmetic of a number that may be an int or a float", node);
    }
    const [x, y] = [interval(a), interval(b)];
    switch (op) {
      case "Add":
        return float(origin, x.lo + y.lo, x.hi + y.hi);
      case "Sub":
        return float(origin, x.lo - y.hi, x.hi - y.lo);
      case "Mult":
        return this.product(node, origin, x, y);
      case "Div":
        this.divisor(b);
        return this.quotient(origin, x, y);
      case "FloorDiv":
        this.divisor(b);
        return float(origin);
      case "Mod":
        this.divisor(b);
        return y.lo >= 0 ? float(origin, 0, y.hi) : float(origin);
      case "Pow":
        return this.power(node, a, b);
      default:
        return this.fail(`\`${operatorSign[op]}\` of floats is not compiled`, node);
    }
  }

  private product(node: expr | stmt, origin: Origin, x: Interval, y: Interval): FloatValue {
    if (node.kind === "BinOp" && isSimple(node.left) && this.text(node.left) === this.text(node.right)) {
      return float(origin, 0, Infinity);
    }
    const corners = [x.lo * y.lo, x.lo * y.hi, x.hi * y.lo, x.hi * y.hi];
    // 0 · ∞ at a corner: the product of what lies beside it may be anything of that sign.
    if (corners.some(Number.isNaN))
      return x.lo >= 0 && y.lo >= 0 ? float(origin, 0, Infinity) : float(origin);
    return float(origin, Math.min(...corners), Math.max(...corners));
  }

  protected quotient(origin: Origin, x: Interval, y: Interval): FloatValue {
    if (y.lo > 0 && x.lo >= 0) return float(origin, 0, y.lo >= 1 ? x.hi : Infinity);
    if (y.lo >= 0 && x.lo >= 0) return float(origin, 0, Infinity);
    return float(origin);
  }

  protected divisor(value: IntValue | FloatValue): void {
    if (!value.nonzero) this.raise("ZeroDivisionError");
  }

  /** Powers with a float: Python raises, or turns complex, where the C library gives infinity or NaN. */
  protected power(node: expr | stmt, a: IntValue | FloatValue, b: IntValue | FloatValue): Value {
    const origin = mixedOrigin(a.origin, b.origin);
    const base = interval(a);
    for (const value of [a, b]) {
      if (value.type === "int" && !ranges.fits(value.range, ranges.exactInFloat)) this.wide(node, [value]);
      if (value.type === "float" && value.soft)
        this.fail("a power of a number that may be an int or a float", node);
    }
    const exponent =
      b.type === "float"
        ? b.lo === b.hi
          ? b.lo
          : null
        : b.range.lo === b.range.hi
          ? Number(b.range.lo)
          : null;
    const root = exponent === 0.5 && base.lo >= 0 && base.hi < Infinity;
    if (this.reporting) {
      if (exponent === null || exponent === 2 || exponent === 0.5) {
        this.findings.inexact.add(
          "the compiler turns squares and square roots written as powers into a multiplication or a root, which may differ in the last digit",
        );
      }
      // With an integer exponent Numba would multiply repeatedly, and round each time.
      if (!root) {
        const { math } = this.around;
        this.callChecked(node, "_power", finiteResult(`${math}.pow(x, float(y))`, math));
      }
    }
    if (!root) this.raise("ArithmeticError");
    if (base.lo >= 0 && exponent !== null && exponent >= 0) {
      // Powers rise with the base; the factors leave room for rounding.
      return float(origin, base.lo ** exponent * (1 - 1e-9), base.hi ** exponent * (1 + 1e-9));
    }
    const even = exponent !== null && exponent % 2 === 0;
    return even || base.lo >= 0 ? float(origin, 0, Infinity) : float(origin);
  }

  /** Replace an operator by a call of a checked function. */
  protected callChecked(node: expr | stmt, base: string, body: readonly string[], reorders = false): void {
    const checked = this.checkedFunction(base, "x, y", body, reorders);
    if (node.kind === "BinOp") {
      // Only the operator goes: the operands keep their own edits.
      const { text } = this.around.file;
      let from = node.left.end;
      let to = node.right.start;
      let [opened, closed] = [0, 0];
      for (const character of text.slice(node.start, node.left.start)) if (character === "(") opened++;
      for (; closed < opened; from++) if (text[from] === ")") closed++;
      for (let back = to - 1; text[back] === "(" || text[back] === " "; back--)
        if (text[back] === "(") to = back;
      this.insert(node, node.start, `${checked}(`);
      this.edit({ start: from, end: to }, ", ");
      this.insert(node, node.end, ")");
      return;
    }
    if (node.kind === "AugAssign") {
      const target = this.text(node.target);
      this.edit({ start: node.target.end, end: node.value.start }, ` = ${checked}(${target}, `);
      this.insert(node, node.end, ")");
      return;
    }
    this.fail("a power here is not compiled", node);
  }
}

interface Interval {
  lo: number;
  hi: number;
}

export function interval(value: IntValue | FloatValue): Interval {
  return value.type === "float" ? value : { lo: Number(value.range.lo), hi: Number(value.range.hi) };
}

/** A boolean counts as 0 or 1. */
export function number(value: Scalar): IntValue | FloatValue {
  if (value.type === "bool") return int(ranges.range(0, 1), value.origin);
  if (value.type === "int" || value.type === "float") return value;
  throw new Unsupported(`${typeName(value)} is used as a number`);
}

export function isSimple(node: expr): boolean {
  return node.kind === "Name" || (node.kind === "Subscript" && isSimple(node.value) && isIndex(node.slice));
}

function isIndex(node: expr): boolean {
  if (node.kind === "Tuple") return node.elts.every(isIndex);
  if (node.kind === "BinOp") return isIndex(node.left) && isIndex(node.right);
  return node.kind === "Constant" || isSimple(node);
}
