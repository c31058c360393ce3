// What a finder gives: changes within a region, and places that are left as they are.

import type { Draft as AnyDraft, Left } from "../draft.ts";

export type Draft = AnyDraft<
  | "membership"
  | "search"
  | "queue"
  | "priority-queue"
  | "hoist"
  | "concatenation"
  | "insertion"
  | "comparison"
  | "text"
  | "window"
>;

export interface Findings {
  drafts: Draft[];
  refusals: Left[];
}
