// The first two questions to every rewrite: are the results the same, and does one timing promise anything.

import type { Deadline } from "../base/deadline.ts";
import { lineName } from "../source/cell-lines.ts";
import { buildModule } from "./build.ts";
import { type Candidate, isOpen, type Subject } from "./candidate.ts";
import type { ProveOptions } from "./prove.ts";
import { openReplay } from "./replay.ts";
import { onceCost, onceSentence, ratio, refusedBecause } from "./select.ts";

/** Seconds that a check and a first timing may well take: both versions run on a call, in several processes. */
function needed({ facts, share, programSeconds }: Subject): number {
  // As it was sampled: recording the calls made them longer.
  const seconds = Math.min(facts.seconds, share.estimate * programSeconds);
  return 5 + 4 * (seconds / Math.max(1, facts.calls));
}

/** How soon a rewrite is tried: by what its lines take. One that must compile or be built shows its gain late. */
const promise = ({ subject, rewrite }: Candidate) =>
  subject.share.estimate * (rewrite.build ? 0.7 : rewrite.warmsUp ? 0.8 : 1);

/**
 * Check the results of the rewrites that are not yet ready, and time once what is the same, the most promising first, two
 * regions at a time once `beside` has ended. So a rewrite of an inner loop is passed over when one of its surroundings serves
 * better. Ends early, with the rest untried, when one gives so much that it should be measured before anything else.
 * Says how many were tried.
 */
export async function checkAndLook(
  options: ProveOptions,
  candidates: readonly Candidate[],
  end: Deadline,
  beside: Promise<unknown>,
): Promise<number> {
  const waiting = candidates
    .filter((one) => isOpen(one) && !one.isReady)
    .sort((a, b) => promise(b) - promise(a));
  const busy = new Set<Subject>();
  let tried = 0;
  let settled = false;
  const tell = (what: string, candidate: Candidate) =>
    options.onProgress?.({
      stage: "prove",
      message: `${what}: ${candidate.rewrite.summary}`,
      done: tried,
      total: candidates.length,
    });
  /** Whether one is tried however little time there is: there is nothing else to make of it. */
  const anyway = () => tried === 0 && !candidates.some((one) => one.isReady);
  /** The next whose region is free and whose time suffices. */
  const take = (): Candidate | undefined => {
    const at = waiting.findIndex(
      ({ subject }) => !busy.has(subject) && (anyway() || end.remaining() >= 0.5 * needed(subject)),
    );
    return at < 0 ? undefined : waiting.splice(at, 1)[0];
  };
  const tryOne = async (candidate: Candidate) => {
    const cover = coverOf(candidates, candidate);
    if (cover !== null) {
      candidate.refuse(cover.reason, { rivals: [cover.by] });
      return;
    }
    const { subject } = candidate;
    const own = end.within(Math.max(needed(subject), end.remaining() / 2));
    candidate.givenSeconds = own.remaining();
    candidate.tries++;
    tried++;
    if (candidate.equivalence.verdict !== "same") {
      tell("checking that results stay the same", candidate);
      await checkOne(options, subject, candidate, own);
    }
    if (!isOpen(candidate)) return;
    tell("a first timing", candidate);
    await lookOnce(candidate, end);
    settled ||= candidate.isReady && givesMuch(candidate, candidates);
  };
  const worker = async () => {
    for (let next = take(); next !== undefined && !settled; next = take()) {
      busy.add(next.subject);
      await tryOne(next);
      busy.delete(next.subject);
    }
  };
  let second: Promise<void> | null = null;
  const helping = beside.then(
    () => {
      second = worker();
    },
    () => {}, // its error is met where its result is needed
  );
  await worker();
  // The helper may be at work on the last of them; when nothing is left to help with, `beside` need not have ended.
  if (second !== null) await helping.then(() => second);
  return tried;
}

/** Whether a rewrite gives so much of what all of them could that its gain should be made certain first. */
function givesMuch(candidate: Candidate, all: readonly Candidate[]): boolean {
  const share = Math.max(...all.map(({ subject }) => subject.share.estimate));
  const ceiling = 1 / (1 - Math.min(0.99, share));
  return candidate.gain() >= Math.max(2, ceiling ** 0.6);
}

function onceOf({ quick, subject }: Candidate): string {
  const { share, programSeconds } = subject;
  const ratio = { low: quick!.ratio, estimate: quick!.ratio, high: quick!.ratio };
  return onceSentence(onceCost(share, ratio, quick!.onceSeconds, programSeconds), programSeconds);
}

/**
 * Why a rewrite need not be tried beside one of overlapping lines that gave the same results already; null otherwise.
 * Either the same technique, applied to lines around these, was clearly faster, so that applying it to less cannot do
 * better; or the other gives nearly all that these lines have to give, without asking more of the user.
 */
export function coverOf(
  candidates: readonly Candidate[],
  candidate: Candidate,
): { reason: string; by: Candidate } | null {
  const { start, end } = candidate.subject.region.span;
  for (const by of candidates) {
    const { span } = by.subject.region;
    if (by === candidate || !isOpen(by) || by.quick === null) continue;
    if (by.rewrite.file !== candidate.rewrite.file || span.end <= start || end <= span.start) continue;
    const found = `${ratio(by.quick.ratio)} in a first timing of line ${lineName(by.subject.file.notebook?.cellLines, by.rewrite.line)}`;
    const around = by.subject !== candidate.subject && span.start <= start && end <= span.end;
    if (around && family(by) === family(candidate) && by.quick.ratio >= clearlyFaster)
      return { by, reason: `the same is done to the lines around it: ${found}` };
    const asksMore = by.newPackages.some((name) => !candidate.newPackages.includes(name));
    if (!asksMore && leavesLittle(by, candidate.subject, candidates))
      return { by, reason: `another rewrite of these lines gives nearly all that they can: ${found}` };
  }
  return null;
}

/**
 * Whether a rewrite leaves so little of a place's time that another of these lines need not be tried: a hundredth of the
 * program's, or little beside the rest, were all places with rewrites made as much faster.
 */
function leavesLittle(by: Candidate, { share, region }: Subject, all: readonly Candidate[]): boolean {
  const left = 1 / by.gain() - (1 - share.estimate);
  const places = [...new Set(all.filter(isOpen).map(({ subject }) => subject))];
  const counted = [region];
  let shares = share.estimate;
  for (const place of places.sort((a, b) => b.share.estimate - a.share.estimate)) {
    shares += place.share.estimate * place.beside(counted);
    counted.push(place.region);
  }
  shares = Math.min(1, shares);
  return left <= Math.max(0.01, 0.2 * (1 - shares + (shares * left) / share.estimate));
}

/** A first timing so much in favour of a rewrite that the same technique need not be tried on fewer lines. */
const clearlyFaster = 3;

/** The technique without its variant. */
const family = ({ rewrite }: Candidate) => rewrite.technique.split("/")[0];

/** How many times the seconds it had before a check must have to be made again. */
export const muchMore = 1.5;

async function checkOne(options: ProveOptions, subject: Subject, candidate: Candidate, deadline: Deadline) {
  const { region, facts, file } = subject;
  const { replay: earlier } = subject;
  const tryAgain =
    candidate.checked && earlier?.cutShort && deadline.remaining() > muchMore * earlier.givenSeconds;
  if (earlier === null || tryAgain) {
    if (subject.ownReplay) await earlier?.close();
    subject.ownReplay = true;
    subject.replay = await openReplay({
      runDirectory: options.runDirectory,
      interpreter: options.interpreter,
      overlay: options.overlay,
      built: options.built,
      file,
      region,
      facts,
      seed: options.seed,
      // The replay serves the check of the composition too, after this region's own share of the time.
      deadline: options.deadline,
      openBy: deadline,
      signal: options.signal,
    });
  }
  if (!(await buildOnce(options, candidate, deadline))) return;
  candidate.checked = true;
  const { text, region: newRegion } = candidate.rewritten();
  const replay = subject.replay!;
  candidate.equivalence = await replay.check(text, newRegion, candidate.rewrite.tolerance, deadline);
  const reason = refusedBecause(candidate.equivalence);
  if (reason === null) return;
  const tooLate =
    candidate.equivalence.verdict === "cannot_tell" &&
    (replay.cutShort || candidate.equivalence.hurried || isOver(deadline));
  if (tooLate) candidate.postpone(reason);
  else candidate.refuse(reason);
}

/** Compile what the rewrite adds; false, with the rewrite refused, where that cannot be done. */
async function buildOnce(options: ProveOptions, candidate: Candidate, deadline: Deadline): Promise<boolean> {
  const { files = [], build } = candidate.rewrite;
  if (build === undefined || candidate.buildSeconds !== null) return true;
  const { interpreter, overlay, environment, packages, signal, built: into } = options;
  if (into === undefined) {
    candidate.refuse("it must be compiled, and there is no place for that");
    return false;
  }
  options.onProgress?.({ stage: "prove", message: `compiling ${build.module}` });
  const seconds = await buildModule(files, build, {
    interpreter,
    overlay,
    environment,
    packages,
    into,
    deadline,
    signal,
  });
  if (typeof seconds === "number") {
    candidate.buildSeconds = seconds;
    return true;
  }
  if (isOver(deadline)) candidate.postpone(seconds);
  else candidate.refuse(seconds);
  return false;
}

/** Whether so little is left that what came to no end may have lacked only the time. */
export const isOver = (deadline: Deadline) => deadline.remaining() < 0.5;

/** Time a rewrite once; refuse it when it promises nothing, so that pairs are spent on the others. */
async function lookOnce(candidate: Candidate, deadline: Deadline) {
  const quick = await candidate.subject.timer.quick(candidate.rewritten(), deadline);
  if (typeof quick === "string") {
    if (isOver(deadline)) candidate.postpone(quick);
    else candidate.refuse(quick);
    return;
  }
  candidate.look(quick);
  const faster = candidate.quick!.ratio;
  const gain = candidate.gain();
  if (faster < 1) candidate.refuse(`no faster in the region: ${ratio(faster)} in a first timing`);
  else if (gain < 1.01)
    candidate.refuse(
      `faster in the region (${ratio(faster)} in a first timing) but only ${ratio(gain)} for the program${onceOf(candidate)}`,
    );
}
