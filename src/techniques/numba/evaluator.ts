// What every part of the analysis shares: the findings, the edits, and how it refuses.

import type { Attribute, expr, stmt } from "../../source/ast.generated.ts";
import { sourceText, walk } from "../../source/walk.ts";
import type { Range } from "../analysis/ranges.ts";
import * as ranges from "../analysis/ranges.ts";
import type { Findings, Surroundings } from "./findings.ts";
import { renderSpan } from "./render.ts";
import type { State } from "./state.ts";
import { type IntegerType, type IntValue, int, type Origin, Unsupported, type Value } from "./values.ts";

/** The ground that the evaluation of expressions stands on. Its parts follow in subclasses, one on top of the other. */
export abstract class Evaluator {
  readonly findings: Findings = {
    edits: new Map(),
    overflows: [],
    raises: new Set(),
    inexact: new Set(),
    checked: new Map(),
    boundsCheck: false,
    widths: new Set(),
    linear: false,
    numpy: false,
  };

  protected readonly around: Surroundings;
  /** Only in the last round over a loop are findings kept: before, ranges are guesses. */
  protected reporting = true;
  protected statement: stmt | null = null;
  /** Counts changes of what is known of elements: loops go on until nothing changes. */
  protected changes = 0;

  constructor(around: Surroundings) {
    this.around = around;
  }

  abstract evaluate(node: expr, state: State): Value;
  protected abstract call(node: expr & { kind: "Call" }, state: State): Value;
  protected abstract iterate(iterable: Value, node: expr): { item: Value; atLeastOnce: boolean };
  protected abstract assign(target: expr, value: Value, state: State): State;
  protected abstract refine(state: State, test: expr, truth: boolean): State | null;
  /** A simple attribute of an input, such as `self.width`; null when it is none. */
  protected abstract attribute(node: Attribute, state: State): Value | null;

  protected fail(reason: string, node: { start: number } | null): never {
    throw new Unsupported(reason, node?.start ?? null);
  }

  protected text(node: expr): string {
    return sourceText(this.around.file, node);
  }

  /** The node's text with the edits made to it and below it. */
  protected rendered(node: { start: number; end: number }): string {
    // What is inserted around a larger expression may stand where this one ends.
    const own = [...this.findings.edits].filter(([key]) => {
      const [start, end] = key.split(/[-@]/).map(Number) as [number, number];
      return start >= node.start && end <= node.end;
    });
    return renderSpan(
      this.around.file.text,
      node,
      own.map(([, edit]) => edit),
    );
  }

  protected edit(node: { start: number; end: number }, text: string): void {
    this.findings.edits.set(`${node.start}-${node.end}`, { start: node.start, end: node.end, text });
  }

  protected insert(owner: { start: number; end: number }, at: number, text: string): void {
    const { edits } = this.findings;
    const key = `${owner.start}-${owner.end}@${at}`;
    if (at !== owner.start || edits.has(key)) {
      edits.set(key, { start: at, end: at, text });
      return;
    }
    // What opens here around what was opened before comes first.
    const inner = [...edits].filter(([, edit]) => edit.start === at && edit.end === at);
    for (const [other] of inner) edits.delete(other);
    edits.set(key, { start: at, end: at, text });
    for (const [other, edit] of inner) edits.set(other, edit);
  }

  protected raise(exception: string): void {
    if (this.reporting) this.findings.raises.add(exception);
  }

  protected checkedFunction(
    base: string,
    parameters: string,
    body: readonly string[],
    reorders = false,
  ): string {
    const key = `${base} ${body.join()}`;
    let found = this.findings.checked.get(key);
    if (!found) {
      found = { name: this.around.fresh(base), parameters, body, reorders };
      this.findings.checked.set(key, found);
    }
    return found.name;
  }

  /** An integer result within its type; otherwise the overflow is noted, to be guarded or checked. */
  protected fitted(
    node: expr | stmt,
    range: Range,
    origin: Origin,
    dtype: IntegerType | null = "int64",
    limit: Range = ranges.int64,
  ): IntValue {
    if (!ranges.fits(range, limit)) this.wide(node, null);
    return { ...int(ranges.meet(range, limit) ?? limit, origin), dtype, limit };
  }

  /** Integers here may be too wide for Numba to agree with Python. */
  protected wide(node: expr | stmt, _values: readonly Value[] | null): void {
    if (!this.reporting || !this.statement) return;
    const operands = new Set<string>();
    if (node.kind === "AugAssign") operands.add(this.text(node.target));
    walk(node, (part) => {
      if (part.kind === "Name" && part.ctx === "Load") operands.add(part.id);
      if (part.kind === "Subscript") {
        operands.add(this.text(part));
        return false;
      }
      return part.kind !== "Call";
    });
    this.findings.overflows.push({ statement: this.statement, operands: [...operands], start: node.start });
  }
}
