// Conversions between numbers, and the builtins that choose or change one: int, float, round, abs, min, max.

import type { Call } from "../../source/ast.generated.ts";
import * as ranges from "../analysis/ranges.ts";
import { Expressions } from "./expressions.ts";
import { interval, number } from "./float-arithmetic.ts";
import { finiteResult, fittingArgument } from "./mathematics.ts";
import {
  type FloatValue,
  float,
  type IntValue,
  int,
  isScalar,
  isUnsigned,
  join,
  mixed,
  type Origin,
  typeName,
  upperBounds,
  type Value,
} from "./values.ts";

/** Converts values. */
export abstract class Conversions extends Expressions {
  protected absolute(node: Call, value: Value): Value {
    if (value.type === "int")
      return this.fitted(node, ranges.absolute(value.range), value.origin, value.dtype, value.limit);
    if (value.type === "float") {
      const crosses = value.lo <= 0 && value.hi >= 0;
      const [lo, hi] = [Math.abs(value.lo), Math.abs(value.hi)];
      const result = float(value.origin, crosses ? 0 : Math.min(lo, hi), Math.max(lo, hi), value.nonzero);
      return { ...result, soft: value.soft };
    }
    if (value.type === "complex") {
      this.raise("ArithmeticError");
      if (this.reporting)
        this.edit(node.func, this.checkedFunction("_abs", "z", finiteResult("abs(z)", this.around.math)));
      return float(value.origin, 0, Infinity);
    }
    return this.fail(`\`abs\` of ${typeName(value)}`, node);
  }

  protected extreme(node: Call, name: "min" | "max", args: Value[]): Value {
    const [first, ...rest] = args;
    if (!first) return this.fail(`\`${name}\` without arguments`, node);
    let result = first;
    for (const next of rest) {
      if (result.type === "int" && next.type === "int") {
        const range = (name === "min" ? ranges.minimum : ranges.maximum)(result.range, next.range);
        const origin: Origin = result.origin === next.origin ? result.origin : "either";
        const both = join(result, next) as IntValue;
        const atMost = name === "min" ? [...upperBounds(result), ...upperBounds(next)] : both.atMost;
        const { dtype, limit } = both;
        result = {
          ...int(range, origin),
          dtype,
          limit,
          atMost,
          nonzero: both.nonzero || range.lo > 0n || range.hi < 0n,
        };
      } else if (result.type === "float" && next.type === "float") {
        const joined = join(result, next) as FloatValue;
        // With NaN the result may be either argument, so only one bound holds on its own.
        result = joined;
      } else
        result =
          join(result, next) ??
          this.softened(result, next, node) ??
          this.fail(mixed("the arguments", result, next), node);
    }
    if (result.type !== "int" && result.type !== "float")
      this.fail(`\`${name}\` of ${typeName(result)}`, node);
    return result;
  }

  protected toInt(node: Call, value: Value, name: "int" | "round"): Value {
    if (!isScalar(value)) return this.fail(`\`${name}\` of ${typeName(value)}`, node);
    const plain = number(value);
    if (plain.type === "int") {
      if (name === "round" && plain.origin !== "python") this.fail("`round` of NumPy's integers", node);
      if (isUnsigned(plain) && this.reporting) {
        this.findings.numpy = true;
        this.edit(node.func, `${this.around.numpy}.int64`);
      }
      return { ...plain, origin: "python", dtype: "int64", limit: ranges.int64, literals: null };
    }
    if (name === "round" && plain.origin !== "python")
      this.fail("`round` of NumPy's floats differs in Numba", node);
    if (plain.soft) this.fail(`\`${name}\` of a number that may be an int or a float`, node);
    return this.whole(node, plain, `_${name === "int" ? "to_int" : "round"}`, `${name}(x)`);
  }

  /** A float becomes an int: what does not fit is left to Python. */
  protected whole(node: Call, value: FloatValue, base: string, expression: string): Value {
    const limit = 2 ** 62;
    this.raise("ArithmeticError");
    if (this.reporting) {
      this.edit(node.func, this.checkedFunction(base, "x", fittingArgument(expression)));
    }
    const lo = Math.max(-limit, Math.floor(value.lo));
    const hi = Math.min(limit, Math.ceil(value.hi));
    return int(ranges.range(BigInt(lo), BigInt(hi)));
  }

  /** `float("inf")` and the like. */
  protected wordAsFloat(node: Call, written: string): Value {
    const word = written.trim().toLowerCase();
    if (word === "nan") return float();
    const bound = { inf: Infinity, "+inf": Infinity, infinity: Infinity, "-inf": -Infinity }[word];
    return bound === undefined
      ? this.fail("this `float(…)` is not compiled", node)
      : float("python", bound, bound);
  }

  protected toFloat(node: Call, value: Value | undefined): Value {
    if (!value || !isScalar(value)) return this.fail("this `float(…)` is not compiled", node);
    const plain = number(value);
    if (plain.type === "float") return { ...plain, origin: "python", soft: false };
    const { lo, hi } = interval(plain);
    return float("python", lo, hi, plain.nonzero);
  }
}
