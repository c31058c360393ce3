// Text that comes from programs: shown as it is, with nothing in it that could act.

import { escapeControls } from "../src/report/text.ts";

/** Control characters and those that turn the direction of text as visible escapes. */
export const visible = escapeControls;

/** The same for a line of source, whose tabs are kept. */
export const visibleLine = (text: string): string => text.split("\t").map(escapeControls).join("\t");

/** A path that may break after each slash, so that it fits a narrow screen. */
export function Path({ path, line }: { path: string; line?: number | string | undefined }) {
  const parts = visible(path).split("/");
  return (
    <span class="path">
      {parts.map((part, index) => (
        <span key={index}>
          {part}
          {index < parts.length - 1 && "/"}
          {index < parts.length - 1 && <wbr />}
        </span>
      ))}
      {line !== undefined && `:${line}`}
    </span>
  );
}

/** One sentence with its first letter as a capital, and a full stop. */
export function sentence(text: string): string {
  const clean = visible(text.trim());
  const ended = /[.!?…]$/.test(clean) ? clean : `${clean}.`;
  return ended.slice(0, 1).toUpperCase() + ended.slice(1);
}
