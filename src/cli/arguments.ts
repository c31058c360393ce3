// Speedwell's own options end where the program begins; everything after that belongs to the program.

import { resolve } from "node:path";
import { ExitCode, Fault } from "../base/fault.ts";
import type { Program } from "../schemas/index.ts";

/** Options of `run` and `optimize` that take a value in the next argument. */
const valued = new Set(["--python", "--budget", "--repeat"]);

/**
 * Split the arguments of `run` or `optimize` into Speedwell's own and the program with its arguments. The program
 * begins at the first argument that is no option, at `-m`, or after `--`.
 */
export function splitProgram(args: readonly string[]): { own: string[]; program: string[] } {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (arg === "--") return { own: args.slice(0, i), program: args.slice(i + 1) };
    if (arg === "-m" || arg.startsWith("-m") || !arg.startsWith("-"))
      return { own: args.slice(0, i), program: args.slice(i) };
    if (valued.has(arg)) i++;
  }
  return { own: [...args], program: [] };
}

/**
 * What to run, from `script.py ARGS…`, `notebook.ipynb`, `-m module ARGS…`, `pytest ARGS…` or `python` followed by either.
 * @throws Fault (exit 2) when no program is named.
 */
export function parseProgram(words: readonly string[], cwd: string): Program {
  const [first, ...rest] = words;
  const directory = resolve(cwd);
  if (first === undefined)
    throw new Fault(
      "Name the program to run: a script, a notebook, or -m and a module. For example: speedwell optimize script.py",
      ExitCode.wrongUsage,
    );
  if (first === "-m" && rest[0] !== undefined)
    return { kind: "module", target: rest[0], arguments: rest.slice(1), cwd: directory };
  if (first.startsWith("-m") && first.length > 2)
    return { kind: "module", target: first.slice(2), arguments: rest, cwd: directory };
  if (first === "-m") throw new Fault("-m needs the name of a module.", ExitCode.wrongUsage);
  if (first === "pytest") return { kind: "module", target: "pytest", arguments: rest, cwd: directory };
  if (/^python[\d.]*$/.test(first)) return parseProgram(rest, cwd);
  if (first.endsWith(".ipynb")) return { kind: "notebook", target: first, arguments: rest, cwd: directory };
  return { kind: "script", target: first, arguments: rest, cwd: directory };
}
