// What the recorded run could read from its stdin, so that the runs after it read the same.

import { fstatSync } from "node:fs";
import { copyFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** Where the agent keeps what the program reads (see the agent's stdin.py). */
export const stdinPath = (runDirectory: string): string => join(runDirectory, "stdin");

/** The same, when there is something: undefined after a run whose stdin was a terminal, a device or closed. */
export async function keptStdin(runDirectory: string): Promise<string | undefined> {
  const state = await stat(stdinPath(runDirectory)).catch(() => null);
  return state?.isFile() ? stdinPath(runDirectory) : undefined;
}

/**
 * Keep a copy of our own stdin where it is a file (`< data.txt`), for a program that was not recorded. A pipe is left alone:
 * whoever holds its other end may never close it.
 */
export async function copyStdin(runDirectory: string): Promise<string | undefined> {
  if (!isFile(0)) return undefined;
  await copyFile("/dev/stdin", stdinPath(runDirectory));
  return stdinPath(runDirectory);
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false; // closed
  }
}
