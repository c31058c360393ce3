// A piece whose calls cannot be recorded, judged through the nearest function that called it and whose calls can be.

import { join } from "node:path";
import { captureRegions } from "../record/capture.ts";
import { pieceAt } from "../versions/changes.ts";
import type { Piece } from "../versions/pieces.ts";
import { checkSubject, type JudgeOptions, unrecorded } from "./judgement.ts";
import type { PieceJudge, Subject } from "./piece.ts";

/** Callers of one piece that are recorded, the nearest first. */
const callersTried = 4;

interface Caller {
  piece: Piece;
  /** Unique, and the name of its folder. */
  id: string;
}

/** Judge what was called and could not be recorded through its callers: all of them are recorded in one more run. */
export async function judgeThroughCallers(
  options: JudgeOptions,
  judges: readonly PieceJudge[],
  whole: { exit: number | null; seconds: number },
): Promise<void> {
  const stuck = judges.filter(({ facts }) => facts && facts.calls > 0 && facts.recorded === 0);
  const callers = new Map<string, Caller>();
  const ways = new Map<PieceJudge, Caller[]>();
  for (const judge of stuck) ways.set(judge, await callersOf(options, judge, callers));
  if (callers.size === 0) return;
  const { deadline } = options;
  const runDirectory = join(options.runDirectory, "callers");
  const found = await captureRegions({
    ...options,
    runDirectory,
    regions: [...callers.values()].map(({ piece, id }) => ({ ...piece.old!, id })),
    overlay: null,
    texts: options.texts.old,
    expected: whole,
    timeoutSeconds: Math.min(deadline.remaining() / 2, 30 + 5 * whole.seconds),
  });
  for (const [judge, way] of ways)
    for (const { piece, id } of way) {
      const facts = found.get(id);
      if (!facts || facts.recorded === 0) continue;
      await judge.replay?.close();
      const why = unrecorded(judge.facts!.unrecorded);
      judge.through = { place: piece.place, shown: piece.pair.shown, line: piece.line!, why };
      const subject: Subject = {
        pair: piece.pair,
        old: { ...piece.replayed!, id },
        new: { ...piece.new!, id },
        facts,
        runDirectory,
      };
      await checkSubject(options, judge, subject, deadline.within(Math.max(4, deadline.remaining() / 3)));
      if (judge.verdict !== "cannot_tell") break;
    }
}

/** The nearest callers that can be run by themselves; each is entered in `all`. */
async function callersOf(
  { pairOf }: JudgeOptions,
  judge: PieceJudge,
  all: Map<string, Caller>,
): Promise<Caller[]> {
  const way: Caller[] = [];
  for (const { file, name, line } of judge.facts!.callers ?? []) {
    if (way.length === callersTried) break;
    const key = `${file}:${line}`;
    if (!all.has(key)) {
      const pair = await pairOf(file);
      const piece = pair && pieceAt(pair, name, line);
      if (!piece?.replayed || !piece.new || piece.old!.notReplayable !== null) continue;
      all.set(key, { piece, id: `${all.size + 1}-${piece.old!.id}` });
    }
    way.push(all.get(key)!);
  }
  return way;
}
