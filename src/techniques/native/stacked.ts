// `np.linalg.det(A[i])` in a loop over `i`: one call for the whole stack before the loop. Likewise `A[i] @ x`, and the norms of
// rows.

import { callOf, productOf } from "../../source/array-forms.ts";
import type { Call, expr } from "../../source/ast.generated.ts";
import { dottedName } from "../../source/meaning.ts";
import { walk } from "../../source/walk.ts";
import { type Draft, type Found, within } from "./draft.ts";
import { doneBefore, hoisted, loopsAround, nameFor } from "./hoisting.ts";
import { brief } from "./product-order.ts";
import { isOnlyRead } from "./reads.ts";
import { isSteady, type Loop } from "./steady.ts";
import { additions, type Subject } from "./subject.ts";
import { isArray, isFloats } from "./types.ts";

/** Calls that work on a stack as they do on each of its matrices, to the last bit. */
const overStacks: Readonly<Record<string, string>> = {
  inv: "inverses",
  det: "determinants",
  cholesky: "factors",
  eigvalsh: "eigenvalues",
};

/** What is computed before the loop, of which the loop reads item `index`. */
interface Stack {
  value: string;
  over: expr;
  index: expr;
  /** What must stay the same during the loop. */
  steady: readonly expr[];
  what: string;
  /** Why the digits may differ; null where they do not. */
  rounding: string | null;
}

export function findStacks(subject: Subject): Found[] {
  const found: Found[] = [];
  walk(subject.region, (node) => {
    if (node.kind !== "Call" && node.kind !== "BinOp") return true;
    const stack = node.kind === "Call" ? (ofCall(subject, node) ?? normOf(subject, node)) : null;
    const draft = drafted(subject, node, stack ?? ofProduct(subject, node));
    if (draft) found.push(draft);
    return draft === null;
  });
  return found;
}

function drafted(subject: Subject, node: expr, stack: Stack | null): Draft | null {
  if (!stack) return null;
  const type = subject.type(node);
  const isNumber = type?.is === "array" && type.sizes.length === 0;
  if (type === null || (!isNumber && !isOnlyRead(subject, node))) return null;
  const loop = loopsAround(subject, node).find((one) => runsOver(one, stack.index));
  const assumed = new Set<string>();
  if (!loop || !stack.steady.every((one) => isSteady(subject, loop, one, assumed))) return null;
  const added = additions();
  const name = nameFor(subject, loop, stack.over, stack.what, stack.value);
  const index = subject.text(stack.index);
  const edits = hoisted(subject, loop, { name, value: stack.value }, node, `${name}[${index}]`);
  if (!edits) return null;
  return {
    ...added,
    edits,
    variant: "stacked",
    line: node.lineno,
    summary: `Computes \`${brief(subject.text(node))}\` for all \`${index}\` in one call before the loop`,
    assumptions: [...assumed, doneBefore(brief(stack.value))],
    tolerance: stack.rounding === null ? null : within(1e-11, stack.rounding),
  };
}

/** A loop over integers whose variable is the index. */
function runsOver(loop: Loop, index: expr): boolean {
  const target =
    loop.kind === "For" ? loop.target : loop.kind === "ListComp" ? loop.generators[0]!.target : null;
  if (loop.kind === "ListComp" && loop.generators.length > 1) return false;
  if (index.kind !== "Name" || !target) return false;
  if (target.kind === "Name") return target.id === index.id;
  return target.kind === "Tuple" && target.elts[0]?.kind === "Name" && target.elts[0].id === index.id;
}

/** `A[i]` of an array with so many dimensions. */
function itemOf(subject: Subject, node: expr, dimensions: number): { over: expr; index: expr } | null {
  if (node.kind !== "Subscript" || node.slice.kind !== "Name") return null;
  const index = subject.type(node.slice);
  if (index?.is !== "array" || index.sizes.length > 0 || !isFloats(subject.type(node.value), dimensions))
    return null;
  return { over: node.value, index: node.slice };
}

function ofCall(subject: Subject, node: Call): Stack | null {
  const name = dottedName(subject.file, node.func);
  const short = /^numpy\.linalg\.(\w+)$/.exec(name ?? "")?.[1];
  if (!short || node.keywords.length > 0) return null;
  const [first, second] = node.args;
  const item = first ? itemOf(subject, first, 3) : null;
  if (!item) return null;
  const { over, index } = item;
  const called = subject.text(node.func);
  if (overStacks[short] && node.args.length === 1)
    return {
      value: `${called}(${subject.text(over)})`,
      over,
      index,
      steady: [over],
      what: overStacks[short],
      rounding: null,
    };
  if (short !== "solve" || node.args.length !== 2) return null;
  const vectors = itemOf(subject, second!, 2);
  const right = vectors ?? itemOf(subject, second!, 3);
  if (!right || subject.text(right.index) !== subject.text(index)) return null;
  const [a, b] = [subject.text(over), subject.operand(right.over)];
  return {
    value: vectors ? `${called}(${a}, ${b}[..., None])[..., 0]` : `${called}(${a}, ${b})`,
    over: right.over,
    index,
    steady: [over, right.over],
    what: "solutions",
    rounding: null,
  };
}

/** `A[i] @ x` and `np.dot(A[i], x)` with the same `x` in every turn. */
function ofProduct(subject: Subject, node: expr): Stack | null {
  const product = productOf(subject.file, node);
  if (!product) return null;
  const item = itemOf(subject, product.left, 2);
  if (!item || !isFloats(subject.type(product.right), 1)) return null;
  return {
    value: `${subject.operand(item.over)} @ ${subject.operand(product.right)}`,
    over: item.over,
    index: item.index,
    steady: [item.over, product.right],
    what: "products",
    rounding: "A matrix is multiplied at once instead of row by row, which adds up in another order.",
  };
}

/** `np.linalg.norm(A[i] - x)`: the norm of a row, or of its difference from what stays the same. */
function normOf(subject: Subject, node: Call): Stack | null {
  const args = callOf(subject.file, node, "linalg.norm");
  const [given] = args ?? [];
  if (!given || args!.length !== 1 || node.keywords.length > 0) return null;
  const rounding = "Squares are added up in another order.";
  const of = (item: { over: expr; index: expr }, value: string, steady: readonly expr[]): Stack => ({
    value: `${subject.text(node.func)}(${value}, axis=1)`,
    ...item,
    steady,
    what: "norms",
    rounding,
  });
  const row = itemOf(subject, given, 2);
  if (row) return of(row, subject.text(row.over), [row.over]);
  if (given.kind !== "BinOp" || given.op !== "Sub") return null;
  // The inner loop's row first: the other one stays the same there.
  for (const [one, other] of [
    [given.right, given.left],
    [given.left, given.right],
  ] as const) {
    const item = itemOf(subject, one, 2);
    if (!item || !isArray(subject.type(other), 1)) continue;
    const loop = loopsAround(subject, node).find((each) => runsOver(each, item.index));
    if (!loop || !isSteady(subject, loop, other, new Set())) continue;
    const [a, b] = one === given.right ? [other, item.over] : [item.over, other];
    return of(item, `${subject.text(a)} - ${subject.operand(b)}`, [item.over, other]);
  }
  return null;
}
