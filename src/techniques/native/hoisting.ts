// Work before a loop in place of work in each of its turns: where it goes, and what the loop says then.

import type { TextEdit } from "../../schemas/common.ts";
import type { expr, Node, stmt } from "../../source/ast.generated.ts";
import { beginsLine, blockOf, lineBefore, placeBefore } from "../../source/layout.ts";
import { scopesOf } from "../../source/scopes.ts";
import { isEditable } from "../../source/walk.ts";
import { isSteady, type Loop } from "./steady.ts";
import type { Subject } from "./subject.ts";

/** The loops of the region around `node` that reach it in every turn, outermost first. */
export function loopsAround(subject: Subject, node: Node): Loop[] {
  const found: Loop[] = [];
  let below = node;
  for (
    let at = subject.parents.get(node);
    at && below !== subject.region;
    below = at, at = subject.parents.get(at)
  ) {
    if (at.kind.endsWith("Def") || at.kind === "Lambda") break;
    // Loops further out may not come to it.
    if ((at.kind === "If" || at.kind === "IfExp") && below !== at.test) break;
    if (at.kind === "BoolOp" && below !== at.values[0]) break;
    if (["Try", "ExceptHandler", "Match", "match_case"].includes(at.kind)) break;
    if (at.kind === "For" && at.body.includes(below as stmt)) found.unshift(at);
    else if (at.kind === "While" && below !== at.test && at.body.includes(below as stmt)) found.unshift(at);
    else if (at.kind === "ListComp" && below === at.elt && at.generators.every(({ ifs }) => ifs.length === 0))
      found.unshift(at);
  }
  return found;
}

/** The outermost of the loops in which all of `nodes` stay the same; null when there is none. */
export function outermostSteady(
  subject: Subject,
  loops: readonly Loop[],
  nodes: readonly expr[],
  assumed: Set<string>,
): Loop | null {
  for (const loop of loops) {
    const own = new Set<string>();
    if (!placeBefore(subject.file, loop) || !nodes.every((node) => isSteady(subject, loop, node, own)))
      continue;
    for (const sentence of own) assumed.add(sentence);
    return loop;
  }
  return null;
}

/** Sets `name` to `value` before the loop, and puts `replacement` in the place of `node`. */
export function hoisted(
  subject: Subject,
  loop: Loop,
  { name, value }: { name: string; value: string },
  node: expr,
  replacement: string,
): TextEdit[] | null {
  if (!isEditable(subject.file, node)) return null;
  const place = placeBefore(subject.file, loop)!;
  return [lineBefore(subject.file, place, `${name} = ${value}`), subject.replacement(node, replacement)];
}

/** Moves `name = node` from the loop to before it, where the name is read in the loop alone; null where it cannot be moved. */
export function moved(subject: Subject, loop: Loop, node: expr): TextEdit[] | null {
  const { file } = subject;
  const statement = subject.parents.get(node);
  if (statement?.kind !== "Assign" || statement.targets.length !== 1 || !beginsLine(file, statement))
    return null;
  const [target] = statement.targets;
  const variable = target!.kind === "Name" ? scopesOf(file).variable(target!) : undefined;
  const inLoop = (at: Node) => "start" in at && loop.start <= at.start && at.end <= loop.end;
  if (!variable?.occurrences.every((one) => inLoop(one.node)) || blockOf(file, statement).length < 2)
    return null;
  if (variable.occurrences.filter(({ action }) => action !== "read").length !== 1) return null;
  const start = file.lineStarts[statement.lineno - 1]!;
  const end = file.lineStarts[statement.endLineno] ?? file.text.length;
  if (file.text.slice(statement.end, end).trimStart().startsWith(";")) return null;
  const place = placeBefore(file, loop)!;
  return [lineBefore(file, place, file.text.slice(statement.start, end).trimEnd()), { start, end, text: "" }];
}

/** What rests on the loop being reached by what is now done before it. */
export const doneBefore = (text: string): string =>
  `\`${text}\` can be computed, as in every recorded call; where it cannot, the error comes before the loop instead of in it.`;

/** A name for what is made of `node` before the loop, `A_inverse` for `np.linalg.inv(A)`; the same for the same value. */
export function nameFor(subject: Subject, loop: Loop, node: expr, what: string, value: string): string {
  const name = /[A-Za-z]\w*(?=\W*$)/.exec(subject.text(node))?.[0] ?? "value";
  const root = node.kind === "Name" ? node.id : node.kind === "Attribute" ? node.attr : name;
  return subject.valueBefore(loop, value, `${root.replace(/^_+/, "")}_${what}`);
}
