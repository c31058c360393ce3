// speedwell run PROGRAM

import { ExitCode } from "../../base/fault.ts";
import { renderTerminal } from "../../report/terminal.ts";
import { openSession } from "../../session.ts";
import { parseProgram } from "../arguments.ts";
import type { CommonOptions } from "../main.ts";
import { withSurface } from "../surface.ts";

export async function run(words: readonly string[], options: CommonOptions): Promise<void> {
  const program = parseProgram(words, process.cwd());
  await withSurface(options, async (surface) => {
    const session = openSession({ cwd: process.cwd(), ...surface, ...options });
    const { output, model } = await session.run(program, { keepStdout: options.json === true });
    surface.print({ json: output, text: (style) => renderTerminal(model, style) });
    if (output.run.status !== "finished") process.exitCode = ExitCode.programFailed;
  });
}
