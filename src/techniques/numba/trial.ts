// Support for tests: capture a program for real, propose rewrites for its regions, run what comes of them.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testPython } from "../../../test/python.ts";
import type { PythonService } from "../../interpreter/service.ts";
import { captureRegions } from "../../record/capture.ts";
import type { Declined, Region, Rewrite } from "../../schemas/index.ts";
import { applyEdits } from "../../source/edits.ts";
import { parseSource } from "../../source/load.ts";
import { regionsOf } from "../../source/regions.ts";
import type { Technique } from "../technique.ts";
import { technique as numba } from "./index.ts";

export interface Outcome {
  region: Region;
  rewrites: readonly (Rewrite & { text: string })[];
  declined: readonly Declined[];
}

/** Run the program once under capture, and ask for rewrites of each of its regions. */
export async function outcomesOf(
  service: PythonService,
  text: string,
  technique: Technique = numba,
): Promise<Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), "speedwell-numba-"));
  try {
    const path = join(folder, "program.py");
    writeFileSync(path, text);
    const file = await parseSource(service, text, path);
    const regions = regionsOf(file).filter(({ notReplayable }) => notReplayable === null);
    const python = testPython();
    const facts = await captureRegions({
      runDirectory: folder,
      program: { kind: "script", target: path, arguments: [], cwd: folder },
      interpreter: {
        path: python,
        realPath: python,
        version: "3.11.7",
        implementation: "CPython",
        prefix: "",
        chosenBy: "option",
        gilDisabled: false,
      },
      regions,
      overlay: null,
    });
    const outcomes: Outcome[] = [];
    for (const region of regions) {
      const proposals = await technique.propose({
        file,
        region,
        facts: facts.get(region.id)!,
        share: 1,
        python: { version: [3, 11], cores: 2 },
        packages: new Map(),
        available: () => true,
        screen: async () => [],
      });
      const rewrites = proposals.rewrites.map((rewrite) => ({
        ...rewrite,
        text: applyEdits(text, rewrite.edits),
      }));
      outcomes.push({ region, rewrites, declined: proposals.declined });
    }
    return outcomes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the program prints, or how it fails. */
export function run(text: string): string {
  const { status, stdout, stderr } = spawnSync(testPython(), ["-c", text], { encoding: "utf8" });
  return status === 0 ? stdout : `exit ${status}\n${stderr}`;
}
