// The elements and rows that subscripts name.

import type { expr } from "../../source/ast.generated.ts";
import type { Expressions } from "./expressions.ts";
import { refuse } from "./refusal.ts";
import { element } from "./subscripts.ts";
import { type Ref, type Seq, type Sub, seqOf, type Value } from "./values.ts";

export function evaluateSubscript(
  expressions: Expressions,
  node: Extract<expr, { kind: "Subscript" }>,
): Value {
  const base = expressions.evaluate(node.value);
  if (base.kind === "tuple") {
    if (node.slice.kind === "Slice") return partOf(expressions, base.items, node.slice);
    const index = expressions.number(node.slice);
    const item = index.constant === null ? undefined : base.items.at(index.constant);
    return item ?? refuse("a tuple is indexed by a variable", node);
  }
  if (base.kind === "opaque") return refuse(base.why, node);
  const ref = referenceOf(expressions, base, node);
  return ref.subs.length === ref.seq.dims.length ? element(expressions.state, ref, node) : ref;
}

/** `shape[:2]`: some of a tuple's items, between fixed places. */
function partOf(
  expressions: Expressions,
  items: readonly Value[],
  slice: Extract<expr, { kind: "Slice" }>,
): Value {
  const [lower, upper, step] = [slice.lower, slice.upper, slice.step].map((bound) => {
    const value = bound ? expressions.number(bound) : null;
    return value && (value.constant ?? refuse("a tuple is cut at a variable", slice));
  });
  if (step) return refuse("a tuple is cut in steps", slice);
  return { kind: "tuple", items: items.slice(lower ?? undefined, upper ?? undefined) };
}

/** The place that a subscript names, whether it is read or written. */
export function referenceOf(
  expressions: Expressions,
  base: Value,
  node: Extract<expr, { kind: "Subscript" }>,
): Ref {
  const ref = seqOf(base);
  if (!ref) {
    if (base.kind === "carried")
      return refuse(`\`${expressions.text(node.value)}\` changes from one iteration to the next`, node);
    if (base.kind === "opaque") return refuse(base.why, node);
    return refuse(`\`${expressions.text(node.value)}\` is no list or array of numbers`, node);
  }
  const indices = node.slice.kind === "Tuple" ? node.slice.elts : [node.slice];
  if (indices.length > 1 && ref.seq.form !== "array")
    return refuse("a list is indexed by several numbers", node);
  const subs = [...ref.subs, ...indices.map((index) => subOf(expressions, index, ref.seq))];
  if (subs.length > ref.seq.dims.length) return refuse("it has fewer dimensions", node);
  return { kind: "ref", seq: ref.seq, subs };
}

function subOf(expressions: Expressions, node: expr, seq: Seq): Sub {
  if (node.kind === "Slice") return refuse(`a slice of \`${seq.text}\` is taken in the loop`, node);
  const index = expressions.number(node);
  if (index.type !== "int") return refuse(`\`${seq.text}\` is indexed by what is no integer`, node);
  if (index.affine) {
    const { axis, offset } = index.affine;
    // Under a condition a shifted index may not be reached where it would leave the array.
    return { kind: "axis", axis, offset };
  }
  if (index.axes.length === 0) return { kind: "fixed", value: index };
  return { kind: "gather", value: index };
}
