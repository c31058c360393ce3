// What the recorded run could read from its stdin, so that the runs after it read the same.

import { fstatSync } from "node:fs";
import { copyFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Where the agent keeps what the program reads (see the agent's stdin.py). */
export const stdinPath = (runDirectory: string): string => join(runDirectory, "stdin");

/** The same, when there is something: undefined after a run whose stdin was a terminal, a device or closed. */
export async function keptStdin(runDirectory: string): Promise<string | undefined> {
  const state = await stat(stdinPath(runDirectory)).catch(() => null);
  return state?.isFile() ? stdinPath(runDirectory) : undefined;
}

/**
 * What a program that was not recorded is to read: a copy of our own stdin where that is a file (`< data.txt`). A pipe is
 * left to the first run of the program: whoever holds its other end may never close it.
 */
export async function copyStdin(
  runDirectory: string,
): Promise<{ path: string | undefined; keptByFirstRun: boolean }> {
  const path = stdinPath(runDirectory);
  const kind = kindOf(0);
  if (kind === "file") await copyFile("/dev/stdin", path);
  // A program that ends before it reads leaves nothing: that is what later runs find then.
  if (kind === "pipe") await writeFile(path, "");
  return { path: kind === null ? undefined : path, keptByFirstRun: kind === "pipe" };
}

function kindOf(descriptor: number): "file" | "pipe" | null {
  try {
    const state = fstatSync(descriptor);
    if (state.isFile()) return "file";
    return (state.isFIFO() || state.isSocket()) && process.platform !== "win32" ? "pipe" : null;
  } catch {
    return null; // closed
  }
}
