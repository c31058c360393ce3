// The kept rewrites as whole files: `changes.json` in the run directory. What `apply` writes and `apply --undo` takes back.

import * as z from "zod/mini";

export const Changes = z.object({
  schema: z.literal("speedwell.changes/1"),
  run: z.string(),
  files: z.array(
    z.object({
      /** Absolute path of the user's file. */
      path: z.string(),
      /**
       * SHA-256 of the bytes before and after, hexadecimal; each lies under this name in `changes/`. Null before: a file that
       * is added.
       */
      before: z.nullable(z.string()),
      after: z.string(),
    }),
  ),
});
export type Changes = z.infer<typeof Changes>;

export const Applied = z.object({
  schema: z.literal("speedwell.applied/1"),
  run: z.string(),
  action: z.enum(["applied", "undone"]),
  files: z.array(z.string()),
});
export type Applied = z.infer<typeof Applied>;
