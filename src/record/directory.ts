// Run directories: `.speedwell/runs/<id>/` below a root folder.

import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ExitCode, Fault } from "../base/fault.ts";
import { noRoom } from "../base/full-disk.ts";
import { writeJson } from "../base/json-file.ts";
import { Run } from "../schemas/run.ts";

export { writeJson };

const home = (root: string) => join(root, ".speedwell");
/** Room on the disk that is kept until the program has ended, so that its end can be written even if it filled the disk. */
const reserve = (directory: string) => join(directory, "reserve");
const RESERVE_BYTES = 16_384;
const runsOf = (root: string) => join(home(root), "runs");

/** Absolute path of a run's directory; it need not exist. */
export const runDirectory = (root: string, id: string): string => join(runsOf(root), id);

/**
 * Make an empty run directory below `root`. Its id is the minute in UTC and four random digits, so that names sort by
 * time. A Fault (exit 3) when the file system refuses.
 */
export async function createRunDirectory(
  root: string,
  now = new Date(),
): Promise<{ id: string; directory: string }> {
  const [date, time] = now.toISOString().split("T") as [string, string];
  try {
    await mkdir(runsOf(root), { recursive: true });
    // Whatever version control the folder is under, records of runs are no part of the project.
    await writeFile(join(home(root), ".gitignore"), "*\n", { flag: "wx" }).catch((error) => {
      if (error.code !== "EEXIST") throw error;
    });
    for (;;) {
      const id = `${date}-${time.slice(0, 2)}${time.slice(3, 5)}-${randomBytes(2).toString("hex")}`;
      const directory = runDirectory(root, id);
      try {
        await mkdir(directory);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") continue;
        throw error;
      }
      await mkdir(join(directory, "spool"));
      await mkdir(join(directory, "sources"));
      await writeFile(reserve(directory), Buffer.alloc(RESERVE_BYTES));
      return { id, directory };
    }
  } catch (error) {
    throw new Fault(
      `Records of runs are kept in ${runsOf(root)}, which cannot be written: ${reasonOf(error)}.`,
      ExitCode.environmentLacks,
    );
  }
}

/** Give up the room that was kept: the program has ended. */
export const releaseReserve = (directory: string): Promise<void> => rm(reserve(directory), { force: true });

/** Write `run.json`. A Fault (exit 3) when the file system refuses. */
export async function writeRun(root: string, run: Run): Promise<void> {
  const path = join(runDirectory(root, run.id), "run.json");
  await writeJson(path, run).catch((error) => {
    throw new Fault(`${path} cannot be written: ${reasonOf(error)}.`, ExitCode.environmentLacks);
  });
}

/** Read one run, or the newest where no id is given. A unique beginning of an id is enough. A Fault (exit 2) when there is none. */
export async function readRun(root: string, id?: string): Promise<Run> {
  const runs = await listRuns(root);
  if (id === undefined) {
    const [newest] = runs;
    if (!newest) throw new Fault(`No run is recorded in ${runsOf(root)}.`, ExitCode.wrongUsage);
    return newest;
  }
  const exact = runs.find((run) => run.id === id);
  const matches = exact ? [exact] : runs.filter((run) => run.id.startsWith(id) || run.id.endsWith(`-${id}`));
  if (matches.length === 1) return matches[0]!;
  throw new Fault(
    matches.length === 0
      ? `There is no run ${id} in ${runsOf(root)}.`
      : `${id} names ${matches.length} runs: ${matches.map((run) => run.id).join(", ")}.`,
    ExitCode.wrongUsage,
  );
}

/** All readable runs below `root`, newest first. */
export async function listRuns(root: string): Promise<Run[]> {
  const names = await readdir(runsOf(root)).catch(() => []);
  const runs = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(runsOf(root), name, "run.json"), "utf8").catch(() => null);
      const run = text === null ? null : Run.safeParse(parse(text));
      return run?.success && run.data.id === name ? run.data : null;
    }),
  );
  return runs
    .filter((run) => run !== null)
    .sort((a, b) => b.created.localeCompare(a.created) || b.id.localeCompare(a.id));
}

/** Remove all runs but the newest `keep`; those that are still going on stay. The ids that were removed, newest first. */
export async function pruneRuns(root: string, keep: number): Promise<string[]> {
  const old = (await listRuns(root)).slice(keep).filter((run) => run.status !== "running");
  for (const run of old) await rm(runDirectory(root, run.id), { recursive: true, force: true });
  return old.map((run) => run.id);
}

/** Bytes that a run takes on disk. */
export async function runBytes(root: string, id: string): Promise<number> {
  const directory = runDirectory(root, id);
  const names = await readdir(directory, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(directory, name)).then(
        (entry) => (entry.isFile() ? entry.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What the file system said, in words. */
export function reasonOf(error: unknown): string {
  const known: Record<string, string> = {
    EACCES: "permission denied",
    EPERM: "permission denied",
    EROFS: "the file system is read-only",
    ENOTDIR: "a part of the path is not a folder",
    ENOENT: "it does not exist",
  };
  const { code, message } = error as NodeJS.ErrnoException;
  return noRoom(error) ?? known[code ?? ""] ?? message;
}
