// Write what the user gets: patch, changes to apply, result, report.

import { readFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { saveChanges } from "../apply/apply.ts";
import { writeJson } from "../base/json-file.ts";
import { writeWhole } from "../base/whole-file.ts";
import type { Proved } from "../prove/prove.ts";
import { buildReport } from "../report/build.ts";
import { renderHtml } from "../report/html.ts";
import type { ReportModel } from "../report/model.ts";
import { patchRoot, unifiedPatch } from "../report/patch.ts";
import { buildResult } from "../report/result.ts";
import { profileViews } from "../report/views/index.ts";
import type { Declined, Region, Result, Rewrite } from "../schemas/index.ts";
import { applyEdits, mergeEdits } from "../source/edits.ts";
import { encodeSource } from "../source/load.ts";
import { techniques } from "../techniques/registry.generated.ts";
import type { SessionContext } from "./context.ts";
import type { Recorded } from "./record.ts";

/** What optimizing added to a recording. */
export interface Optimized {
  rewrites: readonly Rewrite[];
  declined: readonly Declined[];
  /** The regions that rewrites and refusals speak of. */
  regions: readonly Region[];
  proved: Proved;
}

/** Write report and result of a run into its directory; with kept rewrites also the patch and the changed files. */
export async function writeReport(
  context: SessionContext,
  recorded: Recorded,
  optimized: Optimized | null,
): Promise<ReportModel> {
  const { run, directory, diagnosis, profile, files, interpreter } = recorded;
  context.onProgress({ stage: "report", message: "writing the report" });
  const texts = new Map(files.map((file) => [file.path, file.text]));
  const report = join(directory, "report.html");
  const model = buildReport({
    run,
    directory,
    version: context.version,
    created: new Date().toISOString(),
    diagnosis,
    views: profileViews(profile, texts, run.program.cwd),
    texts,
    environment: [
      { label: "Python", value: `${interpreter.version} (${interpreter.path})` },
      { label: "Processor", value: `${cpus()[0]?.model.trim() || "unknown"}, ${cpus().length} cores` },
      { label: "Memory", value: `${Math.round(totalmem() / 2 ** 30)} GiB` },
      { label: "Working directory", value: run.program.cwd },
    ],
    cells: Object.fromEntries(
      files.flatMap(({ path, notebook }) => (notebook ? [[path, notebook.cellLines]] : [])),
    ),
    optimization: optimized && {
      rewrites: optimized.rewrites,
      proofs: optimized.proved.proofs,
      declined: optimized.declined,
      regions: optimized.regions,
      techniques,
      program: optimized.proved.kept.length > 0 ? optimized.proved.program : null,
    },
    patch: optimized && (await writePatch(recorded, optimized.proved.kept)),
    report,
  });
  await writeWhole(report, renderHtml(model));
  if (optimized) {
    await writeJson(join(directory, "rewrites.json"), {
      rewrites: optimized.rewrites,
      declined: optimized.declined,
    });
    await writeJson(join(directory, "proofs.json"), optimized.proved);
    await writeJson(join(directory, "result.json"), buildResult(model) satisfies Result);
  }
  return model;
}

/** Write `patch.diff`, `changes.json` and the changed files. The path of the patch, or null when nothing was kept. */
async function writePatch(
  { run, directory, files }: Recorded,
  kept: readonly Rewrite[],
): Promise<string | null> {
  const changed: { path: string; before: Buffer | null; after: Buffer }[] = [];
  for (const file of files) {
    const groups = kept.filter((rewrite) => rewrite.file === file.path).map((rewrite) => rewrite.edits);
    if (groups.length === 0) continue;
    const edits = mergeEdits(groups);
    if (edits === null) throw new Error(`the kept rewrites of ${file.path} do not fit together`);
    changed.push({
      path: file.path,
      before: await readFile(join(directory, "sources", `${file.sha256}.py`)),
      after: encodeSource(file, applyEdits(file.text, edits)),
    });
  }
  if (changed.length === 0) return null;
  const added = new Map(
    kept.flatMap((rewrite) => (rewrite.files ?? []).map(({ path, text }) => [path, text])),
  );
  for (const [path, text] of added) changed.push({ path, before: null, after: Buffer.from(text) });
  const patch = join(directory, "patch.diff");
  await writeWhole(patch, unifiedPatch(changed, patchRoot(run.program.cwd)));
  await saveChanges(directory, run.id, changed);
  return patch;
}
