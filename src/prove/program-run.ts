// One run of the whole program in a fresh process, its output into files, and the user's files as before afterwards.

import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, realpath, rm, stat, utimes, writeFile } from "node:fs/promises";
import { devNull } from "node:os";
import { join } from "node:path";
import * as z from "zod/mini";
import { killGroup } from "../base/process.ts";
import { agentEntry } from "../interpreter/agent.ts";
import type { Program, Texts } from "../schemas/index.ts";
import { type CoreSetting, Usage } from "./conditions.ts";
import { changedFiles, folderState } from "./folder.ts";
import { content, type Outputs, withoutLineNumbers } from "./outputs.ts";

export interface ProgramSetting {
  /** Path of the user's interpreter. */
  interpreter: string;
  program: Program;
  /** Folder appended to the end of `sys.path`, or null. */
  overlay: string | null;
  /** Folder of compiled modules of rewrites. */
  built?: string | undefined;
  /** The user's own environment variables, the same on both sides. */
  environment: NodeJS.ProcessEnv;
  /** A file to be the program's stdin; without it, stdin is empty. */
  stdin?: string | undefined;
  /** Whether that file comes about in the first run: it reads our own stdin, a pipe, and what it reads is kept there. */
  keepsStdin?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

export interface ProgramRunOptions {
  overrides: Texts;
  /** Log the files that the program writes, so that they are compared and put back. */
  track: boolean;
  /** How many times faster the program's clocks run; 1 for as they are. */
  clock: number;
  /** Watch whether the program asks for the number of cores; or hold it to one; or neither. */
  cores: CoreSetting;
  /** PYTHONHASHSEED where the user sets none; null for one at random. */
  hashSeed: number | null;
  timeoutSeconds: number;
}

export interface ProgramRun {
  /** Wall seconds from the start of the process to its end. */
  seconds: number;
  exit: number | null;
  signal: NodeJS.Signals | null;
  timedOut: boolean;
  /** What the process and its children used; null when the program left without its exit code. */
  usage: Usage | null;
  outputs: Outputs;
  /** Files that the program wrote, by real path. */
  written: string[];
  /** Paths whose given text was used. */
  overridden: ReadonlySet<string>;
  /** Why the program was not run at all; null when it was. */
  fault: string | null;
}

const LogLine = z.object({
  override: z.optional(z.string()),
  written: z.optional(z.string()),
  existed: z.optional(z.boolean()),
  backup: z.optional(z.nullable(z.string())),
  ...z.partial(Usage).shape,
  fault: z.optional(z.string()),
});

/** Runs a program again and again from the same state of its files. Call `close` at the end, whatever happened. */
export class ProgramRunner {
  private readonly setting: ProgramSetting;
  private readonly directory: string;
  /** What each file was before any run here wrote to it: its copy, or null when it did not exist. */
  private readonly before = new Map<string, string | null>();
  private runs = 0;

  private constructor(setting: ProgramSetting, directory: string) {
    this.setting = setting;
    this.directory = directory;
  }

  /** `scratch` is a folder for specifications, outputs and backups; a new folder in it is used and later removed. */
  static async open(setting: ProgramSetting, scratch: string): Promise<ProgramRunner> {
    const directory = await mkdtemp(join(scratch, "speedwell-program-"));
    await mkdir(join(directory, "backups"));
    return new ProgramRunner(setting, directory);
  }

  async run(options: ProgramRunOptions): Promise<ProgramRun> {
    // Of one length for every run: the size of the environment moves the stack, and with it the speed.
    const keeps = this.setting.keepsStdin === true && this.runs === 0;
    const folder = join(this.directory, `run-${String(this.runs++).padStart(6, "0")}`);
    await mkdir(folder);
    const file = (name: string) => join(folder, name);
    const seed = this.setting.environment.PYTHONHASHSEED ? null : options.hashSeed;
    const specification = {
      program: this.setting.program,
      overrides: options.overrides,
      overlay: this.setting.overlay,
      built: this.setting.built ?? null,
      log: file("log"),
      track: options.track,
      backups: join(this.directory, "backups"),
      clock: options.clock,
      cores: options.cores,
      hashSeed: seed !== null,
      ...(keeps && { stdin: this.setting.stdin }),
    };
    await writeFile(file("log"), "");
    // Beside the folders of all runs, because nothing under the specification's own folder counts as written.
    const specificationPath = join(this.directory, "spec.json");
    await writeFile(specificationPath, JSON.stringify(specification));
    // Numba's on-disk cache knows a function by file and line, so one side could be given the other's machine code.
    await mkdir(file("numba"));
    const environment = {
      ...this.setting.environment,
      NUMBA_CACHE_DIR: file("numba"),
      ...(seed === null ? {} : { PYTHONHASHSEED: String(seed).padStart(6, "0") }),
    };
    const cwd = await realpath(this.setting.program.cwd).catch(() => this.setting.program.cwd);
    const before = options.track ? await folderState(cwd) : null;
    try {
      const end = await this.spawn(specificationPath, environment, file, options.timeoutSeconds, keeps);
      const lines = parseLog(await readFile(file("log"), "utf8"));
      // Compared, and never taken away: another process of the user's may have written it.
      const unseen = changedFiles(before, options.track ? await folderState(cwd) : null);
      const written = [...new Set([...lines.flatMap((line) => line.written ?? []), ...unseen])];
      const outputs = new Map([["exit code", content(Buffer.from(String(end.signal ?? end.exit)))]]);
      for (const stream of ["stdout", "stderr"])
        outputs.set(
          stream,
          content(withoutLineNumbers(await readFile(file(stream)), Object.keys(options.overrides))),
        );
      for (const path of written) {
        const bytes = await readFile(path).catch(() => null);
        if (bytes !== null) outputs.set(`file ${path}`, content(bytes));
      }
      return {
        ...end,
        usage: Usage.safeParse(lines.find((line) => line.memory !== undefined)).data ?? null,
        outputs,
        written,
        overridden: new Set(lines.flatMap((line) => line.override ?? [])),
        fault: lines.find((line) => line.fault !== undefined)?.fault ?? null,
      };
    } finally {
      await this.restore(parseLog(await readFile(file("log"), "utf8")));
      await rm(folder, { recursive: true, force: true });
    }
  }

  async close(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  private spawn(
    specification: string,
    environment: NodeJS.ProcessEnv,
    file: (name: string) => string,
    timeoutSeconds: number,
    readsOurStdin: boolean,
  ): Promise<Pick<ProgramRun, "seconds" | "exit" | "signal" | "timedOut">> {
    const { signal, interpreter, program, stdin } = this.setting;
    signal?.throwIfAborted();
    const opened = [
      ...(readsOurStdin ? [] : [openSync(stdin ?? devNull, "r")]),
      openSync(file("stdout"), "w"),
      openSync(file("stderr"), "w"),
    ];
    return new Promise((resolve, reject) => {
      const started = performance.now();
      const child = spawn(interpreter, [agentEntry(), "program", specification], {
        cwd: program.cwd,
        env: environment,
        stdio: readsOurStdin ? [0, ...opened] : opened,
        detached: true,
      });
      let timedOut = false;
      const kill = () => killGroup(child.pid);
      const timer = setTimeout(
        () => {
          timedOut = true;
          kill();
        },
        Math.min(timeoutSeconds * 1000, 2 ** 31 - 1),
      );
      signal?.addEventListener("abort", kill, { once: true });
      const settle = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", kill);
        for (const stream of opened) closeSync(stream);
      };
      child.on("error", (error) => {
        settle();
        reject(error);
      });
      child.on("exit", (exit, exitSignal) => {
        const seconds = (performance.now() - started) / 1000;
        settle();
        kill(); // what the program left running in the background
        if (signal?.aborted) reject(signal.reason);
        else resolve({ seconds, exit, signal: exitSignal, timedOut });
      });
    });
  }

  /** Every run, and the user in the end, finds the files as they were; their modification times too. */
  private async restore(log: readonly z.infer<typeof LogLine>[]): Promise<void> {
    for (const { written, existed, backup } of log) {
      if (written === undefined || this.before.has(written)) continue;
      if (!existed) this.before.set(written, null);
      else if (backup) this.before.set(written, join(this.directory, "backups", backup));
    }
    for (const [path, backup] of this.before) {
      try {
        if (backup === null) await rm(path, { force: true });
        else {
          await copyFile(backup, path);
          const { atime, mtime } = await stat(backup);
          await utimes(path, atime, mtime);
        }
      } catch {
        // The program took away the folder, or the right to write there: the file cannot be put back.
      }
    }
  }
}

function parseLog(text: string): z.infer<typeof LogLine>[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => LogLine.parse(JSON.parse(line)));
}
