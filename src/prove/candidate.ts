// A rewrite on its way through the proof, and the region it belongs to.

import type {
  Equivalence,
  Interval,
  Proof,
  Region,
  RegionFacts,
  Rewrite,
  TextEdit,
  Timing,
} from "../schemas/index.ts";
import { applyEdits, mapSpan } from "../source/edits.ts";
import type { SourceFile } from "../source/file.ts";
import { amdahlGain, predictGain } from "../stats/index.ts";
import type { Replay } from "./replay.ts";
import type { Choice } from "./select.ts";
import { programGain } from "./select.ts";
import type { QuickTiming, RegionText, RegionTimer } from "./timing.ts";

/** A region with everything that its proof needs. */
export interface Subject {
  region: Region;
  facts: RegionFacts;
  file: SourceFile;
  /** Share of the program's wall time in the region, callees included, with its sampling interval. */
  share: Interval;
  candidates: Candidate[];
  replay: Replay | null;
  timer: RegionTimer;
}

/** A first timing from which a rewrite counts as faster whatever the noise. */
export const clearlyFaster = 3;

export class Candidate {
  equivalence: Equivalence;
  quick: QuickTiming | null = null;
  timing: Timing | null = null;
  /** Why it is refused; null as long as it is not. */
  refused: string | null = null;
  /** The sentence with which it is kept. */
  kept = "";
  readonly rewrite: Rewrite;
  readonly subject: Subject;
  /** Whether adopting it means adding a package. */
  readonly newPackage: boolean;

  constructor(rewrite: Rewrite, subject: Subject, newPackage: boolean) {
    this.rewrite = rewrite;
    this.subject = subject;
    this.newPackage = newPackage;
    this.equivalence = unchecked(rewrite);
  }

  /** The region in the text of the whole file with only this rewrite applied. */
  rewritten(): RegionText {
    return regionAfter(this.subject, this.rewrite.edits, this.rewrite.warmsUp);
  }

  /** The program's gain with this rewrite alone, as well as it is known. */
  gain(programSeconds: number): number {
    if (this.timing) return programGain(this.subject.share, this.timing, programSeconds).estimate;
    if (!this.quick) return 1;
    const { ratio, onceSeconds } = this.quick;
    return amdahlGain(this.subject.share.estimate, ratio, onceSeconds / programSeconds);
  }

  /**
   * The program's predicted gain with its interval. Where the region was timed only once, a factor of two either way
   * stands for the noise, and only a clear first timing counts; null otherwise.
   */
  predicted(programSeconds: number): Interval | null {
    if (this.timing) return programGain(this.subject.share, this.timing, programSeconds);
    if (!this.quick || this.quick.ratio < clearlyFaster) return null;
    const { ratio, onceSeconds } = this.quick;
    const wide = { low: ratio / 2, estimate: ratio, high: ratio * 2 };
    return predictGain(this.subject.share, wide, onceSeconds / programSeconds);
  }

  choice(programSeconds: number): Choice {
    const { start, end } = this.subject.region.span;
    return {
      rewrite: this.rewrite,
      start,
      end,
      gain: this.gain(programSeconds),
      newPackage: this.newPackage,
    };
  }

  proof(program: Proof["program"]): Proof {
    return {
      rewrite: this.rewrite.id,
      equivalence: this.equivalence,
      region: this.timing,
      program,
      verdict: this.refused === null ? "kept" : "refused",
      reason: this.refused ?? this.kept,
    };
  }
}

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
