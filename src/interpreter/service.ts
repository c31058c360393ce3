// A running agent that answers questions about Python source: JSON lines to its stdin, JSON lines from its stdout.

import { spawn } from "node:child_process";
import { ExitCode, Fault } from "../base/fault.ts";
import { agentEntry } from "./agent.ts";

export interface PythonService {
  /** The interpreter that answers, as it was given to `startService`. */
  readonly python: string;
  /** Ask the agent; rejects with an `AgentError` when it answers with an error, a `Fault` when it has ended. */
  call(method: string, params: unknown): Promise<unknown>;
  /** End the agent and wait until it is gone. May be called twice. */
  close(): Promise<void>;
}

/** What went wrong in the agent: a Python exception as data. */
export class AgentError extends Error {
  /** The exception's class, for example `SyntaxError`. */
  readonly type: string;
  /** SyntaxError: line and character column from 1, where Python tells them. */
  readonly line: number | null;
  readonly column: number | null;
  constructor(answer: { type: string; message: string; line?: number | null; column?: number | null }) {
    super(answer.message);
    this.name = "AgentError";
    this.type = answer.type;
    this.line = answer.line ?? null;
    this.column = answer.column ?? null;
  }
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Start the agent under `python`. Rejects with a Fault when that is no Python that can start. */
export async function startService(python: string): Promise<PythonService> {
  // Isolated: neither PYTHON* variables nor the user's site directory may change how the agent behaves.
  const child = spawn(python, ["-I", agentEntry(), "serve"], { stdio: ["pipe", "pipe", "pipe"] });
  const pending = new Map<number, Pending>();
  let nextId = 0;
  let stderr = "";
  let ended: Fault | null = null;
  const end = (reason: string) => {
    ended ??= new Fault(`The Python helper (${python}) ${reason}.`, ExitCode.environmentLacks);
    for (const call of pending.values()) call.reject(ended);
    pending.clear();
  };
  const gone = new Promise<void>((resolve) => {
    child.on("close", (code, signal) => {
      const last = stderr.trim().split("\n").at(-1);
      end(`ended with ${signal ?? `exit code ${code}`}${last ? `: ${last}` : ""}`);
      resolve();
    });
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr = (stderr + chunk.toString("utf8")).slice(-8192);
  });
  child.stdin.on("error", () => {});
  onLine(child.stdout, (line) => {
    const answer = JSON.parse(line);
    const call = pending.get(answer.id);
    pending.delete(answer.id);
    if (answer.error) call?.reject(new AgentError(answer.error));
    else call?.resolve(answer.result);
  });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (error) => {
      end(`cannot be started: ${error.message}`);
      reject(ended);
    });
  });

  return {
    python,
    call: (method, params) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        const id = nextId++;
        pending.set(id, { resolve, reject });
        child.stdin.write(`${JSON.stringify({ id, method, params })}\n`);
      }),
    async close() {
      child.stdin.end();
      const late = setTimeout(() => child.kill("SIGKILL"), 2000);
      await gone;
      clearTimeout(late);
    },
  };
}

/** Call `take` with each line of an ASCII stream; a line may be many megabytes, so its pieces are joined once. */
function onLine(stream: NodeJS.ReadableStream, take: (line: string) => void): void {
  let pieces: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => {
    let start = 0;
    for (;;) {
      const newline = chunk.indexOf(10, start);
      if (newline < 0) break;
      pieces.push(chunk.subarray(start, newline));
      take(Buffer.concat(pieces).toString("latin1"));
      pieces = [];
      start = newline + 1;
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start));
  });
}
