// The kinds of value an entry may ask for, which observed shapes serve, and how each is handed over.

import { graphConversions, isEdgeList, linkConversions } from "./graphs.ts";
import { isListOrTuple, isMatrix, isReal, isSquare, isVector, type Shape } from "./shapes.ts";

/**
 * `vector`, `matrix`, `square`: real numbers, nested lists or arrays alike, given as they are;
 * `array1`, `array2`: the same, made an array first where they are lists (for operators and methods);
 * `array`: an array of any dimension; `numbers`: a list or tuple of Python numbers; `rows`: a list of those;
 * `integers`: a list, tuple or array of integers; `items`: any list or tuple; `hashable items`: of hashable elements;
 * `texts`: of strings; `mapping`, `set`; `text`, `bytes`; `int`, `number` (a Python or NumPy real), `value` (anything
 * simple, and tuples of it); `callable`; `edges`: a list of pairs of integers;
 * `links`: for each node the nodes that it leads to, given as they are, with the parts `pages` and `near`;
 * `nodes`: how many nodes there are, or a list of them. The graph kinds are NetworkX graphs built from adjacency dicts and
 * lists or edge lists; in a `ranked graph` the edges of a list have their place in a sort, and the tuple that stands for each.
 */
export type SlotKind =
  | "vector"
  | "matrix"
  | "square"
  | "array1"
  | "array2"
  | "array"
  | "numbers"
  | "rows"
  | "integers"
  | "items"
  | "hashable items"
  | "texts"
  | "nested"
  | "mapping"
  | "set"
  | "text"
  | "bytes"
  | "int"
  | "number"
  | "value"
  | "callable"
  | "edges"
  | "nodes"
  | "links"
  | GraphKind;

export type GraphKind = "graph" | "digraph" | "weighted graph" | "weighted digraph" | "ranked graph";

/** A way to hand a value over: `{}` stands for the value's own expression. */
export interface Conversion {
  text: string;
  imports: readonly string[];
  /** Conditions that entries may name in their guard; "" where the form itself ensures it. */
  conditions?: Readonly<Record<string, string>>;
}

const AS_IS: Conversion = { text: "{}", imports: [] };
const AS_ARRAY: Conversion = { text: "np.array({})", imports: ["import numpy as np"] };
const YES = [AS_IS];

/** The ways a value of this shape can fill a slot of that kind; empty when it cannot. */
export function conversions(kind: SlotKind, shape: Shape): readonly Conversion[] {
  const when = (holds: boolean) => (holds ? YES : []);
  const arrayed = (holds: boolean) => (!holds ? [] : shape.is === "array" ? YES : [AS_ARRAY]);
  switch (kind) {
    case "vector":
      return when(isVector(shape));
    case "matrix":
      return when(isMatrix(shape));
    case "square":
      return when(isSquare(shape));
    case "array1":
      return arrayed(isVector(shape));
    case "array2":
      return arrayed(isMatrix(shape));
    case "array":
      return when(shape.is === "array" && "biufc".includes(shape.dtype));
    case "numbers":
      return when(isListOrTuple(shape) && isReal(shape.element));
    case "rows":
      return when(isListOrTuple(shape) && isListOrTuple(shape.element) && isReal(shape.element.element));
    case "integers":
      return when(
        (shape.is === "array" && shape.ndim === 1 && "biu".includes(shape.dtype)) ||
          (isListOrTuple(shape) && shape.element?.is === "number" && shape.element.number === "int"),
      );
    case "items":
      return when(isListOrTuple(shape));
    case "hashable items":
      return when(isListOrTuple(shape) && shape.hashable);
    case "texts":
      return when(isListOrTuple(shape) && shape.element?.is === "text");
    case "nested":
      return when(isListOrTuple(shape) && isListOrTuple(shape.element));
    case "mapping":
      return when(shape.is === "mapping");
    case "set":
      return when(shape.is === "set");
    case "text":
      return when(shape.is === "text");
    case "bytes":
      return when(shape.is === "bytes");
    case "int":
      return when(shape.is === "number" && shape.number === "int");
    case "number":
      return when(isReal(shape) && !(shape.is === "number" && shape.number === "bool"));
    case "value":
      return when(
        shape.is === "text" ||
          shape.is === "number" ||
          (isListOrTuple(shape) && shape.type === "tuple" && shape.hashable),
      );
    case "callable":
      return when(shape.is === "function");
    case "edges":
      return when(isEdgeList(shape));
    case "nodes":
      if (shape.is === "number" && shape.number === "int")
        return [
          {
            ...AS_IS,
            conditions: { holds: "all(isinstance(node, int) and node in range({}) ", distinct: "" },
          },
        ];
      return isListOrTuple(shape) && shape.hashable
        ? [
            {
              ...AS_IS,
              conditions: { holds: "set({}).issuperset(node ", distinct: "len(set({})) == len({})" },
            },
          ]
        : [];
    case "links":
      return linkConversions(shape);
    default:
      return graphConversions(kind, shape);
  }
}
