// scipy.spatial: distances between points, and nearest neighbours.

import { type Entry, using } from "../entry.ts";
import { SUMMATION } from "../reasons.ts";

const cdist = using("from scipy.spatial.distance import cdist");
const pdist = using("from scipy.spatial.distance import pdist");
const square = using(
  "from scipy.spatial.distance import pdist",
  "from scipy.spatial.distance import squareform",
);
const distance = using("from scipy.spatial import distance");
const floats = SUMMATION;
const metric = {
  metric: [
    "euclidean",
    "sqeuclidean",
    "cityblock",
    "chebyshev",
    "cosine",
    "correlation",
    "canberra",
    "braycurtis",
    "hamming",
  ].map((name) => `"${name}"`),
};

export const entries: Entry[] = [
  cdist("cdist({a}, {b}, {metric})", { a: "matrix", b: "matrix" }, "float matrix", {
    vary: metric,
    floats,
    makes: ["a", "b"],
  }),
  cdist('cdist({a}, {b}, "minkowski", p={p})', { a: "matrix", b: "matrix", p: "number" }, "float matrix", {
    floats,
    makes: ["a", "b"],
  }),
  cdist("cdist({a}, {b}, {metric}).min(axis=1)", { a: "matrix", b: "matrix" }, "float vector", {
    vary: metric,
    floats,
    makes: ["a", "b"],
  }),
  cdist("cdist({a}, {b}, {metric}).argmin(axis=1)", { a: "matrix", b: "matrix" }, "vector", {
    vary: { metric: ['"euclidean"', '"sqeuclidean"', '"cityblock"', '"chebyshev"'] },
    makes: ["a", "b"],
  }),
  cdist("cdist({a}, {b}, {metric}).sum()", { a: "matrix", b: "matrix" }, "float scalar", {
    vary: metric,
    floats,
    makes: ["a", "b"],
  }),
  cdist("cdist({a}, {b}, {metric}).max()", { a: "matrix", b: "matrix" }, "float scalar", {
    vary: metric,
    floats,
    makes: ["a", "b"],
  }),
  cdist("cdist([{a}], {b}, {metric})[0]", { a: "vector", b: "matrix" }, "float vector", {
    vary: metric,
    floats,
  }),
  cdist("cdist([{a}], {b}, {metric}).argmin()", { a: "vector", b: "matrix" }, "scalar", {
    vary: { metric: ['"euclidean"', '"sqeuclidean"', '"cityblock"'] },
  }),
  pdist("pdist({a}, {metric})", { a: "matrix" }, "float vector", { vary: metric, floats, makes: ["a", "a"] }),
  pdist("pdist({a}, {metric}).{reduce}()", { a: "matrix" }, "float scalar", {
    vary: { metric: ['"euclidean"', '"sqeuclidean"', '"cityblock"'], reduce: ["sum", "mean", "max", "min"] },
    floats,
    makes: ["a", "a"],
  }),
  square("squareform(pdist({a}, {metric}))", { a: "matrix" }, "float matrix", {
    vary: metric,
    floats,
    makes: ["a", "a"],
  }),
  distance("distance.{metric}({a}, {b})", { a: "vector", b: "vector" }, "float scalar", {
    vary: {
      metric: [
        "euclidean",
        "sqeuclidean",
        "cityblock",
        "chebyshev",
        "cosine",
        "correlation",
        "canberra",
        "braycurtis",
        "hamming",
        "jaccard",
      ],
    },
    floats,
  }),
  distance("distance.directed_hausdorff({a}, {b})[0]", { a: "matrix", b: "matrix" }, "float", { floats }),
  using("from scipy.spatial import KDTree")(
    "KDTree({b}).query({a})[{which}]",
    { a: "matrix", b: "matrix" },
    "vector",
    { vary: { which: ["0", "1"] }, floats },
  ),
];
