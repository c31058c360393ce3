// Which form OLD and NEW have: two files, two folders, revisions, or something and a patch of it.

import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { ExitCode, Fault } from "../base/fault.ts";
import { twoFiles } from "./files.ts";
import { twoFolders } from "./folders.ts";
import { looksLikePatch } from "./patch.ts";
import { patched } from "./patched.ts";
import { type Side, twoRevisions } from "./revisions.ts";
import { isPython, type Versions } from "./versions.ts";

type Kind = "file" | "folder" | null;

/** What `old` and `other` name; without `other`, the working tree. Reads, and changes nothing. */
export async function resolveVersions(
  old: string,
  other: string | undefined,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Versions> {
  const paths = [resolve(cwd, old), resolve(cwd, other ?? ".")] as const;
  const kinds = [await kindOf(paths[0]), await kindOf(paths[1])] as const;
  const named: [string, string] = [old, other ?? "the working tree"];
  if (kinds[0] !== null && kinds[1] === "file") {
    const bytes = await readFile(paths[1]).catch((error: NodeJS.ErrnoException) => {
      throw new Fault(`${named[1]} cannot be read: ${error.message}.`, ExitCode.wrongUsage);
    });
    if (/\.(patch|diff)$/.test(paths[1]) || (!isPython(paths[1]) && looksLikePatch(bytes)))
      return patched(paths[0], bytes, named);
  }
  if (other === undefined && kinds[0] !== null)
    throw new Fault(`Name what ${old} is to be compared with: NEW is missing.`, ExitCode.wrongUsage);
  if (kinds[0] === "file" && kinds[1] === "file") return twoFiles(paths[0], paths[1], named);
  if (kinds[0] === "folder" && kinds[1] === "folder") return twoFolders(paths[0], paths[1], named);
  if (kinds[0] !== null && kinds[1] !== null)
    throw new Fault(
      `${old} is a ${kinds[0]} and ${other} is a ${kinds[1]}: name two of a kind, or a patch as NEW.`,
      ExitCode.wrongUsage,
    );
  const side = (index: 0 | 1, text: string): Side =>
    kinds[index] === null
      ? { revision: text }
      : { tree: index === 1 && other === undefined ? null : paths[index] };
  for (const [index, text] of [old, other].entries())
    if (kinds[index as 0 | 1] === null && /\.(pyw?|patch|diff|ipynb)$/.test(text ?? ""))
      throw new Fault(`There is no file ${text}.`, ExitCode.wrongUsage);
  return twoRevisions([side(0, old), side(1, other ?? "")], named, cwd, env);
}

async function kindOf(path: string): Promise<Kind> {
  const found = await stat(path).catch(() => null);
  return found === null ? null : found.isDirectory() ? "folder" : "file";
}
