// A function that is called again and again with the same arguments: its results are kept.

import type { TextEdit } from "../../schemas/common.ts";
import { importEdit } from "../../source/imports.ts";
import { beginsLine, firstCommentAbove, lineBefore } from "../../source/layout.ts";
import { freshName } from "../../source/names.ts";
import type { RegionContext } from "../technique.ts";
import type { Draft } from "./draft.ts";
import { listsAsTuples, stateOf, tupleFacts, withoutLists } from "./keyed.ts";
import { deepest } from "./recursion.ts";
import { handedOn, type Subject } from "./subject.ts";
import { handedOut, keysOf } from "./values.ts";

/** Share of the calls looked at that must have had the arguments of an earlier one. */
const fewestRepeats = 0.5;
/** More different arguments than this were seen: how many there are in all is not known, so neither is the memory. */
const mostDistinct = 2000;
/** Mean seconds of a call below which looking a result up takes about as long. */
const shortest = 5e-7;

/** Whether calls are repeated often enough for their results to be worth keeping. */
export function isRepeated({ facts }: RegionContext): boolean {
  const { repeats, calls, seconds } = facts;
  if (!repeats || repeats.looked < 20 || repeats.again < fewestRepeats * repeats.looked) return false;
  return repeats.distinct <= mostDistinct && seconds > shortest * calls;
}

/** The change; a sentence when the results must not be kept. */
export function keepResults(context: RegionContext, subject: Subject): Draft | string {
  const { facts, file } = context;
  const { node, parameters, selfCalls, method } = subject;
  const seen = facts.repeats!;
  if (parameters.length === 0) return "it has no arguments, so its result may depend on what cannot be seen";
  if (selfCalls.length > 0 && seen.depth > deepest)
    return `it calls itself more than ${deepest} times deep, and keeping results takes more of Python's stack`;
  const state = method === null ? null : stateOf(context, subject);
  if (typeof state === "string") return state;
  const listed = method === null ? listsAsTuples(context, subject) : [];
  const keys = keysOf([...parameters.map((one) => one.arg), ...(state?.names ?? [])], {
    repeats: withoutLists(facts.repeats, listed),
    liveIn: { ...tupleFacts(facts.liveIn, listed), ...state?.facts },
  });
  if (typeof keys === "string") return keys;
  const hand = handedOut(facts.liveOut.return);
  if (typeof hand === "string") return hand;
  const passedOn = handedOn(context, subject);
  if (passedOn !== null) return passedOn;
  const size = sizeFor(seen.distinct);
  const { edit, local } = importEdit(file, { module: "functools", name: "lru_cache", before: node.start });
  const decorator = `@${local}(maxsize=${size}${keys.typed ? ", typed=True" : ""})`;
  const isCopied = hand("result") !== "result";
  const isSplit = isCopied || state !== null || listed.length > 0;
  const further: Further = {
    before: [],
    given: (name) => (listed.includes(name) ? `tuple(${name})` : name),
    arguments: state?.reads ?? [],
    parameters: state?.names ?? [],
  };
  const edits = isSplit
    ? split(context, subject, decorator, hand, further)
    : [lineBefore(file, node, decorator)];
  if (typeof edits === "string") return edits;
  const copies = isCopied ? ", and gives each caller its own copy" : "";
  const rate = Math.round((100 * seen.again) / seen.looked);
  return {
    variant: "repeated",
    summary: `Keeps the results of \`${node.name}\` for calls with the same arguments again, the ${size} used last${copies} (${rate}% of the calls looked at repeat an earlier one)`,
    edits: [...(edit ? [edit] : []), ...edits, ...(state?.edits ?? [])],
    assumptions: [
      `The arguments of \`${node.name}\` are of the types seen: ${keys.types}${listed.length > 0 ? ", lists as tuples of their items" : ""}.`,
      ...(state && state.reads.length > 0 ? [`Every object has \`${state.reads.join("` and `")}\`.`] : []),
      ...(isCopied ? [`What \`${node.name}\` returns holds values of the types seen.`] : []),
      `Up to ${size} results of \`${node.name}\` stay in memory.`,
    ],
    reuse: seen.again / seen.looked,
  };
}

/** A power of two with room for four times what was seen. */
export const sizeFor = (distinct: number) => 2 ** Math.max(7, Math.ceil(Math.log2(4 * distinct)));

/** Statements before the kept function is called, and what it is called with besides the parameters. */
interface Further {
  before: readonly string[];
  /** A parameter as it is handed to the kept function; default: as it is. */
  given?: (name: string) => string;
  arguments: readonly string[];
  parameters: readonly string[];
}

/** The body moves into a function of its own, whose results are kept; the old name gives copies of them. */
export function split(
  { file }: RegionContext,
  { node, variable, parameters, method }: Subject,
  decorator: string,
  hand: (name: string) => string,
  further: Further = { before: [], arguments: [], parameters: [] },
): TextEdit[] | string {
  if (method === null && variable.scope.kind !== "module") return "it stands within another function";
  const [opening, ...others] = node.body;
  const isDocumented =
    opening!.kind === "Expr" && opening!.value.kind === "Constant" && opening!.value.value.type === "str";
  const first = isDocumented ? others[0] : opening;
  if (!first || !beginsLine(file, first)) return "its body stands on the line of its head";
  const inner = freshName(file, `_${node.name.replace(/^_+/, "")}`);
  const own = parameters.map((one) => one.arg);
  const given = [...own.map((name) => further.given?.(name) ?? name), ...further.arguments].join(", ");
  const taken = [...own, ...further.parameters].join(", ");
  const { newline } = file;
  const lineStart = file.lineStarts[firstCommentAbove(file, first.lineno) - 1]!;
  const lead = file.text.slice(file.lineStarts[first.lineno - 1], first.start);
  const outer = file.text.slice(file.lineStarts[node.lineno - 1], node.start);
  const call = `${method === null ? "" : `${method.self.arg}.`}${inner}(${given})`;
  const text = [
    ...further.before.map((statement) => lead + statement),
    `${lead}return ${hand(call)}`,
    ...(method === null ? ["", ""] : ["", `${outer}@staticmethod`]),
    outer + decorator,
    `${outer}def ${inner}(${taken}):`,
    "",
  ].join(newline);
  return [{ start: lineStart, end: lineStart, text }];
}
