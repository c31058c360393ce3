// How a value is used where it stands: the question that techniques ask of every place where a variable occurs.

import type { Call, expr, Node } from "./ast.generated.ts";
import type { SourceFile } from "./file.ts";
import { parents } from "./walk.ts";

export type Use =
  /** `v.method(...)`: `node` is the call. */
  | { kind: "method"; method: string; node: Call }
  /** `v.attribute` otherwise, read, bound or deleted. */
  | { kind: "attribute"; attribute: string; node: Node; stored: boolean }
  /** `v[index]`. */
  | { kind: "subscript"; index: expr; node: Node; stored: boolean }
  /** An argument of a call; `callee` is the name of the called function where it is a plain name or dotted. */
  | { kind: "argument"; callee: string | null; node: Call; position: number | null }
  /** The right side of `x in v` or `x not in v`. */
  | { kind: "container"; negated: boolean; element: expr; node: Extract<Node, { kind: "Compare" }> }
  /** What a `for` or a comprehension runs over. */
  | { kind: "iterated"; node: Node }
  /** Only its truth matters: `if v`, `while v`, `not v`, `assert v`. */
  | { kind: "truth"; node: Node }
  /** The name itself is bound, deleted, or the target of `+=`. */
  | { kind: "bound"; node: Node }
  /** The whole right side of `target = v`: another name for the same object. */
  | { kind: "aliased"; node: Node }
  /** What a `return` or `yield` gives, alone or as one of several values: `return a, v`. */
  | { kind: "returned"; node: Node }
  /** Anything else: compared, added, put into a container, unpacked, formatted, … */
  | { kind: "other"; node: Node };

const parentsOf = new WeakMap<Node, Map<Node, Node>>();

/** The parents in a file's tree; computed once per tree. */
export function parentMap(file: Pick<SourceFile, "tree">): Map<Node, Node> {
  let map = parentsOf.get(file.tree);
  if (!map) {
    map = parents(file.tree);
    parentsOf.set(file.tree, map);
  }
  return map;
}

/** How the value of `node` (a Name, an Attribute, any expression) is used by what is around it. */
export function useOf(file: Pick<SourceFile, "tree">, node: Node): Use {
  const map = parentMap(file);
  const parent = map.get(node);
  if (!parent) return { kind: "other", node };
  if ((node.kind === "Name" || node.kind === "Attribute" || node.kind === "Subscript") && node.ctx !== "Load")
    return { kind: "bound", node: parent };
  switch (parent.kind) {
    case "Attribute": {
      const call = map.get(parent);
      if (parent.ctx === "Load" && call?.kind === "Call" && call.func === parent)
        return { kind: "method", method: parent.attr, node: call };
      return { kind: "attribute", attribute: parent.attr, node: parent, stored: parent.ctx !== "Load" };
    }
    case "Subscript":
      if (parent.value === node)
        return { kind: "subscript", index: parent.slice, node: parent, stored: parent.ctx !== "Load" };
      break;
    case "Call": {
      const position = parent.args.indexOf(node as expr);
      if (position >= 0) return { kind: "argument", callee: dottedName(parent.func), node: parent, position };
      break;
    }
    case "keyword": {
      const call = map.get(parent);
      if (call?.kind === "Call")
        return { kind: "argument", callee: dottedName(call.func), node: call, position: null };
      break;
    }
    case "Compare": {
      const place = parent.comparators.indexOf(node as expr);
      const op = parent.ops[place];
      if ((op === "In" || op === "NotIn") && parent.ops.length === 1)
        return { kind: "container", negated: op === "NotIn", element: parent.left, node: parent };
      break;
    }
    case "For":
    case "AsyncFor":
    case "comprehension":
      if (parent.iter === node) return { kind: "iterated", node: parent };
      break;
    case "If":
    case "While":
    case "IfExp":
    case "Assert":
      if (parent.test === node) return { kind: "truth", node: parent };
      break;
    case "UnaryOp":
      if (parent.op === "Not") return { kind: "truth", node: parent };
      break;
    case "Assign":
    case "AnnAssign":
    case "NamedExpr":
      return { kind: "aliased", node: parent };
    case "Return":
    case "Yield":
      return { kind: "returned", node: parent };
    case "Tuple": {
      const around = map.get(parent);
      if (around?.kind === "Return") return { kind: "returned", node: around };
      break;
    }
    case "Expr":
      return { kind: "truth", node: parent };
  }
  return { kind: "other", node: parent };
}

/** `a.b.c` for a name with attributes; null for anything else. */
export function dottedName(node: Node): string | null {
  const parts: string[] = [];
  let at = node;
  while (at.kind === "Attribute") {
    parts.unshift(at.attr);
    at = at.value;
  }
  return at.kind === "Name" ? [at.id, ...parts].join(".") : null;
}
