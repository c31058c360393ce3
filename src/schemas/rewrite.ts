// A technique applied to a region: plain data, complete enough to apply, prove and print.

import * as z from "zod/mini";
import { TextEdit } from "./common.ts";

/** Why and how far floats may differ. `null` in a rewrite means: bit for bit. */
export const Tolerance = z.object({
  /** `relative`: |a−b| ≤ bound·max(|a|,|b|) + absolute, per array or scalar; `ulp`: units in the last place. */
  kind: z.enum(["relative", "ulp"]),
  bound: z.number(),
  /** For `relative`: allowed absolute difference, scaled by the largest magnitude in the same array. */
  absolute: z.number(),
  reason: z.string(),
});
export type Tolerance = z.infer<typeof Tolerance>;

export const Requirement = z.object({
  /** Distribution name as pip knows it. */
  package: z.string(),
  /** PEP 440 specifier, or "" for any version. */
  version: z.string(),
});
export type Requirement = z.infer<typeof Requirement>;

/** A file that a rewrite adds: nothing of that name is there. */
export const AddedFile = z.object({
  /** Absolute path. */
  path: z.string(),
  text: z.string(),
});
export type AddedFile = z.infer<typeof AddedFile>;

/** How the added files are compiled, after which the rewritten code finds the module; without it, it runs as it was. */
export const BuildStep = z.object({
  /** The dotted name of the extension module that comes of it. */
  module: z.string(),
  /** Absolute path of the folder in which the build runs; the module's path below it follows from its name. */
  directory: z.string(),
  /** Arguments of Python: `["setup_compiled.py", "build_ext", "--inplace"]`. */
  arguments: z.array(z.string()),
});
export type BuildStep = z.infer<typeof BuildStep>;

export const Rewrite = z.object({
  /** `<region id>:<technique>[:variant]`, unique in a run. */
  id: z.string(),
  /** Folder name of the technique and its variant, for example `containers/membership`. */
  technique: z.string(),
  region: z.string(),
  file: z.string(),
  line: z.number(),
  endLine: z.number(),
  /** One plain sentence for a data scientist: what changes. */
  summary: z.string(),
  /** Edits of the whole file: the region itself, imports, new module-level helpers. Sorted, non-overlapping. */
  edits: z.array(TextEdit),
  requires: z.array(Requirement),
  /** What was observed but not proved, in plain words. Each was seen to hold on all recorded calls. */
  assumptions: z.array(z.string()),
  tolerance: z.nullable(Tolerance),
  /** True when the first call in a process pays a cost later calls do not (JIT compile). */
  warmsUp: z.boolean(),
  /**
   * Only where results are kept from one call for later ones: the share of the calls that such a result answers, as seen at
   * run time. A call timed alone does not show that gain, so whole runs decide.
   */
  reuse: z.optional(z.number()),
  /** Files that it adds beside the sources. */
  files: z.optional(z.array(AddedFile)),
  build: z.optional(BuildStep),
});
export type Rewrite = z.infer<typeof Rewrite>;

/** A technique looked at a region that resembled its pattern, and said no. */
export const Declined = z.object({
  technique: z.string(),
  region: z.string(),
  line: z.number(),
  reason: z.string(),
});
export type Declined = z.infer<typeof Declined>;
