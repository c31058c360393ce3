// One finished change within a region, before it becomes a rewrite; and a place that is left as it is.

import type { TextEdit } from "../../schemas/common.ts";
import type { Tolerance } from "../../schemas/rewrite.ts";

export interface Draft {
  variant:
    | "product-order"
    | "solve"
    | "diagonal"
    | "power"
    | "selection"
    | "invariant"
    | "stacked"
    | "sparse"
    | "contiguous"
    | "repeated"
    | "einsum";
  line: number;
  /** What the change does, as a clause. */
  summary: string;
  edits: TextEdit[];
  /** Texts of functions that the new text calls, defined once at module level. */
  definitions: string[];
  /** Distributions that the new text imports and the file did not. */
  packages: string[];
  assumptions: string[];
  tolerance: Tolerance | null;
}

export interface Left {
  line: number;
  reason: string;
}

export type Found = Draft | Left;

/** Floats may differ by `bound`, relative to the largest of the same array. */
export const within = (bound: number, reason: string): Tolerance => ({
  kind: "relative",
  bound,
  absolute: bound,
  reason,
});
