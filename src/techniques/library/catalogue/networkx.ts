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
const nonnegative = "{g.nonnegative}";
const floats = FORMULA;

export const entries: Entry[] = [
  nx("nx.single_source_shortest_path_length({g}, {s})", { g: "digraph", s: "value" }, "dict"),
  nx("nx.shortest_path_length({g}, {s}, {t})", { g: "digraph", s: "value", t: "value" }, "int"),
  nx("nx.shortest_path({g}, {s}, {t})", { g: "digraph", s: "value", t: "value" }, "list"),
  nx("nx.has_path({g}, {s}, {t})", { g: "digraph", s: "value", t: "value" }, "bool"),
  nx("nx.descendants({g}, {s})", { g: "digraph", s: "value" }, "set"),
  nx("nx.descendants({g}, {s}) | {{s}}", { g: "digraph", s: "value" }, "set"),
  nx("nx.single_source_dijkstra_path_length({g}, {s})", { g: "weighted digraph", s: "value" }, "dict", {
    guard: [member, nonnegative],
  }),
  reach(
    "dict.fromkeys({a}, inf) | nx.single_source_dijkstra_path_length({g}, {s})",
    { a: "mapping", g: "weighted digraph", s: "value" },
    "dict",
    { guard: [member, nonnegative] },
  ),
  // The start is at 0 for NetworkX, and at 0.0 where a program says so.
  nx(
    "nx.single_source_dijkstra_path_length({g}, {s}) | {{s}: 0.0}",
    { g: "weighted digraph", s: "value" },
    "dict",
    { guard: [member, nonnegative] },
  ),
  reach(
    "dict.fromkeys({a}, inf) | nx.single_source_dijkstra_path_length({g}, {s}) | {{s}: 0.0}",
    { a: "mapping", g: "weighted digraph", s: "value" },
    "dict",
    { guard: [member, nonnegative] },
  ),
  nx("nx.dijkstra_path_length({g}, {s}, {t})", { g: "weighted digraph", s: "value", t: "value" }, "number", {
    guard: [member, nonnegative],
  }),
  nx("nx.dijkstra_path_length({g}, {s}, {t})", { g: "weighted graph", s: "value", t: "value" }, "number", {
    guard: [member, nonnegative],
  }),
  nx("nx.dijkstra_path({g}, {s}, {t})", { g: "weighted digraph", s: "value", t: "value" }, "list", {
    guard: [member, nonnegative],
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
  nx('nx.minimum_spanning_tree({g}).size(weight="weight")', { g: "weighted graph" }, "number", { floats }),
  nx('int(nx.minimum_spanning_tree({g}).size(weight="weight"))', { g: "weighted graph" }, "int"),
  nx(
    'nx.minimum_spanning_tree(nx.compose(nx.empty_graph({n}, nx.MultiGraph), {g})).size(weight="weight")',
    { n: "nodes", g: "weighted graph" },
    "number",
    { floats },
  ),
  nx(
    'int(nx.minimum_spanning_tree(nx.compose(nx.empty_graph({n}, nx.MultiGraph), {g})).size(weight="weight"))',
    { n: "nodes", g: "weighted graph" },
    "int",
  ),
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
      guard: [member, nonnegative],
    },
  ),
];
