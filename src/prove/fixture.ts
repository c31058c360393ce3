// A small program recorded for the tests of this folder: its file, its regions, their recorded calls.

import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testPython } from "../../test/python.ts";
import { findInterpreter } from "../interpreter/find.ts";
import { startService } from "../interpreter/service.ts";
import { captureRegions } from "../record/capture.ts";
import type { InterpreterInfo, Program, Region, RegionFacts, Rewrite, Run } from "../schemas/index.ts";
import type { SourceFile } from "../source/file.ts";
import { loadSource } from "../source/load.ts";
import { regionsOf } from "../source/regions.ts";

export interface Recorded {
  folder: string;
  runDirectory: string;
  interpreter: InterpreterInfo;
  program: Program;
  file: SourceFile;
  regions: Region[];
  facts: Map<string, RegionFacts>;
}

/** Run `text` as a script and record the calls of the regions whose source contains one of `marks`. */
export async function record(text: string, marks: readonly string[]): Promise<Recorded> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "speedwell-prove-"));
  const path = join(folder, "main.py");
  writeFileSync(path, text);
  const runDirectory = join(folder, ".speedwell/runs/test");
  mkdirSync(runDirectory, { recursive: true });
  const interpreter = await findInterpreter({
    python: testPython(),
    programDirectory: folder,
    env: process.env,
  });
  const service = await startService(interpreter.path);
  const file = await loadSource(service, path);
  await service.close();
  const regions = regionsOf(file).filter(({ span }) =>
    marks.some((mark) => text.slice(span.start, span.end).startsWith(mark)),
  );
  const program: Program = { kind: "script", target: path, arguments: [], cwd: folder };
  const run: Run = {
    schema: "speedwell.run/1",
    id: "test",
    created: new Date().toISOString(),
    program,
    interpreter,
    status: "finished",
    exit: 0,
    signal: null,
    seconds: 1,
    sources: { [path]: file.sha256 },
  };
  writeFileSync(join(runDirectory, "run.json"), JSON.stringify(run));
  const facts = await captureRegions({ runDirectory, program, interpreter, regions, overlay: null });
  return { folder, runDirectory, interpreter, program, file, regions, facts };
}

/** A rewrite of a region that replaces the given pieces of the file, each of which occurs once. */
export function rewriteOf(
  recorded: Recorded,
  region: Region,
  name: string,
  replacements: Record<string, string>,
  more: Partial<Rewrite> = {},
): Rewrite {
  const { text, path } = recorded.file;
  const edits = Object.entries(replacements).map(([from, to]) => {
    const start = text.indexOf(from);
    if (start < 0 || text.indexOf(from, start + 1) >= 0) throw new Error(`not once in the file: ${from}`);
    return { start, end: start + from.length, text: to };
  });
  return {
    id: `${region.id}:${name}`,
    technique: name,
    region: region.id,
    file: path,
    line: region.span.line,
    endLine: region.span.endLine,
    summary: name,
    edits: edits.sort((a, b) => a.start - b.start),
    requires: [],
    assumptions: [],
    tolerance: null,
    warmsUp: false,
    ...more,
  };
}
