// scipy.sparse.csgraph on matrices of weights.
//
// In a dense matrix csgraph takes zero, infinity and NaN for "no edge". `csgraph_from_dense(…, null_value=inf)` keeps zero
// weights as edges, which is what a loop over the matrix sees. The guards keep the original for negative weights (a
// negative cycle is an error to SciPy), for a diagonal that is not zero, and for asymmetric matrices where it matters.

import { type Entry, using } from "../entry.ts";
import { SUMMATION } from "../reasons.ts";

const graph = (name: string) =>
  using(
    "import numpy as np",
    "from scipy.sparse.csgraph import csgraph_from_dense",
    `from scipy.sparse.csgraph import ${name}`,
  );
const dense = (name: string) => using(`from scipy.sparse.csgraph import ${name}`);
const edges = "csgraph_from_dense({w}, null_value=np.inf)";
const zeroDiagonal = "np.min({w}) >= 0 and not np.any(np.diagonal({w}))";
const nonnegative = "np.min({w}) >= 0";
const symmetric = "np.array_equal({w}, np.transpose({w}))";
const refuters = [
  {
    w: [
      [0, 9, 9, 1],
      [1, 0, 9, 9],
      [9, 1, 0, 9],
      [9, 9, 1, 0],
    ],
  },
  {
    w: [
      [0, 1, 9, 9],
      [9, 0, 1, 9],
      [9, 9, 0, 1],
      [1, 9, 9, 0],
    ],
  },
  {
    w: [
      [0, 3, 8, 5],
      [3, 0, 2, 9],
      [8, 2, 0, 4],
      [5, 9, 4, 0],
    ],
  },
  {
    w: [
      [0, 4, "inf"],
      [1, 0, 2],
      [7, "inf", 0],
    ],
  },
  {
    w: [
      [0, 0, 5],
      [0, 0, 3],
      [5, 3, 0],
    ],
  },
  {
    w: [
      [0, "inf", "inf"],
      ["inf", 0, 1],
      ["inf", 1, 0],
    ],
  },
  {
    w: [
      [0, 2, 2],
      [2, 0, 2],
      [2, 2, 0],
    ],
  },
];
const zeroIsNoEdge = [
  {
    w: [
      [0, 4, 0],
      [1, 0, 2],
      [7, 0, 0],
    ],
  },
  {
    w: [
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 0],
    ],
  },
];
const floats = SUMMATION;

const sparse = using(
  "import numpy as np",
  "from scipy.sparse import coo_array",
  "from scipy.sparse.csgraph import connected_components",
);
const links = "coo_array((np.ones(len({e})), np.transpose({e})), shape=({n}, {n}))";
const oneSided = [
  {
    e: [
      [0, 1],
      [2, 1],
      [3, 4],
      [4, 3],
      [5, 5],
    ],
    n: 6,
  },
];

export const entries: Entry[] = [
  sparse(`connected_components(${links}, directed={directed})[0]`, { e: "edges", n: "int" }, "int", {
    vary: { directed: ["False", "True"] },
    refuters: oneSided,
  }),
  sparse(`connected_components(${links}, directed={directed})[1]`, { e: "edges", n: "int" }, "vector", {
    vary: { directed: ["False", "True"] },
    refuters: oneSided,
  }),
  graph("floyd_warshall")(`floyd_warshall(${edges})`, { w: "square" }, "float matrix", {
    guard: [zeroDiagonal],
    refuters,
    floats,
  }),
  graph("shortest_path")(`shortest_path(${edges}, method="D")`, { w: "square" }, "float matrix", {
    guard: [zeroDiagonal],
    refuters,
    floats,
  }),
  dense("shortest_path")(
    'shortest_path({w}, method="D", unweighted={hops})',
    { w: "square" },
    "float matrix",
    {
      vary: { hops: ["False", "True"] },
      guard: ["min(map(min, {w})) >= 0"],
      refuters: zeroIsNoEdge,
      floats,
    },
  ),
  graph("dijkstra")(`dijkstra(${edges}, indices={s})`, { w: "square", s: "int" }, "float vector", {
    guard: [nonnegative],
    refuters,
    floats,
  }),
  dense("dijkstra")(
    "dijkstra({w}, indices={s}, unweighted={hops})",
    { w: "square", s: "int" },
    "float vector",
    {
      vary: { hops: ["False", "True"] },
      guard: ["min(map(min, {w})) >= 0"],
      refuters: zeroIsNoEdge,
      floats,
    },
  ),
  graph("minimum_spanning_tree")(`minimum_spanning_tree(${edges}).sum()`, { w: "square" }, "float scalar", {
    guard: [symmetric, "np.all(np.isfinite({w}))"],
    refuters,
    floats,
  }),
  dense("minimum_spanning_tree")("minimum_spanning_tree({w}).sum()", { w: "square" }, "float scalar", {
    refuters: zeroIsNoEdge,
    floats,
  }),
  dense("connected_components")("connected_components({w}, directed={directed})[0]", { w: "array2" }, "int", {
    vary: { directed: ["False", "True"] },
    refuters: zeroIsNoEdge,
  }),
  dense("connected_components")(
    "connected_components({w}, directed={directed})[1]",
    { w: "array2" },
    "vector",
    {
      vary: { directed: ["False", "True"] },
      refuters: zeroIsNoEdge,
    },
  ),
];
