// The second run of the program: calls of chosen regions are recorded, and what their values look like.

import { spawn } from "node:child_process";
import { mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { killGroup, runChild } from "../base/process.ts";
import type { Progress } from "../base/progress.ts";
import { agentEntry } from "../interpreter/agent.ts";
import {
  type InterpreterInfo,
  type Program,
  type Region,
  RegionFacts,
  type Texts,
} from "../schemas/index.ts";

/** What recording may take. It never stops the program: what does not fit is left out and counted. */
export interface CaptureLimits {
  /** Calls kept per region. */
  entries: number;
  /** Bytes on disk per region, and of all regions together. */
  regionBytes: number;
  totalBytes: number;
  /** Seconds to store the state before or after one call. */
  entrySeconds: number;
  /** Share of the program's time that recording may take once the program has run for a while. */
  share: number;
}

const defaultLimits: CaptureLimits = {
  entries: 24,
  regionBytes: 64_000_000,
  totalBytes: 256_000_000,
  entrySeconds: 1,
  share: 0.12,
};

export interface CaptureOptions {
  runDirectory: string;
  program: Program;
  interpreter: InterpreterInfo;
  regions: readonly Region[];
  limits?: Partial<CaptureLimits> | undefined;
  /** Folder appended to the end of `sys.path`, or null. */
  overlay: string | null;
  /** Text per absolute path in place of the disk's; null for a file that is not to be there. */
  texts?: Texts | undefined;
  /** The program's environment variables; those of this process when left out. */
  environment?: NodeJS.ProcessEnv | undefined;
  /** A file to be the program's stdin; without it, stdin is empty. */
  stdin?: string | undefined;
  /** The recorded run: another exit code in this run is worth a note; its seconds give the progress a scale. */
  expected?: { exit: number | null; seconds: number } | undefined;
  /** Seconds after which the program is killed; what was recorded until then counts. */
  timeoutSeconds?: number | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: Progress | undefined;
  /** Called with a plain sentence when the program did not run as it did when it was recorded. */
  onNote?: ((note: string) => void) | undefined;
}

/**
 * Run the program once more and record calls of `regions` into `capture/<region id>/` of the run directory (the files
 * are described in the agent's state.py). Output of the program goes to `capture/stdout` and `capture/stderr`.
 * @returns the facts of every region asked for, by region id; `calls` is 0 for one that was not reached.
 * @throws the reason of `signal` when it aborts; no process is left then.
 */
export async function captureRegions(options: CaptureOptions): Promise<Map<string, RegionFacts>> {
  const directory = join(options.runDirectory, "capture");
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const specification = join(directory, "capture.json");
  const { program, regions, overlay, texts = {} } = options;
  const limits = { ...defaultLimits, ...options.limits };
  await writeFile(specification, JSON.stringify({ program, directory, regions, limits, overlay, texts }));
  const end = await runProgram(options, directory, specification);
  const note = await describeEnd(options, directory, end);
  if (note !== null) options.onNote?.(note);
  return collectFacts(options, directory, specification);
}

interface End {
  code: number | null;
  killedBy: NodeJS.Signals | null;
  timedOut: boolean;
}

async function runProgram(options: CaptureOptions, directory: string, specification: string): Promise<End> {
  const { signal, timeoutSeconds } = options;
  signal?.throwIfAborted();
  const streams = await Promise.all([
    options.stdin === undefined ? null : open(options.stdin, "r"),
    open(join(directory, "stdout"), "w"),
    open(join(directory, "stderr"), "w"),
  ]);
  const [stdin, stdout, stderr] = streams;
  const environment = { ...(options.environment ?? process.env) };
  // One of the orders that sets may have anyway; with a known one, a replay can meet the same order.
  environment.PYTHONHASHSEED ??= "0";
  const stopProgress = reportProgress(options);
  try {
    return await new Promise<End>((resolve, reject) => {
      const child = spawn(options.interpreter.path, [agentEntry(), "capture", specification], {
        cwd: options.program.cwd,
        env: environment,
        stdio: [stdin === null ? "ignore" : stdin.fd, stdout.fd, stderr.fd],
        detached: true,
      });
      let timedOut = false;
      const kill = () => killGroup(child.pid);
      const expire = () => {
        timedOut = true;
        kill();
      };
      const timer = timeoutSeconds === undefined ? undefined : setTimeout(expire, timeoutSeconds * 1000);
      signal?.addEventListener("abort", kill, { once: true });
      child.on("error", reject);
      child.on("exit", (code, killedBy) => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", kill);
        // Children that the program left behind would go on writing into the run directory.
        kill();
        if (signal?.aborted) reject(signal.reason);
        else resolve({ code, killedBy, timedOut });
      });
    });
  } finally {
    stopProgress();
    await Promise.all(streams.map((stream) => stream?.close()));
  }
}

function reportProgress({ onProgress, expected, regions }: CaptureOptions): () => void {
  if (onProgress === undefined) return () => {};
  const started = performance.now();
  const message = `recording calls of ${regions.length === 1 ? "one region" : `${regions.length} regions`}`;
  const tell = () => {
    const seconds = (performance.now() - started) / 1000;
    if (expected === undefined) onProgress({ stage: "capture", message });
    else
      onProgress({
        stage: "capture",
        message,
        done: Math.min(seconds, expected.seconds),
        total: expected.seconds,
      });
  };
  tell();
  const timer = setInterval(tell, 500);
  return () => clearInterval(timer);
}

/** What was unlike the recorded run, in one sentence; null when nothing was. */
async function describeEnd(options: CaptureOptions, directory: string, end: End): Promise<string | null> {
  if (end.timedOut)
    return `The second run was stopped after ${Math.round(options.timeoutSeconds ?? 0)} s; calls until then were recorded.`;
  if (options.expected === undefined || end.code === options.expected.exit) return null;
  const stderr = await readFile(join(directory, "stderr"), "utf8");
  const last = stderr.trimEnd().split("\n").at(-1) ?? "";
  const how = end.killedBy ? `was ended by ${end.killedBy}` : `ended with exit code ${end.code}`;
  const before = options.expected.exit === null ? "by a signal" : `with exit code ${options.expected.exit}`;
  return `The program ${how} in its second run, and ${before} in the first${last === "" ? "" : `: ${last.slice(0, 200)}`}.`;
}

async function collectFacts(
  options: CaptureOptions,
  directory: string,
  specification: string,
): Promise<Map<string, RegionFacts>> {
  // Isolated: the program's environment variables have no say in merging files.
  const args = ["-I", agentEntry(), "facts", specification];
  const child = { timeoutSeconds: 120, ...(options.signal && { signal: options.signal }) };
  const merged = await runChild(options.interpreter.path, args, child);
  if (merged.code !== 0)
    throw new Error(`merging the facts of the capture run failed: ${merged.stderr.trim()}`);
  const facts = new Map<string, RegionFacts>();
  for (const { id } of options.regions) {
    const text = await readFile(join(directory, id, "facts.json"), "utf8");
    facts.set(id, RegionFacts.parse(JSON.parse(text)));
  }
  return facts;
}
