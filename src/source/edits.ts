// Text edits: apply them, follow a span through them, put the edits of several rewrites together.

import type { Span, TextEdit } from "../schemas/common.ts";
import { lineStartsOf, placeOf } from "./positions.ts";

/** `text` after `edits`, which are sorted and do not overlap (see `mergeEdits`); throws when they are not. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const edit of edits) {
    if (edit.start < at || edit.end < edit.start || edit.end > text.length)
      throw new RangeError(`edit ${edit.start}–${edit.end} is out of order or out of the text`);
    pieces.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  pieces.push(text.slice(at));
  return pieces.join("");
}

/**
 * Where `span` of the old text lies in `newText`, the text after `edits`. What is inserted exactly at its start or its end
 * counts as inside; an edit across a border moves that border to the edit's own.
 */
export function mapSpan(span: Span, edits: readonly TextEdit[], newText: string): Span {
  let { start, end } = span;
  for (const edit of edits) {
    const growth = edit.text.length - (edit.end - edit.start);
    const insertion = edit.start === edit.end;
    if (insertion ? edit.start < span.start : edit.end <= span.start) start += growth;
    else if (edit.start < span.start) start += edit.start - span.start;
    if (insertion ? edit.start <= span.end : edit.end <= span.end) end += growth;
    else if (edit.start < span.end) end += edit.end - span.end + growth;
  }
  const lineStarts = lineStartsOf(newText);
  const first = placeOf(newText, lineStarts, start);
  const last = placeOf(newText, lineStarts, end);
  return { line: first.line, column: first.column, endLine: last.line, endColumn: last.column, start, end };
}

/**
 * The edits of several rewrites of one text as one sorted list; null when two of them change the same text differently.
 * What two rewrites both insert as whole lines or as a name in an import is inserted once.
 */
export function mergeEdits(groups: readonly (readonly TextEdit[])[]): TextEdit[] | null {
  const sorted = groups.flat().sort((a, b) => a.start - b.start || a.end - b.end);
  const merged: TextEdit[] = [];
  for (const edit of sorted) {
    const same = merged.find(
      (other) => other.start === edit.start && other.end === edit.end && other.text === edit.text,
    );
    if (same && (edit.end > edit.start || isRepeatable(edit.text))) continue;
    const last = merged.at(-1);
    if (last && edit.start < last.end) return null;
    merged.push(edit);
  }
  return merged;
}

/** Whole lines, or a name in the list of an import: written twice, they would say the same thing twice. */
function isRepeatable(text: string): boolean {
  return /[\r\n]/.test(text) || /^(, \w+( as \w+)?|\w+( as \w+)?, )$/.test(text);
}
