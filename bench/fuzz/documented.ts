// The documented functions of one module: its doctests are the program, what is kept is held against the original.

import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Program } from "../../src/schemas/index.ts";
import { compareFurther, type Row, rowsOf } from "./further.ts";
import { type Bench, type Found, workThrough } from "./stages.ts";

/** A module with functions whose own doctest calls them. */
export interface Documented {
  module: string;
  file: string;
  functions: string[];
}

/** Modules with doctests by package, of the named packages or of all that are installed. */
export function documentedModules(python: string, packages: readonly string[]): Record<string, Documented[]> {
  const list = execFileSync(python, [join(import.meta.dirname, "doctests.py"), ...packages], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(list);
}

/** Run the doctests of a module's functions, let all techniques at these functions, and compare what is kept. */
export async function fuzzDocumented(
  bench: Bench,
  one: Documented,
  options: { seed: number; inputs: number; seconds: number; judge: boolean },
): Promise<{ found: Found; rows: Row[] }> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "speedwell-fuzz-"));
  try {
    writeFileSync(join(folder, "script.py"), scriptOf(one));
    const program: Program = { kind: "script", target: "script.py", arguments: [], cwd: folder };
    const found = await workThrough(bench, {
      program,
      paths: [one.file],
      choose: ({ kind, qualname }) => kind === "function" && one.functions.includes(qualname),
      package: one.file.endsWith("__init__.py") ? one.module : one.module.split(".").slice(0, -1).join("."),
      seconds: options.seconds,
      judge: options.judge,
    });
    const { seed, inputs } = options;
    const rows = await rowsOf(
      bench,
      found,
      dirname(one.file),
      () => one.module,
      (those) => {
        const kept = those.map(({ id, tried: { subject, text, rewrite } }) => ({
          id,
          function: subject.region.qualname,
          text,
          tolerance: rewrite.tolerance,
        }));
        const request = { module: one.module, inputs, seed, kept };
        return compareFurther(bench.interpreter.path, "compare_doctests.py", folder, request);
      },
    );
    return { found, rows };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const scriptOf = ({ module, functions }: Documented): string => `import doctest
import importlib

module = importlib.import_module(${JSON.stringify(module)})
runner = doctest.DocTestRunner(verbose=False)
for name in ${JSON.stringify(functions)}:
    for test in doctest.DocTestFinder(recurse=False).find(getattr(module, name, None), name, module=False, globs=dict(vars(module))):
        runner.run(test, out=lambda _: None)
`;
