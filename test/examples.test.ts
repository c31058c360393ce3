// Every example end to end: the verdict, the patch applied to a copy, and the output of what was patched.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runChild } from "../src/base/process.ts";
import { Result } from "../src/schemas/index.ts";
import { copyOfExample, git, speedwell } from "./cli.ts";
import { testPython } from "./python.ts";

const worthIt = [
  { example: "airport_network", script: "network.py", techniques: /^(containers|library)/ },
  { example: "digits_neighbours", script: "neighbours.py", techniques: /^(library|numba)/ },
  { example: "weather_shapes", script: "seasons.py", techniques: /^(numba|cython)/ },
];

describe.each(worthIt)("$example", ({ example, script, techniques }) => {
  test("gains, and the patched program prints what the original does", { timeout: 300_000 }, async () => {
    const folder = await copyOfExample(example);
    const before = readFileSync(join(folder, script));
    const plain = await runChild(testPython(), [script], { cwd: folder });

    const run = await speedwell(["optimize", "--json", "--budget", "70", script], { cwd: folder });
    expect(run.stderr).not.toContain("fault");
    expect(run.code).toBe(0);
    const result = Result.parse(JSON.parse(run.stdout));
    expect(result.diagnosis.verdict).toBe("worth_it");
    const kept = result.rewrites.filter((rewrite) => rewrite.verdict === "kept");
    expect(kept.map((rewrite) => rewrite.technique)).toContainEqual(expect.stringMatching(techniques));
    for (const rewrite of kept) expect(rewrite.equivalence.verdict).toBe("same");
    expect(result.result.speedup?.low).toBeGreaterThan(1.05);
    // Nothing but the run directory is touched.
    expect(readFileSync(join(folder, script)).equals(before)).toBe(true);
    expect(await git(folder, "status", "--porcelain", "--untracked-files=all")).toBe("");

    await git(folder, "apply", result.result.patch as string);
    const patched = readFileSync(join(folder, script));
    expect(patched.equals(before)).toBe(false);
    const after = await runChild(testPython(), [script], { cwd: folder });
    expect(after.stdout).toBe(plain.stdout);
    expect(after.code).toBe(0);

    // `apply` writes the same bytes as the patch, and `--undo` takes them back.
    await git(folder, "checkout", "-q", ".");
    await git(folder, "clean", "-fdq");
    expect((await speedwell(["apply"], { cwd: folder })).code).toBe(0);
    expect(readFileSync(join(folder, script)).equals(patched)).toBe(true);
    expect((await speedwell(["apply"], { cwd: folder })).code).toBe(2);
    expect((await speedwell(["apply", "--undo"], { cwd: folder })).code).toBe(0);
    expect(readFileSync(join(folder, script)).equals(before)).toBe(true);
  });
});

test("digits_components is not worth it, and nothing is changed", { timeout: 120_000 }, async () => {
  const folder = await copyOfExample("digits_components");
  const run = await speedwell(["optimize", "--json", "components.py"], { cwd: folder });
  expect(run.code).toBe(0);
  const result = Result.parse(JSON.parse(run.stdout));
  expect(result.diagnosis.verdict).toBe("not_worth_it");
  expect(result.diagnosis.reason).toMatch(/svd/);
  expect(result.rewrites).toEqual([]);
  expect(result.result.patch).toBeNull();
});
