// Products of which most is not needed: `np.trace(A @ B)`, `np.diag(A @ B)`; and products with a matrix that is mostly zero
// by its making: `np.diag(d) @ A`.

import { callOf, productOf, reductionOf } from "../../source/array-forms.ts";
import type { expr, Node } from "../../source/ast.generated.ts";
import { isEditable, walk } from "../../source/walk.ts";
import { type Found, within } from "./draft.ts";
import { brief } from "./product-order.ts";
import { isOnlyRead, isPlain } from "./reads.ts";
import { additions, type Subject } from "./subject.ts";
import { isFloats, itemsOf } from "./types.ts";

/** Items of a product below which making all of it costs hardly more than the call. */
const fewestItems = 1_000;

export function findDiagonals(subject: Subject): Found[] {
  const found: Found[] = [];
  walk(subject.region, (node) => {
    if (node.kind !== "Call" && node.kind !== "BinOp") return;
    if (isEditable(subject.file, node))
      found.push(...ofProduct(subject, node), ...withDiagonalMatrix(subject, node));
  });
  return found;
}

/** `np.trace(A @ B)`, `np.diag(A @ B)`, `(A @ B).diagonal()`. */
function ofProduct(subject: Subject, node: expr): Found[] {
  const { file } = subject;
  const kinds = ["trace", "diag", "diagonal"] as const;
  const kind = kinds.find((name) => reductionOf(file, node, name)?.others.length === 0);
  const of = kind && reductionOf(file, node, kind)!.array;
  const product = of && productOf(file, of);
  if (!product || (node.kind === "Call" && node.keywords.length > 0)) return [];
  const whole = subject.type(of);
  if (!isFloats(subject.type(product.left), 2) || !isFloats(subject.type(product.right), 2))
    return [{ line: node.lineno, reason: "what is multiplied is not known to be two matrices of float64" }];
  if (whole?.is === "array" && itemsOf(whole) < fewestItems)
    return [{ line: node.lineno, reason: "the whole product is small" }];
  if (kind !== "trace" && !isOnlyRead(subject, node))
    return [
      { line: node.lineno, reason: "the diagonal is kept, and would no longer be a view of the product" },
    ];
  const added = additions();
  const name = subject.define(
    added,
    "_product_diagonal",
    `def NAME(a, b):
    """Return the diagonal of a @ b without computing the rest of it."""
    size = min(len(a), b.shape[1])
    return (a[:size, None, :] @ b.T[:size, :, None])[:, 0, 0]`,
  );
  const call = `${name}(${subject.text(product.left)}, ${subject.text(product.right)})`;
  added.edits.push(subject.replacement(node, kind === "trace" ? `${call}.sum()` : call));
  return [
    {
      ...added,
      variant: "diagonal",
      line: node.lineno,
      summary: `Computes of \`${brief(subject.text(of))}\` only the diagonal`,
      assumptions: [],
      tolerance: within(1e-11, "The products of rows and columns are added up in another order."),
    },
  ];
}

/** `np.diag(d) @ A` and `A @ np.diag(d)`: rows or columns times one number each. */
function withDiagonalMatrix(subject: Subject, node: expr): Found[] {
  const product = productOf(subject.file, node);
  if (!product) return [];
  const [fromLeft, fromRight] = [diagonalOf(subject, product.left), diagonalOf(subject, product.right)];
  const diagonal = fromLeft ?? fromRight;
  const other = fromLeft ? product.right : product.left;
  if (!diagonal) return [];
  const dimensions = [1, 2].find((n) => isFloats(subject.type(other), n));
  if (!isFloats(subject.type(diagonal), 1) || dimensions === undefined)
    return [
      { line: node.lineno, reason: "what is multiplied is not known to be a vector and an array of float64" },
    ];
  const added = additions();
  const numpy = subject.numpy(added);
  const [names, written] = fromLeft ? ["d, a", `${numpy}.diag(d) @ a`] : ["a, d", `a @ ${numpy}.diag(d)`];
  const byRow = fromLeft && dimensions === 2;
  const length = fromLeft ? "len(a)" : "a.shape[-1]";
  const name = subject.define(
    added,
    byRow ? "_scaled_rows" : dimensions === 2 ? "_scaled_columns" : "_scaled",
    `def NAME(${names}):
    """Return ${written} without making a matrix of d."""
    if len(d) == ${length}:
        product = ${numpy}.multiply(${byRow ? "d[:, None]" : "d"}, a, order="C")
        # The zeros of the matrix turn infinity and NaN into more NaN.
        if ${numpy}.isfinite(product).all():
            return product
    return ${written}`,
  );
  const given = fromLeft
    ? `${subject.text(diagonal)}, ${subject.text(other)}`
    : `${subject.text(other)}, ${subject.text(diagonal)}`;
  if (!isPlain(subject, diagonal)) return [];
  added.edits.push(subject.replacement(node, `${name}(${given})`));
  return [
    {
      ...added,
      variant: "diagonal",
      line: node.lineno,
      summary: `Multiplies with the numbers of \`${brief(subject.text(diagonal))}\` instead of a matrix that is zero but for them`,
      assumptions: [],
      tolerance: within(1e-15, "A sum with zeros is left out, which may lose the sign of a zero."),
    },
  ];
}

function diagonalOf(subject: Subject, node: Node): expr | null {
  const args = callOf(subject.file, node, "diag");
  return args?.length === 1 && node.kind === "Call" && node.keywords.length === 0 ? args[0]! : null;
}
