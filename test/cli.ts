// Run the built command line as a user does.

import { cpSync, existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChildOptions, type ChildResult, runChild } from "../src/base/process.ts";
import { testPython } from "./python.ts";

const root = join(import.meta.dirname, "..");
export const commandLine = join(root, "dist/speedwell.js");

/** `speedwell ARGS…` with the project's Python; `npm run build` must have been run. */
export function speedwell(args: readonly string[], options: ChildOptions = {}): Promise<ChildResult> {
  if (!existsSync(commandLine)) throw new Error("no dist/speedwell.js: run 'npm run build' first");
  return runChild(process.execPath, [commandLine, ...args], {
    ...options,
    env: { ...process.env, SPEEDWELL_PYTHON: testPython(), ...options.env },
  });
}

/** An empty folder of its own. */
export const emptyFolder = (name = "work"): string => mkdtempSync(join(tmpdir(), `speedwell-${name}-`));

/** A copy of an example in a fresh Git repository. */
export async function copyOfExample(name: string): Promise<string> {
  const folder = emptyFolder(name);
  cpSync(join(root, "examples", name), folder, {
    recursive: true,
    filter: (path) => !path.includes(".speedwell") && !path.includes("__pycache__"),
  });
  await git(folder, "init", "-q");
  await git(folder, "add", "-A");
  await git(folder, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "start");
  return folder;
}

/** Run Git and expect it to succeed. */
export async function git(folder: string, ...args: string[]): Promise<string> {
  const result = await runChild("git", args, { cwd: folder });
  if (result.code !== 0) throw new Error(`git ${args.join(" ")}: ${result.stderr}`);
  return result.stdout;
}
