// Calls of NumPy: its functions of one number, and the constructors of arrays.

import type { Call, expr } from "../../source/ast.generated.ts";
import { dottedName } from "../../source/meaning.ts";
import * as ranges from "../analysis/ranges.ts";
import { ArrayCalls } from "./array-calls.ts";
import { numpyFunctions } from "./mathematics.ts";
import type { State } from "./state.ts";
import {
  bool,
  complex,
  exactOf,
  type FloatValue,
  float,
  type IntegerType,
  int,
  integer,
  isArray,
  isScalar,
  isWide,
  representative,
  type Value,
} from "./values.ts";

/** Calls NumPy. */
export abstract class NumpyCalls extends ArrayCalls {
  protected numpyCall(node: Call, name: string, state: State): Value {
    if (["zeros", "ones", "empty", "full", "ndarray"].includes(name))
      return this.makeArray(node, name, state);
    if (["zeros_like", "ones_like", "empty_like"].includes(name)) return this.makeAlike(node, name, state);
    const whole = this.arrayCall(node, name, state);
    if (whole) return whole;
    if (node.keywords.length > 0) this.fail(`\`np.${name}\` with keywords is not compiled`, node);
    if (name === "abs" || name === "absolute") {
      const [value] = this.values(node.args, state);
      if (value?.type === "float" && !value.soft)
        return { ...(this.absolute(node, value) as FloatValue), origin: "numpy" };
    }
    const known = Object.hasOwn(numpyFunctions, name) ? numpyFunctions[name] : undefined;
    if (!known) return this.fail(`\`np.${name}\` is not compiled`, node);
    for (const value of this.numbers(node, known, state))
      if (value.type === "int" && !isWide(value)) this.fail(`\`np.${name}\` of narrow integers`, node);
    if (known.inexact && this.reporting) this.findings.inexact.add(known.inexact);
    return float("numpy", ...(known.range ?? [-Infinity, Infinity]));
  }

  /** `np.zeros((m, n), dtype=…)` and its kin. */
  private makeArray(node: Call, name: string, state: State): Value {
    const [shape, ...others] = node.args;
    if (!shape) return this.fail(`\`np.${name}\` without a shape`, node);
    const given = this.evaluate(shape, state);
    const dimensions = (given.type === "tuple" ? given.items : [given]).map((value) => {
      if (value.type !== "int") return this.fail("a shape is not given by integers", shape);
      if (value.range.lo < 0n) this.raise("ValueError");
      return exactOf(value);
    });
    if (name === "ndarray" && this.reporting && node.func.kind === "Attribute")
      this.edit({ start: node.func.value.end, end: node.func.end }, ".empty");
    const fill = name === "full" ? others.shift() : undefined;
    const keyword = node.keywords.find(({ arg }) => arg === "dtype");
    if (node.keywords.length > (keyword ? 1 : 0) || others.length > (keyword ? 0 : 1)) {
      this.fail(`these arguments of \`np.${name}\` are not compiled`, node);
    }
    const dtype = keyword?.value ?? others[0];
    const filled = fill ? this.evaluate(fill, state) : null;
    if (filled && !isScalar(filled))
      return this.fail("an array is filled with something that is no number", node);
    const element = dtype ? this.elementOf(dtype, state) : filled ? { ...filled } : float("numpy");
    const container = this.madeAt(node, "ndarray");
    if (!container.element) {
      const zero =
        name === "zeros" ? ranges.range(0, 0) : name === "ones" ? ranges.range(1, 1) : ranges.int64;
      container.element =
        element.type === "int"
          ? { ...element, range: ranges.meet(zero, element.limit) ?? element.range, origin: "numpy" }
          : ({ ...element, origin: "numpy" } as Value);
    }
    if (filled) this.store(container, filled, node);
    return { type: "array", container, dimensions };
  }

  private elementOf(dtype: expr, state: State): Value {
    if (
      dtype.kind === "Attribute" &&
      dtype.attr === "dtype" &&
      dottedName(this.around.file, dtype) === null
    ) {
      const like = this.evaluate(dtype.value, state);
      const element = isArray(like) ? representative(like.container).element : null;
      if (element && isScalar(element)) return element;
    }
    const path =
      dottedName(this.around.file, dtype) ??
      (dtype.kind === "Constant" && dtype.value.type === "str" ? dtype.value.value : "");
    switch (path.replace("numpy.", "")) {
      case "float":
      case "float64":
      case "double":
        return float("numpy");
      case "int":
      case "int64":
        if (path === "int" && this.reporting) this.int64(dtype);
        return int(ranges.range(0, 0), "numpy");
      case "int32":
      case "int16":
      case "int8":
      case "uint32":
      case "uint16":
      case "uint8":
        return integer(path.replace("numpy.", "") as IntegerType);
      case "bool":
      case "bool_":
        return bool("numpy");
      case "complex":
      case "complex128":
        return complex("numpy");
      default:
        return this.fail(`an array of dtype \`${this.text(dtype)}\` is not compiled`, dtype);
    }
  }

  private int64(dtype: expr): void {
    this.findings.numpy = true;
    this.edit(dtype, `${this.around.numpy}.int64`);
  }

  private makeAlike(node: Call, name: string, state: State): Value {
    const [like] = this.values(node.args, state);
    if (
      like?.type !== "array" ||
      node.args.length > 1 ||
      node.keywords.length > 0 ||
      like.container.outside !== "ndarray"
    ) {
      return this.fail(`this \`np.${name}\` is not compiled`, node);
    }
    const container = this.madeAt(node, "ndarray");
    const element = representative(like.container).element!;
    container.element ??=
      element.type === "int"
        ? { ...element, range: name === "empty_like" ? element.limit : ranges.range(0, 1), origin: "numpy" }
        : element;
    return { type: "array", container, dimensions: like.dimensions };
  }
}
