// Judge pieces without a workload: calls are made from annotations and defaults alone, which shows much less than real ones.

import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { runChild } from "../base/process.ts";
import { agentEntry } from "../interpreter/agent.ts";
import { type Program, RegionFacts } from "../schemas/index.ts";
import { checkPiece, type JudgeOptions } from "./judgement.ts";
import type { PieceJudge } from "./piece.ts";

/** Calls that are made of each function. */
const callsMade = 40;

/** Make calls of each piece, replay them in both versions, and say of each what came out. */
export async function judgeByAnnotations(
  options: Omit<JudgeOptions, "program">,
  judges: readonly PieceJudge[],
): Promise<void> {
  for (const judge of judges) {
    const { replayed: region, piece } = judge;
    if (region === null) continue;
    const program = programOf(piece.pair.path);
    const directory = join(options.runDirectory, "capture", judge.id);
    await mkdir(directory, { recursive: true });
    const specification = join(options.runDirectory, "capture", `${judge.id}.json`);
    const { path, old } = piece.pair;
    const spec = {
      program,
      path,
      text: old!.text,
      region,
      texts: options.texts.old,
      directory,
      seed: options.seed,
      calls: callsMade,
    };
    await writeFile(specification, JSON.stringify(spec));
    const child = await runChild(options.interpreter.path, [agentEntry(), "synthesize", specification], {
      env: options.environment,
      timeoutSeconds: Math.min(30, options.deadline.remaining()),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    const obstacle = obstacleIn(child.stdout);
    if (obstacle !== null) {
      judge.conclude("cannot_tell", `no inputs could be made from its annotations: ${obstacle}`, "none");
      continue;
    }
    judge.facts = RegionFacts.parse(JSON.parse(await readFile(join(directory, "facts.json"), "utf8")));
    await checkPiece({ ...options, program }, judge, options.deadline.within(20));
    asGenerated(judge);
  }
}

function obstacleIn(stdout: string): string | null {
  try {
    return (JSON.parse(stdout) as { impossible?: string }).impossible ?? null;
  } catch {
    return "the function took its process down, or did not end";
  }
}

/** Nothing of it was seen in a run: every input counts as generated. */
function asGenerated(judge: PieceJudge): void {
  judge.facts = judge.facts && { ...judge.facts, calls: 0 };
  const { equivalence } = judge;
  if (equivalence === null) return;
  const generated = equivalence.recorded + equivalence.generated;
  const { witness } = equivalence;
  judge.equivalence = {
    ...equivalence,
    recorded: 0,
    generated,
    witness: witness && { ...witness, origin: "generated" },
  };
  const reason =
    judge.verdict === "same"
      ? `the same on ${generated} inputs generated from annotations alone, which shows little`
      : judge.reason.replaceAll("recorded", "generated");
  judge.conclude(judge.verdict, reason, "annotations");
}

/** How a module is loaded by itself: a part of a package under its own name, anything else as a script that is not run. */
function programOf(path: string): Program {
  let folder = dirname(path);
  const names = [basename(path).replace(/\.pyw?$/, "")];
  for (; existsSync(join(folder, "__init__.py")) && dirname(folder) !== folder; folder = dirname(folder))
    names.unshift(basename(folder));
  if (names.length === 1) return { kind: "script", target: path, arguments: [], cwd: folder };
  if (names.at(-1) === "__init__") names.pop();
  return { kind: "module", target: names.join("."), arguments: [], cwd: folder };
}
