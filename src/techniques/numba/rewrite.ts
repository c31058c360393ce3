// What the rewrites of both forms share: the edits of the imports, the types in words, the tolerance.

import type { Rewrite, TextEdit } from "../../schemas/index.ts";
import { mergeEdits } from "../../source/edits.ts";
import type { SourceFile } from "../../source/file.ts";
import { type Draft, relative, rewriteOf } from "../draft.ts";
import type { Attempt, Subject } from "./attempt.ts";
import { reordered } from "./mathematics.ts";
import { Unsupported } from "./values.ts";

export function typeInWords({ kind, scalar, dtype, dimensions }: Attempt["inputs"][number]): string {
  if (kind === "scalar") return `a ${scalar}`;
  return `an array of ${scalar === "int" ? dtype : (dtypes[scalar] ?? `${scalar}s`)} with ${dimensions === 1 ? "one axis" : `${dimensions} axes`}`;
}

/** The only dtypes that are compiled. */
const dtypes: Readonly<Record<string, string>> = { float: "float64", complex: "complex128" };

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

export function merged(edits: readonly TextEdit[]): TextEdit[] {
  const all = mergeEdits(edits.map((edit) => [edit]));
  if (!all) throw new Unsupported("the imports and the kernel would have to stand in the same place");
  return all;
}

export function rewrite(
  { file, region }: Subject,
  { analysis }: Attempt,
  draft: Pick<Draft, "variant" | "summary" | "edits" | "assumptions">,
): Rewrite {
  const { inexact, linear } = analysis.findings;
  const bound = inexact.has(reordered) ? 1e-9 : 1e-12;
  const tolerance = inexact.size > 0 ? relative(bound, 1e-12, inexact) : null;
  const made = rewriteOf({ file, region, technique: "numba" }, [
    { ...draft, packages: ["numba", "numpy", ...(linear ? ["scipy"] : [])], tolerance },
  ]);
  // The edits were merged without a conflict before.
  return { ...made!, warmsUp: true };
}
