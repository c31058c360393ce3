// How long `optimize` takes on a program of about 5 s, by default and with a budget. Prints seconds and outcome.

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "speedwell-budget-"));
cpSync(join(root, "examples/airport_network"), folder, { recursive: true });
const env = { SPEEDWELL_PYTHON: join(root, ".venv/bin/python"), ...process.env };
for (const options of [[], ["--budget", "45"], ["--budget", "20"]]) {
  const start = performance.now();
  const run = spawnSync(
    process.execPath,
    [join(root, "dist/speedwell.js"), "optimize", "--json", "--quiet", ...options, "network.py"],
    { cwd: folder, env, encoding: "utf8", maxBuffer: 2 ** 28 },
  );
  const seconds = (performance.now() - start) / 1000;
  const { program, result } = JSON.parse(run.stdout);
  const gain = result.speedup
    ? `${result.speedup.estimate.toFixed(1)}x, ${result.measured ? "measured" : "predicted"}`
    : "nothing kept";
  console.log(
    `program ${program.seconds.toFixed(1)} s   optimize ${options.join(" ") || "(default)"}: ${seconds.toFixed(1)} s   ${gain}`,
  );
}
