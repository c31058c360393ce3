// Parse the whole standard library and write every file back: `npx tsx bench/parse.ts [python]`.
// Prints MB of source per second, agent, transfer and tree building included, and the files that do not come back the same.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../src/base/fault.ts";
import { startService } from "../src/interpreter/service.ts";
import { encodeSource, loadSource } from "../src/source/load.ts";
import { testPython } from "../test/python.ts";

const python = process.argv[2] ?? testPython();
const library = execFileSync(python, ["-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"], {
  encoding: "utf8",
}).trim();
const paths = readdirSync(library, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".py") && !path.includes("site-packages"))
  .map((path) => join(library, path))
  .sort();

const service = await startService(python);
let bytes = 0;
let parsed = 0;
let seconds = 0;
const refused: string[] = [];
const changed: string[] = [];
for (const path of paths) {
  const original = readFileSync(path);
  const began = performance.now();
  try {
    const file = await loadSource(service, path);
    seconds += (performance.now() - began) / 1000;
    bytes += original.length;
    parsed++;
    if (!encodeSource(file, file.text).equals(original)) changed.push(path);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    refused.push(error.message);
  }
}
await service.close();
console.log(`${parsed} files, ${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s`);
console.log(`${(bytes / 1e6 / seconds).toFixed(2)} MB/s`);
console.log(
  `${changed.length} files changed by writing them back${changed.map((path) => `\n  ${path}`).join("")}`,
);
console.log(
  `${refused.length} files that this Python refuses${refused.map((line) => `\n  ${line}`).join("")}`,
);
if (changed.length > 0) process.exitCode = 1;
