// Where in the user's own code a frame stands: its function, and the loops around it.

import { resolve } from "node:path";
import type { IndexIntoFrames, Profile } from "../schemas/profile.ts";
import type { Region } from "../schemas/region.ts";
import type { SourceFile } from "../source/file.ts";
import { innermostRegion, regionsOf } from "../source/regions.ts";

export interface Place {
  /** The file as it was parsed; null where it was not (changed since the run, or not valid on its own). */
  source: SourceFile | null;
  line: number;
  /** The function around the line, or null at module level. */
  function: Region | null;
  /** The loops of that function (or the loops and the statement of the module) around the line, outermost first. */
  loops: readonly Region[];
  /** In a loop, or in a comprehension or generator expression with code of its own (before Python 3.12). */
  repeated: boolean;
}

/** The place of each frame; null for frames of libraries. Index by frame. */
export function placesOf(profile: Profile, files: readonly SourceFile[]): (Place | null)[] {
  const sources = new Map(files.map((file) => [resolve(file.path), file]));
  const known = new Map<string, Place>();
  return profile.frames.line.map((line, frame) => {
    const file = fileOf(profile, frame);
    if (profile.files.origin[file] !== "own") return null;
    const name = profile.functions.name[profile.frames.function[frame]!]!;
    const comprehension = /<(listcomp|setcomp|dictcomp|genexpr)>$/.test(name);
    const key = `${file} ${line} ${comprehension}`;
    let place = known.get(key);
    if (place === undefined) {
      place = placeOf(sources.get(resolve(profile.files.path[file]!)) ?? null, line, comprehension);
      known.set(key, place);
    }
    return place;
  });
}

/** The user's own function that each entry of the function table is, or null. Index by function. */
export function regionsOfFunctions(profile: Profile, files: readonly SourceFile[]): (Region | null)[] {
  const sources = new Map(files.map((file) => [resolve(file.path), file]));
  const { functions } = profile;
  return functions.name.map((name, fn) => {
    const file = functions.file[fn]!;
    const source =
      profile.files.origin[file] === "own" ? sources.get(resolve(profile.files.path[file]!)) : undefined;
    if (source === undefined) return null;
    // The first line of a decorated function is that of its first decorator, which stands before the region.
    const following = regionsOf(source).filter(
      ({ kind, span, qualname }) =>
        kind === "function" &&
        span.line >= functions.line[fn]! &&
        qualname.split(".").at(-1) === name.split(".").at(-1),
    );
    return following.sort((a, b) => a.span.line - b.span.line)[0] ?? null;
  });
}

export function fileOf({ functions, frames }: Profile, frame: IndexIntoFrames): number {
  return functions.file[frames.function[frame]!]!;
}

function placeOf(source: SourceFile | null, line: number, comprehension: boolean): Place {
  const regions = source === null ? [] : regionsOf(source);
  const around = innermostRegion(regions, line, "function");
  const loops = regions.filter(
    ({ kind, span }) =>
      kind !== "function" &&
      span.line <= line &&
      line <= span.endLine &&
      // A function defined inside a loop does not run inside it.
      (around === null || around.span.start < span.start),
  );
  loops.sort((a, b) => a.span.start - b.span.start);
  return {
    source,
    line,
    function: around,
    loops,
    repeated: comprehension || loops.some(({ kind }) => kind === "loop"),
  };
}
