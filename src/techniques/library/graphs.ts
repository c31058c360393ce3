// The forms in which programs without a graph library keep a graph, and how each becomes a NetworkX graph.

import { isListOrTuple, isMatrix, isReal, type Shape } from "./shapes.ts";
import type { Conversion, GraphKind } from "./slots.ts";

const NETWORKX = ["import networkx as nx"];

/** The ways to build the graph from a value of this shape; empty when it does not look like a graph. */
export function graphConversions(kind: GraphKind, shape: Shape): readonly Conversion[] {
  const simple = kind.endsWith("digraph") ? "nx.DiGraph" : "nx.Graph";
  // Lists may name an edge twice; a multigraph keeps both, as the lists do.
  const multi = kind.endsWith("digraph") ? "nx.MultiDiGraph" : "nx.MultiGraph";
  const form = formOf(shape);
  if (form === null) return [];
  if (kind.startsWith("weighted")) {
    const edges = WEIGHTED[form];
    if (!edges) return [];
    const text =
      form === "dict of dicts"
        ? `${simple}({u: {v: {"weight": w} for v, w in near.items()} for u, near in {}.items()})`
        : `${multi}((u, v, {"weight": w}) for ${edges})`;
    return [
      {
        text,
        imports: NETWORKX,
        conditions: { nodes: NODES[form], nonnegative: `all(w >= 0 for ${edges})`, symmetric: "" },
      },
    ];
  }
  if (form === "edges")
    return [
      {
        text: `${simple}({})`,
        imports: NETWORKX,
        conditions: { nodes: NODES[form], closed: "", symmetric: "" },
      },
    ];
  if (form === "weighted edges")
    return [
      {
        text: `${simple}((u, v) for u, v, w in {})`,
        imports: NETWORKX,
        conditions: { nodes: NODES[form], closed: "", symmetric: "" },
      },
    ];
  if (form === "dict of lists")
    return [
      {
        text: `${simple}({})`,
        imports: NETWORKX,
        conditions: {
          nodes: NODES[form],
          closed: "all(v in {} for near in {}.values() for v in near)",
          symmetric: "all(u in {}[v] for u in {} for v in {}[u])",
        },
      },
    ];
  if (form === "list of lists")
    return [
      {
        text: `${simple}(dict(enumerate({})))`,
        imports: NETWORKX,
        conditions: {
          nodes: NODES[form],
          closed: "all(0 <= v < len({}) for near in {} for v in near)",
          symmetric: "all(u in {}[v] for u, near in enumerate({}) for v in near)",
        },
      },
    ];
  return [];
}

/** A list of pairs of integers. */
export const isEdgeList = (shape: Shape): boolean => formOf(shape) === "edges" && isMatrix(shape);

type Form =
  | "dict of lists"
  | "dict of dicts"
  | "dict of pairs"
  | "list of lists"
  | "list of pairs"
  | "edges"
  | "weighted edges";

/** What a start node must be in. */
const NODES: Record<Form, string> = {
  "dict of lists": "{}",
  "dict of dicts": "{}",
  "dict of pairs": "{}",
  "list of lists": "range(len({}))",
  "list of pairs": "range(len({}))",
  edges: "{node for edge in {} for node in edge}",
  "weighted edges": "{node for edge in {} for node in edge[:2]}",
};

const WEIGHTED: Partial<Record<Form, string>> = {
  "dict of dicts": "u, near in {}.items() for v, w in near.items()",
  "dict of pairs": "u, near in {}.items() for v, w in near",
  "list of pairs": "u, near in enumerate({}) for v, w in near",
  "weighted edges": "u, v, w in {}",
};

function formOf(shape: Shape): Form | null {
  if (shape.is === "mapping") {
    const value = shape.value;
    if (value?.is === "mapping" && isReal(value.value)) return "dict of dicts";
    if (value?.is === "set") return "dict of lists";
    if (!isListOrTuple(value)) return null;
    return isWeightedPair(value.element, shape.key) ? "dict of pairs" : "dict of lists";
  }
  if (!isListOrTuple(shape)) return null;
  const row = shape.element;
  if (row?.is === "set") return "list of lists";
  if (!isListOrTuple(row)) return null;
  if (row.type === "tuple" || row.length.min === row.length.max) {
    if (row.length.min === 2 && row.length.max === 2 && isNode(row.element)) return "edges";
    if (row.length.min === 3 && row.length.max === 3 && isReal(row.positions?.[2] ?? row.element))
      return "weighted edges";
  }
  const item = row.element;
  if (item?.is === "number" && item.number === "int") return "list of lists";
  return isListOrTuple(item) && isWeightedPair(item, null) ? "list of pairs" : null;
}

const isNode = (shape: Shape | null): boolean =>
  shape?.is === "text" || (shape?.is === "number" && shape.number === "int") || shape?.is === "sequence";

/** `(node, weight)`, and not a node that is itself a pair of numbers. */
function isWeightedPair(shape: Shape | null, key: Shape | null): boolean {
  if (!isListOrTuple(shape) || shape.length.min !== 2 || shape.length.max !== 2) return false;
  if (key?.is === "sequence") return isListOrTuple(shape.positions?.[0] ?? null);
  return isReal(shape.positions?.[1] ?? shape.element);
}
