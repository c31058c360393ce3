// Write what a run holds in other tools' formats.

import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import * as z from "zod/mini";
import { ExitCode, Fault } from "../base/fault.ts";
import { judgedBenchmarks, type PairedBenchmark, pairedBenchmarks, pyperfJson } from "../prove/pyperf.ts";
import { type Exported, Judgement, ProgramProof, Proof } from "../schemas/index.ts";
import { Rewrite } from "../schemas/rewrite.ts";
import type { SessionContext } from "./context.ts";
import { findRun } from "./runs.ts";

/** A format: the files of the run directory of which it is made from one, the files it makes there, and what to do with them. */
interface ExportFormat {
  needs: readonly string[];
  make(directory: string): Promise<Record<string, string>>;
  hint(files: readonly string[]): string;
}

const formats: Record<string, ExportFormat> = {
  pyperf: {
    needs: ["proofs.json", "judgement.json"],
    async make(directory) {
      const benchmarks = await benchmarksIn(directory);
      if (benchmarks.length === 0)
        throw new Fault(
          "Nothing was timed in pairs in this run, so there is nothing to export.",
          ExitCode.wrongUsage,
        );
      return {
        "pyperf-old.json": pyperfJson("old", benchmarks),
        "pyperf-new.json": pyperfJson("new", benchmarks),
      };
    },
    hint: ([before, after]) => `Compare them with: python -m pyperf compare_to ${before} ${after}`,
  },
};

/** What was timed in pairs in a run of `optimize` or of `prove`. */
async function benchmarksIn(directory: string): Promise<PairedBenchmark[]> {
  const judgement = join(directory, "judgement.json");
  if (existsSync(judgement)) return judgedBenchmarks(Judgement.parse(await readJson(judgement)));
  const proved = Proved.parse(await readJson(join(directory, "proofs.json")));
  const { rewrites } = Rewrites.parse(await readJson(join(directory, "rewrites.json")));
  return pairedBenchmarks(proved, rewrites);
}

const Proved = z.object({ proofs: z.array(Proof), program: ProgramProof });
const Rewrites = z.object({ rewrites: z.array(Rewrite) });
const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, "utf8"));

/** @throws Fault (exit 2) when the format is unknown or the run has nothing for it. */
export async function exportRun(
  context: SessionContext,
  run: string | undefined,
  format: string,
): Promise<Exported> {
  const chosen = Object.hasOwn(formats, format) ? formats[format]! : null;
  if (chosen === null)
    throw new Fault(
      `--format takes one of: ${Object.keys(formats).join(", ")}; not ${format}.`,
      ExitCode.wrongUsage,
    );
  const directory = await findRun(context.cwd, run, ...chosen.needs);
  const files: string[] = [];
  for (const [name, content] of Object.entries(await chosen.make(directory))) {
    files.push(join(directory, name));
    await writeFile(join(directory, name), content);
  }
  return {
    schema: "speedwell.exported/1",
    run: basename(directory),
    format,
    files,
    hint: chosen.hint(files),
  };
}
