// A rewrite on its way through the proof, and the region it belongs to.

import type {
  Build,
  Equivalence,
  Interval,
  Once,
  Proof,
  Region,
  RegionFacts,
  Rewrite,
  TextEdit,
  Timing,
} from "../schemas/index.ts";
import { applyEdits, mapSpan } from "../source/edits.ts";
import type { SourceFile } from "../source/file.ts";
import { amdahlGain } from "../stats/index.ts";
import type { Replay } from "./replay.ts";
import type { Choice } from "./select.ts";
import { countsOnce, onceCost, programGain } from "./select.ts";
import type { QuickTiming, RegionText, RegionTimer } from "./timing.ts";

/** A region with everything that its proof needs. */
export interface Subject {
  region: Region;
  facts: RegionFacts;
  file: SourceFile;
  /** Share of the program's wall time in the region, callees included, with its sampling interval. */
  share: Interval;
  /** Seconds of the program, and how many times its work is done per start: what is paid once is spread over these. */
  programSeconds: number;
  repeat: number;
  /** The part of this region's time in which none of the other regions is on the stack. */
  beside(others: readonly Region[]): number;
  candidates: Candidate[];
  replay: Replay | null;
  /** Whether the replay was opened by the proof, which then closes it. */
  ownReplay: boolean;
  timer: RegionTimer;
}

/** Why a rewrite is refused, and what would take the refusal back. */
export interface Refusal {
  reason: string;
  /** Seconds that would decide about it, when only time was lacking; null when that is not known. */
  lacking?: number | null;
  /** The rewrites in whose favour it was passed over. */
  rivals?: readonly Candidate[];
}

/** About what finding a kept result takes. */
const lookupSeconds = 2e-7;

export class Candidate {
  equivalence: Equivalence;
  /** Whether it was held against the original before, however that came out. */
  checked = false;
  /** What compiling it took; null as long as it is not compiled. */
  buildSeconds: number | null = null;
  /** How often its check and first timing were begun. */
  tries = 0;
  /** Seconds that its last check and first timing could have taken. */
  givenSeconds = 0;
  quick: QuickTiming | null = null;
  timing: Timing | null = null;
  /** Null as long as it is not refused. */
  refusal: Refusal | null = null;
  /** What the pairs of its region say, in a sentence. */
  timed = "";
  readonly rewrite: Rewrite;
  readonly subject: Subject;
  /** The packages that adopting it means to add. */
  readonly newPackages: readonly string[];

  constructor(rewrite: Rewrite, subject: Subject, newPackages: readonly string[]) {
    this.rewrite = rewrite;
    this.subject = subject;
    this.newPackages = newPackages;
    this.equivalence = unchecked(rewrite);
  }

  refuse(reason: string, more: Omit<Refusal, "reason"> = {}): void {
    this.refusal = { reason, ...more };
  }

  /** Refuse it for now: only time is lacking, so many seconds of it when that is known. */
  postpone(reason: string, lacking: number | null = null): void {
    this.refusal = { reason, lacking };
  }

  /** Whether its refusal is no more than a lack of time, or the rewrites preferred to it have been refused themselves. */
  get reopens(): boolean {
    if (this.refusal === null) return false;
    const { lacking, rivals } = this.refusal;
    return lacking !== undefined || (rivals?.some((rival) => rival.refusal !== null) ?? false);
  }

  /** The region in the text of the whole file with only this rewrite applied. */
  rewritten(): RegionText {
    return regionAfter(this.subject, this.rewrite.edits, this.rewrite.warmsUp);
  }

  /** Whether it was found the same and timed once, and nothing speaks against it. */
  get isReady(): boolean {
    return this.refusal === null && this.quick !== null;
  }

  /** Whether only whole runs show the gain: it lies in calls that find the result of an earlier one. */
  get needsWholeRuns(): boolean {
    return (this.rewrite.reuse ?? 0) > 0;
  }

  /** Take over a first timing; where results are kept from call to call, with the calls that they answer counted in. */
  look(quick: QuickTiming): void {
    const { reuse } = this.rewrite;
    const calls = Math.max(1, this.subject.facts.recorded);
    if (reuse === undefined) this.quick = quick;
    else {
      const newSeconds = quick.newSeconds * (1 - reuse) + reuse * lookupSeconds * calls;
      this.quick = { ...quick, ratio: quick.oldSeconds / newSeconds };
    }
  }

  /** The program's gain with this rewrite alone, as well as it is known. */
  gain(): number {
    if (this.timing) return this.predicted()!.estimate;
    if (!this.quick) return 1;
    const { ratio, onceSeconds } = this.quick;
    return amdahlGain(this.subject.share.estimate, ratio, onceSeconds / this.workSeconds);
  }

  /** Seconds that a whole run of the program is expected to take with this rewrite alone, costs paid once included. */
  wholeRunSeconds(): number {
    const { share, programSeconds } = this.subject;
    const { ratio, onceSeconds } = this.quick!;
    return programSeconds / amdahlGain(share.estimate, ratio, onceSeconds / programSeconds);
  }

  private get workSeconds(): number {
    return this.subject.programSeconds * this.subject.repeat;
  }

  /** What is paid once per process, where it counts; null where it does not, or where nothing was timed in pairs. */
  once(): Once | null {
    const { timing, subject } = this;
    if (timing === null || !countsOnce(timing.onceSeconds, subject.programSeconds)) return null;
    return onceCost(subject.share, timing.ratio, timing.onceSeconds, subject.programSeconds);
  }

  /** The program's predicted gain per run of its work, with its interval; null when the region was not timed in pairs. */
  predicted(): Interval | null {
    return this.timing && programGain(this.subject.share, this.timing, this.workSeconds);
  }

  /** The same for a program that does its work once per start. */
  predictedCold(): Interval | null {
    return this.timing && programGain(this.subject.share, this.timing, this.subject.programSeconds);
  }

  choice(): Choice {
    const { start, end } = this.subject.region.span;
    return {
      rewrite: this.rewrite,
      start,
      end,
      gain: this.gain(),
      newPackages: this.newPackages,
      beside: (others) => this.subject.beside(others.map(({ region }) => region)),
      region: this.subject.region,
    };
  }

  private build(seconds: number, speedup: Interval | null): Build {
    const perRun = speedup === null ? 0 : this.subject.programSeconds * (1 - 1 / speedup.estimate);
    return { seconds, breakEven: perRun > 0 ? Math.max(1, Math.ceil(seconds / perRun)) : null };
  }

  /** `why` is the sentence with which it is kept, where it is. */
  proof(program: Proof["program"], why: string): Proof {
    return {
      rewrite: this.rewrite.id,
      equivalence: this.equivalence,
      region: this.timing,
      program,
      once: this.once(),
      ...(this.buildSeconds === null
        ? {}
        : { build: this.build(this.buildSeconds, program?.speedup ?? null) }),
      verdict: this.refusal === null ? "kept" : "refused",
      reason: this.refusal?.reason ?? why,
    };
  }
}

/** Whether nothing speaks against it so far. */
export const isOpen = (candidate: Candidate): boolean => candidate.refusal === null;

/** A region as it stands after edits of its file. */
export function regionAfter(subject: Subject, edits: readonly TextEdit[], compiles: boolean): RegionText {
  const text = applyEdits(subject.file.text, edits);
  const region = { ...subject.region, span: mapSpan(subject.region.span, edits, text) };
  return { text, region, compiles };
}

const unchecked = (rewrite: Rewrite): Equivalence => ({
  verdict: "cannot_tell",
  reason: "it was not checked",
  recorded: 0,
  generated: 0,
  strength: null,
  mutants: { killed: 0, survived: 0, total: 0 },
  tolerance: rewrite.tolerance,
  largestDifference: { relative: 0, ulp: 0 },
  nondeterministic: [],
  witness: null,
  assumptions: [],
});
