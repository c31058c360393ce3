// Loops over the rows of frames: whole columns where the body only computes them, and the columns' values in turns.

import type { expr, For, Node } from "../../source/ast.generated.ts";
import { enclosingBody, scopesOf } from "../../source/scopes.ts";
import { isEditable, walk } from "../../source/walk.ts";
import type { Left } from "../draft.ts";
import type { RegionContext } from "../technique.ts";
import type { Draft } from "./draft.ts";
import { inColumns } from "./loop-columns.ts";
import { cellsOf, type RowLoop, rowComprehensionOf, rowLoopOf } from "./row-loops.ts";
import { inTurns } from "./turns.ts";
import { NoColumnForm } from "./values.ts";

/** Drafts for every loop over rows in `region`, or why one is left as it is. */
export function findRowLoops(context: RegionContext, region: Node): (Draft | Left)[] {
  const found: (Draft | Left)[] = [];
  walk(region, (node) => {
    const rows = node.kind === "For" ? rowLoopOf(context, node) : rowComprehensionOf(context, node as expr);
    if (rows === null) return;
    if (typeof rows === "string") found.push({ line: (node as For | expr).lineno, reason: rows });
    else found.push(...changesOf(context, rows));
  });
  return found;
}

function changesOf(context: RegionContext, rows: RowLoop): (Draft | Left)[] {
  const line = rows.loop.lineno;
  const cells = cellsOf(context, rows);
  if (isReachable(context, rows))
    return [{ line, reason: `\`${rows.frame.name}\` may be changed by a function that the loop calls` }];
  if (cells.read.some(({ node }) => !isEditable(context.file, node)))
    return [{ line, reason: "before Python 3.12 the parts of an f-string have no place of their own" }];
  const ways = rows.comprehension ? [inTurns] : [inColumns, inTurns];
  const made = ways.map((make) => attempted(line, () => make(context, rows, cells)));
  const drafts = made.filter((one): one is Draft => "variant" in one);
  if (drafts.length > 0) return drafts;
  // The one that needs less says better what stands in the way, unless nothing of the frame is asked for.
  const [columns, turns] = [made[0], made.at(-1)] as [Left, Left];
  if (cells.read.length + cells.stored.length === 0 && !cells.other) return [];
  return [cells.stored.length > 0 && !cells.other ? columns : turns];
}

/** Whether a function of the file that the loop calls has the frame in reach by its name. */
function isReachable({ file }: RegionContext, { frame, loop, comprehension }: RowLoop): boolean {
  const scopes = scopesOf(file);
  const here = enclosingBody(scopes.around(comprehension ?? loop));
  if (frame.variable.occurrences.every(({ scope }) => enclosingBody(scope) === here)) return false;
  let calls = false;
  walk(loop, (node) => {
    const called = node.kind === "Call" && node.func.kind === "Name" ? scopes.variable(node.func) : undefined;
    if (called?.occurrences.some(({ node: bound }) => bound.kind.endsWith("Def"))) calls = true;
  });
  return calls;
}

function attempted(line: number, make: () => Draft): Draft | Left {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof NoColumnForm)) throw error;
    return { line, reason: error.message };
  }
}
