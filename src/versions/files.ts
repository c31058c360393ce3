// OLD and NEW as two files.

import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { ExitCode, Fault } from "../base/fault.ts";
import { isNotebook } from "../source/notebook.ts";
import { isChanged, type Versions } from "./versions.ts";

/** Two files of any name; a workload finds them at OLD's path, or at NEW's. */
export async function twoFiles(old: string, other: string, named: [string, string]): Promise<Versions> {
  if (isNotebook(old) !== isNotebook(other))
    throw new Fault(
      `Only one of ${named[0]} and ${named[1]} is a notebook: name two of a kind.`,
      ExitCode.wrongUsage,
    );
  const [before, after] = await Promise.all([readSource(old, named[0]), readSource(other, named[1])]);
  const elsewhere = old === other ? null : other;
  const file = { path: old, elsewhere, shown: basename(old), old: before, new: after };
  return { old: named[0], new: named[1], files: isChanged(file) ? [file] : [], others: [] };
}

/** The bytes of a source file that the user named. */
export async function readSource(path: string, named: string): Promise<Buffer> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Fault(`${named} cannot be read: ${error.message}.`, ExitCode.wrongUsage);
  });
  if (isBinary(bytes))
    throw new Fault(`${named} is not Python source: it holds binary data.`, ExitCode.wrongUsage);
  return bytes;
}

/** UTF-16 and UTF-32 hold zero bytes too; Python takes neither as source. */
export const isBinary = (bytes: Buffer): boolean => bytes.subarray(0, 8192).includes(0);
