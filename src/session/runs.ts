// The runs of a folder: which one is meant, how they ended, and two of them side by side.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ExitCode, Fault } from "../base/fault.ts";
import { readProfile, totalOf, usagePerFunction } from "../profile/index.ts";
import { listRuns, pruneRuns, readRun, runBytes, runDirectory } from "../record/directory.ts";
import { programCommand } from "../report/command.ts";
import { proveCommand } from "../report/judgement.ts";
import { Diagnosis, Judgement, Result, type RunComparison, type RunList } from "../schemas/index.ts";

/**
 * Directory of the run `id`, or of the newest one that has one of the files `needed`.
 * @throws Fault (exit 2) when there is none.
 */
export async function findRun(root: string, id: string | undefined, ...needed: string[]): Promise<string> {
  if (id !== undefined) return runDirectory(root, (await readRun(root, id)).id);
  const runs = await listRuns(root);
  const found = runs.find((run) => needed.some((file) => existsSync(join(runDirectory(root, run.id), file))));
  if (found) return runDirectory(root, found.id);
  throw new Fault(
    runs.length === 0
      ? "No run is recorded in this folder. Record one with: speedwell optimize PROGRAM"
      : "No run in this folder has a kept rewrite. Look for one with: speedwell optimize PROGRAM",
    ExitCode.wrongUsage,
  );
}

/** All runs, newest first. With `keep`, all but the newest so many are removed, and named as pruned. */
export async function listRunsWithOutcome(root: string, keep: number | undefined): Promise<RunList> {
  const pruned = keep === undefined ? [] : await pruneRuns(root, keep);
  const runs = await Promise.all(
    (await listRuns(root)).map(async (run) => {
      const directory = runDirectory(root, run.id);
      const diagnosis = Diagnosis.safeParse(await readJson(join(directory, "diagnosis.json")));
      const judgement = Judgement.safeParse(await readJson(join(directory, "judgement.json")));
      const result = Result.safeParse(await readJson(join(directory, "result.json")));
      return {
        id: run.id,
        created: run.created,
        command: judgement.success ? proveCommand(judgement.data) : programCommand(run.program),
        status: run.status,
        seconds: run.seconds,
        verdict: judgement.success
          ? judgement.data.verdict
          : diagnosis.success
            ? diagnosis.data.verdict
            : null,
        speedup: result.success ? (result.data.result.speedup?.estimate ?? null) : null,
        bytes: await runBytes(root, run.id),
      };
    }),
  );
  return { schema: "speedwell.runs/1", runs, pruned };
}

/** Seconds per function in two runs, the largest changes first. */
export async function compareRuns(root: string, before: string, after: string): Promise<RunComparison> {
  const sides = await Promise.all(
    [before, after].map(async (id) => {
      const run = await readRun(root, id);
      const profile = await readProfile(runDirectory(root, run.id));
      const seconds = new Map<string, { file: string; function: string; seconds: number }>();
      for (const [index, usage] of usagePerFunction(profile)) {
        const file = profile.files.path[profile.functions.file[index] as number] as string;
        const name = profile.functions.name[index] as string;
        const key = JSON.stringify([file, name]);
        const sum = (seconds.get(key)?.seconds ?? 0) + totalOf(usage.total) / 1e9;
        seconds.set(key, { file, function: name, seconds: sum });
      }
      return { run, seconds };
    }),
  );
  const [old, now] = sides as [(typeof sides)[number], (typeof sides)[number]];
  const functions = [...new Set([...old.seconds.keys(), ...now.seconds.keys()])]
    .map((key) => {
      const { file, function: name } = (old.seconds.get(key) ?? now.seconds.get(key)) as {
        file: string;
        function: string;
      };
      return {
        file,
        function: name,
        beforeSeconds: old.seconds.get(key)?.seconds ?? 0,
        afterSeconds: now.seconds.get(key)?.seconds ?? 0,
      };
    })
    .sort((a, b) => Math.abs(b.beforeSeconds - b.afterSeconds) - Math.abs(a.beforeSeconds - a.afterSeconds))
    .slice(0, 30);
  return {
    schema: "speedwell.comparison/1",
    before: { id: old.run.id, seconds: old.run.seconds },
    after: { id: now.run.id, seconds: now.run.seconds },
    functions,
  };
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return null; // not written in this run, or cut off when the disk was full
  }
}
