// Recorded runs as text: the list, and two of them side by side.

import { formatBytes, formatSeconds } from "../report/format.ts";
import type { RunComparison, RunList } from "../schemas/index.ts";

export function renderRuns(list: RunList): string {
  const removed =
    list.pruned.length > 0
      ? `Removed ${list.pruned.length} ${list.pruned.length === 1 ? "run" : "runs"}.\n`
      : "";
  if (list.runs.length === 0) return `${removed}No runs here yet. Record one with: speedwell run PROGRAM\n`;
  const lines = list.runs.map((run) => {
    const outcome =
      run.speedup === null
        ? (run.verdict ?? run.status).replaceAll("_", " ")
        : `${run.speedup.toFixed(2)}x faster`;
    const head = `${run.id}  ${formatSeconds(run.seconds).padStart(8)}  ${outcome.padEnd(14)} ${formatBytes(run.bytes).padStart(9)}`;
    return `${head}\n  ${run.command.length > 76 ? `${run.command.slice(0, 75)}…` : run.command}`;
  });
  return `${removed}${lines.join("\n")}\n`;
}

export function renderComparison({ before, after, functions }: RunComparison): string {
  const rows = functions.map(({ beforeSeconds, afterSeconds, function: name, file }) => {
    const change = `${formatSeconds(beforeSeconds).padStart(8)} ${formatSeconds(afterSeconds).padStart(8)}`;
    const place = `${name}  ${file.split("/").at(-1)}`;
    return `${change}  ${place.length > 60 ? `${place.slice(0, 59)}…` : place}`;
  });
  return [
    `${before.id}  ${formatSeconds(before.seconds)}`,
    `${after.id}  ${formatSeconds(after.seconds)}`,
    "",
    "  before    after  seconds in each function, callees included",
    ...rows,
    "",
    "One recording each: this says where to look. It proves nothing.",
    "",
  ].join("\n");
}
