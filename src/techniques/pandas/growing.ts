// A frame that grows by `concat` in a loop: the parts in a list, put together once after it.

import type { TextEdit } from "../../schemas/common.ts";
import type { expr, Node, stmt } from "../../source/ast.generated.ts";
import { importEdit } from "../../source/imports.ts";
import { beginsLine, blockOf, indentationStep } from "../../source/layout.ts";
import { breakLines } from "../../source/line-breaking.ts";
import { freshName } from "../../source/names.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { sourceText, walk } from "../../source/walk.ts";
import type { Left } from "../draft.ts";
import type { RegionContext } from "../technique.ts";
import type { Draft } from "./draft.ts";
import { rowOf } from "./one-row.ts";

type Loop = Extract<stmt, { kind: "For" | "While" }>;

/** `frame = pd.concat([frame, part], …)` in a loop, or `frame.loc[len(frame)] = row`. */
interface Growth {
  loop: Loop;
  /** The statement that goes: the assignment, or the `if` that treats the first part apart. */
  statement: stmt;
  variable: Variable;
  /** What is put at the end of the list in its place, by the list's name. */
  addition: string;
  /** Further changes within the loop. */
  edits: TextEdit[];
  /** What the list holds before the loop. */
  start: string;
  /** The condition under which the frame is made anew after the loop, and what it is then, by the list's name. */
  test: (list: string) => string;
  made: (list: string) => string;
  /** Where every column's values must be of one type for that: what else the frame is. */
  otherwise?: { uniform: (list: string) => string; made: (list: string) => string };
  list: "parts" | "rows";
}

/** Drafts for every frame that grows in a loop of `region`, or why one is left as it is. */
export function findGrowing(context: RegionContext, region: Node): (Draft | Left)[] {
  const found: (Draft | Left)[] = [];
  walk(region, (node) => {
    if (node.kind !== "Assign" || node.targets.length !== 1) return;
    const growths = byConcat(context, node, region) ?? byLabel(context, node, region);
    if (growths === null) return;
    if (typeof growths === "string") found.push({ line: node.lineno, reason: growths });
    else found.push(...growths.map((growth) => collected(context, growth)));
  });
  return found;
}

const width = 88;

type Assign = Extract<stmt, { kind: "Assign" }>;

function byConcat(context: RegionContext, assign: Assign, region: Node): Growth[] | string | null {
  const { file } = context;
  const scopes = scopesOf(file);
  const { value } = assign;
  const [target] = assign.targets;
  if (target?.kind !== "Name" || value.kind !== "Call") return null;
  const concat = importEdit(file, { module: "pandas", name: "concat", before: assign.start });
  if (concat.edit !== null || sourceText(file, value.func) !== concat.local) return null;
  const [parts] = value.args;
  if (value.args.length !== 1 || parts?.kind !== "List" || parts.elts.length !== 2) return null;
  const [whole, part] = parts.elts as [expr, expr];
  const variable = scopes.variable(target)!;
  if (whole.kind !== "Name" || scopes.variable(whole) !== variable) return null;
  const around = parentMap(file).get(assign);
  const firstAlone = around?.kind === "If" && takesFirstAlone(context, around, assign, variable, part);
  const statement: stmt = firstAlone ? around : assign;
  const loop = loopAround(context, statement, variable, region);
  if (loop === null || typeof loop === "string") return loop;
  const { name } = variable;
  const options = value.keywords.map((keyword) => `, ${sourceText(file, keyword)}`).join("");
  const common = { loop, statement, variable };
  const inParts: Growth = {
    ...common,
    addition: sourceText(file, part),
    edits: [],
    start: firstAlone ? "[]" : `[${name}]`,
    test: (list) => (firstAlone ? list : `len(${list}) > 1`),
    made: (list) => `${concat.local}(${list}${options})`,
    list: "parts",
  };
  const oneRow = options === ", ignore_index=True" ? rowOf(context, loop, part, firstAlone ? 2 : 1) : null;
  if (!oneRow || (!firstAlone && !startsEmpty(context, loop, variable))) return [inParts];
  const objects = holdsObjects(context, variable);
  const inRows: Growth = {
    ...common,
    addition: oneRow.text,
    edits: oneRow.edits,
    start: "[]",
    test: (list) => list,
    made: (list) => `${oneRow.frame}(${list}${oneRow.columns})${objects ? ".astype(object)" : ""}`,
    // Frames of one row each have a type of their own, which `concat` brings together otherwise than `DataFrame`.
    otherwise: {
      uniform: (list) => uniform(list, oneRow.named),
      made: (list) => {
        const each = `[${oneRow.frame}([row]${oneRow.columns}) for row in ${list}]`;
        return `${concat.local}(${firstAlone ? each : `[${name}, *${each}]`}${options})`;
      },
    },
    list: "rows",
  };
  return [inRows, inParts];
}

/** `frame.loc[len(frame)] = [a, b]` on a frame that has no rows before the loop. */
function byLabel(context: RegionContext, assign: Assign, region: Node): Growth[] | string | null {
  const { file } = context;
  const [target] = assign.targets;
  if (target?.kind !== "Subscript" || target.value.kind !== "Attribute" || target.value.attr !== "loc")
    return null;
  const holder = target.value.value;
  const variable = holder.kind === "Name" ? scopesOf(file).variable(holder) : undefined;
  if (!variable || sourceText(file, target.slice) !== `len(${variable.name})`) return null;
  if (assign.value.kind !== "List" && assign.value.kind !== "Tuple") return null;
  const loop = loopAround(context, assign, variable, region);
  if (loop === null || typeof loop === "string") return loop;
  if (!startsEmpty(context, loop, variable))
    return `\`${variable.name}\` is not shown to be empty before the loop`;
  const frame = importEdit(file, { module: "pandas", name: "DataFrame", before: assign.start });
  const numpy = importEdit(file, { module: "numpy", asName: "np", before: assign.start });
  if (frame.edit !== null || numpy.edit !== null) return "the file imports no NumPy";
  if (!keepsKinds(context, variable)) return "a row of numbers of several kinds is made one of floats";
  const { name } = variable;
  // Rows that are added by their label leave an index of integers, not a range.
  const made = (list: string) =>
    `${frame.local}(${list}, columns=${name}.columns, index=${numpy.local}.arange(len(${list})))`;
  const addition = sourceText(file, assign.value);
  return [
    {
      loop,
      statement: assign,
      variable,
      addition,
      edits: [],
      start: "[]",
      test: (list) => list,
      made,
      list: "rows",
    },
  ];
}

/**
 * Whether a row put into the frame keeps the kinds of its values: numbers alone become one kind, beside texts they stay. Told
 * by the columns of the frame that came out.
 */
function keepsKinds({ facts }: RegionContext, variable: Variable): boolean {
  const [fact, ...others] = facts.liveOut[variable.name] ?? facts.liveOut.return ?? [];
  if (!fact?.type.endsWith("DataFrame") || others.length > 0) return false;
  const columns = Object.entries(fact.attributes ?? {}).filter(([name]) => name !== "index");
  return columns.some(([, [column]]) => ["str", "object"].includes(column?.array?.dtype ?? ""));
}

/** Since pandas 3, rows put below a frame without any give columns of objects. Told by the frame that came out. */
function holdsObjects({ facts }: RegionContext, variable: Variable): boolean {
  const [fact] = facts.liveOut[variable.name] ?? facts.liveOut.return ?? [];
  const columns = Object.entries(fact?.attributes ?? {}).filter(([name]) => name !== "index");
  return columns.length > 0 && columns.every(([, [column]]) => column?.array?.dtype === "object");
}

/** Whether each column's values are of one type, and its integers of 64 bits. */
function uniform(list: string, named: boolean): string {
  const columns = named ? `zip(*(row.values() for row in ${list}))` : `zip(*${list})`;
  return `all(len(set(map(type, column))) == 1 for column in ${columns})`;
}

/** The outermost loop that lets the frame grow and does nothing else with it. */
function loopAround(
  context: RegionContext,
  statement: stmt,
  variable: Variable,
  region: Node,
): Loop | string | null {
  const { file } = context;
  const parents = parentMap(file);
  const own = usesIn(context, statement, variable);
  let inner: Loop | null = null;
  let outer: Loop | null = null;
  for (
    let at = parents.get(statement);
    at && "start" in at && "start" in region && at.start >= region.start;
    at = parents.get(at)
  ) {
    if (at.kind === "If" || at.kind === "With") continue;
    if (at.kind !== "For" && at.kind !== "While") break;
    inner ??= at;
    if (at.orelse.length > 0 || usesIn(context, at, variable) !== own) break;
    outer = at;
  }
  if (!inner) return null;
  if (!outer) return `\`${variable.name}\` is used in the loop while it grows`;
  if (!beginsLine(file, outer) || !beginsLine(file, statement))
    return "there is no place for a line beside the loop";
  return outer;
}

/** Whether the frame is made without rows by a statement right before the loop. */
function startsEmpty(context: RegionContext, loop: Loop, variable: Variable): boolean {
  const { file } = context;
  const frame = importEdit(file, { module: "pandas", name: "DataFrame", before: loop.start }).local;
  const block = blockOf(file, loop);
  for (const statement of block.slice(0, block.indexOf(loop)).reverse()) {
    if (statement.kind !== "Assign" || statement.targets.length !== 1) return false;
    const [target] = statement.targets;
    const { value } = statement;
    if (target?.kind === "Name" && scopesOf(file).variable(target) === variable)
      return (
        value.kind === "Call" &&
        sourceText(file, value.func) === frame &&
        value.args.length === 0 &&
        value.keywords.every(({ arg }) => arg === "columns")
      );
    if (usesIn(context, statement, variable) > 0) return false;
  }
  return false;
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
  const { loop, statement, variable, addition, start, test, made, otherwise } = growth;
  const { newline } = file;
  const list = freshName(file, `${variable.name}_${growth.list}`);
  const indent = file.text.slice(file.lineStarts[loop.lineno - 1], loop.start);
  const step = indentationStep(file);
  const assigned = (value: string) => `${variable.name} = ${value}`;
  const after = otherwise
    ? [
        `if ${test(list)}:`,
        `${step}if ${otherwise.uniform(list)}:`,
        step + step + assigned(made(list)),
        `${step}else:`,
        step + step + assigned(otherwise.made(list)),
      ]
    : [`if ${test(list)}:`, step + assigned(made(list))];
  const lines = after.map((line) => {
    const own = indent + /^\s*/.exec(line)![0];
    return breakLines(line.trim(), own, step, width, newline);
  });
  const edits: TextEdit[] = [
    { start: loop.start, end: loop.start, text: `${list} = ${start}${newline}${indent}` },
    { start: statement.start, end: statement.end, text: `${list}.append(${addition})` },
    { start: loop.end, end: loop.end, text: lines.map((line) => newline + line).join("") },
    ...growth.edits,
  ];
  const what =
    growth.list === "parts"
      ? `Puts the parts of \`${variable.name}\` together`
      : `Makes \`${variable.name}\` of its rows`;
  return {
    variant: "growing",
    line: statement.lineno,
    summary: `${what} once instead of copying all of it for each`,
    edits,
    packages: [],
    assumptions: [],
    tolerance: null,
  };
}
