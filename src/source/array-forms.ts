// Forms of array code for which a cheaper call of the same library exists, by the syntax alone: what is asked of a line before
// anything is known of its values.

import type { Call, expr, Node } from "./ast.generated.ts";
import type { SourceFile } from "./file.ts";
import { dottedName } from "./meaning.ts";
import { parentMap } from "./uses.ts";
import { walk } from "./walk.ts";

export interface Product {
  left: expr;
  right: expr;
}

/** The two sides of a matrix product: `a @ b`, `np.dot(a, b)`, `np.matmul(a, b)`, `a.dot(b)`; null for anything else. */
export function productOf(file: SourceFile, node: Node): Product | null {
  if (node.kind === "BinOp") return node.op === "MatMult" ? { left: node.left, right: node.right } : null;
  if (node.kind !== "Call" || node.keywords.length > 0) return null;
  const [first, second] = node.args;
  const name = dottedName(file, node.func);
  if (name === "numpy.dot" || name === "numpy.matmul")
    return first && second && node.args.length === 2 ? { left: first, right: second } : null;
  const isMethod = name === null && node.func.kind === "Attribute" && node.func.attr === "dot";
  return isMethod && first && node.args.length === 1
    ? { left: (node.func as Extract<expr, { kind: "Attribute" }>).value, right: first }
    : null;
}

/** The operands of products of products, from left to right. */
export function factorsOf(file: SourceFile, node: expr): expr[] {
  const product = productOf(file, node);
  return product ? [...factorsOf(file, product.left), ...factorsOf(file, product.right)] : [node];
}

/** The arguments of a call of one of NumPy's functions (`linalg.inv`, `sort`), or null. Keywords are not looked at. */
export function callOf(file: SourceFile, node: Node, ...names: string[]): readonly expr[] | null {
  if (node.kind !== "Call") return null;
  const name = dottedName(file, node.func);
  return name !== null && names.some((one) => name === `numpy.${one}` || name === `scipy.${one}`)
    ? node.args
    : null;
}

/** `np.f(x)` and `x.f()` alike: the array, and the further arguments. */
export function reductionOf(
  file: SourceFile,
  node: Node,
  name: string,
): { array: expr; others: readonly expr[] } | null {
  const args = callOf(file, node, name);
  if (args) return args[0] ? { array: args[0], others: args.slice(1) } : null;
  if (node.kind !== "Call" || node.func.kind !== "Attribute" || node.func.attr !== name) return null;
  return dottedName(file, node.func) === null ? { array: node.func.value, others: node.args } : null;
}

/** The whole exponent of `x ** 3` or `np.power(x, 3)`, and the base. */
export function wholePower(file: SourceFile, node: Node): { base: expr; exponent: number } | null {
  const args = callOf(file, node, "power");
  const [base, exponent] =
    node.kind === "BinOp" && node.op === "Pow"
      ? [node.left, node.right]
      : args?.length === 2 && (node as Call).keywords.length === 0
        ? args
        : [];
  if (!base || exponent?.kind !== "Constant") return null;
  const { value } = exponent;
  if (value.type !== "int" && value.type !== "float") return null;
  return Number.isInteger(Number(value.text)) ? { base, exponent: Number(value.text) } : null;
}

/** Names that `loop` binds, in nested functions too. */
export function boundNames(loop: Node): ReadonlySet<string> {
  const found = new Set<string>();
  walk(loop, (node) => {
    if (node.kind === "Name" && node.ctx !== "Load") found.add(node.id);
  });
  return found;
}

/** The loop or comprehension that evaluates `node` once for each turn; null outside of loops. */
export function innermostLoop(file: SourceFile, node: Node): Node | null {
  const parents = parentMap(file);
  let below = node;
  for (let at = parents.get(node); at; below = at, at = parents.get(at)) {
    if (/Def$|Lambda/.test(at.kind)) return null;
    if (at.kind === "For" && below !== at.iter && below !== at.target) return at;
    if (at.kind === "While") return at;
    if (at.kind === "ListComp" && below === at.elt) return at;
  }
  return null;
}

const algebra =
  /^(numpy|scipy)\.linalg\.(inv|pinv|solve|det|slogdet|cholesky|svd|eigh?|eigvalsh?|qr|norm|lstsq|matrix_power)$/;

type Form = Extract<expr, { kind: "Call" | "BinOp" | "Subscript" }>;
type BoundNames = Map<Node, ReadonlySet<string>>;

const reducible = new WeakMap<Node, ReadonlySet<number>>();
const perhaps = new WeakMap<Node, ReadonlySet<number>>();

/** Lines that hold a form for which a cheaper one exists. */
export const reducibleLines = (file: SourceFile): ReadonlySet<number> =>
  linesOf(file, reducible, isReducible);

/** Lines that hold a form for which a cheaper one exists if the values are of the right kind, which only they can tell. */
export const perhapsReducibleLines = (file: SourceFile): ReadonlySet<number> =>
  linesOf(file, perhaps, isPerhapsReducible);

function linesOf(
  file: SourceFile,
  known: WeakMap<Node, ReadonlySet<number>>,
  holds: (file: SourceFile, node: Form, bound: BoundNames) => boolean,
): ReadonlySet<number> {
  const lines = known.get(file.tree);
  if (lines) return lines;
  const found = new Set<number>();
  const bound: BoundNames = new Map();
  walk(file.tree, (node) => {
    if (isForm(node) && holds(file, node, bound))
      for (let line = node.lineno; line <= node.endLineno; line++) found.add(line);
  });
  known.set(file.tree, found);
  return found;
}

const isForm = (node: Node): node is Form =>
  node.kind === "Call" || node.kind === "BinOp" || node.kind === "Subscript";

/** A product in a loop with a matrix that the loop leaves as it is, which may be mostly zero; a column of a matrix in a loop. */
function isPerhapsReducible(file: SourceFile, node: Form, bound: BoundNames): boolean {
  const product = productOf(file, node);
  const isColumn =
    node.kind === "Subscript" &&
    node.slice.kind === "Tuple" &&
    node.slice.elts.length === 2 &&
    node.slice.elts[0]!.kind === "Slice" &&
    node.slice.elts[1]!.kind === "Name";
  const loop = product || isColumn ? innermostLoop(file, node) : null;
  if (!loop) return false;
  const names = bound.get(loop) ?? boundNames(loop);
  bound.set(loop, names);
  return isSteady(file, product ? product.left : (node as Extract<expr, { kind: "Subscript" }>).value, names);
}

/** Whether a statement holds such a form. */
export function isReducibleStatement(file: SourceFile, node: Node): boolean {
  let found = false;
  walk(node, (part) => {
    if (isForm(part)) found ||= isReducible(file, part, new Map());
    return !found;
  });
  return found;
}

function isReducible(file: SourceFile, node: Form, bound: BoundNames): boolean {
  const product = productOf(file, node);
  if (product && factorsOf(file, node).length > 2) return true;
  if (product && [product.left, product.right].some((side) => callOf(file, side, "diag"))) return true;
  if (callOf(file, node, "linalg.inv")) return true;
  if (node.kind === "Subscript") return callOf(file, node.value, "sort") !== null;
  for (const name of ["trace", "diag", "diagonal"]) {
    const of = reductionOf(file, node, name);
    if (of && productOf(file, of.array)) return true;
  }
  const sum = reductionOf(file, node, "sum");
  if (sum && (wholePower(file, sum.array)?.exponent === 2 || isProductOfTwo(sum.array))) return true;
  const power = wholePower(file, node);
  if (power && power.exponent > 2 && power.exponent <= 8 && power.base.kind !== "Constant") return true;
  const einsum = callOf(file, node, "einsum");
  if (einsum && einsum.length > 2 && !(node as Call).keywords.some(({ arg }) => arg === "optimize"))
    return true;
  return isRepeatedAlgebra(file, node, product, bound);
}

const isProductOfTwo = (node: expr) => node.kind === "BinOp" && node.op === "Mult";

/** Linear algebra in a loop, of what the loop leaves as it is, or of one matrix of many. */
function isRepeatedAlgebra(
  file: SourceFile,
  node: expr,
  product: Product | null,
  bound: BoundNames,
): boolean {
  const name = node.kind === "Call" ? dottedName(file, node.func) : null;
  const called = name !== null && algebra.test(name);
  if (!called && !product) return false;
  const loop = innermostLoop(file, node);
  if (!loop || parentMap(file).get(node)?.kind === "Expr") return false;
  const names = bound.get(loop) ?? boundNames(loop);
  bound.set(loop, names);
  const [first] = product ? [product.left] : (node as Call).args;
  if (called && first && isSteady(file, first, names)) return true;
  if (called && first && isOneOfMany(file, first, loop)) return true;
  return isSteady(file, node, names);
}

/** `matrices[i]` or `matrix`, in a loop over `i` or over the matrices. */
function isOneOfMany(file: SourceFile, node: expr, loop: Node): boolean {
  const target =
    loop.kind === "For" ? loop.target : loop.kind === "ListComp" ? loop.generators[0]!.target : null;
  if (!target || (node.kind !== "Name" && node.kind !== "Subscript")) return false;
  return !isSteady(file, node, boundNames(target));
}

/** Whether an expression is made of NumPy's functions and names that are not among `names`. */
function isSteady(file: SourceFile, node: expr, names: ReadonlySet<string>): boolean {
  let steady = true;
  walk(node, (part) => {
    if (part.kind === "Name" && names.has(part.id)) steady = false;
    if (part.kind === "Call" && !/^(numpy|scipy)\.(?!random)/.test(dottedName(file, part.func) ?? ""))
      steady = false;
  });
  return steady;
}
