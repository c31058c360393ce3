// Calls that a kernel may make: builtins, functions of math and NumPy, constructors of arrays, functions of the module.

import type { Call, expr, FunctionDef } from "../../source/ast.generated.ts";
import { dottedName, meaningOf } from "../../source/meaning.ts";
import { Expressions } from "./expressions.ts";
import { interval, number } from "./float-arithmetic.ts";
import {
  finiteResult,
  fittingArgument,
  type MathFunction,
  mathFunctions,
  numpyFunctions,
  reductions,
} from "./mathematics.ts";
import * as ranges from "./ranges.ts";
import type { State } from "./state.ts";
import {
  bool,
  type Container,
  complex,
  constant,
  exactOf,
  type FloatValue,
  float,
  type IntValue,
  int,
  isScalar,
  join,
  mixed,
  mixedOrigin,
  type Origin,
  representative,
  typeName,
  upperBounds,
  type Value,
} from "./values.ts";

/** What a call gives, on top of what expressions give. */
export abstract class Calls extends Expressions {
  protected abstract callFunction(node: Call, callee: FunctionDef, args: Value[]): Value;

  protected call(node: Call, state: State): Value {
    if (node.args.some((argument) => argument.kind === "Starred"))
      this.fail("a call with `*` is not compiled", node);
    const path = dottedName(this.around.file, node.func);
    if (node.func.kind === "Name" && path === null) {
      const meaning = meaningOf(this.around.file, node.func);
      if (meaning.kind !== "function")
        this.fail(`\`${node.func.id}\` is called, which is no function of this module`, node);
      if (node.keywords.length > 0) this.fail("a call with keywords is not compiled", node);
      return this.callFunction(node, meaning.node, this.values(node.args, state));
    }
    if (path === null) return this.method(node, state);
    if (path.startsWith("numpy.")) return this.numpyCall(node, path.slice("numpy.".length), state);
    if (node.keywords.length > 0) this.fail("a call with keywords is not compiled", node);
    if (path.startsWith("math.")) return this.mathCall(node, path.slice("math.".length), state);
    return this.builtin(node, path, state);
  }

  private values(nodes: readonly expr[], state: State): Value[] {
    return nodes.map((argument) => this.evaluate(argument, state));
  }

  private builtin(node: Call, name: string, state: State): Value {
    if (name === "sum" || ((name === "min" || name === "max") && node.args.length === 1)) {
      return this.reduction(node, name, state);
    }
    if (name === "reversed") return this.reversed(node, state);
    const [text] = node.args;
    if (name === "float" && text?.kind === "Constant" && text.value.type === "str")
      return this.wordAsFloat(node, text.value.value);
    const args = this.values(node.args, state);
    const [first, second] = args;
    switch (name) {
      case "len":
        if (first?.type === "array") return this.length(first.dimensions[0]!);
        if (first?.type === "list") return this.length(this.lengthOf(first));
        if (first?.type === "tuple") return constant(first.items.length);
        break;
      case "range":
        return this.range(node, args);
      case "enumerate": {
        if (args.length > 2 || !first) break;
        const start = second ?? constant(0);
        if (start.type !== "int") break;
        const { item } = this.iterate(first, node);
        const axis =
          first.type === "array" ? first.dimensions[0]! : first.type === "list" ? this.lengthOf(first) : null;
        const bounds = axis && start.range.hi <= 0n ? [{ base: axis.base, offset: axis.offset - 1n }] : [];
        const index = { ...int(ranges.add(start.range, ranges.range(0, 1n << 40n))), atMost: bounds };
        return { type: "list", container: this.pairs(node, [index, item]), length: axis };
      }
      case "zip": {
        const items = args.map((argument) => this.iterate(argument, node).item);
        const [one] = args;
        const shared = one && (one.type === "array" || one.type === "list") ? this.lengthOf(one) : null;
        const all = args.every(
          (other) => JSON.stringify(this.lengthOf(other), bigints) === JSON.stringify(shared, bigints),
        );
        return { type: "list", container: this.pairs(node, items), length: all ? shared : null };
      }
      case "abs":
        if (first) return this.absolute(node, first);
        break;
      case "min":
      case "max":
        return this.extreme(node, name, args);
      case "int":
        if (first && args.length === 1) return this.toInt(node, first, "int");
        break;
      case "round":
        if (first && args.length === 1) return this.toInt(node, first, "round");
        break;
      case "float":
        return this.toFloat(node, first);
      case "bool":
        if (first && args.length === 1) {
          this.truth(first, node);
          return bool();
        }
        break;
      case "ord":
        if (first?.type === "char" && node.args[0]!.kind !== "Constant") {
          if (this.reporting) this.edit(node.func, "int");
          return int(ranges.range(0, 0x10ffff));
        }
        break;
      case "divmod":
        if (first?.type === "int" && second?.type === "int") {
          this.divisor(second);
          const origin = mixedOrigin(first.origin, second.origin);
          return {
            type: "tuple",
            items: [
              this.fitted(node, ranges.floorDivide(first.range, second.range), origin),
              this.fitted(node, ranges.modulo(first.range, second.range), origin),
            ],
          };
        }
        break;
      default:
        break;
    }
    return this.fail(`\`${name}(${args.map(typeName).join(", ")})\` is not compiled`, node);
  }

  private pairs(node: expr, items: Value[]): Container {
    // Never stored anywhere: only iterated, so its element is exactly this.
    return {
      id: `pairs at ${node.start}`,
      element: { type: "tuple", items },
      written: false,
      resized: false,
      input: null,
      outside: "list",
    };
  }

  private range(node: Call, args: Value[]): Value {
    const integers = args.map((value) =>
      value.type === "int" ? value : this.fail(`\`range\` of ${typeName(value)}`, node),
    );
    const [start, stop, step] =
      integers.length === 1
        ? [constant(0), integers[0]!, constant(1)]
        : [integers[0]!, integers[1]!, integers[2] ?? constant(1)];
    if (!step.nonzero) this.raise("ValueError");
    return { type: "range", start, stop, step };
  }

  /** `reversed(range(…))`, which Numba lacks, is a range that steps down. */
  private reversed(node: Call, state: State): Value {
    const [inner] = node.args;
    const overRange = inner?.kind === "Call" && dottedName(this.around.file, inner.func) === "range";
    if (!overRange || inner.args.length > 2)
      return this.fail("`reversed` of anything but a plain range", node);
    const forward = this.evaluate(inner, state);
    if (forward.type !== "range") return this.fail("`reversed` of anything but a plain range", node);
    const one = constant(1);
    const start = this.binary(inner, "Sub", forward.stop, one) as IntValue;
    const stop = this.binary(inner, "Sub", forward.start, one) as IntValue;
    if (this.reporting) {
      const texts = inner.args.map((argument) =>
        isAtom(argument) ? this.rendered(argument) : `(${this.rendered(argument)})`,
      );
      const [low, high] = texts.length === 1 ? ["-1", texts[0]!] : [`${texts[0]!} - 1`, texts[1]!];
      this.edit(node, `range(${high} - 1, ${low}, -1)`);
    }
    return { type: "range", start, stop, step: constant(-1) };
  }

  private reduction(node: Call, name: "sum" | "min" | "max", state: State): Value {
    const [argument] = node.args;
    if (!argument || node.args.length > 1)
      return this.fail(`\`${name}\` with a start value is not compiled`, node);
    let list: Value;
    if (argument.kind === "GeneratorExp") {
      list = this.evaluate({ ...argument, kind: "ListComp" }, state);
      if (this.reporting) this.bracket(argument);
    } else list = this.evaluate(argument, state);
    const own = list.type === "array" && list.dimensions.length === 1 && list.container.outside === "list";
    if (list.type !== "list" && !(list.type === "array" && own))
      return this.fail(`\`${name}\` of ${typeName(list)} is not compiled`, node);
    const item = this.element(list.container, node);
    if (item.type !== "int" && item.type !== "float")
      return this.fail(`\`${name}\` of ${typeName(item)}`, node);
    if (item.type === "float" && item.soft) return this.fail(`\`${name}\` of ints and floats`, node);
    if (list.type === "array") {
      if (this.shortest(this.lengthOf(list)) < 1n) this.fail(`\`${name}\` of a list that may be empty`, node);
      // Numba reduces lists, not arrays.
      const body = name === "sum" ? reductions.sum(item.type === "int" ? "0" : "0.0") : reductions[name]();
      if (this.reporting) this.edit(node.func, this.checkedFunction(`_${name}`, "values", body));
    }
    if (name !== "sum") {
      if (this.shortest(this.lengthOf(list)) < 1n) this.raise("ValueError");
      return item.type === "int" ? { ...item, literals: null } : item;
    }
    if (item.type === "int") {
      const most = 1n << 40n;
      const total = ranges.multiply(item.range, ranges.range(0, most));
      return this.fitted(node, total, item.origin);
    }
    // The sum of nothing is the int 0.
    if (this.shortest(this.lengthOf(list)) < 1n)
      this.fail("`sum` of a list that may be empty gives an int", node);
    if (this.around.python[1] >= 12 && this.reporting) {
      this.findings.inexact.add(
        "`sum` of floats compensates rounding errors since Python 3.12, Numba's does not",
      );
    }
    return float(item.origin);
  }

  /** A generator as the only argument becomes a list. */
  private bracket(node: expr): void {
    const { text: source } = this.around.file;
    const own = source[node.start] === "(" && source[node.end - 1] === ")";
    if (own) {
      this.edit({ start: node.start, end: node.start + 1 }, source[node.start - 1] === "(" ? "[" : "([");
      this.edit(
        { start: node.end - 1, end: node.end },
        source[node.end] === ")" && source[node.start - 1] === "(" ? "]" : "])",
      );
    } else {
      this.insert(node, node.start, "[");
      this.insert(node, node.end, "]");
    }
  }

  private absolute(node: Call, value: Value): Value {
    if (value.type === "int") return this.fitted(node, ranges.absolute(value.range), value.origin);
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

  private extreme(node: Call, name: "min" | "max", args: Value[]): Value {
    const [first, ...rest] = args;
    if (!first) return this.fail(`\`${name}\` without arguments`, node);
    let result = first;
    for (const next of rest) {
      if (result.type === "int" && next.type === "int") {
        const range = (name === "min" ? ranges.minimum : ranges.maximum)(result.range, next.range);
        const origin: Origin = result.origin === next.origin ? result.origin : "either";
        const both = join(result, next) as IntValue;
        const atMost = name === "min" ? [...upperBounds(result), ...upperBounds(next)] : both.atMost;
        result = { ...int(range, origin), atMost, nonzero: both.nonzero || range.lo > 0n || range.hi < 0n };
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

  private toInt(node: Call, value: Value, name: "int" | "round"): Value {
    if (!isScalar(value)) return this.fail(`\`${name}\` of ${typeName(value)}`, node);
    const plain = number(value);
    if (plain.type === "int") {
      if (name === "round" && plain.origin !== "python") this.fail("`round` of NumPy's integers", node);
      return { ...plain, origin: "python", literals: null };
    }
    if (name === "round" && plain.origin !== "python")
      this.fail("`round` of NumPy's floats differs in Numba", node);
    if (plain.soft) this.fail(`\`${name}\` of a number that may be an int or a float`, node);
    return this.whole(node, plain, `_${name === "int" ? "to_int" : "round"}`, `${name}(x)`);
  }

  /** A float becomes an int: what does not fit is left to Python. */
  private whole(node: Call, value: FloatValue, base: string, expression: string): Value {
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
  private wordAsFloat(node: Call, written: string): Value {
    const word = written.trim().toLowerCase();
    if (word === "nan") return float();
    const bound = { inf: Infinity, "+inf": Infinity, infinity: Infinity, "-inf": -Infinity }[word];
    return bound === undefined
      ? this.fail("this `float(…)` is not compiled", node)
      : float("python", bound, bound);
  }

  private toFloat(node: Call, value: Value | undefined): Value {
    if (!value || !isScalar(value)) return this.fail("this `float(…)` is not compiled", node);
    const plain = number(value);
    if (plain.type === "float") return { ...plain, origin: "python", soft: false };
    const { lo, hi } = interval(plain);
    return float("python", lo, hi, plain.nonzero);
  }

  private mathCall(node: Call, name: string, state: State): Value {
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

  private numbers(node: Call, known: MathFunction, state: State): (IntValue | FloatValue)[] {
    const args = this.values(node.args, state);
    if (args.length !== known.arity)
      this.fail(`\`${this.text(node.func)}\` with ${args.length} arguments`, node);
    return args.map((value) => {
      if (value.type !== "int" && value.type !== "float")
        return this.fail(`\`${this.text(node.func)}\` of ${typeName(value)}`, node);
      return value;
    });
  }

  private numpyCall(node: Call, name: string, state: State): Value {
    if (["zeros", "ones", "empty", "full"].includes(name)) return this.makeArray(node, name, state);
    if (["zeros_like", "ones_like", "empty_like"].includes(name)) return this.makeAlike(node, name, state);
    if (node.keywords.length > 0) this.fail(`\`np.${name}\` with keywords is not compiled`, node);
    if (name === "abs" || name === "absolute") {
      const [value] = this.values(node.args, state);
      if (value?.type === "float" && !value.soft)
        return { ...(this.absolute(node, value) as FloatValue), origin: "numpy" };
    }
    const known = Object.hasOwn(numpyFunctions, name) ? numpyFunctions[name] : undefined;
    if (!known) return this.fail(`\`np.${name}\` is not compiled`, node);
    this.numbers(node, known, state);
    if (known.inexact && this.reporting) this.findings.inexact.add(known.inexact);
    return float("numpy", ...(known.range ?? [-Infinity, Infinity]));
  }

  /** `np.zeros((m, n), dtype=…)` and its kin. */
  private makeArray(node: Call, name: string, state: State): Value {
    const [shape, ...others] = node.args;
    if (!shape) return this.fail(`\`np.${name}\` without a shape`, node);
    const extents = shape.kind === "Tuple" ? shape.elts : [shape];
    const dimensions = extents.map((extent) => {
      const value = this.evaluate(extent, state);
      if (value.type !== "int") return this.fail("a shape is not given by integers", extent);
      if (value.range.lo < 0n) this.raise("ValueError");
      return exactOf(value);
    });
    const fill = name === "full" ? others.shift() : undefined;
    const keyword = node.keywords.find(({ arg }) => arg === "dtype");
    if (node.keywords.length > (keyword ? 1 : 0) || others.length > (keyword ? 0 : 1)) {
      this.fail(`these arguments of \`np.${name}\` are not compiled`, node);
    }
    const dtype = keyword?.value ?? others[0];
    const filled = fill ? this.evaluate(fill, state) : null;
    if (filled && !isScalar(filled))
      return this.fail("an array is filled with something that is no number", node);
    const element = dtype ? this.elementOf(dtype) : filled ? { ...filled } : float("numpy");
    const container = this.madeAt(node, "ndarray");
    if (!container.element) {
      const zero =
        name === "zeros" ? ranges.range(0, 0) : name === "ones" ? ranges.range(1, 1) : ranges.int64;
      container.element =
        element.type === "int" ? int(zero, "numpy") : ({ ...element, origin: "numpy" } as Value);
    }
    if (filled) this.store(container, filled, node);
    return { type: "array", container, dimensions };
  }

  private elementOf(dtype: expr): Value {
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
        ? int(name === "empty_like" ? ranges.int64 : ranges.range(0, 1), "numpy")
        : element;
    return { type: "array", container, dimensions: like.dimensions };
  }

  /** Methods of lists and arrays. */
  private method(node: Call, state: State): Value {
    if (node.func.kind !== "Attribute") return this.fail("a computed function is called", node);
    const owner = this.evaluate(node.func.value, state);
    const args = this.values(node.args, state);
    if (node.keywords.length > 0) this.fail("a call with keywords is not compiled", node);
    if (owner.type === "list" && representative(owner.container).input === null) {
      if (node.func.attr === "append" && args.length === 1) {
        this.resize(owner.container, node);
        this.store(owner.container, args[0]!, node);
        return { type: "none" };
      }
      if (node.func.attr === "pop" && args.length === 0) {
        this.resize(owner.container, node);
        this.raise("IndexError");
        return this.element(owner.container, node);
      }
    }
    if (owner.type === "array" && node.func.attr === "copy" && args.length === 0) {
      const outside = owner.container.outside === "ndarray" ? "ndarray" : "list";
      const container = this.madeAt(node, outside);
      const element = representative(owner.container).element;
      container.element ??= element;
      if (element) this.store(container, element, node);
      return { ...owner, container };
    }
    return this.fail(`\`.${node.func.attr}()\` of ${typeName(owner)} is not compiled`, node);
  }

  /** Lists that a loop runs over at this place. */
  protected readonly iterating: Container[] = [];

  /** The length of a list changes. */
  protected resize(container: Container, node: { start: number }): void {
    const own = representative(container);
    if (this.iterating.includes(own)) this.fail("a list changes its length while a loop runs over it", node);
    if (!own.resized) this.changes++;
    own.resized = true;
  }
}

function isAtom(node: expr): boolean {
  return node.kind === "Name" || node.kind === "Constant" || node.kind === "Call";
}

const bigints = (_: string, value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);
