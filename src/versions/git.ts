// Ask git, without changing anything of the repository: no lock is taken, no index refreshed.

import { spawn } from "node:child_process";
import { ExitCode, Fault } from "../base/fault.ts";

/** Output of `git ARGS…`; null when git says no. */
export type Git = (args: readonly string[]) => Promise<Buffer | null>;

/** Git in `folder`. The call rejects with a Fault (exit 3) when there is no git on this machine. */
export function gitIn(folder: string, env: NodeJS.ProcessEnv): Git {
  return (args) =>
    new Promise((resolve, reject) => {
      const child = spawn("git", ["-C", folder, ...args], {
        env: { ...env, GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" },
        stdio: ["ignore", "pipe", "ignore"],
      });
      const chunks: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
      child.on("error", () =>
        reject(
          new Fault(
            "Revisions are compared with git, which is not installed here.",
            ExitCode.environmentLacks,
          ),
        ),
      );
      child.on("close", (code) => resolve(code === 0 ? Buffer.concat(chunks) : null));
    });
}
