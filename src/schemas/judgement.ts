// What `speedwell prove --json` prints: whether two versions of some code do the same, and how fast each is.

import * as z from "zod/mini";
import { CellPlace } from "./common.ts";
import { Equivalence, ProgramProof, Timing } from "./proof.ts";
import { Program } from "./run.ts";

export const Verdict = z.enum(["same", "different", "cannot_tell"]);
export type Verdict = z.infer<typeof Verdict>;

/** One piece of code that changed, or that reads something that did. */
export const JudgedPiece = z.object({
  id: z.string(),
  /** Absolute path at which the workload finds the file, and the path for people. */
  file: z.string(),
  shown: z.string(),
  kind: z.enum(["function", "loop", "module", "unpaired"]),
  /** Python's qualified name; "" for code outside of functions. */
  place: z.string(),
  /** Lines in OLD and in NEW; null where a version does not have it. */
  line: z.nullable(z.number()),
  endLine: z.nullable(z.number()),
  newLine: z.nullable(z.number()),
  newEndLine: z.nullable(z.number()),
  /** Of a notebook: where `line` lies in OLD, and `newLine` in NEW. */
  cell: z.optional(CellPlace),
  newCell: z.optional(CellPlace),
  /** Why it is judged: its own code changed, or something that it reads did. */
  because: z.string(),
  /**
   * The function through which it is judged, since its own calls cannot be recorded, and why they cannot; null where its own
   * calls were replayed, or nothing was. Timing, strength and inputs are then those of this function.
   */
  through: z.nullable(z.object({ place: z.string(), shown: z.string(), line: z.number(), why: z.string() })),
  /**
   * What the verdict rests on: recorded calls replayed in both versions; inputs made from annotations and defaults alone,
   * which show much less; whole runs of the workload; or nothing.
   */
  evidence: z.enum(["calls", "annotations", "whole_runs", "none"]),
  verdict: Verdict,
  reason: z.string(),
  /** Calls of it in the workload; null where calls were not counted. */
  calls: z.nullable(z.number()),
  /** Whether `calls` is an estimate, as it is for what is called more than some 200,000 times. */
  callsEstimated: z.boolean(),
  equivalence: z.nullable(Equivalence),
  timing: z.nullable(Timing),
  /** Why it was not timed; null when it was. */
  notTimed: z.nullable(z.string()),
  /** Python source that shows the difference when it is pasted; null where there is none, or no such source. */
  call: z.nullable(z.string()),
  /** File of the recorded call that shows the difference; null for a generated input, or where there is none. */
  entry: z.nullable(z.string()),
});
export type JudgedPiece = z.infer<typeof JudgedPiece>;

export const Judgement = z.object({
  schema: z.literal("speedwell.judgement/1"),
  run: z.string(),
  directory: z.string(),
  verdict: Verdict,
  reason: z.string(),
  /** OLD and NEW as they were named. */
  old: z.string(),
  new: z.string(),
  /** The program that was run; null when there was none. `seconds` is a run of OLD. */
  workload: z.nullable(z.object({ program: Program, seconds: z.number(), exit: z.nullable(z.number()) })),
  python: z.string(),
  /** Files that were compared. */
  files: z.array(z.string()),
  pieces: z.array(JudgedPiece),
  /** Pieces that changed and that the workload never reached. */
  notExercised: z.array(z.string()),
  /** What was left out, and why. */
  notCompared: z.array(z.object({ what: z.string(), why: z.string() })),
  /** New functions, classes and files: there is nothing to hold them against. */
  added: z.array(z.string()),
  /** Where nothing but a docstring changed. */
  docstrings: z.array(z.string()),
  /** Whole runs of the workload, NEW against OLD; null without one. */
  program: z.nullable(ProgramProof),
  report: z.nullable(z.string()),
});
export type Judgement = z.infer<typeof Judgement>;
