// Pieces of source text with edits applied and the indentation changed.

import type { TextEdit } from "../../schemas/index.ts";

/** The text of a span under those edits that lie within it. An edit inside a larger replaced one is dropped. */
export function renderSpan(
  text: string,
  span: { start: number; end: number },
  edits: readonly TextEdit[],
): string {
  const within = edits
    .map((edit, order) => ({ ...edit, order }))
    .filter(({ start, end }) => start >= span.start && end <= span.end)
    .filter((edit) => !edits.some((other) => encloses(other, edit)))
    .sort((a, b) => a.start - b.start || a.end - b.end || a.order - b.order);
  let rendered = "";
  let at = span.start;
  for (const edit of within) {
    rendered += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return rendered + text.slice(at, span.end);
}

function encloses(outer: TextEdit, inner: TextEdit): boolean {
  if (outer.start === inner.start && outer.end === inner.end) return false;
  if (inner.start === inner.end) return outer.start < inner.start && outer.end > inner.end;
  return outer.start <= inner.start && outer.end >= inner.end;
}
