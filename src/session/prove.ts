// `speedwell prove`: from OLD and NEW to a judgement of everything that changed between them.

import { rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { type Deadline, deadlineIn } from "../base/deadline.ts";
import { ExitCode, Fault } from "../base/fault.ts";
import { writeJson } from "../base/json-file.ts";
import { findInterpreter } from "../interpreter/find.ts";
import { type PythonService, startService } from "../interpreter/service.ts";
import { originOf } from "../profile/origin.ts";
import { judgeByAnnotations } from "../prove/annotations.ts";
import { conclude, settle } from "../prove/conclude.ts";
import {
  type JudgeOptions,
  judgeByCalls,
  judgeByWholeRuns,
  measureStrength,
  timePieces,
} from "../prove/judgement.ts";
import { judgesOf } from "../prove/piece.ts";
import { WholeProgram } from "../prove/program.ts";
import { judgeByOutput } from "../prove/whole-runs.ts";
import { checkProgram } from "../record/check.ts";
import { createRunDirectory, writeRun } from "../record/directory.ts";
import { copyStdin, keptStdin } from "../record/stdin.ts";
import { diffHunks } from "../report/diff.ts";
import { renderHtml } from "../report/html.ts";
import type { JudgementReport } from "../report/model.ts";
import type { Judgement, Program, Run, Texts, Tolerance } from "../schemas/index.ts";
import type { SourceFile } from "../source/file.ts";
import { loadSource } from "../source/load.ts";
import { isNotebook } from "../source/notebook.ts";
import { withCellValues } from "../versions/cell-values.ts";
import { changesBetween } from "../versions/changes.ts";
import { type Loaded, loadVersions } from "../versions/load.ts";
import type { FilePair, Piece } from "../versions/pieces.ts";
import { resolveVersions } from "../versions/resolve.ts";
import type { Versions } from "../versions/versions.ts";
import type { SessionContext } from "./context.ts";
import { seed } from "./propose.ts";

export interface ProveRequest {
  old: string;
  /** Undefined for the working tree, where `old` is a revision. */
  new: string | undefined;
  /** Null when inputs are to be made from annotations alone. */
  workload: Program | null;
  budget: number | undefined;
  /** How far floats may differ, relatively; undefined for not at all. */
  tolerance: number | undefined;
  /** Whether other random numbers of the same distribution are as good. */
  allowOtherDraws: boolean;
}

/** Seconds for so many pieces and a workload of so many seconds, when the user names no budget. */
const defaultBudget = (seconds: number, pieces: number): number =>
  Math.min(900, 40 + 14 * seconds + 10 * Math.min(pieces, 30));

/** Judge two versions. Reads the user's files, and changes none. */
export async function proveVersions(context: SessionContext, request: ProveRequest): Promise<Judgement> {
  const { cwd, env } = context;
  const versions = await resolveVersions(request.old, request.new, cwd, env);
  const workload = request.workload ?? ownWorkload(versions, cwd);
  if (workload) await checkProgram(workload);
  const interpreter = await findInterpreter({
    python: context.python,
    programDirectory: workload?.kind === "script" ? dirname(resolve(cwd, workload.target)) : cwd,
    env,
  });
  const service = await startService(interpreter.path);
  const { id, directory } = await createRunDirectory(cwd);
  const run: Run = {
    schema: "speedwell.run/1",
    id,
    created: new Date().toISOString(),
    program: workload ?? { kind: "module", target: "", arguments: [], cwd },
    interpreter,
    status: "running",
    exit: null,
    signal: null,
    seconds: 0,
    sources: {},
  };
  try {
    await writeRun(cwd, run);
    const report = join(directory, "report.html");
    const files: JudgementReport["files"] = [];
    const judged = await judge({ context, request, workload, versions, service, run, directory, files });
    const judgement = { ...judged, report };
    const { version } = context;
    await writeFile(
      report,
      renderHtml({ schema: "speedwell.judgement-report/1", created: run.created, version, judgement, files }),
    );
    await writeJson(join(directory, "judgement.json"), judgement);
    await writeRun(cwd, {
      ...run,
      status: "finished",
      exit: judgement.workload?.exit ?? null,
      seconds: judgement.workload?.seconds ?? 0,
    });
    return judgement;
  } catch (error) {
    // Nothing was learned that could be looked at later.
    if (error instanceof Fault) await rm(directory, { recursive: true, force: true });
    throw error;
  } finally {
    await service.close();
  }
}

/** One notebook that differs is its own workload, when no other is named. */
function ownWorkload({ files }: Versions, cwd: string): Program | null {
  const [file, ...more] = files;
  const both = file !== undefined && file.old !== null && file.new !== null && more.length === 0;
  if (!both || !isNotebook(file.path)) return null;
  return { kind: "notebook", target: relative(cwd, file.path), arguments: [], cwd };
}

/** The workload with what it takes to run it: of a notebook, the text of its cells, each of which shows its last value. */
async function runnable(workload: Program, service: PythonService, directory: string): Promise<Program> {
  if (workload.kind !== "notebook") return { ...workload };
  const script = join(directory, "notebook.py");
  const notebook = await loadSource(service, resolve(workload.cwd, workload.target));
  await writeFile(script, (await withCellValues(service, notebook)).text);
  return { ...workload, script };
}

/** The text as its writer knows it. */
const readable = (file: SourceFile | null): string => file?.notebook?.text ?? file?.text ?? "";

interface Proof {
  context: SessionContext;
  request: ProveRequest;
  workload: Program | null;
  versions: Versions;
  service: PythonService;
  run: Run;
  directory: string;
  /** Receives what the page shows of the files. */
  files: JudgementReport["files"];
}

async function judge(proof: Proof): Promise<Judgement> {
  const { context, request, service, run, directory } = proof;
  const { interrupt, onProgress, env } = context;
  const copies = join(directory, "versions");
  let { versions } = proof;
  let loaded = await loadVersions(versions, service, copies);
  let changes = changesBetween(loaded.pairs);
  for (const { shown, old, new: fresh } of loaded.pairs)
    proof.files.push({ shown, hunks: diffHunks(readable(old), readable(fresh)) });
  const base: Judgement = {
    schema: "speedwell.judgement/1",
    run: run.id,
    directory,
    verdict: "same",
    reason: nothingChanged(versions),
    old: versions.old,
    new: versions.new,
    workload: null,
    python: run.interpreter.version,
    files: loaded.pairs.map(({ shown }) => shown),
    pieces: [],
    notExercised: [],
    notCompared: loaded.others.map(({ shown, why }) => ({ what: shown, why })),
    added: changes.added,
    docstrings: changes.docstrings,
    program: null,
    report: null,
  };
  if (versions.files.length + versions.others.length === 0)
    return { ...base, reason: `${versions.old} and ${versions.new} are the same, byte by byte` };
  if (changes.pieces.length === 0) return withoutPieces(base);
  const { workload } = proof;
  if (workload === null) return judgeAlone(proof, base, changes.pieces, textsOf(versions, loaded));

  const program = await runnable(workload, service, directory);
  const first = deadlineIn(request.budget ?? 900);
  const started = performance.now();
  const texts = textsOf(versions, loaded);
  const stdin = await copyStdin(directory);
  const whole = await openWhole(proof, program, texts.old, stdin, first);
  try {
    const seconds = typeof whole === "string" ? 0 : whole.seconds;
    const spent = (performance.now() - started) / 1000;
    const deadline = request.budget
      ? first
      : deadlineIn(defaultBudget(seconds, changes.pieces.length) - spent);
    const used = typeof whole === "string" ? null : whole.used;
    if (used && isElsewhere(versions, used)) {
      versions = movedToNew(versions);
      loaded = await loadVersions(versions, service, copies);
      changes = changesBetween(loaded.pairs);
    }
    const judges = judgesOf(changes.pieces);
    const options: JudgeOptions = {
      runDirectory: directory,
      interpreter: run.interpreter,
      program,
      environment: env,
      stdin: await keptStdin(directory),
      texts,
      tolerance: toleranceOf(request),
      allowOtherDraws: request.allowOtherDraws,
      seed,
      pairOf: (path) => pairOf(path, loaded, service),
      deadline,
      signal: interrupt.signal,
      onProgress,
    };
    const exit = typeof whole === "string" ? null : whole.first.exit;
    try {
      await judgeByCalls(options, judges, { exit, seconds });
      const wrong = judges.some(({ verdict }) => verdict === "different");
      const output = typeof whole === "string" ? null : await judgeByWholeRuns(options, whole, !wrong);
      if (output && typeof whole !== "string")
        await judgeByOutput(options, whole, judges, output, deadline.within(0.5 * deadline.remaining()));
      const counted = settle(judges, output, (path) => used?.has(path) ?? false);
      // What is judged through a caller is never the same without it.
      const weighed = wrong ? counted.filter(({ through }) => through !== null) : counted;
      await measureStrength(weighed, deadline.within(0.4 * deadline.remaining()));
      if (!wrong) await timePieces(options, counted, deadline);
      return {
        ...base,
        ...conclude(counted, output, false),
        workload: { program, seconds, exit },
        pieces: counted.map((one) => one.judged()),
        program: output,
      };
    } finally {
      await Promise.all(judges.map(({ replay }) => replay?.close()));
    }
  } finally {
    if (typeof whole !== "string") await whole.close();
  }
}

/** Without a workload: on inputs from annotations and defaults alone. */
async function judgeAlone(
  { context, request, run, directory }: Proof,
  base: Judgement,
  pieces: readonly Piece[],
  texts: { old: Texts; new: Texts },
): Promise<Judgement> {
  const judges = judgesOf(pieces);
  const deadline = deadlineIn(request.budget ?? Math.min(900, 20 + 15 * pieces.length));
  const options = {
    runDirectory: directory,
    interpreter: run.interpreter,
    environment: context.env,
    texts,
    tolerance: toleranceOf(request),
    allowOtherDraws: request.allowOtherDraws,
    seed,
    pairOf: async () => null,
    deadline,
    signal: context.interrupt.signal,
    onProgress: context.onProgress,
  };
  try {
    await judgeByAnnotations(options, judges);
    const counted = settle(judges, null, () => false);
    await measureStrength(counted, deadline);
    for (const judge of counted) judge.notTimed = "no real call of it was seen";
    return { ...base, ...conclude(counted, null, true), pieces: counted.map((one) => one.judged()) };
  } finally {
    await Promise.all(judges.map(({ replay }) => replay?.close()));
  }
}

const nothingChanged = ({ files }: Versions): string =>
  files.some(({ path }) => isNotebook(path))
    ? "nothing changed but comments, layout, docstrings and what a notebook keeps beside its code"
    : "nothing changed but comments, layout and docstrings";

const toleranceOf = ({ tolerance }: ProveRequest): Tolerance | null =>
  tolerance === undefined
    ? null
    : { kind: "relative", bound: tolerance, absolute: 0, reason: "asked for with --tolerance" };

/** Only files that are not compared, new definitions, docstrings, or not even that. */
function withoutPieces(base: Judgement): Judgement {
  const { notCompared, added, docstrings } = base;
  if (notCompared.length > 0)
    return {
      ...base,
      verdict: "cannot_tell",
      reason: `what changed is not compared: ${notCompared[0]!.what}, since ${notCompared[0]!.why}`,
    };
  if (added.length > 0) return { ...base, reason: "nothing that OLD has changed; NEW only adds to it" };
  return docstrings.length > 0 ? { ...base, reason: "only docstrings changed" } : base;
}

/** Run the workload with OLD in place; a sentence when it cannot be run again. A Fault when it fails. */
async function openWhole(
  { context, run }: Proof,
  program: Program,
  original: Texts,
  stdin: Awaited<ReturnType<typeof copyStdin>>,
  deadline: Deadline,
): Promise<WholeProgram | string> {
  const whole = await WholeProgram.open(
    {
      interpreter: run.interpreter.path,
      program,
      overlay: null,
      environment: context.env,
      stdin: stdin.path,
      keepsStdin: stdin.keptByFirstRun,
      signal: context.interrupt.signal,
      expectedExit: null,
      original,
      uses: "some",
      onProgress: context.onProgress,
    },
    deadline,
  );
  if (typeof whole === "string" || whole.first.exit === 0) return whole;
  const { exit, signal, outputs } = whole.first;
  const said = ["stderr", "stdout"]
    .map((stream) => outputs.get(stream)?.text?.trimEnd().split("\n").at(-1) ?? "")
    .find((line) => line !== "");
  await whole.close();
  throw new Fault(
    `The workload fails with OLD in place, so there is nothing to compare with: ${signal ?? `exit code ${exit}`}${said ? `: ${said}` : ""}`,
    ExitCode.programFailed,
  );
}

/** Every file's text in each version, at every path where a workload may find it. */
function textsOf(versions: Versions, { pairs, context }: Loaded): { old: Texts; new: Texts } {
  const old: Record<string, string | null> = {};
  const fresh: Record<string, string | null> = {};
  const elsewhere = new Map(versions.files.map((file) => [file.path, file.elsewhere]));
  for (const file of context) old[file.path] = fresh[file.path] = file.text;
  for (const pair of pairs)
    for (const path of [pair.path, elsewhere.get(pair.path)])
      if (path) {
        old[path] = pair.old?.text ?? null;
        fresh[path] = pair.new?.text ?? null;
      }
  return { old, new: fresh };
}

/** Both versions of a file that the workload runs: those that were named, else the file as it lies there for both. */
async function pairOf(
  path: string,
  { pairs, context }: Loaded,
  service: PythonService,
): Promise<FilePair | null> {
  const changed = pairs.find((pair) => pair.path === path);
  // The agent names none of the standard library's.
  if (changed || originOf(path, path) === "library") return changed ?? null;
  try {
    const file = context.find((one) => one.path === path) ?? (await loadSource(service, path));
    return { path, shown: basename(path), old: file, new: file };
  } catch (error) {
    if (error instanceof Fault) return null; // it was changed or removed while the workload ran
    throw error;
  }
}

/** Whether the workload uses NEW's copies of the files. A Fault when it uses both. */
function isElsewhere({ files }: Versions, used: ReadonlySet<string>): boolean {
  const [here] = files.filter(({ path }) => used.has(path));
  const [there] = files.filter(({ elsewhere }) => elsewhere !== null && used.has(elsewhere));
  if (here && there)
    throw new Fault(
      `The workload uses files of OLD and of NEW, for example ${here.path} and ${there.elsewhere}; it must use those of one, which stand for either.`,
      ExitCode.wrongUsage,
    );
  return there !== undefined;
}

const movedToNew = (versions: Versions): Versions => ({
  ...versions,
  files: versions.files.map((file) =>
    file.elsewhere === null ? file : { ...file, path: file.elsewhere, elsewhere: file.path },
  ),
});
