// A family of cases judged as a whole: one run of a program captures every original, then each is replayed.

import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { agentDirectory } from "../../src/interpreter/agent.ts";
import { testPython } from "../python.ts";
import { isF, type Recording, type Workshop } from "../replay/capture.ts";
import type { Family, OriginalCase, RewriteCase } from "./cases.ts";

export interface Judged {
  /** Family, original and rewrite. */
  where: string;
  verdict: "same" | "different" | "cannot_tell";
  reason: string;
  right: boolean;
  made: "by hand" | "reported" | "mutant";
  /** Share of mutants of the original that the inputs tell apart; 0 when it was not asked. */
  strength: number;
}

/** Judge every rewrite of a family and mutants of the right ones. */
export async function judgeFamily(workshop: Workshop, family: Family): Promise<Judged[]> {
  const [mutants, recording] = await Promise.all([
    inTurn(() => mutantsOf(workshop, family)),
    inTurn(() => record(workshop, family)),
  ]);
  const judged = family.cases.map((original, index) =>
    inTurn(() => judge(family, index, original, mutants.get(index) ?? [], recording)),
  );
  return (await Promise.all(judged)).flat();
}

const waiting: (() => void)[] = [];
let free = 2;

/** Work on families side by side, two pieces of it at a time in all: verdicts must not lack time. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free--;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }
}

const moduleOf = (index: number) => `case_${String(index).padStart(3, "0")}`;

/** One run of a program that calls the originals of a whole family, each in a module of its own. */
function record(workshop: Workshop, { cases }: Family): Promise<Recording> {
  const files: Record<string, string> = {};
  for (const [index, { text, calls }] of cases.entries()) {
    const module = moduleOf(index);
    files[`${module}.py`] = text;
    files[`calls_of_${module}.py`] = `from ${module} import *\n${calls}`;
  }
  // A loop, so that building the main script's definitions for a replay does not run the calls.
  files["script.py"] =
    `import importlib\nfor number in range(${cases.length}):\n    importlib.import_module("calls_of_case_%03d" % number)\n`;
  const paths = cases.map((_, index) => `${moduleOf(index)}.py`);
  return workshop.record(files, paths, isF);
}

async function judge(
  family: Family,
  index: number,
  original: OriginalCase,
  mutants: RewriteCase[],
  recording: Recording,
): Promise<Judged[]> {
  const { replay, check } = await recording.open(`${moduleOf(index)}.py`, 120);
  const results: Judged[] = [];
  const strengths = new Map<string, number>();
  try {
    for (const rewrite of [...original.rewrites, ...mutants]) {
      const { verdict, reason } = await check(rewrite.text, rewrite.tolerance);
      const tolerance = JSON.stringify(rewrite.tolerance);
      if (rewrite.right && !strengths.has(tolerance)) {
        const { killed, total } = await replay.strength();
        strengths.set(tolerance, total === 0 ? 1 : killed / total);
      }
      results.push({
        where: `${family.name}: ${original.name}: ${rewrite.name}`,
        verdict,
        reason,
        right: rewrite.right,
        made: mutants.includes(rewrite) ? "mutant" : rewrite.source === null ? "by hand" : "reported",
        strength: rewrite.right ? strengths.get(tolerance)! : 0,
      });
    }
  } finally {
    await replay.close();
  }
  return results;
}

/** Mutants of a family's right rewrites, each with an input that tells it from its original; by the case's number. */
async function mutantsOf(workshop: Workshop, family: Family): Promise<Map<number, RewriteCase[]>> {
  const request = join(workshop.root, `${family.name}.json`);
  await writeFile(request, JSON.stringify(family.cases));
  const script = join(import.meta.dirname, "mutants.py");
  const { stdout } = await promisify(execFile)(testPython(), [script, agentDirectory(), request], {
    maxBuffer: 1 << 26,
  });
  const found = JSON.parse(stdout) as (RewriteCase & { number: number })[];
  return new Map(family.cases.map((_, index) => [index, found.filter((one) => one.number === index)]));
}
