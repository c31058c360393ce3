// Small programs, really captured, with the replay of one of their regions opened.

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { deadlineIn } from "../../src/base/deadline.ts";
import { type PythonService, startService } from "../../src/interpreter/service.ts";
import { openReplay, type Replay } from "../../src/prove/replay.ts";
import { captureRegions } from "../../src/record/capture.ts";
import type { Equivalence, Program, Region, Tolerance } from "../../src/schemas/index.ts";
import { applyEdits, mapSpan } from "../../src/source/edits.ts";
import type { SourceFile } from "../../src/source/file.ts";
import { parseSource } from "../../src/source/load.ts";
import { regionsOf } from "../../src/source/regions.ts";
import { testPython } from "../python.ts";

export interface Captured {
  replay: Replay;
  file: SourceFile;
  region: Region;
  /** Judge the file with the first `from` in it replaced by `to`. */
  replace(from: string, to: string, tolerance?: Tolerance | null): Promise<Equivalence>;
  /** Judge another text of the file, whose region is the one that was chosen in it. */
  check(text: string, tolerance?: Tolerance | null): Promise<Equivalence>;
}

/** One run of a program in which a region of each of some files was captured. */
export interface Recording {
  /** Open the replay of the file's region. `seconds` is how long the replay may take altogether, `openSeconds` the original. */
  open(path: string, seconds?: number, openSeconds?: number): Promise<Captured>;
}

type Choose = (region: Region) => boolean;

export interface Workshop {
  service: PythonService;
  /** A folder of its own, gone with the workshop. */
  root: string;
  /** Run a program of `files` (relative path to text) once, capturing in each of `paths` the region that `choose` picks. */
  record(
    files: Record<string, string>,
    paths: readonly string[],
    choose: Choose,
    program?: Pick<Program, "kind" | "target">,
  ): Promise<Recording>;
  /** The same for one file, with its replay opened at once. */
  open(
    files: Record<string, string>,
    choose: Choose,
    options?: {
      path?: string;
      program?: Pick<Program, "kind" | "target">;
      seconds?: number;
      openSeconds?: number;
    },
  ): Promise<Captured>;
  close(): Promise<void>;
}

const interpreter = {
  path: testPython(),
  realPath: testPython(),
  version: "3.11.7",
  implementation: "CPython",
  prefix: "",
  chosenBy: "option" as const,
  gilDisabled: false,
};

/** A place to capture programs in. */
export async function openWorkshop(): Promise<Workshop> {
  const service = await startService(testPython());
  const root = await mkdtemp(join(tmpdir(), "speedwell-replay-test-"));
  let made = 0;

  const record: Workshop["record"] = async (files, paths, choose, chosen) => {
    const directory = join(root, `case ${made++}`);
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(directory, name)), { recursive: true });
      await writeFile(join(directory, name), text);
    }
    const program: Program = {
      kind: "script",
      target: "script.py",
      ...chosen,
      arguments: [],
      cwd: directory,
    };
    const run = {
      schema: "speedwell.run/1",
      id: "1",
      created: "2026-01-01T00:00:00Z",
      program,
      interpreter,
      status: "finished",
      exit: 0,
      signal: null,
      seconds: 1,
      sources: {},
    };
    await writeFile(join(directory, "run.json"), JSON.stringify(run));
    const parsed = new Map<string, { file: SourceFile; region: Region }>();
    for (const path of paths) {
      const file = await parseSource(service, files[path]!, join(directory, path));
      const region = regionsOf(file).find(choose);
      if (!region) throw new Error(`the test's region is not there: ${files[path]}`);
      parsed.set(path, { file, region });
    }
    const facts = await captureRegions({
      runDirectory: directory,
      program,
      interpreter,
      regions: [...parsed.values()].map(({ region }) => region),
      overlay: null,
    });
    return {
      async open(path, seconds = 60, openSeconds = seconds) {
        const { file, region } = parsed.get(path)!;
        const replay = await openReplay({
          runDirectory: directory,
          interpreter: testPython(),
          overlay: null,
          file,
          region,
          facts: facts.get(region.id)!,
          seed: 1,
          deadline: deadlineIn(seconds),
          openBy: deadlineIn(openSeconds),
        });
        return {
          replay,
          file,
          region,
          replace(from, to, tolerance = null) {
            const start = file.text.indexOf(from);
            if (start < 0) throw new Error("the text to replace is not there");
            const edits = [{ start, end: start + from.length, text: to }];
            const text = applyEdits(file.text, edits);
            return replay.check(text, { ...region, span: mapSpan(region.span, edits, text) }, tolerance);
          },
          async check(text, tolerance = null) {
            const there = regionsOf(await parseSource(service, text, file.path)).find(choose);
            if (!there) throw new Error(`the region is not in the new text: ${text}`);
            return replay.check(text, there, tolerance);
          },
        };
      },
    };
  };

  return {
    service,
    root,
    record,
    async open(files, choose, { path = "script.py", program, seconds, openSeconds } = {}) {
      return (await record(files, [path], choose, program)).open(path, seconds, openSeconds);
    },
    async close() {
      await service.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** The region that is a function or method named `f`. */
export const isF: Choose = (region) => region.kind === "function" && /(^|\.)f$/.test(region.qualname);
