// An expression as compiled code: its text in Cython, what it gives, and whether that is a C number or a Python object.

import type {
  BinOp,
  Call,
  Compare,
  comprehension,
  expr,
  Name,
  Node,
  operator,
  Subscript,
  UnaryOp,
} from "../../source/ast.generated.ts";
import { dottedName, meaningOf } from "../../source/meaning.ts";
import { children } from "../../source/walk.ts";
import {
  absolute,
  add,
  bitAnd,
  bitOr,
  exactInFloat,
  fits,
  floorDivide,
  int64,
  maximum,
  minimum,
  modulo,
  multiply,
  negate,
  type Range,
  range,
  shiftRight,
  subtract,
} from "../analysis/ranges.ts";
import { callValue, methodValue } from "./results.ts";
import type { Scope } from "./scope.ts";
import { narrow, wide } from "./seen.ts";
import { mathArity } from "./support.ts";
import {
  any,
  bool,
  elementOf,
  float,
  int,
  isNative,
  isNumber,
  join,
  none,
  type Origin,
  str,
  Unsupported,
  type Value,
} from "./values.ts";

export interface Compiled {
  text: string;
  value: Value;
  /** The text is a C expression. */
  native: boolean;
}

/** Thrown where a value is not known in this round of the analysis. */
export class NotYet extends Error {}

const length = range(0n, 1n << 46n);

export class Expressions {
  protected readonly scope: Scope;
  /** What the targets of comprehensions stand for, innermost last. */
  private readonly inner: Map<string, Value>[] = [];

  constructor(scope: Scope) {
    this.scope = scope;
  }

  /** The source of `node` with the texts given in place of parts of it. */
  splice(node: Node & { start: number; end: number }, parts: readonly (readonly [Node, string])[]): string {
    const { text } = this.scope.file;
    let result = "";
    let at = node.start;
    const sorted = parts
      .map(([part, replacement]) => ({ ...(part as expr), replacement }))
      .sort((a, b) => a.start - b.start);
    for (const { start, end, replacement } of sorted) {
      if (start < at) throw new Unsupported("a part of a formatted string cannot be followed", node.start);
      result += text.slice(at, start) + replacement;
      at = end;
    }
    return result + text.slice(at, node.end);
  }

  protected reject(node: Node, reason: string): never {
    throw new Unsupported(reason, (node as expr).start ?? null);
  }

  /** As a C number or character. */
  native(node: expr): Compiled {
    const compiled = this.expression(node);
    if (compiled.native) return compiled;
    const { value, text } = compiled;
    switch (value.kind) {
      case "float":
        return this.supported("as_float", text, { ...value });
      case "bool":
        return this.supported("as_bool", text, value);
      case "char":
        return this.supported("as_char", text, value);
      case "int": {
        const small = fits(value.range, narrow);
        return this.supported(small ? "as_int" : "as_long", text, int(small ? narrow : wide));
      }
      default:
        return this.reject(node, "its numbers are not always numbers");
    }
  }

  protected supported(name: string, text: string, value: Value): Compiled {
    this.scope.needs.support.add(name);
    return { text: `${name}(${text})`, value, native: true };
  }

  /** As a Python object. Cython makes one of a C number where an object is due. */
  object(node: expr): string {
    const { text, value, native } = this.expression(node);
    return native ? this.boxed(node, text, value) : text;
  }

  protected boxed(node: Node, text: string, value: Value): string {
    if (!("origin" in value) || value.origin === "python") return text;
    if (value.origin === "either") this.reject(node, "a number is now Python's, now NumPy's");
    if (value.kind === "bool") this.reject(node, "a truth value of NumPy is kept");
    const type = value.kind === "int" ? "int64" : "float64";
    this.scope.needs.imports.add(`from numpy import ${type}`);
    return `${type}(${text})`;
  }

  /** An object for certain, also in the place of an operand. */
  private asObject(node: expr): string {
    const { text, value, native } = this.expression(node);
    return native ? `<object>(${this.boxed(node, text, value)})` : text;
  }

  /** Where only its truth counts. */
  truth(node: expr): string {
    if (node.kind === "BoolOp")
      return this.splice(
        node,
        node.values.map((one) => [one, this.truth(one)]),
      );
    if (node.kind === "UnaryOp" && node.op === "Not")
      return this.splice(node, [[node.operand, this.truth(node.operand)]]);
    const compiled = this.expression(node);
    if (compiled.value.kind === "char") return this.asObject(node);
    return compiled.native || !isNumber(compiled.value) ? compiled.text : this.native(node).text;
  }

  /** As it comes most naturally. */
  expression(node: expr): Compiled {
    switch (node.kind) {
      case "Constant":
        return this.constant(node, node.value);
      case "Name":
        return this.name(node);
      case "BinOp":
        return this.binary(node);
      case "UnaryOp":
        return this.unary(node);
      case "BoolOp":
        return this.choice(node, node.values, (texts) => texts);
      case "IfExp": {
        const test = this.truth(node.test);
        return this.choice(node, [node.body, node.orelse], (parts) => [...parts, [node.test, test]]);
      }
      case "Compare":
        return this.compare(node);
      case "Call":
        return this.call(node);
      case "Subscript":
        return this.subscript(node);
      case "Attribute":
        return this.attribute(node);
      case "Tuple":
      case "List":
      case "Set": {
        if (node.elts.some(({ kind }) => kind === "Starred")) this.reject(node, "it uses `*` in a display");
        const items = node.elts.map((item) => this.expression(item).value);
        const text = this.splice(
          node,
          node.elts.map((item) => [item, this.object(item)]),
        );
        const element = items.reduce<Value | null>((a, b) => join(a, b), null);
        if (node.kind === "Tuple")
          return {
            text: node.elts.length > 0 ? `${text}` : text,
            value: { kind: "tuple", items, element },
            native: false,
          };
        return { text, value: { kind: node.kind === "List" ? "list" : "set", element }, native: false };
      }
      case "Dict": {
        const keys = node.keys.map((key) => key ?? this.reject(node, "it uses `**` in a display"));
        const [key, value] = [keys, node.values].map((side) =>
          side.map((one) => this.expression(one).value).reduce<Value | null>((a, b) => join(a, b), null),
        );
        const text = this.splice(
          node,
          [...keys, ...node.values].map((one) => [one, this.object(one)]),
        );
        return { text, value: { kind: "dict", key: key!, value: value! }, native: false };
      }
      case "ListComp":
      case "SetComp":
      case "DictComp":
        return this.comprehension(node, node.generators);
      case "JoinedStr":
        return this.formatted(node);
      default:
        return this.reject(node, `it uses ${described[node.kind] ?? node.kind}`);
    }
  }

  private constant(node: expr, constant: (expr & { kind: "Constant" })["value"]): Compiled {
    const text = this.scope.file.text.slice(node.start, node.end);
    switch (constant.type) {
      case "int": {
        const exact = BigInt(constant.text);
        if (!fits(range(exact, exact), wide)) return { text, value: any, native: false };
        return { text: constant.text, value: int(range(exact, exact)), native: true };
      }
      case "float":
        // `inf` is what Python makes of 1e999.
        return /^[\d.]+(e[-+]?\d+)?$/.test(constant.text)
          ? { text: constant.text, value: float(), native: true }
          : { text: `<double>float("${constant.text}")`, value: float(), native: true };
      case "bool":
        return { text, value: bool(), native: true };
      case "str":
        return { text, value: [...constant.value].length === 1 ? { kind: "char" } : str, native: false };
      case "bytes":
        return { text, value: { kind: "bytes" }, native: false };
      case "None":
        return { text, value: none, native: false };
      default:
        return this.reject(node, "it uses a constant of another kind");
    }
  }

  private name(node: Name): Compiled {
    const text = node.id;
    for (const names of [...this.inner].reverse()) {
      const value = names.get(text);
      if (value) return { text, value, native: false };
    }
    if (this.scope.isLocal(text)) {
      const value = this.scope.values.get(text);
      if (!value) {
        if (!this.scope.final) throw new NotYet();
        return { text, value: any, native: false };
      }
      return { text, value, native: this.scope.isHeldNative(text) };
    }
    const meaning = meaningOf(this.scope.file, node);
    if (meaning.kind === "builtin") return { text, value: any, native: false };
    if (meaning.kind === "imported") return this.imported(node, meaning.path, text);
    return this.reject(node, `\`${text}\` is not known when it is compiled`);
  }

  /** Something of a module that the compiled module imports too, under the same name. */
  private imported(node: expr, path: string, local: string): Compiled {
    const [module, ...rest] = path.split(".");
    if (!importable.has(module!)) this.reject(node, `it uses the module \`${module}\``);
    const { imports } = this.scope.needs;
    if (rest.length === 0)
      imports.add(module === local ? `import ${module}` : `import ${module} as ${local}`);
    else {
      const name = rest.at(-1)!;
      const from = [module, ...rest.slice(0, -1)].join(".");
      imports.add(`from ${from} import ${name}${name === local ? "" : ` as ${local}`}`);
    }
    return { text: local, value: any, native: false };
  }

  private binary(node: BinOp): Compiled {
    const [left, right] = [this.expression(node.left), this.expression(node.right)];
    if (isNumber(left.value) && isNumber(right.value))
      return this.arithmetic(node, node.op, node.left, node.right, (a, b) =>
        this.splice(node, [
          [node.left, a],
          [node.right, b],
        ]),
      );
    const text = this.splice(node, [
      [node.left, this.asObject(node.left)],
      [node.right, this.asObject(node.right)],
    ]);
    return { text, value: combined(node.op, left.value, right.value), native: false };
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

  private floating(
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
        return this.supported(op === "Mod" ? "modulo" : "floor_divide", `${left.text}, ${right.text}`, value);
      case "Pow":
        return this.supported("power", `${left.text}, ${right.text}`, value);
      default:
        return this.reject(node, "an operation that floats do not have");
    }
  }

  private whole(
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
  private exact({ text, value }: Compiled): string {
    if (fits(rangeOf(value), exactInFloat)) return text;
    this.scope.needs.support.add("exact");
    return `exact(${text})`;
  }

  private unary(node: UnaryOp): Compiled {
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
  private choice(
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
    const texts = options.map((option) => [option, this.asObject(option)] as const);
    return { text: this.splice(node, parts(texts)), value, native: false };
  }

  private compare(node: Compare): Compiled {
    const operands = [node.left, ...node.comparators];
    const values = operands.map((one) => this.expression(one).value);
    const ordering = node.ops.every((op) => /^(Eq|NotEq|Lt|LtE|Gt|GtE)$/.test(op));
    if (ordering && values.every(isNumber)) {
      const natives = operands.map((one) => number(this.native(one)));
      const mixed = natives.some(({ value }) => value.kind === "float");
      const texts = natives.map((one, i) => {
        const text = mixed && one.value.kind === "int" ? this.exact(one) : one.text;
        return [operands[i]!, text] as const;
      });
      const origin = values.reduce<Origin>(
        (a, one) => mixOrigins(a, (one as { origin: Origin }).origin),
        "python",
      );
      return { text: this.splice(node, texts), value: bool(origin), native: true };
    }
    if (ordering && values.every(({ kind }) => kind === "char")) {
      const texts = operands.map((one) => [one, this.character(one)] as const);
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
  private character(node: expr): string {
    return node.kind === "Constant" ? this.expression(node).text : this.native(node).text;
  }

  private call(node: Call): Compiled {
    const { scope } = this;
    const definition = scope.functionOf(node.func);
    if (definition) return this.ownCall(node, scope.callee(definition));
    if (node.keywords.some(({ arg }) => arg === null) || node.args.some(({ kind }) => kind === "Starred"))
      this.reject(node, "it passes arguments by `*`");
    const name = dottedName(scope.file, node.func);
    const special = name !== null && node.keywords.length === 0 ? this.specialCall(node, name) : null;
    if (special) return special;
    const args = [...node.args, ...node.keywords.map(({ value }) => value)];
    const consumes = name !== null && consumers.has(name);
    const texts = args.map((one) => {
      if (one.kind === "GeneratorExp" && consumes) return [one, this.asList(node, one)] as const;
      if (one.kind === "Lambda" || one.kind === "GeneratorExp")
        return this.reject(one, `it uses ${described[one.kind]}`);
      return [one, this.object(one)] as const;
    });
    const values = args.map((one) =>
      one.kind === "GeneratorExp" ? this.listOf(one).value : this.expression(one).value,
    );
    if (name !== null && node.func.kind === "Name") {
      this.name(node.func);
      return { text: this.splice(node, texts), value: callValue(name, values), native: false };
    }
    if (node.func.kind !== "Attribute") return this.reject(node, "it calls what is not known");
    if (name !== null) {
      const func = this.attribute(node.func);
      return {
        text: this.splice(node, [[node.func, func.text], ...texts]),
        value: callValue(name, values),
        native: false,
      };
    }
    const receiver = this.expression(node.func.value);
    const owner = receiver.value.kind === "char" ? str : receiver.value;
    const func = this.splice(node.func, [[node.func.value, this.asObject(node.func.value)]]);
    return {
      text: this.splice(node, [[node.func, func], ...texts]),
      value: methodValue(owner, node.func.attr, values),
      native: false,
    };
  }

  /** `sum(x for …)` and the like: a list comprehension, which compiled functions can hold. */
  private asList(call: Call, node: expr & { kind: "GeneratorExp" }): string {
    const { text } = this.listOf(node);
    const own = this.scope.file.text.slice(node.start, node.end);
    // A generator that is the only argument shares the parentheses of the call.
    const shared = call.args.length === 1 && node.end === call.end;
    const bare = own.startsWith("(") ? text.slice(1, -1) : text;
    return shared ? `([${bare}])` : `[${bare}]`;
  }

  private listOf(node: expr & { kind: "GeneratorExp" }): Compiled {
    return this.comprehension(node, node.generators);
  }

  /** Calls that C does as Python does. */
  private specialCall(node: Call, name: string): Compiled | null {
    const [first, second] = node.args;
    if (!first) return null;
    const value = first.kind === "GeneratorExp" ? any : this.expression(first).value;
    switch (name) {
      case "len":
        if (first.kind === "Name" && value.kind === "array")
          return { text: `${this.view(first.id)}.shape[0]`, value: int(length), native: true };
        if (value.kind === "any" || value.kind === "instance" || isNative(value)) return null;
        return { text: this.splice(node, [[first, this.object(first)]]), value: int(length), native: true };
      case "abs": {
        if (value.kind === "float")
          return { text: this.splice(node, [[first, this.native(first).text]]), value, native: true };
        if (value.kind !== "int") return null;
        const { text, value: exact } = this.native(first);
        return this.supported("absolute", text, int(clamped(absolute(rangeOf(exact))), value.origin));
      }
      case "min":
      case "max":
        return node.args.length > 1 ? this.extreme(node, name) : null;
      case "sum": {
        if (node.args.length !== 1 && node.args.length !== 2) return null;
        // Cython would add up a comprehension by itself, and Python compensates sums of floats.
        this.scope.needs.imports.add("import builtins");
        const list = first.kind === "GeneratorExp" ? this.listOf(first) : this.expression(first);
        const text = first.kind === "GeneratorExp" ? this.asList(node, first) : this.object(first);
        const start = second ? `, ${this.object(second)}` : "";
        const element = elementOf(list.value);
        const inner = text.startsWith("([") && first.kind === "GeneratorExp" ? text.slice(1, -1) : text;
        return {
          text: `builtins.sum(${inner}${start})`,
          // An empty sum of floats is the integer 0, which the check of the type then leaves to Python.
          value: element && !second && isNumber(element) ? summed(element) : any,
          native: false,
        };
      }
      case "int":
        if (node.args.length !== 1 || !isNumber(value)) return null;
        if (value.kind === "float")
          return { text: `int(${this.native(first).text})`, value: int(wide), native: false };
        return { ...number(this.native(first)), value: int(rangeOf(value), "python") };
      case "float":
        if (node.args.length !== 1 || !isNumber(value)) return null;
        return { text: `<double>(${this.native(first).text})`, value: float(), native: true };
      case "ord":
        if (value.kind !== "char") return null;
        return {
          text: `<long long>ord(${this.character(first)})`,
          value: int(range(0, 0x10ffff)),
          native: true,
        };
    }
    const math = /^math\.(\w+)$/.exec(name)?.[1];
    if (math === undefined || mathArity(math) === 0 || node.args.length !== mathArity(math)) return null;
    if (!node.args.every((one) => isNumber(this.expression(one).value))) return null;
    return this.supported(`math_${math}`, node.args.map((one) => this.native(one).text).join(", "), float());
  }

  private extreme(node: Call, name: "min" | "max"): Compiled | null {
    const values = node.args.map((one) => this.expression(one).value);
    const value = values.reduce((a, b) => join(a, b)!);
    if ((value.kind !== "int" && value.kind !== "float") || value.origin === "either") {
      const texts = node.args.map((one) => [one, this.asObject(one)] as const);
      return { text: this.splice(node, texts), value, native: false };
    }
    const natives = node.args.map((one) => this.native(one));
    const text = this.splice(
      node,
      natives.map((one, i) => [node.args[i]!, one.text]),
    );
    if (value.kind === "float") return { text, value, native: true };
    const ranges = natives.map((one) => rangeOf(one.value));
    return {
      text,
      value: int(ranges.reduce(name === "min" ? minimum : maximum), value.origin),
      native: true,
    };
  }

  private ownCall(
    node: Call,
    callee: { name: string; parameters: readonly string[] } & ReturnType<Scope["callee"]>,
  ): Compiled {
    const own = callee.parameters.slice(0, node.args.length);
    if (node.keywords.length > 0 || node.args.some(({ kind }) => kind === "Starred"))
      this.reject(node, `it calls \`${callee.name}\` with arguments by name`);
    const outer = callee.parameters.slice(node.args.length);
    for (const name of outer)
      if (!this.scope.parameters.includes(name))
        this.reject(node, `it calls \`${callee.name}\` without all arguments`);
    const texts = [...own, ...outer].map((name, index) => {
      const given = node.args[index];
      const target = callee.parameter(index);
      if (given) {
        callee.take(index, this.expression(given).value);
        return target.native ? this.native(given).text : this.object(given);
      }
      const value = this.scope.values.get(name) ?? any;
      callee.take(index, value);
      return name;
    });
    if (callee.recursive) texts.push("calls_left - 1");
    const { value, native } = callee.result;
    if (!value && !this.scope.final) throw new NotYet();
    return { text: `${callee.name}(${texts.join(", ")})`, value: value ?? any, native };
  }

  /** The memory of an array, or of bytes, under a name. */
  view(name: string): string {
    this.scope.viewed.add(name);
    return `${name}_view`;
  }

  protected subscript(node: Subscript): Compiled {
    const base = this.expression(node.value);
    const { slice } = node;
    const parts = slice.kind === "Tuple" ? slice.elts : [slice];
    const { value } = base;
    if (value.kind === "array") return this.arrayItem(node, value, parts);
    if (slice.kind === "Slice") {
      const texts = this.sliceTexts(slice);
      const result: Value =
        value.kind === "char" ? str : value.kind === "tuple" ? { ...value, items: null } : value;
      return {
        text: this.splice(node, [[node.value, this.container(node.value)], ...texts]),
        value: result,
        native: false,
      };
    }
    if (value.kind === "dict" || value.kind === "any" || value.kind === "instance" || value.kind === "set") {
      const text = this.splice(node, [
        [node.value, this.container(node.value)],
        [slice, this.object(slice)],
      ]);
      return this.item(text, value.kind === "dict" ? value.value : any);
    }
    const index = this.expression(slice).value;
    if (index.kind !== "int" && index.kind !== "bool") {
      const text = this.splice(node, [
        [node.value, this.container(node.value)],
        [slice, this.object(slice)],
      ]);
      return this.item(text, elementOf(value) ?? any);
    }
    const at = number(this.native(slice)).text;
    if (value.kind === "bytes" && node.value.kind === "Name" && this.scope.isLocal(node.value.id))
      return {
        text: `<long long>${this.view(node.value.id)}[${at}]`,
        value: int(range(0, 255)),
        native: true,
      };
    const text = this.splice(node, [
      [node.value, this.container(node.value)],
      [slice, at],
    ]);
    if (value.kind === "str" || value.kind === "char")
      return { text, value: { kind: "char" }, native: value.kind === "str" };
    if (value.kind === "tuple" && value.items && slice.kind === "Constant")
      return this.item(
        text,
        value.items[Number((slice.value as { text?: string }).text ?? -1)] ?? value.element,
      );
    return this.item(text, elementOf(value));
  }

  private item(text: string, value: Value | null): Compiled {
    if (value === null && !this.scope.final) throw new NotYet();
    return { text, value: value ?? any, native: false };
  }

  /** A container that is subscripted or iterated: of its type for certain. */
  container(node: expr): string {
    const { text, value } = this.expression(node);
    const sure =
      (node.kind === "Name" &&
        this.scope.isDeclared(node.id) &&
        !this.inner.some((names) => names.has(node.id))) ||
      /^(List|Tuple|Dict|Set|ListComp|SetComp|DictComp|Constant|JoinedStr)$/.test(node.kind);
    if (sure || !["list", "dict", "tuple", "str", "bytes", "set"].includes(value.kind))
      return this.asObject(node);
    return `(<${value.kind}?>(${text}))`;
  }

  private sliceTexts(slice: expr & { kind: "Slice" }): (readonly [Node, string])[] {
    return [slice.lower, slice.upper, slice.step].flatMap((part) =>
      part ? [[part, this.object(part)] as const] : [],
    );
  }

  private arrayItem(node: Subscript, value: Value & { kind: "array" }, parts: readonly expr[]): Compiled {
    const kinds = parts.map((part) => (part.kind === "Slice" ? "slice" : this.expression(part).value.kind));
    const whole = kinds.every((kind) => kind === "int") && parts.length === value.dimensions;
    if (whole && node.value.kind === "Name" && this.scope.isLocal(node.value.id)) {
      const view = this.view(node.value.id);
      const texts = parts.map((part) => [part, this.native(part).text] as const);
      const text = this.splice(node, [[node.value, view], ...texts]);
      if (value.dtype === "bool") return { text: `(${text} != 0)`, value: bool("numpy"), native: true };
      const read: Value = value.dtype === "float64" ? float("numpy") : int(int64, "numpy");
      return { text, value: read, native: true };
    }
    if (kinds.some((kind) => kind !== "int" && kind !== "slice") || parts.length > value.dimensions || whole)
      return this.reject(node, "it selects from an array by more than indices and slices");
    const texts = parts.flatMap((part) =>
      part.kind === "Slice" ? this.sliceTexts(part) : [[part, this.object(part)] as const],
    );
    const dimensions = value.dimensions - kinds.filter((kind) => kind === "int").length;
    const contiguous = value.contiguous && !kinds.includes("slice");
    return {
      text: this.splice(node, [[node.value, this.asObject(node.value)], ...texts]),
      value: { ...value, dimensions, contiguous },
      native: false,
    };
  }

  protected attribute(node: expr & { kind: "Attribute" }): Compiled {
    const { scope } = this;
    const path = dottedName(scope.file, node);
    if (path !== null) {
      if (/^math\.(pi|e|tau|inf|nan)$/.test(path)) {
        const name = path.replace(".", "_");
        scope.needs.imports.add("import math");
        scope.needs.constants.set(name, path);
        return { text: name, value: float(), native: true };
      }
      const owner =
        node.value.kind === "Attribute" ? this.attribute(node.value) : this.name(node.value as Name);
      return { text: this.splice(node, [[node.value, owner.text]]), value: any, native: false };
    }
    const { value } = this.expression(node.value);
    const text = this.splice(node, [[node.value, this.asObject(node.value)]]);
    if (value.kind === "array" && node.attr === "shape")
      return {
        text,
        value: {
          kind: "tuple",
          items: Array.from({ length: value.dimensions }, () => int(wide)),
          element: int(wide),
        },
        native: false,
      };
    if (value.kind === "instance")
      return { text, value: value.attributes.get(node.attr) ?? any, native: false };
    return this.reject(node, `nothing was seen of the attribute \`${node.attr}\``);
  }

  private comprehension(node: expr, generators: readonly comprehension[]): Compiled {
    const parts: (readonly [Node, string])[] = [];
    const names = new Map<string, Value>();
    this.inner.push(names);
    try {
      for (const [index, generator] of generators.entries()) {
        if (generator.is_async) this.reject(node, "it is asynchronous");
        // The first iterable is evaluated outside; names that shadow others would be read wrongly here.
        parts.push([generator.iter, this.iterated(generator.iter)]);
        const element = this.elementOfIterable(generator.iter);
        this.bindInner(generator.target, element, names);
        for (const test of generator.ifs) parts.push([test, this.truth(test)]);
        if (index > 0 && generator.target.kind === "Starred") this.reject(node, "it unpacks with `*`");
      }
      if (node.kind === "DictComp") {
        const [key, value] = [this.expression(node.key).value, this.expression(node.value).value];
        parts.push([node.key, this.object(node.key)], [node.value, this.object(node.value)]);
        return { text: this.splice(node, parts), value: { kind: "dict", key, value }, native: false };
      }
      const { elt } = node as { elt: expr } & expr;
      const element = this.expression(elt).value;
      parts.push([elt, this.object(elt)]);
      const kind = node.kind === "SetComp" ? "set" : "list";
      return { text: this.splice(node, parts), value: { kind, element }, native: false };
    } finally {
      this.inner.pop();
    }
  }

  private bindInner(target: expr, value: Value, names: Map<string, Value>): void {
    if (target.kind === "Name") names.set(target.id, value);
    else if (target.kind === "Tuple" || target.kind === "List")
      for (const [i, item] of target.elts.entries()) this.bindInner(item, itemOf(value, i), names);
    else this.reject(target, "it unpacks into something else than names");
  }

  /** What a loop goes over. Iterators of unknown origin might be half read when Python starts again. */
  iterated(iter: expr): string {
    const { value } = this.expression(iter);
    if (value.kind === "any" || value.kind === "instance" || value.kind === "none" || isNumber(value))
      this.reject(iter, "what it loops over is not known to be readable twice");
    if (value.kind === "array") this.reject(iter, "it loops over the items of an array");
    return this.container(iter);
  }

  elementOfIterable(iter: expr): Value {
    const element = elementOf(this.expression(iter).value);
    if (element === null && !this.scope.final) throw new NotYet();
    return element ?? any;
  }

  private formatted(node: expr & { kind: "JoinedStr" }): Compiled {
    for (const part of children(node))
      if (part.kind === "FormattedValue") {
        if (!/^(Name|Attribute|Subscript|Constant)$/.test(part.value.kind))
          this.reject(node, "it computes inside a string");
        const { native, value } = this.expression(part.value);
        if (native && value.kind !== "int") this.reject(node, "it formats a number in a string");
        if (children(part).some(({ kind }) => kind === "JoinedStr")) this.reject(node, "it formats a string");
      }
    return { text: this.splice(node, []), value: str, native: false };
  }
}

/** The value of one item of what is taken apart. */
export function itemOf(value: Value, index: number): Value {
  if (value.kind === "tuple" && value.items) return value.items[index] ?? any;
  return elementOf(value) ?? any;
}

/** A truth value counts as an integer. */
export const number = (compiled: Compiled): Compiled =>
  compiled.value.kind === "bool"
    ? { text: `<long long>(${compiled.text})`, value: int(range(0, 1), compiled.value.origin), native: true }
    : compiled;

const rangeOf = (value: Value): Range => (value.kind === "int" ? value.range : range(0, 1));
const clamped = (result: Range): Range => (fits(result, int64) ? result : int64);
const summed = (element: Value): Value => (element.kind === "float" ? element : int(wide));
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

/** Builtins that read a generator to its end. */
const consumers = new Set([
  "all",
  "any",
  "dict",
  "frozenset",
  "list",
  "max",
  "min",
  "set",
  "sorted",
  "sum",
  "tuple",
]);

/** Modules that compiled code may import: they only compute. */
const importable = new Set([
  "bisect",
  "collections",
  "heapq",
  "itertools",
  "math",
  "numpy",
  "operator",
  "string",
]);

const described: Partial<Record<expr["kind"], string>> = {
  Lambda: "a function made on the spot",
  GeneratorExp: "a generator expression",
  Yield: "`yield`",
  YieldFrom: "`yield from`",
  Await: "`await`",
  NamedExpr: "an assignment inside an expression",
  Starred: "`*` in an expression",
};
