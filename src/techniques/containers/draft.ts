// One finished change within a region, before it becomes a rewrite; and a refusal.

import type { TextEdit } from "../../schemas/common.ts";

export interface Draft {
  variant:
    | "membership"
    | "search"
    | "queue"
    | "priority-queue"
    | "hoist"
    | "concatenation"
    | "insertion"
    | "comparison"
    | "text";
  /** What the change does, as a clause: "looks up `word` values in a set made from `stop_words`". */
  summary: string;
  edits: TextEdit[];
  assumptions: string[];
}

export interface Refusal {
  /** Line of the code that resembled the pattern. */
  line: number;
  reason: string;
}

export interface Findings {
  drafts: Draft[];
  refusals: Refusal[];
}
