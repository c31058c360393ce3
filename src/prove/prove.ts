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
import { type BudgetPlan, planBudget } from "./budget.ts";
import { Candidate, type Subject } from "./candidate.ts";
import { WholeProgram } from "./program.ts";
import type { Replay } from "./replay.ts";
import { largestShare, proveInRounds } from "./rounds.ts";
import { leastProgramGain } from "./select.ts";
import { measureStrength, strengthSeconds } from "./strength.ts";
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
  /** The part of this region's time in which none of the other regions is on the stack, above or below. */
  beside(others: readonly Region[]): number;
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
  for (const { region, facts, share, beside, replay } of options.regions) {
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
      beside,
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
    subject.candidates = rewrites.map((rewrite) => new Candidate(rewrite, subject, lacking(rewrite)));
    subjects.push(subject);
  }
  const length = ({ region }: Subject) => region.span.end - region.span.start;
  return subjects.sort((a, b) => b.share.estimate - a.share.estimate || length(b) - length(a));
}

/** What a rewrite that must be compiled asks of the user beside packages. */
const buildStep = "a build";
