// Statistics and machine learning as programs write them by hand: neighbours, clusters, regressions, losses, counts.

import { type Entry, using } from "../entry.ts";
import { BLAS, ELEMENTARY, SUMMATION } from "../reasons.ts";

const np = using("import numpy as np");
const cdist = using("import numpy as np", "from scipy.spatial.distance import cdist");
const special = using("import numpy as np", "from scipy import special");
const counter = using("from collections import Counter");
const floats = SUMMATION;
const metric = { metric: ['"euclidean"', '"sqeuclidean"', '"cityblock"'] };
const within = (slot: string, count: string) => `0 <= min({${slot}}) and max({${slot}}) < {${count}}`;
/** Rows as long as the point, as a loop with `zip` goes on where they are not; NaN has no place in an order. */
const fits = [
  "all(len(row) == len({a}) for row in {b})",
  "np.all(np.isfinite({a})) and np.all(np.isfinite({b}))",
];
/** Points at the same distance from each other, and one point twice. */
const tied = {
  b: [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
    [1, 0],
  ],
};
const losses = { y: "array1", p: "array1" } as const;

export const entries: Entry[] = [
  cdist(
    'np.argsort(cdist({a}, {b}, {metric}), axis=1, kind="stable")[:, :{k}]',
    { a: "matrix", b: "matrix", k: "int" },
    "matrix",
    {
      vary: metric,
      makes: ["a", "b"],
      refuters: [
        {
          a: [
            [0, 0],
            [2, 2],
          ],
          ...tied,
          k: 3,
        },
      ],
    },
  ),
  cdist(
    'np.argsort(cdist([{a}], {b}, {metric})[0], kind="stable")[:{k}]',
    { a: "vector", b: "matrix", k: "int" },
    "vector",
    { guard: fits, vary: metric, refuters: [{ a: [0, 0], ...tied, k: 3 }] },
  ),
  cdist('np.argsort(cdist([{a}], {b}, {metric})[0], kind="stable")', { a: "vector", b: "matrix" }, "vector", {
    guard: fits,
    vary: metric,
    refuters: [{ a: [0, 0], ...tied }],
  }),
  cdist(
    "np.sort(cdist({a}, {b}, {metric}), axis=1)[:, :{k}]",
    { a: "matrix", b: "matrix", k: "int" },
    "float matrix",
    {
      vary: metric,
      floats,
      makes: ["a", "b"],
    },
  ),
  cdist('cdist({a}, {b}, "sqeuclidean").min(axis=1).sum()', { a: "matrix", b: "matrix" }, "float scalar", {
    floats,
    makes: ["a", "b"],
  }),
  cdist("cdist({a}, {b}).mean()", { a: "matrix", b: "matrix" }, "float scalar", {
    floats,
    makes: ["a", "b"],
  }),
  cdist(
    'np.exp(-{gamma} * cdist({a}, {b}, "sqeuclidean"))',
    { a: "matrix", b: "matrix", gamma: "number" },
    "float matrix",
    { floats: ELEMENTARY, makes: ["a", "b"] },
  ),
  using("import numpy as np", "from scipy.spatial.distance import pdist")(
    "np.count_nonzero(pdist({a}, {metric}) {op} {r})",
    { a: "matrix", r: "number" },
    "int",
    {
      vary: { ...metric, op: ["<=", "<", ">", ">="] },
      refuters: [
        { a: tied.b, r: 1 },
        { a: tied.b, r: 2 },
      ],
      makes: ["a", "a"],
    },
  ),
  np(
    "np.array([{a}[{l} == k].mean(axis=0) for k in range({n})])",
    { a: "array2", l: "array1", n: "int" },
    "float matrix",
    { guard: ["set({l}) == set(range({n}))"], floats },
  ),
  np("np.linalg.eigvalsh(np.cov({x}, rowvar=False))[::-1]", { x: "matrix" }, "float vector", {
    floats: BLAS,
  }),
  np("np.linalg.svd({x} - np.mean({x}, axis=0), compute_uv=False)", { x: "array2" }, "float vector", {
    floats: BLAS,
  }),
  np(
    "np.linalg.lstsq(np.column_stack((np.ones(len({x})), {x})), {y}, rcond=None)[0]",
    { x: "matrix", y: "vector" },
    "float vector",
    { floats: BLAS },
  ),
  np(
    "np.linalg.lstsq(np.column_stack((np.ones(len({x})), {x})), {y}, rcond=None)[0]",
    { x: "vector", y: "vector" },
    "float vector",
    { floats: BLAS },
  ),
  np(
    "np.linalg.solve({x}.T @ {x} + {alpha} * np.eye({x}.shape[1]), {x}.T @ {y})",
    { x: "array2", y: "array1", alpha: "number" },
    "float vector",
    { floats: BLAS },
  ),
  np("np.matmul({x}, {w}) + {b}", { x: "matrix", w: "vector", b: "number" }, "vector", { floats: BLAS }),
  special("special.expit(np.matmul({x}, {w}))", { x: "matrix", w: "vector" }, "float vector", {
    floats: BLAS,
  }),
  special(
    "special.expit(np.matmul({x}, {w}) + {b})",
    { x: "matrix", w: "vector", b: "number" },
    "float vector",
    { floats: BLAS },
  ),
  np("{x}.T @ ({x} @ {w} - {y}) / len({y})", { x: "array2", w: "array1", y: "array1" }, "float vector", {
    floats: BLAS,
  }),
  special(
    "{x}.T @ (special.expit({x} @ {w}) - {y}) / len({y})",
    { x: "array2", w: "array1", y: "array1" },
    "float vector",
    { floats: BLAS },
  ),
  special("-np.mean(special.xlogy({y}, {p}) + special.xlog1py(1 - {y}, -{p}))", losses, "float scalar", {
    floats: ELEMENTARY,
    guard: ["0 < np.min({p}) and np.max({p}) < 1"],
  }),
  np("1 - np.sum(({y} - {p}) ** 2) / np.sum(({y} - np.mean({y})) ** 2)", losses, "float scalar", {
    floats,
    guard: ["np.min({y}) < np.max({y})"],
  }),
  np("np.mean(np.abs(({y} - {p}) / {y}))", losses, "float scalar", { floats, guard: ["0 not in {y}"] }),
  np("np.mean(np.maximum(0, 1 - {y} * {p}))", losses, "float scalar", { floats }),
  np("np.sum(({y} - {p}) ** 2)", losses, "scalar", { floats }),
  np("np.max(np.abs({y} - {p}))", losses, "scalar"),
  np("np.median(np.abs({y} - {p}))", losses, "float scalar"),
  np("np.count_nonzero(np.equal({a}, {b}))", { a: "vector", b: "vector" }, "int"),
  np(
    "np.bincount(np.multiply({a}, {m}) + {b}, minlength={m} ** 2).reshape({m}, {m})",
    { a: "integers", b: "integers", m: "int" },
    "matrix",
    {
      guard: ["len({a}) == len({b})", within("a", "m"), within("b", "m")],
      refuters: [{ a: [0, 1, 1, 2], b: [0, 2, 2, 1], m: 3 }],
      makes: ["m", "m"],
    },
  ),
  np("np.eye({m}, dtype=int)[{x}]", { x: "integers", m: "int" }, "matrix", {
    guard: [within("x", "m")],
    refuters: [{ x: [0, 2, 1, 1], m: 3 }],
    makes: ["m", "m"],
  }),
  using("from collections import Counter", "from scipy import stats")(
    "stats.entropy(list(Counter({x}).values()), base={base})",
    { x: "hashable items" },
    "float scalar",
    { vary: { base: ["2", "None"] }, floats: ELEMENTARY },
  ),
  counter(
    "1 - sum((count / len({x})) ** 2 for count in Counter({x}).values())",
    { x: "hashable items" },
    "float",
    {
      floats,
    },
  ),
  counter(
    "{value: count / len({x}) for value, count in Counter({x}).items()}",
    { x: "hashable items" },
    "dict",
    {
      floats,
    },
  ),
];
