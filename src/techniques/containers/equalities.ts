// Tests that an item has a certain key: `item.key == probe`, and functions that compare the keys of two items.

import type { expr, Node } from "../../source/ast.generated.ts";
import { soleFunction } from "../../source/effects.ts";
import { scopesOf } from "../../source/scopes.ts";
import { sourceText, walk } from "../../source/walk.ts";
import { isOnly, of, type Shape, type ShapeOf } from "../analysis/shapes.ts";
import type { RegionContext } from "../technique.ts";
import { type Key, keyOf, type Root, rootAt } from "./keys.ts";

export interface Equality {
  key: Key;
  /** What the key is compared with, as the rewritten code writes it. */
  probe: string;
  probeShape: Shape;
  /** What is evaluated for it where the test stands. */
  probeNode: expr;
  /** The key plus something was compared: right for whole numbers only. */
  isSum?: boolean;
}

/** The equalities that `test` consists of, all of which must hold (or, for `NotEq`, none of which may fail); else null. */
export function equalitiesOf(
  context: RegionContext,
  test: expr,
  roots: readonly Root[],
  shapeOf: ShapeOf,
  op: "Eq" | "NotEq" = "Eq",
): Equality[] | null {
  if (test.kind === "Call" && op === "Eq") return byFunction(context, test, roots, shapeOf);
  if (test.kind !== "Compare" || test.ops.length !== 1 || test.ops[0] !== op) return null;
  const [left, right] = [test.left, test.comparators[0]!];
  for (const root of roots)
    for (const [side, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const key = keyOf(context, side, root);
      if (mentions(context, other, roots)) continue;
      const sum = key ? null : sumOf(context, side, other, root, roots, shapeOf);
      if (sum) return [sum];
      if (!key) continue;
      return [{ key, probe: sourceText(context.file, other), probeShape: shapeOf(other), probeNode: other }];
    }
  return null;
}

/** `item.key + x == total`, which for whole numbers is `item.key == total - x`. */
function sumOf(
  context: RegionContext,
  side: expr,
  total: expr,
  root: Root,
  roots: readonly Root[],
  shapeOf: ShapeOf,
): Equality | null {
  const { file } = context;
  if (side.kind !== "BinOp" || side.op !== "Add" || !isOnly(shapeOf(total), "int")) return null;
  for (const [one, other] of [
    [side.left, side.right],
    [side.right, side.left],
  ] as const) {
    const key = keyOf(context, one, root);
    const isPlain = ["Name", "Constant", "Subscript", "Attribute"];
    if (!key || mentions(context, other, roots) || !isOnly(shapeOf(other), "int")) continue;
    if (!isPlain.includes(other.kind) || !isPlain.includes(total.kind)) return null;
    const probe = `${sourceText(file, total)} - ${sourceText(file, other)}`;
    // Both are evaluated for it; what stands for them may not change meanwhile.
    const probeNode = { ...side, left: total, right: other };
    return { key, probe, probeShape: of("int"), probeNode, isSum: true };
  }
  return null;
}

function mentions({ file }: RegionContext, node: Node, roots: readonly Root[]): boolean {
  const variables = roots.flatMap((root) => root.variables);
  let found = false;
  walk(node, (part) => {
    const variable = part.kind === "Name" ? scopesOf(file).variable(part) : undefined;
    if (variable && variables.includes(variable)) found = true;
  });
  return found;
}

/** `same(item, other)`, where `same` is one `return` of comparisons of the same keys of both. */
function byFunction(
  context: RegionContext,
  call: Extract<expr, { kind: "Call" }>,
  roots: readonly Root[],
  shapeOf: ShapeOf,
): Equality[] | null {
  const { file } = context;
  const variable = call.func.kind === "Name" ? scopesOf(file).variable(call.func) : undefined;
  const definition = variable && soleFunction(variable);
  const [one, other] = call.args;
  if (!definition || call.args.length !== 2 || call.keywords.length > 0) return null;
  if (one!.kind !== "Name" || other!.kind !== "Name") return null;
  const { args, posonlyargs, kwonlyargs, vararg, kwarg } = definition.args;
  if (args.length !== 2 || posonlyargs.length + kwonlyargs.length > 0 || vararg || kwarg) return null;
  const value = soleReturn(definition.body);
  const item = [one!, other!].findIndex((argument) => roots.some((root) => root.isItem(argument)));
  const probed = [one!, other!][1 - item];
  if (value === null || item < 0 || !probed || mentions(context, probed, roots)) return null;
  const ofItem = rootAt(context, args[item]!);
  const ofProbe = rootAt(context, args[1 - item]!);
  const itemName = (item === 0 ? one! : other!) as Extract<expr, { kind: "Name" }>;
  const itemShape = roots.find((root) => root.isItem(itemName))!.shape;
  if (!ofItem || !ofProbe) return null;
  const found: Equality[] = [];
  for (const test of value.kind === "BoolOp" && value.op === "And" ? value.values : [value]) {
    if (test.kind !== "Compare" || test.ops.length !== 1 || test.ops[0] !== "Eq") return null;
    const sides = [test.left, test.comparators[0]!];
    const key = sides.map((side) => keyOf(context, side, ofItem)).find((side) => side !== null);
    const probe = sides.map((side) => keyOf(context, side, ofProbe)).find((side) => side !== null);
    if (!key || !probe || key.reads.length + probe.reads.length > 0) return null;
    const texts: Key["texts"] = (rename) => key.texts(() => rename(itemName.id));
    found.push({
      key: { ...key, texts, shape: (shape) => key.shape(itemShape(shape)) },
      probe: probe.texts(() => sourceText(file, probed))[0]!,
      probeShape: probe.shape(shapeOf(probed)),
      probeNode: probed,
    });
  }
  return found;
}

/** What a function returns that does nothing else; a docstring counts for nothing. */
function soleReturn(body: readonly Node[]): expr | null {
  const statements = body.filter(
    (one, at) => !(at === 0 && one.kind === "Expr" && one.value.kind === "Constant"),
  );
  const [only] = statements;
  return statements.length === 1 && only?.kind === "Return" ? only.value : null;
}
