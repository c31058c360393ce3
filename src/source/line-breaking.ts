// Long statements in several lines, the way Black writes them.

import { codeOf } from "./expression-text.ts";

/** `statement` at `indent`, broken at its outermost brackets where it is wider than `width` columns; no newline at the end. */
export function breakLines(
  statement: string,
  indent: string,
  unit: string,
  width: number,
  newline: string,
): string {
  return lines(statement, indent, unit, width).join(newline);
}

function lines(text: string, indent: string, unit: string, width: number): string[] {
  if (indent.length + text.length <= width) return [indent + text];
  const bracket = lastBracket(text);
  if (bracket === null) return [indent + text];
  const head = text.slice(0, bracket.open + 1);
  const inside = text.slice(bracket.open + 1, bracket.close);
  const tail = text.slice(bracket.close);
  const parts = split(inside);
  const inner = indent + unit;
  const comma = parts.separator === "," ? "," : "";
  const body =
    inner.length + inside.length <= width && parts.separator !== ","
      ? [inner + inside]
      : inner.length + inside.length <= width && parts.items.length === 1
        ? [inner + inside]
        : parts.items.flatMap((item, at) => {
            const last = at === parts.items.length - 1;
            // A generator expression, a lone `*` argument and an empty list take no trailing comma.
            const ending = comma && (!last || parts.items.length > 1) ? "," : "";
            return lines(item + ending, inner, unit, width);
          });
  return [indent + head, ...body, indent + tail];
}

/** The bracket pair to open: the last one that closes at depth 0 and has content. */
function lastBracket(text: string): { open: number; close: number } | null {
  const stack: number[] = [];
  let found: { open: number; close: number } | null = null;
  for (const { character, index, code } of codeOf(text)) {
    if (!code) continue;
    if ("([{".includes(character)) stack.push(index);
    else if (")]}".includes(character)) {
      const open = stack.pop();
      if (open !== undefined && stack.length === 0 && index > open + 1) {
        // A trailing `.tolist()`-like call is empty, so the pair with the content wins; of several, the longest.
        if (found === null || index - open > found.close - found.open) found = { open, close: index };
      }
    }
  }
  return found;
}

/** The parts at depth 0: arguments by comma, or a comprehension before each ` for ` and ` if `. */
function split(text: string): { items: string[]; separator: "," | " " } {
  const breaks: number[] = [];
  const clauses: number[] = [];
  let depth = 0;
  for (const { character, index, code } of codeOf(text)) {
    if (!code) continue;
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    else if (depth === 0 && character === ",") breaks.push(index);
    else if (depth === 0 && character === " " && /^ (for|if) /.test(text.slice(index))) clauses.push(index);
  }
  // Commas inside a comprehension's clauses (`for u, v in …`) do not separate arguments.
  if (clauses.length > 0) return { items: cut(text, clauses, 1), separator: " " };
  return { items: cut(text, breaks, 1), separator: "," };
}

function cut(text: string, places: readonly number[], skip: number): string[] {
  const starts = [0, ...places.map((place) => place + skip)];
  const ends = [...places, text.length];
  return starts.map((start, at) => text.slice(start, ends[at]).trim()).filter((item) => item !== "");
}
