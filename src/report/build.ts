// Builds the report model from what the stages wrote.

import type { Declined, Diagnosis, ProgramProof, Proof, Region, Rewrite, Run } from "../schemas/index.ts";
import { lineName } from "../source/cell-lines.ts";
import { shownPath } from "./command.ts";
import { diffHunks } from "./diff.ts";
import { programNotes } from "./evidence.ts";
import { fieldsOf } from "./field.ts";
import type { FlameView, Outcome, ReportModel, RewriteView, SourceView, TimelineView } from "./model.ts";

export interface ReportInput {
  run: Run;
  /** The run directory. */
  directory: string;
  /** Speedwell's version. */
  version: string;
  /** ISO 8601, UTC. */
  created: string;
  diagnosis: Diagnosis;
  /** What the profile shows; see `profileViews`. */
  views: { flame: FlameView | null; timeline: TimelineView | null; sources: SourceView[] };
  /** Text of each source file that has rewrites, by absolute path. */
  texts: ReadonlyMap<string, string>;
  environment: ReportModel["environment"];
  /** Where the cells of notebooks start, by absolute path. */
  cells: ReportModel["cells"];
  /** Null when only a diagnosis was asked for. */
  optimization: {
    rewrites: readonly Rewrite[];
    proofs: readonly Proof[];
    declined: readonly Declined[];
    /** The regions that rewrites and refusals speak of. */
    regions: readonly Region[];
    /** All techniques: folder name, title for readers, kinds of region it looks at. */
    techniques: readonly { name: string; title: string; regions: readonly Region["kind"][] }[];
    /** All kept rewrites together. */
    program: ProgramProof | null;
  } | null;
  /** Absolute paths of what was or will be written. */
  patch: string | null;
  report: string | null;
}

type Optimization = NonNullable<ReportInput["optimization"]>;

/** The whole report as plain data. */
export function buildReport(input: ReportInput): ReportModel {
  const { run, diagnosis, optimization, views } = input;
  return {
    schema: "speedwell.report/1",
    created: input.created,
    version: input.version,
    directory: input.directory,
    run,
    diagnosis,
    environment: input.environment,
    cells: input.cells,
    ...views,
    optimization:
      optimization === null
        ? null
        : {
            rewrites: optimization.rewrites
              .map((rewrite) => rewriteView(rewrite, input, optimization))
              .sort((a, b) => rank(b) - rank(a)),
            declined: optimization.declined.map((declined) => ({
              ...declined,
              title: titleOf(declined.technique, optimization),
              at: lineName(input.cells[fileOf(optimization, declined)], declined.line),
              shown: shownPath(fileOf(optimization, declined), run.program.cwd),
            })),
            fields: fieldsOf(input, optimization),
            outcome: outcomeOf(optimization, run),
          },
    patch: input.patch,
    report: input.report,
  };
}

function rewriteView(
  { edits, files = [], ...rewrite }: Rewrite,
  { diagnosis, run, texts, cells }: ReportInput,
  optimization: Optimization,
): RewriteView {
  const { proofs } = optimization;
  const proof = proofs.find((one) => one.rewrite === rewrite.id) ?? null;
  const hotspot = diagnosis.hotspots.find((one) => one.region === rewrite.region);
  const text = texts.get(rewrite.file);
  return {
    rewrite,
    title: titleOf(rewrite.technique, optimization),
    shown: shownPath(rewrite.file, run.program.cwd),
    at: lineName(cells[rewrite.file], rewrite.line, rewrite.endLine),
    place: regionOf(optimization, rewrite.region)?.qualname ?? "",
    share: hotspot?.share ?? null,
    proof,
    verdict: proof?.verdict ?? "refused",
    reason: proof?.reason ?? "there was no time left to prove it",
    hunks: text === undefined ? [] : diffHunks(text, edited(text, edits)),
    added: files.map(({ path, text }) => ({
      path,
      shown: shownPath(path, run.program.cwd),
      hunks: diffHunks("", text),
    })),
    buildFolder:
      rewrite.build === undefined || rewrite.build.directory === run.program.cwd
        ? ""
        : shownPath(rewrite.build.directory, run.program.cwd),
  };
}

/** What the kept rewrites do to the whole program; null when none was kept. */
function outcomeOf({ proofs, program }: Optimization, run: Run): Outcome | null {
  if (program === null || !proofs.some((proof) => proof.verdict === "kept")) return null;
  const { speedup, measured, outputs } = program;
  const oldSeconds = program.oldSeconds ?? run.seconds;
  return {
    speedup,
    measured,
    perRepeat: program.perRepeat,
    reason: program.reason,
    oldSeconds,
    newSeconds: program.newSeconds ?? (speedup === null ? null : oldSeconds / speedup.estimate),
    pairs:
      measured && speedup !== null && program.logRatios.length > 0
        ? { ratio: speedup, pairs: program.pairs, floor: program.floor ?? 1, logRatios: program.logRatios }
        : null,
    sameOutput: outputs.same,
    compared: outputs.compared,
    notCompared: outputs.nondeterministic,
    largestEffect: outputs.largestEffect,
    memoryRatio: program.memoryRatio,
    notes: programNotes(program),
  };
}

const regionOf = ({ regions }: Optimization, id: string): Region | undefined =>
  regions.find((region) => region.id === id);

const fileOf = (optimization: Optimization, { region }: Declined): string =>
  regionOf(optimization, region)?.file ?? region;

const titleOf = (technique: string, { techniques }: Optimization): string =>
  techniques.find(({ name }) => name === technique.split("/")[0])?.title ?? technique;

/** The text with sorted, non-overlapping edits made. */
function edited(text: string, edits: Rewrite["edits"]): string {
  let result = "";
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Kept before refused; then by what the program gains, by what the region gains, by how far the proof came. */
function rank({ verdict, proof, share }: RewriteView): number {
  const gain = proof?.program?.speedup.estimate ?? 0;
  const region = Math.min(1, (proof?.region?.ratio.estimate ?? 0) / 1e6);
  return (verdict === "kept" ? 1e9 : 0) + gain * 1e3 + region + (share ?? 0) * 1e-3;
}
