// NumPy's functions of whole arrays: element by element, over all elements or one axis, and those that make arrays.

import type { Call, expr } from "../../source/ast.generated.ts";
import { anyOf, complexInexact, type ElementKind, wider } from "./array-arithmetic.ts";
import { MathCalls } from "./math-calls.ts";
import { evenlySpaced, numpyFunctions, reordered } from "./mathematics.ts";
import type { State } from "./state.ts";
import { type ArrayValue, exactOf, isArray, isScalar, type Value } from "./values.ts";

/** Operators under their names as functions, those that take one element of each operand for one of the result. */
export const operatorFunctions = {
  add: "Add",
  subtract: "Sub",
  multiply: "Mult",
  divide: "Div",
  true_divide: "Div",
} as const;
const operators = { ...operatorFunctions, power: "Pow" } as const;

/** Comparisons under their names as functions. */
export const comparingFunctions = {
  less: "Lt",
  less_equal: "LtE",
  greater: "Gt",
  greater_equal: "GtE",
  equal: "Eq",
  not_equal: "NotEq",
} as const;
export type ComparingFunction = keyof typeof comparingFunctions;

/** Calls NumPy on arrays. */
export abstract class ArrayCalls extends MathCalls {
  /** What a function of NumPy gives where one of its arguments is an array; null where none is. */
  protected arrayCall(node: Call, name: string, state: State): Value | null {
    if (name === "arange") return this.arange(node, state);
    if (name === "linspace") return this.linspace(node, state);
    const args = this.values(node.args, state);
    const [first, second] = args;
    if (!args.some(isArray)) return null;
    if (isArray(first!)) {
      const reduced = this.reduced(node, name, first, state);
      if (reduced) return reduced;
    }
    if (node.keywords.length > 0) this.fail(`\`np.${name}\` with keywords is not compiled`, node);
    if (Object.hasOwn(comparingFunctions, name) && args.length === 2)
      return this.arrayComparison(node, first!, second!, [comparingFunctions[name as ComparingFunction]]);
    if (Object.hasOwn(operators, name) && args.length === 2)
      return this.arrayOperation(node, operators[name as keyof typeof operators], first!, second!);
    switch (name) {
      case "dot":
      case "matmul":
        if (args.length === 2) return this.matrixProduct(node, first, second);
        break;
      case "add.outer":
      case "outer":
      case "multiply.outer":
        return this.outer(node, name, first!, second!);
      case "minimum":
      case "maximum":
        return this.extremes(node, args);
      case "where":
        if (args.length === 3) return this.where(node, args as [Value, Value, Value]);
        break;
      case "logical_and":
      case "logical_or":
        if (args.every((value) => this.kindOf(value, node) === "bool"))
          return this.fresh(node, "bool", this.broadcast(args));
        break;
      case "logical_not":
        if (this.kindOf(first!, node) === "bool") return this.fresh(node, "bool", this.broadcast(args));
        break;
      case "clip":
        return this.clip(node, args);
      case "copy":
        return this.fresh(node, this.kindOf(first!, node), (first as ArrayValue).dimensions);
      case "flip":
        if (args.length === 1 && isArray(first!) && first.dimensions.length === 1) return first;
        break;
      case "transpose":
        if (args.length === 1) return this.transposed(first as ArrayValue);
        break;
      default:
        return this.elementwise(node, name, args);
    }
    return this.fail(`this \`np.${name}\` is not compiled`, node);
  }

  protected transposed(value: ArrayValue): ArrayValue {
    return { ...value, dimensions: [...value.dimensions].reverse() };
  }

  private elementwise(node: Call, name: string, args: readonly Value[]): Value {
    const known = Object.hasOwn(numpyFunctions, name) ? numpyFunctions[name] : undefined;
    const [first] = args;
    if ((name === "abs" || name === "absolute") && args.length === 1 && isArray(first!)) {
      const kind = this.kindOf(first, node);
      if (kind === "int" || kind === "float") return this.fresh(node, kind, first.dimensions);
      if (kind === "complex") {
        if (this.reporting) this.findings.inexact.add(complexInexact);
        return this.fresh(node, "float", first.dimensions);
      }
    }
    if (!known || args.length !== known.arity || known.result !== "float")
      return this.fail(`\`np.${name}\` of arrays is not compiled`, node);
    for (const value of args) {
      const kind = this.kindOf(value, node);
      if (kind !== "int" && kind !== "float") this.fail(`\`np.${name}\` of arrays of ${kind}`, node);
    }
    if (known.inexact && this.reporting) this.findings.inexact.add(known.inexact);
    return this.fresh(node, "float", this.broadcast(args));
  }

  /** Of zeros with two signs, NumPy takes the second and Numba the first. */
  private extremes(node: Call, args: readonly Value[]): Value {
    const { kinds, dtype } = this.operands(node, args);
    const [first, second] = kinds;
    if (args.length !== 2) this.fail("this extreme of arrays is not compiled", node);
    const kind = wider(first!, second!);
    if (kind !== "int" && kind !== "float")
      this.fail(`an extreme of arrays of ${kind} is not compiled`, node);
    if (kind === "float" && this.reporting) {
      const [x, y] = [node.args[0]!, node.args[1]!];
      const between = this.around.file.text.slice(x.end, y.start);
      if (!/^\s*,\s*$/.test(between)) this.fail("an extreme of arrays in brackets is not compiled", node);
      // One edit around both: alone, each is still what it was.
      this.edit({ start: x.start, end: y.end }, this.rendered(y) + between + this.rendered(x));
    }
    return this.fresh(node, kind, this.broadcast(args), dtype);
  }

  private clip(node: Call, args: readonly Value[]): Value {
    const [value, ...limits] = args;
    if (limits.length !== 2 || !isArray(value!)) return this.fail("this `np.clip` is not compiled", node);
    const kinds = args.map((one) => this.kindOf(one, node));
    const [kind] = kinds;
    if (
      (kind !== "int" && kind !== "float") ||
      kinds.some((one) => one === "bool" || wider(one, kind) !== kind)
    )
      return this.fail("`np.clip` of these types is not compiled", node);
    this.elementsOnly = "`np.clip` is";
    return this.fresh(node, kind, this.broadcast(args));
  }

  private where(node: Call, [condition, yes, no]: [Value, Value, Value]): Value {
    if (!isArray(condition) || this.kindOf(condition, node) !== "bool" || !(isArray(yes) || isArray(no)))
      return this.fail("this `np.where` is not compiled", node);
    const [a, b] = [this.kindOf(yes, node), this.kindOf(no, node)];
    // A number takes the type of the array beside it.
    const kind = wider(a, b);
    if ((isArray(yes) && a !== kind) || (isArray(no) && b !== kind) || kind === "bool")
      this.fail("`np.where` of several types is not compiled", node);
    return this.fresh(node, kind, this.broadcast([condition, yes, no]));
  }

  /** `np.outer(x, y)` of vectors, and the same of sums, which Numba lacks. */
  private outer(node: Call, name: string, x: Value | undefined, y: Value | undefined): Value {
    if (!x || !y || !isArray(x) || !isArray(y) || node.args.length !== 2)
      return this.fail(`this \`np.${name}\` is not compiled`, node);
    if (x.dimensions.length !== 1 || y.dimensions.length !== 1)
      this.fail(`\`np.${name}\` of matrices is not compiled`, node);
    const { kinds, dtype } = this.operands(node, [x, y]);
    const kind = wider(kinds[0]!, kinds[1]!);
    if (kind !== "float" && kind !== "int") this.fail(`\`np.${name}\` of ${kind} is not compiled`, node);
    if (this.reporting) {
      const [left, right] = [node.args[0]!, node.args[1]!];
      const sign = name === "add.outer" ? "+" : "*";
      const wrap = (part: expr): string =>
        part.kind === "Name" || part.kind === "Subscript" || part.kind === "Call"
          ? this.rendered(part)
          : `(${this.rendered(part)})`;
      this.edit(node, `(${wrap(left)}[:, None] ${sign} ${wrap(right)}[None, :])`);
    }
    return this.fresh(node, kind, [x.dimensions[0]!, y.dimensions[0]!], dtype);
  }

  /** Sums, means and extremes; null for other functions. */
  protected reduced(node: Call, name: string, value: ArrayValue, state: State): Value | null {
    if (!reductions.has(name)) return null;
    const kind = this.kindOf(value, node);
    const own = this.argumentsOf(node, name, state);
    const rank = value.dimensions.length;
    if (own.axis !== null) return this.alongAxis(node, name, value, kind, own.axis, rank);
    switch (name) {
      case "sum":
      case "mean":
      case "std":
      case "var": {
        const spread = name === "std" || name === "var";
        if (kind === "bool" || (kind === "complex" && spread) || (kind === "int" && name !== "sum")) break;
        if (kind !== "int" && this.reporting) this.findings.inexact.add(reordered);
        return kind === "int" || kind === "complex" ? anyOf(kind) : anyOf("float");
      }
      case "max":
      case "min":
      case "amax":
      case "amin":
        if (kind !== "int" && kind !== "float") break;
        if (value.dimensions.some((axis) => this.shortest(axis) < 1n)) this.raise("ValueError");
        return anyOf(kind);
      case "argmax":
      case "argmin":
        if (kind !== "int" && kind !== "float") break;
        if (value.dimensions.some((axis) => this.shortest(axis) < 1n)) this.raise("ValueError");
        return { ...anyOf("int"), range: { lo: 0n, hi: 1n << 40n } } as Value;
      case "linalg.norm":
        if (kind !== "float" || rank > 2) break;
        if (this.reporting) {
          this.findings.inexact.add(reordered);
          this.findings.numpy = true;
          const name_ = this.checkedFunction("_norm", "values", [
            `return ${this.around.numpy}.sqrt(${this.around.numpy}.sum(values * values))`,
          ]);
          this.edit(node.func, name_);
        }
        return anyOf("float");
      case "cumsum":
        if (rank !== 1 || (kind !== "int" && kind !== "float")) break;
        return this.fresh(node, kind, value.dimensions);
      default:
        return null;
    }
    return this.fail(`this \`${name}\` of an array of ${kind} is not compiled`, node);
  }

  private argumentsOf(node: Call, name: string, state: State): { axis: number | null } {
    const [keyword, ...more] = node.keywords;
    const method = node.args.length === 0 || !isArray(this.evaluate(node.args[0]!, state));
    const given = [...node.args.slice(method ? 0 : 1), ...(keyword?.arg === "axis" ? [keyword.value] : [])];
    if (more.length > 0 || (keyword && keyword.arg !== "axis") || given.length > 1)
      this.fail(`these arguments of \`${name}\` are not compiled`, node);
    const [axis] = given;
    if (!axis || this.text(axis) === "None") return { axis: null };
    const value = this.evaluate(axis, state);
    if (value.type !== "int" || value.range.lo !== value.range.hi)
      return this.fail(`\`${name}\` along an axis that varies`, node);
    return { axis: Number(value.range.lo) };
  }

  private alongAxis(
    node: Call,
    name: string,
    value: ArrayValue,
    kind: ElementKind,
    axis: number,
    rank: number,
  ): Value {
    if (name !== "sum" || rank < 2 || axis < 0 || axis >= rank || (kind !== "float" && kind !== "int"))
      return this.fail(`\`${name}\` along an axis is not compiled`, node);
    if (kind === "float" && this.reporting) this.findings.inexact.add(reordered);
    return this.fresh(
      node,
      kind,
      value.dimensions.filter((_, i) => i !== axis),
    );
  }

  private arange(node: Call, state: State): Value {
    const args = this.values(node.args, state);
    const [stop] = args;
    if (
      node.keywords.length > 0 ||
      args.length === 0 ||
      args.length > 3 ||
      args.some((one) => one.type !== "int")
    )
      return this.fail("this `np.arange` is not compiled", node);
    if (args.length === 3) this.raise("ZeroDivisionError");
    return this.fresh(node, "int", [args.length === 1 && stop!.type === "int" ? exactOf(stop) : null]);
  }

  private linspace(node: Call, state: State): Value {
    const [start, stop, count, ...others] = this.values(node.args, state);
    const dtype = node.keywords.find(({ arg }) => arg === "dtype")?.value;
    const plain = !dtype || /^(np\.|numpy\.)?float(64)?$/.test(this.text(dtype));
    const numbers = [start, stop].every((one) => one?.type === "float" || one?.type === "int");
    if (
      !numbers ||
      count?.type !== "int" ||
      others.length > 0 ||
      !plain ||
      node.keywords.length > (dtype ? 1 : 0)
    )
      return this.fail("this `np.linspace` is not compiled", node);
    if (count.range.lo < 0n) this.raise("ValueError");
    if (this.reporting) {
      const { numpy } = this.around;
      this.findings.numpy = true;
      this.edit(node.func, this.checkedFunction("_linspace", "start, stop, count", evenlySpaced(numpy)));
      if (dtype) this.edit({ start: node.args.at(-1)!.end, end: node.end }, ")");
    }
    return this.fresh(node, "float", [exactOf(count)]);
  }

  /** Methods of arrays; null for those that are none of these. */
  protected arrayMethod(node: Call, name: string, owner: ArrayValue, state: State): Value | null {
    if (name === "dot" && node.args.length === 1) this.fail("`.dot` is not compiled", node);
    if (name === "fill" && node.args.length === 1) {
      const value = this.evaluate(node.args[0]!, state);
      if (!isScalar(value)) this.fail("an array is filled with something that is no number", node);
      this.markWritten(owner.container);
      this.store(owner.container, value, node);
      return { type: "none" };
    }
    return this.reduced(node, name, owner, state);
  }
}

const reductions: ReadonlySet<string> = new Set(
  "sum mean std var max min amax amin argmax argmin linalg.norm cumsum".split(" "),
);
