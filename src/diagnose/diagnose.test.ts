// Verdicts on real programs.

import { describe, expect, test } from "vitest";
import { type Recording, withRecording } from "../../test/recording.ts";
import type { Diagnosis } from "../schemas/diagnosis.ts";
import { regionsOf } from "../source/regions.ts";
import { chooseRegions, diagnose } from "./index.ts";
import { measuredFaster } from "./verdict.ts";

const machine = { cores: 2 };
const judged = (recording: Recording): Diagnosis =>
  diagnose(recording.run, recording.profile, recording.files, machine);
const withDiagnosis = (
  source: string,
  check: (diagnosis: Diagnosis, recording: Recording) => void,
  files: Record<string, string> = {},
) => withRecording(source, (recording) => check(judged(recording), recording), { files });

describe("worth it", () => {
  const nested = `import time
def distance(a, b):
    total = 0.0
    for x, y in zip(a, b):
        total += (x - y) ** 2
    return total
def nearest(points, centres):
    labels = []
    for p in points:
        labels.append(min(range(len(centres)), key=lambda i: distance(p, centres[i])))
    return labels
def main():
    points = [[float(i % 7 + k) for k in range(30)] for i in range(300)]
    end = time.perf_counter() + 0.8
    while time.perf_counter() < end:
        nearest(points, points[:10])
    print("done")
main()
`;

  test("a pure Python program: its hotspot, its ceiling, the regions to try", () =>
    withDiagnosis(nested, (diagnosis, { profile, files }) => {
      expect(diagnosis.verdict).toBe("worth_it");
      expect(diagnosis.reason).toMatch(
        /^worth it: \d+% of \d\.\d+ s is spent in code that could be changed, most of it in /,
      );
      const loop = diagnosis.hotspots.find((h) => h.scope === "loop" && h.function === "distance")!;
      expect(loop).toMatchObject({ line: 4, endLine: 5, kind: "python", region: "main:4:loop" });
      expect(loop.share).toBeGreaterThan(0.6);
      expect(loop.shareError).toBeLessThan(0.2);
      expect(loop.ceiling).toBeCloseTo(1 / (1 - loop.share), 6);
      const nearest = diagnosis.hotspots.find((h) => h.scope === "function" && h.function === "nearest")!;
      expect(nearest.share).toBeGreaterThanOrEqual(loop.share);
      expect(nearest.selfShare).toBeLessThan(0.5);
      const chosen = chooseRegions(diagnosis, profile, files).map((region) => region.id);
      expect(chosen[0]).toBe("main:4:loop");
      expect(chosen).toEqual(expect.arrayContaining(["main:2:function", "main:7:function"]));
      expect(chosen.at(-1)).toBe("main:12:function");
    }));

  test("a short function without loops is a region to try, and no time is counted twice", () =>
    withDiagnosis(
      `def square(x):
    return x * x + 1
def sums(n):
    total = 0
    for i in range(n):
        total += square(i)
    return total
for k in range(60):
    sums(100000)
`,
      (diagnosis, { profile, files }) => {
        const chosen = chooseRegions(diagnosis, profile, files).map((region) => region.id);
        expect(chosen[0]).toBe("main:5:loop");
        expect(chosen).toContain("main:1:function");
        for (const { share } of diagnosis.hotspots) expect(share).toBeLessThanOrEqual(1);
      },
    ));

  test("searching a long list is the program's own doing, though C does it", () =>
    withDiagnosis(
      `import random
random.seed(1)
words = [random.randrange(10**9) for _ in range(9000)]
seen = []
for w in words:
    if w not in seen:
        seen.append(w)
print(len(seen))
`,
      (diagnosis, { profile, files }) => {
        expect(diagnosis.verdict).toBe("worth_it");
        const [region] = chooseRegions(diagnosis, profile, files);
        expect(region).toMatchObject({ id: "main:5:loop", kind: "loop", qualname: "" });
      },
    ));

  test("many short library calls from a loop", () =>
    withDiagnosis(
      `import statistics, time
def means(rows):
    return [statistics.mean(row) for row in rows]
rows = [[i, i + 1, i + 2] for i in range(1000)]
end = time.perf_counter() + 0.7
while time.perf_counter() < end:
    means(rows)
`,
      (diagnosis) => {
        expect(diagnosis.verdict).toBe("worth_it");
        const means = diagnosis.hotspots.find((h) => h.function === "means")!;
        expect(means.dominatedBy).toBe("statistics.mean");
      },
    ));
});

describe("not worth it", () => {
  test("native code of a library in long calls", () =>
    withDiagnosis(
      `import numpy as np
matrix = np.random.rand(500, 500)
for _ in range(6):
    np.linalg.svd(matrix)
`,
      (diagnosis, { profile, files }) => {
        expect(diagnosis.verdict).toBe("not_worth_it");
        expect(diagnosis.reason).toMatch(
          /^not worth it: \d+% of the time is inside numpy\.linalg\.svd, which (already uses both cores|is native code already); no change to this code can make the program more than 1\.\d\d× faster$/,
        );
        expect(diagnosis.ceiling).toBeLessThan(1.2);
        expect(chooseRegions(diagnosis, profile, files)).toEqual([]);
      },
    ));

  test("waiting", () =>
    withDiagnosis("import time\nfor i in range(8):\n    time.sleep(0.1)\n", (diagnosis) => {
      expect(diagnosis.verdict).toBe("not_worth_it");
      expect(diagnosis.reason).toMatch(
        /% of the time the program waits, most of it in time\.sleep; no change/,
      );
      expect(diagnosis.hotspots[0]).toMatchObject({ kind: "waiting", dominatedBy: "time.sleep" });
    }));

  test("importing", () =>
    withDiagnosis("import pandas\nimport scipy.stats\nprint(pandas.__name__)\n", (diagnosis) => {
      expect(diagnosis.verdict).toBe("not_worth_it");
      expect(diagnosis.reason).toMatch(/importing (pandas|scipy|modules) takes \d+% of the time/);
    }));

  test("a program that is over at once", () =>
    withDiagnosis("print(sum(range(1000)))\n", (diagnosis) => {
      expect(diagnosis.verdict).not.toBe("worth_it");
      expect(diagnosis.reason).toMatch(/\d\.\d\d s/);
    }));
});

describe("cannot tell", () => {
  test("the work is done in processes that were not recorded", () =>
    withDiagnosis(
      `import subprocess, sys
subprocess.run([sys.executable, "-c", "print(sum(i * i for i in range(15000000)))"])
`,
      (diagnosis) => {
        expect(diagnosis.verdict).toBe("cannot_tell");
        expect(diagnosis.reason).toMatch(/\d+% of the CPU time was spent in processes/);
        expect(diagnosis.notes).toContain(
          "A Python interpreter that the program started through subprocess was not recorded; time there shows as waiting.",
        );
      },
    ));

  test("the program failed before it did anything", () =>
    withDiagnosis("raise ValueError('no data')\n", (diagnosis) => {
      expect(diagnosis.verdict).toBe("cannot_tell");
      expect(diagnosis.reason).toContain("failed (exit code 1)");
      expect(diagnosis.notes[0]).toContain("exit code 1");
      const settled = measuredFaster(diagnosis);
      expect(settled.verdict).toBe("worth_it");
      expect(settled.reason).toMatch(/^worth it: rewrites were measured to be faster; .* failed/);
      expect(measuredFaster(settled)).toBe(settled);
    }));
});

test("time in code called back by a library belongs to the program", () =>
  withDiagnosis(
    `import numpy as np
from scipy.optimize import minimize
def loss(x):
    total = 0.0
    for i in range(3000):
        total += (x[0] - i) ** 2 / 3000
    return total
for k in range(12):
    minimize(loss, np.array([float(k)]))
`,
    (diagnosis, { files }) => {
      const loss = diagnosis.hotspots.find((h) => h.scope === "function" && h.function === "loss")!;
      expect(loss.share).toBeGreaterThan(0.3);
      expect(regionsOf(files[0]!).map((region) => region.id)).toContain(loss.region);
    },
  ));
