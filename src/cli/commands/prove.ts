// speedwell prove OLD NEW [-- WORKLOAD]

import { writeFile } from "node:fs/promises";
import { ExitCode, Fault } from "../../base/fault.ts";
import { renderJudgement } from "../../report/judgement.ts";
import { renderJunit } from "../../report/junit.ts";
import { openSession } from "../../session.ts";
import { parseProgram } from "../arguments.ts";
import type { CommonOptions } from "../main.ts";
import { withSurface } from "../surface.ts";

export interface ProveCommandOptions extends CommonOptions {
  budget?: number;
  tolerance?: number;
  allowOtherDraws?: boolean;
  require?: "same";
  junit?: string;
}

export async function prove(
  old: string,
  other: string | undefined,
  workload: readonly string[] | null,
  options: ProveCommandOptions,
): Promise<void> {
  const program = workload && parseProgram(workload, process.cwd());
  await withSurface(options, async (surface) => {
    const session = openSession({ cwd: process.cwd(), ...surface, ...options });
    const judgement = await session.prove({
      old,
      new: other,
      workload: program,
      budget: options.budget,
      tolerance: options.tolerance,
      allowOtherDraws: options.allowOtherDraws === true,
    });
    if (options.junit !== undefined) await writeReport(options.junit, renderJunit(judgement));
    surface.print({ json: judgement, text: (style) => renderJudgement(judgement, style) });
    if (options.require === "same" && judgement.verdict !== "same") process.exitCode = ExitCode.programFailed;
  });
}

async function writeReport(path: string, content: string): Promise<void> {
  await writeFile(path, content).catch((error: NodeJS.ErrnoException) => {
    throw new Fault(`${path} cannot be written: ${error.message}.`, ExitCode.wrongUsage);
  });
}
