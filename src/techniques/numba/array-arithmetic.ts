// Arithmetic of whole arrays of NumPy: element by element, with shapes that are broadcast, and products of matrices.

import type { BinOp, Call, cmpop, expr, operator, stmt } from "../../source/ast.generated.ts";
import { operatorSign } from "../../source/expression-text.ts";
import * as ranges from "../analysis/ranges.ts";
import { IntegerArithmetic } from "./integer-arithmetic.ts";
import { dotProduct, reordered } from "./mathematics.ts";
import {
  type ArrayValue,
  bool,
  complex,
  float,
  type IntegerType,
  int,
  integer,
  integerRange,
  isArray,
  representative,
  type SymbolicBound,
  sameSymbol,
  typeName,
  type Value,
} from "./values.ts";

/** The kinds of elements that arrays are computed with, each wider than the one before. */
export type ElementKind = "bool" | "int" | "float" | "complex";
const kinds: readonly ElementKind[] = ["bool", "int", "float", "complex"];
export const wider = (a: ElementKind, b: ElementKind): ElementKind =>
  kinds.indexOf(a) > kinds.indexOf(b) ? a : b;

export const complexInexact =
  "NumPy's own loops and compiled code may round products of complex numbers otherwise";
const powerInexact = "powers of arrays may differ in the last digits";

/** Computes with arrays. */
export abstract class ArrayArithmetic extends IntegerArithmetic {
  /** An array that `node` makes. What its elements can be is not followed. */
  protected fresh(
    node: expr | stmt,
    kind: ElementKind,
    dimensions: readonly (SymbolicBound | null)[],
    dtype: IntegerType = "int64",
  ): ArrayValue {
    const container = this.madeAt(node, "ndarray", ` ${kind}`);
    container.element ??= kind === "int" ? integer(dtype) : anyOf(kind);
    return { type: "array", container, dimensions };
  }

  /** What the elements of an array are, or what a number is; refuses dtypes that NumPy and Numba promote differently. */
  protected kindOf(value: Value, node: expr | stmt): ElementKind {
    const element = isArray(value) ? representative(value.container).element : value;
    switch (element?.type) {
      case "int":
        if (isArray(value) && element.dtype !== "int64")
          this.fail(`whole arrays of ${element.dtype ?? "integers"} are not compiled`, node);
        return "int";
      case "bool":
      case "float":
      case "complex":
        return element.type;
      default:
        return this.fail(`arithmetic of an array and ${typeName(value)} is not compiled`, node);
    }
  }

  /** What was computed that is compiled only as a loop over elements, in words. */
  protected elementsOnly: string | null = null;

  /** The kinds of operands that are computed element by element, and the type of their integers. */
  protected operands(
    node: expr | stmt,
    values: readonly Value[],
  ): { kinds: ElementKind[]; dtype: IntegerType } {
    const arrays = values.filter(isArray).map((value) => representative(value.container).element);
    const dtypes = new Set(arrays.flatMap((element) => (element?.type === "int" ? [element.dtype] : [])));
    const [dtype = "int64"] = dtypes;
    if (dtype === "int64" && dtypes.size < 2)
      return { kinds: values.map((value) => this.kindOf(value, node)), dtype };
    const limit = dtype && integerRange(dtype);
    const numbers = values.filter((value) => value.type === "int");
    const fits = numbers.every(
      ({ origin, range }) => origin === "python" && limit && ranges.fits(range, limit),
    );
    const floats = [...arrays, ...values].some((value) => value?.type === "float");
    if (!dtype || dtypes.size > 1 || !fits || (floats && !dtype.endsWith("32")))
      return this.fail("arrays of these types are not computed alike in Numba", node);
    this.elementsOnly = `whole arrays of ${dtype} are`;
    const kinds = values.map((value) =>
      isArray(value) && representative(value.container).element?.type === "int"
        ? "int"
        : this.kindOf(value, node),
    );
    return { kinds, dtype };
  }

  protected arrayOperation(node: expr | stmt, op: operator, left: Value, right: Value): Value {
    if (op === "MatMult") return this.matrixProduct(node, left, right);
    const { kinds: both, dtype } = this.operands(node, [left, right]);
    const [a, b] = both as [ElementKind, ElementKind];
    const dimensions = this.broadcast([left, right]);
    const kind = this.resultKind(node, op, a, b, right);
    if (kind === "complex" && (op === "Mult" || op === "Div") && this.reporting)
      this.findings.inexact.add(complexInexact);
    return this.fresh(node, kind, dimensions, dtype);
  }

  private resultKind(
    node: expr | stmt,
    op: operator,
    a: ElementKind,
    b: ElementKind,
    right: Value,
  ): ElementKind {
    const both = wider(a, b);
    switch (op) {
      case "Add":
      case "Sub":
      case "Mult":
        if (a === "bool" || b === "bool") break;
        return both;
      case "Div":
        if (a === "bool" || b === "bool") break;
        return both === "complex" ? "complex" : "float";
      case "BitAnd":
      case "BitOr":
      case "BitXor":
        if (a === "bool" && b === "bool") return "bool";
        break;
      case "Pow": {
        const square = right.type === "int" && right.range.lo === 2n && right.range.hi === 2n;
        if (square && a === "complex") {
          if (this.reporting) this.findings.inexact.add(complexInexact);
          return "complex";
        }
        if (a !== "float" || (b !== "int" && b !== "float")) break;
        if (!square && this.reporting) this.findings.inexact.add(powerInexact);
        return "float";
      }
      default:
        break;
    }
    return this.fail(`\`${operatorSign[op]}\` of these arrays is not compiled`, node);
  }

  /** The dimensions of what several arrays and numbers give together. Numba raises as NumPy does where they do not fit. */
  protected broadcast(
    values: readonly Value[],
    into: readonly (SymbolicBound | null)[] | null = null,
  ): (SymbolicBound | null)[] {
    const shapes = values.filter(isArray).map(({ dimensions }) => dimensions);
    if (into) shapes.push(into);
    const rank = Math.max(...shapes.map(({ length }) => length));
    const result: (SymbolicBound | null)[] = [];
    for (let axis = 1; axis <= rank; axis++) {
      const lengths = shapes.filter(({ length }) => length >= axis).map((shape) => shape.at(-axis)!);
      const [first] = lengths;
      const alike = lengths.every((other) => other === first || sameSymbol(other, first!));
      const known = lengths.length === 1 || (first !== null && alike);
      if (!known) this.raise("ValueError");
      result.unshift(known ? first! : null);
    }
    return result;
  }

  protected arrayNegation(node: expr & { kind: "UnaryOp" }, value: ArrayValue): Value {
    const kind = this.kindOf(value, node);
    const allowed = node.op === "Invert" ? kind === "bool" : node.op !== "Not" && kind !== "bool";
    if (!allowed) this.fail("this sign before an array is not compiled", node);
    return this.fresh(node, kind, value.dimensions);
  }

  protected arrayComparison(
    node: expr,
    left: Value,
    right: Value,
    ops: readonly cmpop[] = node.kind === "Compare" ? node.ops : [],
  ): Value {
    const ordered = ops[0] !== "Eq" && ops[0] !== "NotEq";
    const [a, b] = this.operands(node, [left, right]).kinds;
    const both = wider(a!, b!);
    if (ops.length > 1 || (both === "complex" && ordered) || both === "bool")
      this.fail("this comparison of arrays is not compiled", node);
    return this.fresh(node, "bool", this.broadcast([left, right]));
  }

  /** `a @ b`, `np.dot(a, b)`: of vectors in a loop, of matrices by the BLAS. */
  protected matrixProduct(node: expr | stmt, left: Value | undefined, right: Value | undefined): Value {
    if (!left || !right || !isArray(left) || !isArray(right))
      return this.fail("a product of anything but arrays is not compiled", node);
    if (node.kind !== "BinOp" && node.kind !== "Call") return this.fail("`@=` is not compiled", node);
    const [a, b] = [this.kindOf(left, node), this.kindOf(right, node)];
    if (a !== b || (a !== "float" && a !== "complex"))
      this.fail(`a product of arrays of ${a} and ${b} is not compiled`, node);
    const [m, n] = [left.dimensions.length, right.dimensions.length];
    if (m > 2 || n > 2) this.fail("a product of stacks of matrices is not compiled", node);
    const inner = [left.dimensions.at(-1)!, right.dimensions.at(n === 2 ? -2 : -1)!] as const;
    if (!sameSymbol(...inner)) this.raise("ValueError");
    if (this.reporting) {
      this.findings.inexact.add(reordered);
      if (m === 1 && n === 1) this.dot(node, a === "complex" ? "0j" : "0.0");
      else this.contiguous(node.kind === "BinOp" ? [node.left, node.right] : node.args);
    }
    if (m === 1 && n === 1) return a === "complex" ? complex("numpy") : float("numpy");
    return this.fresh(node, a, [...left.dimensions.slice(0, -1), ...(n === 2 ? [right.dimensions[1]!] : [])]);
  }

  private dot(node: BinOp | Call, zero: string): void {
    const body = dotProduct(zero);
    if (node.kind === "BinOp") this.callChecked(node, "_dot", body, true);
    else this.edit(node.func, this.checkedFunction("_dot", "x, y", body, true));
  }

  /** Numba warns of operands that are not contiguous, and then copies them itself. */
  private contiguous(operands: readonly expr[]): void {
    this.findings.linear = true;
    for (const operand of operands) {
      this.insert(operand, operand.start, `${this.around.numpy}.ascontiguousarray(`);
      this.insert(operand, operand.end, ")");
    }
  }
}

/** Any element of that kind. */
export function anyOf(kind: ElementKind): Value {
  switch (kind) {
    case "bool":
      return bool("numpy");
    case "int":
      return int(ranges.int64, "numpy");
    case "float":
      return float("numpy");
    case "complex":
      return complex("numpy");
  }
}
