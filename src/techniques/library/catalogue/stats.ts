// scipy.stats: ranks, correlations, moments, distances between samples.

import { type Entry, using } from "../entry.ts";
import { SUMMATION } from "../reasons.ts";

const stats = using("from scipy import stats");
const floats = SUMMATION;
const ties = [{ x: [3, 1, 3, 2, 1, 3] }];
const tiedPairs = [{ x: [3, 1, 3, 2, 1, 5], y: [1, 1, 2, 4, 1, 2] }];

export const entries: Entry[] = [
  stats("stats.rankdata({x}, {method})", { x: "vector" }, "float vector", {
    vary: { method: ['"average"', '"min"', '"max"', '"dense"', '"ordinal"'] },
    refuters: ties,
  }),
  stats("stats.zscore({x}, ddof={ddof})", { x: "vector" }, "float vector", {
    floats,
    vary: { ddof: ["0", "1"] },
  }),
  stats("stats.zscore({x}, axis={axis}, ddof={ddof})", { x: "matrix" }, "float matrix", {
    floats,
    vary: { axis: ["0", "1"], ddof: ["0", "1"] },
  }),
  stats("stats.pearsonr({x}, {y}).statistic", { x: "vector", y: "vector" }, "float scalar", { floats }),
  stats("stats.spearmanr({x}, {y}).statistic", { x: "vector", y: "vector" }, "float scalar", {
    floats,
    refuters: tiedPairs,
  }),
  stats("stats.kendalltau({x}, {y}).statistic", { x: "vector", y: "vector" }, "float scalar", {
    floats,
    refuters: tiedPairs,
  }),
  stats("stats.linregress({x}, {y}).{part}", { x: "vector", y: "vector" }, "float scalar", {
    floats,
    vary: { part: ["slope", "intercept", "rvalue", "stderr"] },
  }),
  stats(
    "tuple(float(part) for part in stats.linregress({x}, {y})[:{n}])",
    { x: "vector", y: "vector" },
    "tuple",
    {
      floats,
      vary: { n: ["2", "3"] },
    },
  ),
  stats("stats.theilslopes({y}, {x}).{part}", { x: "vector", y: "vector" }, "float scalar", {
    floats,
    vary: { part: ["slope", "intercept"] },
    makes: ["x", "x"],
  }),
  stats("stats.mode({x}).mode", { x: "vector" }, "scalar", { refuters: [{ x: [2, 1, 1, 2] }] }),
  stats("stats.skew({x}, bias={bias})", { x: "vector" }, "float scalar", {
    floats,
    vary: { bias: ["True", "False"] },
  }),
  stats("stats.kurtosis({x}, fisher={fisher}, bias={bias})", { x: "vector" }, "float scalar", {
    floats,
    vary: { fisher: ["True", "False"], bias: ["True", "False"] },
  }),
  stats("stats.gmean({x})", { x: "vector" }, "float scalar", { floats }),
  stats("stats.hmean({x})", { x: "vector" }, "float scalar", { floats }),
  stats("stats.sem({x})", { x: "vector" }, "float scalar", { floats }),
  stats("stats.iqr({x})", { x: "vector" }, "float scalar", { floats }),
  stats("stats.median_abs_deviation({x})", { x: "vector" }, "float scalar", { floats }),
  stats("stats.entropy({x}, base={base})", { x: "vector" }, "float scalar", {
    floats,
    vary: { base: ["None", "2"] },
    refuters: [{ x: [2, 1, 3] }],
  }),
  stats("stats.entropy({x}, {y})", { x: "vector", y: "vector" }, "float scalar", {
    floats,
    refuters: [{ x: [2, 1, 3], y: [1, 4, 2] }],
  }),
  stats(
    "stats.ttest_ind({x}, {y}, equal_var={equal}).statistic",
    { x: "vector", y: "vector" },
    "float scalar",
    {
      floats,
      vary: { equal: ["True", "False"] },
    },
  ),
  stats("stats.mannwhitneyu({x}, {y}).statistic", { x: "vector", y: "vector" }, "float scalar", {
    refuters: tiedPairs,
  }),
  stats("stats.ks_2samp({x}, {y}).statistic", { x: "vector", y: "vector" }, "float scalar", {
    floats,
    refuters: tiedPairs,
  }),
  stats("stats.wasserstein_distance({x}, {y})", { x: "vector", y: "vector" }, "float scalar", {
    floats,
    refuters: tiedPairs,
  }),
  stats("stats.chisquare({x}, {y}).statistic", { x: "vector", y: "vector" }, "float scalar", { floats }),
  stats("stats.norm.pdf({x})", { x: "vector" }, "float vector", { floats }),
  stats("stats.norm.cdf({x})", { x: "vector" }, "float vector", { floats }),
  stats(
    "stats.norm.pdf({x}, {mu}, {sigma})",
    { x: "vector", mu: "number", sigma: "number" },
    "float vector",
    { floats },
  ),
];
