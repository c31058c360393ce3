// Two sides timed in ABBA pairs of fresh processes, by a plan fixed before the first pair.
//
// Neighbours in ABBA order share whatever the machine is doing at that moment, and the order cancels drift; looking at
// the figures and then deciding to go on would make "faster" come out too often, so the count never depends on them.

import type { Deadline } from "../base/deadline.ts";
import type { Interval } from "../schemas/index.ts";
import { leastCount, noiseFloor, ratioInterval } from "../stats/index.ts";

export type Side = "old" | "new";

/** The least pairs for a 95% interval. */
export const leastPairs = leastCount(0.95);

/** How many pairs, an even number of `leastPairs` … `most`, fit into `seconds`; 0 when not even the least do. */
export function planPairs(seconds: number, secondsPerPair: number, most: number): number {
  const fitting = 2 * Math.floor(Math.min(most, seconds / secondsPerPair) / 2);
  return fitting >= leastPairs ? fitting : 0;
}

/** old new · new old · old new · … : an even number of pairs begins and ends with the old side. */
export const abbaOrder = (pairs: number): Side[] =>
  Array.from({ length: pairs }, (_, i): Side[] => (i % 2 === 0 ? ["old", "new"] : ["new", "old"])).flat();

/** The times of runs in `abbaOrder`. */
export interface PairedTimes {
  old: number[];
  new: number[];
  /** log(old/new) per pair. */
  logRatios: number[];
  /** log ratios of neighbours of the same side: what the machine's noise alone does. */
  sameSide: number[];
}

/**
 * Run the plan. `run` gives the seconds of one fresh process, or null when that side cannot be timed, which ends the
 * plan. So does the deadline. Only whole pairs are returned.
 */
export async function runPairs(
  pairs: number,
  deadline: Deadline,
  run: (side: Side, done: number) => Promise<number | null>,
): Promise<PairedTimes> {
  const seconds: number[] = [];
  const order = abbaOrder(pairs);
  for (const [done, side] of order.entries()) {
    if (deadline.remaining() === 0) break;
    const time = await run(side, done);
    if (time === null) break;
    seconds.push(time);
  }
  const times: PairedTimes = { old: [], new: [], logRatios: [], sameSide: [] };
  for (let i = 0; i + 1 < seconds.length; i += 2) {
    times[order[i]!].push(seconds[i]!);
    times[order[i + 1]!].push(seconds[i + 1]!);
    times.logRatios.push(Math.log(times.old.at(-1)! / times.new.at(-1)!));
    if (i > 0) times.sameSide.push(Math.log(seconds[i - 1]! / seconds[i]!));
  }
  return times;
}

/** The ratio of paired times and the floor below which it says nothing; null when there are too few pairs. */
export function judgePairs(times: PairedTimes): { ratio: Interval; floor: number } | null {
  const ratio = ratioInterval(times.logRatios);
  return ratio && { ratio, floor: noiseFloor(times.sameSide, times.logRatios.length) };
}
