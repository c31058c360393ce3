// Ask an interpreter what it is and what it has.

import { join } from "node:path";
import * as z from "zod/mini";
import { runChild } from "../base/process.ts";
import { agentDirectory } from "./agent.ts";

const Probe = z.object({
  interpreter: z.object({
    path: z.string(),
    realPath: z.string(),
    version: z.string(),
    implementation: z.string(),
    prefix: z.string(),
    basePrefix: z.string(),
    gilDisabled: z.boolean(),
    stdlib: z.string(),
    packages: z.array(z.string()),
  }),
  packages: z.optional(z.record(z.string(), z.string())),
  machine: z.optional(
    z.object({
      cores: z.number(),
      threads: z.record(z.string(), z.string()),
      platform: z.string(),
      blas: z.nullable(
        z.object({ name: z.nullable(z.string()), version: z.nullable(z.string()), numpy: z.string() }),
      ),
    }),
  ),
});
export type Probe = z.infer<typeof Probe>;

/**
 * Run the agent's probe under `python`. `parts` adds `packages` (installed distributions) or `machine` (cores, BLAS).
 * @throws Error when the interpreter does not start or gives no sensible answer.
 */
export async function probe(
  python: string,
  parts: readonly ("packages" | "machine")[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Probe> {
  // The probe file is run by path and not through the agent's entry: a Python 2 must fail cleanly, too.
  const script = join(agentDirectory(), "speedwell_agent", "probe.py");
  const code = "import sys, runpy; runpy.run_path(sys.argv[1])['main'](sys.argv[2:])";
  const result = await runChild(python, ["-B", "-c", code, script, ...parts], { env, timeoutSeconds: 60 });
  if (result.code !== 0) throw new Error(result.stderr.trim().split("\n").at(-1) ?? `${python} failed`);
  return Probe.parse(JSON.parse(result.stdout.trim().split("\n").at(-1) ?? ""));
}

/** Installed distributions: normalised name (PEP 503) to version. */
export async function readPackages(python: string, env?: NodeJS.ProcessEnv): Promise<Map<string, string>> {
  const { packages = {} } = await probe(python, ["packages"], env);
  return new Map(Object.entries(packages).map(([name, version]) => [normalise(name), version]));
}

/** PEP 503: case, dots, dashes and underscores do not tell distributions apart. */
export const normalise = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, "-");
