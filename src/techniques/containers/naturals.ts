// Whole numbers that cannot be negative, and how they stand to each other: what a slice needs of its bounds.

import type { Call, expr, For, Node } from "../../source/ast.generated.ts";
import { blockOf, statementOf } from "../../source/layout.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { sourceText, walk } from "../../source/walk.ts";
import { boundValue } from "../analysis/subject.ts";
import type { RegionContext } from "../technique.ts";
import { isBuiltin } from "./invariants.ts";

/** Whether the source shows that the expression is a whole number of at least 0. */
export function isNatural(context: RegionContext, node: expr, depth = 0): boolean {
  const all = (...parts: expr[]) => depth < 6 && parts.every((one) => isNatural(context, one, depth + 1));
  if (node.kind === "Constant") return node.value.type === "int";
  if (node.kind === "BinOp") return ["Add", "Mult"].includes(node.op) && all(node.left, node.right);
  if (node.kind === "Call") {
    const name = builtinOf(context, node);
    if (name === "len") return true;
    const isOfSeveral = node.args.length > 1 && node.keywords.length === 0;
    return (name === "min" || name === "max") && isOfSeveral && all(...node.args);
  }
  if (node.kind !== "Name") return false;
  const variable = scopesOf(context.file).variable(node);
  const binds = variable?.occurrences.filter(({ action }) => action !== "read") ?? [];
  return (
    binds.length > 0 &&
    binds.every(({ node: at, action }) => {
      const value = action === "bind" ? valueAt(context, at) : null;
      const run = rangeOf(context, at, depth + 1);
      return run ? run.from === null || all(run.from) : value !== null && all(value);
    })
  );
}

const isInside = (node: Node, outer: Node) =>
  "start" in node && "start" in outer && outer.start <= node.start && node.end <= outer.end;

/** Whether a name in the expression is bound anew by `within`, or may be by a function. */
function isBoundAnew({ file }: RegionContext, node: expr, within: readonly Node[]): boolean {
  const scopes = scopesOf(file);
  const names = new Set<Variable>();
  walk(node, (part) => {
    const variable = part.kind === "Name" ? scopes.variable(part) : undefined;
    if (variable) names.add(variable);
  });
  let found = [...names].some((variable) =>
    variable.occurrences.some(({ action, scope }) => action !== "read" && scope !== variable.scope),
  );
  for (const one of within)
    walk(one, (part) => {
      const variable = part.kind === "Name" && part.ctx !== "Load" ? scopes.variable(part) : undefined;
      if (variable && names.has(variable)) found = true;
    });
  return found;
}

/** What a name is given by a plain assignment, also as one of several: `a, b = x, y`. */
function valueAt(context: RegionContext, name: Node): expr | null {
  const alone = boundValue(context, name);
  if (alone) return alone;
  const parents = parentMap(context.file);
  const tuple = parents.get(name);
  const assign = tuple?.kind === "Tuple" ? parents.get(tuple) : undefined;
  if (tuple?.kind !== "Tuple" || assign?.kind !== "Assign" || assign.targets.length !== 1) return null;
  const { value } = assign;
  return value.kind === "Tuple" && value.elts.length === tuple.elts.length
    ? value.elts[tuple.elts.indexOf(name as expr)]!
    : null;
}

interface Run {
  from: expr | null;
  to: expr | null;
  loop: For | Extract<Node, { kind: "comprehension" }>;
}

/** What runs at every turn of the loop. */
const turnOf = ({ file }: RegionContext, { loop }: Run): readonly Node[] =>
  loop.kind === "For" ? loop.body : [parentMap(file).get(loop)!];

/** The bounds of `for name in range(…)` that counts upwards, and of `enumerate`; null for any other binding. */
function rangeOf(context: RegionContext, name: Node, depth = 0): Run | null {
  const around = parentMap(context.file).get(name);
  const isIndex = around?.kind === "Tuple" && around.elts[0] === name;
  const loop = isIndex ? parentMap(context.file).get(around) : around;
  if ((loop?.kind !== "For" && loop?.kind !== "comprehension") || loop.iter.kind !== "Call") return null;
  if (loop.target !== (isIndex ? around : name)) return null;
  const { args, keywords } = loop.iter;
  const callee = builtinOf(context, loop.iter);
  if (keywords.length > 0 || args.some((one) => one.kind === "Starred")) return null;
  if (isIndex) return callee === "enumerate" && args.length === 1 ? { from: null, to: null, loop } : null;
  if (callee !== "range") return null;
  if (args.length === 1) return { from: null, to: args[0]!, loop };
  const [from, to, step] = args;
  // A step of 0 raises.
  return step && !isNatural(context, step, depth + 1) ? null : { from: from!, to: to!, loop };
}

function builtinOf(context: RegionContext, { func }: Call): string | null {
  return func.kind === "Name" && isBuiltin(context, func) ? func.id : null;
}

/** The expression, with names that one plain assignment of the same turn gives written out: `start` as `i`. */
export function spelledOut(context: RegionContext, node: expr): expr {
  const { file } = context;
  if (node.kind !== "Name") return node;
  const scopes = scopesOf(file);
  const binds = scopes.variable(node)?.occurrences.filter(({ action }) => action !== "read") ?? [];
  const value = binds.length === 1 && binds[0]!.action === "bind" ? valueAt(context, binds[0]!.node) : null;
  if (!value) return node;
  const made = statementOf(file, binds[0]!.node);
  const block = blockOf(file, made);
  const used = block.find((one) => one.start <= node.start && node.end <= one.end);
  if (!used || block.indexOf(used) <= block.indexOf(made)) return node;
  const between = block.slice(block.indexOf(made), block.indexOf(used) + 1);
  let isStill = true;
  walk(value, (part) => {
    if (part.kind === "Call" || part.kind === "Subscript" || part.kind === "Attribute") isStill = false;
    if (part.kind !== "Name") return;
    for (const statement of between)
      walk(statement, (other) => {
        if (other.kind === "Name" && other.ctx !== "Load")
          if (scopes.variable(other) === scopes.variable(part)) isStill = false;
      });
  });
  return isStill ? value : node;
}

/** Whether `low <= high` whatever they are: `high` is `low` plus what is not negative, or counts up from it. */
export function isAtMost(context: RegionContext, low: expr, high: expr): boolean {
  const { file } = context;
  const text = sourceText(file, low);
  if (sourceText(file, high) === text) return true;
  if (high.kind === "BinOp" && high.op === "Add")
    for (const [one, other] of [
      [high.left, high.right],
      [high.right, high.left],
    ] as const)
      if (isNatural(context, other) && isAtMost(context, low, one)) return true;
  if (low.kind === "BinOp" && low.op === "Add" && high.kind === "BinOp" && high.op === "Add")
    if (sourceText(file, low.left) === sourceText(file, high.left))
      return isFewerTimes(context, low.right, high.right);
  if (high.kind !== "Name") return false;
  const binds =
    scopesOf(file)
      .variable(high)
      ?.occurrences.filter(({ action }) => action !== "read") ?? [];
  return (
    binds.length > 0 &&
    binds.every(({ node }) => {
      const run = rangeOf(context, node);
      if (!run?.from || isBoundAnew(context, low, turnOf(context, run))) return false;
      return isAtMost(context, low, run.from);
    })
  );
}

/** `2 * n` and `3 * n`. */
function isFewerTimes(context: RegionContext, low: expr, high: expr): boolean {
  if (low.kind !== "BinOp" || high.kind !== "BinOp" || low.op !== "Mult" || high.op !== "Mult") return false;
  const times = (node: expr) =>
    node.kind === "Constant" && node.value.type === "int" ? Number(node.value.text) : Number.NaN;
  const isSame = sourceText(context.file, low.right) === sourceText(context.file, high.right);
  return isSame && times(low.left) <= times(high.left) && isNatural(context, high.right);
}

/**
 * Whether a value is at most the length of the list called `list`, by the range that it counts through: one that begins
 * within `loop`, during which the list stays as it is.
 */
export function isWithinLength(context: RegionContext, node: expr, list: string, loop: Node): boolean {
  const { file } = context;
  const length = `len(${list})`;
  const reaches = (name: expr, others: readonly expr[], ...limits: string[]) => {
    const variable = name.kind === "Name" ? scopesOf(file).variable(name) : undefined;
    const binds = variable?.occurrences.filter(({ action }) => action !== "read") ?? [];
    return (
      binds.length > 0 &&
      binds.every(({ node: at }) => {
        const run = rangeOf(context, at);
        if (!run?.to || !(run.loop === loop || isInside(run.loop.iter, loop))) return false;
        const isStill = !others.some((one) => isBoundAnew(context, one, turnOf(context, run)));
        return isStill && limits.includes(sourceText(file, run.to));
      })
    );
  };
  if (node.kind === "BinOp" && node.op === "Add") {
    const width = sourceText(file, node.right);
    return reaches(node.left, [node.right], `${length} - ${width} + 1`, `${length} - ${width}`);
  }
  return sourceText(file, node) === length || reaches(node, [], length, `${length} + 1`);
}
