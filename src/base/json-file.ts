// JSON files that are either whole or not there.

import { writeWhole } from "./whole-file.ts";

/** Write `value` beside `path` and put it in place in one step. Rejects as the file system does (full, read-only). */
export const writeJson = (path: string, value: unknown): Promise<void> =>
  writeWhole(path, JSON.stringify(value));
