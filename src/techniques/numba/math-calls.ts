// Calls of functions of `math` on numbers, checked where Python would raise.

import type { Call } from "../../source/ast.generated.ts";
import * as ranges from "../analysis/ranges.ts";
import { Builtins } from "./builtins.ts";
import { interval } from "./float-arithmetic.ts";
import { finiteResult, type MathFunction, mathFunctions } from "./mathematics.ts";
import type { State } from "./state.ts";
import { bool, type FloatValue, float, type IntValue, typeName, type Value } from "./values.ts";

/** Calls mathematical functions. */
export abstract class MathCalls extends Builtins {
  protected mathCall(node: Call, name: string, state: State): Value {
    if (name === "gcd" && node.args.length === 2) {
      const [a, b] = this.values(node.args, state);
      if (a?.type === "int" && b?.type === "int") {
        const most = ranges.maximum(ranges.absolute(a.range), ranges.absolute(b.range));
        return this.fitted(node, { lo: 0n, hi: most.hi }, "python");
      }
    }
    const known = Object.hasOwn(mathFunctions, name) ? mathFunctions[name] : undefined;
    if (!known) return this.fail(`\`math.${name}\` is not compiled`, node);
    const args = this.numbers(node, known, state);
    const values = args.map(interval);
    if (known.inexact && this.reporting) this.findings.inexact.add(known.inexact);
    if (known.result === "bool") return bool();
    if (known.result === "int") {
      const [value] = args;
      if (value!.type === "int") return { ...value!, origin: "python", literals: null };
      return this.whole(node, value as FloatValue, `_${name}`, `${this.text(node.func)}(x)`);
    }
    if (!known.safe(values)) {
      this.raise("ArithmeticError");
      const parameters = known.arity === 1 ? "x" : "x, y";
      if (this.reporting) {
        // With an integer exponent Numba would multiply repeatedly, and round each time.
        const passed = name === "pow" ? "x, float(y)" : parameters;
        const checked = this.checkedFunction(
          `_${name}`,
          parameters,
          finiteResult(`${this.text(node.func)}(${passed})`, this.around.math),
        );
        this.edit(node.func, checked);
      }
    }
    if (name === "sqrt") {
      const { lo, hi } = values[0]!;
      return float(
        "python",
        Math.sqrt(Math.max(0, lo)) * (1 - 1e-9),
        Math.sqrt(Math.max(0, hi)) * (1 + 1e-9),
      );
    }
    return float("python", ...(known.range ?? [-Infinity, Infinity]));
  }

  protected numbers(node: Call, known: MathFunction, state: State): (IntValue | FloatValue)[] {
    const args = this.values(node.args, state);
    if (args.length !== known.arity)
      this.fail(`\`${this.text(node.func)}\` with ${args.length} arguments`, node);
    return args.map((value) => {
      if (value.type !== "int" && value.type !== "float")
        return this.fail(`\`${this.text(node.func)}\` of ${typeName(value)}`, node);
      return value;
    });
  }
}
