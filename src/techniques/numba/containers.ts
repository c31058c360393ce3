// Lists and arrays: what is known of their elements and lengths, and what storing a value changes in it.

import type { expr, stmt } from "../../source/ast.generated.ts";
import * as ranges from "../analysis/ranges.ts";
import { Evaluator } from "./evaluator.ts";
import { NothingYet, WriteAsFloats } from "./findings.ts";
import {
  type Container,
  exactOf,
  float,
  type IntValue,
  int,
  isScalar,
  join,
  mixed,
  representative,
  type SymbolicBound,
  typeName,
  type Value,
  widen,
} from "./values.ts";

/** Keeps what containers hold. */
export abstract class Containers extends Evaluator {
  private readonly containers = new Map<string, { container: Container; changes: number }>();

  /** Whether elements of this input are assigned. */
  isWritten(input: string): boolean {
    return this.writtenInputs.has(input);
  }

  protected readonly writtenInputs = new Set<string>();

  /** What one place in the source makes; the same in every round of a loop. */
  protected madeAt(node: expr | stmt, outside: Container["outside"], role = ""): Container {
    const id = `made at ${node.start}${role}`;
    let found = this.containers.get(id);
    if (!found) {
      found = {
        container: { id, element: null, written: false, resized: false, input: null, outside },
        changes: 0,
      };
      this.containers.set(id, found);
    }
    return found.container;
  }

  /** Elements are assigned. */
  protected markWritten(of: Container): void {
    const container = representative(of);
    if (!container.written) this.changes++;
    container.written = true;
    if (container.input !== null) this.writtenInputs.add(container.input);
  }

  /** A value goes into a container. */
  protected store(into: Container, value: Value, node: { start: number }): void {
    const container = representative(into);
    if (
      !isScalar(value) &&
      !(value.type === "tuple" && value.items.every(isScalar) && container.input === null)
    ) {
      this.fail(`${typeName(value)} is stored in a container`, node);
    }
    if (container.input !== null && container.outside === "list") {
      const sameKind = container.element?.type === value.type && !(value.type === "float" && value.soft);
      if (!sameKind) this.fail(mixed("the elements of a list", container.element!, value), node);
    }
    const stored = container.outside === "ndarray" ? this.asElement(value, container, node) : value;
    const before = container.element;
    if (before === null) {
      container.element = withoutSymbols(stored);
      this.changes++;
      return;
    }
    let after = join(before, withoutSymbols(stored));
    if (!after)
      after = this.softened(before, stored, node) ?? this.fail(mixed("elements", before, stored), node);
    if (JSON.stringify(before, bigints) === JSON.stringify(after, bigints)) return;
    this.changes++;
    const known = this.containers.get(container.id) ?? { container, changes: 0 };
    known.changes++;
    this.containers.set(container.id, known);
    container.element = known.changes > 3 ? widen(before, after)! : after;
  }

  /** NumPy converts what is stored; only conversions that Numba makes alike are let through. */
  private asElement(value: Value, container: Container, node: { start: number }): Value {
    const element = container.element!;
    if (element.type === "int" && value.type === "int") {
      const { dtype, limit } = element;
      // NumPy raises, or wraps, where its type cannot hold the number.
      if (!ranges.fits(value.range, limit)) this.wide(node as expr, [value]);
      return { ...value, range: ranges.meet(value.range, limit) ?? limit, origin: "numpy", dtype, limit };
    }
    if (element.type === "float" && value.type === "float") return { ...value, origin: "numpy", soft: false };
    if (element.type === value.type)
      return { ...value, ...("origin" in value ? { origin: "numpy" } : {}) } as Value;
    if (element.type === "float" && value.type === "int") return float("numpy");
    return this.fail(`${typeName(value)} is stored in an array of ${typeName(element)}`, node);
  }

  /** Integer literals that meet floats are written as floats, if that is all there is to it. */
  protected softened(a: Value, b: Value, _node: { start: number }): Value | null {
    for (const [whole, other] of [
      [a, b],
      [b, a],
    ] as const) {
      if (whole.type === "int" && other.type === "float" && whole.literals)
        throw new WriteAsFloats(whole.literals);
    }
    return null;
  }

  protected element(container: Container, node: { start: number }): Value {
    const { element, outside } = representative(container);
    // Nothing stored yet in this round: the reading comes to nothing, and a later round knows more.
    if (!element) throw new NothingYet(node.start);
    if (outside === "ndarray" && "origin" in element) return { ...element, origin: "numpy" } as Value;
    return element;
  }

  /** The length of an axis as a value. */
  protected length(axis: SymbolicBound | null): IntValue {
    return { ...int({ lo: this.shortest(axis), hi: 1n << 40n }), exact: axis };
  }

  protected shortest(axis: SymbolicBound | null): bigint {
    if (!axis) return 0n;
    const base = axis.base === "" ? 0n : (this.around.bases.get(axis.base)?.lo ?? 0n);
    return ranges.greatest(0n, base + axis.offset);
  }

  protected lengthOf(value: Value): SymbolicBound | null {
    if (value.type === "array") return value.dimensions[0]!;
    if (value.type === "records") return value.length;
    if (value.type === "list") return representative(value.container).resized ? null : value.length;
    if (value.type !== "range") return null;
    const plain =
      ranges.fits(value.start.range, ranges.range(0, 0)) && ranges.fits(value.step.range, ranges.range(1, 1));
    return plain && value.stop.range.lo >= 0n ? exactOf(value.stop) : null;
  }
}

/** Symbols hold for one moment; elements of a container outlast it. */
function withoutSymbols(value: Value): Value {
  if (value.type === "int") return { ...value, exact: null, atMost: [] };
  return value.type === "tuple" ? { type: "tuple", items: value.items.map(withoutSymbols) } : value;
}

const bigints = (_: string, value: unknown): unknown =>
  typeof value === "bigint" || value === Infinity || value === -Infinity ? String(value) : value;
