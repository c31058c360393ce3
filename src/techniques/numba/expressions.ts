// The types and ranges of expressions, as Numba will see them, and every place where it would part from Python.

import type { Attribute, Constant, expr } from "../../source/ast.generated.ts";
import { dottedName } from "../../source/meaning.ts";
import * as ranges from "../analysis/ranges.ts";
import { Comprehensions } from "./comprehensions.ts";
import { WriteAsFloats } from "./findings.ts";
import { mathConstants } from "./mathematics.ts";
import type { State } from "./state.ts";
import { bool, complex, constant, float, typeName, type Value } from "./values.ts";

/** Evaluates expressions. Statements, calls and inputs are for subclasses. */
export abstract class Expressions extends Comprehensions {
  evaluate(node: expr, state: State): Value {
    switch (node.kind) {
      case "Constant":
        return this.constant(node);
      case "Name": {
        const variable = state.get(node.id);
        if (!variable) this.fail(`\`${node.id}\` is not a value that Numba can hold`, node);
        if (!variable.certain) this.fail(`\`${node.id}\` may be unbound here`, node);
        if (!variable.value) {
          if (variable.literals) throw new WriteAsFloats(variable.literals);
          this.fail(`\`${node.id}\` has different types on different ways`, node);
        }
        return this.bounded(node, variable.value);
      }
      case "Attribute":
        return this.attributeValue(node, state);
      case "Subscript":
        return this.bounded(node, this.subscript(node, state));
      case "UnaryOp":
        return this.unary(node, state);
      case "BinOp":
        return this.binary(node, node.op, this.evaluate(node.left, state), this.evaluate(node.right, state));
      case "BoolOp":
        return this.boolean(node, state);
      case "Compare":
        return this.compare(node, state);
      case "IfExp":
        return this.conditional(node, state);
      case "Call":
        return this.call(node, state);
      case "Tuple":
        return { type: "tuple", items: node.elts.map((item) => this.evaluate(item, state)) };
      case "List":
        return this.list(
          node,
          node.elts.map((item) => this.evaluate(item, state)),
        );
      case "ListComp":
        return this.comprehension(node, state);
      default:
        return this.fail(`${describe(node.kind)} is not compiled`, node);
    }
  }

  private constant(node: Constant): Value {
    const { value } = node;
    if (value.type === "int") {
      const exact = BigInt(value.text.replaceAll("_", ""));
      if (this.around.floatLiterals.has(node.start)) {
        if (this.reporting) this.edit(node, `${value.text}.0`);
        return { ...float("python", Number(exact), Number(exact)), soft: true };
      }
      if (!ranges.fits(ranges.range(exact, exact), ranges.int64))
        this.fail("an integer here needs more than 64 bits", node);
      return { ...constant(exact), literals: [node.start] };
    }
    if (value.type === "float") {
      const number = value.text === "inf" ? Infinity : Number(value.text);
      return float("python", number, number, number !== 0);
    }
    if (value.type === "complex") return complex();
    if (value.type === "bool") return bool();
    if (value.type === "None") return { type: "none" };
    if (value.type === "str" && [...value.value].length === 1) {
      if (this.reporting) this.edit(node, `ord(${this.text(node)})`);
      return { type: "char" };
    }
    return this.fail(`a value of type ${value.type} is not compiled`, node);
  }

  /** The value under the check that stands before this statement. */
  private bounded(node: expr, value: Value): Value {
    if (value.type !== "int" || !this.statement) return value;
    const bits = this.around.checks.get(this.statement)?.get(this.text(node));
    if (bits === undefined) return value;
    const limit = 1n << BigInt(bits);
    return { ...value, range: ranges.meet(value.range, { lo: -limit, hi: limit }) ?? value.range };
  }

  private attributeValue(node: Attribute, state: State): Value {
    const path = dottedName(this.around.file, node);
    if (path !== null) {
      const [module, name] = [path.slice(0, path.lastIndexOf(".")), path.slice(path.lastIndexOf(".") + 1)];
      const number = module === "math" || module === "numpy" ? mathConstants[name] : undefined;
      if (number !== undefined) return Number.isNaN(number) ? float() : float("python", number, number);
      this.fail(`\`${this.text(node)}\` is not compiled`, node);
    }
    const own = this.attribute(node, state);
    if (own) return own;
    const value = this.evaluate(node.value, state);
    if (value.type === "array" && value.container.outside === "ndarray") {
      if (node.attr === "shape")
        return { type: "tuple", items: value.dimensions.map((axis) => this.length(axis)) };
      if (node.attr === "T") return { ...value, dimensions: [...value.dimensions].reverse() };
      if (node.attr === "ndim") return constant(value.dimensions.length);
      if (node.attr === "size" && value.dimensions.length === 1) return this.length(value.dimensions[0]!);
    }
    if (value.type === "complex" && (node.attr === "real" || node.attr === "imag"))
      return float(value.origin);
    return this.fail(`attribute \`${node.attr}\` of ${typeName(value)} is not compiled`, node);
  }
}

function describe(kind: string): string {
  const words: Record<string, string> = {
    Dict: "a dict",
    DictComp: "a dict",
    Set: "a set",
    SetComp: "a set",
    GeneratorExp: "a generator",
    Lambda: "a lambda",
    JoinedStr: "an f-string",
    Yield: "`yield`",
    YieldFrom: "`yield`",
    Await: "`await`",
    NamedExpr: "`:=`",
    Starred: "`*`",
  };
  return words[kind] ?? kind;
}
