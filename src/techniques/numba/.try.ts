import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync, readFileSync } from "node:fs";
import { join, basename } from "node:path";
import { startService } from "/work/main/src/interpreter/service.ts";
import { loadSource } from "/work/main/src/source/load.ts";
import { regionsOf } from "/work/main/src/source/regions.ts";
import { applyEdits } from "/work/main/src/source/edits.ts";
import { captureRegions } from "/work/main/src/record/capture.ts";
import { technique } from "/work/main/src/techniques/numba/index.ts";
const python = "/work/main/.venv/bin/python";
const service = await startService(python);
const show = process.env.SHOW;
for (const path of process.argv.slice(2)) {
  const folder = mkdtempSync("/tmp/h/run-");
  const file = await loadSource(service, path);
  const regions = regionsOf(file).filter((r) => !r.notReplayable);
  const facts = await captureRegions({ runDirectory: folder, program: { kind: "script", target: path, arguments: [], cwd: folder }, interpreter: { path: python, realPath: python, version: "3.11.7", implementation: "CPython", prefix: "", chosenBy: "option", gilDisabled: false }, regions, overlay: null, onNote: (n) => console.log("note", n) });
  const before = spawnSync(python, [path], { encoding: "utf8" });
  console.log(`=== ${basename(path)}`);
  for (const region of regions) {
    try {
      const result = await technique.propose({ file, region, facts: facts.get(region.id)!, share: 1, python: { version: [3, 11], cores: 2 }, packages: new Map(), available: () => true, screen: async () => [] });
      for (const d of result.declined) console.log(`  - ${region.id} ${region.qualname} declined (line ${d.line}): ${d.reason}`);
      for (const r of result.rewrites) {
        const text = applyEdits(file.text, r.edits);
        const out = join(folder, "new.py");
        writeFileSync(out, text);
        const after = spawnSync(python, [out], { encoding: "utf8" });
        const ok = after.stdout === before.stdout && after.status === before.status;
        console.log(`  ${ok ? "OK  " : "DIFF"} ${r.id} ${r.assumptions.join(" | ")} ${r.tolerance?.reason ?? ""}`);
        if (show) console.log(text);
        if (!ok) console.log(after.stderr.slice(-1500), "\nold:", before.stdout.slice(0, 600), "\nnew:", after.stdout.slice(0, 600));
      }
    } catch (error) { console.log(`  !! ${region.id}`, error); }
  }
}
await service.close();
