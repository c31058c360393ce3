// One finished change of a loop or a call over rows, before it becomes a rewrite.

import type { Draft as AnyDraft } from "../draft.ts";

export interface Draft extends AnyDraft<"columns" | "records" | "rows" | "growing" | "groups"> {
  line: number;
}
