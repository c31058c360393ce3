// Matrices that a loop uses again and again in a form that costs more than it must: dense ones that are mostly zero, and
// columns that lie far apart in memory.

import { productOf } from "../../source/array-forms.ts";
import type { expr, Node } from "../../source/ast.generated.ts";
import { lineBefore, placeBefore } from "../../source/layout.ts";
import { isEditable, walk } from "../../source/walk.ts";
import { type Draft, type Found, within } from "./draft.ts";
import { hoisted, loopsAround, nameFor, outermostSteady } from "./hoisting.ts";
import { brief } from "./product-order.ts";
import { isOnlyRead } from "./reads.ts";
import { isSteady, type Loop } from "./steady.ts";
import { additions, type Subject } from "./subject.ts";
import { isFloats, itemsOf } from "./types.ts";

/** Share of zeros from which leaving them out pays. */
const mostlyZero = 0.9;
/** Items below which a dense product is as fast. */
const fewestSparse = 40_000;
/** Items below which everything lies in the cache anyhow. */
const fewestStrided = 100_000;

export function findMemoryForms(subject: Subject): Found[] {
  const found: Found[] = [];
  walk(subject.region, (node) => {
    if ((node.kind === "BinOp" || node.kind === "Call") && isEditable(subject.file, node)) {
      const draft = sparse(subject, node);
      if (draft) found.push(draft);
    }
  });
  return [...found, ...columns(subject)];
}

/** `A @ x` in a loop, of a matrix that was seen to be mostly zero. */
function sparse(subject: Subject, node: expr): Found | null {
  const product = productOf(subject.file, node);
  if (!product) return null;
  const { left: matrix, right: vector } = product;
  const type = subject.type(matrix);
  if (!isFloats(type, 2) || ![1, 2].some((n) => isFloats(subject.type(vector), n))) return null;
  if (type.zeros === null || type.zeros < mostlyZero || !(itemsOf(type) >= fewestSparse)) return null;
  const assumed = new Set<string>();
  const loop = outermostSteady(subject, loopsAround(subject, node), [matrix], assumed);
  const share = `${Math.floor(type.zeros * 100)}% zeros`;
  if (!loop)
    return {
      line: node.lineno,
      reason: `${brief(subject.text(matrix))} holds ${share}, but may change from product to product`,
    };
  if (!subject.context.available("scipy")) return { line: node.lineno, reason: "sparse matrices need SciPy" };
  const added = additions();
  const numpy = subject.numpy(added);
  const csr = subject.imported(added, { module: "scipy.sparse", name: "csr_matrix" });
  const maker = subject.define(
    added,
    "_sparse_product",
    `def NAME(matrix):
    """Return a function that gives matrix @ vector from the entries that are not zero."""
    entries = ${csr}(matrix)

    def product(vector):
        # Zero times infinity is NaN, which only the whole matrix gives.
        return entries @ vector if ${numpy}.isfinite(vector).all() else matrix @ vector

    return product`,
  );
  const value = `${maker}(${subject.text(matrix)})`;
  const name = nameFor(subject, loop, matrix, "product", value);
  const edits = hoisted(subject, loop, { name, value }, node, `${name}(${subject.text(vector)})`);
  if (!edits) return null;
  return {
    ...added,
    edits: [...added.edits, ...edits],
    variant: "sparse",
    line: node.lineno,
    summary: `Multiplies with the entries of \`${brief(subject.text(matrix))}\` that are not zero (${share} were seen)`,
    assumptions: [...assumed],
    tolerance: within(
      1e-12,
      "The terms that are zero are left out of the sums, which are added up in another order.",
    ),
  };
}

/** `A[:, j]` in a loop over `j`, of a matrix that lies row by row. */
function columns(subject: Subject): Found[] {
  const reads = new Map<string, { node: Extract<expr, { kind: "Subscript" }>; column: expr }[]>();
  walk(subject.region, (node) => {
    const column = node.kind === "Subscript" ? columnIndex(subject, node) : null;
    if (column && node.kind === "Subscript") {
      const text = subject.text(node.value);
      reads.set(text, [...(reads.get(text) ?? []), { node, column }]);
    }
  });
  return [...reads.values()].flatMap((all) => columnsOf(subject, all) ?? []);
}

function columnIndex(subject: Subject, node: Extract<expr, { kind: "Subscript" }>): expr | null {
  const { slice, value } = node;
  if (slice.kind !== "Tuple" || slice.elts.length !== 2 || node.ctx !== "Load") return null;
  const [rows, column] = slice.elts;
  if (subject.text(rows!) !== ":" || column!.kind !== "Name") return null;
  const type = subject.type(value);
  return isFloats(type, 2) && type.layout === "C" && itemsOf(type) >= fewestStrided ? column! : null;
}

function columnsOf(
  subject: Subject,
  reads: readonly { node: Extract<expr, { kind: "Subscript" }>; column: expr }[],
): Draft | null {
  const [first] = reads;
  const { value } = first!.node;
  // Each column is read often: else turning the matrix round costs what it saves.
  const around = reads.map(({ node }) => loopsAround(subject, node));
  const loop = around[0]?.find(
    (one): one is Extract<Loop, { kind: "For" | "While" }> => one.kind !== "ListComp" && holds(one, reads),
  );
  if (!loop || around.every((loops) => loops.length < 2)) return null;
  const assumed = new Set<string>();
  const place = placeBefore(subject.file, loop);
  if (!place || !isSteady(subject, loop, value, assumed)) return null;
  if (!reads.every(({ node }) => isOnlyRead(subject, node) && isEditable(subject.file, node))) return null;
  const added = additions();
  const numpy = subject.numpy(added);
  const name = nameFor(subject, loop, value, "columns", "columns");
  const edits = reads.map(({ node, column }) => ({
    start: node.start,
    end: node.end,
    text: `${name}[${subject.text(column)}]`,
  }));
  const line = lineBefore(
    subject.file,
    place,
    `${name} = ${numpy}.ascontiguousarray(${subject.operand(value)}.T)`,
  );
  return {
    ...added,
    edits: [...added.edits, line, ...edits],
    variant: "contiguous",
    line: first!.node.lineno,
    summary: `Lays the columns of \`${brief(subject.text(value))}\` side by side in memory before the loop that reads them`,
    assumptions: [...assumed],
    tolerance: within(1e-12, "What lies side by side is added up in another order."),
  };
}

const holds = (loop: Loop, reads: readonly { node: Node & { start: number; end: number } }[]): boolean =>
  reads.every(({ node }) => loop.start <= node.start && node.end <= loop.end);
