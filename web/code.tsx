// A line of Python, coloured, with marked ranges.

import { visibleLine } from "./program-text.tsx";
import { type LineState, tokens } from "./python.ts";

interface Props {
  text: string;
  state?: LineState;
  marks?: readonly [start: number, end: number][] | undefined;
}

/** Lines longer than this are shown uncoloured: they are data, and thousands of tokens would only be slow. */
const LONGEST = 2000;

export function Code({ text, state = null, marks }: Props) {
  if (text.length > LONGEST) return <>{visibleLine(text)}</>;
  let at = 0;
  return (
    <>
      {tokens(text, state).tokens.flatMap((token) => {
        const start = at;
        at += token.text.length;
        return pieces(start, token.text, marks ?? []).map(({ from, part, marked }) => {
          const shown = visibleLine(part);
          if (!marked && token.kind === "plain") return shown;
          const className = token.kind === "plain" ? undefined : `t-${token.kind}`;
          return marked ? (
            <mark key={from} class={className}>
              {shown}
            </mark>
          ) : (
            <span key={from} class={className}>
              {shown}
            </span>
          );
        });
      })}
    </>
  );
}

/** A token cut where marks begin and end. */
function pieces(start: number, text: string, marks: readonly [number, number][]) {
  const end = start + text.length;
  const cuts = new Set([start, end]);
  for (const [from, to] of marks) {
    if (from > start && from < end) cuts.add(from);
    if (to > start && to < end) cuts.add(to);
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((from, index) => ({
    from,
    part: text.slice(from - start, sorted[index + 1]! - start),
    marked: marks.some(([low, high]) => low <= from && from < high),
  }));
}
