// What the other commands print with `--json`.

import * as z from "zod/mini";
import { Diagnosis } from "./diagnosis.ts";
import { Run } from "./run.ts";

/** `speedwell run --json`. */
export const RunOutput = z.object({
  schema: z.literal("speedwell.run-output/1"),
  directory: z.string(),
  run: Run,
  /** Null when the program ended before anything could be diagnosed. */
  diagnosis: z.nullable(Diagnosis),
  report: z.nullable(z.string()),
});
export type RunOutput = z.infer<typeof RunOutput>;

/** `speedwell runs --json`, newest first; `pruned` lists the runs that `--prune` removed. */
export const RunList = z.object({
  schema: z.literal("speedwell.runs/1"),
  runs: z.array(
    z.object({
      id: z.string(),
      created: z.string(),
      command: z.string(),
      status: z.string(),
      seconds: z.number(),
      verdict: z.nullable(z.string()),
      /** The program's measured or predicted gain, when `optimize` kept something. */
      speedup: z.nullable(z.number()),
      /** Bytes on disk. */
      bytes: z.number(),
    }),
  ),
  pruned: z.array(z.string()),
});
export type RunList = z.infer<typeof RunList>;

/** `speedwell runs --compare A B --json`: where two runs spent their time, function by function. */
export const RunComparison = z.object({
  schema: z.literal("speedwell.comparison/1"),
  before: z.object({ id: z.string(), seconds: z.number() }),
  after: z.object({ id: z.string(), seconds: z.number() }),
  /** One recording each: a difference says where to look, it proves nothing. */
  functions: z.array(
    z.object({ file: z.string(), function: z.string(), beforeSeconds: z.number(), afterSeconds: z.number() }),
  ),
});
export type RunComparison = z.infer<typeof RunComparison>;

/** `speedwell doctor --json`. */
export const Doctor = z.object({
  schema: z.literal("speedwell.doctor/1"),
  speedwell: z.string(),
  node: z.string(),
  python: z.object({ path: z.string(), version: z.string(), chosenBy: z.string(), gilDisabled: z.boolean() }),
  machine: z.object({
    platform: z.string(),
    processor: z.string(),
    cores: z.number(),
    memory: z.number(),
    blas: z.nullable(z.string()),
    /** OMP_NUM_THREADS and the like, as set in the environment. */
    threads: z.record(z.string(), z.string()),
    gpu: z.nullable(z.string()),
    mpi: z.nullable(z.string()),
    compiler: z.nullable(z.string()),
  }),
  /** Packages that techniques use: installed version, or null. */
  packages: z.record(z.string(), z.nullable(z.string())),
  /** What is missing or in the way, in plain sentences with the remedy. */
  advice: z.array(z.string()),
});
export type Doctor = z.infer<typeof Doctor>;

/** `speedwell export --json`. */
export const Exported = z.object({
  schema: z.literal("speedwell.exported/1"),
  run: z.string(),
  format: z.string(),
  files: z.array(z.string()),
  /** What to do with them. */
  hint: z.string(),
});
export type Exported = z.infer<typeof Exported>;

/** `speedwell open --json`. */
export const Opened = z.object({
  schema: z.literal("speedwell.opened/1"),
  run: z.string(),
  report: z.string(),
  opened: z.boolean(),
});
export type Opened = z.infer<typeof Opened>;
