// Assignments to names, tuples and elements.

import type { AugAssign, expr, Subscript, stmt } from "../../source/ast.generated.ts";
import { operatorSign } from "../../source/expression-text.ts";
import { Conditions } from "./conditions.ts";
import { bind, type State } from "./state.ts";
import {
  type ArrayValue,
  float,
  type IntValue,
  isArray,
  representative,
  typeName,
  type Value,
} from "./values.ts";

/** Assigns values. */
export abstract class Assignments extends Conditions {
  protected assign(target: expr, value: Value, state: State): State {
    if (target.kind === "Name") return bind(state, target.id, value);
    if (target.kind === "Tuple" || target.kind === "List") {
      if (value.type === "array") return this.unpackRow(target, value, state);
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

  /** Statements to follow an assignment or the head of a loop: `x, y = row[0], row[1]`. */
  private unpacked: string[] = [];
  /** Where no statement can follow, a row cannot be unpacked. */
  protected mayUnpack = true;

  /** Numba unpacks tuples only: a row gets a name, and its elements are taken one by one. */
  private unpackRow(target: expr & { kind: "Tuple" | "List" }, row: ArrayValue, state: State): State {
    const { elts } = target;
    const [axis] = row.dimensions;
    const { input } = representative(row.container);
    const known = axis?.base === "" ? axis.offset === BigInt(elts.length) : this.hasWidth(input, elts.length);
    if (row.dimensions.length !== 1 || !known || !this.mayUnpack || elts.some(({ kind }) => kind !== "Name"))
      this.fail(`${typeName(row)} is unpacked`, target);
    if (axis?.base !== "" && input !== null) this.findings.widths.add(input);
    const item = this.element(row.container, target);
    if (this.reporting) {
      const name = this.around.fresh("row");
      const own = this.around.file.text[target.start] === "(" || this.around.file.text[target.start] === "[";
      const names = this.around.file.text.slice(target.start + Number(own), target.end - Number(own));
      this.unpacked.push(`${names} = ${elts.map((_, i) => `${name}[${i}]`).join(", ")}`);
      this.edit(target, name);
    }
    return elts.reduce<State>((after, part) => this.assign(part, item, after), state);
  }

  protected unpackFirst(text: string): void {
    this.unpacked.unshift(text);
  }

  /** Whether the rows of an input all had this width; it will be guarded. */
  private hasWidth(input: string | null, width: number): boolean {
    return input !== null && this.around.widths.get(input) === width;
  }

  /** Puts what was unpacked behind the assignment, or at the head of the loop's body. */
  protected writeUnpacked(statement: stmt, place: "behind" | "before"): void {
    if (this.unpacked.length === 0) return;
    const { file } = this.around;
    const lineStart = file.lineStarts[statement.lineno - 1]!;
    const indentation = file.text.slice(lineStart, statement.start);
    const glue = indentation.trim() === "" ? `\n${indentation}` : "; ";
    const text = this.unpacked.join(glue);
    this.unpacked = [];
    if (place === "behind") this.insert(statement, statement.end, glue + text);
    else this.insert(statement, statement.start, text + glue);
  }

  private storeElement(target: Subscript, value: Value, state: State): void {
    const owner = this.evaluate(target.value, state);
    if (owner.type !== "array" && owner.type !== "list")
      this.fail(`${typeName(owner)} is assigned to`, target);
    const container = representative(owner.container);
    if (container.outside === "text") this.fail("a string is assigned to", target);
    this.markWritten(container);
    if (isArray(owner)) this.rejectChoice(target, state);
    if (isArray(owner) && this.takesPart(target, state)) {
      this.storePart(target, this.part(target, owner, state), value);
      return;
    }
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
    if (place === null) this.store(container, value, target);
    else if (isArray(place)) this.storePart(target, place, value);
    else this.fail("a row is replaced", target);
  }

  /** Every element of a part of an array gets a number, or its own of another array. */
  private storePart(target: Subscript, part: ArrayValue, value: Value): void {
    if (isArray(value)) {
      const [rank, room] = [value.dimensions.length, part.dimensions.length];
      if (rank > room) this.fail("an array is assigned to a part with fewer dimensions", target);
      this.broadcast([value], part.dimensions);
    }
    this.store(part.container, isArray(value) ? this.element(value.container, target) : value, target);
  }

  /** Checks the indices; gives the row when some dimensions are left. */
  private elementPlace(
    target: Subscript,
    owner: Value & { type: "array" | "list" },
    state: State,
  ): ArrayValue | null {
    const container = representative(owner.container);
    const before = container.element;
    // Reading gives the same checks; what is read does not matter.
    container.element ??= float();
    const value = this.elementAt(target, owner, state);
    container.element = before;
    return value.type === "array" ? value : null;
  }

  /**
   * `a[1:] += b` becomes `a[1:] = a[1:] + b`: in place Numba neither compares the shapes nor looks whether the arrays overlap,
   * as an assignment of new elements does.
   */
  private augmentArray(statement: AugAssign, before: ArrayValue, value: Value, state: State): State {
    const { target } = statement;
    if (isArray(value) && value.dimensions.length > before.dimensions.length)
      this.fail("an array is changed by one with more dimensions", statement);
    if (statement.op === "MatMult") this.fail("`@=` is not compiled", statement);
    const after = this.binary(statement, statement.op, before, value);
    const [held, made] = [before, after as ArrayValue].map((one) => representative(one.container).element);
    const alike =
      held?.type === made?.type && (held?.type !== "int" || held.dtype === (made as IntValue).dtype);
    if (!alike) this.fail("an array would have to change its type", statement);
    this.markWritten(before.container);
    this.store(before.container, this.element((after as ArrayValue).container, statement), statement);
    if (!this.reporting) return state;
    const place = this.rendered(target);
    const { text } = this.around.file;
    const sign = operatorSign[statement.op];
    const between = text.slice(target.end, statement.value.start);
    const at = between.indexOf(`${sign}=`);
    const rest = between.slice(at + sign.length + 1);
    // Where the source has no parentheses around the value, it may need some behind the operator.
    const enclosed =
      rest.includes("(") || statement.value.kind === "Name" || statement.value.kind === "Constant";
    if (target.kind === "Name") this.insert(target, target.end, "[:]");
    this.edit(
      { start: target.end + at, end: statement.value.start },
      `= ${place} ${sign}${rest}${enclosed ? "" : "("}`,
    );
    if (!enclosed) this.insert(statement, statement.end, ")");
    return state;
  }

  protected augment(statement: AugAssign, state: State): State {
    const { target } = statement;
    if (target.kind === "Subscript") this.rejectChoice(target, state);
    const before = this.evaluate({ ...target, ctx: "Load" } as expr, state);
    const value = this.evaluate(statement.value, state);
    if (before.type === "array" || before.type === "list") {
      if (isArray(before)) return this.augmentArray(statement, before, value, state);
      return this.fail("a container is changed by an augmented assignment", statement);
    }
    const after = this.binary(statement, statement.op, before, value);
    return this.assign(target, after, state);
  }
}
