// From proposed rewrites to kept ones: every claim checked, the best set chosen, the whole program measured.
//
// Equivalence comes first, because a wrong rewrite has no speed. One quick timing per right rewrite sorts out what is not
// worth more; the best set that remains is timed in pairs, put together, checked together, and run as a whole program.

import { join } from "node:path";
import type { Deadline } from "../base/deadline.ts";
import type { Progress } from "../base/progress.ts";
import { normalise } from "../interpreter/probe.ts";
import type {
  Interval,
  Program,
  ProgramProof,
  Proof,
  Region,
  RegionFacts,
  Rewrite,
} from "../schemas/index.ts";
import type { SourceFile } from "../source/file.ts";
import { amdahlGain } from "../stats/index.ts";
import { timeBestSet } from "./best-set.ts";
import { type BudgetPlan, planBudget } from "./budget.ts";
import { Candidate, isOpen, type Subject } from "./candidate.ts";
import { checkAndLook, coverOf } from "./check.ts";
import { type Composed, composeAndMeasure } from "./compose.ts";
import { leastPairs } from "./pairs.ts";
import { unmeasured, WholeProgram } from "./program.ts";
import type { Replay } from "./replay.ts";
import { leastProgramGain } from "./select.ts";
import { RegionTimer } from "./timing.ts";

export interface ProveOptions {
  runDirectory: string;
  /** Path of the user's interpreter. */
  interpreter: string;
  program: Program;
  /** Wall seconds of the recorded run, and the exit code it ended with. */
  programSeconds: number;
  expectedExit: number | null;
  /** Folder appended to the end of `sys.path`, or null. */
  overlay: string | null;
  /** Folder of compiled modules of rewrites. */
  built?: string | undefined;
  environment: NodeJS.ProcessEnv;
  /** A file to be the program's stdin; without it, stdin is empty. */
  stdin?: string | undefined;
  /** Normalised names of the packages that the user already has. */
  packages: ReadonlyMap<string, string>;
  files: readonly SourceFile[];
  regions: readonly ProvedRegion[];
  rewrites: readonly Rewrite[];
  seed: number;
  /** How many times the user does the program's work per start of it: `--repeat`. */
  repeat: number;
  /** Seconds that the whole of `optimize` was given, of which `deadline` is the end. */
  budget: number;
  deadline: Deadline;
  signal?: AbortSignal | undefined;
  onProgress?: Progress | undefined;
}

export interface ProvedRegion {
  region: Region;
  facts: RegionFacts;
  /** Share of the program's wall time in the region, callees included, with its sampling interval. */
  share: Interval;
  /** A replay that is open already, for example from screening. It is left open. */
  replay?: Replay | undefined;
}

export interface Proved {
  /** One for each rewrite, in the order given. */
  proofs: Proof[];
  /** The rewrites that were kept, to be applied together. */
  kept: Rewrite[];
  /** All kept rewrites together. */
  program: ProgramProof;
}

/** Prove every rewrite and choose which to keep. Ends within the deadline; what did not fit is refused, and says so. */
export async function proveRewrites(options: ProveOptions): Promise<Proved> {
  const { deadline, programSeconds } = options;
  const subjects = subjectsOf(options);
  const candidates = subjects.flatMap((subject) => subject.candidates);
  const unneeded = new AbortController();
  const plan = planBudget(deadline.remaining(), programSeconds, largestShare(subjects));
  const opening = openWhole(options, subjects, plan, unneeded.signal);
  try {
    for (const candidate of candidates) refuseIfPointless(candidate);
    const composed = await proveInRounds(options, subjects, opening, unneeded);
    // What time the whole runs have left makes the word `same` stronger.
    await measureStrength(composed.kept, deadline.within(strengthSeconds * composed.kept.length));
    const alone = composed.kept.length === 1 && composed.program.measured;
    const proofOf = (candidate: Candidate): Proof => {
      const why = composed.why.get(candidate) ?? "";
      if (alone && candidate === composed.kept[0])
        return candidate.proof({ speedup: composed.program.speedup!, measured: true }, why);
      const predicted = candidate.predicted();
      return candidate.proof(predicted && { speedup: predicted, measured: false }, why);
    };
    for (const candidate of candidates) adviseBudget(options, candidate);
    const proofs = new Map(candidates.map((candidate) => [candidate.rewrite.id, proofOf(candidate)]));
    return {
      proofs: options.rewrites.flatMap((rewrite) => proofs.get(rewrite.id) ?? []),
      kept: composed.kept.map((candidate) => candidate.rewrite),
      program: composed.program,
    };
  } finally {
    unneeded.abort(new Error("the proof has ended"));
    const whole = await opening.catch(() => "");
    if (typeof whole !== "string") await whole.close();
    await Promise.all(subjects.map((subject) => subject.ownReplay && subject.replay?.close()));
  }
}

/** No time is spent on lines that take so little of the program's that no rewrite of them can be kept. */
function refuseIfPointless(candidate: Candidate): void {
  const { high } = candidate.subject.share;
  if (amdahlGain(high, Infinity) <= leastProgramGain)
    candidate.refuse(
      `these lines take at most ${(100 * high).toFixed(1)}% of the program's time, too little to be worth a change`,
    );
}

const largestShare = (subjects: readonly Subject[]) =>
  Math.max(0, ...subjects.map((subject) => subject.share.estimate));

/** Seconds below which another round is not worth its processes. */
const leastRound = 4;

/**
 * Check, time and compose. What was refused for lack of time, or in favour of a rewrite that failed later, gets another
 * round while the budget lasts; the time that the others no longer need is then its own.
 */
async function proveInRounds(
  options: ProveOptions,
  subjects: readonly Subject[],
  opening: Promise<WholeProgram | string>,
  unneeded: AbortController,
): Promise<Composed> {
  const { deadline, programSeconds } = options;
  const candidates = subjects.flatMap((subject) => subject.candidates);
  let best: Composed = { kept: [], why: new Map(), program: unmeasured(null) };
  for (;;) {
    const before = deadline.remaining();
    const plan = planBudget(before, programSeconds, largestShare(subjects));
    const timingEnd = deadline.within(plan.checks + plan.timing);
    const ends = { checks: deadline.within(plan.checks), looks: timingEnd };
    await checkAndLook(options, subjects, ends, opening);
    const waiting = candidates.some((one) => one.reopens) && deadline.remaining() > leastRound;
    if (!candidates.some(isOpen) && !waiting) unneeded.abort(new Error("nothing is left to prove"));
    // Nothing is timed beside the whole runs; and where these came to nothing, the regions must tell by themselves.
    const whole = candidates.some(isOpen) ? await opening : "no rewrite is left";
    // What compiles makes whole runs longer than the plan could know.
    const slowest = Math.max(0, ...candidates.filter(isOpen).map((one) => one.wholeRunSeconds()));
    const pairs = 1.2 * leastPairs * (programSeconds + slowest);
    const left = deadline.remaining();
    // With repeats the figure after the first run decides, which only pairs of the region give.
    const wholeRuns =
      options.repeat === 1 && plan.wholeRuns && typeof whole !== "string" && pairs <= 0.9 * left;
    const timing = deadline.within(wholeRuns ? left - pairs : 0.8 * left);
    const chosen = await timeBestSet(options, candidates, timing, wholeRuns);
    await measureStrength(chosen, deadline.within(0.1 * plan.checks));
    if (chosen.length > 0 && !isSameSet(chosen, best.kept)) {
      const composed = await composeAndMeasure(options, chosen, whole);
      if (isBetter(composed, best)) best = composed;
      // What was put together now, and could not be proved, gives way to what had been proved.
      for (const one of best.kept) one.refusal = null;
    }
    for (const one of candidates.filter(({ reopens }) => reopens)) {
      const cover = coverOf(best.kept, one);
      if (cover !== null) one.refuse(cover.reason, { rivals: [cover.by] });
    }
    const again = candidates.filter(({ reopens }) => reopens);
    const enough = Math.max(leastRound, best.program.measured ? secondsToCompare(options, best) : 0);
    const stuck = before - deadline.remaining() < 0.1;
    if (again.length === 0 || stuck || deadline.remaining() < enough) break;
    for (const candidate of again) candidate.refusal = null;
  }
  for (const candidate of candidates)
    if (candidate.refusal?.rivals && candidate.reopens)
      candidate.postpone(
        "another rewrite was tried in its place and refused in the end, and no time was left for this one",
      );
    else if (isOpen(candidate) && !best.kept.includes(candidate))
      candidate.postpone(
        "it holds alone, but there was no time to prove it together with what is kept",
        secondsToCompare(options, best),
      );
  return best;
}

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

/** Name the budget that would decide about a rewrite which only lacked time. */
function adviseBudget({ budget, deadline }: ProveOptions, { refusal, subject }: Candidate): void {
  if (refusal?.lacking === undefined) return;
  // Where nothing is known yet: a call is executed about ten times for the results and ten times for the timing.
  const usual = Math.max(0.5 * budget, (20 * subject.facts.seconds) / Math.max(1, subject.facts.calls));
  const seconds = budget + Math.max(0, (refusal.lacking ?? usual) - deadline.remaining());
  refusal.reason += `; run again with --budget ${Math.ceil(Math.max(1.2 * budget, 1.1 * seconds) / 10) * 10}`;
}

/** Run the original to know its output; a sentence when that does not fit into the time, or when it cannot be done. */
async function openWhole(
  options: ProveOptions,
  subjects: readonly Subject[],
  plan: BudgetPlan,
  unneeded: AbortSignal,
): Promise<WholeProgram | string> {
  if (subjects.length === 0) return "there was nothing to prove";
  if (!plan.compareOutput) return "whole runs of the program do not fit into the time";
  const { interpreter, program, overlay, built, environment, stdin, expectedExit, programSeconds } = options;
  const signal = AbortSignal.any([unneeded, ...(options.signal ? [options.signal] : [])]);
  const original = Object.fromEntries(subjects.map(({ file }) => [file.path, file.text]));
  return WholeProgram.open(
    {
      interpreter,
      program,
      overlay,
      built,
      environment,
      stdin,
      signal,
      expectedExit,
      original,
      usualSeconds: programSeconds,
    },
    options.deadline,
  );
}

/** The regions that have rewrites, those with the largest share first. */
function subjectsOf(options: ProveOptions): Subject[] {
  const subjects: Subject[] = [];
  for (const { region, facts, share, replay } of options.regions) {
    const file = options.files.find((one) => one.path === region.file);
    const rewrites = options.rewrites.filter((rewrite) => rewrite.region === region.id);
    if (!file || rewrites.length === 0) continue;
    const subject: Subject = {
      region,
      facts,
      file,
      share,
      programSeconds: options.programSeconds,
      repeat: options.repeat,
      candidates: [],
      replay: replay ?? null,
      ownReplay: false,
      timer: new RegionTimer({
        interpreter: options.interpreter,
        overlay: options.overlay,
        built: options.built,
        environment: options.environment,
        program: options.program,
        capture: join(options.runDirectory, "capture", region.id),
        original: { text: file.text, region, compiles: false },
        signal: options.signal,
      }),
    };
    const lacking = ({ requires, build }: Rewrite) => [
      ...requires.map((one) => one.package).filter((name) => !options.packages.has(normalise(name))),
      ...(build ? [buildStep] : []),
    ];
    // What must be built comes last: often another has by then shown that it gives nearly all there is.
    const ordered = [...rewrites].sort(
      (a, b) => Number(a.build !== undefined) - Number(b.build !== undefined),
    );
    subject.candidates = ordered.map((rewrite) => new Candidate(rewrite, subject, lacking(rewrite)));
    subjects.push(subject);
  }
  const length = ({ region }: Subject) => region.span.end - region.span.start;
  return subjects.sort((a, b) => b.share.estimate - a.share.estimate || length(b) - length(a));
}

/** What a rewrite that must be compiled asks of the user beside packages. */
const buildStep = "a build";

/** How well the inputs tell mutants of a kept region apart; the word `same` is as strong as that. */
async function measureStrength(chosen: readonly Candidate[], deadline: Deadline) {
  for (const candidate of chosen) {
    if (deadline.remaining() === 0 || candidate.subject.replay === null) return;
    const mutants = await candidate.subject.replay.strength(deadline);
    const strength = mutants.total > 0 ? mutants.killed / mutants.total : null;
    const [reason] = candidate.equivalence.reason.split("; weak evidence");
    candidate.equivalence = { ...candidate.equivalence, reason: reason!, mutants, strength };
    if (strength !== null && strength < weakStrength)
      candidate.equivalence.reason += `; weak evidence: of small mistakes put into the original on purpose, these inputs show only ${Math.round(100 * strength)}%`;
  }
}

/** Seconds per kept rewrite for running more mutants, when they are left at the end. */
const strengthSeconds = 15;

/** Below this share of mutants told apart, the word `same` comes with a warning. */
const weakStrength = 0.8;
