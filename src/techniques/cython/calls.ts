// Calls of builtins, of methods, and of functions of the same module.

import type { Call, expr } from "../../source/ast.generated.ts";
import { dottedName } from "../../source/meaning.ts";
import { absolute, maximum, minimum, range } from "../analysis/ranges.ts";
import { clamped, rangeOf } from "./arithmetic.ts";
import { type Compiled, NotYet, number } from "./compiled.ts";
import { Draws } from "./draws.ts";
import { callValue, methodValue } from "./results.ts";
import type { Callee } from "./scope.ts";
import { wide } from "./seen.ts";
import { mathArity } from "./support.ts";
import { any, elementOf, float, int, isNative, isNumber, join, leaves, str, type Value } from "./values.ts";
import { length } from "./vectors.ts";

export abstract class Calls extends Draws {
  protected call(node: Call): Compiled {
    const { scope } = this;
    const definition = scope.functionOf(node.func);
    if (definition) return this.ownCall(node, scope.callee(definition));
    const special = this.objectCall(node) ?? this.draw(node);
    if (special) return special;
    if (node.keywords.some(({ arg }) => arg === null) || node.args.some(({ kind }) => kind === "Starred"))
      this.reject(node, "it passes arguments by `*`");
    if (scope.unknown.has(node) && !scope.final) throw new NotYet();
    if (scope.unknown.has(node))
      this.reject(node, `what \`${this.splice(node.func, [])}\` does is not known`);
    const name = dottedName(scope.file, node.func, true);
    const builtin = name !== null && node.keywords.length === 0 ? this.specialCall(node, name) : null;
    if (builtin) return builtin;
    const args = [...node.args, ...node.keywords.map(({ value }) => value)];
    const consumes = name !== null && consumers.has(name);
    const method = name === null && node.func.kind === "Attribute" ? node.func : null;
    const target = method && this.expression(method.value).value;
    if (method && target?.kind === "vector") return this.vectorMethod({ ...node, func: method }, target);
    // Lists of vectors hold vectors.
    const keeps = target?.kind === "list" && /^(append|insert|pop|reverse|clear)$/.test(method!.attr);
    if (keeps) for (const one of node.args) this.alike(target, this.expression(one).value);
    const texts = args.map((one) => {
      if (one.kind === "GeneratorExp" && consumes) return [one, this.asList(node, one)] as const;
      if (one.kind === "Lambda" || one.kind === "GeneratorExp")
        return this.reject(one, `it uses ${described[one.kind]}`);
      const vector = this.expression(one).value.kind === "vector";
      const yields = name !== null && lazy.has(name);
      if (consumes || (yields && vector && this.steady.has(node))) return [one, this.listing(one)] as const;
      return [one, keeps || (yields && !vector) ? this.held(one) : this.object(one)] as const;
    });
    const values = args.map((one) =>
      one.kind === "GeneratorExp" ? this.listOf(one).value : this.expression(one).value,
    );
    if (name !== null && node.func.kind === "Name") {
      this.name(node.func);
      const called: Compiled = {
        text: this.splice(node, texts),
        value: callValue(name, values),
        native: false,
      };
      return name === "list" || name === "sorted" ? this.made(node, called) : called;
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
    if (!keeps) leaves(receiver.value);
    const func = this.splice(node.func, [[node.func.value, this.heldObject(node.func.value)]]);
    return {
      text: this.splice(node, [[node.func, func], ...texts]),
      value: methodValue(owner, node.func.attr, values),
      native: false,
    };
  }

  /** `sum(x for …)` and the like: a list comprehension, which compiled functions can hold. */
  protected asList(call: Call, node: expr & { kind: "GeneratorExp" }): string {
    const { text } = this.listOf(node);
    const own = this.scope.file.text.slice(node.start, node.end);
    // A generator that is the only argument shares the parentheses of the call.
    const shared = call.args.length === 1 && node.end === call.end;
    const bare = own.startsWith("(") ? text.slice(1, -1) : text;
    return shared ? `([${bare}])` : `[${bare}]`;
  }

  /** Calls that C does as Python does. */
  protected specialCall(node: Call, name: string): Compiled | null {
    const [first, second] = node.args;
    if (!first) return null;
    const value = first.kind === "GeneratorExp" ? any : this.expression(first).value;
    switch (name) {
      case "len":
        if (first.kind === "Name" && value.kind === "array")
          return { text: `${this.view(first.id)}.shape[0]`, value: int(length), native: true };
        if (value.kind === "vector")
          return { text: `${this.vector(first)}.length`, value: int(length), native: true };
        if (value.kind === "any" || value.kind === "instance" || isNative(value)) return null;
        return { text: this.splice(node, [[first, this.held(first)]]), value: int(length), native: true };
      case "abs": {
        if (value.kind === "float")
          return { text: this.splice(node, [[first, this.native(first).text]]), value, native: true };
        if (value.kind !== "int") return null;
        const { text, value: exact } = this.native(first);
        return this.supported("int_absolute", text, int(clamped(absolute(rangeOf(exact))), value.origin));
      }
      case "min":
      case "max":
        return node.args.length > 1 ? this.extreme(node, name) : null;
      case "sum": {
        if (node.args.length !== 1 && node.args.length !== 2) return null;
        // Cython would add up a comprehension by itself, and Python compensates sums of floats.
        this.scope.needs.imports.add("import builtins");
        const list = first.kind === "GeneratorExp" ? this.listOf(first) : this.expression(first);
        const text = first.kind === "GeneratorExp" ? this.asList(node, first) : this.listing(first);
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
        if (value.kind === "float") return this.supported("float_int", this.native(first).text, int(wide));
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

  protected extreme(node: Call, name: "min" | "max"): Compiled | null {
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

  /** A call of a function of the module; `receiver`: the object whose method it is. */
  protected ownCall(node: Call, callee: Callee, receiver?: Compiled): Compiled {
    this.scope.calls.add(callee);
    const given = this.argumentsOf(node, callee, receiver ? 1 : 0);
    const texts = callee.parameters.map((name, index) => {
      if (receiver && index === 0) {
        callee.take(index, receiver.value);
        return receiver.text;
      }
      if (!callee.own.includes(name)) {
        if (!this.scope.parameters.includes(name))
          return this.reject(node, `it calls \`${callee.name}\` without all arguments`);
        callee.take(index, this.scope.values.get(name) ?? any);
        return name;
      }
      const one = given.get(name) ?? callee.defaults.get(name);
      if (!one) return this.reject(node, `it calls \`${callee.name}\` without all arguments`);
      callee.take(index, this.expression(one).value);
      return callee.parameter(index).native ? this.native(one).text : this.held(one);
    });
    if (callee.recursive) texts.push("calls_left - 1");
    const { value, native } = callee.result;
    if (!value && !this.scope.final) throw new NotYet();
    return { text: `${callee.name}(${texts.join(", ")})`, value: value ?? any, native };
  }

  /** What is given for which parameter; arguments are evaluated in the order of the parameters. */
  private argumentsOf(node: Call, { own, placed, name }: Callee, first: number): Map<string, expr> {
    if (node.args.some(({ kind }) => kind === "Starred") || node.keywords.some(({ arg }) => arg === null))
      this.reject(node, "it passes arguments by `*`");
    if (first + node.args.length > placed) this.reject(node, `it calls \`${name}\` with too many arguments`);
    const given = new Map(node.args.map((one, index) => [own[first + index]!, one]));
    let last = first + node.args.length - 1;
    for (const { arg, value } of node.keywords) {
      const index = own.indexOf(arg!);
      if (index <= last) this.reject(node, `it calls \`${name}\` with arguments in another order`);
      given.set(arg!, value);
      last = index;
    }
    return given;
  }
}

const summed = (element: Value): Value => (element.kind === "float" ? element : int(wide));

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

/** Builtins that give what they read item by item. */
const lazy = new Set(["enumerate", "reversed", "zip"]);

export const described: Partial<Record<expr["kind"], string>> = {
  Lambda: "a function made on the spot",
  GeneratorExp: "a generator expression",
  Yield: "`yield`",
  YieldFrom: "`yield from`",
  Await: "`await`",
  NamedExpr: "an assignment inside an expression",
  Starred: "`*` in an expression",
};
