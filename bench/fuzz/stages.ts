// A recorded program through the product's own stages, without sampling and timing: capture, all techniques, the judge.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Deadline, deadlineIn } from "../../src/base/deadline.ts";
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
  rewrite: Rewrite;
  /** The whole file with it. */
  text: string;
  /** Null as long as it was not judged. */
  equivalence: Equivalence | null;
  subject: Subject;
}

interface Subject {
  runDirectory: string;
  file: SourceFile;
  region: Region;
  facts: RegionFacts;
  package: string;
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
/** Processor time above which a technique is slow on a region. */
const slowSeconds = 1;

/** A program and what of it is looked at. */
export interface Work {
  program: Program;
  paths: readonly string[];
  choose: (region: Region) => boolean;
  /** The dotted package of all its files; "" for lone modules. */
  package: string;
  /** Judge every proposal, and let techniques screen expressions; else both are left out, which takes most of the time. */
  judge: boolean;
  /** Seconds after which no further region is begun. */
  seconds?: number;
}

/**
 * Run the program once with calls of the chosen regions recorded, and let every technique propose.
 */
export async function workThrough(bench: Bench, work: Work): Promise<Found> {
  const { program, paths, choose } = work;
  const end = deadlineIn(work.seconds ?? Number.POSITIVE_INFINITY);
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
    timeoutSeconds: 45,
  });
  const found: Found = { tried: [], regions: 0, declined: 0, errors: [], slow: [] };
  for (const { file, region } of chosen) {
    const seen = facts.get(region.id)!;
    if (seen.recorded === 0 || end.remaining() === 0) continue;
    found.regions++;
    const subject = { runDirectory, file, region, facts: seen, package: work.package };
    await tryRegion(bench, subject, work.judge, found);
  }
  return found;
}

/** Ask the judge about a rewrite that was not judged yet. */
export async function judge(bench: Bench, tried: Tried): Promise<Equivalence> {
  const replay = await openFor(bench, tried.subject, deadlineIn(regionSeconds));
  try {
    return await judgedBy(replay, tried);
  } finally {
    await replay.close();
  }
}

function judgedBy(replay: Replay, { subject: { region }, rewrite, text }: Tried): Promise<Equivalence> {
  const moved = { ...region, span: mapSpan(region.span, rewrite.edits, text) };
  return replay.check(text, moved, rewrite.tolerance);
}

const openFor = (bench: Bench, subject: Subject, deadline: Deadline): Promise<Replay> =>
  openReplay({
    ...subject,
    interpreter: bench.interpreter.path,
    overlay: null,
    seed: 20,
    deadline,
    openBy: deadline.within(regionSeconds / 3),
  });

async function tryRegion(bench: Bench, subject: Subject, withJudge: boolean, found: Found): Promise<void> {
  const { file, region, facts } = subject;
  let replay: Replay | undefined;
  const deadline = deadlineIn(regionSeconds);
  const context: RegionContext = {
    file,
    region,
    facts,
    package: subject.package,
    share: 0.9,
    python: { version: versionOf(bench.interpreter.version), cores: 2 },
    packages: bench.packages,
    available: (name) => bench.packages.has(name),
    async screen(candidates) {
      if (!withJudge) return [];
      replay ??= await openFor(bench, subject, deadline);
      const answers = await replay.screen(candidates, deadline.within(regionSeconds / 3));
      // Speed is not asked here: whatever agrees is worth proposing.
      return answers.map((one) => (one.agrees ? { ...one, originalSeconds: 1e6 } : one));
    },
  };
  try {
    const rewrites: Rewrite[] = [];
    for (const technique of techniques.filter((one) => one.regions.includes(region.kind))) {
      // Processor time, since other work may run beside it; the analysis itself starts no process.
      const before = process.cpuUsage();
      rewrites.push(...(await proposalsOf(technique, context, found)));
      const took = process.cpuUsage(before).user / 1e6;
      if (took > slowSeconds)
        found.slow.push(`${technique.name} took ${took.toFixed(1)} s on ${file.path} ${region.id}`);
    }
    for (const rewrite of rewrites) {
      const text = applyEdits(file.text, rewrite.edits);
      // What a technique does to a function and to a loop in it alike is judged once.
      if (found.tried.some((one) => one.subject.file === file && one.text === text)) continue;
      const tried: Tried = { subject, rewrite, text, equivalence: null };
      if (withJudge) {
        replay ??= await openFor(bench, subject, deadline);
        tried.equivalence = await judgedBy(replay, tried);
      }
      found.tried.push(tried);
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
