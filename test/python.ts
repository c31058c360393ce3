// The interpreters that tests run on: the project's own environment with packages, and every bare CPython found here.

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Python of the project's `.venv`, which has the packages of requirements.txt. `npm run setup` makes it. */
export function testPython(): string {
  const python = process.env.SPEEDWELL_TEST_PYTHON ?? join(import.meta.dirname, "../.venv/bin/python");
  if (!existsSync(python)) throw new Error(`no ${python}: run 'npm run setup' first`);
  return python;
}

/** One CPython per supported minor version (3.9 to 3.14) found under pyenv or on PATH, without assuming packages. */
export function allPythons(): { version: string; path: string }[] {
  const candidates: string[] = [];
  const pyenv = process.env.PYENV_ROOT ?? join(homedir(), ".pyenv");
  if (existsSync(join(pyenv, "versions")))
    for (const name of readdirSync(join(pyenv, "versions")))
      candidates.push(join(pyenv, "versions", name, "bin/python"));
  for (let minor = 9; minor <= 14; minor++) candidates.push(`python3.${minor}`);
  const found = new Map<string, string>();
  for (const path of [...candidates, testPython()]) {
    try {
      const version = execFileSync(path, ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }).trim();
      const minor = Number(version.split(".")[1]);
      if (version.startsWith("3.") && minor >= 9 && minor <= 14 && !found.has(version))
        found.set(version, path);
    } catch {
      // Not an interpreter that starts; the next candidate may be.
    }
  }
  return [...found].map(([version, path]) => ({ version, path }));
}
