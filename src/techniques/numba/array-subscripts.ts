// Parts of NumPy's arrays: rows, slices, new axes, and elements chosen by another array.

import type { expr, Subscript } from "../../source/ast.generated.ts";
import { Containers } from "./containers.ts";
import { maskedElements, takenElements } from "./mathematics.ts";
import type { State } from "./state.ts";
import {
  type ArrayValue,
  type IntValue,
  isArray,
  representative,
  type SymbolicBound,
  typeName,
} from "./values.ts";

/** Reads parts of arrays. */
export abstract class ArraySubscripts extends Containers {
  /** The mask of the statement at hand, `a[mask] = …`, whose other arrays are read under the same one. */
  protected mask: { text: string; rank: number } | null = null;

  protected abstract checkIndex(index: IntValue, axis: SymbolicBound | null, isList: boolean): void;

  /** The indices of a subscript, one per axis or new axis. */
  protected indicesOf(node: Subscript): readonly expr[] {
    return node.slice.kind === "Tuple" ? node.slice.elts : [node.slice];
  }

  /** Whether the subscript gives a part of an array by more than numbers. */
  protected takesPart(node: Subscript, state: State): boolean {
    return this.indicesOf(node).some(
      (index) =>
        index.kind === "Slice" ||
        isNewAxis(this.text(index)) ||
        isEllipsis(index) ||
        isArray(this.evaluate(index, state)),
    );
  }

  /** `a[1:-1, j]`, `a[:, None]`, `a[mask]`: a view, or new elements where an array chooses. */
  protected part(node: Subscript, owner: ArrayValue, state: State): ArrayValue {
    const indices = this.indicesOf(node);
    const [only] = indices;
    if (
      indices.length === 1 &&
      only!.kind !== "Slice" &&
      !isNewAxis(this.text(only!)) &&
      !isEllipsis(only!)
    ) {
      const chosen = this.evaluate(only!, state);
      if (isArray(chosen)) return this.chosen(node, owner, chosen);
    }
    const dimensions: (SymbolicBound | null)[] = [];
    const named = indices.filter((index) => !isNewAxis(this.text(index)) && !isEllipsis(index)).length;
    if (named > owner.dimensions.length) this.fail("there are more indices than dimensions", node);
    let axis = 0;
    for (const index of indices) {
      if (isEllipsis(index)) {
        for (const end = axis + owner.dimensions.length - named; axis < end; axis++)
          dimensions.push(owner.dimensions[axis]!);
      } else if (isNewAxis(this.text(index))) {
        dimensions.push({ base: "", offset: 1n });
        // NumPy's own name for it is none of Numba's.
        if (this.reporting && index.kind !== "Constant") this.edit(index, "None");
      } else if (index.kind === "Slice") {
        this.sliceBounds(index, state);
        const whole = !index.lower && !index.upper && (!index.step || this.text(index.step) === "-1");
        dimensions.push(whole ? owner.dimensions[axis]! : null);
        axis++;
      } else {
        const value = this.evaluate(index, state);
        if (value.type !== "int") this.fail(`an index is ${typeName(value)}`, index);
        this.checkIndex(value, owner.dimensions[axis]!, false);
        axis++;
      }
    }
    dimensions.push(...owner.dimensions.slice(axis));
    return { ...owner, dimensions };
  }

  protected isMasked(node: expr): node is Subscript {
    return this.mask !== null && node.kind === "Subscript" && this.text(node.slice) === this.mask.text;
  }

  /** Elements chosen by an array are read only. */
  protected rejectChoice(node: Subscript, state: State): void {
    for (const index of this.indicesOf(node))
      if (index.kind !== "Slice" && isArray(this.evaluate(index, state)))
        this.fail("elements that an array chooses are assigned to", node);
  }

  protected sliceBounds(node: expr & { kind: "Slice" }, state: State): void {
    for (const bound of [node.lower, node.upper, node.step]) {
      if (!bound) continue;
      const value = this.evaluate(bound, state);
      if (value.type !== "int") this.fail("a slice has bounds that are no integers", bound);
      if (bound === node.step && !value.nonzero) this.raise("ValueError");
    }
  }

  private chosen(node: Subscript, owner: ArrayValue, by: ArrayValue): ArrayValue {
    const kind = representative(by.container).element?.type;
    if (kind === "bool" && this.isMasked(node) && owner.dimensions.length === this.mask!.rank) {
      const container = this.madeAt(node, "ndarray");
      container.element ??= representative(owner.container).element;
      return { type: "array", container, dimensions: [null] };
    }
    if (owner.dimensions.length !== 1 || by.dimensions.length !== 1 || (kind !== "int" && kind !== "bool"))
      this.fail("this choice of elements by an array is not compiled", node);
    this.raise("IndexError");
    if (this.reporting) {
      const { numpy } = this.around;
      const body = kind === "int" ? takenElements(numpy) : maskedElements;
      const parameters = kind === "int" ? "values, places" : "values, mask";
      const name = this.checkedFunction(kind === "int" ? "_taken" : "_masked", parameters, body);
      if (kind === "int") this.findings.numpy = true;
      this.insert(node, node.start, `${name}(`);
      this.edit({ start: node.value.end, end: node.slice.start }, ", ");
      this.edit({ start: node.slice.end, end: node.end }, ")");
    }
    const container = this.madeAt(node, "ndarray");
    container.element ??= representative(owner.container).element;
    return { type: "array", container, dimensions: [kind === "int" ? by.dimensions[0]! : null] };
  }
}

export const isNewAxis = (text: string): boolean => text === "None" || text.endsWith(".newaxis");
export const isEllipsis = (node: expr): boolean => node.kind === "Constant" && node.value.type === "Ellipsis";
