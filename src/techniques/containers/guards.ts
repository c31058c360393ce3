// Whether a list is known to hold something when an item is taken from it.

import type { expr, Node } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { dottedName, parentMap } from "../../source/uses.ts";
import type { RegionContext } from "../technique.ts";

/**
 * Whether `taking` (a `pop` and the like) runs only right after a test that the list is not empty, with none of the other
 * `removals` in between.
 */
export function isGuarded(file: SourceFile, list: string, taking: Node, removals: readonly Node[]): boolean {
  const parents = parentMap(file);
  let below = taking;
  for (let at = parents.get(taking); at; below = at, at = parents.get(at)) {
    if (at.kind === "FunctionDef" || at.kind === "Lambda") return false;
    if (at.kind !== "While" && at.kind !== "If") continue;
    const inBody = at.body.some((statement) => statement === below);
    if (!inBody || !impliesItems(at.test, list)) continue;
    const { start } = at;
    const own = position(taking);
    return !removals.some((other) => other !== taking && position(other) >= start && position(other) < own);
  }
  return false;
}

/**
 * Why a taking that is not guarded must stay as it is: an empty list was met, or an error is caught nearby, and the new form
 * raises another error or another text. Null when that was never seen; the caller states it as an assumption.
 */
export function emptinessObstacle(
  { file, facts }: RegionContext,
  list: string,
  takings: readonly Node[],
): string | null {
  const seen = Object.keys(facts.exceptions).find((type) => /\b(IndexError|ValueError)$/.test(type));
  if (seen) return `items are taken from ${list} while it is empty, and the error would be another`;
  const parents = parentMap(file);
  for (const taking of takings)
    for (let at = parents.get(taking); at && at.kind !== "FunctionDef"; at = parents.get(at))
      if (at.kind === "Try") return `an error may be caught when ${list} is empty, and it would be another`;
  return null;
}

const position = (node: Node) => ("start" in node ? node.start : 0);

/** Whether the truth of `test` means that the list has an item: `q`, `len(q)`, `len(q) > 0`, `q and …`. */
function impliesItems(test: expr, list: string): boolean {
  if (test.kind === "BoolOp")
    return test.op === "And" && test.values.some((value) => impliesItems(value, list));
  if (dottedName(test) === list || isLength(test, list)) return true;
  if (test.kind !== "Compare" || test.ops.length !== 1) return false;
  const [op, right] = [test.ops[0]!, test.comparators[0]!];
  if (isLength(test.left, list))
    return isNumber(right, op === "GtE" ? "1" : "0") && ["Gt", "NotEq", "GtE"].includes(op);
  return isLength(right, list) && isNumber(test.left, "0") && ["Lt", "NotEq"].includes(op);
}

function isLength(node: expr, list: string): boolean {
  return (
    node.kind === "Call" &&
    dottedName(node.func) === "len" &&
    node.args.length === 1 &&
    dottedName(node.args[0]!) === list
  );
}

function isNumber(node: expr, text: string): boolean {
  return node.kind === "Constant" && node.value.type === "int" && node.value.text === text;
}
