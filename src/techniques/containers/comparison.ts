// A sort that calls a comparison for every pair of items: a key, computed once per item.

import type { Call, expr, Node } from "../../source/ast.generated.ts";
import { regionNode } from "../../source/regions.ts";
import { withoutUnused } from "../../source/unused.ts";
import { dottedName } from "../../source/uses.ts";
import { isEditable, walk } from "../../source/walk.ts";
import { hasOddFloats, isOnly, itemsOf, type Shape, shapesIn } from "../analysis/shapes.ts";
import type { RegionContext } from "../technique.ts";
import type { Draft, Findings } from "./draft.ts";
import { tupleText } from "./keys.ts";
import { isWhole, type Order, type OrderKey, orderOf } from "./orders.ts";

/** Changes for all sorts of the region by `cmp_to_key`. */
export function findComparisons(context: RegionContext): Findings {
  const region = regionNode(context.file, context.region);
  const shapeOf = shapesIn(context, region);
  const findings: Findings = { drafts: [], refusals: [] };
  const gone = new Set<Node>();
  walk(region, (node) => {
    if (node.kind !== "Call") return;
    const list = sortedList(node);
    const keyword = list && node.keywords.find(({ arg }) => arg === "key");
    if (!keyword || node.keywords.length > 1 || keyword.value.kind !== "Call") return;
    const [compared] = keyword.value.args;
    if (dottedName(keyword.value.func)?.split(".").at(-1) !== "cmp_to_key" || !compared) return;
    const outcome = change(context, node, keyword.value, compared, itemsOf(shapeOf(list)));
    if (typeof outcome === "string") findings.refusals.push({ line: node.lineno, reason: outcome });
    else {
      findings.drafts.push(outcome);
      walk(keyword.value, (part) => {
        gone.add(part);
      });
    }
  });
  findings.drafts.at(-1)?.edits.push(...withoutUnused(context.file, gone));
  return findings;
}

function sortedList({ func, args }: Call): expr | null {
  if (func.kind === "Name" && func.id === "sorted" && args.length === 1) return args[0]!;
  return func.kind === "Attribute" && func.attr === "sort" && args.length === 0 ? func.value : null;
}

function change(context: RegionContext, sort: Call, call: Call, compared: expr, item: Shape): Draft | string {
  const { file } = context;
  if (!isEditable(file, call)) return "the sort stands in an f-string";
  const order = orderOf(context, compared);
  if (!order) return "the comparison is not one of a key of each item";
  const shapes = order.keys.map((one) => shapeOfKey(one, item));
  const isSole = shapes.length === 1;
  const obstacle = order.keys
    .map(({ isSubtracted }, index) => keyObstacle(context, shapes[index]!, isSubtracted, isSole))
    .find((one) => one !== null);
  if (obstacle) return obstacle;
  const words = sortWords(order, shapes);
  if (words === null) return "its keys are of text that is sorted both ways";
  const [list] = sort.args;
  const start = list ? list.end : sort.func.end + 1;
  const text = [...(list ? [""] : []), ...words].join(", ");
  const types = new Set(shapes.flatMap((keys) => [...keys.types]));
  return {
    variant: "comparison",
    summary: "Sorts by a key, computed once per item, instead of calling a comparison for every pair",
    edits: [{ start, end: call.end, text }],
    assumptions: [`The keys sorted by are of the types seen: ${[...types].sort().join(", ")}.`],
  };
}

/** The arguments `key` and `reverse`; null where text goes both ways. */
function sortWords({ keys, item }: Order, shapes: readonly Shape[]): string[] | null {
  const [first] = keys as [Order["keys"][number]];
  const areAlike = keys.every(({ reversed }) => reversed === first.reversed);
  const reverse = areAlike && first.reversed ? ["reverse=True"] : [];
  if (keys.length === 1 && isWhole(first.key)) return reverse;
  const texts = keys.map(({ key, reversed }, index) => {
    const text = key.texts(() => item)[0]!;
    if (areAlike || !reversed) return text;
    return isOnly(shapes[index]!, "int", "float") ? `-${text}` : null;
  });
  if (texts.includes(null)) return null;
  return [`key=lambda ${item}: ${tupleText(texts as string[])}`, ...reverse];
}

/** What is subtracted is a number, whatever else items hold under such keys. */
function shapeOfKey({ key, isSubtracted }: OrderKey, item: Shape): Shape {
  const shape = key.shape(item);
  const numbers = [...shape.types].filter((type) => type !== "str" && type !== "NoneType");
  return isSubtracted ? { ...shape, types: new Set(numbers) } : shape;
}

/** Why sorting by the keys may give another order than comparing them pair by pair; null when it gives the same. */
function keyObstacle(
  { facts }: RegionContext,
  shape: Shape,
  isSubtracted: boolean,
  isSole: boolean,
): string | null {
  if (Object.keys(facts.exceptions).length > 0) return "the region was seen to raise an exception";
  if (hasOddFloats(shape)) return "there may be NaN among the keys, which is in no order";
  const plain = ["int", "bool", "float", "str", ...(isSole ? ["NoneType"] : [])];
  if (!isOnly(shape, ...plain)) return "the types of the keys are not known";
  // Text cannot be subtracted; whole numbers and floats lose digits when they are.
  const isMixed = shape.types.has("float") && (shape.types.has("int") || shape.types.has("bool"));
  return isSubtracted && isMixed ? "whole numbers are subtracted from floats" : null;
}
