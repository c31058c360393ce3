// speedwell optimize PROGRAM

import { ExitCode } from "../../base/fault.ts";
import { renderTerminal } from "../../report/terminal.ts";
import { openSession } from "../../session.ts";
import { parseProgram } from "../arguments.ts";
import type { CommonOptions } from "../main.ts";
import { withSurface } from "../surface.ts";

export interface OptimizeOptions extends CommonOptions {
  budget?: number;
  repeat?: number;
  offline?: boolean;
}

export async function optimize(words: readonly string[], options: OptimizeOptions): Promise<void> {
  const program = parseProgram(words, process.cwd());
  await withSurface(options, async (surface) => {
    const session = openSession({ cwd: process.cwd(), ...surface, ...options });
    const { result, model } = await session.optimize(program, {
      keepStdout: options.json === true,
      budget: options.budget,
      repeat: options.repeat ?? 1,
      install: options.offline !== true,
    });
    surface.print({ json: result, text: (style) => renderTerminal(model, style) });
    if (model.run.status !== "finished") process.exitCode = ExitCode.programFailed;
  });
}
