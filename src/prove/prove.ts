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
import { type BudgetPlan, planBudget } from "./budget.ts";
import { Candidate, clearlyFaster, type Subject } from "./candidate.ts";
import { composeAndMeasure } from "./compose.ts";
import { planPairs } from "./pairs.ts";
import { WholeProgram } from "./program.ts";
import { openReplay, type Replay } from "./replay.ts";
import { chooseSet, judgeTiming, ratio, refusedBecause } from "./select.ts";
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
  environment: NodeJS.ProcessEnv;
  /** A file to be the program's stdin; without it, stdin is empty. */
  stdin?: string | undefined;
  /** Normalised names of the packages that the user already has. */
  packages: ReadonlyMap<string, string>;
  files: readonly SourceFile[];
  regions: readonly ProvedRegion[];
  rewrites: readonly Rewrite[];
  seed: number;
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
  const largestShare = Math.max(0, ...subjects.map((subject) => subject.share.estimate));
  const plan = planBudget(deadline.remaining(), programSeconds, largestShare);
  const timingEnd = deadline.within(plan.checks + plan.timing);
  const unneeded = new AbortController();
  const opening = openWhole(options, subjects, plan, unneeded.signal);
  try {
    await checkAndLook(
      options,
      subjects,
      { checks: deadline.within(plan.checks), looks: timingEnd },
      opening,
    );
    if (!candidates.some(isOpen)) unneeded.abort(new Error("nothing is left to prove"));
    const whole = candidates.some(isOpen) ? await opening : "no rewrite gives the same results";
    const chosen = await timeBestSet(options, candidates, timingEnd, plan.wholeRuns);
    await measureStrength(chosen, deadline.within(0.1 * plan.checks));
    const composed = await composeAndMeasure(options, chosen, whole);
    // What time the whole runs have left makes the word `same` stronger.
    await measureStrength(composed.kept, deadline.within(strengthSeconds * composed.kept.length));
    const alone = composed.kept.length === 1 && composed.program.measured;
    const proofOf = (candidate: Candidate): Proof => {
      if (alone && candidate === composed.kept[0])
        return candidate.proof({ speedup: composed.program.speedup!, measured: true });
      const predicted = isOpen(candidate) || candidate.timing ? candidate.predicted(programSeconds) : null;
      return candidate.proof(predicted && { speedup: predicted, measured: false });
    };
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
    const own = subjects.filter(
      (subject) => !options.regions.some(({ replay }) => replay === subject.replay),
    );
    await Promise.all(own.map((subject) => subject.replay?.close()));
  }
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
  const { interpreter, program, overlay, environment, stdin, expectedExit, programSeconds } = options;
  const signal = AbortSignal.any([unneeded, ...(options.signal ? [options.signal] : [])]);
  const original = Object.fromEntries(subjects.map(({ file }) => [file.path, file.text]));
  return WholeProgram.open(
    {
      interpreter,
      program,
      overlay,
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

const isOpen = (candidate: Candidate) => candidate.refused === null;

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
      candidates: [],
      replay: replay ?? null,
      timer: new RegionTimer({
        interpreter: options.interpreter,
        overlay: options.overlay,
        environment: options.environment,
        program: options.program,
        capture: join(options.runDirectory, "capture", region.id),
        original: { text: file.text, region, compiles: false },
        signal: options.signal,
      }),
    };
    const lacking = (rewrite: Rewrite) =>
      rewrite.requires.some(({ package: name }) => !options.packages.has(normalise(name)));
    subject.candidates = rewrites.map((rewrite) => new Candidate(rewrite, subject, lacking(rewrite)));
    subjects.push(subject);
  }
  const length = ({ region }: Subject) => region.span.end - region.span.start;
  return subjects.sort((a, b) => b.share.estimate - a.share.estimate || length(b) - length(a));
}

/**
 * Check every rewrite's results and time once what is the same, two regions at a time once `beside` has ended. Regions
 * with larger shares come first, so a rewrite of an inner loop is passed over when one of its surroundings serves better.
 */
async function checkAndLook(
  options: ProveOptions,
  subjects: readonly Subject[],
  deadlines: { checks: Deadline; looks: Deadline },
  beside: Promise<unknown>,
) {
  let next = 0;
  let done = 0;
  const candidates = subjects.flatMap((subject) => subject.candidates);
  const tell = (what: string, candidate: Candidate) =>
    options.onProgress?.({
      stage: "prove",
      message: `${what}: ${candidate.rewrite.summary}`,
      done,
      total: candidates.length,
    });
  const worker = async () => {
    while (next < subjects.length) {
      const regionsLeft = subjects.length - next;
      const subject = subjects[next++]!;
      const own = deadlines.checks.within(
        Math.max(2, (2 * deadlines.checks.remaining()) / (regionsLeft + 1)),
      );
      for (const candidate of subject.candidates) {
        candidate.refused = coveredBy(options, candidates, candidate);
        if (isOpen(candidate) && own.remaining() === 0)
          candidate.refused = "the time ended before its results were checked";
        if (isOpen(candidate)) {
          tell("checking that results stay the same", candidate);
          await checkOne(options, subject, candidate, own);
        }
        if (isOpen(candidate)) {
          tell("a first timing", candidate);
          await lookOnce(options, candidate, deadlines.looks);
        }
        done++;
      }
    }
  };
  await Promise.all([worker(), beside.then(worker)]);
}

/**
 * Why a rewrite need not be tried beside one of overlapping lines that gave the same results already; null otherwise.
 * Either the same technique, applied to lines around these, was clearly faster, so that applying it to less cannot do
 * better; or the other gives nearly all that these lines have to give, without asking more of the user.
 */
function coveredBy(
  options: ProveOptions,
  candidates: readonly Candidate[],
  candidate: Candidate,
): string | null {
  const { start, end } = candidate.subject.region.span;
  const ceiling = 1 / (1 - Math.min(0.99, candidate.subject.share.estimate));
  for (const other of candidates) {
    const { span } = other.subject.region;
    if (other === candidate || !isOpen(other) || other.quick === null) continue;
    if (other.rewrite.file !== candidate.rewrite.file || span.end <= start || end <= span.start) continue;
    const found = `${ratio(other.quick.ratio)} in a first timing of line ${other.rewrite.line}`;
    const around = other.subject !== candidate.subject && span.start <= start && end <= span.end;
    if (around && family(other) === family(candidate) && other.quick.ratio >= clearlyFaster)
      return `the same is done to the lines around it: ${found}`;
    const asksMore = other.newPackage && !candidate.newPackage;
    if (!asksMore && other.gain(options.programSeconds) >= 0.8 * ceiling)
      return `another rewrite of these lines gives nearly all that they can: ${found}`;
  }
  return null;
}

/** The technique without its variant. */
const family = ({ rewrite }: Candidate) => rewrite.technique.split("/")[0];

async function checkOne(options: ProveOptions, subject: Subject, candidate: Candidate, deadline: Deadline) {
  const { region, facts, file } = subject;
  subject.replay ??= await openReplay({
    runDirectory: options.runDirectory,
    interpreter: options.interpreter,
    overlay: options.overlay,
    file,
    region,
    facts,
    seed: options.seed,
    // The replay serves the check of the composition too, after this region's own share of the time.
    deadline: options.deadline,
    openBy: deadline,
    signal: options.signal,
  });
  const { text, region: newRegion } = candidate.rewritten();
  candidate.equivalence = await subject.replay.check(text, newRegion, candidate.rewrite.tolerance, deadline);
  candidate.refused = refusedBecause(candidate.equivalence);
}

/** Time a rewrite once; refuse it when it promises nothing, so that pairs are spent on the others. */
async function lookOnce(options: ProveOptions, candidate: Candidate, deadline: Deadline) {
  const quick = await candidate.subject.timer.quick(candidate.rewritten(), deadline);
  if (typeof quick === "string") {
    candidate.refused = quick;
    return;
  }
  candidate.quick = quick;
  const gain = candidate.gain(options.programSeconds);
  if (quick.ratio < 1) candidate.refused = `no faster in the region: ${ratio(quick.ratio)} in a first timing`;
  else if (gain < 1.01)
    candidate.refused = `faster in the region (${ratio(quick.ratio)} in a first timing) but only ${ratio(gain)} for the program`;
}

/**
 * Choose the best set by what is known, time those of it that are not yet timed in pairs, and choose again, until all of
 * the set are timed and hold. A region too slow to be timed on its own stays when whole runs will tell, or when its first
 * timing was clear.
 */
async function timeBestSet(
  options: ProveOptions,
  candidates: readonly Candidate[],
  deadline: Deadline,
  wholeRuns: boolean,
): Promise<Candidate[]> {
  const { programSeconds } = options;
  const looked = new Set<Candidate>();
  for (;;) {
    const open = candidates.filter(isOpen);
    const set = new Set(chooseSet(open.map((one) => one.choice(programSeconds))).map((one) => one.rewrite));
    const chosen = open.filter((one) => set.has(one.rewrite));
    const next = chosen.find((one) => !looked.has(one));
    if (next === undefined) {
      for (const other of open)
        if (!chosen.includes(other)) other.refused = outdone(other, chosen, programSeconds);
      return chosen;
    }
    looked.add(next);
    const untimed = chosen.filter((one) => !looked.has(one)).length + 1;
    const pairs = planPairs(
      deadline.remaining() / untimed,
      1.15 * next.quick!.pairSeconds,
      wholeRuns ? 8 : 10,
    );
    if (pairs === 0) {
      if (!wholeRuns && next.quick!.ratio < clearlyFaster) next.refused = tooSlowToTime(next);
      continue;
    }
    const timing = await next.subject.timer.compare(next.rewritten(), pairs, deadline, (done, total) =>
      options.onProgress?.({
        stage: "prove",
        message: `timing in pairs: ${next.rewrite.summary}`,
        done,
        total,
      }),
    );
    if (typeof timing === "string") {
      if (!wholeRuns) next.refused = timing;
      continue;
    }
    next.timing = timing;
    const judged = judgeTiming(next.subject.share, timing, programSeconds);
    if (judged.keep) next.kept = judged.reason;
    else next.refused = judged.reason;
  }
}

const tooSlowToTime = (candidate: Candidate) =>
  `about ${ratio(candidate.quick!.ratio)} in a first timing, but the region is too slow to be timed in pairs in the time left`;

function outdone(loser: Candidate, chosen: readonly Candidate[], programSeconds: number): string {
  const gain = ratio(loser.gain(programSeconds));
  const rival = chosen.find((one) => one.subject === loser.subject);
  if (rival === undefined)
    return `overlaps with rewrites that together gain more; this one alone would give about ${gain} for the program`;
  const other = ratio(rival.gain(programSeconds));
  return loser.newPackage && !rival.newPackage
    ? `needs a package that is not installed, for about ${gain} for the program against ${other} without it`
    : `another rewrite of the same lines gains more: about ${other} for the program against ${gain}`;
}

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
