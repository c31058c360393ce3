// How compiled code is written: as a C number, as a Python object, as a condition.

import type { expr, Name, Node } from "../../source/ast.generated.ts";
import { fits } from "../analysis/ranges.ts";
import type { Compiled } from "./compiled.ts";
import type { Scope } from "./scope.ts";
import { narrow, wide } from "./seen.ts";
import { int, isNumber, leaves, present, Unsupported, type Value } from "./values.ts";

export abstract class Spelling {
  protected readonly scope: Scope;

  /** What the targets of comprehensions stand for, innermost last. */
  protected readonly inner: Map<string, Value>[] = [];

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
    const { text } = compiled;
    const value = present(compiled.value);
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
    leaves(this.expression(node).value);
    return this.held(node);
  }

  /** As an object that stays among compiled code: vectors as they are. */
  held(node: expr): string {
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
  protected asObject(node: expr): string {
    leaves(this.expression(node).value);
    return this.heldObject(node);
  }

  /** The same where vectors stay as they are. */
  protected heldObject(node: expr): string {
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
    if (compiled.value.kind === "vector") return `(${this.vector(node)}.length != 0)`;
    return compiled.native || !isNumber(compiled.value) ? compiled.text : this.native(node).text;
  }

  /** In whichever form suits it. */
  abstract expression(node: expr): Compiled;

  /** A container that is subscripted or iterated: of its type for certain. */
  abstract container(node: expr): string;

  /** A vector, of its type for certain. */
  abstract vector(node: expr): string;

  protected abstract name(node: Name): Compiled;
}
