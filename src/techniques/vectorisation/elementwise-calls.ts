// `np.vectorize(f)(x)` and `np.apply_along_axis(f, axis, x)`: Python functions called per element or per row, as array
// expressions.

import type { expr, FunctionDef, Lambda } from "../../source/ast.generated.ts";
import { meaningOf } from "../../source/meaning.ts";
import { scopesOf } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { at, atom, binary, type Code, isOperator, Level } from "./code.ts";
import type { Expressions } from "./expressions.ts";
import { followFunction } from "./inlining.ts";
import { ufunc } from "./mathematics.ts";
import { refuse } from "./refusal.ts";
import { type Axis, type Num, type Seq, sameAxes, type Value } from "./values.ts";

type Call = Extract<expr, { kind: "Call" }>;

/** Whether the call is one of these. */
export function isElementwiseCall(expressions: Expressions, node: Call): boolean {
  return (
    expressions.dotted(node.func) === "numpy.apply_along_axis" || vectorised(expressions, node.func) !== null
  );
}

/** The function that `np.vectorize` made into `func`; null for anything else. */
function vectorised(expressions: Expressions, func: expr): expr | null {
  if (func.kind === "Call")
    return expressions.dotted(func.func) === "numpy.vectorize" &&
      func.args.length === 1 &&
      func.keywords.length === 0
      ? func.args[0]!
      : null;
  if (func.kind !== "Name") return null;
  const { file } = expressions.state;
  const binds =
    scopesOf(file)
      .variable(func)
      ?.occurrences.filter(({ action }) => action !== "read") ?? [];
  const assigned = binds.length === 1 ? parentMap(file).get(binds[0]!.node) : undefined;
  return assigned?.kind === "Assign" && assigned.value.kind === "Call"
    ? vectorised(expressions, assigned.value)
    : null;
}

/** The array that the call gives, as an expression. */
export function elementwiseCall(expressions: Expressions, node: Call): Code {
  const fn = vectorised(expressions, node.func);
  return fn ? perElement(expressions, fn, node) : perRow(expressions, node);
}

function functionOf(expressions: Expressions, node: expr): FunctionDef | Lambda {
  if (node.kind === "Lambda") return node;
  const meaning = node.kind === "Name" ? meaningOf(expressions.state.file, node) : null;
  return meaning?.kind === "function" ? meaning.node : refuse("the function is not one of the module", node);
}

function perElement(expressions: Expressions, fn: expr, node: Call): Code {
  const { state } = expressions;
  if (node.keywords.length > 0) refuse("it is called with keywords", node);
  const given = node.args.map((arg) => expressions.evaluate(arg));
  const arrays = given.filter((value): value is Seq => value.kind === "sequence" && value.form === "array");
  const [first, ...others] = arrays;
  if (!first) return refuse("it is not called with an array", node);
  for (const other of others)
    if (other.id !== first.id) state.conditions.add(`${first.text}.shape == ${other.text}.shape`);
  // Of nothing, `vectorize` raises, since it cannot know a type.
  state.conditions.add(`${first.text}.size > 0`);
  const axes = first.dims.map((dim, depth): Axis => {
    const size = first.sizes[depth] ?? null;
    const start = { symbol: null, text: "", offset: 0, length: false };
    return { id: ++state.axes, start, stop: dim, step: 1, index: null, size, depth, lengthText: dim.text };
  });
  const values = given.map((value, i): Value => {
    if (value.kind === "number") return value;
    if (value.kind !== "sequence" || value.form !== "array" || value.dims.length !== axes.length)
      return refuse("it is called with something else than arrays of one shape", node.args[i]!);
    const same: Seq = {
      ...value,
      dims: first.dims,
      element: value.element && { ...value.element, origin: "python" },
    };
    return { kind: "ref", seq: same, subs: axes.map((axis) => ({ kind: "axis", axis, offset: 0 })) };
  });
  state.stack.push(...axes);
  try {
    const result: Num = expressions.asNumber(
      followFunction(expressions, functionOf(expressions, fn), values, node),
      node,
    );
    if (result.soft) refuse("it gives integers for some elements and floats for others", node);
    if (!sameAxes(result.axes, axes)) refuse("its result does not depend on the elements", node);
    return result.code;
  } finally {
    state.stack.length -= axes.length;
  }
}

const reductions: ReadonlySet<string> = new Set([
  "sum",
  "mean",
  "max",
  "min",
  "std",
  "var",
  "prod",
  "argmax",
  "argmin",
  "any",
  "all",
]);
const inexact: ReadonlySet<string> = new Set(["sum", "mean", "std", "var", "prod"]);

/** Part of a row's computation: the whole row, or one number for each row (with and without its dimension kept). */
interface Part {
  row: boolean;
  code: Code;
  kept: Code;
}

function perRow(expressions: Expressions, node: Call): Code {
  const { state } = expressions;
  const [fn, axisNode, array] = node.args;
  if (node.args.length !== 3 || node.keywords.length > 0) refuse("it is called with further arguments", node);
  const axis = expressions.number(axisNode!).constant;
  const value = expressions.evaluate(array!);
  if (
    value.kind !== "sequence" ||
    value.form !== "array" ||
    value.dims.length !== 2 ||
    !/^[\w.]+$/.test(value.text) ||
    axis === null
  )
    return refuse("it is not applied to an array of two dimensions", node);
  state.conditions.add(`${value.text}.size > 0`);
  const reduced = (name: string, of: Code): Part => {
    if (inexact.has(name))
      state.reasons.add(
        "NumPy adds along an axis in another order than row by row, which may differ in the last digits",
      );
    const call = (more: string): Code => atom(`${at(of, Level.atom)}.${name}(axis=${axis}${more})`);
    return { row: false, code: call(""), kept: call(", keepdims=True") };
  };
  const whole: Part = { row: true, code: atom(value.text), kept: atom(value.text) };
  const direct = expressions.dotted(fn!)?.split(".") ?? [];
  if (direct[0] === "numpy" && reductions.has(direct[1] ?? "")) return reduced(direct[1]!, whole.code).code;
  const definition = functionOf(expressions, fn!);
  const { args } = definition;
  const parameter = args.args[0]?.arg;
  const statements = definition.kind === "Lambda" ? [] : definition.body;
  const only = statements.length === 1 && statements[0]!.kind === "Return" ? statements[0]!.value : null;
  const body = definition.kind === "Lambda" ? definition.body : only;
  if (!body || args.args.length !== 1 || args.defaults.length > 0)
    return refuse("its function is more than one expression", fn!);
  const part = (one: expr): Part => {
    if (one.kind === "Name" && one.id === parameter) return whole;
    if (one.kind === "Constant" && (one.value.type === "int" || one.value.type === "float")) {
      const code = atom(expressions.text(one));
      return { row: false, code, kept: code };
    }
    if (one.kind === "BinOp" && isOperator(one.op)) {
      const [a, b] = [part(one.left), part(one.right)];
      const kept = binary(one.op, a.kept, b.kept);
      const row = a.row || b.row;
      return { row, kept, code: row ? kept : binary(one.op, a.code, b.code) };
    }
    if (one.kind === "Call" && one.keywords.length === 0) {
      const name = expressions.dotted(one.func);
      if (
        name === null &&
        one.func.kind === "Attribute" &&
        one.args.length === 0 &&
        reductions.has(one.func.attr)
      ) {
        const of = part(one.func.value);
        if (of.row) return reduced(one.func.attr, of.code);
      }
      const member = name?.split(".")[1] ?? "";
      if (name?.startsWith("numpy.") && one.args.length === 1) {
        const of = part(one.args[0]!);
        if (reductions.has(member) && of.row) return reduced(member, of.code);
        if (ufunc(name) || member === "abs") {
          const text = expressions.text(one.func);
          return {
            row: of.row,
            code: atom(`${text}(${of.code.text})`),
            kept: atom(`${text}(${of.kept.text})`),
          };
        }
      }
    }
    return refuse("its function is not made of whole-row operations", one);
  };
  const result = part(body);
  if (result.row && (axis < -1 || axis > 1)) refuse("the axis is none of the array", node);
  return result.code;
}
