// Indices and slices, and whether they are shown to be in bounds.

import type { Subscript } from "../../source/ast.generated.ts";
import { ArraySubscripts } from "./array-subscripts.ts";
import { recordAt } from "./records.ts";
import type { State } from "./state.ts";
import {
  type ArrayValue,
  type IntValue,
  isArray,
  type ListValue,
  type RecordsValue,
  representative,
  type SymbolicBound,
  typeName,
  upperBounds,
  type Value,
} from "./values.ts";

/** Reads elements, rows and slices. */
export abstract class Subscripts extends ArraySubscripts {
  protected subscript(node: Subscript, state: State): Value {
    const owner = this.evaluate(node.value, state);
    if (owner.type === "tuple") {
      const index = this.evaluate(node.slice, state);
      if (index.type !== "int" || index.range.lo !== index.range.hi)
        this.fail("a tuple is indexed by a variable", node);
      const item = owner.items.at(Number(index.range.lo));
      return item ?? this.fail("a tuple index is out of range", node);
    }
    if (owner.type === "records") return this.record(node, owner, state);
    if (owner.type !== "array" && owner.type !== "list") this.fail(`${typeName(owner)} is indexed`, node);
    if (isArray(owner) && this.takesPart(node, state)) return this.part(node, owner, state);
    if (node.slice.kind === "Slice") return this.slice(node, owner, state);
    return this.elementAt(node, owner, state);
  }

  /** A tuple out of a list of them, put together from the arrays. */
  private record(node: Subscript, owner: RecordsValue, state: State): Value {
    const index = this.evaluate(node.slice, state);
    if (index.type !== "int") this.fail(`an index is ${typeName(index)}`, node.slice);
    this.checkIndex(index, owner.length, false);
    const atom = node.slice.kind === "Name" || node.slice.kind === "Constant";
    if (!atom || node.value.kind !== "Name") this.fail("a list of tuples is indexed by an expression", node);
    const layout = this.around.layouts.get(owner.input)!;
    if (this.reporting) this.edit(node, recordAt(layout, this.rendered(node.slice)));
    return owner.item;
  }

  /** `a[i]`, `a[i, j]`, `a[i][j]`: checks the indices and gives the element, or the row. */
  protected elementAt(node: Subscript, owner: ArrayValue | ListValue, state: State): Value {
    const indices = node.slice.kind === "Tuple" ? node.slice.elts : [node.slice];
    const axes = owner.type === "list" ? [this.lengthOf(owner)] : owner.dimensions;
    if (indices.length > axes.length) this.fail("there are more indices than dimensions", node);
    for (const [i, index] of indices.entries()) {
      const value = this.evaluate(index, state);
      if (value.type !== "int") this.fail(`an index is ${typeName(value)}`, index);
      this.checkIndex(value, axes[i]!, owner.type === "list");
    }
    if (owner.type === "list") return this.element(owner.container, node);
    const rest = owner.dimensions.slice(indices.length);
    if (rest.length > 0) return { ...owner, dimensions: rest };
    if (node.value.kind === "Subscript" && this.reporting) this.joinIndices(node);
    return this.element(owner.container, node);
  }

  protected checkIndex(index: IntValue, axis: SymbolicBound | null, isList: boolean): void {
    const shortest = this.shortest(axis);
    const below =
      index.range.hi < shortest ||
      (axis !== null &&
        upperBounds(index).some((bound) => bound.base === axis.base && bound.offset < axis.offset));
    if (below && index.range.lo >= -shortest) return;
    this.raise("IndexError");
    if (this.reporting && !isList) this.findings.boundsCheck = true;
  }

  /** `a[i][j]` becomes `a[i, j]`: one access where the row would be made first. */
  private joinIndices(node: Subscript): void {
    const row = node.value;
    if (row.kind !== "Subscript" || row.slice.kind === "Slice" || row.slice.kind === "Tuple") return;
    const between = this.around.file.text.slice(row.slice.end, node.slice.start);
    if (/^\s*\]\s*\[\s*$/.test(between)) this.edit({ start: row.slice.end, end: node.slice.start }, ", ");
  }

  private slice(node: Subscript, owner: ArrayValue | ListValue, state: State): Value {
    if (node.slice.kind !== "Slice") return this.fail("a slice is not compiled", node);
    this.sliceBounds(node.slice, state);
    if (owner.type === "array" && owner.dimensions.length > 1) this.fail("rows are sliced", node);
    if (owner.type === "array" && owner.container.outside === "text") return { ...owner, dimensions: [null] };
    const container = this.madeAt(node, "list");
    const element = representative(owner.container).element;
    // Tuples are shared with the slice, and what they hold with them.
    if (element?.type === "tuple" && owner.type === "list") container.element ??= element;
    else if (element) this.store(container, element, node);
    if (owner.type === "list") return { type: "list", container, length: null };
    if (this.reporting) this.insert(node, node.end, ".copy()");
    return { type: "array", container, dimensions: [null] };
  }
}
