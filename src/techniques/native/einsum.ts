// `np.einsum` without a path: two operands at a time, by matrix products where there are any.

import { callOf } from "../../source/array-forms.ts";
import { isEditable, walk } from "../../source/walk.ts";
import { type Found, within } from "./draft.ts";
import { brief } from "./product-order.ts";
import { additions, type Subject } from "./subject.ts";
import { isFloats, itemsOf } from "./types.ts";

/** Items of the largest operand below which looking for a path costs more than it saves. */
const fewestItems = 2_000;

export function findEinsums(subject: Subject): Found[] {
  const found: Found[] = [];
  walk(subject.region, (node) => {
    if (node.kind !== "Call" || node.keywords.length > 0 || !isEditable(subject.file, node)) return;
    const [subscripts, ...operands] = callOf(subject.file, node, "einsum") ?? [];
    if (subscripts?.kind !== "Constant" || subscripts.value.type !== "str" || operands.length < 2) return;
    const types = operands.map((operand) => subject.type(operand));
    if (!types.every((type) => isFloats(type))) {
      found.push({
        line: node.lineno,
        reason: "the operands of `einsum` are not known to be arrays of float64",
      });
      return;
    }
    if (types.every((type) => isFloats(type) && itemsOf(type) < fewestItems)) return;
    const added = additions();
    const numpy = subject.numpy(added);
    const name = subject.define(
      added,
      "_einsum",
      `def NAME(subscripts, *operands):
    """Return np.einsum(subscripts, *operands), two operands at a time and by matrix products where it can."""
    result = ${numpy}.einsum(subscripts, *operands, optimize=True, order="C")
    # Where infinity and NaN spread depends on the order, so they keep the one they had.
    return result if ${numpy}.isfinite(result).all() else ${numpy}.einsum(subscripts, *operands)`,
    );
    added.edits.push({ start: node.func.start, end: node.func.end, text: name });
    found.push({
      ...added,
      variant: "einsum",
      line: node.lineno,
      summary: `Computes \`${brief(subject.text(node))}\` along the path that takes the fewest steps`,
      assumptions:
        operands.length > 2 ? ["No product of two of the operands overflows where the whole does not."] : [],
      tolerance: within(1e-11, "Products are summed in another order."),
    });
  });
  return found;
}
