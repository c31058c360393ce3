// What was seen of a region at run time: types, sizes, ranges, call counts. Written by the agent after capture.

import * as z from "zod/mini";

const Range = z.object({ min: z.number(), max: z.number() });

/**
 * A summary of all values of one Python type seen in one place. Only the keys that make sense for the type are present.
 * Integers beyond 2^53 are given as ±Infinity-safe decimal strings in `integer`.
 */
export interface ValueFact {
  /** Qualified type, for example `builtins.list`, `numpy.ndarray`, `__main__.Point`. */
  type: string;
  /** How many values of this type were seen here. */
  count: number;
  /** int, bool: the extremes as decimal strings, since Python integers have no bound. */
  integer?: { min: string; max: string };
  /** float, numpy floating scalars: finite extremes, and which special values occurred. */
  float?: { min: number | null; max: number | null; nan: boolean; infinite: boolean; negativeZero: boolean };
  /** str, bytes. */
  text?: { minLength: number; maxLength: number };
  /** list, tuple, set, frozenset, deque, range, …: the lengths seen and the facts of the elements (sampled). */
  sequence?: {
    length: { min: number; max: number };
    elements: ValueFact[];
    allHashable: boolean;
    duplicates: boolean;
    /** Tuples only, when every tuple seen had this many items: the facts per position. */
    positions?: ValueFact[][];
  };
  /** dict and subclasses. */
  mapping?: {
    length: { min: number; max: number };
    keys: ValueFact[];
    values: ValueFact[];
    /** Facts per key, where all keys are text and few: of records. */
    fields?: Record<string, ValueFact[]>;
  };
  /** numpy.ndarray and scalars of numpy. */
  array?: {
    dtype: string;
    ndim: number;
    shapes: number[][];
    cContiguous: boolean;
    fContiguous: boolean;
    writeable: boolean;
    min: number | null;
    max: number | null;
    nan: boolean;
    /** The smallest share of zeros among the floats of an array of two dimensions; absent where nobody counted. */
    zeros?: number;
  };
  /** Instances of classes written in Python: facts per attribute. */
  attributes?: Record<string, ValueFact[]>;
}

export const ValueFact: z.ZodMiniType<ValueFact> = z.object({
  type: z.string(),
  count: z.number(),
  integer: z.optional(z.object({ min: z.string(), max: z.string() })),
  float: z.optional(
    z.object({
      min: z.nullable(z.number()),
      max: z.nullable(z.number()),
      nan: z.boolean(),
      infinite: z.boolean(),
      negativeZero: z.boolean(),
    }),
  ),
  text: z.optional(z.object({ minLength: z.number(), maxLength: z.number() })),
  sequence: z.optional(
    z.object({
      length: Range,
      elements: z.array(z.lazy(() => ValueFact)),
      allHashable: z.boolean(),
      duplicates: z.boolean(),
      positions: z.optional(z.array(z.array(z.lazy(() => ValueFact)))),
    }),
  ),
  mapping: z.optional(
    z.object({
      length: Range,
      keys: z.array(z.lazy(() => ValueFact)),
      values: z.array(z.lazy(() => ValueFact)),
      fields: z.optional(z.record(z.string(), z.array(z.lazy(() => ValueFact)))),
    }),
  ),
  array: z.optional(
    z.object({
      dtype: z.string(),
      ndim: z.number(),
      shapes: z.array(z.array(z.number())),
      cContiguous: z.boolean(),
      fContiguous: z.boolean(),
      writeable: z.boolean(),
      min: z.nullable(z.number()),
      max: z.nullable(z.number()),
      nan: z.boolean(),
      zeros: z.optional(z.number()),
    }),
  ),
  attributes: z.optional(z.record(z.string(), z.array(z.lazy(() => ValueFact)))),
}) as unknown as z.ZodMiniType<ValueFact>;

/** How often a function is called with arguments that it has had before. */
const Repeats = z.object({
  /** Calls whose arguments were compared with those of earlier ones: the first thousand, then a sample. */
  looked: z.number(),
  /** Those of them with equal arguments of the same types as one looked at before; lists and the like by identity. */
  again: z.number(),
  /** Different arguments kept for comparing; from 4096 on no more are kept. */
  distinct: z.number(),
  /** Most frames of the same function below a call that was looked at; not counted beyond 200 frames. */
  depth: z.number(),
  /** Equal arguments that are not the same were seen: 1, 1.0 and True, or 0.0 and −0.0. */
  mixed: z.boolean(),
  /** Parameters that had values which can change in place, or of types that are not Python's own plain ones. */
  byIdentity: z.array(z.string()),
});

export const RegionFacts = z.object({
  region: z.string(),
  /** Entries into the region during the capture run, and how many of them were recorded whole. */
  calls: z.number(),
  /** Whether `calls` is an estimate: what is entered more than some 200,000 times is counted in stretches spread over the run. */
  estimated: z.optional(z.boolean()),
  recorded: z.number(),
  /** Wall seconds spent in the region, all entries together, children included. */
  seconds: z.number(),
  /** Facts per name at entry: live-ins, closure variables and the data globals that were captured. */
  liveIn: z.record(z.string(), z.array(ValueFact)),
  /** Facts per name at exit (loops), and of the return value (functions, key "return"). */
  liveOut: z.record(z.string(), z.array(ValueFact)),
  /** Pairs of names that were the same object, or arrays that shared memory, at some entry. */
  aliases: z.array(z.tuple([z.string(), z.string()])),
  /** Names whose value was changed in place by the region in some recorded call. */
  mutated: z.array(z.string()),
  /** Qualified exception types that left the region, with counts. */
  exceptions: z.record(z.string(), z.number()),
  /** Why entries could not be recorded, with counts (a value that cannot be pickled, too large, …). */
  unrecorded: z.record(z.string(), z.number()),
  /** Who called when a call could not be recorded, the nearest first: functions, with the line of their `def` or first decorator. */
  callers: z.optional(z.array(z.object({ file: z.string(), line: z.number(), name: z.string() }))),
  /** How the garbage collector was set at the last recorded entry; null or absent when there was none. */
  collector: z.optional(z.nullable(z.object({ enabled: z.boolean(), threshold: z.array(z.number()) }))),
  /** Functions only, when the agent counted. */
  repeats: z.optional(Repeats),
});
export type RegionFacts = z.infer<typeof RegionFacts>;
