// OLD and NEW as two folders, for example two copies of a package: their files are paired by relative path.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isBinary } from "./files.ts";
import { isChanged, isPython, notPython, type Versions } from "./versions.ts";

export async function twoFolders(old: string, other: string, named: [string, string]): Promise<Versions> {
  const [before, after] = await Promise.all([filesBelow(old), filesBelow(other)]);
  const versions: Versions = { old: named[0], new: named[1], files: [], others: [] };
  for (const shown of [...new Set([...before, ...after])].sort()) {
    const read = (has: ReadonlySet<string>, folder: string) =>
      has.has(shown) ? readFile(join(folder, shown)) : Promise.resolve(null);
    const [oldBytes, newBytes] = await Promise.all([read(before, old), read(after, other)]);
    const file = {
      path: join(old, shown),
      elsewhere: old === other ? null : join(other, shown),
      shown,
      old: oldBytes,
      new: newBytes,
    };
    if (!isChanged(file)) continue;
    if (!isPython(shown)) versions.others.push({ shown, why: notPython });
    else if ([oldBytes, newBytes].some((bytes) => bytes !== null && isBinary(bytes)))
      versions.others.push({ shown, why: "it holds binary data" });
    else versions.files.push(file);
  }
  return versions;
}

const skipped = new Set(["__pycache__", "node_modules", "site-packages", "venv"]);

/** Relative paths of the plain files below `folder`, hidden ones, caches and environments left out. */
export async function filesBelow(folder: string): Promise<Set<string>> {
  const found = new Set<string>();
  const pending = [""];
  for (let at = pending.pop(); at !== undefined; at = pending.pop())
    for (const entry of await readdir(join(folder, at), { withFileTypes: true })) {
      if (entry.name.startsWith(".") || entry.name.endsWith(".pyc")) continue;
      const path = at === "" ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory() && !skipped.has(entry.name)) pending.push(path);
      else if (entry.isFile()) found.add(path);
    }
  return found;
}
