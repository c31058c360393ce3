// From what was found of each piece to one verdict: pure decisions, each with its sentence.

import type { ProgramProof, Verdict } from "../schemas/index.ts";
import type { PieceJudge } from "./piece.ts";

export interface Concluded {
  verdict: Verdict;
  reason: string;
  /** Names of pieces that the workload never reached. */
  notExercised: string[];
}

/** What a piece is called in a sentence. */
export function nameOf({ piece, lineInOld }: PieceJudge): string {
  if (piece.place !== "") return piece.place;
  if (piece.kind === "loop") return `the loop in ${lineInOld} of ${piece.pair.shown}`;
  return piece.kind === "module" ? `code outside of functions in ${piece.pair.shown}` : piece.pair.shown;
}

/**
 * Judge by whole runs what cannot be called by itself, and leave out pieces that others stand for. Gives back the pieces
 * that count.
 * @param used whether the workload ran a file at all.
 */
export function settle(
  judges: readonly PieceJudge[],
  program: ProgramProof | null,
  used: (path: string) => boolean,
): PieceJudge[] {
  for (const judge of judges) {
    const { kind, old } = judge.piece;
    if (kind === "unpaired")
      judge.conclude(
        "cannot_tell",
        "there is nothing in NEW to compare it with, and nothing in its file uses it",
        "none",
      );
    else if (kind === "module" || old === null) byWholeRuns(judge, program, used(judge.piece.pair.path));
  }
  return judges.filter((judge) => {
    const { group } = judge.piece;
    // Methods of a class that changed as a whole: one that is exercised stands for those that are not; a function that moved
    // stands for what uses it and is as it was.
    const leads = judges.filter((other) => other.piece.leads === group);
    const others = leads.length > 0 ? leads : judges.filter((other) => other.piece.group === group);
    return group === null || judge.exercised || !others.some((other) => other.exercised);
  });
}

function byWholeRuns(judge: PieceJudge, program: ProgramProof | null, used: boolean): void {
  const outputs = program?.outputs;
  const telling = outputs?.compared.filter((facet) => facet !== "exit code") ?? [];
  const obstacle = !program
    ? "only whole runs of a workload could tell, and none was named"
    : !used
      ? "the workload does not run this file"
      : outputs!.same === null
        ? `only whole runs could tell: ${program.reason ?? "they were not compared"}`
        : outputs!.same && telling.length === 0
          ? "only whole runs could tell, and the workload has no output but its exit code"
          : null;
  if (obstacle !== null) judge.conclude("cannot_tell", obstacle, "none");
  else if (!outputs!.same) judge.conclude("different", `the workload's ${outputs!.difference}`, "whole_runs");
  else judge.conclude("same", `judged by whole runs alone: the same ${telling.join(", ")}`, "whole_runs");
}

/** The verdict over all pieces that count and the program's output. */
export function conclude(
  judges: readonly PieceJudge[],
  program: ProgramProof | null,
  generatedOnly: boolean,
): Concluded {
  const unreached = ({ facts, evidence, cutShort }: PieceJudge) =>
    facts?.calls === 0 && evidence !== "annotations" && cutShort === null;
  const notExercised = judges.filter(unreached).map(nameOf);
  const verdict = (which: Verdict) => judges.filter((judge) => judge.verdict === which);
  const [different] = verdict("different").sort((a, b) => rank(a) - rank(b));
  if (different)
    return { verdict: "different", reason: `in ${nameOf(different)}, ${different.reason}`, notExercised };
  if (program?.outputs.same === false)
    return { verdict: "different", reason: `the workload's ${program.outputs.difference}`, notExercised };
  const open = verdict("cannot_tell");
  if (notExercised.length > 0)
    return {
      verdict: "cannot_tell",
      reason: `${count(notExercised.length, "changed piece")} of ${judges.length} ${notExercised.length === 1 ? "was" : "were"} never reached by the workload: ${listed(notExercised)}`,
      notExercised,
    };
  if (open[0]) {
    const more = open.length > 1 ? ` (and ${open.length - 1} more)` : "";
    return {
      verdict: "cannot_tell",
      reason: `of ${nameOf(open[0])}: ${open[0].reason}${more}`,
      notExercised,
    };
  }
  return { verdict: "same", reason: sameReason(judges, program, generatedOnly), notExercised };
}

/** What a replay showed says more than that the output differs. */
const rank = ({ evidence }: PieceJudge): number => (evidence === "whole_runs" ? 1 : 0);

function sameReason(
  judges: readonly PieceJudge[],
  program: ProgramProof | null,
  generatedOnly: boolean,
): string {
  const replayed = judges.filter(({ equivalence }) => equivalence !== null);
  const sum = (what: "recorded" | "generated") =>
    replayed.reduce((total, { equivalence }) => total + equivalence![what], 0);
  const parts: string[] = [];
  if (generatedOnly)
    parts.push(
      `the same on ${count(sum("generated"), "input")} generated from annotations alone, which shows little: no real call was seen`,
    );
  else if (replayed.length > 0)
    parts.push(
      `${count(replayed.length, "changed piece")} ${replayed.length === 1 ? "gives" : "give"} the same results on ${sum("recorded")} recorded and ${sum("generated")} generated inputs`,
    );
  const whole = judges.length - replayed.length;
  if (whole > 0) parts.push(`${count(whole, "piece")} judged by whole runs alone`);
  const outputs = program?.outputs;
  if (outputs?.same) parts.push(`the workload's output is the same (${outputs.compared.join(", ")})`);
  else if (program) parts.push(`the workload's output was not compared: ${program.reason}`);
  return parts.join("; ");
}

const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? "" : "s"}`;

const listed = (names: readonly string[]): string =>
  names.slice(0, 5).join(", ") + (names.length > 5 ? ` and ${names.length - 5} more` : "");
