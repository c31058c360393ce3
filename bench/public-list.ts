// The public list, program by program: what is kept, what the whole program gains, and how near that comes to the
// hand-optimised counterpart, both measured side by side. `npx tsx bench/public-list.ts [NAME…] [--alone] [--budget S]`.
//
// --alone: the programs that must be left alone instead. Needs `npm run build`.

import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import type { Result } from "../src/schemas/index.ts";
import { median } from "../src/stats/index.ts";
import { list } from "./public/list.ts";

const root = join(import.meta.dirname, "..");
const folder = join(import.meta.dirname, "public");
const python = process.env.SPEEDWELL_PYTHON ?? join(root, ".venv/bin/python");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { alone: { type: "boolean", default: false }, budget: { type: "string", default: "80" } },
});

interface Row {
  name: string;
  verdict: string;
  kept: string[];
  /** The program's gain; 1 where nothing was kept. */
  gain: number;
  asExpected: boolean;
  /** Seconds of the counterpart over seconds of the rewritten program, whole runs; null without counterpart or rewrite. */
  ofCounterpart: number | null;
}

/** The result, or how the product failed: a program that makes it fail is a row of the table, and no end of the list. */
function optimize(program: string): { result: Result; cwd: string } | string {
  const cwd = mkdtempSync(join(tmpdir(), "speedwell-list-"));
  copyFileSync(program, join(cwd, basename(program)));
  const run = spawnSync(
    process.execPath,
    [
      join(root, "dist/speedwell.js"),
      "optimize",
      "--json",
      "--quiet",
      "--offline",
      "--budget",
      values.budget,
      basename(program),
    ],
    { cwd, env: { ...process.env, SPEEDWELL_PYTHON: python }, encoding: "utf8", maxBuffer: 2 ** 28 },
  );
  if (run.status !== 0) return `exit ${run.status}: ${run.stderr}`;
  return { result: JSON.parse(run.stdout) as Result, cwd };
}

const seconds = (args: readonly string[], cwd: string): number => {
  const start = performance.now();
  const run = spawnSync(python, args, { cwd, stdio: "ignore" });
  if (run.status !== 0) throw new Error(`${args.join(" ")}: exit ${run.status}`);
  return (performance.now() - start) / 1000;
};

/** The rewritten program, built as the patch says, and its counterpart in turns, three of each. */
function besideCounterpart(name: string, result: Result, cwd: string): number | null {
  if (result.result.patch === null || !existsSync(join(folder, "counterparts", `${name}.py`))) return null;
  const applied = spawnSync("git", ["apply", result.result.patch], { cwd, encoding: "utf8" });
  if (applied.status !== 0) throw new Error(`${name}: the patch does not apply: ${applied.stderr}`);
  if (existsSync(join(cwd, "setup_compiled.py"))) {
    const built = spawnSync(python, ["setup_compiled.py", "build_ext", "--inplace"], {
      cwd,
      encoding: "utf8",
    });
    if (built.status !== 0) throw new Error(`${name}: the compiled module cannot be built: ${built.stderr}`);
  }
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < 3; round++) {
    ours.push(seconds([`${name}.py`], cwd));
    theirs.push(seconds([join(folder, "counterpart.py"), name], cwd));
  }
  return median(theirs) / median(ours);
}

const rows: Row[] = [];
const alone = readdirSync(join(folder, "alone")).map((file) => ({
  name: basename(file, ".py"),
  expected: [] as string[],
}));
const chosen = (values.alone ? alone : list).filter(
  ({ name }) => positionals.length === 0 || positionals.includes(name),
);
for (const { name, expected } of chosen) {
  const optimized = optimize(join(folder, values.alone ? "alone" : "programs", `${name}.py`));
  if (typeof optimized === "string") {
    rows.push({ name, verdict: optimized, kept: [], gain: 1, asExpected: false, ofCounterpart: null });
    console.log(`✗ ${name.padEnd(20)} failed: ${optimized}`);
    continue;
  }
  const { result, cwd } = optimized;
  const kept = result.rewrites.filter((one) => one.verdict === "kept").map((one) => one.technique);
  const asExpected =
    expected.length === 0 ? kept.length === 0 : kept.some((one) => expected.includes(one.split("/")[0]!));
  const gain = kept.length > 0 ? (result.result.speedup?.estimate ?? 1) : 1;
  const ofCounterpart = besideCounterpart(name, result, cwd);
  rows.push({ name, verdict: result.diagnosis.verdict, kept, gain, asExpected, ofCounterpart });
  console.log(
    `${asExpected ? "✓" : "✗"} ${name.padEnd(20)} ${`${gain.toFixed(2)}×`.padStart(8)}  ${ofCounterpart === null ? "      " : `${(100 * ofCounterpart).toFixed(0).padStart(4)} %`}  ${kept.join(", ") || result.diagnosis.verdict}`,
  );
}
const geometric = (numbers: readonly number[]) =>
  Math.exp(numbers.reduce((sum, one) => sum + Math.log(one), 0) / Math.max(1, numbers.length));
const beside = rows.flatMap(({ ofCounterpart }) => ofCounterpart ?? []);
console.log(`\nas expected ${rows.filter((row) => row.asExpected).length} of ${rows.length}`);
if (!values.alone) {
  console.log(`gain, geometric mean ${geometric(rows.map((row) => row.gain)).toFixed(2)}×`);
  console.log(
    `of the counterpart's speed, geometric mean of ${beside.length}: ${(100 * geometric(beside)).toFixed(0)} %`,
  );
}
mkdirSync(join(import.meta.dirname, "out"), { recursive: true });
writeFileSync(
  join(import.meta.dirname, "out", values.alone ? "alone.json" : "public-list.json"),
  JSON.stringify(rows, null, 2),
);
