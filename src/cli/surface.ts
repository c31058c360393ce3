// What every command does around its work: progress, interrupts, and where output goes.

import { type Interrupt, listenForInterrupt } from "../base/interrupt.ts";
import type { Progress } from "../base/progress.ts";
import { type TerminalStyle, terminalStyle } from "../report/style.ts";
import type { CommonOptions } from "./main.ts";
import { showProgress } from "./progress.ts";

export interface Surface {
  onProgress: Progress;
  interrupt: Interrupt;
  style: TerminalStyle;
  /** Print the command's one JSON value, or its text for people. */
  print(value: { json: unknown; text: (style: TerminalStyle) => string }): void;
}

/** Run a command's work with its surface, and take everything down again however it ends. */
export async function withSurface<T>(
  options: CommonOptions,
  work: (surface: Surface) => Promise<T>,
): Promise<T> {
  const line = showProgress(process.stderr, options.quiet === true);
  const interrupt = listenForInterrupt();
  const { isTTY, columns } = process.stdout;
  const style = terminalStyle({ isTTY: isTTY === true, columns, env: process.env, noColour: !options.color });
  try {
    return await work({
      onProgress: line.report,
      interrupt,
      style,
      print({ json, text }) {
        line.clear();
        process.stdout.write(options.json ? `${JSON.stringify(json, null, 2)}\n` : text(style));
      },
    });
  } finally {
    line.clear();
    interrupt.release();
  }
}
