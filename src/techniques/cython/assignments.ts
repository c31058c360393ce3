// What statements put where: variables, items and attributes, and what containers come to hold.

import type { Assign, AugAssign, BinOp, expr, Subscript, stmt } from "../../source/ast.generated.ts";
import { operatorSign } from "../../source/expression-text.ts";
import { beginsLine } from "../../source/layout.ts";
import { itemOf, number } from "./compiled.ts";
import { Expressions } from "./expressions.ts";
import { itemsOf } from "./flow.ts";
import {
  any,
  Demote,
  elementOf,
  isNumber,
  join,
  leaves,
  present,
  sitesIn,
  type Value,
  vectorKind,
} from "./values.ts";

export abstract class Assignments extends Expressions {
  /** `items.append(x)`: what is put into a container becomes known of it. */
  protected noteChange(call: expr & { kind: "Call" }): void {
    const { func, args } = call;
    if (func.kind !== "Attribute" || !isPlain(func.value)) return;
    const owner = this.expression(func.value).value;
    if (owner.kind !== "list" && owner.kind !== "set") return;
    const given = func.attr === "insert" ? args[1] : args[0];
    if (!given) return;
    const put = /^(append|add|insert|appendleft)$/.test(func.attr);
    if (!put && (!/^(extend|update)$/.test(func.attr) || given.kind === "GeneratorExp")) return;
    const element = put ? this.expression(given).value : elementOf(this.expression(given).value);
    const of = vectorKind(element);
    if (owner.kind === "list" && owner.sites?.length && of && func.attr === "append") {
      this.scope.decide(owner, of);
      return;
    }
    this.learn(func.value, { ...owner, element });
  }

  protected assign(node: Assign): string {
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
    if (target.kind === "Subscript" && target.slice.kind === "Slice") {
      const owner = this.expression(target.value).value;
      if (owner.kind === "vector") return this.vectorSlice(target, owner, node.value);
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
    if (node.value.kind === "Constant" && beginsLine(this.scope.file, node))
      return node.targets
        .map((target) => `${this.store(target)} = ${this.valueFor(target, node.value)}`)
        .join("; ");
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
      this.splice(node, [[node.value, held ? this.native(node.value).text : this.held(node.value)]]),
    );
  }

  /** The text of a value for a variable, which takes it as a C number or as an object. */
  protected bindTo(target: expr & { kind: "Name" }, value: expr): string {
    this.scope.bind(target.id, this.expression(value).value);
    return this.scope.isHeldNative(target.id) ? this.native(value).text : this.held(value);
  }

  private valueFor(target: expr, value: expr): string {
    if (target.kind === "Name") return this.bindTo(target, value);
    if (target.kind === "Subscript") {
      const owner = this.expression(target.value).value;
      if (owner.kind === "array") return this.arrayValue(target, owner, value);
      if (owner.kind === "vector") return this.vectorValue(owner, value);
      this.alike(owner, this.expression(value).value);
      this.noteItem(target, this.expression(value).value);
      return target.slice.kind === "Slice" ? this.object(value) : this.held(value);
    }
    if (target.kind === "Attribute") {
      const owner = this.expression(target.value).value;
      if (owner.kind === "record") return this.attributeValue(target, owner, value);
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
    if (target.slice.kind === "Slice" || !isPlain(target.value)) return;
    const place = target.value;
    const owner = this.expression(place).value;
    if (owner.kind === "list") this.learn(place, { ...owner, element: value });
    if (owner.kind === "dict")
      this.learn(place, { kind: "dict", key: this.expression(target.slice).value, value });
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
        if (owner.value.kind === "vector" && slice.kind !== "Slice")
          return this.vectorTarget(target, owner.value);
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
        if (owner.value.kind === "record")
          return this.recordAttribute({ ...target, ctx: "Load" }, owner.value, true).text;
        if (owner.value.kind !== "instance") this.reject(target, "it sets an attribute of an unknown object");
        return this.splice(target, [[target.value, owner.text]]);
      }
      default:
        return this.reject(target, "it assigns to something else than names and items");
    }
  }

  protected bindUnpacked(target: expr, value: Value): void {
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

  protected augment(node: AugAssign): string {
    const { target } = node;
    const load = { ...target, ctx: "Load" } as expr;
    const [before, more] = [this.expression(load).value, this.expression(node.value).value];
    if (before.kind === "record") return this.augmentRecord(node, load);
    const [current, added] = [present(before), present(more)];
    // A vector that is changed as a whole; its items are numbers.
    leaves(current, added);
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
      if (owner.kind === "vector") {
        if (vectorKind(sum.value) !== owner.of) leaves(owner);
        return `${this.store(target)} = ${sum.text}`;
      }
      this.noteItem(target, sum.value);
    }
    if (target.kind === "Attribute" && this.expression(target.value).value.kind === "record") {
      this.learn(target, sum.value);
      const held = this.expression(load);
      if (held.native && held.value.kind === sum.value.kind)
        return short ? inPlace() : `${this.store(target)} = ${sum.text}`;
    }
    return `${this.store(target)} = ${this.boxed(node, sum.text, sum.value)}`;
  }

  /** `v += w` of objects whose class defines `v + w` only. */
  private augmentRecord(node: AugAssign, load: expr): string {
    if (!isPlain(node.target)) this.reject(node, "it changes an object by an operator");
    const sum = this.binary({ ...node, kind: "BinOp", left: load, right: node.value } as unknown as BinOp);
    this.learn(node.target, sum.value);
    return `${this.store(node.target)} = ${sum.native ? this.boxed(node, sum.text, sum.value) : sum.text}`;
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

  /** `v[a:b] = w`, of the same length: another length is left to Python. */
  private vectorSlice(target: Subscript, owner: Value & { kind: "vector" }, node: expr): string {
    const { value } = this.expression(node);
    if (value.kind !== "vector" || value.of !== owner.of || target.slice.kind !== "Slice")
      throw new Demote([...owner.sites, ...sitesIn(value)]);
    const [vector, given] = [this.vector(target.value), this.vector(node)];
    return `${this.vectors(owner.of, "put")}(${vector}, ${this.sliceBounds(target.slice, target.value)}, ${given})`;
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
