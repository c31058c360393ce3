// Check, time, compose, measure: in rounds, as long as there is time and something that could do better.

import type { Deadline } from "../base/deadline.ts";
import { timeBestSet } from "./best-set.ts";
import { planBudget, secondsOfPairs } from "./budget.ts";
import { type Candidate, isOpen, type Subject } from "./candidate.ts";
import { checkAndLook, coverOf, muchMore } from "./check.ts";
import { type Composed, composeAndMeasure } from "./compose.ts";
import { leastPairs } from "./pairs.ts";
import { unmeasured, type WholeProgram } from "./program.ts";
import type { ProveOptions } from "./prove.ts";
import { ratio } from "./select.ts";
import { measureStrength } from "./strength.ts";

export const largestShare = (subjects: readonly Subject[]) =>
  Math.max(0, ...subjects.map((subject) => subject.share.estimate));

/** Seconds below which another round is not worth its processes. */
const leastRound = 4;

/**
 * The most promising first, and measured as soon as it gives much of what there is to give: a result stands early, and the
 * time that is left goes to whatever could still do better. What was refused for lack of time, or in favour of a rewrite that
 * failed later, gets another round when there is much more time for it than it had.
 */
export async function proveInRounds(
  options: ProveOptions,
  subjects: readonly Subject[],
  opening: Promise<WholeProgram | string>,
  unneeded: AbortController,
): Promise<Composed> {
  const { deadline } = options;
  const candidates = subjects.flatMap((subject) => subject.candidates);
  let best: Composed = { kept: [], why: new Map(), program: unmeasured(null) };
  for (;;) {
    const plan = planBudget(
      deadline.remaining(),
      options.programSeconds,
      largestShare(subjects),
      Math.min(...candidates.filter((one) => one.isReady).map((one) => one.wholeRunSeconds())),
    );
    const tried = await checkAndLook(
      options,
      candidates,
      deadline.within(plan.checks + (plan.wholeRuns ? plan.timing : 0.5 * plan.timing)),
      opening,
    );
    const ready = candidates.filter((one) => one.isReady);
    const wanted = ready.length > 0 || candidates.some((one) => isWaiting(one, deadline));
    if (!wanted) unneeded.abort(new Error("nothing is left to prove"));
    // Nothing is timed beside the whole runs; and where these came to nothing, the regions must tell by themselves.
    const whole = ready.length > 0 ? await opening : "no rewrite is left";
    const { chosen, timing } = await chooseSet(options, candidates, whole, plan.wholeRuns);
    for (const one of ready) if (one.refusal?.lacking !== undefined) one.givenSeconds = timing;
    await measureStrength(chosen, deadline.within(0.1 * plan.checks));
    const isNew = chosen.length > 0 && !isSameSet(chosen, best.kept);
    if (isNew) {
      const others = candidates.some((one) => !chosen.includes(one) && isWaiting(one, deadline));
      const composed = await composeAndMeasure(options, chosen, whole, others);
      if (isBetter(composed, best)) best = composed;
    }
    // What was put together now, and could not be proved, gives way to what had been proved; a set chosen in its place too.
    for (const one of best.kept) one.refusal = null;
    for (const one of candidates) if (!best.kept.includes(one)) passOver(best, one);
    const again = candidates.filter((one) => !best.kept.includes(one) && isWaiting(one, deadline));
    const enough = Math.max(leastRound, best.program.measured ? secondsToCompare(options, best) : 0);
    if (again.length === 0 || (tried === 0 && !isNew) || deadline.remaining() < enough) break;
    for (const candidate of again) candidate.refusal = null;
  }
  for (const candidate of candidates) {
    if (best.kept.includes(candidate)) continue;
    if (candidate.refusal?.rivals && candidate.reopens)
      candidate.postpone(
        "another rewrite was tried in its place and refused in the end, and no time was left for this one",
      );
    else if (candidate.isReady)
      candidate.postpone(
        "it holds alone, but there was no time to prove it together with what is kept",
        secondsToCompare(options, best),
      );
    else if (isOpen(candidate)) candidate.postpone("the time ended before its results were checked");
  }
  return best;
}

/** The best set of what is ready, timed in pairs as far as the whole runs leave time for that; and the seconds it had. */
async function chooseSet(
  options: ProveOptions,
  candidates: readonly Candidate[],
  whole: WholeProgram | string,
  planned: boolean,
): Promise<{ chosen: Candidate[]; timing: number }> {
  const { deadline, programSeconds, repeat } = options;
  const ready = candidates.filter((one) => one.isReady);
  const left = deadline.remaining();
  // What compiles makes whole runs longer than the plan could know.
  const likely = Math.min(programSeconds, ...ready.map((one) => one.wholeRunSeconds()));
  const pairs = secondsOfPairs(typeof whole === "string" ? programSeconds : whole.seconds, likely);
  // With repeats the figure after the first run decides, which only pairs of the region give.
  const wholeRuns = repeat === 1 && planned && typeof whole !== "string" && pairs <= left;
  const timing = wholeRuns ? Math.min(left - pairs, 0.3 * left) : 0.8 * left;
  const chosen = await timeBestSet(options, candidates, deadline.within(timing), wholeRuns);
  return { chosen, timing };
}

/** Whether it is still to be tried, or to be tried again: with much more time than it had, or because its rivals failed. */
function isWaiting(candidate: Candidate, deadline: Deadline): boolean {
  const { refusal } = candidate;
  if (refusal === null) return candidate.quick === null;
  if (refusal.lacking !== undefined)
    return candidate.tries < mostTries && deadline.remaining() > muchMore * candidate.givenSeconds;
  return candidate.reopens;
}

/** Times that a rewrite is tried: what lacked time twice will lack it again. */
const mostTries = 3;

/** Refuse what could do little beside or instead of the rewrites that are kept. */
function passOver({ kept, program }: Composed, candidate: Candidate): void {
  if (kept.length === 0 || !(isOpen(candidate) || candidate.reopens)) return;
  const cover = coverOf(kept, candidate);
  if (cover !== null) {
    candidate.refuse(cover.reason, { rivals: [cover.by] });
    return;
  }
  const gain = (program.perRepeat?.speedup ?? program.speedup)?.estimate ?? 1;
  const { share, beside } = candidate.subject;
  const outside = share.high * beside(kept.map(({ subject }) => subject.region));
  // Of the original's time, like `outside`: what the kept rewrites leave of their lines, as far as these lines hold them.
  const inside = kept.map((one) => {
    const { estimate } = one.subject.share;
    const held = share.high * (1 - beside([one.subject.region]));
    return Math.max(0, 1 / one.gain() - (1 - estimate)) * Math.min(1, held / Math.max(0.01, estimate));
  });
  const left = outside + inside.reduce((sum, one) => sum + one, 0);
  if (outside * gain > leastLeft || left * gain >= leastInstead) return;
  candidate.refuse(
    `the rewrites that are kept make the program ${ratio(gain)} faster already, and leave little of these lines' time`,
    { rivals: kept },
  );
}

/** Part of the new program's time below which lines are not worth another proof. */
const leastLeft = 0.03;
/** The same of lines that are rewritten already. */
const leastInstead = 0.2;

const isSameSet = (a: readonly Candidate[], b: readonly Candidate[]) =>
  a.length === b.length && a.every((one) => b.includes(one));

/** A composition that was measured is better than one that is predicted; then the one that gives more at least. */
function isBetter(a: Composed, b: Composed): boolean {
  if (a.kept.length === 0 || b.kept.length === 0) return a.kept.length > 0;
  if (a.program.measured !== b.program.measured) return a.program.measured;
  const low = ({ program }: Composed) => (program.perRepeat?.speedup ?? program.speedup)?.low ?? 1;
  return low(a) > low(b);
}

/** Seconds of the least pairs of whole runs. */
const secondsToCompare = ({ programSeconds }: ProveOptions, { program }: Composed): number =>
  leastPairs * ((program.oldSeconds ?? programSeconds) + (program.newSeconds ?? programSeconds));
