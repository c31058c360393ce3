// What the rewrites of both forms share: the edits of the imports, the types in words, the tolerance.

import type { Rewrite, TextEdit, Tolerance } from "../../schemas/index.ts";
import { mergeEdits } from "../../source/edits.ts";
import type { SourceFile } from "../../source/file.ts";
import type { Attempt, Subject } from "./attempt.ts";
import { Unsupported } from "./values.ts";

export function typeInWords(input: Attempt["inputs"][number]): string {
  return input.kind === "scalar"
    ? `a ${input.scalar}`
    : `an array of ${input.scalar}s with ${input.dimensions} axes`;
}

/** The edits of the imports; those for the same place become one block in the order of PEP 8. */
export function imports(file: SourceFile, wanted: readonly ({ edit: TextEdit | null } | null)[]): TextEdit[] {
  const places = new Map<number, TextEdit[]>();
  for (const item of wanted) {
    if (item?.edit) places.set(item.edit.start, [...(places.get(item.edit.start) ?? []), item.edit]);
  }
  return [...places].flatMap(([start, edits]) => {
    if (edits.length === 1 || !edits.every(({ text }) => /^\s*(import|from) .*\s*$/.test(text))) return edits;
    const lines = edits.map(({ text }) => text.trim());
    const group = (standard: boolean): string =>
      lines
        .filter((line) => (line === "import math") === standard)
        .sort((a, b) => Number(a.startsWith("from")) - Number(b.startsWith("from")))
        .join(file.newline);
    const block = [group(true), group(false)].filter((text) => text !== "").join(file.newline.repeat(2));
    const { text } = edits[0]!;
    return [{ start, end: start, text: /^\s*/.exec(text)![0] + block + /\s*$/.exec(text)![0] }];
  });
}

export function merged(_file: SourceFile, edits: readonly TextEdit[]): TextEdit[] {
  const all = mergeEdits(edits.map((edit) => [edit]));
  if (!all) throw new Unsupported("the imports and the kernel would have to stand in the same place");
  return all;
}

function toleranceOf(attempt: Attempt): Tolerance | null {
  const reasons = [...attempt.analysis.findings.inexact];
  if (reasons.length === 0) return null;
  const [first, ...rest] = reasons.join("; ");
  return {
    kind: "relative",
    bound: 1e-12,
    absolute: 1e-12,
    reason: `${first!.toUpperCase()}${rest.join("")}.`,
  };
}

export function rewrite(
  subject: Subject,
  attempt: Attempt,
  {
    variant,
    summary,
    edits,
    assumptions,
  }: { variant: string; summary: string; edits: TextEdit[]; assumptions: string[] },
): Rewrite {
  const { region } = subject;
  return {
    id: `${region.id}:numba:${variant}`,
    technique: `numba/${variant}`,
    region: region.id,
    file: subject.file.path,
    line: region.span.line,
    endLine: region.span.endLine,
    summary,
    edits,
    requires: [
      { package: "numba", version: "" },
      { package: "numpy", version: "" },
    ],
    assumptions,
    tolerance: toleranceOf(attempt),
    warmsUp: true,
  };
}
