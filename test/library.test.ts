// The library technique on code as people write it: what a library has is found by behaviour, look-alikes are left alone.

import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deadlineIn } from "../src/base/deadline.ts";
import { findInterpreter } from "../src/interpreter/find.ts";
import { type PythonService, startService } from "../src/interpreter/service.ts";
import { openReplay, type Replay } from "../src/prove/replay.ts";
import { captureRegions } from "../src/record/capture.ts";
import type { Equivalence, Region, RegionFacts } from "../src/schemas/index.ts";
import { applyEdits, mapSpan } from "../src/source/edits.ts";
import type { SourceFile } from "../src/source/file.ts";
import { loadSource } from "../src/source/load.ts";
import { regionsOf } from "../src/source/regions.ts";
import { technique } from "../src/techniques/library/index.ts";
import type { Proposals } from "../src/techniques/technique.ts";
import { testPython } from "./python.ts";

/** Found in test/library/real_code.py, and what each is to become. */
const FOUND: Record<string, string> = {
  distances: "scipy.spatial.distance.cdist",
  all_shortest: "scipy.sparse.csgraph.floyd_warshall",
  dijkstra: "networkx.single_source_dijkstra_path_length",
  cheapest_roads: "networkx.minimum_spanning_edges",
  page_ranks: "numpy.bincount",
  multiply: "numpy.matmul",
  convolve: "numpy.convolve",
  spectrum: "numpy.fft.fft",
  record_highs: "itertools.accumulate",
  unique_in_order: "dict.fromkeys",
  bubble_sort: "sorted",
};
const LEFT_ALONE = [
  "middle_of_nine",
  "tidy",
  "running",
  "dijkstra",
  "last_of_equals",
  "page_rank",
  "order",
  "bin_counts",
];

interface Recorded {
  file: SourceFile;
  regions: Region[];
  facts: Map<string, RegionFacts>;
  directory: string;
}

let service: PythonService;
const directories: string[] = [];
beforeAll(async () => {
  service = await startService(testPython());
});
afterAll(async () => {
  await service.close();
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** Run the program at `path` and record the calls of the regions that `wanted` names. */
async function record(path: string, wanted: (region: Region) => boolean): Promise<Recorded> {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), "speedwell-library-"));
  directories.push(directory);
  const interpreter = await findInterpreter({
    python: testPython(),
    programDirectory: directory,
    env: process.env,
  });
  const program = { kind: "script" as const, target: path, arguments: [], cwd: directory };
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
  writeFileSync(join(directory, "run.json"), JSON.stringify(run));
  const file = await loadSource(service, path);
  const regions = regionsOf(file).filter(wanted);
  const facts = await captureRegions({
    runDirectory: directory,
    program,
    interpreter,
    regions,
    overlay: null,
  });
  return { file, regions, facts, directory };
}

/** What the technique proposes for a region, and how the first proposal fares when it is held against the original. */
async function propose({ file, facts, directory }: Recorded, region: Region) {
  let replay: Replay | undefined;
  const of = facts.get(region.id)!;
  const proposals: Proposals = await technique.propose({
    file,
    region,
    facts: of,
    package: "",
    share: 1,
    python: { version: [3, 11], cores: 2 },
    packages: new Map(),
    available: () => true,
    async screen(candidates) {
      replay ??= await openReplay({
        runDirectory: directory,
        interpreter: testPython(),
        overlay: null,
        file,
        region,
        facts: of,
        seed: 1,
        deadline: deadlineIn(100),
      });
      return replay.screen(candidates);
    },
  });
  const [rewrite] = proposals.rewrites;
  let equivalence: Equivalence | null = null;
  let text = file.text;
  if (rewrite && replay) {
    text = applyEdits(file.text, rewrite.edits);
    const span = mapSpan(region.span, rewrite.edits, text);
    equivalence = await replay.check(text, { ...region, span }, rewrite.tolerance);
  }
  await replay?.close();
  return { proposals, equivalence, text };
}

const program = (name: string) => join(import.meta.dirname, "library", name);
const isFunction = (names: readonly string[]) => (region: Region) =>
  region.kind === "function" && names.includes(region.qualname);

test("each function finds what a library has of it, and the rewrite holds", {
  timeout: 300_000,
}, async () => {
  const recorded = await record(program("real_code.py"), isFunction(Object.keys(FOUND)));
  const found: Record<string, unknown> = {};
  for (const region of recorded.regions) {
    const { proposals, equivalence } = await propose(recorded, region);
    found[region.qualname] = proposals.rewrites[0]?.technique.replace("library/", "");
    expect(equivalence?.verdict, `${region.qualname}: ${equivalence?.reason}`).toBe("same");
  }
  expect(found).toEqual(FOUND);
});

test("no entry passes for a look-alike", { timeout: 300_000 }, async () => {
  const recorded = await record(program("look_alikes.py"), isFunction(LEFT_ALONE));
  expect(recorded.regions).toHaveLength(LEFT_ALONE.length);
  for (const region of recorded.regions) {
    const { proposals } = await propose(recorded, region);
    expect(recorded.facts.get(region.id)!.recorded, region.qualname).toBeGreaterThan(1);
    expect(proposals.rewrites, region.qualname).toEqual([]);
    expect(proposals.declined.length, region.qualname).toBeLessThan(2);
  }
});

describe("loops", () => {
  test("one that fills a list becomes a call", { timeout: 60_000 }, async () => {
    const directory = mkdtempSync(join(realpathSync(tmpdir()), "speedwell-library-"));
    directories.push(directory);
    const path = join(directory, "main.py");
    writeFileSync(
      path,
      "import random\n\n\ndef totals(values):\n    sums = []\n    for end in range(len(values)):\n" +
        "        sums.append(max(values[: end + 1]))\n    print(len(sums))\n    return sums\n\n\n" +
        "random.seed(1)\nfor n in (5, 60, 400):\n    totals([random.randrange(100) for _ in range(n)])\n",
    );
    const recorded = await record(path, ({ kind }) => kind === "loop");
    const region = recorded.regions.find(({ qualname }) => qualname === "totals")!;
    const { proposals, equivalence, text } = await propose(recorded, region);
    expect(proposals.rewrites[0]?.technique).toBe("library/itertools.accumulate");
    expect(text).toContain("    sums = []\n    sums.extend(accumulate(values, max))\n");
    expect(equivalence?.verdict, equivalence?.reason).toBe("same");
  });
});
