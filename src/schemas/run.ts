// One recorded execution: `run.json` in the run directory.

import * as z from "zod/mini";

export const InterpreterInfo = z.object({
  /** The path as the user would type it, and after symlinks. */
  path: z.string(),
  realPath: z.string(),
  /** For example "3.11.7". */
  version: z.string(),
  implementation: z.string(),
  prefix: z.string(),
  /** How it was chosen: `option`, `environment`, `virtualenv`, `conda`, `project`, `path`. */
  chosenBy: z.string(),
  gilDisabled: z.boolean(),
});
export type InterpreterInfo = z.infer<typeof InterpreterInfo>;

/** What to run: exactly one of script, module or notebook, and its own arguments. */
export const Program = z.object({
  kind: z.enum(["script", "module", "notebook"]),
  /** As the user typed it. */
  target: z.string(),
  arguments: z.array(z.string()),
  /** Absolute working directory. */
  cwd: z.string(),
  /** Of a notebook: the file that holds the Python text of its cells. */
  script: z.optional(z.string()),
});
export type Program = z.infer<typeof Program>;

export const Run = z.object({
  schema: z.literal("speedwell.run/1"),
  id: z.string(),
  /** ISO 8601, UTC. */
  created: z.string(),
  program: Program,
  interpreter: InterpreterInfo,
  /** `running` remains when Speedwell itself was killed. */
  status: z.enum(["running", "finished", "failed", "interrupted", "killed"]),
  /** The program's exit code, or null when a signal ended it. */
  exit: z.nullable(z.number()),
  signal: z.nullable(z.string()),
  /** Wall seconds of the program. */
  seconds: z.number(),
  /** SHA-256 of each of the user's own source files that was executed, by absolute path. */
  sources: z.record(z.string(), z.string()),
});
export type Run = z.infer<typeof Run>;
