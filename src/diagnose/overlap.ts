// How much of a region's time lies outside others that it calls, or that call it.

import { totalOf } from "../profile/index.ts";
import type { Profile } from "../schemas/profile.ts";
import type { Region } from "../schemas/region.ts";
import type { SourceFile } from "../source/file.ts";
import { attribute } from "./attribution.ts";
import { placesOf } from "./place.ts";

/** The part (0 to 1) of a region's sampled time in which none of `others` runs, above or below it on the stack. */
type Beside = (region: Region, others: readonly Region[]) => number;

/** Of the regions of one run. A region that was never sampled counts as lying outside all others. */
export function besideOthers(
  profile: Profile,
  files: readonly SourceFile[],
  regions: readonly Region[],
): Beside {
  const places = placesOf(profile, files);
  const keyOf = ({ file, id }: Region) => `${file} ${id}`;
  const wanted = new Set(regions.map(keyOf));
  /** For each stack with time: the regions on it, and the time. */
  const stacks: { on: Set<string>; time: number }[] = [];
  for (const attribution of attribute(profile, files, false)) {
    if (attribution === null) continue;
    const on = new Set<string>();
    for (const frame of attribution.ownStack) {
      const { loops, function: own } = places[frame]!;
      for (const region of own === null ? loops : [...loops, own])
        if (wanted.has(keyOf(region))) on.add(keyOf(region));
    }
    if (on.size > 0) stacks.push({ on, time: totalOf(attribution.times) });
  }
  return (region, others) => {
    const keys = others.map(keyOf);
    let all = 0;
    let outside = 0;
    for (const { on, time } of stacks) {
      if (!on.has(keyOf(region))) continue;
      all += time;
      if (!keys.some((key) => on.has(key))) outside += time;
    }
    return all === 0 ? 1 : outside / all;
  };
}
