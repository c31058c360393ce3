// `np.linalg.inv(A) @ b`: the factors of the matrix in place of its inverse, a third of the work.

import { callOf, factorsOf, productOf } from "../../source/array-forms.ts";
import type { Call, expr } from "../../source/ast.generated.ts";
import { scopesOf } from "../../source/scopes.ts";
import { isEditable, walk } from "../../source/walk.ts";
import { type Draft, type Found, within } from "./draft.ts";
import { brief, outermostProduct } from "./product-order.ts";
import { isPlain } from "./reads.ts";
import { type Additions, additions, type Subject } from "./subject.ts";
import { isArray, isFloats } from "./types.ts";

/** Rows below which an inverse costs hardly more than the call. */
const fewestRows = 48;

/** A place where an inverse is multiplied from the right, and perhaps from the left. */
interface Place {
  product: expr;
  left: readonly expr[];
  right: expr;
  rest: readonly expr[];
}

export function findInverses(subject: Subject): Found[] {
  const found: Found[] = [];
  walk(subject.region, (node) => {
    if (node.kind !== "Call" || node.keywords.length > 0) return;
    const args = callOf(subject.file, node, "linalg.inv");
    if (args?.length === 1) found.push(...overFactors(subject, node, args[0]!));
  });
  return found;
}

function overFactors(subject: Subject, inverse: Call, matrix: expr): Found[] {
  const left = (reason: string): Found[] => [{ line: inverse.lineno, reason }];
  const places = placesOf(subject, inverse);
  if (places === null) return left("the inverse is used for more than products with it on the left");
  const type = subject.type(matrix);
  if (!isFloats(type, 2)) return left("what is inverted is not known to be one matrix of float64");
  const [rows] = type.sizes;
  if (rows !== null && rows! < fewestRows)
    return left(`a matrix of ${rows} rows is inverted about as fast as a system is solved`);
  if (!subject.context.available("scipy")) return left("solving with factors once made needs SciPy");
  for (const { product, left: before, right, rest } of places) {
    if (!isEditable(subject.file, product)) return left("it stands in an f-string");
    const operands = [...before, right, ...rest];
    if (!operands.every((operand) => isArray(subject.type(operand)) && isPlain(subject, operand)))
      return left("what it is multiplied with is not known to be an array");
  }
  return [draftOf(subject, inverse, matrix, places)];
}

/** The products that the inverse, or the name that it is bound to, goes into; null when it is used otherwise. */
function placesOf(subject: Subject, inverse: Call): Place[] | null {
  const { file, parents } = subject;
  const parent = parents.get(inverse)!;
  if (parent.kind !== "Assign") {
    const place = placeOf(subject, inverse);
    return place && [place];
  }
  const [target] = parent.targets;
  if (parent.targets.length !== 1 || target!.kind !== "Name") return null;
  const variable = scopesOf(file).variable(target!);
  if (!variable || subject.region.kind !== "FunctionDef") return null;
  const places: Place[] = [];
  for (const { node, action, scope } of variable.occurrences) {
    if (node === target) continue;
    const place = action === "read" && scope === variable.scope ? placeOf(subject, node as expr) : null;
    if (!place || variable.scope.node !== subject.region) return null;
    places.push(place);
  }
  return places.length > 0 ? places : null;
}

function placeOf(subject: Subject, node: expr): Place | null {
  const product = outermostProduct(subject, node);
  // Only where the product groups from the left, as it is written without parentheses.
  const factors = product ? factorsOf(subject.file, product) : [];
  for (let at: expr | undefined = product ?? undefined, i = factors.length - 1; i > 0; i--) {
    const sides = at && productOf(subject.file, at);
    if (!sides || sides.right !== factors[i]) return null;
    at = sides.left;
  }
  const index = factors.indexOf(node);
  const [right, ...rest] = factors.slice(index + 1);
  return product && right ? { product, left: factors.slice(0, index), right, rest } : null;
}

function draftOf(subject: Subject, inverse: Call, matrix: expr, places: readonly Place[]): Draft {
  const added = additions();
  const maker = solverFor(subject, added, subject.text(inverse.func));
  const made = `${maker}(${subject.text(matrix)})`;
  const bound = subject.parents.get(inverse)!;
  const isNamed = bound.kind === "Assign";
  const solver = isNamed ? subject.text(bound.targets[0]!) : made;
  const product = (factors: readonly expr[]) => factors.map((one) => subject.operand(one)).join(" @ ");
  for (const place of places) {
    const left = place.left.length > 0 ? `, left=${product(place.left)}` : "";
    const rest = place.rest.length > 0 ? ` @ ${product(place.rest)}` : "";
    const { start, end } = place.product;
    added.edits.push({ start, end, text: `${solver}(${subject.text(place.right)}${left})${rest}` });
  }
  if (isNamed) added.edits.push({ start: inverse.start, end: inverse.end, text: made });
  return {
    ...added,
    variant: "solve",
    line: inverse.lineno,
    summary: `Solves with the factors of \`${brief(subject.text(matrix))}\` instead of making its inverse`,
    assumptions: [],
    tolerance: within(
      1e-6,
      "A system is solved instead of multiplying with the inverse, which rounds differently; matrices with a condition number above 1e8 are inverted as before.",
    ),
  };
}

/** The function that gives another one, which multiplies with a matrix's inverse. */
function solverFor(subject: Subject, added: Additions, inv: string): string {
  const numpy = subject.numpy(added);
  const factors = factorsFunction(subject, added);
  const linalg = subject.imported(added, { module: "scipy.linalg" });
  return subject.define(
    added,
    "_inverse_of",
    `def NAME(matrix):
    """Return a function that multiplies with the inverse of \`matrix\`, which is not made where its factors will do."""
    matrix = matrix.copy()
    factors = ${factors}(matrix)
    inverse = ${inv}(matrix) if factors is None else None

    def times(right, left=None):
        if factors is not None:
            product = ${numpy}.ascontiguousarray(${linalg}.lu_solve(factors, right, check_finite=False))
            if left is not None:
                product = left @ product
            if ${numpy}.isfinite(product).all():
                return product
        exact = ${inv}(matrix) if inverse is None else inverse
        return exact @ right if left is None else left @ exact @ right

    return times`,
  );
}

/** The function that factorises a matrix unless it is nearly singular. */
export function factorsFunction(subject: Subject, added: Additions): string {
  const numpy = subject.numpy(added);
  const linalg = subject.imported(added, { module: "scipy.linalg" });
  return subject.define(
    added,
    "_factors",
    `def NAME(matrix):
    """Return the LU factors of a square matrix; None where it is nearly singular, and for anything else."""
    if matrix.dtype != float or matrix.ndim != 2 or not 0 < len(matrix) == matrix.shape[1]:
        return None
    lu, pivots, _ = ${linalg}.lapack.dgetrf(matrix)
    rcond, _ = ${linalg}.lapack.dgecon(lu, ${numpy}.linalg.norm(matrix, 1))
    return (lu, pivots) if rcond > 1e-8 else None`,
  );
}
