// Run the user's program under the recorder, as if it had been started without us.

import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { constants } from "node:os";
import { join, resolve } from "node:path";
import { ExitCode, Fault } from "../base/fault.ts";
import { writeJson } from "../base/json-file.ts";
import type { Progress } from "../base/progress.ts";
import { agentEntry } from "../interpreter/agent.ts";
import { readProfile } from "../profile/index.ts";
import type { InterpreterInfo, Program, Run } from "../schemas/run.ts";
import { type Notebook, readNotebook } from "../source/notebook.ts";
import { checkProgram } from "./check.ts";
import { createRunDirectory, releaseReserve, writeRun } from "./directory.ts";
import { keepSources } from "./sources.ts";
import { stdinPath } from "./stdin.ts";

export interface RecordOptions {
  program: Program;
  interpreter: InterpreterInfo;
  /** Folder in which `.speedwell/` lies or is made. */
  root: string;
  env?: NodeJS.ProcessEnv;
  /** Ends the program as Ctrl-C would. */
  signal?: AbortSignal;
  onProgress?: Progress;
  /** Where the program's stdout goes: ours, or stderr so that stdout stays Speedwell's own. */
  programStdout?: "inherit" | "stderr";
  /** Share of the time that sampling may take in the long run, 0 to 1; it takes more at first (see sampler.py). */
  cost?: number;
}

/**
 * Run and record a program to its end. It has our stdin (of which a copy is kept), stdout, stderr and process group, so
 * Ctrl-C reaches it as always; SIGTERM and SIGHUP sent to us are passed on to it. A program that fails, is interrupted or is killed gives a
 * `Run` that says so.
 * @throws Fault: exit 2 when there is no such program, 3 when it cannot be started or the run cannot be kept.
 */
export async function recordProgram(options: RecordOptions): Promise<Run> {
  const { interpreter, root } = options;
  await checkProgram(options.program);
  const notebook = await notebookOf(options.program);
  const { id, directory } = await createRunDirectory(root);
  const program = notebook ? { ...options.program, script: join(directory, "notebook.py") } : options.program;
  if (notebook) await writeFile(join(directory, "notebook.py"), notebook.text);
  const created = new Date();
  let run: Run = {
    schema: "speedwell.run/1",
    id,
    created: created.toISOString(),
    program,
    interpreter,
    status: "running",
    exit: null,
    signal: null,
    seconds: 0,
    sources: {},
  };
  await writeRun(root, run);
  const specification = join(directory, "record.json");
  await writeJson(specification, {
    program,
    spool: join(directory, "spool"),
    cost: options.cost ?? 0.004,
    stdin: stdinPath(directory),
  });
  options.onProgress?.({ stage: "record", message: `running ${program.target}` });
  const ended = await runInForeground(options, [agentEntry(), "record", specification]);
  run = { ...run, ...ended };
  await releaseReserve(directory);
  await writeRun(root, run);
  const profile = await readProfile(directory);
  run.sources = await keepSources(directory, program, profile, created);
  await writeRun(root, run);
  return run;
}

async function notebookOf({ kind, cwd, target }: Program): Promise<Notebook | null> {
  if (kind !== "notebook") return null;
  const path = resolve(cwd, target);
  return readNotebook(await readFile(path, "utf8"), target);
}

type Ended = Pick<Run, "status" | "exit" | "signal" | "seconds">;

function runInForeground(options: RecordOptions, args: string[]): Promise<Ended> {
  const { program, interpreter, signal } = options;
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(interpreter.path, args, {
      cwd: program.cwd,
      env: options.env ?? process.env,
      stdio: ["inherit", options.programStdout === "stderr" ? 2 : "inherit", "inherit"],
    });
    let interrupted = false;
    const interrupt = () => {
      interrupted = true;
    };
    const passOn = (name: NodeJS.Signals) => child.kill(name);
    const abort = () => {
      interrupted = true;
      child.kill("SIGINT");
    };
    process.on("SIGINT", interrupt);
    process.on("SIGTERM", passOn);
    process.on("SIGHUP", passOn);
    signal?.addEventListener("abort", abort, { once: true });
    if (signal?.aborted) abort();
    const settle = () => {
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", passOn);
      process.off("SIGHUP", passOn);
      signal?.removeEventListener("abort", abort);
    };
    child.on("error", (error) => {
      settle();
      reject(
        new Fault(`${interpreter.path} cannot be started: ${error.message}.`, ExitCode.environmentLacks),
      );
    });
    child.on("exit", (code, killedBy) => {
      settle();
      resolve({
        status: statusOf(code, killedBy, interrupted),
        exit: code,
        signal: killedBy,
        seconds: (performance.now() - began) / 1000,
      });
    });
  });
}

function statusOf(code: number | null, signal: string | null, interrupted: boolean): Run["status"] {
  if (code === 0) return "finished";
  const bySignal = signal === "SIGINT" || code === 128 + constants.signals.SIGINT;
  if (bySignal || interrupted) return "interrupted";
  return signal === null ? "failed" : "killed";
}
