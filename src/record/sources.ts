// Snapshots of the user's own source files that a run executed.

import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { noRoom } from "../base/full-disk.ts";
import { writeWhole } from "../base/whole-file.ts";
import type { Profile } from "../schemas/profile.ts";
import type { Program } from "../schemas/run.ts";

const LARGEST = 5_000_000;

/**
 * Copy each own file to `sources/<sha256>.py`; the hashes by absolute path. A file that was changed after the run had
 * begun is left out: what is on disk is not what ran. So is one that is gone or larger than 5 MB.
 */
export async function keepSources(
  directory: string,
  program: Program,
  { files }: Profile,
  began: Date,
): Promise<Record<string, string>> {
  const own = files.path.filter((_, i) => files.origin[i] === "own");
  if (program.kind !== "module") own.push(resolve(program.cwd, program.target));
  const hashes: Record<string, string> = {};
  for (const path of new Set(own)) {
    try {
      const entry = await stat(path);
      if (!entry.isFile() || entry.size > LARGEST || entry.mtimeMs > began.getTime()) continue;
      const bytes = await readFile(path);
      const hash = createHash("sha256").update(bytes).digest("hex");
      await writeWhole(join(directory, "sources", `${hash}.py`), bytes);
      hashes[path] = hash;
    } catch (error) {
      if (noRoom(error) !== null) throw error;
      // It cannot be read any more: the run is kept without it.
    }
  }
  return hashes;
}
