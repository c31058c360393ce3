// A dict or set of which a list is made each time only to ask whether it holds a value: asked itself.

import type { expr } from "../../source/ast.generated.ts";
import { regionNode } from "../../source/regions.ts";
import { useOf } from "../../source/uses.ts";
import { isEditable, sourceText, walk } from "../../source/walk.ts";
import { loopsAround } from "../analysis/loops.ts";
import { isOnly, itemsOf, type ShapeOf, shapesIn } from "../analysis/shapes.ts";
import type { RegionContext } from "../technique.ts";
import type { Findings } from "./draft.ts";
import { hashObstacle } from "./hashing.ts";
import { isBuiltin, isOrdered } from "./invariants.ts";

/** Changes for all such copies that loops of the region make. */
export function findCopies(context: RegionContext): Findings {
  const { file } = context;
  const region = regionNode(file, context.region);
  const shapeOf = shapesIn(context, region);
  const findings: Findings = { drafts: [], refusals: [] };
  walk(region, (node) => {
    if (node.kind !== "Call" || loopsAround(file, node, region).length === 0 || !isEditable(file, node))
      return;
    const original = askedInstead(context, node, shapeOf);
    if (!original) return;
    const name = sourceText(file, original);
    findings.drafts.push({
      variant: "membership",
      summary: `Asks \`${name}\` itself instead of a copy that is made each time`,
      edits: [{ start: node.start, end: node.end, text: name }],
      assumptions: [`The keys of \`${name}\` and the values looked up in it are of the types seen.`],
    });
  });
  return findings;
}

/** `counts` of `x in list(counts.keys())`, where it gives the same answer; null for anything else. */
export function askedInstead(context: RegionContext, node: expr, shapeOf: ShapeOf): expr | null {
  if (node.kind !== "Call" || node.func.kind !== "Name" || node.keywords.length > 0) return null;
  const [given] = node.args;
  const copies = ["list", "tuple", "sorted", "set", "frozenset"];
  if (!given || node.args.length > 1 || !copies.includes(node.func.id) || !isBuiltin(context, node.func))
    return null;
  const use = useOf(context.file, node);
  if (use.kind !== "container") return null;
  const isKeys =
    given.kind === "Call" &&
    given.func.kind === "Attribute" &&
    given.func.attr === "keys" &&
    given.args.length === 0;
  const original = isKeys ? (given.func as Extract<expr, { kind: "Attribute" }>).value : given;
  if (original.kind !== "Name" && original.kind !== "Attribute") return null;
  const shape = shapeOf(original);
  if (!isOnly(shape, ...(isKeys ? ["dict"] : ["dict", "set", "frozenset"]))) return null;
  const items = itemsOf(shape);
  if (node.func.id === "sorted" && !isOrdered(items)) return null;
  return hashObstacle(context.file, items, shapeOf(use.element)) === null ? original : null;
}
