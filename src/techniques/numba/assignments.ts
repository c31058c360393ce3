// Assignments to names, tuples and elements.

import type { AugAssign, expr, Subscript } from "../../source/ast.generated.ts";
import { Conditions } from "./conditions.ts";
import { bind, type State } from "./state.ts";
import { float, representative, typeName, type Value } from "./values.ts";

/** Assigns values. */
export abstract class Assignments extends Conditions {
  protected assign(target: expr, value: Value, state: State): State {
    if (target.kind === "Name") return bind(state, target.id, value);
    if (target.kind === "Tuple" || target.kind === "List") {
      if (value.type !== "tuple" || value.items.length !== target.elts.length) {
        return this.fail(`${typeName(value)} is unpacked`, target);
      }
      const { items } = value;
      return target.elts.reduce<State>((after, part, i) => this.assign(part, items[i]!, after), state);
    }
    if (target.kind === "Subscript") {
      this.storeElement(target, value, state);
      return state;
    }
    return this.fail("this assignment is not compiled", target);
  }

  private storeElement(target: Subscript, value: Value, state: State): void {
    const owner = this.evaluate(target.value, state);
    if (owner.type !== "array" && owner.type !== "list")
      this.fail(`${typeName(owner)} is assigned to`, target);
    const container = representative(owner.container);
    if (container.outside === "text") this.fail("a string is assigned to", target);
    if (!container.written) this.changes++;
    container.written = true;
    if (container.input !== null) this.writtenInputs.add(container.input);
    if (target.slice.kind === "Slice") {
      if (owner.type !== "list" || value.type !== "list") this.fail("a slice is assigned to", target);
      for (const bound of [target.slice.lower, target.slice.upper, target.slice.step]) {
        if (bound && this.evaluate(bound, state).type !== "int")
          this.fail("a slice has bounds that are no integers", bound);
      }
      // Only with a step must the lengths agree; without one the list may change its length.
      if (!target.slice.step) this.resize(container, target);
      this.raise("ValueError");
      const element = representative(value.container).element;
      if (element) this.store(container, element, target);
      return;
    }
    const place = this.elementPlace(target, owner, state);
    if (place !== null) this.fail(`a row is replaced`, target);
    this.store(container, value, target);
  }

  /** Checks the indices; gives the row when some dimensions are left. */
  private elementPlace(
    target: Subscript,
    owner: Value & { type: "array" | "list" },
    state: State,
  ): Value | null {
    const container = representative(owner.container);
    const before = container.element;
    // Reading gives the same checks; what is read does not matter.
    container.element ??= float();
    const value = this.elementAt(target, owner, state);
    container.element = before;
    return value.type === "array" ? value : null;
  }

  protected augment(statement: AugAssign, state: State): State {
    const { target } = statement;
    const before = this.evaluate({ ...target, ctx: "Load" } as expr, state);
    const value = this.evaluate(statement.value, state);
    if (before.type === "list" || before.type === "array")
      return this.fail("a container is changed by an augmented assignment", statement);
    const after = this.binary(statement, statement.op, before, value);
    return this.assign(target, after, state);
  }
}
