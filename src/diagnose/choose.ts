// Which regions to capture and try to rewrite, best first.

import { totalOf } from "../profile/index.ts";
import type { Diagnosis } from "../schemas/diagnosis.ts";
import type { Profile } from "../schemas/profile.ts";
import type { Region } from "../schemas/region.ts";
import type { SourceFile } from "../source/file.ts";
import { attribute } from "./attribution.ts";
import { type Spot, spotsOf } from "./hotspots.ts";

const MOST = 8;
/** A region with less of the run's time that could be changed is not tried. */
const SMALLEST = 0.03;

/**
 * Regions by promise: the time in them that could be changed, counted less the more own regions stand between. So the
 * innermost loop comes first, then what is around it: the function that holds it, its caller. All of them are useful,
 * since a library function may replace the whole. A function without parameters stands further back: `main` reads files
 * and prints, and cannot be called again with other input.
 */
export function chooseRegions(
  diagnosis: Diagnosis,
  profile: Profile,
  files: readonly SourceFile[],
  hopeful = false,
): Region[] {
  if (diagnosis.hotspots.length === 0) return [];
  const attributions = attribute(profile, files, hopeful);
  const spots = spotsOf(profile, files, attributions);
  const wall = attributions.reduce((sum, one) => sum + (one === null ? 0 : totalOf(one.times)), 0);
  return spots
    .filter(
      (spot): spot is Spot & { region: Region } =>
        spot.region !== null && spot.region.notReplayable === null && spot.changeable >= wall * SMALLEST,
    )
    .map(({ region, promise }) => ({ region, promise: takesInput(region) ? promise : promise * 0.6 }))
    .sort((a, b) => b.promise - a.promise || size(a.region) - size(b.region))
    .slice(0, MOST)
    .map(({ region }) => region);
}

function takesInput({ kind, liveIn, closure }: Region): boolean {
  return kind !== "function" || liveIn.length + closure.length > 0;
}

const size = ({ span }: Region) => span.end - span.start;
