// One finished change within a region, before it becomes a rewrite; and a place that is left as it is.

import type { TextEdit } from "../../schemas/common.ts";
import type { Tolerance } from "../../schemas/rewrite.ts";

export interface Draft {
  variant: "columns" | "records" | "rows" | "growing" | "groups";
  line: number;
  /** What the change does, as a clause. */
  summary: string;
  edits: TextEdit[];
  /** Distributions that the new text imports and the file did not. */
  packages: string[];
  assumptions: string[];
  tolerance: Tolerance | null;
}

export interface Left {
  line: number;
  reason: string;
}
