// What `speedwell optimize --json` prints.

import * as z from "zod/mini";
import { CellPlace, Interval } from "./common.ts";
import { Hotspot, Shares } from "./diagnosis.ts";
import { Witness } from "./proof.ts";
import { Declined, Tolerance } from "./rewrite.ts";

export const ResultRewrite = z.object({
  id: z.string(),
  technique: z.string(),
  file: z.string(),
  line: z.number(),
  endLine: z.number(),
  /** Of a notebook: where `line` lies. */
  cell: z.optional(CellPlace),
  summary: z.string(),
  requires: z.array(z.string()),
  assumptions: z.array(z.string()),
  equivalence: z.object({
    verdict: z.enum(["same", "different", "cannot_tell"]),
    recorded: z.number(),
    generated: z.number(),
    strength: z.nullable(z.number()),
    tolerance: z.nullable(Tolerance),
    witness: z.nullable(Witness),
  }),
  speedup: z.object({
    region: z.nullable(Interval),
    program: z.nullable(Interval),
    /** Whether the program's figure was measured by whole runs, or predicted from the region's share. */
    measured: z.boolean(),
  }),
  memory: z.object({ ratio: z.nullable(z.number()) }),
  verdict: z.enum(["kept", "refused"]),
  reason: z.string(),
});

export const Result = z.object({
  schema: z.literal("speedwell.result/1"),
  run: z.string(),
  directory: z.string(),
  program: z.object({
    command: z.array(z.string()),
    seconds: z.number(),
    python: z.string(),
    exit: z.nullable(z.number()),
  }),
  diagnosis: z.object({
    verdict: z.enum(["worth_it", "not_worth_it", "cannot_tell"]),
    reason: z.string(),
    ceiling: z.nullable(z.number()),
    shares: Shares,
    hotspots: z.array(Hotspot),
  }),
  rewrites: z.array(ResultRewrite),
  /** Regions that looked like a technique's pattern and were left alone, and why. */
  declined: z.array(Declined),
  result: z.object({
    /** The program's gain with all kept rewrites together; null when nothing was kept. */
    speedup: z.nullable(Interval),
    measured: z.boolean(),
    patch: z.nullable(z.string()),
    report: z.nullable(z.string()),
  }),
});
export type Result = z.infer<typeof Result>;
