// Files that are either whole or not there.

import { rename, rm, writeFile } from "node:fs/promises";

/** Write `data` beside `path` and put it in place in one step. Rejects as the file system does (full, read-only). */
export async function writeWhole(path: string, data: string | Uint8Array): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(unfinished, data);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
