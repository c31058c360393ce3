// Expressions that give the same value at every turn of a loop and cannot fail: what they cost, and what they need.

import type { Call, expr, Node } from "../../source/ast.generated.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { walk } from "../../source/walk.ts";
import { isOnly, itemsOf, type Shape, type ShapeOf } from "../analysis/shapes.ts";
import type { RegionContext } from "../technique.ts";
import { hashObstacle } from "./hashing.ts";

const wholes = ["list", "tuple", "set", "frozenset", "dict", "dict_keys", "dict_values", "dict_items"];
const numbers = ["int", "float", "bool"];

/** What an expression costs at each turn: as much as its items, or next to nothing; `fails` where it may raise. */
export type Cost = "items" | "little" | "fails";

/** The cost of an expression; a Name costs little and is taken to have its value. */
export function costOf(context: RegionContext, node: expr, shapeOf: ShapeOf): Cost {
  const parts = (...inner: (expr | null)[]): Cost => {
    const costs = inner.flatMap((one) => (one ? [costOf(context, one, shapeOf)] : []));
    return costs.includes("fails") ? "fails" : costs.includes("items") ? "items" : "little";
  };
  switch (node.kind) {
    case "Constant":
    case "Name":
      return "little";
    case "Attribute":
      return node.value.kind === "Name" ? "little" : "fails";
    case "UnaryOp":
      return node.op === "Not" || isOnly(shapeOf(node.operand), ...numbers) ? parts(node.operand) : "fails";
    case "BinOp": {
      const safe = ["Add", "Sub", "Mult"].includes(node.op);
      return safe && isOnly(shapeOf(node.left), ...numbers) && isOnly(shapeOf(node.right), ...numbers)
        ? parts(node.left, node.right)
        : "fails";
    }
    case "BoolOp":
      return parts(...node.values);
    case "Compare": {
      const operands = [node.left, ...node.comparators];
      const alike = [numbers, ["str"]].some((types) =>
        operands.every((one) => isOnly(shapeOf(one), ...types)),
      );
      return alike && !node.ops.includes("In") && !node.ops.includes("NotIn") ? parts(...operands) : "fails";
    }
    case "ListComp":
    case "SetComp":
    case "GeneratorExp": {
      const [only] = node.generators;
      const isSimple = node.generators.length === 1 && only!.target.kind === "Name" && !only!.is_async;
      if (!isSimple || !isOnly(shapeOf(only!.iter), ...wholes)) return "fails";
      if (node.kind === "SetComp" && hashObstacle(context.file, shapeOf(node.elt))) return "fails";
      return parts(node.elt, ...only!.ifs, only!.iter) === "fails" ? "fails" : "items";
    }
    case "Call":
      return callCost(context, node, shapeOf);
    default:
      return "fails";
  }
}

function callCost(context: RegionContext, node: Call, shapeOf: ShapeOf): Cost {
  const { func, args, keywords } = node;
  if (func.kind === "Attribute") {
    const owner = shapeOf(func.value);
    if (args.length > 0 || keywords.length > 0) return "fails";
    if (isOnly(owner, "dict") && ["keys", "values", "items"].includes(func.attr)) return "little";
    const isText = ["lower", "upper", "casefold", "split", "splitlines", "strip"].includes(func.attr);
    return isOnly(owner, "str") && isText && func.value.kind === "Name" ? "items" : "fails";
  }
  const [first] = args;
  if (func.kind !== "Name" || !isBuiltin(context, func) || args.length !== 1 || keywords.length > 0)
    return "fails";
  const given = shapeOf(first!);
  if (costOf(context, first!, shapeOf) === "fails" || !isOnly(given, ...wholes, "generator")) return "fails";
  const items = itemsOf(given);
  switch (func.id) {
    case "len":
      return isOnly(given, "generator") ? "fails" : "little";
    case "list":
    case "tuple":
      return "items";
    case "set":
    case "frozenset":
      return hashObstacle(context.file, items) ? "fails" : "items";
    case "sorted":
      return isOrdered(items) ? "items" : "fails";
    case "sum":
      return isOnly(items, ...numbers) ? "items" : "fails";
    case "min":
    case "max": // an empty one raises: the caller sees to that
      return isOrdered(items) && !isOnly(given, "generator") ? "items" : "fails";
    default:
      return "fails";
  }
}

/** Whether values of this shape can be put in order among each other. */
export const isOrdered = (items: Shape): boolean =>
  isOnly(items, ...numbers) ||
  isOnly(items, "str") ||
  (isOnly(items, "tuple") && (items.positions?.every(isOrdered) ?? false));

/** Whether a name means Python's own function. */
export function isBuiltin({ file }: RegionContext, name: Node): boolean {
  return !scopesOf(file)
    .variable(name)
    ?.occurrences.some(({ action }) => action !== "read");
}

/** The names and attribute chains from outside that an expression reads: all but its own comprehension variables. */
export function readsOf(context: RegionContext, node: expr): expr[] {
  const scopes = scopesOf(context.file);
  const around = scopes.around(node);
  const found: expr[] = [];
  const isOutside = (variable: Variable | undefined) => {
    for (let at: typeof around | null = around; at; at = at.parent) if (variable?.scope === at) return true;
    return false;
  };
  const look = (part: Node): boolean => {
    if (part.kind === "Call" && part.func.kind === "Attribute") {
      walk(part.func.value, look);
      for (const one of [...part.args, ...part.keywords]) walk(one, look);
      return false;
    }
    if (part.kind === "Attribute" && part.value.kind === "Name") {
      found.push(part);
      return false;
    }
    if (part.kind === "Name" && isOutside(scopes.variable(part)) && !isBuiltin(context, part))
      found.push(part);
    return true;
  };
  walk(node, look);
  return found;
}
