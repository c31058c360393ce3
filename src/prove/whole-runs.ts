// Pieces that were called, and of which neither their own calls nor those of a caller could be recorded: whole runs judge them.
//
// The same output says little by itself. So mistakes are put into OLD on purpose, one at a time, and the program is run with
// each: only where its output shows nearly all of them does the same output stand for the same results.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Deadline } from "../base/deadline.ts";
import { runChild } from "../base/process.ts";
import { agentEntry } from "../interpreter/agent.ts";
import type { ProgramProof } from "../schemas/index.ts";
import { type JudgeOptions, unrecorded } from "./judgement.ts";
import type { PieceJudge } from "./piece.ts";
import type { WholeProgram } from "./program.ts";

/** Mistakes that are run, the fewest that say something, and the share of them that must show. */
const mistakes = 10;
const fewest = 5;
const leastShare = 0.8;

/** Judge what was called and could not be recorded by the output of whole runs, as far as the time allows. */
export async function judgeByOutput(
  options: JudgeOptions,
  whole: WholeProgram,
  judges: readonly PieceJudge[],
  program: ProgramProof,
  deadline: Deadline,
): Promise<void> {
  if (program.outputs.same !== true) return;
  const stuck = judges.filter(
    ({ facts, verdict, changed }) =>
      verdict === "cannot_tell" &&
      changed !== null &&
      facts !== null &&
      facts.calls > 0 &&
      facts.recorded === 0,
  );
  for (const [i, judge] of stuck.entries()) {
    const share = deadline.within(deadline.remaining() / (stuck.length - i));
    const { run, shown } = await mistakesShown(options, whole, judge, share);
    const why = unrecorded(judge.facts!.unrecorded);
    const tried = judge.through ? `${why}; through its caller ${judge.through.place}: ${judge.reason}` : why;
    const shows = `the workload's output is the same, and shows ${shown} of ${run} mistakes put into it on purpose`;
    await judge.forget();
    if (run < fewest)
      judge.conclude(
        "cannot_tell",
        `${tried}; the workload's output is the same, but there was no time to see what it would show`,
        "none",
      );
    else if (shown < leastShare * run) judge.conclude("cannot_tell", `${tried}; ${shows}`, "none");
    else judge.conclude("same", `judged by whole runs alone, since ${why}: ${shows}`, "whole_runs");
  }
}

/** How many mistakes were run, and how many of them the output shows. */
async function mistakesShown(
  options: JudgeOptions,
  whole: WholeProgram,
  judge: PieceJudge,
  deadline: Deadline,
): Promise<{ run: number; shown: number }> {
  const found = { run: 0, shown: 0 };
  const specification = join(options.runDirectory, "mutants.json");
  const { path } = judge.changed!;
  await writeFile(
    specification,
    JSON.stringify({ ...judge.changed, limit: 2 * mistakes, seed: options.seed }),
  );
  const child = await runChild(options.interpreter.path, ["-I", agentEntry(), "mutanttexts", specification], {
    timeoutSeconds: 30,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  if (child.code !== 0) return found;
  const { plain, texts } = JSON.parse(child.stdout) as { plain: string; texts: string[] };
  const sameWith = async (text: string): Promise<boolean | null> => {
    const overrides = { ...options.texts.old, [path]: text };
    const same = await whole.sameOutput({ overrides, tolerance: options.tolerance, deadline });
    return deadline.remaining() > 0 ? same : null; // a run that was cut short has shown nothing
  };
  // Where already other line numbers change the output, it would show anything.
  if ((await sameWith(plain)) !== true) return found;
  for (const text of texts.slice(0, mistakes)) {
    options.onProgress?.({
      stage: "prove",
      message: `whole runs with mistakes in ${judge.piece.place}`,
      done: found.run,
      total: mistakes,
    });
    const same = await sameWith(text);
    if (same === null) break;
    found.run++;
    if (!same) found.shown++;
  }
  return found;
}
