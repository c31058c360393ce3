// Arithmetic and comparisons, done by C where that is what Python does.

import type { BinOp, Compare, expr, Node, operator, UnaryOp } from "../../source/ast.generated.ts";
import {
  add,
  bitAnd,
  bitOr,
  exactInFloat,
  fits,
  floorDivide,
  int64,
  modulo,
  multiply,
  negate,
  type Range,
  range,
  shiftRight,
  subtract,
} from "../analysis/ranges.ts";
import { type Compiled, number } from "./compiled.ts";
import { Spelling } from "./spelling.ts";
import { any, bool, float, int, isNumber, join, type Origin, present, str, type Value } from "./values.ts";

export abstract class Arithmetic extends Spelling {
  /** `[0] * n` as a vector, and `v + w` of two. */
  protected abstract filledWith(node: BinOp): Compiled | null;
  protected abstract concatenated(
    node: BinOp,
    left: Value & { kind: "vector" },
    right: Value & { kind: "vector" },
  ): Compiled;
  protected abstract operatorCall(node: BinOp, left: Value, right: Value): Compiled | null;
  protected abstract made(node: expr, compiled: Compiled): Compiled;

  protected binary(node: BinOp): Compiled {
    const filled = this.filledWith(node);
    if (filled) return filled;
    const [left, right] = [this.expression(node.left), this.expression(node.right)];
    const own = this.operatorCall(node, left.value, right.value);
    if (own) return own;
    if (isNumber(present(left.value)) && isNumber(present(right.value)))
      return this.arithmetic(node, node.op, node.left, node.right, (a, b) =>
        this.splice(node, [
          [node.left, a],
          [node.right, b],
        ]),
      );
    if (node.op === "Add" && left.value.kind === "vector" && right.value.kind === "vector")
      return this.concatenated(node, left.value, right.value);
    const text = this.splice(node, [
      [node.left, this.asObject(node.left)],
      [node.right, this.asObject(node.right)],
    ]);
    return this.made(node, { text, value: combined(node.op, left.value, right.value), native: false });
  }

  /** Of two numbers, as C does it where that is what Python does. */
  protected arithmetic(
    node: Node,
    op: operator,
    leftNode: expr,
    rightNode: expr,
    text: (left: string, right: string) => string,
  ): Compiled {
    const left = this.native(leftNode);
    const right = this.native(rightNode);
    const origin = originOf(left.value, right.value);
    if (left.value.kind === "bool" && right.value.kind === "bool" && /^Bit/.test(op))
      return { text: `<bint>(${text(left.text, right.text)})`, value: bool(origin), native: true };
    if (left.value.kind === "float" || right.value.kind === "float")
      return this.floating(node, op, number(left), number(right), origin, text);
    return this.whole(node, op, number(left), number(right), origin, text);
  }

  protected floating(
    node: Node,
    op: operator,
    left: Compiled,
    right: Compiled,
    origin: Origin,
    text: (a: string, b: string) => string,
  ): Compiled {
    const value = float(origin);
    switch (op) {
      case "Add":
      case "Sub":
      case "Mult":
      case "Div":
        return { text: text(left.text, right.text), value, native: true };
      case "Mod":
      case "FloorDiv":
        if (origin !== "python") this.reject(node, "NumPy's floor division and modulo of floats");
        return this.supported(
          op === "Mod" ? "float_modulo" : "float_floor_divide",
          `${left.text}, ${right.text}`,
          value,
        );
      case "Pow":
        return this.supported("float_power", `${left.text}, ${right.text}`, value);
      default:
        return this.reject(node, "an operation that floats do not have");
    }
  }

  protected whole(
    node: Node,
    op: operator,
    left: Compiled,
    right: Compiled,
    origin: Origin,
    text: (a: string, b: string) => string,
  ): Compiled {
    const [a, b] = [rangeOf(left.value), rangeOf(right.value)];
    const plain = (result: Range): Compiled => ({
      text: text(left.text, right.text),
      // What does not fit raises, by `overflowcheck`.
      value: int(clamped(result), origin),
      native: true,
    });
    switch (op) {
      case "Add":
        return plain(add(a, b));
      case "Sub":
        return plain(subtract(a, b));
      case "Mult":
        return plain(multiply(a, b));
      case "FloorDiv":
        return plain(floorDivide(a, b));
      case "Mod":
        return plain(modulo(a, b));
      case "Div":
        return { text: text(this.exact(left), this.exact(right)), value: float(origin), native: true };
      case "BitAnd":
        return plain(bitAnd(a, b));
      case "BitOr":
      case "BitXor":
        return plain(bitOr(a, b));
      case "LShift":
        if (origin !== "python") this.reject(node, "NumPy's shifts");
        return plain(int64);
      case "RShift": {
        if (origin !== "python") this.reject(node, "NumPy's shifts");
        const result = shiftRight(a, b);
        return result ? plain(result) : this.supported("shift_right", `${left.text}, ${right.text}`, int(a));
      }
      case "Pow":
        if (origin !== "python") this.reject(node, "NumPy's powers of integers");
        return this.supported("power_int", `${left.text}, ${right.text}`, int(int64));
      default:
        return this.reject(node, "an operation that integers do not have");
    }
  }

  /** An integer where a float is due, which must hold it exactly. */
  protected exact({ text, value }: Compiled): string {
    if (fits(rangeOf(value), exactInFloat)) return text;
    this.scope.needs.support.add("exact_float");
    return `exact_float(${text})`;
  }

  protected unary(node: UnaryOp): Compiled {
    if (node.op === "Not") return { text: this.truth(node), value: bool(), native: true };
    const operand = this.expression(node.operand);
    if (!isNumber(operand.value))
      return {
        text: this.splice(node, [[node.operand, this.asObject(node.operand)]]),
        value: any,
        native: false,
      };
    const { text, value } = number(this.native(node.operand));
    const whole = this.splice(node, [[node.operand, text]]);
    if (value.kind === "float") {
      if (node.op === "Invert") this.reject(node, "an operation that floats do not have");
      return { text: whole, value, native: true };
    }
    if (value.kind !== "int") return this.reject(node, "an operation of truth values");
    if (node.op === "UAdd") return { text: whole, value, native: true };
    if (node.op === "Invert")
      return { text: whole, value: int(subtract(range(-1n, -1n), value.range), value.origin), native: true };
    const result = negate(value.range);
    return fits(result, int64)
      ? { text: whole, value: int(result, value.origin), native: true }
      : { text: `(0 - (${text}))`, value: int(int64, value.origin), native: true };
  }

  /** One of several values: a C number when all are of one kind, a Python object otherwise. */
  protected choice(
    node: expr,
    options: readonly expr[],
    parts: (texts: (readonly [Node, string])[]) => readonly (readonly [Node, string])[],
  ): Compiled {
    const compiled = options.map((option) => this.expression(option));
    const value = compiled.map((one) => one.value).reduce<Value | null>((a, b) => join(a, b), null)!;
    if (isNumber(value) && (value as { origin: Origin }).origin !== "either") {
      const texts = options.map((option) => [option, this.native(option).text] as const);
      return { text: this.splice(node, parts(texts)), value, native: true };
    }
    const texts = options.map((option) => {
      const text = value.kind === "record" ? this.heldObject(option) : this.asObject(option);
      return [option, text] as const;
    });
    return { text: this.splice(node, parts(texts)), value, native: false };
  }

  protected compare(node: Compare): Compiled {
    const operands = [node.left, ...node.comparators];
    const values = operands.map((one) => this.expression(one).value);
    const ordering = node.ops.every((op) => /^(Eq|NotEq|Lt|LtE|Gt|GtE)$/.test(op));
    const equality = node.ops.some((op) => op === "Eq" || op === "NotEq");
    if (ordering && values.every((value) => isNumber(equality ? value : present(value)))) {
      const natives = operands.map((one) => number(this.native(one)));
      const mixed = natives.some(({ value }) => value.kind === "float");
      const texts = natives.map((one, i) => {
        const text = mixed && one.value.kind === "int" ? this.exact(one) : one.text;
        return [operands[i]!, text] as const;
      });
      const origin = values.reduce<Origin>(
        (a, one) => mixOrigins(a, (present(one) as { origin: Origin }).origin),
        "python",
      );
      return { text: this.splice(node, texts), value: bool(origin), native: true };
    }
    if (ordering && values.every(({ kind }) => kind === "char")) {
      const texts = operands.map((one) => [one, this.character(one)] as const);
      return { text: this.splice(node, texts), value: bool(), native: true };
    }
    // Which object it is: records stand for objects one by one.
    if (
      node.ops.length === 1 &&
      /^(Is|IsNot)$/.test(node.ops[0]!) &&
      values.some(({ kind }) => kind === "record")
    ) {
      const texts = operands.map((one) => [one, this.heldObject(one)] as const);
      return { text: this.splice(node, texts), value: bool(), native: true };
    }
    const strings = ordering && values.every(({ kind }) => kind === "str");
    const texts = operands.map((one, i) => {
      const op = node.ops[i - 1];
      const inString = op === undefined && /^(In|NotIn)$/.test(node.ops[0]!) && values[1]!.kind === "str";
      if (inString && values[0]!.kind === "char" && node.ops.length === 1)
        return [one, this.character(one)] as const;
      return [one, strings ? this.container(one) : this.asObject(one)] as const;
    });
    const text = this.splice(node, texts);
    const truth = node.ops.length === 1 && (!ordering || strings);
    return truth ? { text, value: bool(), native: true } : { text, value: any, native: false };
  }

  /** A character; a literal stands for itself. */
  protected character(node: expr): string {
    return node.kind === "Constant" ? this.expression(node).text : this.native(node).text;
  }
}

export const rangeOf = (value: Value): Range => (value.kind === "int" ? value.range : range(0, 1));

export const clamped = (result: Range): Range => (fits(result, int64) ? result : int64);

const mixOrigins = (a: Origin, b: Origin): Origin =>
  a === "numpy" || b === "numpy" ? "numpy" : a === "either" || b === "either" ? "either" : "python";

const originOf = (a: Value, b: Value): Origin =>
  mixOrigins((a as { origin: Origin }).origin, (b as { origin: Origin }).origin);

/** Of operands that are not both numbers. */
function combined(op: operator, left: Value, right: Value): Value {
  const text = (value: Value) => value.kind === "str" || value.kind === "char";
  if (op === "Add" && text(left) && text(right)) return str;
  if ((op === "Mult" || op === "Mod") && text(left)) return str;
  if (op === "Add" && left.kind === "list" && right.kind === "list") return join(left, right)!;
  if (op === "Add" && left.kind === "tuple" && right.kind === "tuple")
    return { kind: "tuple", items: null, element: join(left.element, right.element) };
  if (op === "Mult" && (left.kind === "list" || left.kind === "tuple"))
    return left.kind === "tuple" ? { ...left, items: null } : left;
  if (op === "Mult" && right.kind === "list") return right;
  if (left.kind === "set" && right.kind === "set") return join(left, right)!;
  return any;
}
