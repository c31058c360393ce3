// From a program to proved rewrites: everything between the recording and the report.

import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type Deadline, deadlineIn } from "../base/deadline.ts";
import { writeJson } from "../base/json-file.ts";
import { chooseRegions } from "../diagnose/choose.ts";
import { diagnose } from "../diagnose/diagnose.ts";
import { besideOthers } from "../diagnose/overlap.ts";
import { measuredFaster } from "../diagnose/verdict.ts";
import { prepareOverlay } from "../interpreter/overlay.ts";
import { readPackages } from "../interpreter/probe.ts";
import { searchSeconds } from "../prove/budget.ts";
import { proveRewrites } from "../prove/prove.ts";
import { captureRegions } from "../record/capture.ts";
import { keptStdin } from "../record/stdin.ts";
import type { ReportModel } from "../report/model.ts";
import { buildResult } from "../report/result.ts";
import type { Diagnosis, Program, Result } from "../schemas/index.ts";
import { lineName } from "../source/cell-lines.ts";
import { techniques } from "../techniques/registry.generated.ts";
import type { SessionContext } from "./context.ts";
import { type Found, propose, seed } from "./propose.ts";
import { type Recorded, withRecording } from "./record.ts";
import { type Optimized, writeReport } from "./report.ts";

export interface OptimizeOptions {
  /** Send the program's stdout to stderr, since stdout is to hold JSON. */
  keepStdout: boolean;
  /** Seconds for everything together; default: {@link defaultBudget}. */
  budget?: number | undefined;
  /** How many times the work is done per start of the program. */
  repeat: number;
  /** Whether packages that the user lacks may be installed into the overlay. */
  install: boolean;
}

/** Seconds when the user names no budget: 86 for a program of up to 5 s, 10 for each further one, at most 15 minutes. */
export const defaultBudget = (seconds: number): number => Math.min(900, 36 + 10 * Math.max(5, seconds));

export async function optimizeProgram(
  context: SessionContext,
  program: Program,
  options: OptimizeOptions,
): Promise<{ result: Result; model: ReportModel }> {
  const started = performance.now();
  return withRecording(context, program, options, async (recorded) => {
    const { run, diagnosis } = recorded;
    const spent = (performance.now() - started) / 1000;
    const budget = options.budget ?? defaultBudget(run.seconds);
    // The report is written in about the time that reading the recording took.
    const reserve = Math.min(0.05 * budget, 0.5 + Math.max(0, spent - run.seconds));
    const deadline = deadlineIn(budget - spent - reserve);
    // Whether native code could be called more cheaply may hang on its values: then they are looked at first.
    const hopeful = diagnosis.verdict !== "worth_it";
    const tried = hopeful ? { ...recorded, diagnosis: hopefulDiagnosis(recorded) } : recorded;
    // Where a recording cannot tell, the measured gain does.
    const open = tried.diagnosis.verdict !== "not_worth_it" && run.status === "finished";
    const optimized = open
      ? await rewriteAndProve(context, { ...tried, hopeful }, options, budget, deadline)
      : null;
    const nothing = hopeful && optimized?.rewrites.length === 0;
    const shown =
      hopeful && !optimized?.proved.kept.length
        ? recorded
        : { ...tried, diagnosis: measuredFaster(tried.diagnosis) };
    if (shown !== recorded) await writeJson(join(recorded.directory, "diagnosis.json"), shown.diagnosis);
    const model = await writeReport(context, shown, nothing ? null : optimized);
    return { result: buildResult(model), model };
  });
}

/** The diagnosis that takes for granted what only values can tell. */
function hopefulDiagnosis({ run, profile, files, diagnosis }: Recorded): Diagnosis {
  const hopeful = diagnose(run, profile, files, { cores: availableParallelism() }, true);
  return { ...hopeful, notes: [...diagnosis.notes] };
}

/** Seconds below which looking at another place and proving what comes of it is out of the question. */
const leastSearch = 2;

/** Packages that any technique may propose. */
const proposable = () => [...new Set(techniques.flatMap((technique) => technique.packages))];

async function rewriteAndProve(
  context: SessionContext,
  recorded: Recorded & { hopeful: boolean },
  options: OptimizeOptions,
  budget: number,
  deadline: Deadline,
): Promise<Optimized> {
  const { run, directory, interpreter, profile, files, diagnosis } = recorded;
  const { signal } = context.interrupt;
  const { onProgress } = context;
  const regions = chooseRegions(diagnosis, profile, files, recorded.hopeful);
  const packages = await readPackages(interpreter.path, context.env);
  const overlay = await prepareOverlay({
    interpreter,
    packages,
    requirements: proposable().map((name) => ({ package: name, version: "" })),
    install: options.install,
    timeoutSeconds: 0.4 * deadline.remaining(),
    env: context.env,
    signal,
    onProgress,
  });
  for (const { requirement, reason } of overlay.missing)
    diagnosis.notes.push(
      `Rewrites with ${requirement.package} were not tried: it is not installed and could not be had (${reason}).`,
    );
  const stdin = await keptStdin(directory);
  const facts = await captureRegions({
    runDirectory: directory,
    program: run.program,
    interpreter,
    regions,
    overlay: overlay.sitePath,
    environment: context.env,
    stdin,
    expected: { exit: run.exit, seconds: run.seconds },
    timeoutSeconds: Math.min(deadline.remaining() / 2, 30 + 5 * run.seconds),
    signal,
    onProgress,
    onNote: (note) => diagnosis.notes.push(note),
  });
  const largestShare = Math.max(0, ...diagnosis.hotspots.map(({ share }) => share));
  const search = deadline.within(searchSeconds(deadline.remaining(), run.seconds, largestShare));
  const beside = besideOthers(profile, files, regions);
  // Whole functions first: what a library has is more often one of them than a loop inside.
  const ordered = [...regions].sort((a, b) => Number(b.kind === "function") - Number(a.kind === "function"));
  const looked: (Found | undefined)[] = ordered.map(() => undefined);
  let next = 0;
  let left = 0;
  const look = async (index: number, time: Deadline) => {
    const region = ordered[index]!;
    const seen = facts.get(region.id);
    const file = files.find((one) => one.path === region.file);
    if (!seen || !file || seen.recorded === 0) return;
    const place = region.qualname || "the module";
    onProgress({
      stage: "rewrite",
      message: `${place}, line ${lineName(file.notebook?.cellLines, region.span.line)}`,
      done: index,
      total: regions.length,
    });
    // Many regions need none of it, so each may take half of what is left; one that is slow to run again takes more.
    const again = 6 + 8 * (seen.seconds / Math.max(1, seen.calls));
    const searchEnd = time.within(Math.max(time.remaining() / 2, again));
    const subject = { region, facts: seen, file, packages, overlay, deadline, searchEnd };
    looked[index] = await propose(context, recorded, subject, (others) => beside(region, others));
  };
  /** Look at one region after the other: most of the time goes by in processes of the user's Python. */
  const searcher = async () => {
    while (next < ordered.length) {
      const index = next++;
      if (deadline.remaining() < leastSearch) left++;
      else await look(index, search);
    }
  };
  const searchers = Array.from({ length: Math.min(2, availableParallelism()) }, searcher);
  try {
    await Promise.all(searchers);
    // Nothing is to be proved, so the time for that goes to a place whose calls were too slow for the search.
    const late = looked.findIndex((one) => one?.late);
    if (late >= 0 && looked.every((one) => !one || one.rewrites.length === 0)) {
      await looked[late]!.proved.replay?.close();
      await look(late, deadline.within(0.6 * deadline.remaining()));
    }
    if (left > 0)
      diagnosis.notes.push(
        `There was no time to look at ${left} of ${ordered.length} places; run again with a larger --budget.`,
      );
    const found = looked.filter((one) => one !== undefined);
    for (const fault of found.flatMap(({ faults }) => faults))
      diagnosis.notes.push(`A fault of Speedwell's own, not of your program: ${fault}`);
    const rewrites = found.flatMap((one) => one.rewrites);
    const proved = await proveRewrites({
      runDirectory: directory,
      interpreter: interpreter.path,
      program: run.program,
      programSeconds: run.seconds,
      expectedExit: run.exit,
      overlay: overlay.sitePath,
      built: join(directory, "built"),
      environment: context.env,
      stdin,
      packages,
      files,
      regions: found.map((one) => one.proved),
      rewrites,
      seed,
      repeat: options.repeat,
      budget,
      deadline,
      signal,
      onProgress,
    });
    return { rewrites, declined: found.flatMap((one) => one.declined), regions, proved };
  } finally {
    await Promise.allSettled(searchers);
    await Promise.all(looked.map((one) => one?.proved.replay?.close()));
  }
}
