// Two versions of a file as rows for a side-by-side view, with the words that differ inside a changed line.

import { diffLines, diffWordsWithSpace } from "diff";
import type { DiffHunk, DiffRow } from "./model.ts";

/** Unchanged lines shown around a change. */
const CONTEXT = 3;
/** Lines longer than this are compared whole: marking words in them is slow and unreadable. */
const LONGEST_MARKED = 400;

/** The changed parts of a text. Line endings are not shown; a line that differs in nothing else counts as changed. */
export function diffHunks(before: string, after: string): DiffHunk[] {
  return group(rows(before, after));
}

const splitLines = (text: string): string[] => {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
};

const shown = (line: string): string => (line.endsWith("\r") ? line.slice(0, -1) : line);

function rows(before: string, after: string): DiffRow[] {
  const result: DiffRow[] = [];
  let oldLine = 1;
  let newLine = 1;
  let removed: string[] = [];
  const flush = (added: string[]) => {
    const pairs = Math.max(removed.length, added.length);
    for (let index = 0; index < pairs; index++) {
      const left = removed[index];
      const right = added[index];
      result.push({
        kind: left === undefined ? "added" : right === undefined ? "removed" : "changed",
        oldLine: left === undefined ? null : oldLine++,
        newLine: right === undefined ? null : newLine++,
        before: shown(left ?? ""),
        after: shown(right ?? ""),
        marks: left === undefined || right === undefined ? null : marks(shown(left), shown(right)),
      });
    }
    removed = [];
  };
  for (const part of diffLines(before, after)) {
    const lines = splitLines(part.value);
    if (part.removed) {
      removed = lines;
    } else if (part.added) {
      flush(lines);
    } else {
      flush([]);
      for (const line of lines)
        result.push({
          kind: "same",
          oldLine: oldLine++,
          newLine: newLine++,
          before: shown(line),
          after: shown(line),
          marks: null,
        });
    }
  }
  flush([]);
  return result;
}

function marks(before: string, after: string): DiffRow["marks"] {
  if (before.length > LONGEST_MARKED || after.length > LONGEST_MARKED) return null;
  const result: NonNullable<DiffRow["marks"]> = { before: [], after: [] };
  let left = 0;
  let right = 0;
  let common = 0;
  for (const part of diffWordsWithSpace(before, after)) {
    const size = part.value.length;
    if (part.removed) {
      result.before.push([left, left + size]);
      left += size;
    } else if (part.added) {
      result.after.push([right, right + size]);
      right += size;
    } else {
      common += part.value.trim().length;
      left += size;
      right += size;
    }
  }
  // Lines that share little are two different lines; marking nearly all of both would only be noise.
  return common * 2 < Math.min(before.trim().length, after.trim().length) ? null : result;
}

function group(all: DiffRow[]): DiffHunk[] {
  const hunks: DiffHunk[] = [];
  let end = -1;
  for (let index = 0; index < all.length; index++) {
    if (all[index]!.kind === "same") continue;
    const from = Math.max(0, index - CONTEXT);
    const to = Math.min(all.length, index + CONTEXT + 1);
    if (hunks.length > 0 && from <= end) {
      hunks.at(-1)!.rows.push(...all.slice(end, Math.max(to, end)));
    } else {
      hunks.push({ rows: all.slice(from, to) });
    }
    end = Math.max(to, end);
  }
  return hunks;
}
