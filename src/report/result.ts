// The report model as `speedwell optimize --json` prints it.

import type { Proof, Result } from "../schemas/index.ts";
import { cellPlaceOf } from "../source/cell-lines.ts";
import type { ReportModel, RewriteView } from "./model.ts";

/** The documented JSON value of a model. A model without optimization gives one without rewrites. */
export function buildResult(model: ReportModel): Result {
  const { run, diagnosis, optimization } = model;
  return {
    schema: "speedwell.result/1",
    run: run.id,
    directory: model.directory,
    program: {
      command: [
        ...(run.program.kind === "module" ? ["-m", run.program.target] : [run.program.target]),
        ...run.program.arguments,
      ],
      seconds: run.seconds,
      python: run.interpreter.version,
      exit: run.exit,
    },
    diagnosis: {
      verdict: diagnosis.verdict,
      reason: diagnosis.reason,
      ceiling: diagnosis.ceiling,
      shares: diagnosis.shares,
      hotspots: diagnosis.hotspots.map((hotspot) => ({ ...hotspot, ...cellOf(model, hotspot) })),
    },
    rewrites:
      optimization?.rewrites.map((view) => ({ ...resultRewrite(view), ...cellOf(model, view.rewrite) })) ??
      [],
    declined:
      optimization?.declined.map(({ technique, region, line, reason }) => ({
        technique,
        region,
        line,
        reason,
      })) ?? [],
    fields:
      optimization?.fields.map((field) => ({
        file: field.file,
        line: field.line,
        endLine: field.endLine,
        ...cellOf(model, field),
        function: field.place,
        share: field.share,
        entries: field.entries.map(({ title: _, ...entry }) => entry),
      })) ?? [],
    result: {
      speedup: optimization?.outcome?.speedup ?? null,
      measured: optimization?.outcome?.measured ?? false,
      perRepeat: optimization?.outcome?.perRepeat ?? null,
      patch: model.patch,
      report: model.report,
    },
  };
}

/** Of a notebook: the cell and the line in it. */
function cellOf({ cells }: ReportModel, { file, line }: { file: string; line: number }) {
  const starts = cells[file];
  return starts === undefined ? {} : { cell: cellPlaceOf(starts, line) };
}

function resultRewrite({ rewrite, added, proof, verdict, reason }: RewriteView): Result["rewrites"][number] {
  return {
    id: rewrite.id,
    technique: rewrite.technique,
    file: rewrite.file,
    line: rewrite.line,
    endLine: rewrite.endLine,
    summary: rewrite.summary,
    requires: rewrite.requires.map((one) => one.package + one.version),
    ...(added.length > 0 && { files: added.map(({ path }) => path) }),
    ...(rewrite.build && {
      build: { directory: rewrite.build.directory, arguments: rewrite.build.arguments, ...proof?.build },
    }),
    assumptions: [...rewrite.assumptions, ...(proof?.equivalence.assumptions ?? [])],
    equivalence: equivalence(proof),
    speedup: {
      region: proof?.region?.ratio ?? null,
      program: proof?.program?.speedup ?? null,
      measured: proof?.program?.measured ?? false,
      once: proof?.once ?? null,
    },
    memory: { ratio: proof?.region?.memoryRatio ?? null },
    verdict,
    reason,
  };
}

function equivalence(proof: Proof | null): Result["rewrites"][number]["equivalence"] {
  if (proof === null)
    return {
      verdict: "cannot_tell",
      recorded: 0,
      generated: 0,
      strength: null,
      tolerance: null,
      witness: null,
    };
  const { verdict, recorded, generated, strength, tolerance, witness } = proof.equivalence;
  return { verdict, recorded, generated, strength, tolerance, witness };
}
