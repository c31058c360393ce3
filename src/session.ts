// The facade: everything that the command line, and whatever stands beside it later, can ask of Speedwell.

import { applyChanges } from "./apply/apply.ts";
import type { ReportModel } from "./report/model.ts";
import type {
  Applied,
  Doctor,
  Exported,
  Judgement,
  Opened,
  Program,
  Result,
  RunComparison,
  RunList,
  RunOutput,
} from "./schemas/index.ts";
import type { SessionContext, SessionOptions } from "./session/context.ts";
import { exportRun } from "./session/export.ts";
import { openReport } from "./session/open.ts";
import { type OptimizeOptions, optimizeProgram } from "./session/optimize.ts";
import { type ProveRequest, proveVersions } from "./session/prove.ts";
import { recordAndReport } from "./session/record.ts";
import { compareRuns, findRun, listRunsWithOutcome } from "./session/runs.ts";

export interface Session {
  /** Record a program and diagnose it. */
  run(program: Program, options: { keepStdout: boolean }): Promise<{ output: RunOutput; model: ReportModel }>;
  /** Record, diagnose, rewrite and prove. Changes no source file. */
  optimize(program: Program, options: OptimizeOptions): Promise<{ result: Result; model: ReportModel }>;
  /** Judge two versions of some code, by whoever made them. Changes no file. */
  prove(request: ProveRequest): Promise<Judgement>;
  /** Write the kept rewrites of a run (default: the newest that has any) to the working tree, or take them back. */
  apply(run: string | undefined, options: { undo: boolean }): Promise<Applied>;
  /** Show the report of a run (default: the newest that has one) in the browser. */
  open(run: string | undefined): Promise<Opened>;
  /** Write what a run (by default the newest that has it) holds in another tool's format. */
  export(run: string | undefined, options: { format: string }): Promise<Exported>;
  /** All recorded runs, newest first; with `keep`, all but so many are removed first. */
  runs(options: { keep?: number | undefined }): Promise<RunList>;
  /** Where the time went in each of two runs. */
  compareRuns(before: string, after: string): Promise<RunComparison>;
  /** What this machine and this Python offer. */
  doctor(): Promise<Doctor>;
}

export function openSession(options: SessionOptions): Session {
  const context: SessionContext = {
    ...options,
    env: options.env ?? process.env,
    version: process.env.SPEEDWELL_VERSION ?? "development",
  };
  return {
    run: (program, { keepStdout }) => recordAndReport(context, program, { keepStdout }),
    optimize: (program, chosen) => optimizeProgram(context, program, chosen),
    prove: (request) => proveVersions(context, request),
    apply: async (run, { undo }) => applyChanges(await findRun(context.cwd, run, "changes.json"), { undo }),
    open: (run) => openReport(context, run),
    export: (run, { format }) => exportRun(context, run, format),
    runs: ({ keep }) => listRunsWithOutcome(context.cwd, keep),
    compareRuns: (before, after) => compareRuns(context.cwd, before, after),
    async doctor() {
      const { findInterpreter } = await import("./interpreter/find.ts");
      const { examine } = await import("./interpreter/machine.ts");
      const interpreter = await findInterpreter({
        python: context.python,
        programDirectory: context.cwd,
        env: context.env,
      });
      return examine(interpreter, context.version);
    },
  };
}
