// A process of the agent that replays a region: jobs go in as JSON lines, each runs in a fresh fork, answers come back.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { killGroup } from "../base/process.ts";
import { agentEntry } from "../interpreter/agent.ts";

/** What a job answers: its own result, or how the fork that ran it ended without one, and what it was doing. */
export type JobAnswer =
  | { result: Record<string, unknown>; failed?: undefined }
  | { result?: undefined; failed: string; late?: boolean; at: Record<string, unknown> | null };

export interface ReplayServer {
  /** Run a job for at most `seconds`; jobs of one server run one after the other. Rejects when aborted. */
  run(job: string, request: Record<string, unknown>, seconds: number): Promise<JobAnswer>;
  close(): Promise<void>;
}

/** Seconds beyond those of a job that the server may take to import packages and to answer. */
const patience = 10;

/** Start `python` on the specification of replay.py. `hashSeed` is its PYTHONHASHSEED: the order of sets of strings. */
export function startReplayServer(
  python: string,
  specification: string,
  hashSeed: number,
  signal: AbortSignal | undefined,
): ReplayServer {
  const child = spawn(python, [agentEntry(), "replay", specification], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, PYTHONHASHSEED: String(hashSeed) },
    detached: true,
  });
  let stderr = "";
  let ended: string | null = null;
  let waiting: ((answer: JobAnswer) => void) | null = null;
  const end = (how: string) => {
    ended ??= how;
    waiting?.({ failed: ended, at: null });
    waiting = null;
  };
  child.stderr.on("data", (chunk: Buffer) => {
    stderr = (stderr + chunk.toString("utf8")).slice(-4096);
  });
  child.stdin.on("error", () => {});
  const gone = new Promise<void>((resolve) => {
    child.on("error", (error) => {
      end(`the replay process cannot be started: ${error.message}`);
      resolve();
    });
    child.on("close", (code, name) => {
      const last = stderr.trim().split("\n").at(-1);
      end(`the replay process ended with ${name ?? `exit code ${code}`}${last ? `: ${last}` : ""}`);
      resolve();
    });
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    const take = waiting;
    waiting = null;
    take?.(JSON.parse(line) as JobAnswer);
  });
  const stop = () => killGroup(child.pid);
  signal?.addEventListener("abort", stop, { once: true });
  let last: Promise<unknown> = Promise.resolve();
  const submit = (job: string, request: Record<string, unknown>, seconds: number) =>
    new Promise<JobAnswer>((resolve) => {
      if (ended !== null) return resolve({ failed: ended, at: null });
      // The server ends a job in time itself; it cannot when it is stuck in an import of its own.
      const timer = setTimeout(
        () => {
          end("the replay process did not answer in time");
          stop();
        },
        1000 * (seconds + patience),
      );
      waiting = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      child.stdin.write(`${JSON.stringify({ ...request, job, seconds })}\n`);
    });
  return {
    async run(job, request, seconds) {
      const turn = last.then(() => submit(job, request, seconds));
      last = turn;
      const answer = await turn;
      signal?.throwIfAborted();
      return answer;
    },
    async close() {
      signal?.removeEventListener("abort", stop);
      child.stdin.end();
      stop();
      await gone;
    },
  };
}
