// The forms in which programs without a graph library keep a graph, and how each becomes a NetworkX graph.

import { isListOrTuple, isMatrix, isReal, type Shape } from "./shapes.ts";
import type { Conversion, GraphKind } from "./slots.ts";

const NETWORKX = ["import networkx as nx"];

/**
 * The ways to build the graph from a value of this shape; empty when it does not look like a graph. Code that walks over a
 * graph raises where a neighbour is no node itself, or takes it for a node without edges: of these each has its way.
 */
export function graphConversions(kind: GraphKind, shape: Shape): readonly Conversion[] {
  return formsOf(shape).flatMap((form) => {
    if (kind === "ranked graph") return ranked(form);
    const isWeighted = kind.startsWith("weighted");
    const text = (isWeighted ? weighted : plain)(form, kind.endsWith("digraph"));
    if (!text) return [];
    const conditions = conditionsOf(form, isWeighted);
    const closed = { text, imports: NETWORKX, conditions };
    return conditions.closed === ""
      ? [closed]
      : [closed, { ...closed, conditions: { ...conditions, closed: "" } }];
  });
}

/** Lists of neighbours as they are, whose nodes are numbered in their order. */
export function linkConversions(shape: Shape): Conversion[] {
  return formsOf(shape).flatMap((form) => {
    if (form !== "dict of lists" && form !== "list of lists") return [];
    const parts =
      form === "dict of lists"
        ? { pages: "list({})", near: "{}.values()" }
        : { pages: "range(len({}))", near: "{}" };
    const conditions = { ...parts, ...conditionsOf(form, false), single: "" };
    const single = `all(len(set(near)) == len(near) for near in ${parts.near})`;
    // Code that asks whether a page leads to another counts a link that is there twice once.
    return ["", single].map((one) => ({
      text: "{}",
      imports: [],
      conditions: { ...conditions, single: one },
    }));
  });
}

function conditionsOf(form: Form, isWeighted: boolean) {
  const edges = WEIGHTED[form];
  return {
    nodes: NODES[form],
    ends: ENDS[form] ?? "",
    closed: CLOSED[form] ?? "",
    nonnegative: edges ? `all(w >= 0 for ${edges})` : "",
    symmetric: isWeighted ? "" : (SYMMETRIC[form] ?? ""),
  };
}

function plain(form: Form, directed: boolean): string | null {
  const graph = directed ? "nx.DiGraph" : "nx.Graph";
  if (form === "edges" || form === "dict of lists") return `${graph}({})`;
  if (form === "weighted edges") return `${graph}((u, v) for u, v, w in {})`;
  if (form === "edges by weight") return `${graph}((u, v) for w, u, v in {})`;
  return form === "list of lists" ? `${graph}(dict(enumerate({})))` : null;
}

function weighted(form: Form, directed: boolean): string | null {
  if (form === "dict of dicts")
    return `nx.${directed ? "DiGraph" : "Graph"}({u: {v: {"weight": w} for v, w in near.items()} for u, near in {}.items()})`;
  // Lists may name an edge twice; a multigraph keeps both, as the lists do.
  const edges = WEIGHTED[form];
  return edges ? `nx.${directed ? "MultiDiGraph" : "MultiGraph"}((u, v, {"weight": w}) for ${edges})` : null;
}

/**
 * Edges by the place that a sort gives them, each with the tuple that stands for it: where weights tie, Kruskal's
 * algorithm takes the edge that comes first.
 */
function ranked(form: Form): Conversion[] {
  const [edge, weight] = form === "edges by weight" ? ["(w, u, v)", 0] : ["(u, v, w)", 2];
  if (form !== "edges by weight" && form !== "weighted edges") return [];
  const key = `key=lambda edge: edge[${weight}]`;
  const orders = [
    ...(weight === 0 ? ["sorted({})"] : []),
    `sorted({}, ${key})`,
    `sorted({}, ${key}, reverse=True)`,
  ];
  const given = [edge!, ...["(u, v)", "(u, v, w)", "(w, u, v)"].filter((one) => one !== edge)];
  return orders.flatMap((order) =>
    given.map((one) => ({
      text: `nx.MultiGraph((u, v, {"rank": rank, "edge": ${one}}) for rank, ${edge} in enumerate(${order}))`,
      imports: NETWORKX,
      conditions: conditionsOf(form, true),
    })),
  );
}

/** A list of pairs of integers. */
export const isEdgeList = (shape: Shape): boolean => formsOf(shape).includes("edges") && isMatrix(shape);

type Form =
  | "dict of lists"
  | "dict of dicts"
  | "dict of pairs"
  | "list of lists"
  | "list of pairs"
  | "edges"
  | "weighted edges"
  | "edges by weight";

/** What a start node must be in. */
const NODES: Record<Form, string> = {
  "dict of lists": "{}",
  "dict of dicts": "{}",
  "dict of pairs": "{}",
  "list of lists": "range(len({}))",
  "list of pairs": "range(len({}))",
  edges: "{node for edge in {} for node in edge}",
  "weighted edges": "{node for edge in {} for node in edge[:2]}",
  "edges by weight": "{node for edge in {} for node in edge[1:]}",
};

const WEIGHTED: Partial<Record<Form, string>> = {
  "dict of dicts": "u, near in {}.items() for v, w in near.items()",
  "dict of pairs": "u, near in {}.items() for v, w in near",
  "list of pairs": "u, near in enumerate({}) for v, w in near",
  "weighted edges": "u, v, w in {}",
  "edges by weight": "w, u, v in {}",
};

/** The nodes that edges name, each as often as it is named. */
const ENDS: Partial<Record<Form, string>> = {
  edges: "for edge in {} for node in edge",
  "weighted edges": "for u, v, w in {} for node in (u, v)",
  "edges by weight": "for w, u, v in {} for node in (u, v)",
  "dict of lists": "for near in {}.values() for node in near",
  "dict of dicts": "for near in {}.values() for node in near",
  "dict of pairs": "for near in {}.values() for node, w in near",
  "list of lists": "for near in {} for node in near",
  "list of pairs": "for near in {} for node, w in near",
};

/** Every neighbour is a node itself, and every edge whole: of others NetworkX makes what it can. */
const CLOSED: Partial<Record<Form, string>> = {
  "weighted edges": "all(len(edge) == 3 for edge in {})",
  "edges by weight": "all(len(edge) == 3 for edge in {})",
  "dict of lists": "all(v in {} for near in {}.values() for v in near)",
  "dict of dicts": "all(v in {} for near in {}.values() for v in near)",
  "dict of pairs": "all(v in {} for near in {}.values() for v, w in near)",
  "list of lists": "all(0 <= v < len({}) for near in {} for v in near)",
  "list of pairs": "all(0 <= v < len({}) for near in {} for v, w in near)",
};

const SYMMETRIC: Partial<Record<Form, string>> = {
  "dict of lists": "all(u in {}[v] for u in {} for v in {}[u])",
  "list of lists": "all(u in {}[v] for u, near in enumerate({}) for v in near)",
};

/** Mostly one; three numbers may be an edge and its weight in two orders. */
function formsOf(shape: Shape): readonly Form[] {
  if (shape.is === "mapping") {
    const value = shape.value;
    if (value?.is === "mapping" && isReal(value.value)) return ["dict of dicts"];
    if (value?.is === "set") return ["dict of lists"];
    if (!isListOrTuple(value)) return [];
    return [isWeightedPair(value.element, shape.key) ? "dict of pairs" : "dict of lists"];
  }
  if (!isListOrTuple(shape)) return [];
  const row = shape.element;
  if (row?.is === "set") return ["list of lists"];
  if (!isListOrTuple(row)) return [];
  if (row.type === "tuple" || row.length.min === row.length.max) {
    const at = (place: number) => row.positions?.[place] ?? row.element;
    if (row.length.min === 2 && row.length.max === 2 && isNode(row.element)) return ["edges"];
    if (row.length.min === 3 && row.length.max === 3) {
      const last: Form[] = isReal(at(2)) ? ["weighted edges"] : [];
      const first: Form[] = isReal(at(0)) && isNode(at(1)) && isNode(at(2)) ? ["edges by weight"] : [];
      if (last.length + first.length > 0) return [...last, ...first];
    }
  }
  const item = row.element;
  if (item?.is === "number" && item.number === "int") return ["list of lists"];
  return isListOrTuple(item) && isWeightedPair(item, null) ? ["list of pairs"] : [];
}

const isNode = (shape: Shape | null): boolean =>
  shape?.is === "text" || (shape?.is === "number" && shape.number === "int") || shape?.is === "sequence";

/** `(node, weight)`, and not a node that is itself a pair of numbers. */
function isWeightedPair(shape: Shape | null, key: Shape | null): boolean {
  if (!isListOrTuple(shape) || shape.length.min !== 2 || shape.length.max !== 2) return false;
  if (key?.is === "sequence") return isListOrTuple(shape.positions?.[0] ?? null);
  return isReal(shape.positions?.[1] ?? shape.element);
}
