// What `speedwell optimize --json` prints.

import * as z from "zod/mini";
import { CellPlace, Interval } from "./common.ts";
import { Hotspot, Shares } from "./diagnosis.ts";
import { Build, Once, Witness } from "./proof.ts";
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
  /** Files that it adds, and the command that builds them, run in `directory`. */
  files: z.optional(z.array(z.string())),
  build: z.optional(
    z.object({ directory: z.string(), arguments: z.array(z.string()), ...z.partial(Build).shape }),
  ),
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
    /** What is paid once per process, against the gain of each run of the work; null when that does not count. */
    once: z.nullable(Once),
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
  /** Per region all techniques that looked at it: who won, who was refused or left it alone, and why. */
  fields: z.array(
    z.object({
      file: z.string(),
      line: z.number(),
      endLine: z.number(),
      cell: z.optional(CellPlace),
      function: z.string(),
      share: z.nullable(z.number()),
      entries: z.array(
        z.object({
          technique: z.string(),
          outcome: z.enum(["won", "refused", "declined", "nothing"]),
          region: z.nullable(Interval),
          program: z.nullable(Interval),
          needs: z.array(z.string()),
          reason: z.string(),
        }),
      ),
    }),
  ),
  result: z.object({
    /** The program's gain with all kept rewrites together; null when nothing was kept. */
    speedup: z.nullable(Interval),
    measured: z.boolean(),
    /** With `--repeat`: the gain for each of so many runs of the work per start of the program; else null. */
    perRepeat: z.nullable(z.object({ runs: z.number(), speedup: Interval })),
    patch: z.nullable(z.string()),
    report: z.nullable(z.string()),
  }),
});
export type Result = z.infer<typeof Result>;
