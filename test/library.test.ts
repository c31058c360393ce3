// The library technique on code as people write it: what a library has is found by behaviour, look-alikes are left alone.

import { mkdirSync, mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { runChild } from "../src/base/process.ts";
import { findInterpreter } from "../src/interpreter/find.ts";
import { startService } from "../src/interpreter/service.ts";
import { captureRegions } from "../src/record/capture.ts";
import type { Region, RegionFacts } from "../src/schemas/index.ts";
import { applyEdits } from "../src/source/edits.ts";
import type { SourceFile } from "../src/source/file.ts";
import { loadSource, parseSource } from "../src/source/load.ts";
import { regionsOf } from "../src/source/regions.ts";
import { technique } from "../src/techniques/library/index.ts";
import type { Candidate, Proposals, Screening } from "../src/techniques/technique.ts";
import { testPython } from "./python.ts";

interface Recorded {
  file: SourceFile;
  regions: Region[];
  facts: Map<string, RegionFacts>;
  directory: string;
}

/** Run a program of this folder and record the calls of all its functions that a comment stands before. */
async function record(name: string): Promise<Recorded> {
  const path = join(import.meta.dirname, "library", name);
  const directory = mkdtempSync(join(realpathSync(tmpdir()), "speedwell-library-"));
  mkdirSync(directory, { recursive: true });
  const interpreter = await findInterpreter({
    python: testPython(),
    programDirectory: directory,
    env: process.env,
  });
  const service = await startService(interpreter.path);
  const file = await loadSource(service, path);
  await service.close();
  const regions = regionsOf(file).filter(
    ({ kind, span }) => kind === "function" && commentBefore(file, span.line) !== null,
  );
  const facts = await captureRegions({
    runDirectory: directory,
    program: { kind: "script", target: path, arguments: [], cwd: directory },
    interpreter,
    regions,
    overlay: null,
  });
  return { file, regions, facts, directory };
}

const commentBefore = (file: SourceFile, line: number): string | null =>
  file.comments
    .find((comment) => comment.lineno === line - 1)
    ?.text.slice(1)
    .trim() ?? null;

/** What the technique proposes for a region, and how every candidate fared. */
async function propose(
  { file, facts, directory }: Recorded,
  region: Region,
): Promise<Proposals & { screenings: readonly Screening[] }> {
  let screenings: readonly Screening[] = [];
  const screen = async (candidates: readonly Candidate[]): Promise<readonly Screening[]> => {
    const script = join(import.meta.dirname, "library/screen.py");
    const calls = join(directory, "capture", region.id);
    const { code, stdout, stderr } = await runChild(
      testPython(),
      [script, file.path, calls, region.qualname],
      { input: JSON.stringify(candidates) },
    );
    if (code !== 0) throw new Error(stderr);
    // How fast each is on this machine is not what this test is about.
    screenings = (JSON.parse(stdout) as Screening[]).map((one) => ({
      ...one,
      seconds: 1,
      originalSeconds: 10,
    }));
    return screenings;
  };
  const proposals = await technique.propose({
    file,
    region,
    facts: facts.get(region.id)!,
    share: 1,
    python: { version: [3, 11], cores: 2 },
    packages: new Map(),
    available: () => true,
    screen,
  });
  return { ...proposals, screenings };
}

describe("code that a library has a function for", () => {
  let recorded: Recorded;
  beforeAll(async () => {
    recorded = await record("real_code.py");
  });

  test("each function finds it, and the rewritten file still parses", { timeout: 300_000 }, async () => {
    const found: Record<string, string> = {};
    const expected: Record<string, string> = {};
    const service = await startService(testPython());
    for (const region of recorded.regions) {
      const { rewrites, screenings } = await propose(recorded, region);
      const wanted = commentBefore(recorded.file, region.span.line)!.replace("finds: ", "").split(", ");
      const names = rewrites.map((rewrite) => rewrite.technique.replace("library/", ""));
      expected[region.qualname] = wanted.find((name) => names.includes(name)) ?? wanted[0]!;
      found[region.qualname] =
        names.find((name) => wanted.includes(name)) ??
        `${names} of ${screenings.filter((s) => s.agrees).length}`;
      for (const { edits } of rewrites) {
        await parseSource(service, applyEdits(recorded.file.text, edits), recorded.file.path);
      }
    }
    await service.close();
    expect(found).toEqual(expected);
  });
});

describe("look-alikes", () => {
  test("no entry passes for one of them", { timeout: 300_000 }, async () => {
    const recorded = await record("look_alikes.py");
    const passed: Record<string, unknown> = {};
    expect(recorded.regions.length).toBeGreaterThanOrEqual(15);
    for (const region of recorded.regions) {
      const { rewrites, screenings } = await propose(recorded, region);
      expect(recorded.facts.get(region.id)!.recorded, region.qualname).toBeGreaterThan(1);
      if (rewrites.length > 0 || screenings.some(({ agrees }) => agrees))
        passed[region.qualname] = rewrites.map(({ technique }) => technique);
    }
    expect(passed).toEqual({});
  });
});
