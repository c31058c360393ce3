// Which Python runs the user's program.

import { existsSync, readdirSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { ExitCode, Fault } from "../base/fault.ts";
import type { InterpreterInfo } from "../schemas/index.ts";
import { probe } from "./probe.ts";

export interface FindOptions {
  /** `--python`: a path, or a command name on PATH. */
  python?: string | undefined;
  /** The folder of the program; a `.venv` in it or above it counts as the project's. */
  programDirectory: string;
  env?: NodeJS.ProcessEnv;
}

const oldest = [3, 9] as const;

/**
 * The interpreter to use, in this order: `--python`, `SPEEDWELL_PYTHON`, the active virtual environment, the active
 * conda environment, a `.venv` or `venv` beside the program or above it, `python3` and `python` on PATH.
 * @throws Fault (exit 3) when none is found, or the one asked for does not start or is too old.
 */
export async function findInterpreter(options: FindOptions): Promise<InterpreterInfo> {
  const env = options.env ?? process.env;
  const tried: string[] = [];
  for (const { path, chosenBy, asked } of choices(options, env)) {
    const found = onPath(path, env);
    if (found === null) {
      if (asked) throw new Fault(`There is no Python at ${path} (${asked}).`, ExitCode.environmentLacks);
      continue;
    }
    const answer = await probe(found, [], env).catch(() => null);
    if (answer === null) {
      if (asked)
        throw new Fault(
          `${found} (${asked}) does not start as a Python interpreter.`,
          ExitCode.environmentLacks,
        );
      continue;
    }
    const { interpreter } = answer;
    const [major = 0, minor = 0] = interpreter.version.split(".").map(Number);
    if (major !== oldest[0] || minor < oldest[1]) {
      const words = `${found} is Python ${interpreter.version}; Speedwell needs Python ${oldest.join(".")} or later`;
      if (asked || chosenBy !== "path")
        throw new Fault(`${words}. Name another with --python.`, ExitCode.environmentLacks);
      tried.push(words);
      continue;
    }
    if (interpreter.implementation !== "CPython")
      throw new Fault(
        `${found} is ${interpreter.implementation}; Speedwell measures CPython only. Name another with --python.`,
        ExitCode.environmentLacks,
      );
    return {
      // `sys.executable` and not what was found: a version manager's shim costs a shell at every start.
      path: interpreter.path || found,
      realPath: interpreter.realPath,
      version: interpreter.version,
      implementation: interpreter.implementation,
      prefix: interpreter.prefix,
      chosenBy,
      gilDisabled: interpreter.gilDisabled,
    };
  }
  throw new Fault(
    tried.length > 0
      ? `No Python that can be used: ${tried.join("; ")}.`
      : "No Python was found. Install Python 3.9 or later, or name one with --python.",
    ExitCode.environmentLacks,
  );
}

interface Choice {
  path: string;
  chosenBy: string;
  /** Who asked for exactly this one; a failure is then an error and not a reason to look further. */
  asked?: string;
}

function* choices(options: FindOptions, env: NodeJS.ProcessEnv): Generator<Choice> {
  if (options.python) yield { path: options.python, chosenBy: "option", asked: "--python" };
  if (env.SPEEDWELL_PYTHON)
    yield { path: env.SPEEDWELL_PYTHON, chosenBy: "environment", asked: "SPEEDWELL_PYTHON" };
  if (env.VIRTUAL_ENV) yield { path: executableIn(env.VIRTUAL_ENV), chosenBy: "virtualenv" };
  if (env.CONDA_PREFIX) yield { path: executableIn(env.CONDA_PREFIX), chosenBy: "conda" };
  for (let directory = resolve(options.programDirectory); ; directory = dirname(directory)) {
    for (const name of [".venv", "venv"])
      if (existsSync(join(directory, name, "pyvenv.cfg")))
        yield { path: executableIn(join(directory, name)), chosenBy: "project" };
    // A project ends where its repository does; a `.venv` further up belongs to something else.
    if (existsSync(join(directory, ".git")) || dirname(directory) === directory) break;
  }
  for (const path of ["python3", "python"]) yield { path, chosenBy: "path" };
}

function executableIn(prefix: string): string {
  if (process.platform === "win32")
    return join(prefix, existsSync(join(prefix, "Scripts")) ? "Scripts/python.exe" : "python.exe");
  return join(prefix, "bin", existsSync(join(prefix, "bin", "python")) ? "python" : "python3");
}

function onPath(path: string, env: NodeJS.ProcessEnv): string | null {
  if (path.includes("/") || path.includes("\\") || isAbsolute(path)) {
    const absolute = resolve(path);
    return isFile(absolute) ? absolute : null;
  }
  for (const directory of (env.PATH ?? "").split(delimiter)) {
    for (const name of process.platform === "win32" ? [`${path}.exe`, path] : [path]) {
      if (directory && isFile(join(directory, name))) return join(directory, name);
    }
  }
  return null;
}

function isFile(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    readdirSync(path);
    return false;
  } catch {
    return true;
  }
}
