// Linear algebra that gives the same in every turn of a loop: done once before it; systems with one matrix, factorised once.

import { callOf, productOf } from "../../source/array-forms.ts";
import type { Call, expr } from "../../source/ast.generated.ts";
import { dottedName } from "../../source/meaning.ts";
import { walk } from "../../source/walk.ts";
import { type Draft, type Found, within } from "./draft.ts";
import { doneBefore, hoisted, loopsAround, moved, nameFor, outermostSteady } from "./hoisting.ts";
import { brief } from "./product-order.ts";
import { isOnlyRead } from "./reads.ts";
import { factorsFunction } from "./solve.ts";
import { additions, type Subject } from "./subject.ts";
import { isArray, isFloats, itemsOf, type Type } from "./types.ts";

/** Rows from which factors that are there already save time. */
const fewestRows = 48;
/** Items that must be worked on for an elementwise call to be worth a line of its own. */
const fewestItems = 2_000;

export function findInvariants(subject: Subject): Found[] {
  const found: Found[] = [];
  walk(subject.region, (node) => {
    if (node.kind !== "Call" && node.kind !== "BinOp") return true;
    const draft = invariant(subject, node) ?? (node.kind === "Call" ? system(subject, node) : null);
    if (draft) found.push(draft);
    return draft === null;
  });
  return found;
}

const whats: Readonly<Record<string, string>> = {
  inv: "inverse",
  pinv: "pseudoinverse",
  cholesky: "factor",
  norm: "norm",
  det: "determinant",
  mean: "mean",
  sum: "sum",
  std: "deviation",
  max: "largest",
  min: "smallest",
};

function invariant(subject: Subject, node: expr): Draft | null {
  const loops = loopsAround(subject, node);
  if (loops.length === 0 || !isHeavy(subject, node)) return null;
  const type = subject.type(node);
  const isNumber = type?.is === "array" && type.sizes.length === 0;
  if (type === null || (!isNumber && !isOnlyRead(subject, node))) return null;
  const assumed = new Set<string>();
  const loop = outermostSteady(subject, loops, [node], assumed);
  if (!loop) return null;
  const added = additions();
  const whole = moved(subject, loop, node);
  const callee = node.kind === "Call" ? (dottedName(subject.file, node.func)?.split(".").at(-1) ?? "") : "";
  const first = firstName(node);
  const what = whats[callee] ?? (productOf(subject.file, node) ? "product" : callee || "value");
  const value = subject.text(node);
  const name = whole ? "" : nameFor(subject, loop, first ?? node, what, value);
  const edits = whole ?? hoisted(subject, loop, { name, value }, node, name);
  if (!edits) return null;
  return {
    ...added,
    edits,
    variant: "invariant",
    line: node.lineno,
    summary: `Computes \`${brief(subject.text(node))}\` once before the loop, which leaves it as it is`,
    assumptions: [...assumed, doneBefore(brief(subject.text(node)))],
    tolerance: null,
  };
}

function firstName(node: expr): expr | null {
  let found: expr | null = null;
  walk(node, (part) => {
    if (part.kind === "Attribute" && part.value.kind === "Name" && part.value.id === "self") found ??= part;
    if (part.kind === "Call") {
      for (const argument of part.args) found ??= firstName(argument);
      if (part.func.kind === "Attribute") found ??= part.func.value.kind === "Name" ? part.func.value : null;
      return false;
    }
    if (part.kind === "Name") found ??= part;
    return found === null;
  });
  return found;
}

/** A product of matrices, linear algebra, or a pass over a large array. */
function isHeavy(subject: Subject, node: expr): boolean {
  const product = productOf(subject.file, node);
  if (product) return isArray(subject.type(product.left)) && isArray(subject.type(product.right));
  if (node.kind !== "Call") return false;
  const name = dottedName(subject.file, node.func);
  if (name && /^(numpy|scipy)\.linalg\./.test(name)) return true;
  const worked = [...node.args, ...(node.func.kind === "Attribute" ? [node.func.value] : [])].map((one) =>
    name === null || one !== (node.func as { value?: expr }).value ? subject.type(one) : null,
  );
  return worked.some((type: Type | null) => isArray(type) && itemsOf(type) >= fewestItems);
}

/** `np.linalg.solve(A, b)` with the same `A` in every turn. */
function system(subject: Subject, node: Call): Draft | null {
  const args = callOf(subject.file, node, "linalg.solve");
  const [matrix, right] = args ?? [];
  if (!matrix || !right || args!.length !== 2 || node.keywords.length > 0) return null;
  if (dottedName(subject.file, node.func) !== "numpy.linalg.solve") return null;
  const type = subject.type(matrix);
  if (!isFloats(type, 2) || (type.sizes[0] !== null && type.sizes[0]! < fewestRows)) return null;
  if (!isArray(subject.type(right)) || !subject.context.available("scipy")) return null;
  const assumed = new Set<string>();
  const loop = outermostSteady(subject, loopsAround(subject, node), [matrix], assumed);
  if (!loop) return null;
  const added = additions();
  const numpy = subject.numpy(added);
  const factors = factorsFunction(subject, added);
  const linalg = subject.imported(added, { module: "scipy.linalg" });
  const maker = subject.define(
    added,
    "_solver",
    `def NAME(matrix):
    """Return a function that gives np.linalg.solve(matrix, right), with the matrix factorised once."""
    factors = ${factors}(matrix)

    def solve(right):
        if factors is not None:
            solution = ${numpy}.ascontiguousarray(${linalg}.lu_solve(factors, right, check_finite=False))
            if ${numpy}.isfinite(solution).all():
                return solution
        return ${numpy}.linalg.solve(matrix, right)

    return solve`,
  );
  const value = `${maker}(${subject.text(matrix)})`;
  const name = nameFor(subject, loop, matrix, "solver", value);
  const edits = hoisted(subject, loop, { name, value }, node, `${name}(${subject.text(right)})`);
  if (!edits) return null;
  return {
    ...added,
    edits: [...added.edits, ...edits],
    variant: "solve",
    line: node.lineno,
    summary: `Factorises \`${brief(subject.text(matrix))}\` once before the loop instead of for each system`,
    assumptions: [...assumed],
    tolerance: within(
      1e-7,
      "Another library solves the system, which may round differently; matrices with a condition number above 1e8 are solved as before.",
    ),
  };
}
