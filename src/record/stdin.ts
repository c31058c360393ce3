// What the recorded run could read from its stdin, so that the runs after it read the same.

import { stat } from "node:fs/promises";
import { join } from "node:path";

/** Where the agent keeps what the program reads (see the agent's stdin.py). */
export const stdinPath = (runDirectory: string): string => join(runDirectory, "stdin");

/** The same, when there is something: undefined after a run whose stdin was a terminal, a device or closed. */
export async function keptStdin(runDirectory: string): Promise<string | undefined> {
  const state = await stat(stdinPath(runDirectory)).catch(() => null);
  return state?.isFile() ? stdinPath(runDirectory) : undefined;
}
