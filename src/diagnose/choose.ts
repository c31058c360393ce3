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
 * Regions by promise: the time in them that could be changed, where time of the region itself and of the libraries it
 * calls counts whole, and time of other own regions that it calls counts half, since those are tried by themselves. A
 * region that only hands on to a narrower one (`main`, a loop around one call) so stands behind it, but stays: a library
 * function may replace the whole.
 */
export function chooseRegions(
  diagnosis: Diagnosis,
  profile: Profile,
  files: readonly SourceFile[],
): Region[] {
  if (diagnosis.hotspots.length === 0) return [];
  const attributions = attribute(profile, files);
  const spots = spotsOf(profile, files, attributions);
  const wall = attributions.reduce((sum, one) => sum + (one === null ? 0 : totalOf(one.times)), 0);
  return spots
    .filter(
      (spot): spot is Spot & { region: Region } =>
        spot.region !== null && spot.region.notReplayable === null && spot.changeable >= wall * SMALLEST,
    )
    .map((spot) => ({ region: spot.region, promise: promiseOf(spot) }))
    .sort((a, b) => b.promise - a.promise || size(a.region) - size(b.region))
    .slice(0, MOST)
    .map(({ region }) => region);
}

function promiseOf(spot: Spot): number {
  const own = Math.min(spot.exclusive, spot.changeable);
  return own + (spot.changeable - own) / 2;
}

const size = ({ span }: Region) => span.end - span.start;
