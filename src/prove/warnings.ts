// What limits the worth of a timing, as data with a sentence: a clock too coarse, runs too short, a machine too noisy.

import type { SizedRatio, Sizes, TimingWarning } from "../schemas/index.ts";
import { median, signedRankInterval } from "../stats/index.ts";
import type { Judged, PairedTimes } from "./pairs.ts";
import { ratio, seconds } from "./select.ts";
import { clearlySlower } from "./sizes.ts";

/** A floor above this hides gains that are worth having. */
const noisy = 1.05;
/** From this share on, the start of Python hides much of what a rewrite gains. */
const muchOfARun = 0.25;

/** What limits the timing of whole runs; `startShare` is the start's share of the processor time of a run of the faster side. */
export function programWarnings(
  judged: Judged,
  times: PairedTimes,
  startShare: number | null,
): TimingWarning[] {
  const warnings = noiseWarnings(judged, times);
  if (startShare !== null && startShare >= muchOfARun)
    warnings.push({
      kind: "start-up",
      message: `a run takes ${seconds(Math.min(median(times.old), median(times.new)))}, of which ${Math.round(100 * startShare)}% is the start of Python, which no rewrite of the program makes faster`,
    });
  return warnings;
}

/** What the machine's noise and its drift limit. */
function noiseWarnings({ floor }: Judged, times: PairedTimes): TimingWarning[] {
  const warnings: TimingWarning[] = [];
  if (floor > noisy)
    warnings.push({
      kind: "noise",
      message: `this machine was busy with other things: gains below ${ratio(floor)} cannot be told from noise`,
    });
  // The two halves of the pairs should say the same.
  const half = Math.floor(times.logRatios.length / 2);
  const early = signedRankInterval(times.logRatios.slice(0, half));
  const late = signedRankInterval(times.logRatios.slice(-half));
  if (early && late && (early.high < late.low || late.high < early.low)) {
    const [first, second] = [early, late].map(({ estimate }) => ratio(Math.exp(estimate)));
    warnings.push({
      kind: "drift",
      message: `the gain changed while it was measured: ${first} at first, ${second} later`,
    });
  }
  return warnings;
}

/** What limits the timing of a region; `shorter` are the seconds of the faster side, for so many calls. */
export function regionWarnings(
  judged: Judged,
  times: PairedTimes,
  sizes: Sizes | null,
  shorter: { seconds: number; calls: number; clock: number; leavesState: boolean },
): TimingWarning[] {
  const warnings = noiseWarnings(judged, times);
  const each = shorter.seconds / shorter.calls;
  if (each < 20 * shorter.clock)
    warnings.push({
      kind: "clock",
      message: `one call takes about ${nanoseconds(each)}, and reading the clock ${nanoseconds(shorter.clock)}, so the ratio is rather too near to 1`,
    });
  if (shorter.leavesState)
    warnings.push({
      kind: "state",
      message:
        "calls leave something for later ones (a cache); it was emptied before each round over the recorded calls",
    });
  const recorded = sizes?.ratios.filter((one) => one.recorded) ?? [];
  const slower = recorded.filter((one) => clearlySlower(one.ratio));
  if (slower.length > 0) {
    const calls = (some: readonly SizedRatio[]) => some.reduce((sum, one) => sum + one.calls, 0);
    warnings.push({
      kind: "slower-calls",
      message: `slower on ${calls(slower)} of ${calls(recorded)} recorded calls that were timed`,
    });
  }
  return warnings;
}

const nanoseconds = (value: number) => `${Math.round(value * 1e9)} ns`;
