// A list that lives in one scope only, and how a region may give it another form while it runs.

import type { TextEdit } from "../../schemas/common.ts";
import type { Call, Node, stmt } from "../../source/ast.generated.ts";
import { beginsLine, lineBefore, statementOf } from "../../source/layout.ts";
import type { Located } from "../../source/node.ts";
import { type RegionNode, regionNode } from "../../source/regions.ts";
import { enclosingBody, scopesOf } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { loopsAround } from "../analysis/loops.ts";
import { boundValue, isPrivate, placesOf, type Subject } from "../analysis/subject.ts";
import type { RegionContext } from "../technique.ts";

/** Where the form of a list changes: at its own bindings, all inside the region, or at the borders of the loop. */
export type Conversion =
  | { at: "bindings"; bindings: Node[] }
  | { at: "borders"; before: stmt; after: boolean };

/** How `subject` can change its form in the region; a sentence when it cannot. */
export function conversionOf(context: RegionContext, subject: Subject): Conversion | string {
  const { file, region } = context;
  if (subject.text !== subject.variable.name)
    return `${subject.text} is not a local name, so other code may use it`;
  if (!isPrivate(context, subject)) return `other code may hold the list ${subject.text} too`;
  const node = regionNode(file, region);
  const binds = subject.variable.occurrences.filter(({ action }) => action !== "read").map((one) => one.node);
  const everywhere = placesOf(context, subject, subject.variable.scope.node);
  const isInside = (place: Node) => "start" in place && place.start >= node.start && place.end <= node.end;
  if (everywhere.every(isInside)) return { at: "bindings", bindings: binds };
  if (node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef")
    return `${subject.text} belongs to code outside the function`;
  if (binds.some(isInside)) return `${subject.text} is bound anew in the loop`;
  const scopes = scopesOf(file);
  if (
    everywhere.some(
      (place) => !isInside(place) && enclosingBody(scopes.around(place)) !== subject.variable.scope,
    )
  )
    return `a function outside the loop uses ${subject.text}`;
  if (!beginsLine(file, node)) return "there is no place for a line before the loop";
  const after = region.liveOut.includes(subject.text) || isUsedOutside(context, subject, node);
  if (after && isInTry(context, node)) return `${subject.text} may be used after an exception in the loop`;
  return { at: "borders", before: node, after };
}

/** Used by code that may run after the loop, whether or not this turn: any place below it, or a loop around both. */
function isUsedOutside(context: RegionContext, subject: Subject, node: RegionNode): boolean {
  const outermost = subject.variable.scope.node;
  const around = loopsAround(context.file, node, outermost).at(-1);
  const isWithin = (place: Located, loop: Located | undefined) =>
    loop !== undefined && loop.start <= place.start && place.end <= loop.end;
  return (
    context.region.liveOut.includes(subject.text) ||
    placesOf(context, subject, outermost).some(
      (place) => place.start >= node.end || (place.end <= node.start && isWithin(place, around)),
    )
  );
}

function isInTry({ file }: RegionContext, node: Node): boolean {
  const parents = parentMap(file);
  const scope = scopesOf(file).around(node).node;
  for (let at = parents.get(node); at && at !== scope; at = parents.get(at))
    if (at.kind === "Try" || at.kind === "With") return true;
  return false;
}

/** The edit that puts a line right after the loop, inside the region; null when something else stands on its last line. */
export function lineAfterLoop({ file }: RegionContext, loop: stmt, line: string): TextEdit | null {
  const rest = /^[^\r\n]*/.exec(file.text.slice(loop.end, loop.end + 2000))![0];
  if (rest.trim() !== "") return null;
  const { start, lineno } = loop;
  const lead = file.text.slice(file.lineStarts[lineno - 1], start);
  return { start: loop.end, end: loop.end, text: file.newline + lead + line };
}

/** Edits that give the list another form: `wrap` makes it from a list expression, `unwrap` makes a list of it again. */
export function convert(
  context: RegionContext,
  subject: Subject,
  conversion: Conversion,
  wrap: (list: string) => string,
  unwrap: string,
): TextEdit[] | string {
  const { file } = context;
  if (conversion.at === "borders") {
    const edits = [lineBefore(file, conversion.before, `${subject.text} = ${wrap(subject.text)}`)];
    if (!conversion.after) return edits;
    const after = lineAfterLoop(context, conversion.before, `${subject.text} = ${unwrap}`);
    return after ? [...edits, after] : "there is no place for a line after the loop";
  }
  return conversion.bindings.flatMap((node) => {
    const value = boundValue(context, node)!;
    const { start, end } = value;
    if (file.text.slice(start, end) === "[]") return [{ start, end, text: wrap("") }];
    // Around the value, so that other changes can be made within it.
    const [before, after] = wrap("\0").split("\0") as [string, string];
    const given = value.kind === "Call" && isListCall(value) ? value.args[0]! : value;
    return [
      { start, end: given.start, text: before },
      { start: given.end, end, text: after },
    ];
  });
}

/** `list(items)`, a copy that need not be made twice. */
const isListCall = ({ func, args }: Call) => func.kind === "Name" && func.id === "list" && args.length === 1;

/** The statement of an expression statement's call, to be removed with its line. */
export function removeStatement({ file }: RegionContext, node: Node): TextEdit | null {
  const statement = statementOf(file, node);
  if (!beginsLine(file, statement)) return null;
  const start = file.lineStarts[statement.lineno - 1]!;
  const end = file.lineStarts[statement.endLineno] ?? file.text.length;
  const rest = file.text.slice(statement.end, end).trim();
  return rest === "" ? { start, end, text: "" } : null;
}
