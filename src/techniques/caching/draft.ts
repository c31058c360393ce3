// One finished change of a function, before it becomes a rewrite.

import type { Draft as AnyDraft } from "../draft.ts";

export interface Draft extends AnyDraft<"recursion" | "repeated" | "files"> {
  /** See `reuse` in schemas/rewrite.ts. */
  reuse?: number;
}
