// One finished change within a region, before it becomes a rewrite; and a place that is left as it is.

import type { Tolerance } from "../../schemas/rewrite.ts";
import type { Draft as AnyDraft, Left } from "../draft.ts";

export interface Draft
  extends AnyDraft<
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
    | "einsum"
  > {
  line: number;
  /** Texts of functions that the new text calls, defined once at module level. */
  definitions: string[];
}

export type Found = Draft | Left;

/** Floats may differ by `bound`, relative to the largest of the same array. */
export const within = (bound: number, reason: string): Tolerance => ({
  kind: "relative",
  bound,
  absolute: bound,
  reason,
});
