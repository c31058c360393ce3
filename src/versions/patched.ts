// OLD a file or a folder, NEW a patch of it.

import { readFile, stat } from "node:fs/promises";
import { basename, join, normalize } from "node:path";
import { ExitCode, Fault } from "../base/fault.ts";
import { isBinary, readSource } from "./files.ts";
import { applyPatch, type FilePatch, parsePatch } from "./patch.ts";
import { isPython, notPython, type VersionedFile, type Versions } from "./versions.ts";

export async function patched(old: string, patch: Buffer, named: [string, string]): Promise<Versions> {
  const changes = parsePatch(patch, named[1]);
  const versions: Versions = { old: named[0], new: named[1], files: [], others: [] };
  if ((await stat(old)).isFile()) {
    const [change, ...more] = forFile(changes, old);
    if (!change || more.length > 0)
      throw new Fault(
        `${named[1]} changes ${change ? "more than one file" : `no file named ${basename(old)}`}; name the folder it is for.`,
        ExitCode.wrongUsage,
      );
    const before = await readSource(old, named[0]);
    const after = applyPatch(before, change, named[1], named[0]);
    versions.files.push({ path: old, elsewhere: null, shown: basename(old), old: before, new: after });
    return versions;
  }
  const files = new Map<string, VersionedFile>();
  const at = async (shown: string) => {
    if (shown.startsWith("/") || normalize(shown).startsWith(".."))
      throw new Fault(`${named[1]} leads out of ${named[0]}: ${shown}.`, ExitCode.wrongUsage);
    const path = join(old, shown);
    const bytes = files.get(shown)?.new ?? (await readFile(path).catch(() => null));
    const file = files.get(shown) ?? { path, elsewhere: null, shown, old: bytes, new: bytes };
    files.set(shown, file);
    return file;
  };
  for (const change of changes) {
    const shown = (change.new ?? change.old)!;
    if (change.binary || !isPython(shown)) {
      versions.others.push({ shown, why: change.binary ? "it holds binary data" : notPython });
      continue;
    }
    const from = change.old === null ? null : await at(change.old);
    if (from !== null && from.new === null)
      throw new Fault(`${named[1]} changes ${change.old}, which is not in ${named[0]}.`, ExitCode.wrongUsage);
    if (from?.new && isBinary(from.new)) {
      versions.others.push({ shown, why: "it holds binary data" });
      continue;
    }
    const text = applyPatch(from?.new ?? Buffer.alloc(0), change, named[1], change.old ?? shown);
    if (from !== null) from.new = null;
    if (change.new === null) continue;
    const to = await at(change.new);
    if (change.old === null && to.new !== null)
      throw new Fault(`${named[1]} adds ${change.new}, which ${named[0]} has already.`, ExitCode.wrongUsage);
    to.new = text;
  }
  versions.files.push(...files.values());
  return versions;
}

/** The changes meant for one file: all when the patch has one file, else those whose path ends in its name. */
const forFile = (changes: readonly FilePatch[], path: string): FilePatch[] =>
  changes.length === 1
    ? [...changes]
    : changes.filter(({ new: shown }) => shown !== null && (path === shown || path.endsWith(`/${shown}`)));
