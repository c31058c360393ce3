// The unit that is captured, rewritten and proved.

import * as z from "zod/mini";
import { Span } from "./common.ts";

export const Region = z.object({
  /** Stable within a run: `<module>:<line>:<kind>`, for example `nearest:12:loop`. Usable as a directory name. */
  id: z.string(),
  /** Absolute path of the source file. */
  file: z.string(),
  /**
   * A function body, one loop (`for` or `while`, with its `else`), or one simple statement of the top level, or of a function that prints or reads, that
   * runs code many times: a comprehension, or a call that is handed one of the file's functions, or array code for
   * which a cheaper call may exist.
   */
  kind: z.enum(["function", "loop", "statement"]),
  /** Python's qualified name of the function that is or holds the region; "" at module level. */
  qualname: z.string(),
  /** The whole `def` (decorators excluded), the whole loop or the whole statement. */
  span: Span,
  /** Names whose values the region may read before it binds them. Parameters for a function; globals apart. */
  liveIn: z.array(z.string()),
  /** Names bound in the region and read after it. Empty for a function. */
  liveOut: z.array(z.string()),
  /** Free variables from enclosing functions (closure cells); a subset of no other list. */
  closure: z.array(z.string()),
  /** Module globals that the region or what it calls in the same module may read or write, builtins excluded. */
  globals: z.array(z.string()),
  /** Why this region cannot be replayed in isolation (yield in a loop, await, a global it deletes…), else null. */
  notReplayable: z.nullable(z.string()),
});
export type Region = z.infer<typeof Region>;
