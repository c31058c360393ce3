// The statistics against SciPy and NumPy on random data. The seed is in the test's name; SPEEDWELL_SEED sets it.

import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { testPython } from "../../test/python.ts";
import {
  amdahlCeiling,
  amdahlGain,
  binomialInterval,
  breakEvenCalls,
  geometricMean,
  hodgesLehmann,
  leastCount,
  median,
  noiseFloor,
  normalQuantile,
  predictGain,
  quantile,
  ratioInterval,
  seededRandom,
  signedRankDistribution,
  signedRankInterval,
  wilsonInterval,
} from "./index.ts";

const seed = Number(process.env.SPEEDWELL_SEED ?? Date.now() % 2 ** 31);

/** What a Python expression over `data` gives, with NumPy as np and scipy.stats as st. */
function inPython(code: string, data: unknown): unknown {
  const script = `import json, sys, warnings\nimport numpy as np, scipy.stats as st\nwarnings.simplefilter("ignore")\ndata = json.load(sys.stdin)\n${code}\nprint(json.dumps(out))`;
  return JSON.parse(
    execFileSync(testPython(), ["-c", script], { input: JSON.stringify(data), encoding: "utf8" }),
  );
}

describe(`statistics with seed ${seed}`, () => {
  const random = seededRandom(seed);
  const samples = Array.from({ length: 40 }, (_, i) =>
    Array.from({ length: 6 + i }, () => random.normal() * 0.1 + 0.05),
  );

  it("bounds the centre exactly where scipy.stats.wilcoxon stops rejecting", () => {
    const probes = samples.map((values) => {
      const { low, high } = signedRankInterval(values)!;
      const step = 1e-7;
      return { values, outside: [low - step, high + step], inside: [low + step, high - step] };
    });
    const out = inPython(
      `p = lambda x, c: st.wilcoxon(np.array(x) - c, method="exact").pvalue
out = [[[p(d["values"], c) for c in d[k]] for k in ("outside", "inside")] for d in data]`,
      probes,
    ) as [number[], number[]][];
    for (const [outside, inside] of out) {
      for (const p of outside) expect(p).toBeLessThanOrEqual(0.05);
      for (const p of inside) expect(p).toBeGreaterThan(0.05);
    }
  });

  it("takes the same critical values beyond the exact limit as SciPy's normal approximation", () => {
    const values = Array.from({ length: 80 }, () => random.normal() + 0.1);
    const { low, high } = signedRankInterval(values)!;
    const out = inPython(
      `p = lambda c: st.wilcoxon(np.array(data["v"]) - c, method="asymptotic", correction=True).pvalue
out = [p(c) for c in data["c"]]`,
      { v: values, c: [low - 1e-7, high + 1e-7, low + 1e-7, high - 1e-7] },
    ) as number[];
    expect(out[0]!).toBeLessThanOrEqual(0.05);
    expect(out[1]!).toBeLessThanOrEqual(0.05);
    expect(out[2]!).toBeGreaterThan(0.05);
    expect(out[3]!).toBeGreaterThan(0.05);
  });

  it("has the null distribution of the signed-rank sum by enumeration", () => {
    const n = 9;
    const counts = new Array<number>((n * (n + 1)) / 2 + 1).fill(0);
    for (let signs = 0; signs < 2 ** n; signs++) {
      let sum = 0;
      for (let rank = 1; rank <= n; rank++) if (signs & (1 << (rank - 1))) sum += rank;
      counts[sum]!++;
    }
    let total = 0;
    for (const [t, p] of signedRankDistribution(n).entries()) {
      total += counts[t]!;
      expect(p).toBeCloseTo(total / 2 ** n, 12);
    }
  });

  it("covers the true centre at least as often as promised, with ties and zeros too", () => {
    for (const rounded of [false, true]) {
      let covered = 0;
      for (let i = 0; i < 2000; i++) {
        const values = Array.from({ length: 8 }, () => {
          const x = random.normal() * 2;
          return rounded ? Math.round(x) : x;
        });
        const { low, high } = signedRankInterval(values)!;
        if (low <= 0 && 0 <= high) covered++;
      }
      expect(wilsonInterval(covered, 2000, 0.9999).high).toBeGreaterThan(0.95);
    }
  });

  it("knows the least number of values for an interval", () => {
    expect([0.9, 0.95, 0.99, 0.999].map(leastCount)).toEqual([5, 6, 8, 11]);
    for (const confidence of [0.9, 0.95, 0.99]) {
      const n = leastCount(confidence);
      expect(signedRankInterval(samples[20]!.slice(0, n), confidence)).not.toBeNull();
      expect(signedRankInterval(samples[20]!.slice(0, n - 1), confidence)).toBeNull();
    }
    expect(signedRankInterval([])).toBeNull();
  });

  it("agrees with NumPy and SciPy on the rest", () => {
    const ps = [
      1e-12,
      1e-5,
      0.01,
      0.3,
      0.5,
      0.9,
      0.975,
      1 - 1e-9,
      ...samples[10]!.map(() => random.uniform()),
    ];
    const counts = Array.from({ length: 20 }, () => {
      const total = 1 + random.below(60);
      return [random.below(total + 1), total];
    });
    const out = inPython(
      `def hl(x):
    x = np.array(x); i, j = np.triu_indices(len(x)); return float(np.median((x[i] + x[j]) / 2))
e = lambda k, n: st.binomtest(k, n).proportion_ci(method="exact")
w = lambda k, n: st.binomtest(k, n).proportion_ci(method="wilson")
out = dict(normal=[float(st.norm.ppf(p)) for p in data["ps"]], hl=[hl(s) for s in data["samples"]],
  quantiles=[[float(np.quantile(s, p)) for p in (0, .1, .5, .77, 1)] for s in data["samples"]],
  exact=[[float(e(k, n).low), float(e(k, n).high)] for k, n in data["counts"]],
  wilson=[[float(w(k, n).low), float(w(k, n).high)] for k, n in data["counts"]],
  gmean=[float(st.gmean(np.exp(s))) for s in data["samples"]])`,
      { ps, samples, counts },
    ) as {
      normal: number[];
      hl: number[];
      quantiles: number[][];
      wilson: number[][];
      exact: number[][];
      gmean: number[];
    };
    for (const [i, p] of ps.entries()) expect(normalQuantile(p)).toBeCloseTo(out.normal[i]!, 12);
    for (const [i, sample] of samples.entries()) {
      expect(hodgesLehmann(sample)).toBeCloseTo(out.hl[i]!, 12);
      expect(geometricMean(sample.map(Math.exp))).toBeCloseTo(out.gmean[i]!, 12);
      for (const [k, p] of [0, 0.1, 0.5, 0.77, 1].entries())
        expect(quantile(sample, p)).toBeCloseTo(out.quantiles[i]![k]!, 12);
    }
    for (const [i, [k, n]] of counts.entries()) {
      const { low, high } = wilsonInterval(k!, n!);
      expect(low).toBeCloseTo(out.wilson[i]![0]!, 10);
      expect(high).toBeCloseTo(out.wilson[i]![1]!, 10);
      const exact = binomialInterval(k!, n!);
      expect(exact.low).toBeCloseTo(out.exact[i]![0]!, 8);
      expect(exact.high).toBeCloseTo(out.exact[i]![1]!, 8);
    }
    expect(median([])).toBeNaN();
    expect(binomialInterval(0, 0)).toEqual({ low: 0, estimate: 0.5, high: 1 });
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, estimate: 0.5, high: 1 });
  });

  it("draws uniform and normal numbers that pass a Kolmogorov–Smirnov test, the same again from the same seed", () => {
    const a = seededRandom(seed);
    const b = seededRandom(seed);
    const uniform = Array.from({ length: 5000 }, () => a.uniform());
    expect(Array.from({ length: 5000 }, () => b.uniform())).toEqual(uniform);
    const normal = Array.from({ length: 5000 }, () => a.normal());
    const out = inPython(
      `out = [st.kstest(data["u"], "uniform").pvalue, st.kstest(data["n"], "norm").pvalue]`,
      { u: uniform, n: normal },
    ) as number[];
    for (const p of out) expect(p).toBeGreaterThan(1e-5);
  });
});

describe("speed-ups", () => {
  it("follows Amdahl", () => {
    expect(amdahlCeiling(0.5)).toBe(2);
    expect(amdahlCeiling(1)).toBeNull();
    expect(amdahlGain(0.5, 2)).toBeCloseTo(4 / 3);
    expect(amdahlGain(0.9, 10, 0.31)).toBeCloseTo(2);
  });

  it("bounds the program's gain from both intervals, also for a region that became slower", () => {
    const share = { low: 0.7, estimate: 0.8, high: 0.9 };
    const gain = predictGain(share, { low: 4, estimate: 5, high: 6 });
    expect(gain.low).toBeCloseTo(1 / (0.3 + 0.7 / 4));
    expect(gain.estimate).toBeCloseTo(1 / (0.2 + 0.8 / 5));
    expect(gain.high).toBeCloseTo(1 / (0.1 + 0.9 / 6));
    const loss = predictGain(share, { low: 0.5, estimate: 0.6, high: 0.7 });
    expect(loss.low).toBeCloseTo(1 / (0.1 + 0.9 / 0.5));
    expect(loss.high).toBeCloseTo(1 / (0.3 + 0.7 / 0.7));
  });

  it("tells a ratio only from enough pairs, and a floor from runs of the same code", () => {
    expect(ratioInterval([0.7, 0.7, 0.7, 0.7, 0.7])).toBeNull();
    const ratio = ratioInterval([0.7, 0.7, 0.7, 0.7, 0.7, 0.7])!;
    expect(ratio.estimate).toBeCloseTo(Math.exp(0.7));
    expect(noiseFloor([], 6)).toBe(Number.POSITIVE_INFINITY);
    expect(noiseFloor([0.01, -0.01, 0.01, -0.01, 0.01], 6)).toBe(Number.POSITIVE_INFINITY);
    expect(noiseFloor([0.01, -0.01, 0.01, -0.01, 0.01, -0.01], 6)).toBeCloseTo(Math.exp(0.01), 12);
    expect(noiseFloor([0.01, -0.01, 0.01, -0.01, 0.01, -0.01], 24)).toBeCloseTo(Math.exp(0.005), 12);
  });

  it("says after how many calls a cost that is paid once is won back", () => {
    expect([breakEvenCalls(0, 1), breakEvenCalls(1, 0.3), breakEvenCalls(1, -1)]).toEqual([0, 4, null]);
  });
});
