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
  /** Whether only time was lacking for a better answer. */
  hurried: z.optional(z.boolean()),
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
  /**
   * What became of random numbers, where the original draws any: the same ones in the same order; others, of which nothing
   * tells that they follow another distribution (never `same`: the user decides); or nothing is known.
   */
  randomness: z.optional(z.enum(["same draws", "other draws, same distribution", "unknown"])),
  /** Assumptions added by the proof: differences outside the recorded domain that are stated, not hidden. */
  assumptions: z.array(z.string()),
});
export type Equivalence = z.infer<typeof Equivalence>;

/** Seconds of every run in pairs, in the order they ran; `old[i]` and `new[i]` are one pair. */
export const PairTimes = z.object({ old: z.array(z.number()), new: z.array(z.number()) });
export type PairTimes = z.infer<typeof PairTimes>;

/** The conditions of all runs of both sides. */
export const Conditions = z.object({
  /** Environment variables by which libraries choose their number of threads; null where unset. */
  threads: z.record(z.string(), z.nullable(z.string())),
  /** How many cores a run could use. */
  cores: z.number(),
  /** Why runs were or were not held to one core. */
  placement: z.string(),
  /** The user's PYTHONHASHSEED, or how seeds were given. */
  hashSeed: z.string(),
});
export type Conditions = z.infer<typeof Conditions>;

/** What limits a timing's worth. */
export const TimingWarning = z.object({
  kind: z.enum(["clock", "start-up", "noise", "drift", "state", "slower-calls"]),
  /** A sentence with its number. */
  message: z.string(),
});
export type TimingWarning = z.infer<typeof TimingWarning>;

/** A region's calls of about one size. */
export const SizedRatio = z.object({
  size: z.number(),
  /** False for inputs that are recorded ones cut down. */
  recorded: z.boolean(),
  calls: z.number(),
  ratio: Interval,
  oldSeconds: z.number(),
  newSeconds: z.number(),
});
export type SizedRatio = z.infer<typeof SizedRatio>;

/** How the gain depends on the size of the input. */
export const Sizes = z.object({
  /** What the size is: `len(points)`, `n`. */
  of: z.string(),
  ratios: z.array(SizedRatio),
  /** The size at which both sides take as long; the new side is faster only above it, or only below it. Null when none was seen. */
  crossover: z.nullable(z.object({ size: z.number(), faster: z.enum(["above", "below"]) })),
});
export type Sizes = z.infer<typeof Sizes>;

/** A cost paid once per process (compiling, importing a heavy package) against the gain of each run of the work. */
export const Once = z.object({
  seconds: z.number(),
  /** The program's gain with the cost counted in full, as in a program that is started for one run of the work. */
  cold: Interval,
  /** The gain without it, as in a process that has paid it. */
  warm: Interval,
  /** Runs of the work per process from which it pays; null when it never does. */
  breakEven: z.nullable(z.number()),
});
export type Once = z.infer<typeof Once>;

/** A build that the user runs once, after which the module is there for every start of the program. */
export const Build = z.object({
  seconds: z.number(),
  /** Runs of the program after which the time saved exceeds the build; null when it never does, or is not known. */
  breakEven: z.nullable(z.number()),
});
export type Build = z.infer<typeof Build>;

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
  /** The parts of it: loading what the region needs, and first calls beyond later ones (compilation, a pool's start). */
  loadSeconds: z.optional(z.number()),
  firstCallSeconds: z.optional(z.number()),
  /** Calls in one process after which `onceSeconds` are won back; null when they never are. */
  breakEvenCalls: z.optional(z.nullable(z.number())),
  /** Peak memory of new over old (process RSS); 1 when the same. */
  memoryRatio: z.number(),
  /** The same from pairs, with its interval. */
  memory: z.optional(z.nullable(Interval)),
  sizes: z.optional(z.nullable(Sizes)),
  warnings: z.optional(z.array(TimingWarning)),
  conditions: z.optional(Conditions),
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
  /** What it pays once per process; null when that does not count, or is not known. */
  once: z.nullable(Once),
  /** Where the rewrite must be built: what that took here. */
  build: z.optional(Build),
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
  /** With `--repeat`: the gain for each of so many runs of the work per start, costs paid once spread over them; else null. */
  perRepeat: z.nullable(z.object({ runs: z.number(), speedup: Interval })),
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
  /** The same from pairs, with its interval. */
  memory: z.optional(z.nullable(Interval)),
  /**
   * The ratio of processor seconds, children included: a second measure, which other work on the machine disturbs less. It
   * never decides. `share` is the original's processor time over its wall time.
   */
  cpu: z.optional(z.nullable(z.object({ ratio: Interval, floor: z.number(), share: z.number() }))),
  warnings: z.optional(z.array(TimingWarning)),
  conditions: z.optional(Conditions),
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
