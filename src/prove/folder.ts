// Which files under a folder changed while a program ran. Python's own opens are seen by the agent; this finds what was
// written below Python: by C libraries (Parquet, HDF5) and by other processes that the program started.

import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** Size and modification time per path. */
export type FolderState = ReadonlyMap<string, string>;

/** More files than this are not looked at. */
const mostFiles = 5000;
const skipped = new Set(["__pycache__", "node_modules", "site-packages", "venv"]);

/** The files under `folder`, without hidden folders and caches; null when there are too many of them to look at. */
export async function folderState(folder: string): Promise<FolderState | null> {
  const state = new Map<string, string>();
  const pending = [folder];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    const entries = await readdir(current, { withFileTypes: true }).catch(() => []);
    if (state.size + entries.length > mostFiles) return null;
    for (const entry of entries) {
      const path = join(current, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith(".") && !skipped.has(entry.name)) pending.push(path);
      } else if (entry.isFile()) {
        const found = await stat(path, { bigint: true }).catch(() => null);
        if (found) state.set(path, `${found.size} ${found.mtimeNs}`);
      }
    }
  }
  return state;
}

/** Paths that are new or other in `after`. */
export const changedFiles = (before: FolderState | null, after: FolderState | null): string[] =>
  before && after ? [...after].flatMap(([path, state]) => (before.get(path) === state ? [] : [path])) : [];
