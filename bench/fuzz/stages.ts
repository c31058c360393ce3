// A recorded program through the product's own stages, without sampling and timing: capture, all techniques, the judge.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deadlineIn } from "../../src/base/deadline.ts";
import { findInterpreter } from "../../src/interpreter/find.ts";
import { readPackages } from "../../src/interpreter/probe.ts";
import { type PythonService, startService } from "../../src/interpreter/service.ts";
import { openReplay, type Replay } from "../../src/prove/replay.ts";
import { captureRegions } from "../../src/record/capture.ts";
import type {
  Equivalence,
  InterpreterInfo,
  Program,
  Region,
  RegionFacts,
  Rewrite,
  Run,
} from "../../src/schemas/index.ts";
import { applyEdits, mapSpan } from "../../src/source/edits.ts";
import type { SourceFile } from "../../src/source/file.ts";
import { loadSource } from "../../src/source/load.ts";
import { regionsOf } from "../../src/source/regions.ts";
import { techniques } from "../../src/techniques/registry.generated.ts";
import type { RegionContext, Technique } from "../../src/techniques/technique.ts";

/** One rewrite and what the judge says of it. */
export interface Tried {
  file: SourceFile;
  region: Region;
  rewrite: Rewrite;
  /** The whole file with it. */
  text: string;
  equivalence: Equivalence;
}

/** What a program's regions came to. */
export interface Found {
  tried: Tried[];
  /** Regions that were looked at, and refusals of techniques. */
  regions: number;
  declined: number;
  /** What a technique threw, and regions that took one long. */
  errors: string[];
  slow: string[];
}

export interface Bench {
  service: PythonService;
  interpreter: InterpreterInfo;
  packages: ReadonlyMap<string, string>;
}

/** One interpreter and one service of the agent for everything. */
export async function openBench(python: string): Promise<Bench> {
  const interpreter = await findInterpreter({ python, programDirectory: process.cwd(), env: process.env });
  return { interpreter, service: await startService(python), packages: await readPackages(python) };
}

/** Seconds that all about one region may take. */
const regionSeconds = 60;
/** Milliseconds above which a technique is slow on a region, screening apart. */
const slowMilliseconds = 1000;

/**
 * Run the program once with calls of the regions of `paths` recorded that `choose` picks, let every technique propose, and
 * judge each proposal.
 */
export async function workThrough(
  bench: Bench,
  program: Program,
  paths: readonly string[],
  choose: (region: Region) => boolean,
  onRegion: (file: SourceFile, region: Region) => void = () => {},
): Promise<Found> {
  const runDirectory = join(program.cwd, ".run");
  await mkdir(runDirectory, { recursive: true });
  const run: Run = {
    schema: "speedwell.run/1",
    id: "fuzz",
    created: new Date().toISOString(),
    program,
    interpreter: bench.interpreter,
    status: "finished",
    exit: 0,
    signal: null,
    seconds: 1,
    sources: {},
  };
  await writeFile(join(runDirectory, "run.json"), JSON.stringify(run));
  const files = await Promise.all(paths.map((path) => loadSource(bench.service, path)));
  const chosen = files.flatMap((file) =>
    regionsOf(file)
      .filter((region) => region.notReplayable === null && choose(region))
      .map((region) => ({ file, region })),
  );
  const facts = await captureRegions({
    runDirectory,
    program,
    interpreter: bench.interpreter,
    regions: chosen.map(({ region }) => region),
    // Every call, whatever recording takes.
    limits: { share: 1000 },
    overlay: null,
    timeoutSeconds: 300,
  });
  const found: Found = { tried: [], regions: 0, declined: 0, errors: [], slow: [] };
  for (const { file, region } of chosen) {
    const seen = facts.get(region.id)!;
    if (seen.recorded === 0) continue;
    onRegion(file, region);
    found.regions++;
    await tryRegion(bench, runDirectory, { file, region, facts: seen }, found);
  }
  return found;
}

interface Subject {
  file: SourceFile;
  region: Region;
  facts: RegionFacts;
}

async function tryRegion(bench: Bench, runDirectory: string, subject: Subject, found: Found): Promise<void> {
  const { file, region, facts } = subject;
  let replay: Replay | undefined;
  let screening = 0;
  const deadline = deadlineIn(regionSeconds);
  const open = async () => {
    replay ??= await openReplay({
      runDirectory,
      interpreter: bench.interpreter.path,
      overlay: null,
      file,
      region,
      facts,
      seed: 20,
      deadline,
      openBy: deadline.within(regionSeconds / 3),
    });
    return replay;
  };
  const context: RegionContext = {
    file,
    region,
    facts,
    share: 0.9,
    python: { version: versionOf(bench.interpreter.version), cores: 2 },
    packages: bench.packages,
    available: (name) => bench.packages.has(name),
    async screen(candidates) {
      const started = performance.now();
      const answers = await (await open()).screen(candidates, deadline.within(regionSeconds / 3));
      screening += performance.now() - started;
      // Speed is not asked here: whatever agrees is worth proposing.
      return answers.map((one) => (one.agrees ? { ...one, originalSeconds: 1e6 } : one));
    },
  };
  try {
    const rewrites: Rewrite[] = [];
    for (const technique of techniques)
      if (technique.regions.includes(region.kind)) {
        screening = 0;
        const started = performance.now();
        rewrites.push(...(await proposalsOf(technique, context, found)));
        const took = performance.now() - started - screening;
        if (took > slowMilliseconds)
          found.slow.push(`${technique.name} took ${(took / 1000).toFixed(1)} s on ${file.path} ${region.id}`);
      }
    for (const rewrite of rewrites) {
      const text = applyEdits(file.text, rewrite.edits);
      // What a technique does to a function and to a loop in it alike is judged once.
      if (found.tried.some((one) => one.file === file && one.text === text)) continue;
      const moved = { ...region, span: mapSpan(region.span, rewrite.edits, text) };
      const equivalence = await (await open()).check(text, moved, rewrite.tolerance, deadline);
      found.tried.push({ file, region, rewrite, text, equivalence });
    }
  } finally {
    await replay?.close();
  }
}

async function proposalsOf(technique: Technique, context: RegionContext, found: Found) {
  try {
    const { rewrites, declined } = await technique.propose(context);
    found.declined += declined.length;
    return rewrites;
  } catch (error) {
    found.errors.push(
      `${technique.name} on ${context.file.path} ${context.region.id}: ${error instanceof Error ? error.stack : error}`,
    );
    return [];
  }
}

const versionOf = (version: string): readonly [number, number] => {
  const [major = 3, minor = 0] = version.split(".").map(Number);
  return [major, minor];
};
