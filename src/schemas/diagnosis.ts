// Where the time went and whether anything is worth changing.

import * as z from "zod/mini";
import { CellPlace } from "./common.ts";

export const Shares = z.object({
  python: z.number(),
  native: z.number(),
  waiting: z.number(),
  system: z.number(),
});
export type Shares = z.infer<typeof Shares>;

export const Hotspot = z.object({
  file: z.string(),
  line: z.number(),
  endLine: z.number(),
  /** Of a notebook: where `line` lies. */
  cell: z.optional(CellPlace),
  /** Qualified name; "<module>" at module level. */
  function: z.string(),
  /** What the hotspot is bound by. */
  kind: z.enum(["python", "native", "waiting", "system", "mixed"]),
  /** Kind of region, and the region's id when the hotspot is one of the user's own regions. */
  scope: z.enum(["function", "loop", "statement"]),
  region: z.nullable(z.string()),
  /** Share of the run's wall time inside it, callees included, and excluding them. */
  share: z.number(),
  selfShare: z.number(),
  /** Half-width of the 95% interval of `share`, from the number of samples. */
  shareError: z.number(),
  /** 1/(1−share): the program's speed-up if this took no time at all (Amdahl). Null when share is 1. */
  ceiling: z.nullable(z.number()),
  shares: Shares,
  /** The library function the time goes into, when one dominates: `numpy.linalg.svd`. */
  dominatedBy: z.nullable(z.string()),
});
export type Hotspot = z.infer<typeof Hotspot>;

export const Diagnosis = z.object({
  schema: z.literal("speedwell.diagnosis/1"),
  run: z.string(),
  verdict: z.enum(["worth_it", "not_worth_it", "cannot_tell"]),
  /** The sentence with the number that shows why. */
  reason: z.string(),
  /** Ceiling of all that could be changed, together; null when unbounded. */
  ceiling: z.nullable(z.number()),
  /** Wall seconds and samples of the recorded run. */
  seconds: z.number(),
  samples: z.number(),
  shares: Shares,
  /** Peak resident memory in bytes, or null where unknown. */
  peakMemory: z.nullable(z.number()),
  hotspots: z.array(Hotspot),
  /** What was seen and left out of the recording, and why: child processes, killed early, too short, … */
  notes: z.array(z.string()),
});
export type Diagnosis = z.infer<typeof Diagnosis>;
