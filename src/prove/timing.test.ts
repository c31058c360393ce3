// Regions of a recorded program, timed on real Python.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deadlineIn } from "../base/deadline.ts";
import type { TextEdit } from "../schemas/index.ts";
import { applyEdits, mapSpan } from "../source/edits.ts";
import { type Recorded, record, rewriteOf } from "./fixture.ts";
import { RegionTimer, timeRegion } from "./timing.ts";

const text = `import gc
import random

random.seed(3)
gc.set_threshold(900, 11, 12)

def keep_new(items):
    seen = []
    for item in items:
        if item not in seen:
            seen.append(item)
    items.append(-1)
    return seen

def position(items, last):
    at = 0
    while items[at % len(items)] != last:
        at += 1
    return at

data = [[random.randrange(10 ** 6) for _ in range(400 + 20 * i)] for i in range(10)]
total = 0
for part in data:
    total += len(keep_new(part))
    total += position(part, -1)
print(total)
`;

describe("a region's timing", () => {
  let recorded: Recorded;
  beforeAll(async () => {
    recorded = await record(text, ["def keep_new", "def position", "for part"]);
  });
  afterAll(() => rmSync(recorded.folder, { recursive: true, force: true }));

  const options = (kind: "function" | "loop", name = "keep_new") => {
    const region = recorded.regions.find(
      (one) => one.kind === kind && (kind === "loop" || one.qualname === name),
    )!;
    return {
      interpreter: recorded.interpreter.path,
      overlay: null,
      environment: process.env,
      program: recorded.program,
      capture: join(recorded.runDirectory, "capture", region.id),
      original: { text, region, compiles: false },
      secondsPerProcess: 0.05,
    };
  };
  const rewrittenAs = (kind: "function" | "loop", edits: readonly TextEdit[], compiles = false) => {
    const { region } = options(kind).original;
    const changed = applyEdits(text, edits);
    return { text: changed, region: { ...region, span: mapSpan(region.span, edits, changed) }, compiles };
  };
  const faster = () =>
    rewriteOf(recorded, recorded.regions[0]!, "set", {
      "    seen = []\n": "    seen = {}\n",
      "            seen.append(item)\n": "            seen[item] = None\n",
      "    return seen": "    return list(seen)",
    }).edits;

  for (const kind of ["function", "loop"] as const)
    it(`finds a ${kind} faster, on fresh entries each time although it changes them`, async () => {
      const timing = await timeRegion({
        ...options(kind),
        rewritten: rewrittenAs(kind, faster()),
        deadline: deadlineIn(60),
        mostPairs: 6,
      });
      if (typeof timing === "string") throw new Error(timing);
      expect(timing.pairs).toBe(6);
      // About 20 on a quiet machine; loose, because tests run beside each other.
      expect(timing.ratio.estimate).toBeGreaterThan(3);
      expect(timing.newSeconds).toBeLessThan(timing.oldSeconds);
      expect(timing.onceSeconds).toBeLessThan(1);
      expect(timing.memoryRatio).toBeGreaterThan(0.5);
      expect(timing.memoryRatio).toBeLessThan(1.5);
      expect(timing.memory!.low).toBeLessThanOrEqual(timing.memory!.high);
      expect(timing.breakEvenCalls).toBeLessThan(1000);
      expect(Object.keys(timing.conditions!.threads)).toContain("OMP_NUM_THREADS");
      expect(timing.conditions!.hashSeed).toBe(
        process.env.PYTHONHASHSEED ?? "equal within a pair, another for each pair",
      );
    });

  it("finds the size from which on a rewrite pays, on recorded inputs that are cut down", async () => {
    const edits = rewriteOf(recorded, recorded.regions[0]!, "slow start", {
      "    seen = []\n": "    seen = {}\n    sum(range(10_000))\n",
      "            seen.append(item)\n": "            seen[item] = None\n",
      "    return seen": "    return list(seen)",
    }).edits;
    const timing = await timeRegion({
      ...options("function"),
      rewritten: rewrittenAs("function", edits),
      deadline: deadlineIn(60),
      mostPairs: 6,
    });
    if (typeof timing === "string") throw new Error(timing);
    const { of, ratios, crossover } = timing.sizes!;
    expect(of).toBe("len(items)");
    expect(ratios.filter((one) => !one.recorded).map((one) => one.size)).toEqual([4, 16, 64, 256]);
    // A hundred times slower at 4 items, ten times faster at the recorded 400 and more; a stall may hide any one of these.
    expect(ratios[0]!.ratio.estimate).toBeLessThan(0.5);
    expect(ratios.at(-1)!.ratio.estimate).toBeGreaterThan(1);
    if (crossover !== null) {
      expect(crossover.faster).toBe("above");
      expect(crossover.size).toBeGreaterThan(4);
      expect(crossover.size).toBeLessThanOrEqual(580);
    }
  });

  it("times the recorded calls of a region that does not end on inputs that are cut down", async () => {
    const timing = await timeRegion({
      ...options("function", "position"),
      rewritten: options("function", "position").original,
      deadline: deadlineIn(60),
      mostPairs: 6,
    });
    if (typeof timing === "string") throw new Error(timing);
    expect(timing.pairs).toBe(6);
    expect(timing.sizes!.ratios.every((one) => one.recorded)).toBe(true);
  });

  it("finds a region no faster than itself", async () => {
    const timing = await timeRegion({
      ...options("function"),
      rewritten: options("function").original,
      deadline: deadlineIn(60),
      mostPairs: 6,
    });
    if (typeof timing === "string") throw new Error(timing);
    expect(timing.ratio.low).toBeLessThan(1.2);
  });

  it("reports imports and first calls apart", async () => {
    const edits = rewriteOf(recorded, recorded.regions[0]!, "numba", {
      "import random\n": "import random\nimport time\ntime.sleep(0.2)\ncompiling = iter([0.3])\n",
      "    seen = []\n": "    time.sleep(next(compiling, 0))\n    seen = []\n",
    }).edits;
    const quick = await new RegionTimer(options("function")).quick(
      rewrittenAs("function", edits, true),
      deadlineIn(60),
    );
    if (typeof quick === "string") throw new Error(quick);
    expect(quick.onceSeconds).toBeGreaterThan(0.28);
    expect(quick.onceSeconds).toBeLessThan(2);
    expect(quick.ratio).toBeGreaterThan(0.1);
  });

  it("sets the garbage collector as the program had it", async () => {
    const { original } = options("function");
    expect(recorded.facts.get(original.region.id)!.collector).toEqual({
      enabled: true,
      threshold: [900, 11, 12],
    });
    const edits = rewriteOf(recorded, recorded.regions[0]!, "collector", {
      "    seen = []\n": "    while gc.get_threshold()[0] != 900:\n        pass\n    seen = []\n",
    }).edits;
    const quick = await new RegionTimer(options("function")).quick(
      rewrittenAs("function", edits),
      deadlineIn(30),
    );
    expect(quick).toBeTypeOf("object");
  });

  it("says in a sentence why a region was not timed", async () => {
    const timer = new RegionTimer({ ...options("function"), capture: join(recorded.folder, "nothing") });
    expect(await timer.quick(options("function").original, deadlineIn(20))).toMatch(/no call/);
    const late = new RegionTimer(options("function"));
    expect(await late.quick(options("function").original, deadlineIn(0.01))).toMatch(/time ended/);
  });
});
