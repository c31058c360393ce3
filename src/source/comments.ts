// Comments of valid Python source. Python's own tokenize gives the same (a test holds it) but takes longer than parsing.

import type { Comment } from "./file.ts";
import { placeOf } from "./positions.ts";

const closers: Record<string, string> = { "(": ")", "[": "]", "{": "}" };

/** All comments of `text`. With `nestedFStrings` (Python 3.12 on) f-strings may hold any expression, comments included. */
export function commentsOf(text: string, lineStarts: readonly number[], nestedFStrings: boolean): Comment[] {
  const comments: Comment[] = [];
  const next = /["'#]/g;
  for (let hit = next.exec(text); hit; hit = next.exec(text)) {
    next.lastIndex =
      hit[0] === "#" ? comment(hit.index) : string(hit.index, nestedFStrings ? prefixBefore(hit.index) : "");
  }
  return comments;

  function comment(start: number): number {
    let end = start;
    while (end < text.length && text[end] !== "\n" && text[end] !== "\r") end++;
    comments.push({
      start,
      end,
      lineno: placeOf(text, lineStarts, start).line,
      text: text.slice(start, end),
    });
    return end;
  }

  /** The letters of a string prefix that end at `quote`, in lower case; "" when the word there is something else. */
  function prefixBefore(quote: number): string {
    const word = /[\p{L}\p{N}_]*$/u.exec(text.slice(Math.max(0, quote - 8), quote))![0].toLowerCase();
    return /^(f|t|fr|rf|tr|rt)$/.test(word) ? word : "";
  }

  /** The offset after the string literal whose first quote is at `start`. */
  function string(start: number, prefix: string): number {
    const quote = text[start]!;
    const closing = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
    let at = start + closing.length;
    while (at < text.length && !text.startsWith(closing, at)) {
      const character = text[at]!;
      if (prefix !== "" && character === "{") at = text[at + 1] === "{" ? at + 2 : replacement(at, closing);
      else if (character !== "\\") at++;
      else if (prefix === "") at += 2;
      else if (text.startsWith("\\N{", at) && !prefix.includes("r")) at = text.indexOf("}", at) + 1;
      else at += text[at + 1] === "{" || text[at + 1] === "}" ? 1 : 2;
    }
    return at + closing.length;
  }

  /** The offset after the replacement field of an f-string whose `{` is at `start`. */
  function replacement(start: number, closing: string): number {
    const open: string[] = ["}"];
    let at = start + 1;
    while (at < text.length) {
      const character = text[at]!;
      if (character === "#") at = comment(at);
      else if (character === '"' || character === "'") at = string(at, prefixBefore(at));
      else if (character === ":" && open.length === 1) return formatSpec(at + 1, closing);
      else {
        at++;
        if (character === open.at(-1)) open.pop();
        else if (closers[character]) open.push(closers[character]);
        if (open.length === 0) return at;
      }
    }
    return at;
  }

  function formatSpec(start: number, closing: string): number {
    let at = start;
    while (at < text.length && text[at] !== "}" && !text.startsWith(closing, at))
      at = text[at] === "{" ? replacement(at, closing) : at + 1;
    return text[at] === "}" ? at + 1 : at;
  }
}
