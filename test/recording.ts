// Records small programs given as text, for tests of what is recorded and what is made of it.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startService } from "../src/interpreter/service.ts";
import { type Profile, readProfile, totalOf, usagePerFunction } from "../src/profile/index.ts";
import { recordProgram, runDirectory } from "../src/record/index.ts";
import type { InterpreterInfo, Run } from "../src/schemas/run.ts";
import type { SourceFile } from "../src/source/file.ts";
import { loadSource } from "../src/source/load.ts";
import { testPython } from "./python.ts";

export interface Recording {
  root: string;
  directory: string;
  run: Run;
  profile: Profile;
  /** The user's own sources, parsed. */
  files: SourceFile[];
}

export const interpreterAt = (path: string): InterpreterInfo => ({
  path,
  realPath: path,
  version: "3.11.0",
  implementation: "CPython",
  prefix: "",
  chosenBy: "option",
  gilDisabled: false,
});

/** A folder with the given files, removed by `remove`. */
export function folderWith(files: Record<string, string | Buffer>): { path: string; remove(): void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "speedwell-")));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Record `source` as `main.py` in a folder of its own, hand the result to `check`, and remove everything. */
export async function withRecording(
  source: string,
  check: (recording: Recording) => void | Promise<void>,
  options: { python?: string; files?: Record<string, string>; arguments?: string[] } = {},
): Promise<void> {
  const python = options.python ?? testPython();
  const folder = folderWith({ "main.py": source, ...options.files });
  try {
    const run = await recordProgram({
      program: {
        kind: "script",
        target: "main.py",
        arguments: options.arguments ?? [],
        cwd: folder.path,
      },
      interpreter: interpreterAt(python),
      root: folder.path,
      programStdout: "stderr",
    });
    const directory = runDirectory(folder.path, run.id);
    const service = await startService(python);
    const files: SourceFile[] = [];
    for (const path of Object.keys(run.sources))
      await loadSource(service, path).then(
        (file) => files.push(file),
        () => {},
      );
    await service.close();
    await check({ root: folder.path, directory, run, profile: await readProfile(directory), files });
  } finally {
    folder.remove();
  }
}

/** Seconds in a function of `main.py`, callees included, by kind; zeros when it was never seen. */
export function secondsIn(profile: Profile, name: string) {
  const sum = { python: 0, native: 0, waiting: 0, system: 0, total: 0, self: 0 };
  for (const [fn, usage] of usagePerFunction(profile)) {
    if (profile.functions.name[fn]!.split(".").at(-1) !== name) continue;
    sum.python += usage.total.python / 1e9;
    sum.native += usage.total.native / 1e9;
    sum.waiting += usage.total.waiting / 1e9;
    sum.system += usage.total.system / 1e9;
    sum.total += totalOf(usage.total) / 1e9;
    sum.self += totalOf(usage.self) / 1e9;
  }
  return sum;
}
