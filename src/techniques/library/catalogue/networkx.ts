// NetworkX, on graphs kept as adjacency dicts, adjacency lists or edge lists.
//
// A hand-written walk over a dict of neighbours follows the edges as listed, so it is a directed graph. Functions of
// undirected graphs keep the original for adjacency that is not symmetric.

import { type Entry, using } from "../entry.ts";
import { FORMULA } from "../reasons.ts";

const nx = using("import networkx as nx");
const reach = using("from math import inf", "import networkx as nx");
const member = "{s} in {g.nodes}";
const symmetric = "{g.symmetric}";
/** Every neighbour is a node itself: where not, most loops over the dict raise. */
const closed = "{g.closed}";
const nonnegative = "{g.nonnegative}";
const floats = FORMULA;
/** Weights that tie, an edge to its own node, one edge twice. */
const tied = [
  {
    g: [
      [0, 1, 2],
      [1, 2, 2],
      [2, 0, 2],
      [3, 3, 1],
      [2, 3, 2],
      [3, 2, 2],
    ],
    n: 4,
  },
];

export const entries: Entry[] = [
  nx("nx.single_source_shortest_path_length({g}, {s})", { g: "digraph", s: "value" }, "dict", {
    guard: [member, closed],
  }),
  nx("nx.shortest_path_length({g}, {s}, {t})", { g: "digraph", s: "value", t: "value" }, "int"),
  nx("nx.shortest_path({g}, {s}, {t})", { g: "digraph", s: "value", t: "value" }, "list"),
  nx("nx.has_path({g}, {s}, {t})", { g: "digraph", s: "value", t: "value" }, "bool"),
  nx("nx.descendants({g}, {s})", { g: "digraph", s: "value" }, "set", { guard: [member, closed] }),
  nx("nx.descendants({g}, {s}) | {{s}}", { g: "digraph", s: "value" }, "set", { guard: [member, closed] }),
  nx("nx.single_source_dijkstra_path_length({g}, {s})", { g: "weighted digraph", s: "value" }, "dict", {
    guard: [member, closed, nonnegative],
  }),
  reach(
    "dict.fromkeys({a}, inf) | nx.single_source_dijkstra_path_length({g}, {s})",
    { a: "mapping", g: "weighted digraph", s: "value" },
    "dict",
    { guard: [member, closed, nonnegative] },
  ),
  // The start is at 0 for NetworkX, and at 0.0 where a program says so.
  nx(
    "nx.single_source_dijkstra_path_length({g}, {s}) | {{s}: 0.0}",
    { g: "weighted digraph", s: "value" },
    "dict",
    { guard: [member, closed, nonnegative] },
  ),
  reach(
    "dict.fromkeys({a}, inf) | nx.single_source_dijkstra_path_length({g}, {s}) | {{s}: 0.0}",
    { a: "mapping", g: "weighted digraph", s: "value" },
    "dict",
    { guard: [member, closed, nonnegative] },
  ),
  nx("nx.dijkstra_path_length({g}, {s}, {t})", { g: "weighted digraph", s: "value", t: "value" }, "number", {
    guard: [member, closed, nonnegative],
  }),
  nx("nx.dijkstra_path_length({g}, {s}, {t})", { g: "weighted graph", s: "value", t: "value" }, "number", {
    guard: [member, closed, nonnegative],
  }),
  nx("nx.dijkstra_path({g}, {s}, {t})", { g: "weighted digraph", s: "value", t: "value" }, "list", {
    guard: [member, closed, nonnegative],
  }),
  nx("nx.single_source_bellman_ford_path_length({g}, {s})", { g: "weighted digraph", s: "value" }, "dict"),
  nx("dict(nx.all_pairs_shortest_path_length({g}))", { g: "digraph" }, "dict", { most: { g: 3000 } }),
  nx("dict(nx.all_pairs_dijkstra_path_length({g}))", { g: "weighted digraph" }, "dict", {
    guard: [nonnegative],
    most: { g: 3000 },
  }),
  nx("nx.connected_components({g})", { g: "graph" }, "iterator", { guard: [symmetric] }),
  nx("nx.number_connected_components({g})", { g: "graph" }, "int", { guard: [symmetric] }),
  nx(
    "nx.number_connected_components(nx.compose(nx.empty_graph({n}), {g}))",
    { n: "nodes", g: "graph" },
    "int",
    {
      guard: [symmetric],
    },
  ),
  nx(
    "nx.connected_components(nx.compose(nx.empty_graph({n}), {g}))",
    { n: "nodes", g: "graph" },
    "iterator",
    {
      guard: [symmetric],
    },
  ),
  nx("max(map(len, nx.connected_components({g})))", { g: "graph" }, "int", { guard: [symmetric] }),
  nx("nx.is_connected({g})", { g: "graph" }, "bool", { guard: [symmetric] }),
  nx("nx.strongly_connected_components({g})", { g: "digraph" }, "iterator"),
  nx("nx.number_strongly_connected_components({g})", { g: "digraph" }, "int"),
  nx("nx.is_directed_acyclic_graph({g})", { g: "digraph" }, "bool"),
  nx("nx.is_bipartite({g})", { g: "graph" }, "bool", { guard: [symmetric] }),
  nx("nx.topological_sort({g})", { g: "digraph" }, "iterator"),
  nx("nx.lexicographical_topological_sort({g})", { g: "digraph" }, "iterator"),
  nx("nx.dag_longest_path_length({g})", { g: "digraph" }, "int"),
  ...[{}, { n: "nodes" as const }].flatMap((nodes) => {
    const guard = ["{g.closed}", ...("n" in nodes ? ["{n.holds}{g.ends})", "{n.distinct}"] : [])];
    return [
      nx(
        'sum(edge["weight"] for *_, edge in nx.minimum_spanning_edges({g}, keys=False))',
        { ...nodes, g: "weighted graph" },
        "number",
        { floats, guard },
      ),
      nx(
        '[edge["edge"] for *_, edge in nx.minimum_spanning_edges({g}, weight="rank", keys=False)]',
        { ...nodes, g: "ranked graph" },
        "list",
        { guard, refuters: "n" in nodes ? tied : tied.map(({ g }) => ({ g })) },
      ),
    ];
  }),
  nx("nx.pagerank({g})", { g: "digraph" }, "dict", { floats }),
  nx("nx.pagerank({g}, alpha={alpha})", { g: "digraph", alpha: "number" }, "dict", { floats }),
  nx("nx.pagerank({g}, alpha={alpha}, tol={tol})", { g: "digraph", alpha: "number", tol: "number" }, "dict", {
    floats,
  }),
  nx("nx.degree_centrality({g})", { g: "graph" }, "dict", { guard: [symmetric], floats }),
  nx("nx.closeness_centrality({g})", { g: "graph" }, "dict", { guard: [symmetric], floats }),
  nx("nx.betweenness_centrality({g}, normalized={normalized})", { g: "graph" }, "dict", {
    guard: [symmetric],
    vary: { normalized: ["True", "False"] },
    floats,
  }),
  nx("nx.betweenness_centrality({g}, normalized={normalized})", { g: "digraph" }, "dict", {
    vary: { normalized: ["True", "False"] },
    floats,
  }),
  nx("nx.clustering({g})", { g: "graph" }, "dict", { guard: [symmetric], floats }),
  nx("nx.average_clustering({g})", { g: "graph" }, "number", { guard: [symmetric], floats }),
  nx("nx.transitivity({g})", { g: "graph" }, "number", { guard: [symmetric], floats }),
  nx("nx.triangles({g})", { g: "graph" }, "dict", { guard: [symmetric] }),
  nx("sum(nx.triangles({g}).values()) // 3", { g: "graph" }, "int", { guard: [symmetric] }),
  nx("nx.core_number({g})", { g: "graph" }, "dict", { guard: [symmetric] }),
  nx("nx.diameter({g})", { g: "graph" }, "int", { guard: [symmetric] }),
  nx("nx.density({g})", { g: "graph" }, "number", { guard: [symmetric], floats }),
  nx("dict(nx.degree({g}))", { g: "graph" }, "dict", { guard: [symmetric] }),
  nx(
    'nx.maximum_flow_value({g}, {s}, {t}, capacity="weight")',
    { g: "weighted digraph", s: "value", t: "value" },
    "number",
    {
      guard: [member, closed, nonnegative],
    },
  ),
];
