// A sort that calls a comparison for every pair of items: a key, computed once per item.

import type { TextEdit } from "../../schemas/common.ts";
import type { arg, Call, expr } from "../../source/ast.generated.ts";
import { soleFunction } from "../../source/effects.ts";
import { regionNode } from "../../source/regions.ts";
import { scopesOf } from "../../source/scopes.ts";
import { dottedName } from "../../source/uses.ts";
import { isEditable, sourceText, walk } from "../../source/walk.ts";
import { hasOddFloats, isOnly, itemsOf, type Shape, shapesIn } from "../analysis/shapes.ts";
import type { RegionContext } from "../technique.ts";
import type { Draft, Findings } from "./draft.ts";
import { soleReturn } from "./equalities.ts";
import { type Key, keyOf, type Root, rootAt } from "./keys.ts";

/** `first.key - second.key`: the key, and whether the second comes first. */
interface Order {
  key: Key;
  item: string;
  reversed: boolean;
  /** Compared by `-`, so that infinities have no order. */
  subtracts: boolean;
}

/** Changes for all sorts of the region by `cmp_to_key`. */
export function findComparisons(context: RegionContext): Findings {
  const region = regionNode(context.file, context.region);
  const shapeOf = shapesIn(context, region);
  const findings: Findings = { drafts: [], refusals: [] };
  walk(region, (node) => {
    if (node.kind !== "Call") return;
    const list = sortedList(node);
    const keyword = list && node.keywords.find(({ arg }) => arg === "key");
    if (!keyword || node.keywords.length > 1 || keyword.value.kind !== "Call") return;
    const [compared] = keyword.value.args;
    if (dottedName(keyword.value.func)?.split(".").at(-1) !== "cmp_to_key" || !compared) return;
    const outcome = change(context, node, keyword.value, compared, itemsOf(shapeOf(list)));
    if (typeof outcome === "string") findings.refusals.push({ line: node.lineno, reason: outcome });
    else findings.drafts.push(outcome);
  });
  return findings;
}

/** The item itself: no `key` is needed. */
const isWhole = (key: Key) => key.texts(() => "_")[0] === "_";

function sortedList({ func, args }: Call): expr | null {
  if (func.kind === "Name" && func.id === "sorted" && args.length === 1) return args[0]!;
  return func.kind === "Attribute" && func.attr === "sort" && args.length === 0 ? func.value : null;
}

function change(context: RegionContext, sort: Call, call: Call, compared: expr, item: Shape): Draft | string {
  const { file } = context;
  if (!isEditable(file, call)) return "the sort stands in an f-string";
  const order = orderOf(context, compared);
  if (!order) return "the comparison is not one of a key of each item";
  const keys = order.key.shape(item);
  const obstacle = keyObstacle(context, keys, order.subtracts);
  if (obstacle !== null) return obstacle;
  const { key, item: name, reversed } = order;
  const words = [
    ...(isWhole(key) ? [] : [`key=lambda ${name}: ${key.texts(() => name)[0]}`]),
    ...(reversed ? ["reverse=True"] : []),
  ];
  const [list] = sort.args;
  const start = list ? list.end : sort.func.end + 1;
  const text = [...(list ? [""] : []), ...words].join(", ");
  const edits: TextEdit[] = [{ start, end: call.end, text }];
  return {
    variant: "comparison",
    summary: "Sorts by a key, computed once per item, instead of calling a comparison for every pair",
    edits,
    assumptions: [`The keys sorted by are of the types seen: ${[...keys.types].sort().join(", ")}.`],
  };
}

/** Why sorting by the keys may give another order than comparing them pair by pair; null when it gives the same. */
function keyObstacle({ facts }: RegionContext, keys: Shape, subtracts: boolean): string | null {
  if (Object.keys(facts.exceptions).length > 0) return "the region was seen to raise an exception";
  if (hasOddFloats(keys)) return "there may be NaN among the keys, which is in no order";
  if (!isOnly(keys, "int", "bool", "float", "str", "NoneType")) return "the types of the keys are not known";
  // Text cannot be subtracted; whole numbers and floats lose digits when they are.
  const isMixed = keys.types.has("float") && (keys.types.has("int") || keys.types.has("bool"));
  return subtracts && isMixed ? "whole numbers are subtracted from floats" : null;
}

/** The order that a lambda, or a function of one `return`, puts two items in. */
function orderOf(context: RegionContext, compared: expr): Order | null {
  const definition =
    compared.kind === "Name" ? soleFunction(scopesOf(context.file).variable(compared)!) : compared;
  if (definition?.kind !== "Lambda" && definition?.kind !== "FunctionDef") return null;
  const { args } = definition.args;
  const value = definition.kind === "Lambda" ? definition.body : soleReturn(definition.body);
  if (args.length !== 2 || value === null) return null;
  const [first, second] = args as [arg, arg];
  // `a - b`, and `(a > b) - (a < b)`.
  if (value.kind !== "BinOp" || value.op !== "Sub") return null;
  const pair = signOf(value.left, value.right) ?? { left: value.left, right: value.right, subtracts: true };
  const { left, right, subtracts } = pair;
  const roots = [rootAt(context, first), rootAt(context, second)] as [Root, Root];
  const forwards = [keyOf(context, left, roots[0]), keyOf(context, right, roots[1])] as const;
  const backwards = [keyOf(context, left, roots[1]), keyOf(context, right, roots[0])] as const;
  const text = (key: Key) => key.texts(() => "_").join();
  for (const [one, other] of [forwards, backwards])
    if (one && other && text(one) === text(other) && one.reads.length === 0)
      return { key: one, item: first.arg, reversed: one === backwards[0], subtracts };
  return null;

  function signOf(above: expr, below: expr) {
    if (above.kind !== "Compare" || below.kind !== "Compare") return null;
    if (above.ops.join() !== "Gt" || below.ops.join() !== "Lt") return null;
    const text = (node: expr) => sourceText(context.file, node);
    const same =
      text(above.left) === text(below.left) && text(above.comparators[0]!) === text(below.comparators[0]!);
    return same ? { left: above.left, right: above.comparators[0]!, subtracts: false } : null;
  }
}
