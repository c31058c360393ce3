// Statements: what they bind, for the analysis, and their text in the compiled function.

import type { Assign, AugAssign, Call, expr, For, Node, stmt } from "../../source/ast.generated.ts";
import { operatorSign } from "../../source/expression-text.ts";
import { beginsLine } from "../../source/layout.ts";
import { dottedName } from "../../source/meaning.ts";
import { add, fits, join as joinRanges, type Range, range, subtract } from "../analysis/ranges.ts";
import { itemOf, NotYet, number } from "./compiled.ts";
import { Expressions } from "./expressions.ts";
import { itemsOf, namesIn } from "./flow.ts";
import { wide } from "./seen.ts";
import { any, elementOf, int, isNative, isNumber, join, none, type Value } from "./values.ts";

export class Statements extends Expressions {
  /** One round of the analysis: what every variable may be, given what is known so far. */
  analyse(): void {
    this.block(this.scope.body);
    if (!this.scope.returns) this.scope.give(none);
  }

  /** The text of the function's statements; the analysis must have come to rest. */
  text(): string {
    const { body, file } = this.scope;
    const [first, last] = [body[0]!, body.at(-1)!];
    const span = { ...first, start: file.lineStarts[first.lineno - 1]!, end: last.end };
    return this.splice(span, this.block(body));
  }

  private block(statements: readonly stmt[]): (readonly [Node, string])[] {
    return statements.flatMap((statement) => {
      try {
        return [[statement, this.statement(statement)] as const];
      } catch (error) {
        if (error instanceof NotYet && !this.scope.final) return [];
        throw error;
      }
    });
  }

  private statement(node: stmt): string {
    switch (node.kind) {
      case "Assign":
        return this.assign(node);
      case "AnnAssign":
        if (node.value === null || node.target.kind !== "Name")
          return this.reject(node, "it annotates without assigning");
        return `${node.target.id} = ${this.bindTo(node.target, node.value)}`;
      case "AugAssign":
        return this.augment(node);
      case "For":
        return this.loop(node);
      case "While": {
        const test = this.truth(node.test);
        return this.splice(node, [[node.test, test], ...this.block(node.body), ...this.block(node.orelse)]);
      }
      case "If": {
        const test = this.truth(node.test);
        return this.splice(node, [[node.test, test], ...this.block(node.body), ...this.block(node.orelse)]);
      }
      case "Return": {
        if (!node.value) {
          this.scope.give(none);
          return this.splice(node, []);
        }
        const { value } = this.expression(node.value);
        this.scope.give(value);
        const result = this.scope.result;
        const native = result !== null && isNative(result) && this.scope.returns;
        return this.splice(node, [
          [node.value, native ? this.native(node.value).text : this.object(node.value)],
        ]);
      }
      case "Expr":
        if (node.value.kind !== "Call") return this.reject(node, "it evaluates an expression for nothing");
        this.noteChange(node.value);
        return this.splice(node, [[node.value, this.expression(node.value).text]]);
      case "Assert": {
        const message = node.msg ? ([[node.msg, this.object(node.msg)]] as const) : [];
        return this.splice(node, [[node.test, this.truth(node.test)], ...message]);
      }
      case "Raise":
        // Python raises it in the end, with its own arguments.
        return "raise Exception";
      case "Pass":
      case "Break":
      case "Continue":
        return this.splice(node, []);
      default:
        return this.reject(node, `it uses \`${(keywordOf[node.kind] ?? node.kind).toLowerCase()}\``);
    }
  }

  /** `items.append(x)`: what is put into a container becomes known of it. */
  private noteChange(call: expr & { kind: "Call" }): void {
    const { func, args } = call;
    if (func.kind !== "Attribute" || func.value.kind !== "Name") return;
    const owner = this.scope.values.get(func.value.id);
    if (!owner || (owner.kind !== "list" && owner.kind !== "set")) return;
    const given = func.attr === "insert" ? args[1] : args[0];
    if (!given) return;
    if (/^(append|add|insert|appendleft)$/.test(func.attr))
      this.scope.bind(func.value.id, { ...owner, element: this.expression(given).value });
    if (/^(extend|update)$/.test(func.attr) && given.kind !== "GeneratorExp")
      this.scope.bind(func.value.id, { ...owner, element: elementOf(this.expression(given).value) });
  }

  private assign(node: Assign): string {
    if (node.targets.length > 1) return this.chained(node);
    const [target] = node.targets as [expr];
    if (target.kind === "Name")
      return this.withView(
        node,
        [target],
        this.splice(node, [[node.value, this.bindTo(target, node.value)]]),
      );
    const pairs = itemsOf(target, node.value);
    if (pairs && (target.kind === "Tuple" || target.kind === "List")) {
      const parts = pairs.flatMap(([to, from]) => [
        [to, this.store(to)] as const,
        [from, this.valueFor(to, from)] as const,
      ]);
      return this.withView(node, target.elts, this.splice(node, parts));
    }
    if (target.kind === "Subscript" || target.kind === "Attribute")
      return this.splice(node, [
        [target, this.store(target)],
        [node.value, this.valueFor(target, node.value)],
      ]);
    const { value } = this.expression(node.value);
    this.bindUnpacked(target, value);
    if (value.kind === "any" || value.kind === "instance")
      this.reject(node, "it takes apart what is not known to be readable twice");
    return this.withView(
      node,
      (target as { elts?: expr[] }).elts ?? [],
      this.splice(node, [[node.value, this.container(node.value)]]),
    );
  }

  /** `a = b = value`: every target takes the value as it is. */
  private chained(node: Assign): string {
    const { value, native } = this.expression(node.value);
    const names = node.targets.map((target) =>
      target.kind === "Name" ? target.id : this.reject(node, "it assigns to several places at once"),
    );
    for (const name of names) this.scope.bind(name, value);
    const held = names.every((name) => this.scope.isHeldNative(name));
    if (native && !held && names.some((name) => this.scope.isHeldNative(name)))
      this.reject(node, "it assigns to variables of several kinds at once");
    return this.withView(
      node,
      node.targets,
      this.splice(node, [[node.value, held ? this.native(node.value).text : this.object(node.value)]]),
    );
  }

  /** The text of a value for a variable, which takes it as a C number or as an object. */
  private bindTo(target: expr & { kind: "Name" }, value: expr): string {
    this.scope.bind(target.id, this.expression(value).value);
    return this.scope.isHeldNative(target.id) ? this.native(value).text : this.object(value);
  }

  private valueFor(target: expr, value: expr): string {
    if (target.kind === "Name") return this.bindTo(target, value);
    if (target.kind === "Subscript") {
      const owner = this.expression(target.value).value;
      if (owner.kind === "array") return this.arrayValue(target, owner, value);
      this.noteItem(target, this.expression(value).value);
    }
    return this.object(value);
  }

  /** A number as an array of that dtype takes it; other things are stored by NumPy. */
  private arrayValue(
    target: expr & { kind: "Subscript" },
    owner: Value & { kind: "array" },
    node: expr,
  ): string {
    const { value } = this.expression(node);
    if (!this.isElement(target)) return this.object(node);
    if (owner.dtype === "float64" && (value.kind === "float" || value.kind === "int"))
      return this.native(node).text;
    if (owner.dtype === "int64" && value.kind === "int") return this.native(node).text;
    return this.reject(node, "what it writes to an array has another type than the array");
  }

  private isElement(target: expr & { kind: "Subscript" }): boolean {
    const { native } = this.subscript({ ...target, ctx: "Load" });
    return native;
  }

  /** `rows[i] = value` and `table[key] = value`: what a container holds. */
  private noteItem(target: expr & { kind: "Subscript" }, value: Value): void {
    if (target.value.kind !== "Name" || target.slice.kind === "Slice") return;
    const name = target.value.id;
    const owner = this.scope.values.get(name);
    if (owner?.kind === "list") this.scope.bind(name, { ...owner, element: value });
    if (owner?.kind === "dict")
      this.scope.bind(name, { kind: "dict", key: this.expression(target.slice).value, value });
  }

  /** The text of a place that is written. */
  private store(target: expr): string {
    switch (target.kind) {
      case "Name":
        return target.id;
      case "Subscript": {
        const owner = this.expression(target.value);
        const { slice } = target;
        if (owner.value.kind === "array") {
          if (owner.value.dtype === "bool") this.reject(target, "it writes to an array of truth values");
          const { text, native } = this.subscript({ ...target, ctx: "Load" });
          if (native && target.value.kind === "Name") this.scope.written.add(target.value.id);
          return text;
        }
        if (owner.value.kind === "str" || owner.value.kind === "bytes")
          this.reject(target, "it writes into a string");
        const index = slice.kind === "Slice" ? any : this.expression(slice).value;
        const at =
          slice.kind === "Slice"
            ? this.splice(
                slice,
                [slice.lower, slice.upper, slice.step].flatMap((part) =>
                  part ? [[part, this.object(part)] as const] : [],
                ),
              )
            : index.kind === "int" && owner.value.kind === "list"
              ? this.native(slice).text
              : this.object(slice);
        return this.splice(target, [
          [target.value, this.container(target.value)],
          [slice, at],
        ]);
      }
      case "Attribute": {
        const owner = this.expression(target.value);
        if (owner.value.kind !== "instance") this.reject(target, "it sets an attribute of an unknown object");
        return this.splice(target, [[target.value, owner.text]]);
      }
      default:
        return this.reject(target, "it assigns to something else than names and items");
    }
  }

  private bindUnpacked(target: expr, value: Value): void {
    if (target.kind === "Name") this.scope.bind(target.id, value);
    else if (target.kind === "Tuple" || target.kind === "List")
      for (const [i, item] of target.elts.entries()) this.bindUnpacked(item, itemOf(value, i));
    else this.reject(target, "it unpacks into something else than names");
  }

  /** The statement, and after it the views of arrays that it binds anew. */
  private withView(node: stmt, targets: readonly expr[], text: string): string {
    const { scope } = this;
    const names = targets.flatMap((target) =>
      target.kind === "Name" && scope.viewed.has(target.id) ? [target.id] : [],
    );
    if (names.length === 0) return text;
    if (!beginsLine(scope.file, node)) this.reject(node, "it binds an array within a line");
    const indentation = scope.file.text.slice(scope.file.lineStarts[node.lineno - 1]!, node.start);
    return [text, ...names.map((name) => `${indentation}${name}_view = ${scope.viewOf(name)}`)].join("\n");
  }

  private augment(node: AugAssign): string {
    const { target } = node;
    const load = { ...target, ctx: "Load" } as expr;
    const [current, added] = [this.expression(load).value, this.expression(node.value).value];
    // For numbers, which cannot change in place, `x += y` is `x = x + y`; the place is then evaluated twice.
    if (!isNumber(current) || !isNumber(added) || !isPlain(target))
      return this.augmentObject(node, current, added);
    const value = number(this.native(node.value));
    const operand = /^(Name|Constant|Call|Subscript|Attribute)$/.test(node.value.kind);
    const sum = this.arithmetic(node, node.op, load, node.value, (a, b) => {
      const right = operand && !b.startsWith("<") ? b : `(${b})`;
      return `${a} ${operatorSign[node.op]} ${right}`;
    });
    const short =
      /^(Add|Sub|Mult)$/.test(node.op) && (value.value.kind === sum.value.kind || sum.value.kind === "float");
    const inPlace = () =>
      this.splice(node, [
        [target, this.store(target)],
        [node.value, value.text],
      ]);
    if (target.kind === "Name") {
      this.scope.bind(target.id, sum.value);
      if (!this.scope.isHeldNative(target.id))
        return `${target.id} = ${this.boxed(node, sum.text, sum.value)}`;
      return short ? inPlace() : `${target.id} = ${sum.text}`;
    }
    if (target.kind === "Subscript") {
      const owner = this.expression(target.value).value;
      if (owner.kind === "array") {
        const same = owner.dtype === "float64" ? sum.value.kind !== "bool" : sum.value.kind === "int";
        if (!same || !this.isElement(target))
          this.reject(node, "what it writes to an array has another type than the array");
        return short ? inPlace() : `${this.store(target)} = ${sum.text}`;
      }
      this.noteItem(target, sum.value);
    }
    return `${this.store(target)} = ${this.boxed(node, sum.text, sum.value)}`;
  }

  private augmentObject(node: AugAssign, current: Value, added: Value): string {
    const { target } = node;
    if (target.kind === "Name") {
      const joined = current.kind === "str" || current.kind === "list" ? current : any;
      this.scope.bind(
        target.id,
        current.kind === "list" && added.kind === "list" ? join(current, added)! : joined,
      );
      if (this.scope.isHeldNative(target.id)) this.reject(node, "a number is changed by something else");
    }
    if (target.kind === "Subscript" && this.expression(target.value).value.kind === "array")
      this.reject(node, "it changes a part of an array in place");
    const text = this.splice(node, [
      [target, this.store(target)],
      [node.value, this.object(node.value)],
    ]);
    return target.kind === "Name" ? this.withView(node, [target], text) : text;
  }

  private loop(node: For): string {
    const counted = this.scope.countedBy(node.iter);
    const parts: (readonly [Node, string])[] = [];
    if (counted === "all" && node.target.kind === "Name") {
      const { text, counter } = this.counter(node.iter as expr & { kind: "Call" });
      this.scope.bind(node.target.id, int(counter));
      parts.push([node.iter, text]);
    } else {
      const element = this.elementOfIterable(node.iter);
      const text = this.iterated(node.iter);
      const first = counted === "first" && node.target.kind === "Tuple" ? node.target.elts[0] : undefined;
      const source = counted === "first" ? (node.iter as Call).args[0]! : node.iter;
      const characters =
        this.expression(source).value.kind === "str" &&
        source.kind === "Name" &&
        this.scope.isDeclared(source.id);
      for (const name of namesIn(node.target))
        if (!characters && !(first?.kind === "Name" && name === first.id)) this.scope.holdObject(name);
      if (first?.kind === "Name") {
        this.scope.bind(first.id, int(range(0n, 1n << 46n)));
        for (const [i, item] of (node.target as { elts: expr[] }).elts.entries())
          if (i > 0) this.bindUnpacked(item, itemOf(element, i));
      } else this.bindUnpacked(node.target, element);
      parts.push([node.iter, text]);
      const rebound = namesIn(node.target).filter((name) => this.scope.viewed.has(name));
      if (rebound.length > 0 && this.scope.final) this.reject(node, "it loops over arrays");
    }
    return this.splice(node, [...parts, ...this.block(node.body), ...this.block(node.orelse)]);
  }

  /** `range(…)` with its bounds as C numbers, and the values that its counter takes. */
  private counter(iter: expr & { kind: "Call" }): { text: string; counter: Range } {
    if (dottedName(this.scope.file, iter.func) === "reversed") {
      const [inner] = iter.args as [expr & { kind: "Call" }];
      const { text, counter } = this.counter(inner);
      return { text: this.splice(iter, [[inner, text]]), counter };
    }
    const texts: (readonly [Node, string])[] = [];
    const ranges: Range[] = [];
    for (const bound of iter.args) {
      const { value } = this.expression(bound);
      if (value.kind !== "int") this.reject(bound, "a bound of `range` is no integer");
      const { text, value: known } = this.native(bound);
      const within = (known as Value & { kind: "int" }).range;
      if (!fits(within, wide)) this.scope.needs.support.add("within");
      texts.push([bound, fits(within, wide) ? text : `within(${text})`]);
      ranges.push(fits(within, wide) ? within : wide);
    }
    const [start, stop, step] =
      ranges.length === 1 ? [range(0, 0), ranges[0]!, null] : [ranges[0]!, ranges[1]!, ranges[2] ?? null];
    const one = range(1n, 1n);
    const up = joinRanges(start, subtract(stop, one));
    return { text: this.splice(iter, texts), counter: step ? joinRanges(up, add(stop, one)) : up };
  }
}

/** Evaluated twice it is the same: names, and items of names at names and constants. */
function isPlain(target: expr): boolean {
  if (target.kind === "Name" || target.kind === "Constant") return true;
  if (target.kind === "Attribute") return isPlain(target.value);
  if (target.kind === "BinOp") return isPlain(target.left) && isPlain(target.right);
  if (target.kind === "UnaryOp") return isPlain(target.operand);
  if (target.kind === "Tuple") return target.elts.every(isPlain);
  return target.kind === "Subscript" && isPlain(target.value) && isPlain(target.slice);
}

const keywordOf: Partial<Record<stmt["kind"], string>> = {
  FunctionDef: "def",
  ClassDef: "class",
  ImportFrom: "import",
  AsyncFor: "async for",
  AsyncWith: "async with",
  Delete: "del",
};
