// The user's own functions and loops with the time they hold.

import { noTime, type Times, totalOf } from "../profile/index.ts";
import type { Hotspot, Shares } from "../schemas/diagnosis.ts";
import type { Profile } from "../schemas/profile.ts";
import type { Region } from "../schemas/region.ts";
import type { SourceFile } from "../source/file.ts";
import { amdahlCeiling, wilsonInterval } from "../stats/index.ts";
import { type Attribution, pathOf } from "./attribution.ts";
import { type Place, placesOf, regionsOfFunctions } from "./place.ts";

/** A function that is only seen being called stands behind the loop that calls it (see `promise`). */
const CALL_DISTANCE = 1.25;

/** A function or loop of the user's own, or the rest of a module's top level. */
export interface Spot {
  key: string;
  file: string;
  region: Region | null;
  scope: Hotspot["scope"];
  function: string;
  line: number;
  endLine: number;
  /** Time with callees, without any frame above, and with library callees but without other own regions inside. */
  total: Times;
  self: Times;
  exclusive: number;
  /** Of `total`, what a change of the code could save at most. */
  changeable: number;
  /** The same, where each own region that stands between the spot and the time makes it count less (see `choose.ts`). */
  promise: number;
  /** Time by the library function it goes into. */
  callees: Map<string, number>;
}

/** All spots that hold any time. A spot counts once per stack, however often it recurs. */
export function spotsOf(
  profile: Profile,
  files: readonly SourceFile[],
  attributions: readonly (Attribution | null)[],
): Spot[] {
  const spots = new Map<string, Spot>();
  const places = placesOf(profile, files);
  for (const attribution of attributions) {
    if (attribution === null || attribution.place === null) continue;
    const { times, ownStack, changeable, callee } = attribution;
    const time = totalOf(times);
    const seen = new Set<Spot>();
    ownStack.forEach((frame, depth) => {
      const place = places[frame]!;
      const here = spotsAt(spots, pathOf(profile, frame), place, functionName(profile, frame));
      for (const spot of here) seen.add(spot);
      if (depth > 0) return;
      const innermost = here[0]!;
      innermost.exclusive += time;
      if (attribution.leaf) for (const spot of here) addTimes(spot.self, times);
    });
    // Built-in code has no frame of its own: what is not Python on a line is its callee's.
    const inCallee = attribution.leaf ? time - times.python : time;
    let between = 0;
    for (const spot of seen) {
      addTimes(spot.total, times);
      spot.changeable += changeable;
      spot.promise += changeable / (1 + between++ / 4);
      if (callee !== null) spot.callees.set(callee, (spot.callees.get(callee) ?? 0) + inCallee);
    }
  }
  addCalls(spots, profile, files);
  return [...spots.values()];
}

/**
 * Add to each function the time in which it was being called: building its arguments and its frame. Bytecode gives way to
 * the sampler at calls and backward jumps only, so of a short function without loops this is all that is ever seen.
 */
function addCalls(spots: Map<string, Spot>, profile: Profile, files: readonly SourceFile[]): void {
  const { samples, stacks, frames } = profile;
  const regions = regionsOfFunctions(profile, files);
  samples.entered.forEach((fn, i) => {
    const region = fn < 0 ? null : regions[fn]!;
    if (region === null) return;
    for (let at = samples.stack[i]!; at >= 0; at = stacks.parent[at]!)
      if (frames.function[stacks.frame[at]!] === fn) return; // a recursive call: counted already
    const spot = spotFor(spots, region.id + region.file, {
      file: region.file,
      region,
      scope: region.kind,
      function: region.qualname,
      line: region.span.line,
      endLine: region.span.endLine,
    });
    const python = samples.runPython[i]!;
    spot.total.python += python;
    spot.changeable += python;
    spot.promise += python / CALL_DISTANCE;
  });
}

/** The spots at a place, innermost first: its loops, then its function or module level. */
function spotsAt(spots: Map<string, Spot>, file: string, place: Place, name: string): Spot[] {
  const regions: Region[] = [...place.loops].reverse();
  if (place.function !== null) regions.push(place.function);
  const found = regions.map((region) =>
    spotFor(spots, region.id + region.file, {
      file,
      region,
      scope: region.kind,
      function: region.qualname || "<module>",
      line: region.span.line,
      endLine: region.span.endLine,
    }),
  );
  if (place.function === null) {
    // Without a parsed source each function is known by its name only.
    const module = place.source !== null;
    found.push(
      spotFor(spots, `${file} ${module ? "<module>" : name}`, {
        file,
        region: null,
        scope: "function",
        function: module ? "<module>" : name,
        line: module ? 1 : place.line,
        endLine: module ? Math.max(1, place.source!.lineStarts.length) : place.line,
      }),
    );
  }
  return found;
}

function spotFor(
  spots: Map<string, Spot>,
  key: string,
  description: Pick<Spot, "file" | "region" | "scope" | "function" | "line" | "endLine">,
): Spot {
  let spot = spots.get(key);
  if (spot === undefined) {
    spot = {
      key,
      ...description,
      total: noTime(),
      self: noTime(),
      exclusive: 0,
      changeable: 0,
      promise: 0,
      callees: new Map(),
    };
    spots.set(key, spot);
  } else if (spot.region === null && spot.function !== "<module>") {
    spot.line = Math.min(spot.line, description.line);
    spot.endLine = Math.max(spot.endLine, description.endLine);
  }
  return spot;
}

/** Spots as the diagnosis lists them, those that hold most time of their own first. `samples`: effective number. */
export function hotspotsOf(spots: readonly Spot[], wall: number, samples: number): Hotspot[] {
  return spots
    .filter((spot) => totalOf(spot.total) >= wall * 0.01)
    .sort((a, b) => b.exclusive - a.exclusive || totalOf(b.total) - totalOf(a.total))
    .slice(0, 40)
    .map((spot) => {
      const time = totalOf(spot.total);
      const share = Math.min(1, time / wall);
      const [dominant] = [...spot.callees].sort(([, a], [, b]) => b - a);
      return {
        file: spot.file,
        line: spot.line,
        endLine: spot.endLine,
        function: spot.function,
        kind: kindOf(spot.total),
        scope: spot.scope,
        region: spot.region?.id ?? null,
        share,
        selfShare: Math.min(share, totalOf(spot.self) / wall),
        shareError: shareError(share, samples),
        ceiling: amdahlCeiling(share),
        shares: sharesOf(spot.total, time),
        dominatedBy: dominant && dominant[1] >= time / 2 ? dominant[0] : null,
      };
    });
}

/** Half-width of the 95% Wilson interval of a share seen in so many independent samples. */
export function shareError(share: number, samples: number): number {
  const { low, high } = wilsonInterval(share * samples, samples);
  return samples > 0 ? (high - low) / 2 : 1;
}

/** Each kind's part of `total`. */
export function sharesOf(times: Times, total: number): Shares {
  const part = (time: number) => (total > 0 ? time / total : 0);
  return {
    python: part(times.python),
    native: part(times.native),
    waiting: part(times.waiting),
    system: part(times.system),
  };
}

/** What holds most of the time, when it is more than three fifths. */
function kindOf(times: Times): Hotspot["kind"] {
  const total = totalOf(times);
  for (const kind of ["python", "native", "waiting", "system"] as const)
    if (times[kind] >= total * 0.6) return kind;
  return "mixed";
}

const functionName = (profile: Profile, frame: number): string =>
  profile.functions.name[profile.frames.function[frame]!]!;

function addTimes(into: Times, times: Times): void {
  into.python += times.python;
  into.native += times.native;
  into.waiting += times.waiting;
  into.system += times.system;
}
