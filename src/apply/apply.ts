// Write kept rewrites to the working tree: all files or none, only when nothing changed since the run, and undoable.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ExitCode, Fault } from "../base/fault.ts";
import { writeJson } from "../base/json-file.ts";
import { type Applied, Changes } from "../schemas/index.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Keep the contents before and after of every changed file in the run directory. */
export async function saveChanges(
  runDirectory: string,
  run: string,
  files: readonly { path: string; before: Buffer | null; after: Buffer }[],
): Promise<Changes> {
  const store = join(runDirectory, "changes");
  await mkdir(store, { recursive: true });
  const changes: Changes = { schema: "speedwell.changes/1", run, files: [] };
  for (const { path, before, after } of files) {
    for (const bytes of [before, after]) if (bytes) await writeFile(join(store, sha256(bytes)), bytes);
    changes.files.push({ path, before: before && sha256(before), after: sha256(after) });
  }
  await writeJson(join(runDirectory, "changes.json"), changes);
  return changes;
}

/**
 * Write the run's kept rewrites (`undo: false`), or put the files back as they were (`undo: true`).
 * @throws Fault (exit 2) when there is nothing to write, or a file is not as the run (or `apply`) left it; then no file
 * has been touched.
 */
export async function applyChanges(runDirectory: string, options: { undo: boolean }): Promise<Applied> {
  const index = join(runDirectory, "changes.json");
  if (!existsSync(index))
    throw new Fault(
      `Run ${basename(runDirectory)} has no kept rewrite to apply. Make one with: speedwell optimize PROGRAM`,
      ExitCode.wrongUsage,
    );
  const changes = Changes.parse(JSON.parse(await readFile(index, "utf8")));
  const steps = await Promise.all(
    changes.files.map(async ({ path, before, after }) => ({
      target: await realpath(path).catch(() => path),
      path,
      from: options.undo ? after : before,
      to: options.undo ? before : after,
    })),
  );
  for (const step of steps) await refuseIfChanged(step, options.undo);
  await writeAll(
    await Promise.all(
      steps.map(async ({ target, from, to }) => ({
        target,
        old: from === null ? null : await readFile(join(runDirectory, "changes", from)),
        content: to === null ? null : await readFile(join(runDirectory, "changes", to)),
      })),
    ),
  );
  return {
    schema: "speedwell.applied/1",
    run: changes.run,
    action: options.undo ? "undone" : "applied",
    files: changes.files.map((file) => file.path),
  };
}

async function refuseIfChanged(
  { target, path, from, to }: { target: string; path: string; from: string | null; to: string | null },
  undo: boolean,
): Promise<void> {
  const now = existsSync(target) ? await readFile(target).then(sha256, () => undefined) : null;
  if (now === from) return;
  const why =
    now === undefined || (now === null && to !== null)
      ? "it cannot be read"
      : from === null && now !== to
        ? "a file of that name is there already"
        : now === to
          ? undo
            ? "the rewrite is not applied to it"
            : "the rewrite is applied to it already"
          : `it has changed since the ${undo ? "rewrite was applied" : "run"}`;
  throw new Fault(`${path} was left alone: ${why}. No file was changed.`, ExitCode.wrongUsage);
}

/**
 * Replace every target by rename, or take away the one that has no new content. When one fails, those already replaced get
 * their old content back.
 */
async function writeAll(
  files: readonly { target: string; old: Buffer | null; content: Buffer | null }[],
): Promise<void> {
  const temporary = (target: string) =>
    join(dirname(target), `.${basename(target)}.speedwell-${process.pid}`);
  try {
    for (const { target, old, content } of files) {
      if (content === null) continue;
      const mode = old === null ? 0o666 : (await stat(target)).mode;
      await writeFile(temporary(target), content, { mode });
    }
  } catch (error) {
    for (const { target } of files) await rm(temporary(target), { force: true });
    throw new Fault(
      `Could not write beside the sources: ${(error as Error).message}. No file was changed.`,
      ExitCode.environmentLacks,
    );
  }
  const replaced: (typeof files)[number][] = [];
  try {
    for (const file of files) {
      if (file.content === null) await rm(file.target);
      else await rename(temporary(file.target), file.target);
      replaced.push(file);
    }
  } catch (error) {
    for (const { target, old } of replaced)
      await (old === null ? rm(target, { force: true }) : writeFile(target, old));
    for (const { target } of files) await rm(temporary(target), { force: true });
    throw new Fault(
      `Could not replace a source file: ${(error as Error).message}. No file was changed.`,
      ExitCode.environmentLacks,
    );
  }
}
