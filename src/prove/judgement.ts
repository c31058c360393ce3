// Judge every changed piece of two versions: same results, how strong that word is, and how much faster.
//
// The workload runs with OLD's text while calls are recorded; they are replayed with either text of all changed files. Whole
// runs of the workload, OLD against NEW, judge what cannot be called by itself, and the output.

import { join } from "node:path";
import type { Deadline } from "../base/deadline.ts";
import type { Progress } from "../base/progress.ts";
import { captureRegions } from "../record/capture.ts";
import type { InterpreterInfo, Program, ProgramProof, Region, Texts, Tolerance } from "../schemas/index.ts";
import type { FilePair } from "../versions/pieces.ts";
import { judgeThroughCallers } from "./callers.ts";
import { leastPairs, planPairs } from "./pairs.ts";
import type { PieceJudge, Subject } from "./piece.ts";
import type { WholeProgram } from "./program.ts";
import { openReplay } from "./replay.ts";
import { type RegionText, RegionTimer } from "./timing.ts";

export interface JudgeOptions {
  runDirectory: string;
  interpreter: InterpreterInfo;
  program: Program;
  environment: NodeJS.ProcessEnv;
  stdin?: string | undefined;
  /** All changed files' texts in each version, by absolute path. */
  texts: { old: Texts; new: Texts };
  tolerance: Tolerance | null;
  /** Whether the user accepts other random numbers of the same distribution. */
  allowOtherDraws: boolean;
  seed: number;
  /** Both versions of a file of the user's that the workload runs; null where it is a library's, or cannot be read. */
  pairOf: (path: string) => Promise<FilePair | null>;
  deadline: Deadline;
  signal?: AbortSignal | undefined;
  onProgress?: Progress | undefined;
}

/** Record the workload's calls of the pieces, replay them in both versions, and say of each what came out. */
export async function judgeByCalls(
  options: JudgeOptions,
  judges: readonly PieceJudge[],
  whole: { exit: number | null; seconds: number },
): Promise<void> {
  const { deadline, signal, interpreter, onProgress } = options;
  const called = judges.filter(({ region }) => region !== null);
  if (called.length === 0) return;
  let cutShort: string | null = null;
  const facts = await captureRegions({
    runDirectory: options.runDirectory,
    program: options.program,
    interpreter,
    regions: called.map(({ region }) => region!),
    overlay: null,
    texts: options.texts.old,
    environment: options.environment,
    stdin: options.stdin,
    expected: whole,
    timeoutSeconds: Math.min(deadline.remaining() / 2, 30 + 5 * whole.seconds),
    signal,
    onProgress,
    onNote: (note) => {
      cutShort = note;
    },
  });
  for (const judge of called) Object.assign(judge, { facts: facts.get(judge.id) ?? null, cutShort });
  await checkAll(options, called, deadline.within(0.6 * deadline.remaining()));
  await judgeThroughCallers(options, called, whole);
}

/** Check pieces whose calls were recorded, two at a time. */
async function checkAll(options: JudgeOptions, judges: readonly PieceJudge[], deadline: Deadline) {
  let next = 0;
  const worker = async () => {
    while (next < judges.length) {
      const left = judges.length - next;
      const judge = judges[next++]!;
      options.onProgress?.({
        stage: "prove",
        message: `comparing ${judge.piece.place || judge.lineInOld}`,
        done: next - 1,
        total: judges.length,
      });
      await checkPiece(options, judge, deadline.within(Math.max(4, (2 * deadline.remaining()) / (left + 1))));
    }
  };
  await Promise.all([worker(), worker()]);
}

/** Replay the calls of one piece in both versions. */
export async function checkPiece(
  options: JudgeOptions,
  judge: PieceJudge,
  deadline: Deadline,
): Promise<void> {
  const { facts, replayed, newRegion, piece } = judge;
  if (!replayed || !newRegion) return;
  if (!facts || facts.calls === 0) return judge.conclude("cannot_tell", notReached(judge.cutShort), "none");
  if (facts.recorded === 0) return judge.conclude("cannot_tell", unrecorded(facts.unrecorded), "none");
  const { runDirectory } = options;
  await checkSubject(
    options,
    judge,
    { pair: piece.pair, old: replayed, new: newRegion, facts, runDirectory },
    deadline,
  );
}

/** Replay the calls of what stands for a piece. */
export async function checkSubject(
  options: JudgeOptions,
  judge: PieceJudge,
  subject: Subject,
  deadline: Deadline,
): Promise<void> {
  const { pair, old: region, new: newRegion, facts, runDirectory } = subject;
  judge.subject = subject;
  judge.replay = await openReplay({
    runDirectory,
    program: options.program,
    interpreter: options.interpreter.path,
    overlay: null,
    file: pair.old!,
    region,
    facts,
    texts: options.texts,
    seed: options.seed,
    deadline: options.deadline,
    openBy: deadline,
    signal: options.signal,
    mutated: subject.old === judge.replayed ? null : judge.changed,
  });
  const { text } = pair.new!;
  judge.equivalence = await judge.replay.check(text, newRegion, options.tolerance, deadline);
  judge.conclude(judge.equivalence.verdict, judge.equivalence.reason, "calls");
  const { randomness, reason } = judge.equivalence;
  if (options.allowOtherDraws && randomness === "other draws, same distribution")
    judge.conclude("same", `other draws of the same distribution, as allowed: ${reason}`, "calls");
  if (judge.verdict !== "different") return;
  const found = await judge.replay.counterExample(text, newRegion, options.deadline);
  judge.counterExample = found;
  const { witness } = judge.equivalence;
  if (found && witness) judge.equivalence.witness = { ...witness, input: found.input };
}

const notReached = (cutShort: string | null): string =>
  cutShort === null
    ? "the workload never reached it"
    : `no call of it was seen: ${cutShort.slice(0, 1).toLowerCase()}${cutShort.slice(1).replace(/\.$/, "")}`;

/** Why none of so many calls was recorded. */
export const unrecorded = (reasons: Readonly<Record<string, number>>): string => {
  const [first] = Object.keys(reasons);
  return first === undefined
    ? "no call of it could be recorded"
    : `no call of it could be recorded: ${first}`;
};

/** Whole runs, NEW against OLD: the output of each is compared, and pairs are timed as far as the time allows. */
export async function judgeByWholeRuns(
  options: JudgeOptions,
  whole: WholeProgram,
  timed: boolean,
): Promise<ProgramProof> {
  const { deadline } = options;
  const enough = 1.5 * 2 * leastPairs * whole.seconds;
  const time = timed
    ? Math.max(0.6 * deadline.remaining(), Math.min(enough, deadline.remaining()))
    : 4 * whole.seconds;
  return whole.compare({
    overrides: options.texts.new,
    tolerance: options.tolerance,
    expectedGain: 1,
    deadline: deadline.within(time),
  });
}

/** Inputs that show fewer of the mistakes put into OLD than this hardly run it: then they say nothing of NEW either. */
const leastStrength = 0.5;

const tooWeak = (strength: number): string =>
  `the inputs hardly exercise it: of small mistakes put into OLD on purpose they show only ${Math.round(100 * strength)}%`;

/** How well the inputs tell mistakes apart: of every piece that is the same. */
export async function measureStrength(judges: readonly PieceJudge[], deadline: Deadline): Promise<void> {
  const same = judges.filter(({ verdict, replay }) => verdict === "same" && replay !== null);
  for (const [i, judge] of same.entries()) {
    const share = deadline.within(deadline.remaining() / (same.length - i));
    const mutants = await judge.replay!.strength(share);
    const strength = mutants.total > 0 ? mutants.killed / mutants.total : null;
    judge.equivalence = { ...judge.equivalence!, mutants, strength };
    if (strength !== null && strength < leastStrength)
      judge.conclude("cannot_tell", tooWeak(strength), "calls");
    else if (strength === null && judge.through)
      // A caller that never came to the changed code would be the same whatever was changed.
      judge.conclude(
        "cannot_tell",
        `${judge.through.why}; whether calls of ${judge.through.place} show it could not be seen`,
        "calls",
      );
  }
}

/** Time each piece that is the same in pairs of fresh processes, on its recorded calls. */
export async function timePieces(
  options: JudgeOptions,
  judges: readonly PieceJudge[],
  deadline: Deadline,
): Promise<void> {
  for (const judge of judges)
    if (judge.region !== null && judge.verdict !== "same") judge.notTimed = "it is not the same";
  const same = judges.filter(({ verdict, replay }) => verdict === "same" && replay !== null);
  for (const [i, judge] of same.entries()) {
    options.onProgress?.({
      stage: "prove",
      message: `timing ${judge.piece.place || judge.lineInOld} in pairs`,
      done: i,
      total: same.length,
    });
    const share = deadline.within(deadline.remaining() / (same.length - i));
    const timing = await timeOne(options, judge, share);
    if (typeof timing === "string") judge.notTimed = timing;
    else judge.timing = timing;
  }
}

async function timeOne(options: JudgeOptions, judge: PieceJudge, deadline: Deadline) {
  const { pair, old, new: fresh, runDirectory } = judge.subject!;
  const side = (text: string, region: Region, texts: Texts): RegionText => ({
    text,
    region,
    texts,
    compiles: compiling.test(text),
  });
  const timer = new RegionTimer({
    interpreter: options.interpreter.path,
    overlay: null,
    environment: options.environment,
    program: options.program,
    capture: join(runDirectory, "capture", old.id),
    original: side(pair.old!.text, old, options.texts.old),
    signal: options.signal,
  });
  const rewritten = side(pair.new!.text, fresh, options.texts.new);
  const quick = await timer.quick(rewritten, deadline);
  if (typeof quick === "string") return quick;
  const pairs = planPairs(deadline.remaining(), 1.15 * quick.pairSeconds, 10);
  if (pairs === 0) return "enough pairs of processes did not fit into the time";
  return timer.compare(rewritten, pairs, deadline);
}

/** Packages whose functions compile when they are first called. */
const compiling = /^\s*(import|from)\s+(numba|jax|torch|tensorflow|cupy|taichi)\b/m;
