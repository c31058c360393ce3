// Calls that a kernel may make: of builtins, math, NumPy, methods of lists and arrays, functions of the module.

import type { Call, FunctionDef } from "../../source/ast.generated.ts";
import { dottedName, meaningOf } from "../../source/meaning.ts";
import { NumpyCalls } from "./numpy-calls.ts";
import type { State } from "./state.ts";
import { type Container, isArray, representative, typeName, type Value } from "./values.ts";

/** What a call gives, on top of what expressions give. */
export abstract class Calls extends NumpyCalls {
  protected abstract callFunction(node: Call, callee: FunctionDef, args: Value[]): Value;

  protected call(node: Call, state: State): Value {
    if (node.args.some((argument) => argument.kind === "Starred"))
      this.fail("a call with `*` is not compiled", node);
    const path = dottedName(this.around.file, node.func);
    if (node.func.kind === "Name" && path === null) {
      const meaning = meaningOf(this.around.file, node.func);
      if (meaning.kind !== "function")
        this.fail(`\`${node.func.id}\` is called, which is no function of this module`, node);
      if (node.keywords.length > 0) this.fail("a call with keywords is not compiled", node);
      return this.callFunction(node, meaning.node, this.values(node.args, state));
    }
    if (path === null) return this.method(node, state);
    if (path.startsWith("numpy.")) return this.numpyCall(node, path.slice("numpy.".length), state);
    if (node.keywords.length > 0) this.fail("a call with keywords is not compiled", node);
    if (path === "abs" && node.args.length === 1 && isArray(this.evaluate(node.args[0]!, state)))
      return this.numpyCall(node, "abs", state);
    if (path.startsWith("math.")) return this.mathCall(node, path.slice("math.".length), state);
    return this.builtin(node, path, state);
  }

  /** Methods of lists and arrays. */
  private method(node: Call, state: State): Value {
    if (node.func.kind !== "Attribute") return this.fail("a computed function is called", node);
    const owner = this.evaluate(node.func.value, state);
    const args = this.values(node.args, state);
    if (isArray(owner)) {
      const known = this.arrayMethod(node, node.func.attr, owner, state);
      if (known) return known;
    }
    if (node.keywords.length > 0) this.fail("a call with keywords is not compiled", node);
    if (owner.type === "list" && representative(owner.container).input === null) {
      if (node.func.attr === "append" && args.length === 1) {
        this.resize(owner.container, node);
        this.store(owner.container, args[0]!, node);
        return { type: "none" };
      }
      if (node.func.attr === "pop" && args.length === 0) {
        this.resize(owner.container, node);
        this.raise("IndexError");
        return this.element(owner.container, node);
      }
    }
    if (owner.type === "array" && node.func.attr === "copy" && args.length === 0) {
      const outside = owner.container.outside === "ndarray" ? "ndarray" : "list";
      const container = this.madeAt(node, outside);
      const element = representative(owner.container).element;
      container.element ??= element;
      if (element) this.store(container, element, node);
      return { ...owner, container };
    }
    return this.fail(`\`.${node.func.attr}()\` of ${typeName(owner)} is not compiled`, node);
  }

  /** Lists that a loop runs over at this place. */
  protected readonly iterating: Container[] = [];

  /** The length of a list changes. */
  protected resize(container: Container, node: { start: number }): void {
    const own = representative(container);
    if (this.iterating.includes(own)) this.fail("a list changes its length while a loop runs over it", node);
    if (!own.resized) this.changes++;
    own.resized = true;
  }
}
