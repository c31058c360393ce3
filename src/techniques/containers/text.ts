// Text or bytes that a loop copies as a whole to add a piece: the pieces in a list, joined once.
// Not `text += piece` on a local name: CPython adds to that in place. It cannot for bytes, for a piece put in front, for
// several pieces one after another (`text = text + a + b`, where `text += a + b` will do), nor, since 3.11, at module level.

import type { TextEdit } from "../../schemas/common.ts";
import type { expr, Node, stmt } from "../../source/ast.generated.ts";
import { beginsLine, blockOf, lineBefore, statementOf } from "../../source/layout.ts";
import { freshName } from "../../source/names.ts";
import { type RegionNode, regionNode } from "../../source/regions.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { isEditable, sourceText, walk } from "../../source/walk.ts";
import { loopsAround, type Repeating } from "../analysis/loops.ts";
import { isOnly, type ShapeOf, shapesIn } from "../analysis/shapes.ts";
import type { RegionContext } from "../technique.ts";
import { isDefinedBefore } from "./defined.ts";
import type { Draft, Findings } from "./draft.ts";
import { lineAfterLoop } from "./local-list.ts";

/** One statement that adds a piece, in front or behind. */
interface Addition {
  statement: stmt;
  variable: Variable;
  piece: expr;
  inFront: boolean;
}

type Loop = Extract<Repeating, { kind: "For" | "While" }>;

/** Changes for all text and bytes that loops of the region build piece by piece. */
export function findTexts(context: RegionContext): Findings {
  const { file } = context;
  const region = regionNode(file, context.region);
  const shapeOf = shapesIn(context, region);
  const findings: Findings = { drafts: [], refusals: [] };
  const groups = new Map<Variable, Addition[]>();
  walk(region, (node) => {
    const addition = additionAt(context, node, shapeOf);
    if (!addition || loopsAround(file, addition.statement, region).length === 0) return;
    groups.set(addition.variable, [...(groups.get(addition.variable) ?? []), addition]);
  });
  findings.drafts.push(...severalPieces(context, region, shapeOf));
  for (const [variable, additions] of groups) {
    const outcome = change(context, region, variable, additions, shapeOf);
    if (typeof outcome === "string")
      findings.refusals.push({ line: additions[0]!.statement.lineno, reason: outcome });
    else findings.drafts.push(outcome);
  }
  return findings;
}

/** `data += piece`, `data = data + piece` of bytes; `text = piece + text` of either. */
function additionAt(context: RegionContext, node: Node, shapeOf: ShapeOf): Addition | null {
  const scopes = scopesOf(context.file);
  if (node.kind === "AugAssign" && node.op === "Add" && node.target.kind === "Name") {
    const variable = scopes.variable(node.target);
    const areAll = (type: string) =>
      isOnly(shapeOf(node.value), type) && isOnly(shapeOf(node.target as expr), type);
    const isCopied = areAll("bytes") || (areAll("str") && isCopiedByPlace(context, variable));
    return isCopied && variable ? { statement: node, variable, piece: node.value, inFront: false } : null;
  }
  if (node.kind !== "Assign" || node.targets.length !== 1 || node.targets[0]!.kind !== "Name") return null;
  const { value } = node;
  const variable = scopes.variable(node.targets[0]!);
  if (!variable || value.kind !== "BinOp" || value.op !== "Add") return null;
  const isItself = (one: expr) => one.kind === "Name" && scopes.variable(one) === variable;
  const bothAre = (type: string) => isOnly(shapeOf(value.left), type) && isOnly(shapeOf(value.right), type);
  if (isItself(value.right) && !isItself(value.left) && (bothAre("str") || bothAre("bytes")))
    return { statement: node, variable, piece: value.left, inFront: true };
  const isCopied = bothAre("bytes") || (bothAre("str") && isCopiedByPlace(context, variable));
  if (isItself(value.left) && !isItself(value.right) && isCopied)
    return { statement: node, variable, piece: value.right, inFront: false };
  return null;
}

/** Whether text is copied as a whole even by `+=`, for where its name lives. */
const isCopiedByPlace = ({ file, python }: RegionContext, variable: Variable | undefined): boolean =>
  variable?.scope === scopesOf(file).module && python.version[1] >= 11;

/** `text = text + a + b` on local names, which copies the text for each piece but the last: `text += a + b`. */
function severalPieces(context: RegionContext, region: RegionNode, shapeOf: ShapeOf): Draft[] {
  const { file } = context;
  const scopes = scopesOf(file);
  const drafts: Draft[] = [];
  walk(region, (node) => {
    if (node.kind !== "Assign" || node.targets.length !== 1 || loopsAround(file, node, region).length === 0)
      return;
    const [target] = node.targets as [expr];
    const pieces = piecesOf(node.value);
    const [first, second] = pieces;
    if (target.kind !== "Name" || first?.kind !== "Name" || !second || pieces.length < 3) return;
    const variable = scopes.variable(target);
    if (!variable || variable !== scopes.variable(first) || variable.scope.kind !== "function") return;
    const isNamedAgain = pieces
      .slice(1)
      .some((piece) => piece.kind === "Name" && scopes.variable(piece) === variable);
    if (isNamedAgain || !pieces.every((piece) => isOnly(shapeOf(piece), "str")) || !isEditable(file, node))
      return;
    const between = file.text.slice(first.end, second.start);
    const isBare = node.value.end === node.end && /^\s*=\s*$/.test(file.text.slice(target.end, first.start));
    if (!/^\s*\+\s*$/.test(between) || !isBare) return;
    drafts.push({
      variant: "text",
      summary: `Adds the pieces of \`${target.id}\` as one, which Python does in place, instead of copying all of it`,
      edits: [{ start: target.end, end: second.start, text: " += " }],
      assumptions: [`The pieces of \`${target.id}\` are of the types seen.`],
    });
  });
  return drafts;
}

/** `a`, `b`, `c` of `a + b + c`. */
function piecesOf(value: expr): expr[] {
  return value.kind === "BinOp" && value.op === "Add" ? [...piecesOf(value.left), value.right] : [value];
}

function change(
  context: RegionContext,
  region: RegionNode,
  variable: Variable,
  additions: readonly Addition[],
  shapeOf: ShapeOf,
): Draft | string {
  const { file } = context;
  const { name } = variable;
  const { inFront, piece } = additions[0]!;
  if (additions.some((one) => one.inFront !== inFront)) return `${name} grows at both ends`;
  if (variable.occurrences.some(({ scope }) => scope !== variable.scope))
    return `${name} is seen by other functions`;
  const own = new Set<Node>();
  for (const { statement } of additions)
    walk(statement, (part) => {
      if (part.kind === "Name" && scopesOf(file).variable(part) === variable) own.add(part);
    });
  const loop = loopsAround(file, additions[0]!.statement, region).findLast(
    (at): at is Loop => (at.kind === "For" || at.kind === "While") && isUsedOnlyBy(variable, own, at),
  );
  if (!loop) return `${name} is read while it grows`;
  if (!additions.every(({ statement }) => isWithin(statement, loop) && isEditable(file, statement)))
    return `${name} grows in several loops`;
  if (isInTry(context, loop)) return `${name} may be used after an exception in the loop`;
  if (!beginsLine(file, loop)) return "there is no place for a line before the loop";
  if (!isDefinedBefore(context, { text: name, name, variable }, loop))
    return `${name} may not have a value before the loop`;
  const parts = freshName(file, `${name}_parts`);
  const edits: TextEdit[] = additions.map(({ statement, piece: one }) => ({
    start: statement.start,
    end: statement.end,
    text: `${parts}.append(${sourceText(file, one)})`,
  }));
  const empty = isOnly(shapeOf(piece), "bytes") ? 'b""' : '""';
  const joined = `${empty}.join(${inFront ? `reversed(${parts})` : parts})`;
  const beginning = region === loop ? null : emptyBefore(context, variable, loop);
  if (beginning) edits.push({ start: beginning.start, end: beginning.end, text: `${parts} = []` });
  else edits.push(lineBefore(file, loop, `${parts} = []`));
  const whole = inFront ? `${name} = ${joined} + ${name}` : `${name} += ${joined}`;
  const after = lineAfterLoop(context, loop, beginning ? `${name} = ${joined}` : whole);
  if (!after) return "there is no place for a line after the loop";
  return {
    variant: "text",
    summary: `Joins the pieces of \`${name}\` once instead of copying all of it for each`,
    edits: [...edits, after],
    assumptions: [`The pieces of \`${name}\` are of the types seen.`],
  };
}

const isWithin = (inner: { start: number; end: number }, outer: { start: number; end: number }) =>
  outer.start <= inner.start && inner.end <= outer.end;

function isUsedOnlyBy(variable: Variable, own: ReadonlySet<Node>, loop: Loop): boolean {
  return variable.occurrences.every(
    ({ node }) => own.has(node) || !("start" in node) || !isWithin(node, loop),
  );
}

/** `text = ""` right before the loop: the list takes its place. */
function emptyBefore({ file }: RegionContext, variable: Variable, loop: Loop): stmt | null {
  const block = blockOf(file, statementOf(file, loop));
  const before = block[block.indexOf(loop) - 1];
  if (before?.kind !== "Assign" || before.targets.length !== 1 || before.value.kind !== "Constant")
    return null;
  const { value } = before.value;
  const isEmpty = /^b?(""|'')$/.test(sourceText(file, before.value)) && ["str", "bytes"].includes(value.type);
  return isEmpty && scopesOf(file).variable(before.targets[0]!) === variable ? before : null;
}

function isInTry({ file }: RegionContext, node: Node): boolean {
  const parents = parentMap(file);
  const scope = scopesOf(file).around(node).node;
  for (let at = parents.get(node); at && at !== scope; at = parents.get(at))
    if (at.kind === "Try" || at.kind === "With") return true;
  return false;
}
