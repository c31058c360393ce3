// Sums of slices that a loop takes of one list of whole numbers: differences of running sums, made once.

import type { TextEdit } from "../../schemas/common.ts";
import type { Call, expr, Node, stmt } from "../../source/ast.generated.ts";
import { isAtom } from "../../source/expression-text.ts";
import { importEdit } from "../../source/imports.ts";
import { lineBefore, placeBefore, statementOf } from "../../source/layout.ts";
import { freshName } from "../../source/names.ts";
import { regionNode } from "../../source/regions.ts";
import { scopesOf } from "../../source/scopes.ts";
import { parentMap, useOf } from "../../source/uses.ts";
import { isEditable, sourceText, walk } from "../../source/walk.ts";
import { loopsAround, type Repeating } from "../analysis/loops.ts";
import { isOnly, itemsOf, shapesIn } from "../analysis/shapes.ts";
import { boundValue, type Subject, subjectOf } from "../analysis/subject.ts";
import type { RegionContext } from "../technique.ts";
import { isDefinedBefore } from "./defined.ts";
import type { Draft, Findings } from "./draft.ts";
import { isBuiltin } from "./invariants.ts";
import { removeStatement } from "./local-list.ts";
import { isAtMost, isNatural, isWithinLength, spelledOut } from "./naturals.ts";
import { fewestItems, localForm, stays, widest } from "./steady.ts";

type Slice = Extract<expr, { kind: "Subscript" }> & { slice: Extract<expr, { kind: "Slice" }> };

/** One slice whose items are summed, and where that is asked of it. */
interface Window {
  slice: Slice;
  /** `sum(…)` of it. */
  sums: Call[];
  /** `len(…)` of it, where it has a name. */
  lengths: Call[];
  /** The assignment that gives it a name, which goes. */
  named: stmt | null;
  loops: Repeating[];
}

/** Changes for all lists of which loops of the region sum up slices, and why others are left alone. */
export function findWindows(context: RegionContext): Findings {
  const { file } = context;
  const region = regionNode(file, context.region);
  const shapeOf = shapesIn(context, region);
  const findings: Findings = { drafts: [], refusals: [] };
  const groups = new Map<string, { subject: Subject; windows: Window[] }>();
  walk(region, (node) => {
    if (!isSlice(node) || !isEditable(file, node)) return;
    const loops = loopsAround(file, node, region);
    const window = loops.length > 0 ? windowAt(context, node, loops) : null;
    const subject = window && subjectOf(context, node.value);
    if (!subject || !isOnly(shapeOf(node.value), "list", "tuple")) return;
    const group = groups.get(subject.text) ?? { subject, windows: [] };
    group.windows.push(window);
    groups.set(subject.text, group);
  });
  const taken = new Set<string>();
  for (const { subject, windows } of groups.values()) {
    const list = shapeOf(windows[0]!.slice.value);
    const outcome = !isOnly(itemsOf(list), "int", "bool")
      ? `the items of ${subject.text} are not whole numbers, and their sums would be rounded otherwise`
      : list.length !== undefined && list.length < fewestItems
        ? `${subject.text} has at most ${list.length} items, too few for running sums to be faster`
        : change(context, subject, windows, taken);
    if (typeof outcome === "string")
      findings.refusals.push({ line: windows[0]!.slice.lineno, reason: outcome });
    else findings.drafts.push(outcome);
  }
  return findings;
}

const isSlice = (node: Node): node is Slice =>
  node.kind === "Subscript" &&
  node.slice.kind === "Slice" &&
  node.ctx === "Load" &&
  node.slice.step === null &&
  node.slice.upper !== null;

function windowAt(context: RegionContext, slice: Slice, loops: Repeating[]): Window | null {
  const { file } = context;
  const asks = (node: Node, name: string): Call | null => {
    const use = useOf(file, node);
    const isAsked = use.kind === "argument" && use.callee === name && use.node.args.length === 1;
    return isAsked && use.node.keywords.length === 0 && isBuiltin(context, use.node.func) ? use.node : null;
  };
  const sum = asks(slice, "sum");
  if (sum) return { slice, sums: [sum], lengths: [], named: null, loops };
  const statement = parentMap(file).get(slice);
  const target = statement?.kind === "Assign" ? statement.targets[0] : undefined;
  if (target?.kind !== "Name" || boundValue(context, target) !== slice) return null;
  const variable = scopesOf(file).variable(target);
  const others = variable?.occurrences.filter(({ node }) => node !== target) ?? [];
  if (others.some(({ action, scope }) => action !== "read" || scope !== variable!.scope)) return null;
  const sums = others.flatMap(({ node }) => asks(node, "sum") ?? []);
  const lengths = others.flatMap(({ node }) => asks(node, "len") ?? []);
  if (sums.length === 0 || sums.length + lengths.length < others.length) return null;
  return { slice, sums, lengths, named: statementOf(file, slice), loops };
}

function change(
  context: RegionContext,
  subject: Subject,
  windows: readonly Window[],
  taken: Set<string>,
): Draft | string {
  const { file } = context;
  const assumptions = new Set<string>();
  const loop = widest(windows, (at) => stays(context, subject, at, assumptions));
  if (typeof loop === "string") return loop;
  const statement = placeBefore(file, loop);
  if (!statement || !isDefinedBefore(context, subject, statement))
    return `${subject.text} may not have a value before the loop`;
  const name = freshName(file, `${localForm(subject.name)}_sums`, taken);
  taken.add(name);
  const accumulate = importEdit(file, { module: "itertools", name: "accumulate", before: statement.start });
  const made = `${name} = list(${accumulate.local}(${subject.text}, initial=0))`;
  const edits: TextEdit[] = accumulate.edit ? [accumulate.edit] : [];
  edits.push(lineBefore(file, statement, made));
  for (const window of windows) {
    const bounds = boundsOf(context, window.slice, subject, loop);
    if (typeof bounds === "string") return bounds;
    const { from, to, length } = bounds;
    const sum = from === "0" ? `${name}[${to}]` : `${name}[${to}] - ${name}[${from}]`;
    for (const { start, end } of window.sums)
      edits.push({ start, end, text: isAlone(context, start, end) ? sum : `(${sum})` });
    for (const { start, end } of window.lengths) edits.push({ start, end, text: length });
    const removed = window.named && removeStatement(context, window.slice);
    if (removed) edits.push(removed);
    else if (window.named) return "the slice does not stand on a line of its own";
  }
  return {
    variant: "window",
    summary: `Sums slices of \`${subject.text}\` by differences of running sums instead of adding their items up each time`,
    edits,
    assumptions: [...assumptions],
  };
}

/** Whether the call is all that an assignment, an argument or the like consists of, so that it needs no brackets. */
function isAlone({ file, region }: RegionContext, start: number, end: number): boolean {
  let alone = false;
  walk(regionNode(file, region), (node) => {
    if (node.kind !== "Call" || node.start !== start || node.end !== end) return;
    const around = parentMap(file).get(node);
    const { kind } = around ?? { kind: "" };
    const isFirst = around?.kind === "BinOp" && around.left === node && ["Add", "Sub"].includes(around.op);
    alone =
      isFirst ||
      ["Assign", "AnnAssign", "AugAssign", "Call", "Return", "ListComp", "GeneratorExp"].includes(kind);
  });
  return alone;
}

/** The bounds of a slice as positions among the running sums; a sentence where they may count from the end. */
function boundsOf(
  context: RegionContext,
  { slice }: Slice,
  subject: Subject,
  loop: Repeating,
): { from: string; to: string; length: string } | string {
  const { file } = context;
  const upper = spelledOut(context, slice.upper!);
  const lower = slice.lower && spelledOut(context, slice.lower);
  const isCounted = (node: expr) => isNatural(context, node);
  if (!isCounted(upper) || (lower && !isCounted(lower)))
    return `a bound of a slice of ${subject.text} may be negative, and then counts from the end`;
  if (lower && !isAtMost(context, lower, upper)) return `a slice of ${subject.text} may end before it begins`;
  const within = (node: expr, text: string) =>
    isWithinLength(context, node, subject.text, loop) ? text : `min(${text}, len(${subject.text}))`;
  const to = within(upper, sourceText(file, slice.upper!));
  if (!lower) return { from: "0", to, length: to };
  const isInside = to === sourceText(file, slice.upper!);
  const given = sourceText(file, slice.lower!);
  const from = isInside ? given : within(lower, given);
  const isWidth = upper.kind === "BinOp" && sourceText(file, upper.left) === sourceText(file, lower);
  const width = isInside && isWidth ? sourceText(file, upper.right) : `${to} - ${bracketed(from)}`;
  return { from, to, length: bracketed(width) };
}

const bracketed = (text: string) => (isAtom(text) ? text : `(${text})`);
