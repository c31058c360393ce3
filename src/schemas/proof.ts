// The evidence for or against one rewrite.

import * as z from "zod/mini";
import { Interval } from "./common.ts";
import { Tolerance } from "./rewrite.ts";

/** One input on which the two sides differ, small enough to read. */
export const Witness = z.object({
  /** `recorded` inputs come from the run; `generated` ones are mutations of them. */
  origin: z.enum(["recorded", "generated"]),
  /** The inputs as Python source or abbreviated repr, per name. */
  input: z.record(z.string(), z.string()),
  /** Which facet differs: `return`, `argument x`, `exception`, `stdout`, `random state`, … with a path inside it. */
  where: z.string(),
  expected: z.string(),
  actual: z.string(),
});
export type Witness = z.infer<typeof Witness>;

export const Equivalence = z.object({
  verdict: z.enum(["same", "different", "cannot_tell"]),
  reason: z.string(),
  /** How many recorded and generated inputs were compared. */
  recorded: z.number(),
  generated: z.number(),
  /** Share of mutants of the original that the same inputs tell apart, 0 to 1; null when not measured. */
  strength: z.nullable(z.number()),
  mutants: z.object({ killed: z.number(), survived: z.number(), total: z.number() }),
  tolerance: z.nullable(Tolerance),
  /** The largest relative and ULP difference seen in floats; zero when all were exact. */
  largestDifference: z.object({ relative: z.number(), ulp: z.number() }),
  /** Facets that differed between two runs of the original itself, so were not compared. */
  nondeterministic: z.array(z.string()),
  witness: z.nullable(Witness),
  /** Assumptions added by the proof: differences outside the recorded domain that are stated, not hidden. */
  assumptions: z.array(z.string()),
});
export type Equivalence = z.infer<typeof Equivalence>;

/** Seconds of every run in pairs, in the order they ran; `old[i]` and `new[i]` are one pair. */
export const PairTimes = z.object({ old: z.array(z.number()), new: z.array(z.number()) });
export type PairTimes = z.infer<typeof PairTimes>;

/** Old time divided by new time, from paired fresh processes; above 1 is faster. */
export const Timing = z.object({
  ratio: Interval,
  pairs: z.number(),
  /** Smallest ratio this machine can tell from 1 in this session (A/A), for example 1.02. */
  floor: z.number(),
  /** Median seconds per side, for display. */
  oldSeconds: z.number(),
  newSeconds: z.number(),
  /** Seconds the new side pays once per process (compile, import), beyond the old side. */
  onceSeconds: z.number(),
  /** Peak memory of new over old (process RSS); 1 when the same. */
  memoryRatio: z.number(),
  /** log(old/new) of every pair, for the drawn interval. */
  logRatios: z.array(z.number()),
  times: z.optional(PairTimes),
});
export type Timing = z.infer<typeof Timing>;

export const Proof = z.object({
  rewrite: z.string(),
  equivalence: Equivalence,
  /** Null when the region was not timed because it was not `same`. */
  region: z.nullable(Timing),
  /** The program with this rewrite alone; predicted from the region's share when `measured` is false. */
  program: z.nullable(z.object({ speedup: Interval, measured: z.boolean() })),
  verdict: z.enum(["kept", "refused"]),
  reason: z.string(),
});
export type Proof = z.infer<typeof Proof>;

/** The program with all kept rewrites together. */
export const ProgramProof = z.object({
  /** Null when nothing can be said: nothing was kept, or too few pairs fitted and nothing predicts it. */
  speedup: z.nullable(Interval),
  /** Whether whole runs were timed in pairs; else `speedup` is predicted from the regions' shares. */
  measured: z.boolean(),
  /** Why it was not measured, or why the composition was refused; null when neither. */
  reason: z.nullable(z.string()),
  pairs: z.number(),
  /** Smallest ratio that these pairs can tell from 1; null when not measured. */
  floor: z.nullable(z.number()),
  /** Median wall seconds of whole runs; null when not measured. */
  oldSeconds: z.nullable(z.number()),
  newSeconds: z.nullable(z.number()),
  /** Peak memory of new over old; null when not measured. */
  memoryRatio: z.nullable(z.number()),
  /** log(old/new) of every pair. */
  logRatios: z.array(z.number()),
  times: z.optional(PairTimes),
  outputs: z.object({
    /** Null when the outputs were not compared. */
    same: z.nullable(z.boolean()),
    /** What was compared: `stdout`, `file out.csv`, … */
    compared: z.array(z.string()),
    /** What differed between runs of the original itself, so was not compared. */
    nondeterministic: z.array(z.string()),
    /** The first difference, in a sentence. */
    difference: z.nullable(z.string()),
    /** Largest relative effect of float rewrites on a printed number; 0 when every byte is the same. */
    largestEffect: z.number(),
  }),
});
export type ProgramProof = z.infer<typeof ProgramProof>;
