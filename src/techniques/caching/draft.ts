// One finished change of a function, before it becomes a rewrite.

import type { TextEdit } from "../../schemas/common.ts";

export interface Draft {
  variant: "recursion" | "repeated" | "files";
  /** What the change does, without a full stop. */
  summary: string;
  edits: TextEdit[];
  assumptions: string[];
  /** See `reuse` in schemas/rewrite.ts. */
  reuse?: number;
}
