// A frame that grows by `concat` in a loop: the parts in a list, put together once after it.

import type { TextEdit } from "../../schemas/common.ts";
import type { expr, Node, stmt } from "../../source/ast.generated.ts";
import { importEdit } from "../../source/imports.ts";
import { beginsLine, indentationStep } from "../../source/layout.ts";
import { freshName } from "../../source/names.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { sourceText, walk } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";
import type { Draft, Left } from "./draft.ts";

type Loop = Extract<stmt, { kind: "For" | "While" }>;

/** `frame = pd.concat([frame, part], …)` in a loop. */
interface Growth {
  loop: Loop;
  /** The statement that goes: the assignment, or the `if` that treats the first part apart. */
  statement: stmt;
  variable: Variable;
  /** The part that is added, and the text of concat's other arguments. */
  part: expr;
  options: string;
  /** What was added first is taken as it is: `if len(frame) == 0: frame = part`. */
  firstAlone: boolean;
}

/** Drafts for every frame that grows in a loop of `region`, or why one is left as it is. */
export function findGrowing(context: RegionContext, region: Node): (Draft | Left)[] {
  const found: (Draft | Left)[] = [];
  walk(region, (node) => {
    if (node.kind !== "Assign") return;
    const growth = growthOf(context, node, region);
    if (growth === null) return;
    found.push(
      typeof growth === "string" ? { line: node.lineno, reason: growth } : collected(context, growth),
    );
  });
  return found;
}

function growthOf(
  context: RegionContext,
  assign: Extract<stmt, { kind: "Assign" }>,
  region: Node,
): Growth | string | null {
  const { file } = context;
  const scopes = scopesOf(file);
  const { value } = assign;
  const [target] = assign.targets;
  if (assign.targets.length !== 1 || target?.kind !== "Name" || value.kind !== "Call") return null;
  const concat = importEdit(file, { module: "pandas", name: "concat", before: assign.start });
  if (concat.edit !== null || sourceText(file, value.func) !== concat.local) return null;
  const [parts] = value.args;
  if (value.args.length !== 1 || parts?.kind !== "List" || parts.elts.length !== 2) return null;
  const [whole, part] = parts.elts as [expr, expr];
  const variable = scopes.variable(target)!;
  if (whole.kind !== "Name" || scopes.variable(whole) !== variable) return null;
  const parents = parentMap(file);
  let statement: stmt = assign;
  let firstAlone = false;
  const around = parents.get(assign);
  if (around?.kind === "If") {
    if (!takesFirstAlone(context, around, assign, variable, part))
      return `what is added depends on a condition`;
    statement = around;
    firstAlone = true;
  }
  const loop = parents.get(statement);
  if ((loop?.kind !== "For" && loop?.kind !== "While") || !loop.body.includes(statement)) return null;
  if (loop !== region && loop.start < (region as Loop).start) return null;
  if (usesIn(context, loop, variable) !== usesIn(context, statement, variable))
    return `\`${target.id}\` is used in the loop while it grows`;
  if (loop.orelse.length > 0 || !beginsLine(file, loop) || !beginsLine(file, statement))
    return "there is no place for a line beside the loop";
  const options = value.keywords.map((keyword) => `, ${sourceText(file, keyword)}`).join("");
  return { loop, statement, variable, part, options, firstAlone };
}

/** `if len(frame) == 0: frame = part` with the concat in its `else`. */
function takesFirstAlone(
  context: RegionContext,
  node: Extract<stmt, { kind: "If" }>,
  assign: stmt,
  variable: Variable,
  part: expr,
): boolean {
  const { file } = context;
  const name = variable.name;
  const empty = new Set([`len(${name}) == 0`, `${name}.empty`, `not len(${name})`]);
  const [first] = node.body;
  return (
    empty.has(sourceText(file, node.test)) &&
    node.body.length === 1 &&
    node.orelse.length === 1 &&
    node.orelse[0] === assign &&
    first?.kind === "Assign" &&
    first.targets.length === 1 &&
    sourceText(file, first.targets[0]!) === name &&
    sourceText(file, first.value) === sourceText(file, part)
  );
}

function usesIn(context: RegionContext, within: Node, variable: Variable): number {
  const scopes = scopesOf(context.file);
  let uses = 0;
  walk(within, (node) => {
    if (node.kind === "Name" && scopes.variable(node) === variable) uses++;
  });
  return uses;
}

function collected(context: RegionContext, growth: Growth): Draft {
  const { file } = context;
  const { loop, statement, variable, part, options, firstAlone } = growth;
  const { newline } = file;
  const parts = freshName(file, `${variable.name}_parts`);
  const indent = file.text.slice(file.lineStarts[loop.lineno - 1], loop.start);
  const concat = importEdit(file, { module: "pandas", name: "concat", before: statement.start }).local;
  const start = firstAlone ? "[]" : `[${variable.name}]`;
  const test = firstAlone ? parts : `len(${parts}) > 1`;
  const after = [`if ${test}:`, `${indentationStep(file)}${variable.name} = ${concat}(${parts}${options})`];
  const edits: TextEdit[] = [
    { start: loop.start, end: loop.start, text: `${parts} = ${start}${newline}${indent}` },
    { start: statement.start, end: statement.end, text: `${parts}.append(${sourceText(file, part)})` },
    { start: loop.end, end: loop.end, text: after.map((line) => newline + indent + line).join("") },
  ];
  return {
    variant: "growing",
    line: statement.lineno,
    summary: `Puts the parts of \`${variable.name}\` together once instead of copying all of it for each`,
    edits,
    packages: [],
    assumptions: [],
    tolerance: null,
  };
}
