// Arithmetic of integers in ranges: every result must fit in 64 bits.

import type { expr, operator, stmt } from "../../source/ast.generated.ts";
import { operatorSign } from "../../source/expression-text.ts";
import type { Range } from "../analysis/ranges.ts";
import * as ranges from "../analysis/ranges.ts";
import { FloatArithmetic, interval, isSimple } from "./float-arithmetic.ts";
import { boundedShift } from "./mathematics.ts";
import {
  type IntValue,
  int,
  isUnsigned,
  mixedOrigin,
  promoted,
  sameSymbol,
  shift,
  upperBounds,
  type Value,
} from "./values.ts";

/** Computes with integers. */
export abstract class IntegerArithmetic extends FloatArithmetic {
  protected integerOperation(node: expr | stmt, op: operator, a: IntValue, b: IntValue): Value {
    const origin = mixedOrigin(a.origin, b.origin);
    if (isUnsigned(a) && isUnsigned(b)) this.fail("arithmetic of two integers without a sign", node);
    const { dtype, limit } = origin === "python" ? int(ranges.int64) : promoted(a, b);
    // NumPy refuses integers of Python that its type does not hold.
    for (const value of [a, b])
      if (value.origin === "python" && !ranges.fits(value.range, limit)) this.wide(node, [value]);
    const result = (range: Range | null, nonzero = false): IntValue => {
      if (range === null) return this.fail(`\`${operatorSign[op]}\` may leave what 64 bits can hold`, node);
      const value = this.fitted(node, range, origin, dtype, limit);
      return nonzero ? { ...value, nonzero } : value;
    };
    switch (op) {
      case "Add":
        return withOffsets(result(ranges.add(a.range, b.range)), a, b);
      case "Sub":
        return withDifference(result(ranges.subtract(a.range, b.range)), a, b);
      case "Mult": {
        const square =
          node.kind === "BinOp" && isSimple(node.left) && this.text(node.left) === this.text(node.right);
        const range = ranges.multiply(a.range, b.range);
        return result(
          square ? { lo: ranges.greatest(0n, range.lo), hi: range.hi } : range,
          a.nonzero && b.nonzero,
        );
      }
      case "Div":
        if (!ranges.fits(a.range, ranges.exactInFloat) || !ranges.fits(b.range, ranges.exactInFloat))
          this.wide(node, [a, b]);
        this.divisor(b);
        return this.quotient(origin, interval(a), interval(b));
      case "FloorDiv": {
        this.divisor(b);
        const value = result(ranges.floorDivide(a.range, b.range));
        return b.range.lo >= 1n && a.range.lo >= 0n ? { ...value, atMost: upperBounds(a) } : value;
      }
      case "Mod": {
        this.divisor(b);
        const value = result(ranges.modulo(a.range, b.range));
        return b.range.lo >= 1n
          ? { ...value, atMost: upperBounds(b).map((bound) => shift(bound, -1n)!) }
          : value;
      }
      case "Pow":
        return result(ranges.power(a.range, b.range));
      case "LShift": {
        const range = ranges.shiftLeft(a.range, b.range);
        if (range && ranges.fits(range, limit)) return result(range);
        if (!ranges.fits(ranges.int64, limit)) this.fail("a shift to the left of narrow integers", node);
        this.raise("OverflowError");
        if (this.reporting) this.callChecked(node, "_shift_left", boundedShift);
        return int(ranges.range(a.range.lo < 0n ? -(2n ** 60n) : 0n, 2n ** 60n), origin);
      }
      case "RShift":
        return result(ranges.shiftRight(a.range, b.range));
      case "BitAnd":
        return result(ranges.bitAnd(a.range, b.range));
      case "BitOr":
      case "BitXor":
        return result(ranges.bitOr(a.range, b.range));
      default:
        return this.fail(`\`${operatorSign[op]}\` is not compiled`, node);
    }
  }
}

function withOffsets(result: IntValue, a: IntValue, b: IntValue): IntValue {
  const [x, y] = b.range.lo === b.range.hi ? [a, b] : [b, a];
  const exact = y.range.lo === y.range.hi ? shift(x.exact, y.range.lo) : null;
  const bounds = [
    ...upperBounds(a).map((bound) => shift(bound, b.range.hi)!),
    ...upperBounds(b).map((bound) => shift(bound, a.range.hi)!),
  ];
  return { ...result, exact, atMost: bounds };
}

function withDifference(result: IntValue, a: IntValue, b: IntValue): IntValue {
  const exact = b.range.lo === b.range.hi ? shift(a.exact, -b.range.lo) : null;
  if (sameSymbol(a.exact, b.exact)) return { ...result, exact: null };
  return { ...result, exact, atMost: upperBounds(a).map((bound) => shift(bound, -b.range.lo)!) };
}
