// Elements under a mask that are assigned: `a[mask] = …` becomes a loop with a condition.

import type { expr, stmt } from "../../source/ast.generated.ts";
import { operatorSign } from "../../source/expression-text.ts";
import { type Plan, Whole } from "./element-code.ts";
import { ElementLoops, loopNames, trailing } from "./element-loops.ts";
import type { State } from "./state.ts";
import { type ArrayValue, type IntValue, isArray, representative } from "./values.ts";

/** Writes assignments under a mask. */
export abstract class MaskedStatements extends ElementLoops {
  /** The state after an assignment under a mask; null where the statement is none. */
  protected underMask(statement: stmt, state: State): State | null {
    if (statement.kind !== "Assign" && statement.kind !== "AugAssign") return null;
    const target = statement.kind === "Assign" ? statement.targets[0]! : statement.target;
    if (statement.kind === "Assign" && statement.targets.length > 1) return null;
    if (target.kind !== "Subscript" || target.value.kind !== "Name") return null;
    const { slice } = target;
    if (slice.kind === "Slice" || slice.kind === "Tuple") return null;
    const owner = this.evaluate(target.value, state);
    if (!isArray(owner) || owner.dimensions.length > loopNames.length) return null;
    const mask = this.evaluate(slice, state);
    if (!isArray(mask) || representative(mask.container).element?.type !== "bool") return null;
    const rank = owner.dimensions.length;
    if (mask.dimensions.length !== rank) return null;
    this.mask = { text: this.text(slice), rank };
    try {
      this.storeUnderMask(statement, target, owner, state);
      if (!this.reporting || this.writeUnderMask(statement, target, slice, owner, state)) return state;
      return this.fail("elements that an array chooses are assigned to", statement);
    } finally {
      this.mask = null;
      this.elementsOnly = null;
    }
  }

  private storeUnderMask(
    statement: stmt & { kind: "Assign" | "AugAssign" },
    target: expr,
    owner: ArrayValue,
    state: State,
  ): void {
    const container = representative(owner.container);
    let value = this.evaluate(statement.value, state);
    if (statement.kind === "AugAssign") {
      const before = this.evaluate({ ...target, ctx: "Load" } as expr, state);
      value = this.binary(statement, statement.op, before, value);
      const [held, made] = [
        container.element,
        isArray(value) ? representative(value.container).element : null,
      ];
      const alike =
        held?.type === made?.type && (held?.type !== "int" || held.dtype === (made as IntValue).dtype);
      if (!alike) this.fail("an array would have to change its type", statement);
    }
    this.markWritten(owner.container);
    this.store(container, isArray(value) ? this.element(value.container, statement) : value, statement);
  }

  private writeUnderMask(
    statement: stmt & { kind: "Assign" | "AugAssign" },
    target: expr & { kind: "Subscript" },
    mask: expr,
    owner: ArrayValue,
    state: State,
  ): boolean {
    const lineStart = this.around.file.lineStarts[statement.lineno - 1]!;
    if (this.around.file.text.slice(lineStart, statement.start).trim() !== "") return false;
    if (this.text(statement as never).includes("#")) return false;
    return this.replaced(statement, (record) => {
      const rank = owner.dimensions.length;
      const name = this.text(target.value);
      const access = this.wholeAccess(name, owner);
      if (access.lengths.includes(null)) throw new Whole();
      const axes = trailing(rank, rank);
      const plan: Plan = {
        rank,
        before: [],
        accesses: [{ access, axes }],
        indices: this.indicesFor(rank),
        starts: Array.from({ length: rank }, () => 0n),
        target: { text: name, access, container: representative(owner.container) },
        bound: null,
        overlaps: false,
        text: "",
        sign: "=",
        place: owner,
        unmasked: true,
      };
      const test = this.elementCode(mask, state, plan, axes).text;
      plan.unmasked = false;
      const value = this.elementCode(statement.value, state, plan, axes).text;
      // What is read at other places than it is written would be read too late.
      if (plan.overlaps) throw new Whole();
      if (statement.kind === "AugAssign") {
        const element = representative(owner.container).element;
        const narrow = element?.type === "int" && element.dtype !== "int64";
        if (narrow) throw new Whole();
        this.divides(statement.op, this.evaluate(statement.value, state));
        plan.sign = `${operatorSign[statement.op]}=`;
      }
      for (const condition of this.neverOf(plan)) record.never.add(condition);
      const own = this.elementText(access, axes, plan);
      return { plan, lines: this.loopAround(plan, [`if ${test}:`, `    ${own} ${plan.sign} ${value}`]) };
    });
  }
}
