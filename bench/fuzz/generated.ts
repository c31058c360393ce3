// A batch of generated programs: written, worked through, and what is kept held against the original.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Program, Region } from "../../src/schemas/index.ts";
import { compareFurther, type Row, rowsOf } from "./further.ts";
import { type Bench, type Found, workThrough } from "./stages.ts";

export interface Batch {
  seed: number;
  /** Number of the first program, and how many. A program depends on the seed and its own number only. */
  first: number;
  count: number;
  /** Further inputs per kept rewrite. */
  inputs: number;
  /** Whether every proposal is judged; else only those that differ. */
  judge: boolean;
}

interface Generated {
  module: string;
  source: string;
  kinds: string[];
}

/** Generate programs, let all techniques at them, and compare what is kept. */
export async function fuzzPrograms(bench: Bench, batch: Batch): Promise<{ found: Found; rows: Row[] }> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "speedwell-fuzz-"));
  try {
    const python = bench.interpreter.path;
    const numbers = [batch.seed, batch.first, batch.count].map(String);
    const generator = join(import.meta.dirname, "generate.py");
    execFileSync(python, ["-W", "ignore", generator, ...numbers, folder], { stdio: "pipe" });
    const programs = JSON.parse(readFileSync(join(folder, "programs.json"), "utf8")) as Generated[];
    const byModule = new Map(programs.map((one) => [one.module, one]));
    const of = (path: string) => byModule.get(basename(path, ".py"))!;
    const program: Program = { kind: "script", target: "script.py", arguments: [], cwd: folder };
    const paths = programs.map(({ module }) => join(folder, `${module}.py`));
    // Loops are regions of their own in every third program: in most, what is done to one is done to its function too.
    const withLoops = new Set(paths.filter((_, index) => (batch.first + index) % 3 === 0));
    const choose = ({ kind, file }: Region) => kind === "function" || withLoops.has(file);
    const found = await workThrough(bench, { program, paths, choose, package: "", judge: batch.judge });
    const { seed, inputs } = batch;
    const rows = await rowsOf(
      bench,
      found,
      folder,
      (path) => of(path).source,
      (those) => {
        const kept = those.map(({ id, tried: { subject, text, rewrite } }) => {
          const { module, kinds } = of(subject.file.path);
          return { id, module, kinds, text, tolerance: rewrite.tolerance };
        });
        return compareFurther(python, "compare.py", folder, { folder, inputs, seed, kept });
      },
    );
    return { found, rows };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
