// NetworkX: orders of visiting, structure, matchings, cuts and colourings.
//
// As in networkx.ts, functions of undirected graphs keep the original for adjacency that is not symmetric.

import { type Entry, using } from "../entry.ts";
import { FORMULA } from "../reasons.ts";

const nx = using("import networkx as nx");
/** Every neighbour is a node itself: where not, a loop over the dict raises. */
const closed = "{g.closed}";
const symmetric = "{g.symmetric}";
const start = ["{s} in {g.nodes}", closed];
const undirected = { guard: [closed, symmetric] };
const floats = FORMULA;
/** A triangle with a tail; two components; edges on one side only; a node without edges. */
const graphs = [
  {
    g: [
      [0, [1, 2]],
      [1, [0, 2]],
      [2, [0, 1, 3]],
      [3, [2]],
    ],
  },
  {
    g: [
      [0, [1]],
      [1, [0]],
      [2, [3]],
      [3, [2]],
      [4, []],
    ],
  },
  {
    g: [
      [0, [1, 2]],
      [1, [3]],
      [2, [3]],
      [3, []],
    ],
  },
  {
    g: [
      [0, [1, 3]],
      [1, [0, 2]],
      [2, [1, 3]],
      [3, [2, 0]],
    ],
  },
];
const from = graphs.map((one) => ({ ...one, s: 0 }));
const whole = { guard: [closed, symmetric], refuters: graphs };

export const entries: Entry[] = [
  nx("nx.bfs_layers({g}, {s})", { g: "digraph", s: "value" }, "iterator", { guard: start, refuters: from }),
  nx("nx.dfs_preorder_nodes({g}, {s})", { g: "digraph", s: "value" }, "iterator", {
    guard: start,
    refuters: from,
  }),
  nx("nx.dfs_postorder_nodes({g}, {s})", { g: "digraph", s: "value" }, "iterator", {
    guard: start,
    refuters: from,
  }),
  nx("nx.bfs_tree({g}, {s}).nodes", { g: "digraph", s: "value" }, "iterator", {
    guard: start,
    refuters: from,
  }),
  nx("nx.ancestors({g}, {s})", { g: "digraph", s: "value" }, "set", { guard: start, refuters: from }),
  nx("nx.topological_generations({g})", { g: "digraph" }, "iterator", { refuters: graphs }),
  nx("nx.weakly_connected_components({g})", { g: "digraph" }, "iterator", { refuters: graphs }),
  nx("nx.number_weakly_connected_components({g})", { g: "digraph" }, "int", { refuters: graphs }),
  nx("nx.is_weakly_connected({g})", { g: "digraph" }, "bool", { refuters: graphs }),
  nx("nx.is_strongly_connected({g})", { g: "digraph" }, "bool", { refuters: graphs }),
  nx("nx.is_tree({g})", { g: "graph" }, "bool", whole),
  nx("nx.is_forest({g})", { g: "graph" }, "bool", whole),
  nx("nx.is_eulerian({g})", { g: "graph" }, "bool", whole),
  nx("nx.has_eulerian_path({g})", { g: "graph" }, "bool", whole),
  nx("nx.articulation_points({g})", { g: "graph" }, "iterator", whole),
  nx("nx.bridges({g})", { g: "graph" }, "iterator", whole),
  nx("nx.biconnected_components({g})", { g: "graph" }, "iterator", whole),
  nx("nx.find_cliques({g})", { g: "graph" }, "iterator", whole),
  nx("max(map(len, nx.find_cliques({g})))", { g: "graph" }, "int", whole),
  nx("nx.isolates({g})", { g: "graph" }, "iterator", whole),
  nx("nx.number_of_edges({g})", { g: "graph" }, "int", whole),
  nx("nx.degree_histogram({g})", { g: "graph" }, "list", whole),
  nx("dict({g}.{side}())", { g: "digraph" }, "dict", {
    vary: { side: ["in_degree", "out_degree"] },
    refuters: graphs,
  }),
  nx("nx.{side}_degree_centrality({g})", { g: "digraph" }, "dict", {
    vary: { side: ["in", "out"] },
    refuters: graphs,
    floats,
  }),
  nx("nx.closeness_centrality({g}, wf_improved={wf})", { g: "digraph" }, "dict", {
    vary: { wf: ["True", "False"] },
    refuters: graphs,
    floats,
  }),
  nx("nx.harmonic_centrality({g})", { g: "digraph" }, "dict", { refuters: graphs, floats }),
  nx("nx.eigenvector_centrality({g}, max_iter=1000)", { g: "graph" }, "dict", { ...undirected, floats }),
  nx("nx.katz_centrality({g}, alpha={alpha})", { g: "graph", alpha: "number" }, "dict", {
    ...undirected,
    floats,
  }),
  nx("nx.average_neighbor_degree({g})", { g: "graph" }, "dict", { ...whole, floats }),
  nx("nx.square_clustering({g})", { g: "graph" }, "dict", { ...whole, floats }),
  nx("nx.eccentricity({g})", { g: "graph" }, "dict", whole),
  nx("nx.radius({g})", { g: "graph" }, "int", whole),
  nx("nx.center({g})", { g: "graph" }, "list", whole),
  nx("nx.periphery({g})", { g: "graph" }, "list", whole),
  nx("nx.average_shortest_path_length({g})", { g: "graph" }, "number", { ...whole, floats }),
  nx("nx.wiener_index({g})", { g: "graph" }, "number", { ...whole, floats }),
  nx("nx.global_efficiency({g})", { g: "graph" }, "number", { ...whole, floats }),
  nx("nx.reciprocity({g})", { g: "digraph" }, "number", { refuters: graphs, floats }),
  nx("nx.edge_connectivity({g})", { g: "graph" }, "int", whole),
  nx("nx.node_connectivity({g})", { g: "graph" }, "int", whole),
  nx("set(nx.k_core({g}, {k}))", { g: "graph", k: "int" }, "set", undirected),
  nx("nx.common_neighbors({g}, {s}, {t})", { g: "graph", s: "value", t: "value" }, "iterator", {
    ...undirected,
    refuters: graphs.map((one) => ({ ...one, s: 0, t: 2 })),
  }),
  nx("len(nx.max_weight_matching({g}, maxcardinality=True))", { g: "graph" }, "int", whole),
  nx("nx.greedy_color({g}, strategy=lambda graph, colors: graph)", { g: "graph" }, "dict", whole),
  nx('nx.greedy_color({g}, strategy="largest_first")', { g: "graph" }, "dict", whole),
  nx("nx.bipartite.color({g})", { g: "graph" }, "dict", whole),
  nx("{u: 1 - color for u, color in nx.bipartite.color({g}).items()}", { g: "graph" }, "dict", whole),
  nx("nx.all_simple_paths({g}, {s}, {t})", { g: "digraph", s: "value", t: "value" }, "iterator", {
    refuters: graphs.map((one) => ({ ...one, s: 0, t: 3 })),
  }),
  nx("nx.is_isomorphic({g}, {h})", { g: "graph", h: "graph" }, "bool", {
    guard: [closed, symmetric, "{h.closed}", "{h.symmetric}"],
  }),
  nx("nx.is_graphical({x})", { x: "integers" }, "bool", {
    refuters: [{ x: [3, 3, 1, 1] }, { x: [2, 2, 2] }, { x: [3, 2, 1] }, { x: [1, -1] }],
  }),
  nx("{u: dict(near) for u, near in nx.floyd_warshall({g}).items()}", { g: "weighted digraph" }, "dict", {
    guard: ["{g.nonnegative}"],
  }),
  nx('nx.maximum_spanning_tree({g}).size(weight="weight")', { g: "weighted graph" }, "number", { floats }),
  nx('int(nx.maximum_spanning_tree({g}).size(weight="weight"))', { g: "weighted graph" }, "int"),
  nx("nx.dag_longest_path_length({g})", { g: "weighted digraph" }, "number", {
    guard: ["{g.nonnegative}"],
  }),
  nx(
    'nx.minimum_cut_value({g}, {s}, {t}, capacity="weight")',
    { g: "weighted digraph", s: "value", t: "value" },
    "number",
    { guard: ["{s} in {g.nodes}", "{g.nonnegative}"] },
  ),
];
