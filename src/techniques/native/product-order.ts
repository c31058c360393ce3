// `A @ B @ v`: a product of several matrices in the order that takes the fewest steps.

import { factorsOf, productOf } from "../../source/array-forms.ts";
import type { expr, Node } from "../../source/ast.generated.ts";
import { isEditable, walk } from "../../source/walk.ts";
import { type Found, within } from "./draft.ts";
import { additions, type Subject } from "./subject.ts";
import { isArray } from "./types.ts";

/** Multiplications saved below which the order does not matter. */
const fewest = 20_000;
/** Stands for a size that was not seen. */
const usual = 100;

type Order = number | readonly [Order, Order];

export function findProductOrders(subject: Subject): Found[] {
  const { file } = subject;
  const found: Found[] = [];
  walk(subject.region, (node) => {
    if (node.kind !== "BinOp" && node.kind !== "Call") return;
    if (!productOf(file, node) || outermostProduct(subject, node) !== node) return;
    const factors = factorsOf(file, node);
    if (factors.length > 2 && isEditable(file, node)) found.push(...reordered(subject, node, factors));
  });
  return found;
}

function reordered(subject: Subject, node: expr & { lineno: number }, factors: readonly expr[]): Found[] {
  const types = factors.map((factor) => subject.type(factor));
  const dtypes = new Set(types.map((type) => (isArray(type) ? type.dtype : null)));
  const [dtype] = dtypes;
  if (dtypes.size !== 1 || (dtype !== "float64" && dtype !== "int64")) return [];
  const sizes = sizesOf(types.map((type) => (isArray(type) ? type.sizes : [])));
  if (!sizes) return [];
  const written = orderOf(subject, node, { next: 0 });
  const best = bestOrder(sizes);
  const [before, after] = [cost(written, sizes).steps, cost(best, sizes).steps];
  if (before < 1.5 * after || before - after < fewest) return [];
  const text = (order: Order, names: readonly string[], inner = false): string => {
    if (typeof order === "number") return names[order]!;
    const [left, right] = order;
    const both = `${text(left, names)} @ ${text(right, names, true)}`;
    return inner ? `(${both})` : both;
  };
  const added = additions();
  const summary = `Multiplies the ${factors.length} factors of \`${brief(subject.text(node))}\` in the order that takes the fewest steps`;
  let replacement = text(
    best,
    factors.map((factor) => subject.operand(factor)),
  );
  if (dtype === "float64") {
    const names = factors.map((_, i) => "abcdefghij"[i] ?? `factor_${i}`);
    const numpy = subject.numpy(added);
    const name = subject.define(
      added,
      "_ordered_product",
      [
        `def NAME(${names.join(", ")}):`,
        `    """Return ${text(written, names)}, multiplied in the order that takes the fewest steps."""`,
        `    product = ${text(best, names)}`,
        `    # Where infinity and NaN spread depends on the order, so they keep the one they had.`,
        `    return product if ${numpy}.isfinite(product).all() else ${text(written, names)}`,
      ].join("\n"),
    );
    replacement = `${name}(${factors.map((factor) => subject.text(factor)).join(", ")})`;
  }
  return [
    {
      ...added,
      variant: "product-order",
      line: node.lineno,
      summary,
      edits: [
        ...added.edits,
        dtype === "float64"
          ? subject.replacement(node, replacement)
          : { start: node.start, end: node.end, text: replacement },
      ],
      assumptions:
        dtype === "float64"
          ? ["No product of two of the matrices overflows where the whole product does not."]
          : [],
      tolerance:
        dtype === "float64"
          ? within(1e-9, "Matrices are multiplied in another order, which rounds differently.")
          : null,
    },
  ];
}

/** The whole product of which `node` is a factor or a part; null when it is none. */
export function outermostProduct({ file, parents }: Subject, node: expr): expr | null {
  let whole: expr | null = productOf(file, node) ? node : null;
  for (let at = node as Node, around = parents.get(at); around; at = around, around = parents.get(at)) {
    const method = around.kind === "Attribute" ? parents.get(around) : undefined;
    if (method?.kind === "Call" && method.func === around) around = method;
    if (around.kind !== "BinOp" && around.kind !== "Call") break;
    const product = productOf(file, around);
    if (product?.left !== at && product?.right !== at) break;
    whole = around;
  }
  return whole;
}

/** Sizes between the factors, first to last; a vector at either end counts as one row or column. Null for other shapes. */
function sizesOf(shapes: readonly (readonly (number | null)[])[]): number[] | null {
  const last = shapes.length - 1;
  const rows = shapes.map((shape, i) => (shape.length === 2 ? shape[0]! : i === 0 ? 1 : shape[0]!));
  const columns = shapes.map((shape, i) => (shape.length === 2 ? shape[1]! : i === last ? 1 : shape[0]!));
  for (const [i, shape] of shapes.entries())
    if (shape.length > 2 || shape.length === 0 || (shape.length === 1 && i > 0 && i < last)) return null;
  return [
    rows[0] ?? usual,
    ...columns.map((size, i) => (i === last ? size : (size ?? rows[i + 1])) ?? usual),
  ];
}

function orderOf(subject: Subject, node: expr, place: { next: number }): Order {
  const product = productOf(subject.file, node);
  if (!product) return place.next++;
  const left = orderOf(subject, product.left, place);
  return [left, orderOf(subject, product.right, place)];
}

function cost(order: Order, sizes: readonly number[]): { steps: number; first: number; last: number } {
  if (typeof order === "number") return { steps: 0, first: order, last: order + 1 };
  const [left, right] = [cost(order[0], sizes), cost(order[1], sizes)];
  const own = sizes[left.first]! * sizes[left.last]! * sizes[right.last]!;
  return { steps: left.steps + right.steps + own, first: left.first, last: right.last };
}

/** The order with the fewest multiplications: the textbook's matrix-chain recurrence. */
function bestOrder(sizes: readonly number[]): Order {
  const best: { steps: number; order: Order }[][] = [];
  for (let width = 1; width < sizes.length; width++)
    for (let first = 0; first + width < sizes.length; first++) {
      const last = first + width - 1;
      const row = best[first] ?? [];
      best[first] = row;
      let chosen: { steps: number; order: Order } | null = width === 1 ? { steps: 0, order: first } : null;
      for (let cut = first; cut < last; cut++) {
        const [left, right] = [row[cut]!, best[cut + 1]![last]!];
        const steps = left.steps + right.steps + sizes[first]! * sizes[cut + 1]! * sizes[last + 1]!;
        if (!chosen || steps < chosen.steps) chosen = { steps, order: [left.order, right.order] };
      }
      row[last] = chosen!;
    }
  return best[0]![sizes.length - 2]!.order;
}

export const brief = (text: string): string => {
  const line = text.replace(/\s+/g, " ");
  return line.length <= 40 ? line : `${line.slice(0, 39)}…`;
};
