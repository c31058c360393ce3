// Lets a technique rewrite whole small programs, with facts captured from a real run, for tests of techniques.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PythonService } from "../src/interpreter/service.ts";
import { captureRegions } from "../src/record/capture.ts";
import type { Declined, Region, Rewrite } from "../src/schemas/index.ts";
import { applyEdits } from "../src/source/edits.ts";
import { parseSource } from "../src/source/load.ts";
import { regionsOf } from "../src/source/regions.ts";
import type { Technique } from "../src/techniques/technique.ts";
import { testPython } from "./python.ts";

export interface Rewritten {
  region: Region;
  rewrites: { rewrite: Rewrite; text: string }[];
  declined: readonly Declined[];
}

/**
 * Run the program `text` once to capture every region, and let `technique` propose for each that can be replayed.
 * `available` is what it hears of every package.
 */
export async function rewriteProgram(
  service: PythonService,
  technique: Technique,
  text: string,
  available = false,
): Promise<Rewritten[]> {
  const folder = mkdtempSync(join(tmpdir(), "speedwell-rewriting-"));
  try {
    const path = join(folder, "program.py");
    writeFileSync(path, text);
    const file = await parseSource(service, text, path);
    const regions = regionsOf(file).filter(({ notReplayable }) => notReplayable === null);
    const facts = await captureRegions({
      runDirectory: folder,
      program: { kind: "script", target: path, arguments: [], cwd: folder },
      interpreter: {
        path: testPython(),
        realPath: testPython(),
        version: "3.11.0",
        implementation: "CPython",
        prefix: "",
        chosenBy: "option",
        gilDisabled: false,
      },
      regions,
      overlay: null,
    });
    const found: Rewritten[] = [];
    for (const region of regions) {
      if (!technique.regions.includes(region.kind)) continue;
      const proposals = await technique.propose({
        file,
        region,
        facts: facts.get(region.id)!,
        package: "",
        share: 0.9,
        python: { version: [3, 11], cores: 2 },
        packages: new Map(),
        available: () => available,
        screen: async () => [],
      });
      const rewrites = proposals.rewrites.map((rewrite) => ({
        rewrite,
        text: applyEdits(text, rewrite.edits),
      }));
      found.push({ region, rewrites, declined: proposals.declined });
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a program prints, and how it ends; the last line of stderr stands for an exception. */
export function outcomeOf(text: string): {
  stdout: string;
  error: string | undefined;
  status: number | null;
} {
  const { stdout, stderr, status } = spawnSync(testPython(), ["-c", text], { encoding: "utf8" });
  return { stdout, error: stderr.trim().split("\n").at(-1), status };
}

/** A sample program and what it should become, from a folder of `name.py` and `name.expected.py`. */
export function sample(folder: string, name: string): { before: string; after: string } {
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  return { before: read(`${name}.py`), after: read(`${name}.expected.py`) };
}

/** The lines of `after` that `before` does not have. */
export function addedLines(before: string, after: string): string {
  const old = new Set(before.split("\n"));
  return after
    .split("\n")
    .filter((line) => !old.has(line))
    .join("\n");
}
