// A screen of lines, none of which is wider than the terminal.

import { type Paint, paint, type TerminalStyle, toAscii } from "./style.ts";
import { cutEnd, escapeControls, padEnd, textWidth, wrap } from "./text.ts";

/** A piece of a line: plain text that is escaped, and how it is painted. */
export interface Piece {
  text: string;
  paint?: Paint | undefined;
}

/** Collects lines. Every text that goes in is escaped first, and put into ASCII where the terminal has no more. */
export class Canvas {
  readonly style: TerminalStyle;
  private readonly lines: string[] = [];

  constructor(style: TerminalStyle) {
    this.style = style;
  }

  /** Text as this terminal can show it. Measure only what went through here. */
  clean(text: string): string {
    const escaped = escapeControls(text);
    return this.style.unicode ? escaped : toAscii(escaped);
  }

  /** The mark for text that was cut. */
  get mark(): string {
    return this.style.unicode ? "…" : "...";
  }

  blank(): void {
    if (this.lines.length > 0 && this.lines.at(-1) !== "") this.lines.push("");
  }

  /** One line from left to right; what does not fit is cut. `right` is set at the right edge when there is room. */
  line(indent: number, pieces: readonly Piece[], right?: Piece): void {
    let out = " ".repeat(indent);
    let left = this.style.width - indent;
    const end = right === undefined ? "" : this.clean(right.text);
    if (end !== "") left -= textWidth(end) + 2;
    for (const piece of pieces) {
      const text = cutEnd(this.clean(piece.text), left, this.mark);
      if (text === "") continue;
      out += piece.paint === undefined ? text : paint(this.style, piece.paint, text);
      left -= textWidth(text);
      if (left <= 0) break;
    }
    if (end !== "") out += " ".repeat(Math.max(0, left) + 2) + paint(this.style, right?.paint ?? "bold", end);
    this.lines.push(end === "" ? out.trimEnd() : out);
  }

  /** A paragraph, wrapped; all of it in one paint. */
  paragraph(indent: number, text: string, how?: Paint): void {
    for (const line of wrap(this.clean(text), this.style.width - indent))
      this.lines.push(" ".repeat(indent) + (how === undefined ? line : paint(this.style, how, line)));
  }

  /** A word in the left margin and a wrapped paragraph beside it. */
  labelled(indent: number, label: string, labelWidth: number, text: string, how?: Paint): void {
    const lines = wrap(this.clean(text), this.style.width - indent - labelWidth);
    lines.forEach((line, index) => {
      const margin = padEnd(index === 0 ? this.clean(label) : "", labelWidth);
      this.lines.push(
        " ".repeat(indent) + paint(this.style, "dim", margin) + (how ? paint(this.style, how, line) : line),
      );
    });
  }

  toString(): string {
    return `${this.lines.join("\n")}\n`;
  }
}
