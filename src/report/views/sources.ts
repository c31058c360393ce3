// The program's own files with the time spent on each line.

import type { Profile } from "../../schemas/profile.ts";
import { shownPath } from "../command.ts";
import { KINDS, type SourceView } from "../model.ts";
import type { StackCosts } from "./costs.ts";

/** Files shown, and characters of source embedded at most, so that the report stays a file that opens at once. */
const MOST_FILES = 40;
const MOST_TEXT = 2_000_000;

interface Lines {
  line: number[];
  self: Float64Array;
  /** Cumulative, by kind. */
  kinds: Float64Array[];
}

/** Own files that took time, hottest first. `texts` holds their content as it was executed, by absolute path. */
export function sourceViews(
  profile: Profile,
  costs: StackCosts,
  texts: ReadonlyMap<string, string>,
  cwd: string,
): SourceView[] {
  const perFile = lineCosts(profile, costs);
  const ordered = [...perFile]
    .filter(([file]) => texts.has(profile.files.path[file]!))
    .sort(([, a], [, b]) => sum(b.self) - sum(a.self))
    .slice(0, MOST_FILES);
  let room = MOST_TEXT;
  return ordered.map(([file, lines]) => {
    const path = profile.files.path[file]!;
    const text = texts.get(path)!;
    const fits = text.length <= room;
    if (fits) room -= text.length;
    return view(path, shownPath(path, cwd), fits ? text : null, lines);
  });
}

/** For every line of the user's own files: time with it as the innermost line, and with it anywhere on the stack. */
function lineCosts(profile: Profile, costs: StackCosts): Map<number, Lines> {
  const { stacks, frames, functions, files } = profile;
  const places: { file: number; line: number }[] = [];
  const byPlace = new Map<string, number>();
  const placeOfFrame = frames.function.map((called, frame) => {
    const file = functions.file[called]!;
    if (file < 0 || files.origin[file] !== "own") return -1;
    const key = `${file} ${frames.line[frame]}`;
    const known = byPlace.get(key) ?? places.push({ file, line: frames.line[frame]! }) - 1;
    byPlace.set(key, known);
    return known;
  });
  const self = new Float64Array(places.length);
  const kinds = KINDS.map(() => new Float64Array(places.length));
  const seen = new Int32Array(places.length).fill(-1);
  for (let stack = 0; stack < stacks.frame.length; stack++) {
    const own = KINDS.map((kind) => costs[kind][stack]!);
    const total = sum(own);
    if (total === 0) continue;
    const leaf = placeOfFrame[stacks.frame[stack]!]!;
    if (leaf >= 0) self[leaf]! += total;
    for (let at = stack; at >= 0; at = stacks.parent[at]!) {
      const place = placeOfFrame[stacks.frame[at]!]!;
      if (place < 0 || seen[place] === stack) continue; // A line that recurs on a stack counts once.
      seen[place] = stack;
      for (let kind = 0; kind < own.length; kind++) kinds[kind]![place]! += own[kind]!;
    }
  }
  const result = new Map<number, Lines>();
  const perFile = new Map<number, ((typeof places)[number] & { index: number })[]>();
  for (const [index, place] of places.entries()) {
    const list = perFile.get(place.file) ?? [];
    list.push({ ...place, index });
    perFile.set(place.file, list);
  }
  for (const [file, of] of perFile) {
    of.sort((a, b) => a.line - b.line);
    result.set(file, {
      line: of.map((place) => place.line),
      self: Float64Array.from(of, (place) => self[place.index]!),
      kinds: kinds.map((column) => Float64Array.from(of, (place) => column[place.index]!)),
    });
  }
  return result;
}

function view(path: string, shown: string, text: string | null, lines: Lines): SourceView {
  const micro = (column: Float64Array): number[] => Array.from(column, (time) => Math.round(time / 1000));
  const [python, native, waiting, system] = lines.kinds.map(micro) as [
    number[],
    number[],
    number[],
    number[],
  ];
  return {
    path,
    shown,
    text,
    omitted: text === null ? "This file is too long to be put into the report" : null,
    lines: {
      line: lines.line,
      microseconds: python.map((own, index) => own + native[index]! + waiting[index]! + system[index]!),
      selfMicroseconds: micro(lines.self),
      kinds: { python, native, waiting, system },
    },
  };
}

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
