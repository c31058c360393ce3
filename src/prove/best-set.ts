// The set of rewrites that saves the most, every one of it timed in pairs where its region allows that.

import type { Deadline } from "../base/deadline.ts";
import type { Timing } from "../schemas/index.ts";
import type { Candidate } from "./candidate.ts";
import { isOver } from "./check.ts";
import { leastPairs, planPairs } from "./pairs.ts";
import type { ProveOptions } from "./prove.ts";
import { chooseSet, conflict, judgeTiming, ratio } from "./select.ts";

/**
 * Choose the best set by what is known, time those of it that are not yet timed in pairs, and choose again, until all of
 * the set are timed and hold. A region too slow to be timed on its own stays only when whole runs will tell.
 */
export async function timeBestSet(
  options: ProveOptions,
  candidates: readonly Candidate[],
  deadline: Deadline,
  wholeRuns: boolean,
): Promise<Candidate[]> {
  const looked = new Set(candidates.filter((one) => one.timing !== null));
  for (;;) {
    const open = candidates.filter((one) => one.isReady);
    const set = new Set(chooseSet(open.map((one) => one.choice())).map((one) => one.rewrite));
    const chosen = open.filter((one) => set.has(one.rewrite));
    const next = chosen.find((one) => !looked.has(one));
    if (next === undefined) {
      for (const other of open)
        if (!chosen.includes(other))
          other.refuse(outdone(other, chosen), { rivals: rivalsOf(other, chosen) });
      return chosen;
    }
    looked.add(next);
    if (next.needsWholeRuns) {
      if (!wholeRuns) next.postpone(onlyInWholeRuns);
      continue;
    }
    const untimed = chosen.filter((one) => !looked.has(one)).length + 1;
    const timing = await timeInPairs(
      options,
      next,
      deadline.within(deadline.remaining() / untimed),
      wholeRuns,
    );
    if (timing === null) {
      if (!wholeRuns) next.postpone(tooSlowToTime(next), secondsInPairs(next));
      continue;
    }
    if (typeof timing === "string") {
      if (wholeRuns) continue;
      if (isOver(deadline)) next.postpone(timing, secondsInPairs(next));
      else next.refuse(timing);
      continue;
    }
    next.timing = timing;
    const judged = judgeTiming(next.subject.share, timing, next.subject.programSeconds, next.subject.repeat);
    if (judged.keep) next.timed = judged.reason;
    else next.refuse(judged.reason);
  }
}

/** A margin for a machine that becomes busier while pairs are timed. */
const busier = 1.15;

/** Seconds of the least pairs of a region. */
const secondsInPairs = (candidate: Candidate) => busier * leastPairs * candidate.quick!.pairSeconds;

/**
 * Time a rewrite in pairs, on shorter ones of the region's calls when the usual ones are too long and whole runs will not
 * tell. Null when no six pairs fit; a sentence when a side cannot be timed.
 */
async function timeInPairs(
  options: ProveOptions,
  candidate: Candidate,
  deadline: Deadline,
  wholeRuns: boolean,
): Promise<Timing | string | null> {
  const usual = candidate.quick!;
  let timer = candidate.subject.timer;
  let pairs = planPairs(deadline.remaining(), busier * usual.pairSeconds, wholeRuns ? 8 : 10);
  if (pairs === 0 && !wholeRuns) {
    // One more than the least, since the look at the shorter calls costs as much as a pair.
    const perPair = deadline.remaining() / (busier * (leastPairs + 1));
    const besides = usual.pairSeconds - usual.oldSeconds - usual.newSeconds;
    timer = timer.shorter((perPair - besides) / (1 + 1 / usual.ratio));
    const quick = await timer.quick(candidate.rewritten(), deadline);
    if (typeof quick === "string") return null;
    pairs = planPairs(deadline.remaining(), busier * quick.pairSeconds, 10);
  }
  if (pairs === 0) return null;
  return timer.compare(candidate.rewritten(), pairs, deadline, (done, total) =>
    options.onProgress?.({
      stage: "prove",
      message: `timing in pairs: ${candidate.rewrite.summary}`,
      done,
      total,
    }),
  );
}

const onlyInWholeRuns =
  "its gain lies in calls that find the result of an earlier one, and whole runs, which would show it, do not fit into the time";

const tooSlowToTime = (candidate: Candidate) =>
  `about ${ratio(candidate.quick!.ratio)} in a first timing, but the region is too slow to be timed in pairs in the time left`;

/** Those of the chosen rewrites that a loser could not stand beside. */
function rivalsOf(loser: Candidate, chosen: readonly Candidate[]): Candidate[] {
  const own = loser.choice();
  return chosen.filter((one) => one.subject === loser.subject || conflict(one.choice(), own));
}

function outdone(loser: Candidate, chosen: readonly Candidate[]): string {
  const gain = ratio(loser.gain());
  const rival = rivalsOf(loser, chosen).find((one) => one.subject === loser.subject);
  if (rival === undefined)
    return `overlaps with rewrites that together gain more; this one alone would give about ${gain} for the program`;
  const other = ratio(rival.gain());
  return loser.newPackages.length > 0 && rival.newPackages.length === 0
    ? `needs ${loser.rewrite.build ? "to be built beforehand" : "a package that is not installed"}, for about ${gain} for the program against ${other} without it`
    : `another rewrite of the same lines gains more: about ${other} for the program against ${gain}`;
}
