import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { testPython } from "../../test/python.ts";
import { kolmogorovSmirnov, largestGap, seededRandom } from "./index.ts";

it("agrees with SciPy", () => {
  const random = seededRandom(7);
  const samples = [0, 0.1, 0.5].map((shift) =>
    [120, 200].map((size) =>
      Array.from({ length: size }, () => Math.round(random.uniform() * 50) / 10 + shift),
    ),
  );
  const script = `
import json, sys
from scipy.stats import ks_2samp
print(json.dumps([[r.statistic, r.pvalue] for r in (ks_2samp(a, b, method="asymp") for a, b in json.load(sys.stdin))]))`;
  const told = execFileSync(testPython(), ["-c", script], { input: JSON.stringify(samples) });
  const expected = JSON.parse(told.toString()) as [number, number][];
  for (const [index, [a, b]] of samples.entries()) {
    expect(largestGap(a!, b!)).toBeCloseTo(expected[index]![0], 12);
    expect(kolmogorovSmirnov(a!, b!)).toBeCloseTo(expected[index]![1], 1);
  }
});
