// NPBench's kernels, each in a program as one would write it: what is kept, what it gains, whether the results are the same, and
// NPBench's own Numba variant beside it. `npx tsx bench/npbench.ts CHECKOUT [KERNEL…] [--sizes S,M] [--budget S] [--seconds S]`.
//
// CHECKOUT: a work tree of github.com/spcl/npbench; nothing of it is kept here. Needs `npm run build`.

import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Result } from "../src/schemas/index.ts";

const root = join(import.meta.dirname, "..");
const python = process.env.SPEEDWELL_PYTHON ?? join(root, ".venv/bin/python");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: "string", default: "S,M" },
    budget: { type: "string" },
    /** How long each program runs, about. */
    seconds: { type: "string", default: "2" },
  },
});
const [checkout, ...wanted] = positionals;
if (!checkout) throw new Error("which folder holds a checkout of spcl/npbench?");

/** What `bench_info/NAME.json` says of a kernel. */
interface Kernel {
  relative_path: string;
  module_name: string;
  func_name: string;
  parameters: Record<string, Record<string, number>>;
  init?: { func_name: string; input_args: string[]; output_args: string[] };
  input_args: string[];
  array_args: string[];
  output_args: string[];
}

interface Probed {
  first: number;
  warm: number;
  agreement: "exact" | "close" | "differs" | "types differ" | null;
}

interface Row {
  kernel: string;
  size: string;
  verdict: string;
  kept: string[];
  gain: number | null;
  output: string;
  ours: Probed | null;
  theirs: Probed | null;
  original: Probed | null;
  refused: string[];
}

/** The files of a kernel in a folder of their own. */
function folderOf(kernel: Kernel, size: string): string {
  const folder = mkdtempSync(join(tmpdir(), `npbench-${kernel.module_name}-${size}-`));
  const source = join(checkout!, "npbench/benchmarks", kernel.relative_path);
  for (const file of [`${kernel.module_name}.py`, `${kernel.module_name}_numpy.py`])
    if (existsSync(join(source, file))) copyFileSync(join(source, file), join(folder, file));
  return folder;
}

/** The program: it makes the inputs, calls the kernel so often, and prints sums of what comes out. */
function programOf(kernel: Kernel, size: string, repeats: number): string {
  const { init, input_args: inputs, output_args: outputs, module_name: name, func_name: call } = kernel;
  const list = (names: readonly string[]) => `${names.join(", ")}${names.length === 1 ? "," : ""}`;
  const inPlace = outputs.filter((output) => kernel.array_args.includes(output));
  return [
    "import numpy as np",
    "",
    ...(init ? [`from ${name} import ${init.func_name}`] : []),
    `from ${name}_numpy import ${call}`,
    "",
    "",
    "def main():",
    ...Object.entries(kernel.parameters[size]!).map(([key, value]) => `    ${key} = ${value}`),
    ...(init
      ? [`    ${init.output_args.join(", ")} = ${init.func_name}(${init.input_args.join(", ")})`]
      : []),
    `    for _ in range(${repeats}):`,
    ...inPlace.map((array) => `        new_${array} = ${array}.copy()`),
    `        result = ${call}(${inputs.map((one) => (inPlace.includes(one) ? `new_${one}` : one)).join(", ")})`,
    "    outputs = list(result) if isinstance(result, (tuple, list)) else [result]",
    `    outputs += [${list(inPlace.map((array) => `new_${array}`))}]`,
    "    for one in outputs:",
    "        if one is not None:",
    '            print(np.shape(one), f"{np.sum(np.abs(one)):.9g}")',
    "",
    "",
    'if __name__ == "__main__":',
    "    main()",
    "",
  ].join("\n");
}

function probe(
  kernel: Kernel,
  size: string,
  folder: string,
  module: string,
  beside: string | null,
): Probed | null {
  const { init } = kernel;
  const spec = {
    module,
    function: kernel.func_name,
    initialize: init && {
      module: kernel.module_name,
      function: init.func_name,
      inputs: init.input_args,
      outputs: init.output_args,
    },
    parameters: kernel.parameters[size],
    inputs: kernel.input_args,
    outputs: kernel.output_args,
    save: join(folder, `${module}.pickle`),
    beside: beside && join(beside, `${kernel.module_name}_numpy.pickle`),
  };
  writeFileSync(join(folder, "spec.json"), JSON.stringify(spec));
  const script = join(import.meta.dirname, "npbench_probe.py");
  const run = spawnSync(python, [script, "spec.json"], { cwd: folder, encoding: "utf8", timeout: 300_000 });
  return run.status === 0 ? (JSON.parse(run.stdout.trim().split("\n").at(-1)!) as Probed) : null;
}

const outputOf = (cwd: string): string => spawnSync(python, ["main.py"], { cwd, encoding: "utf8" }).stdout;

function measured(kernel: Kernel, size: string): Row {
  const name = kernel.module_name;
  const probes = folderOf(kernel, size);
  const row: Row = {
    kernel: name,
    size,
    verdict: "fails",
    kept: [],
    gain: null,
    output: "",
    ours: null,
    theirs: null,
    original: probe(kernel, size, probes, `${name}_numpy`, null),
    refused: [],
  };
  if (!row.original) return row;
  const variant = join(checkout!, "npbench/benchmarks", kernel.relative_path, `${name}_numba_n.py`);
  if (existsSync(variant)) {
    copyFileSync(variant, join(probes, `${name}_numba_n.py`));
    row.theirs = probe(kernel, size, probes, `${name}_numba_n`, probes);
  }
  const cwd = folderOf(kernel, size);
  const repeats = Math.max(1, Math.round(Number(values.seconds) / row.original.warm));
  writeFileSync(join(cwd, "main.py"), programOf(kernel, size, repeats));
  const budget = values.budget ? ["--budget", values.budget] : [];
  const run = spawnSync(
    process.execPath,
    [join(root, "dist/speedwell.js"), "optimize", "--json", "--quiet", "--offline", ...budget, "main.py"],
    { cwd, env: { ...process.env, SPEEDWELL_PYTHON: python }, encoding: "utf8", maxBuffer: 2 ** 28 },
  );
  if (run.status !== 0) return { ...row, verdict: `exit ${run.status}: ${run.stderr.slice(-300)}` };
  const result = JSON.parse(run.stdout) as Result;
  row.verdict = result.diagnosis.verdict;
  row.kept = result.rewrites.filter((one) => one.verdict === "kept").map((one) => one.technique);
  row.refused = result.rewrites
    .filter((one) => one.verdict !== "kept")
    .map((one) => `${one.technique}: ${one.reason}`);
  if (!result.result.patch) return row;
  row.gain = result.result.speedup?.estimate ?? null;
  const patched = mkdtempSync(join(tmpdir(), `npbench-${name}-${size}-new-`));
  cpSync(cwd, patched, { recursive: true, filter: (file) => !file.includes(".speedwell") });
  const applied = spawnSync("git", ["apply", result.result.patch], { cwd: patched, encoding: "utf8" });
  if (applied.status !== 0) return { ...row, output: `the patch does not apply: ${applied.stderr}` };
  row.output = outputOf(cwd) === outputOf(patched) ? "equal" : "DIFFERENT";
  row.ours = probe(kernel, size, patched, `${name}_numpy`, probes);
  return row;
}

const times = (row: Row, which: "ours" | "theirs"): string => {
  const one = row[which];
  if (!one || !row.original) return "–";
  return `${(row.original.warm / one.warm).toFixed(1)}× (${one.agreement}, first call ${one.first.toFixed(1)} s)`;
};

const kernels = readdirSync(join(checkout, "bench_info"))
  .filter((file) => file.endsWith(".json"))
  .map((file) => JSON.parse(readFileSync(join(checkout, "bench_info", file), "utf8")).benchmark as Kernel)
  .filter(({ module_name: name }) => wanted.length === 0 || wanted.includes(name));
const rows: Row[] = [];
for (const kernel of kernels) {
  for (const size of values.sizes.split(",")) {
    const row = measured(kernel, size);
    rows.push(row);
    const gain = row.gain === null ? "" : `program ${row.gain.toFixed(2)}×, output ${row.output}`;
    console.log(`${row.kernel} ${size}: ${row.verdict}; ${row.kept.join(", ") || "nothing kept"}; ${gain}`);
    console.log(`    calls when warm: ours ${times(row, "ours")}; their Numba ${times(row, "theirs")}`);
    for (const reason of row.refused) console.log(`    refused ${reason}`);
  }
}
mkdirSync(join(import.meta.dirname, "out"), { recursive: true });
writeFileSync(join(import.meta.dirname, "out", "npbench.json"), JSON.stringify(rows, null, 2));
