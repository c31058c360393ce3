// New lines that are too long, broken at their brackets.

import type { TextEdit } from "../../schemas/common.ts";
import { applyEdits } from "../../source/edits.ts";
import { codeOf } from "../../source/expression-text.ts";
import type { SourceFile } from "../../source/file.ts";
import { indentationStep } from "../../source/layout.ts";
import { breakLines } from "../../source/line-breaking.ts";

/** Columns that a line may take when the file itself has no longer ones. */
const width = 88;

/** The same edits, with the lines that they make longer than the file's own broken; sorted. */
export function fitted(file: SourceFile, edits: readonly TextEdit[]): TextEdit[] {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const limit = Math.max(width, ...file.text.split("\n").map(({ length }) => length));
  const done: TextEdit[] = [];
  for (let at = 0; at < sorted.length; ) {
    const edit = sorted[at]!;
    const line = lineAround(file, edit);
    const beside = line ? sorted.slice(at).filter(({ end }) => end <= line.end) : [edit];
    done.push(...(line ? within(file, line, beside, limit) : [broken(file, edit, limit)]));
    at += beside.length;
  }
  return done;
}

interface Line {
  start: number;
  end: number;
}

/** The line that an edit changes a part of; null where it spans or makes several. */
function lineAround({ text }: SourceFile, edit: TextEdit): Line | null {
  const start = text.lastIndexOf("\n", edit.start - 1) + 1;
  const next = text.slice(start).search(/\r?\n|$/);
  const end = start + next;
  return edit.end <= end && !edit.text.includes("\n") ? { start, end } : null;
}

function within(file: SourceFile, { start, end }: Line, edits: TextEdit[], limit: number): TextEdit[] {
  const own = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  if (own.some(({ text }) => text.includes("\n"))) return edits;
  const line = applyEdits(file.text.slice(start, end), own);
  const shorter = inLines(file, line, limit);
  return shorter === line ? edits : [{ start, end, text: shorter }];
}

function broken(file: SourceFile, edit: TextEdit, limit: number): TextEdit {
  const before = file.text.slice(file.text.lastIndexOf("\n", edit.start - 1) + 1, edit.start);
  if (before.trim() !== "") return edit;
  const text = (before + edit.text).split("\n").map((line) => inLines(file, line, limit));
  return { ...edit, text: text.join("\n").slice(before.length) };
}

/** A line of whole code in as many lines as it needs. */
function inLines(file: SourceFile, line: string, limit: number): string {
  if (line.length <= limit || !isWhole(line)) return line;
  const code = line.trim();
  const indent = line.slice(0, line.indexOf(code));
  return breakLines(code, indent, indentationStep(file), limit, file.newline);
}

/** Without a comment, and with its brackets closed. */
function isWhole(line: string): boolean {
  let depth = 0;
  for (const { character, code } of codeOf(line)) {
    if (!code) continue;
    if (character === "#") return false;
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character) && --depth < 0) return false;
  }
  return depth === 0;
}
