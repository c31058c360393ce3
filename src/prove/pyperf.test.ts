// Pairs in pyperf's format, read by pyperf itself.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { testPython } from "../../test/python.ts";
import type { Conditions, ProgramProof, Proof } from "../schemas/index.ts";
import { unmeasured } from "./program.ts";
import { pairedBenchmarks, pyperfJson } from "./pyperf.ts";

const conditions: Conditions = {
  threads: { OMP_NUM_THREADS: "2", MKL_NUM_THREADS: null },
  cores: 2,
  placement: "not held to one core: the program asks how many cores there are",
  hashSeed: "equal within a pair, another for each pair",
};
const program: ProgramProof = {
  ...unmeasured(null),
  times: { old: [0.2, 0.21, 0.2, 0.22, 0.2, 0.21], new: [0.1, 0.11, 0.1, 0.1, 0.1, 0.11] },
  conditions,
};
const proof = {
  rewrite: "main:3:function:set",
  region: {
    times: { old: [2e-6, 2.1e-6, 2e-6, 2e-6, 2e-6, 2e-6], new: [4e-6, 4e-6, 4.1e-6, 4e-6, 4e-6, 4e-6] },
  },
} as Proof;
const untimed = { rewrite: "main:9:loop:x", region: null } as Proof;
const benchmarks = pairedBenchmarks({ proofs: [untimed, proof], program }, [
  { id: proof.rewrite, technique: "containers/set", line: 3 },
]);

describe("pyperf", () => {
  const folder = mkdtempSync(join(tmpdir(), "speedwell-pyperf-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("has one benchmark for the program and for each region that was timed, one run for each process", () => {
    const file = JSON.parse(pyperfJson("new", benchmarks));
    expect(file.benchmarks.map((one: { metadata: { name: string } }) => one.metadata.name)).toEqual([
      "program",
      "containers/set at line 3 (main:3:function:set)",
    ]);
    expect(file.benchmarks[0].runs).toEqual(program.times!.new.map((value) => ({ values: [value] })));
    expect(file.benchmarks[0].metadata).toMatchObject({
      cpu_count: 2,
      speedwell_threads: "OMP_NUM_THREADS=2",
    });
  });

  it("is read by pyperf", () => {
    const python = testPython();
    const pyperf = (...args: string[]) =>
      execFileSync(python, ["-m", "pyperf", ...args], { encoding: "utf8", cwd: folder, stdio: "pipe" });
    for (const side of ["old", "new"] as const)
      writeFileSync(join(folder, `${side}.json`), pyperfJson(side, benchmarks));
    const table = pyperf("compare_to", "--table", "old.json", "new.json");
    expect(table).toMatch(/program\s*\|\s*207 ms\s*\|\s*103 ms: 2\.00x faster/);
    expect(table).toMatch(/containers\/set at line 3 .*1\.99x slower/);
    expect(pyperf("stats", "new.json")).toContain("Total number of run: 6");
    expect(pyperf("check", "--quiet", "old.json")).not.toContain("ERROR");
    expect(pyperf("metadata", "old.json")).toContain("speedwell_placement: not held to one core");
  });
});
