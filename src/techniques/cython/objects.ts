// Objects of the module's own classes, which are records as long as they stay in compiled code.

import type { BinOp, Call, expr, operator } from "../../source/ast.generated.ts";
import { dottedName } from "../../source/meaning.ts";
import type { Compiled } from "./compiled.ts";
import { NotYet } from "./compiled.ts";
import type { Callee } from "./scope.ts";
import { any, isNative, isNumber, type Value } from "./values.ts";
import { Vectors } from "./vectors.ts";

type Record = Value & { kind: "record" };

const operators: Partial<{ [op in operator]: string }> = {
  Add: "add",
  Sub: "sub",
  Mult: "mul",
  Div: "truediv",
};

export abstract class Objects extends Vectors {
  protected abstract ownCall(node: Call, callee: Callee, receiver?: Compiled): Compiled;

  /** A record, of its type for certain. */
  record(node: expr): string {
    const { text, value } = this.expression(node);
    if (value.kind !== "record") return this.reject(node, "it is no object of a known class");
    return this.isSure(node) || this.isTyped(node)
      ? text
      : `(<${this.scope.recordClass(value.of)!.type}?>(${text}))`;
  }

  /** Whether C declares it as a record: an attribute of one, and what functions of the module give. */
  private isTyped(node: expr): boolean {
    if (node.kind === "Attribute") return this.expression(node.value).value.kind === "record";
    if (node.kind !== "Call") return false;
    const { func } = node;
    if (this.scope.functionOf(func) || this.scope.classOf(func)) return true;
    return func.kind === "Attribute" && this.expression(func.value).value.kind === "record";
  }

  /** `Vector(x, y)` and `v.dot(w)`; null for every other call. */
  protected objectCall(node: Call): Compiled | null {
    const { scope } = this;
    const made = scope.classOf(node.func);
    if (made) {
      scope.needs.records.add(made.name);
      return this.ownCall(node, scope.callee(made.methods.get("__init__")!));
    }
    if (node.func.kind !== "Attribute" || dottedName(scope.file, node.func, true) !== null) return null;
    const { value } = this.expression(node.func.value);
    if (value.kind !== "record") return null;
    const method = scope.recordClass(value.of)!.methods.get(node.func.attr);
    if (!method || node.func.attr.startsWith("__"))
      return this.reject(node, "it calls what its class does not define");
    const receiver = { text: this.record(node.func.value), value, native: false };
    return this.ownCall(node, scope.callee(method), receiver);
  }

  /** `a + b` of objects whose class defines it. */
  protected operatorCall(node: BinOp, left: Value, right: Value): Compiled | null {
    const verb = operators[node.op];
    const reflected = left.kind !== "record";
    const owner = reflected ? right : left;
    if (owner.kind !== "record" || (reflected && !isNumber(left))) return null;
    const [self, other] = reflected ? [node.right, node.left] : [node.left, node.right];
    const name = `__${reflected ? "r" : ""}${verb}__`;
    const method = verb && this.scope.recordClass(owner.of)!.methods.get(name);
    if (!method) return this.reject(node, "it calls what its class does not define");
    const receiver = { text: this.record(self), value: owner, native: false };
    const call = { ...node, kind: "Call", func: self, args: [other], keywords: [] } as unknown as Call;
    return this.ownCall(call, this.scope.callee(method), receiver);
  }

  protected recordAttribute(node: expr & { kind: "Attribute" }, owner: Record, written = false): Compiled {
    const { scope } = this;
    if (!scope.recordClass(owner.of)!.attributes.has(node.attr))
      return this.reject(node, `\`${node.attr}\` is no attribute that its class sets`);
    const text = this.splice(node, [[node.value, this.record(node.value)]]);
    const value = scope.attribute(owner.of, node.attr);
    if (value === null && !written && !scope.final) throw new NotYet();
    return { text, value: value ?? any, native: value !== null && isNative(value) };
  }

  /** A value for an attribute of a record. */
  protected attributeValue(target: expr & { kind: "Attribute" }, owner: Record, node: expr): string {
    this.scope.bindAttribute(owner.of, target.attr, this.expression(node).value);
    const held = this.scope.attribute(owner.of, target.attr)!;
    return isNative(held) ? this.native(node).text : this.held(node);
  }

  /** More is known of what a place holds. */
  protected learn(place: expr, value: Value): void {
    if (place.kind === "Name") this.scope.bind(place.id, value);
    if (place.kind !== "Attribute") return;
    const owner = this.expression(place.value).value;
    if (owner.kind === "record") this.scope.bindAttribute(owner.of, place.attr, value);
  }
}
