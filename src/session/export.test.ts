// A run's pairs written for pyperf.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { listenForInterrupt } from "../base/interrupt.ts";
import { unmeasured } from "../prove/program.ts";
import type { ProgramProof, Run } from "../schemas/index.ts";
import { openSession } from "../session.ts";

describe("export", () => {
  const cwd = mkdtempSync(join(tmpdir(), "speedwell-export-"));
  const interrupt = listenForInterrupt();
  afterAll(() => {
    interrupt.release();
    rmSync(cwd, { recursive: true, force: true });
  });
  const session = openSession({ cwd, interrupt, onProgress: () => {} });

  function write(id: string, program: ProgramProof) {
    const directory = join(cwd, ".speedwell/runs", id);
    mkdirSync(directory, { recursive: true });
    const run: Run = {
      schema: "speedwell.run/1",
      id,
      created: "2026-01-01T00:00:00.000Z",
      program: { kind: "script", target: "main.py", arguments: [], cwd },
      interpreter: {
        path: "/usr/bin/python3",
        realPath: "/usr/bin/python3.11",
        version: "3.11.7",
        implementation: "cpython",
        prefix: "/usr",
        chosenBy: "path",
        gilDisabled: false,
      },
      status: "finished",
      exit: 0,
      signal: null,
      seconds: 1,
      sources: {},
    };
    writeFileSync(join(directory, "run.json"), JSON.stringify(run));
    writeFileSync(join(directory, "proofs.json"), JSON.stringify({ proofs: [], kept: [], program }));
    writeFileSync(join(directory, "rewrites.json"), JSON.stringify({ rewrites: [], declined: [] }));
    return directory;
  }

  it("writes one file per side into the run's directory", async () => {
    const directory = write("timed", { ...unmeasured(null), times: { old: [2, 2.1], new: [1, 1.1] } });
    const exported = await session.export("timed", { format: "pyperf" });
    expect(exported.files).toEqual([join(directory, "pyperf-old.json"), join(directory, "pyperf-new.json")]);
    const [old, fresh] = exported.files.map((path) => JSON.parse(readFileSync(path, "utf8")));
    expect(old.benchmarks[0].runs).toEqual([{ values: [2] }, { values: [2.1] }]);
    expect(fresh.benchmarks[0].runs).toEqual([{ values: [1] }, { values: [1.1] }]);
  });

  it("says when there is nothing to write, or no such format", async () => {
    write("untimed", unmeasured("whole runs do not fit"));
    await expect(session.export("untimed", { format: "pyperf" })).rejects.toThrow(
      "Nothing was timed in pairs",
    );
    await expect(session.export("timed", { format: "constructor" })).rejects.toThrow(
      "--format takes one of: pyperf",
    );
  });
});
