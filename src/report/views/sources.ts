// The program's own files with the time spent on each line.

import { totalOf, type Usage, usageBy } from "../../profile/index.ts";
import type { Profile } from "../../schemas/profile.ts";
import { shownPath } from "../command.ts";
import { KINDS, type Kind, type SourceView } from "../model.ts";

/** Files shown, and characters of source embedded at most, so that the report stays a file that opens at once. */
const MOST_FILES = 40;
const MOST_TEXT = 2_000_000;

type Lines = { line: number; usage: Usage }[];

/** Own files that took time, hottest first. `texts` holds their content as it was executed, by absolute path. */
export function sourceViews(profile: Profile, texts: ReadonlyMap<string, string>, cwd: string): SourceView[] {
  const ordered = [...linesPerFile(profile)]
    .filter(([path]) => texts.has(path))
    .sort(([, a], [, b]) => ownTime(b) - ownTime(a))
    .slice(0, MOST_FILES);
  let room = MOST_TEXT;
  return ordered.map(([path, lines]) => {
    const text = texts.get(path)!;
    const fits = text.length <= room;
    if (fits) room -= text.length;
    return view(path, shownPath(path, cwd), fits ? text : null, lines);
  });
}

/** The lines of the user's own files that were seen, in order. */
function linesPerFile(profile: Profile): Map<string, Lines> {
  const { frames, functions, files } = profile;
  // File and line as one number, for lines have no more digits than this.
  const LINES = 2 ** 24;
  const usages = usageBy(profile, (frame) => {
    const file = functions.file[frames.function[frame]!]!;
    return file >= 0 && files.origin[file] === "own" ? [file * LINES + frames.line[frame]!] : [];
  });
  const result = new Map<string, Lines>();
  for (const [key, usage] of [...usages].sort(([a], [b]) => a - b)) {
    const path = files.path[Math.floor(key / LINES)]!;
    const lines = result.get(path) ?? [];
    lines.push({ line: key % LINES, usage });
    result.set(path, lines);
  }
  return result;
}

function view(path: string, shown: string, text: string | null, lines: Lines): SourceView {
  const micro = (time: number): number => Math.round(time / 1000);
  return {
    path,
    shown,
    text,
    omitted: text === null ? "This file is too long to be put into the report" : null,
    lines: {
      line: lines.map(({ line }) => line),
      microseconds: lines.map(({ usage }) => micro(totalOf(usage.total))),
      selfMicroseconds: lines.map(({ usage }) => micro(totalOf(usage.self))),
      kinds: Object.fromEntries(
        KINDS.map((kind) => [kind, lines.map(({ usage }) => micro(usage.total[kind]))]),
      ) as Record<Kind, number[]>,
    },
  };
}

const ownTime = (lines: Lines): number => lines.reduce((sum, { usage }) => sum + totalOf(usage.self), 0);
