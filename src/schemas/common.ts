// Small shapes that several schemas share.

import * as z from "zod/mini";

/** An estimate with the interval it lies in. Units are those of the field that holds it. */
export const Interval = z.object({ low: z.number(), estimate: z.number(), high: z.number() });
export type Interval = z.infer<typeof Interval>;

/**
 * A span of a Python source file. Lines count from 1; columns are UTF-8 bytes from 0, as CPython counts them, because
 * the agent compares them with `ast` positions. `start` and `end` are UTF-16 offsets into the decoded text, for edits.
 */
export const Span = z.object({
  line: z.number(),
  column: z.number(),
  endLine: z.number(),
  endColumn: z.number(),
  start: z.number(),
  end: z.number(),
});
export type Span = z.infer<typeof Span>;

/** A line of a notebook: number among its code cells, and line in the cell, both from 1. */
export const CellPlace = z.object({ cell: z.number(), line: z.number() });
export type CellPlace = z.infer<typeof CellPlace>;

/** Source text per absolute path, in place of what the disk has; null for a file that is not there. */
export type Texts = Readonly<Record<string, string | null>>;

/** A replacement of the text between two UTF-16 offsets (`start === end` inserts). */
export const TextEdit = z.object({ start: z.number(), end: z.number(), text: z.string() });
export type TextEdit = z.infer<typeof TextEdit>;
