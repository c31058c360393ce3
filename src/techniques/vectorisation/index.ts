// Loops over numbers as NumPy expressions, where a dependence test shows that all iterations may run at once.

import type { Rewrite, TextEdit } from "../../schemas/index.ts";
import { mergeEdits } from "../../source/edits.ts";
import { importEdit } from "../../source/imports.ts";
import { regionNode } from "../../source/regions.ts";
import { walk } from "../../source/walk.ts";
import { type Draft, declined, relative, rewriteOf } from "../draft.ts";
import type { Proposals, RegionContext, Technique } from "../technique.ts";
import { attempt, type Outcome, type Subject } from "./attempt.ts";
import type { Sums } from "./state.ts";

export const technique: Technique = {
  name: "vectorisation",
  title: "Array expressions",
  packages: ["numpy"],
  regions: ["function", "loop", "statement"],
  propose: (context) => Promise.resolve(propose(context)),
};

/** Ways to rewrite that compete: whole nests or only their innermost loops, sums as NumPy does them or in order. */
const ways: readonly { variant: string; sums: Sums; innermost: boolean }[] = [
  { variant: "", sums: "fast", innermost: false },
  { variant: "ordered", sums: "ordered", innermost: false },
  { variant: "inner", sums: "fast", innermost: true },
];

function propose(context: RegionContext): Proposals {
  const { file, region, facts, python } = context;
  const node = regionNode(file, region);
  if (node.kind === "AsyncFunctionDef" || node.kind === "AsyncFor") return { rewrites: [], declined: [] };
  let work = false;
  walk(node, (part) => {
    if (["For", "While", "GeneratorExp", "ListComp", "Call"].includes(part.kind)) work = true;
  });
  if (!work || facts.calls === 0 || !context.available("numpy")) return { rewrites: [], declined: [] };
  const subject: Subject = {
    file,
    region,
    facts,
    node,
    numpy: importEdit(file, { module: "numpy", asName: "np", before: node.start }).local,
    python: python.version,
  };
  const place = { file, region, technique: technique.name };
  const rewrites: Rewrite[] = [];
  const texts = new Set<string>();
  let first: Outcome | null = null;
  const refusals = new Map<string, Outcome["refusals"][number]>();
  for (const { variant, sums, innermost } of ways) {
    const outcome = attempt(subject, sums, innermost);
    for (const refusal of outcome.refusals) refusals.set(`${refusal.start} ${refusal.reason}`, refusal);
    const edits = editsOf(subject, outcome);
    const text = JSON.stringify(edits);
    if (!edits || texts.has(text)) continue;
    if (first && !competes(first, outcome, innermost)) continue;
    first ??= outcome;
    texts.add(text);
    const rewrite = rewriteOf(place, [draftOf(outcome, variant, edits)]);
    if (rewrite !== null) rewrites.push(rewrite);
  }
  const left = rewrites.length > 0 ? [] : [...refusals.values()].slice(0, 4);
  return {
    rewrites,
    declined: left.map(({ start, reason }) => {
      const line = Math.max(1, file.lineStarts.findLastIndex((offset) => offset <= start) + 1);
      return declined(place, { line, reason });
    }),
  };
}

/** Whether another way has a chance beside the first: the same loops in exact sums, or inner loops with less memory. */
function competes(first: Outcome, other: Outcome, innermost: boolean): boolean {
  if (innermost) return first.largest > 2 ** 17;
  const starts = ({ changes }: Outcome) => changes.map(({ start }) => start).join();
  return first.reasons.size > 0 && starts(first) === starts(other);
}

function editsOf({ file, node }: Subject, { changes }: Outcome): TextEdit[] | null {
  if (changes.length === 0) return null;
  const numpy = importEdit(file, { module: "numpy", asName: "np", before: node.start });
  const edits = changes.map(({ start, end, text }): TextEdit => ({ start, end, text }));
  if (numpy.edit && changes.some(({ text }) => text.includes(`${numpy.local}.`))) edits.push(numpy.edit);
  return mergeEdits(joinedInsertions(edits).map((edit) => [edit]));
}

/** Several lines before one loop are one insertion; those before a loop that is rewritten belong to its text. */
function joinedInsertions(edits: readonly TextEdit[]): TextEdit[] {
  const places = new Map<string, TextEdit>();
  for (const edit of edits) {
    const key = `${edit.start} ${edit.end}`;
    const known = places.get(key);
    places.set(key, known && edit.start === edit.end ? { ...known, text: known.text + edit.text } : edit);
  }
  return [...places.values()];
}

const linesOf = ({ changes }: Outcome): number => changes.filter(({ start, end }) => end > start).length;

function draftOf(outcome: Outcome, variant: string, edits: TextEdit[]): Draft {
  const what = outcome.kinds.has("loop")
    ? `${linesOf(outcome) > 1 ? "Loops" : "A loop"} over numbers as NumPy array expressions`
    : outcome.kinds.has("comprehension")
      ? "Comprehensions over numbers as NumPy array expressions"
      : "An array that grows in a loop is joined once, at its end";
  const megabytes = Math.ceil((outcome.largest * 8) / 2 ** 20);
  return {
    variant,
    summary: `${what}${variant === "ordered" ? ", sums in the order of the loop" : ""}`,
    edits,
    packages: ["numpy"],
    assumptions: [
      ...outcome.assumptions,
      ...(megabytes > 1 ? [`It holds intermediate arrays of up to ${megabytes} MB for the sizes seen.`] : []),
    ],
    tolerance: outcome.reasons.size > 0 ? relative(1e-9, 1e-12, outcome.reasons) : null,
  };
}
