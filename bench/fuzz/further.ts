// What came of a program's rewrites, with the kept ones held against the original on further inputs.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Equivalence } from "../../src/schemas/index.ts";
import { type Bench, type Found, judge, type Tried } from "./stages.ts";

/** A kept rewrite's further comparison, as the Python side answers it. */
export interface Further {
  id: string;
  compared: number;
  /** `kind`: the rewrite "raises", the original alone "raised X", "type", "single precision", or "silent". */
  differences: { input: string; told: string; kind: string }[];
}

/** One rewrite as the bench remembers it. */
export interface Row {
  program: string;
  source: string;
  technique: string;
  region: string;
  verdict: Equivalence["verdict"] | "not asked";
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

/** Hold what was kept, or was not judged yet, against the original; then ask the judge about what differs. */
export async function rowsOf(
  bench: Bench,
  found: Found,
  folder: string,
  sourceOf: (path: string) => string,
  compare: (those: readonly { id: string; tried: Tried }[]) => Map<string, Further>,
): Promise<Row[]> {
  const those = found.tried.map((tried, number) => ({ id: String(number), tried }));
  const further = compare(those.filter(({ tried }) => (tried.equivalence?.verdict ?? "same") === "same"));
  const rows: Row[] = [];
  for (const { id, tried } of those) {
    const { rewrite, text, subject } = tried;
    const beyond = further.get(id) ?? null;
    if (beyond !== null && beyond.differences.length > 0) tried.equivalence ??= await judge(bench, tried);
    const { equivalence } = tried;
    rows.push({
      program: relative(folder, subject.file.path),
      source: sourceOf(subject.file.path),
      technique: rewrite.technique,
      region: subject.region.id,
      verdict: equivalence?.verdict ?? "not asked",
      reason: equivalence?.reason ?? "",
      assumptions: [...rewrite.assumptions, ...(equivalence?.assumptions ?? [])],
      text,
      further: beyond,
    });
  }
  return rows;
}
