// From a program to its diagnosis: find the Python, record, read the sources that ran, diagnose.

import { availableParallelism } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { writeJson } from "../base/json-file.ts";
import { diagnose } from "../diagnose/diagnose.ts";
import { findInterpreter } from "../interpreter/find.ts";
import { type PythonService, startService } from "../interpreter/service.ts";
import { readProfile } from "../profile/index.ts";
import { recordProgram, runDirectory } from "../record/index.ts";
import type { ReportModel } from "../report/model.ts";
import type { Diagnosis, InterpreterInfo, Program, Run, RunOutput } from "../schemas/index.ts";
import type { Profile } from "../schemas/profile.ts";
import type { SourceFile } from "../source/file.ts";
import { loadSource } from "../source/load.ts";
import type { SessionContext } from "./context.ts";
import { writeReport } from "./report.ts";

/** A recorded run with all that was learned from it. */
export interface Recorded {
  run: Run;
  directory: string;
  interpreter: InterpreterInfo;
  profile: Profile;
  /** The user's own files that ran and can be parsed. */
  files: SourceFile[];
  diagnosis: Diagnosis;
}

/** Record and diagnose. `work` is given the result and the Python service, which ends with it. */
export async function withRecording<T>(
  context: SessionContext,
  program: Program,
  options: { keepStdout: boolean },
  work: (recorded: Recorded, service: PythonService) => Promise<T>,
): Promise<T> {
  const interpreter = await findInterpreter({
    python: context.python,
    programDirectory: programDirectory(program),
    env: context.env,
  });
  const run = await context.interrupt.passToProgram(() =>
    recordProgram({
      program,
      interpreter,
      root: context.cwd,
      env: context.env,
      programStdout: options.keepStdout ? "stderr" : "inherit",
      onProgress: context.onProgress,
    }),
  );
  const directory = runDirectory(context.cwd, run.id);
  context.onProgress({ stage: "diagnose", message: "reading the recording" });
  const service = await startService(interpreter.path);
  try {
    const profile = await readProfile(directory);
    const files: SourceFile[] = [];
    for (const path of Object.keys(run.sources)) {
      // A file that does not parse did not run as a whole; its error is the program's own to print.
      const file = await loadSource(service, path).catch(() => null);
      if (file?.sha256 === run.sources[path]) files.push(file as SourceFile);
    }
    const diagnosis = diagnose(run, profile, files, { cores: availableParallelism() });
    for (const { notebook, path } of files)
      if (notebook && notebook.skipped.length > 0)
        diagnosis.notes.push(
          `Commands of IPython in ${basename(path)} that change no result were left out: ${notebook.skipped.join(", ")}.`,
        );
    await writeJson(join(directory, "diagnosis.json"), diagnosis);
    return await work({ run, directory, interpreter, profile, files, diagnosis }, service);
  } finally {
    await service.close();
  }
}

/** The folder whose `.venv` counts as the program's own. */
function programDirectory(program: Program): string {
  return program.kind === "module" ? program.cwd : dirname(resolve(program.cwd, program.target));
}

/** `speedwell run`: the recording, its diagnosis and the report of both. */
export function recordAndReport(
  context: SessionContext,
  program: Program,
  options: { keepStdout: boolean },
): Promise<{ output: RunOutput; model: ReportModel }> {
  return withRecording(context, program, options, async (recorded) => {
    const model = await writeReport(context, recorded, null);
    const { run, directory, diagnosis } = recorded;
    return {
      output: { schema: "speedwell.run-output/1", directory, run, diagnosis, report: model.report },
      model,
    };
  });
}
