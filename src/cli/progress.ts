// Progress on stderr: one line that is written over on a terminal, one line per stage elsewhere, nothing when quiet.

import type { Progress, ProgressEvent } from "../base/progress.ts";

export interface ProgressLine {
  report: Progress;
  /** Take the line off the screen, before something else is printed. */
  clear(): void;
}

const titles: Record<ProgressEvent["stage"], string> = {
  record: "Recording",
  diagnose: "Diagnosing",
  capture: "Capturing",
  rewrite: "Rewriting",
  prove: "Proving",
  report: "Reporting",
  install: "Installing",
};

export function showProgress(stream: NodeJS.WriteStream, quiet: boolean): ProgressLine {
  if (quiet) return { report: () => {}, clear: () => {} };
  return stream.isTTY ? onTerminal(stream) : asLines(stream);
}

function asLines(stream: NodeJS.WriteStream): ProgressLine {
  let last = "";
  return {
    report(event) {
      const line = `${titles[event.stage]}: ${event.message}`;
      if (line !== last) stream.write(`${line}\n`);
      last = line;
    },
    clear: () => {},
  };
}

function onTerminal(stream: NodeJS.WriteStream): ProgressLine {
  let current: ProgressEvent | null = null;
  let started = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const draw = () => {
    if (!current) return;
    const seconds = Math.floor((performance.now() - started) / 1000);
    const far = current.total ? ` ${current.done ?? 0}/${current.total}` : "";
    const text = `${titles[current.stage]}${far}: ${current.message}`;
    const room = Math.max(20, (stream.columns || 80) - 8);
    stream.write(`\r\x1b[2K${text.length > room ? `${text.slice(0, room - 1)}…` : text} ${seconds} s`);
  };
  const clear = () => {
    clearInterval(timer);
    timer = undefined;
    if (current) stream.write("\r\x1b[2K");
    current = null;
  };
  return {
    report(event) {
      if (event.stage !== current?.stage) started = performance.now();
      current = event;
      if (event.stage === "record") {
        // From here on the screen is the program's own.
        stream.write(`\r\x1b[2K${titles.record}: ${event.message}\n`);
        clearInterval(timer);
        timer = undefined;
        current = null;
        return;
      }
      timer ??= setInterval(draw, 500).unref();
      draw();
    },
    clear,
  };
}
