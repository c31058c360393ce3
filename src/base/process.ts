// Run a child process to its end: bounded output, a time limit, and no stray descendants.

import { spawn } from "node:child_process";

export interface ChildOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Text for the child's stdin; without it stdin is empty. */
  input?: string;
  /** Seconds after which the child and its descendants are killed. */
  timeoutSeconds?: number;
  signal?: AbortSignal;
  /** Bytes of stdout and stderr kept, each; the rest is read and dropped. Default 64 MiB. */
  maxOutput?: number;
  onStdout?: (chunk: Buffer) => void;
}

export interface ChildResult {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
}

/**
 * Run `command` in a process group of its own and wait for it. Never throws for a failing child: exit code, signal and
 * time-out are data. Rejects only when the command cannot be started or `signal` aborts (with the signal's reason).
 */
export function runChild(
  command: string,
  args: readonly string[],
  options: ChildOptions = {},
): Promise<ChildResult> {
  return new Promise((resolve, reject) => {
    options.signal?.throwIfAborted();
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["pipe", "pipe", "pipe"],
      detached: true,
    });
    const limit = options.maxOutput ?? 64 * 1024 * 1024;
    const collect = (tap?: (chunk: Buffer) => void) => {
      const chunks: Buffer[] = [];
      let size = 0;
      return {
        take(chunk: Buffer) {
          tap?.(chunk);
          if (size < limit) chunks.push(chunk);
          size += chunk.length;
        },
        text: () => Buffer.concat(chunks).subarray(0, limit).toString("utf8"),
      };
    };
    const out = collect(options.onStdout);
    const err = collect();
    let timedOut = false;
    const kill = () => killGroup(child.pid);
    const timer =
      options.timeoutSeconds === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            kill();
          }, options.timeoutSeconds * 1000);
    options.signal?.addEventListener("abort", kill, { once: true });
    const settle = () => {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", kill);
    };
    child.stdout.on("data", out.take);
    child.stderr.on("data", err.take);
    child.stdin.on("error", () => {});
    child.on("error", (error) => {
      settle();
      reject(error);
    });
    child.on("close", (code, signal) => {
      settle();
      if (options.signal?.aborted) reject(options.signal.reason);
      else resolve({ code, signal, stdout: out.text(), stderr: err.text(), timedOut });
    });
    child.stdin.end(options.input ?? "");
  });
}

/** Kill a process group started with `detached: true`. Does nothing when it is gone. */
export function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The group has ended already.
  }
}
