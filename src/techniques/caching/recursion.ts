// Recursion that computes the same subproblems again and again: their results are kept.

import type { TextEdit } from "../../schemas/common.ts";
import type { arg, Call, Node } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { importEdit } from "../../source/imports.ts";
import { beginsLine, firstCommentAbove, indentationStep, lineBefore } from "../../source/layout.ts";
import { freshName } from "../../source/names.ts";
import { scopesOf } from "../../source/scopes.ts";
import { isLocated } from "../../source/tree.ts";
import { isEditable, sourceText, walk } from "../../source/walk.ts";
import { loopsAround } from "../analysis/loops.ts";
import type { RegionContext } from "../technique.ts";
import type { Draft } from "./draft.ts";
import { handedOn, isOwnMethod, type Subject } from "./subject.ts";
import { handedOut, keysOf } from "./values.ts";

/** Fewer repeats than this are not what makes a recursion slow. */
const fewestRepeats = 0.3;
/** Each kept call takes up to three frames of Python's own where the plain one took one, and 1000 are allowed. */
export const deepest = 150;

/** Whether one call may lead to several calls of the function itself. */
export function branches({ file }: RegionContext, { node, selfCalls }: Subject): boolean {
  return selfCalls.length > 1 || selfCalls.some((call) => loopsAround(file, call, node).length > 0);
}

/** The change; a sentence when the results must not be kept; null when few of them are computed twice. */
export function keepSubproblems(context: RegionContext, subject: Subject): Draft | string | null {
  const { facts } = context;
  const seen = facts.repeats;
  if (!seen || seen.looked < 20 || seen.again < fewestRepeats * seen.looked) return null;
  if (seen.depth > deepest)
    return `it calls itself more than ${deepest} times deep, and keeping results takes more of Python's stack`;
  const result = handedOut(facts.liveOut.return);
  if (typeof result === "string") return result;
  if (result("result") !== "result")
    return "its result is a list or the like, which whoever gets it may change";
  const unchanged = subject.parameters.filter((one, at) => isHandedDown(context, subject, one, at));
  const varying = subject.parameters.filter((one) => !unchanged.includes(one));
  if (varying.length === 0) return null;
  const { method } = subject;
  const keys = keysOf(
    varying.map((one) => one.arg),
    facts,
  );
  if (typeof keys === "string") return keys;
  const rate = `${Math.round((100 * seen.again) / seen.looked)}% of the calls looked at had been made before`;
  const assumptions = [`The arguments that differ between calls are of the types seen: ${keys.types}.`];
  if (unchanged.length > 0 || method !== null) {
    const edits = nest(context, subject, varying, unchanged, keys.typed);
    if (typeof edits === "string") return edits;
    const left = method === null ? unchanged : [method.self, ...unchanged];
    const given = left.map((one) => `\`${one.arg}\``).join(" and ");
    return {
      variant: "recursion",
      summary: `Keeps the result of every subproblem of \`${subject.node.name}\` while one call of it runs, with ${given} left out of the recursion (${rate})`,
      edits,
      assumptions: [
        ...assumptions,
        "The results are kept in memory until the outermost call ends, one per subproblem.",
      ],
    };
  }
  const passedOn = handedOn(context, subject);
  if (passedOn !== null) return passedOn;
  return {
    variant: "recursion",
    summary: `Keeps the result of every call of \`${subject.node.name}\`, which computes the same ones again and again (${rate})`,
    edits: decorate(context, subject, keys.typed),
    assumptions: [
      ...assumptions,
      `The results stay in memory until ${subject.variable.scope.kind === "module" ? "the program ends" : "the function around it is left"}, one per distinct call (${seen.distinct}${seen.distinct < 4096 ? "" : " or more"} among those looked at).`,
    ],
  };
}

/** Whether every call of itself hands the parameter down as it is, and nothing else is ever bound to it. */
function isHandedDown({ file }: RegionContext, { node, selfCalls }: Subject, one: arg, at: number): boolean {
  const scopes = scopesOf(file);
  const variable = scopes.lookup(scopes.opened(node)!, one.arg);
  if (variable?.occurrences.filter(({ action }) => action !== "read").length !== 1) return false;
  return selfCalls.every(({ args, keywords }) => {
    const given = args[at];
    return keywords.length === 0 && given?.kind === "Name" && scopes.variable(given) === variable;
  });
}

function decorate(context: RegionContext, { node }: Subject, typed: boolean): TextEdit[] {
  const kept = cacheImport(context, node.start, typed);
  return [...kept.edits, lineBefore(context.file, node, kept.decorator)];
}

function cacheImport({ file }: RegionContext, before: number, typed: boolean) {
  const name = typed ? "lru_cache" : "cache";
  const { edit, local } = importEdit(file, { module: "functools", name, before });
  return {
    edits: edit ? [edit] : [],
    decorator: typed ? `@${local}(maxsize=None, typed=True)` : `@${local}`,
  };
}

/** The body becomes an inner function of the arguments that vary, whose results are kept while the outer one runs. */
function nest(
  context: RegionContext,
  subject: Subject,
  varying: readonly arg[],
  unchanged: readonly arg[],
  typed: boolean,
): TextEdit[] | string {
  const { file } = context;
  const { node, selfCalls } = subject;
  if (mentionsIn(context, subject) !== selfCalls.length)
    return "it uses its own name other than to call itself";
  const documented = docstringOf(node.body[0]!);
  const first = node.body[documented ? 1 : 0];
  if (!first || !beginsLine(file, first)) return "its body stands on the line of its head";
  const inner = freshName(file, "solve");
  const kept = cacheImport(context, node.start, typed);
  const lead = file.text.slice(file.lineStarts[first.lineno - 1], first.start);
  const indented = indentBody(file, node, first.lineno);
  if (typeof indented === "string") return indented;
  const parameters = varying.map((one) => sourceText(file, one)).join(", ");
  const returns = node.returns ? ` -> ${sourceText(file, node.returns)}` : "";
  const head = `${lead}${kept.decorator}${file.newline}${lead}def ${inner}(${parameters})${returns}:${file.newline}`;
  const last = node.body.at(-1)!;
  const call = `${inner}(${varying.map((one) => one.arg).join(", ")})`;
  const blank = file.newline.repeat(2);
  const edits: TextEdit[] = [
    ...kept.edits,
    {
      start: indented.start,
      end: indented.start,
      text: `${documented && !indented.spaced ? file.newline : ""}${head}`,
    },
    ...indented.edits,
    { start: last.end, end: last.end, text: `${blank}${lead}return ${call}` },
  ];
  for (const one of selfCalls) {
    if (!isEditable(file, one)) return "it calls itself in an f-string";
    const positions = unchanged.map((parameter) => subject.parameters.indexOf(parameter));
    const changed = shorten(one, inner, positions, subject.parameters.length);
    if (changed === null) return "it calls itself with fewer arguments than it has, or by name";
    edits.push(...changed);
  }
  return edits;
}

/** How often the function's own name stands in its body. */
function mentionsIn(context: RegionContext, { node, variable, method }: Subject): number {
  if (method === null)
    return variable.occurrences.filter(
      ({ node: place }) => isLocated(place) && place.start > node.start && place.end <= node.end,
    ).length;
  let count = 0;
  walk(node, (part) => {
    if (isOwnMethod(context, part, method.self, node.name)) count++;
  });
  return count;
}

/** `f(a, b, c)` → `solve(a, c)`: the call's name, and the arguments at `positions` taken out. */
function shorten(
  call: Call,
  inner: string,
  positions: readonly number[],
  parameters: number,
): TextEdit[] | null {
  const { func, args, keywords } = call;
  if (keywords.length > 0 || args.length !== parameters || args.some((one) => one.kind === "Starred"))
    return null;
  const edits: TextEdit[] = [{ start: func.start, end: func.end, text: inner }];
  const last = args.findLastIndex((_, at) => !positions.includes(at));
  for (const at of positions) {
    if (at < last) edits.push({ start: args[at]!.start, end: args[at + 1]!.start, text: "" });
    else if (at === last + 1) edits.push({ start: args[last]!.end, end: args.at(-1)!.end, text: "" });
  }
  return edits;
}

function docstringOf(statement: Node): boolean {
  return (
    statement.kind === "Expr" && statement.value.kind === "Constant" && statement.value.value.type === "str"
  );
}

/** Edits that put the lines from `line`, with the comments right above it, to the end of the function one level deeper. */
function indentBody(
  file: SourceFile,
  node: Node & { endLineno: number; end: number },
  line: number,
): { start: number; spaced: boolean; edits: TextEdit[] } | string {
  const startOf = (number: number) => file.lineStarts[number - 1]!;
  const textOf = (number: number) =>
    file.text.slice(startOf(number), file.lineStarts[number] ?? file.text.length);
  const from = firstCommentAbove(file, line);
  const step = indentationStep(file);
  const edits: TextEdit[] = [];
  for (let number = from; number <= node.endLineno; number++) {
    const start = startOf(number);
    if (textOf(number).trim() === "") continue;
    if (isInString(node, start)) return "a text of several lines stands in its body";
    edits.push({ start, end: start, text: step });
  }
  return { start: startOf(from), spaced: textOf(from - 1).trim() === "", edits };
}

function isInString(within: Node, offset: number): boolean {
  let inside = false;
  walk(within, (part) => {
    if ((part.kind === "Constant" || part.kind === "JoinedStr") && part.start < offset && offset < part.end)
      inside = true;
  });
  return inside;
}
