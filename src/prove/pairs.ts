// Two sides timed in ABBA pairs of fresh processes, by a plan fixed before the first pair.
//
// Neighbours share whatever the machine is doing at that moment, and the order cancels drift; looking at the figures and
// then deciding to go on would make "faster" come out too often, so the count never depends on them.

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

/**
 * The most pairs that a comparison is worth when so large a gain is expected; 1 when nothing is known. Interval and floor
 * each take about two standard errors, so a gain is found in nine of ten tries when it is 5.4 of them. Planned for noise of
 * 3.5% per pair: 40 pairs for a gain of 3%, 12 for one of 6% and more.
 */
export function worthwhilePairs(expectedGain: number): number {
  const pairs = ((5.4 * 0.035) / Math.log(Math.max(1.001, expectedGain))) ** 2;
  return 2 * Math.ceil(Math.min(40, Math.max(12, pairs)) / 2);
}

/**
 * The side of each run: ABBA, its mirror BAAB, the mirror of both, and so on (the Thue–Morse sequence). It cancels drift as
 * ABBA does, and has no period: a disturbance of every fourth run, such as a scheduler that deals processes to four cores
 * in turn, would meet the same side each time if ABBA were just repeated.
 */
export const abbaOrder = (pairs: number): Side[] =>
  Array.from({ length: 2 * pairs }, (_, run): Side => (oddBits(run) ? "new" : "old"));

function oddBits(number: number): boolean {
  let odd = false;
  for (let rest = number; rest > 0; rest >>= 1) if (rest & 1) odd = !odd;
  return odd;
}

/** The times of runs in `abbaOrder`. */
export interface PairedTimes {
  old: number[];
  new: number[];
  /** log(old/new) per pair. */
  logRatios: number[];
  /** log ratios of one run to the next of the same side: what the machine's noise alone does. */
  sameSide: number[];
}

/** Pair the seconds of runs that followed `abbaOrder`; a last run without its partner is left out. */
export function pairUp(seconds: readonly number[]): PairedTimes {
  const pairs = Math.floor(seconds.length / 2);
  const order = abbaOrder(pairs);
  const times: PairedTimes = { old: [], new: [], logRatios: [], sameSide: [] };
  for (const [run, side] of order.entries()) {
    const before = times[side].at(-1);
    if (before !== undefined) times.sameSide.push(Math.log(before / seconds[run]!));
    times[side].push(seconds[run]!);
    if (run % 2 === 1) times.logRatios.push(Math.log(times.old.at(-1)! / times.new.at(-1)!));
  }
  return times;
}

/**
 * Run the plan. `run` gives one fresh process, or null when that side cannot be timed, which ends the plan. So does the
 * deadline. Only whole pairs are returned, in `abbaOrder`.
 */
export async function runPairs<Run>(
  pairs: number,
  deadline: Deadline,
  run: (side: Side, pair: number) => Promise<Run | null>,
): Promise<Run[]> {
  const runs: Run[] = [];
  for (const [done, side] of abbaOrder(pairs).entries()) {
    if (deadline.remaining() === 0) break;
    const one = await run(side, Math.floor(done / 2));
    if (one === null) break;
    runs.push(one);
  }
  return runs.slice(0, 2 * Math.floor(runs.length / 2));
}

export interface Judged {
  ratio: Interval;
  /** The smallest ratio that the noise lets be told from 1. */
  floor: number;
}

/** The ratio of paired times and the floor below which it says nothing; null when there are too few pairs. */
export function judgePairs(times: PairedTimes): Judged | null {
  const ratio = ratioInterval(times.logRatios);
  return ratio && { ratio, floor: noiseFloor(times.sameSide, times.logRatios.length) };
}

/** New over old of what each run used, with its interval: memory. Null when there are too few pairs or nothing is known. */
export function usedRatio(amounts: readonly (number | null)[]): Interval | null {
  const known = amounts.flatMap((amount) => (amount === null || amount <= 0 ? [] : amount));
  return known.length < amounts.length
    ? null
    : ratioInterval(pairUp(known).logRatios.map((logRatio) => -logRatio));
}
