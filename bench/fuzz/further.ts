// What came of a program's rewrites, with the kept ones held against the original on further inputs.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Found, Tried } from "./stages.ts";

/** A kept rewrite's further comparison, as the Python side answers it. */
export interface Further {
  id: string;
  compared: number;
  /** `kind`: the rewrite "raises", the original alone "raised X", or "silent". */
  differences: { input: string; told: string; kind: string }[];
}

/** One rewrite as the bench remembers it. */
export interface Row {
  program: string;
  source: string;
  technique: string;
  region: string;
  verdict: Tried["equivalence"]["verdict"];
  reason: string;
  /** Kept although results may differ in a way that is stated. */
  assumptions: string[];
  text: string;
  further: Further | null;
}

/** Run `script` of this folder, which reads a request and answers one JSON line per kept rewrite. */
export function compareFurther(
  python: string,
  script: string,
  folder: string,
  request: Record<string, unknown>,
): Map<string, Further> {
  const path = join(folder, "request.json");
  writeFileSync(path, JSON.stringify(request));
  const run = spawnSync(python, ["-W", "ignore", join(import.meta.dirname, script), path], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    cwd: folder,
    timeout: 900_000,
  });
  if (run.status !== 0) throw new Error(`${script}: exit ${run.status}\n${run.stderr}`);
  const answers = run.stdout.split("\n").filter((line) => line.startsWith("{"));
  return new Map(answers.map((line) => JSON.parse(line) as Further).map((one) => [one.id, one]));
}

/** Rows of what was found; `further` by the number of the rewrite. */
export function rowsOf(
  found: Found,
  folder: string,
  sourceOf: (path: string) => string,
  further: ReadonlyMap<string, Further>,
): Row[] {
  return found.tried.map(({ file, region, rewrite, text, equivalence }, number) => ({
    program: relative(folder, file.path),
    source: sourceOf(file.path),
    technique: rewrite.technique,
    region: region.id,
    verdict: equivalence.verdict,
    reason: equivalence.reason,
    assumptions: [...rewrite.assumptions, ...equivalence.assumptions],
    text,
    further: further.get(String(number)) ?? null,
  }));
}
