// The shape of what a call of Python's own functions and methods gives.

import type { Call, expr } from "../../source/ast.generated.ts";
import {
  fieldOf,
  isNothing,
  isOnly,
  itemsOf,
  join,
  nothing,
  of,
  type Shape,
  type ShapeOf,
  textOf,
  unknown,
} from "./shapes.ts";

const simple: Readonly<Record<string, string>> = {
  len: "int",
  int: "int",
  ord: "int",
  hash: "int",
  id: "int",
  str: "str",
  repr: "str",
  chr: "str",
  hex: "str",
  bin: "str",
  input: "str",
  format: "str",
  bool: "bool",
  isinstance: "bool",
  callable: "bool",
  any: "bool",
  all: "bool",
  bytes: "bytes",
};

const textMethods: Readonly<Record<string, string>> = Object.fromEntries([
  ..."capitalize casefold center expandtabs format join ljust lower lstrip removeprefix removesuffix replace rjust rstrip strip swapcase title translate upper zfill"
    .split(" ")
    .map((name) => [name, "str"]),
  ..."count find index rfind rindex".split(" ").map((name) => [name, "int"]),
  ..."startswith endswith isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isspace istitle isupper"
    .split(" ")
    .map((name) => [name, "bool"]),
  ["encode", "bytes"],
]);

/** The shape of a call; `builtin` is the builtin's name when the callee is one. */
export function callShape(call: Call, builtin: string | null, shapeOf: ShapeOf): Shape {
  if (call.args.some((argument) => argument.kind === "Starred")) return unknown;
  if (builtin !== null) return builtinShape(builtin, call.args, shapeOf);
  if (call.func.kind === "Attribute")
    return methodShape(shapeOf(call.func.value), call.func.attr, call.args, shapeOf);
  return unknown;
}

function builtinShape(name: string, args: readonly expr[], shapeOf: ShapeOf): Shape {
  const first = args[0];
  if (simple[name]) return of(simple[name]);
  if (name === "float") return of("float", { oddFloats: true });
  if (name === "range") return of("range", { elements: of("int") });
  if (!first)
    return ["list", "tuple", "set", "frozenset", "dict"].includes(name)
      ? of(name, { elements: nothing, values: nothing, length: 0 })
      : unknown;
  const given = shapeOf(first);
  if (isNothing(given)) return nothing;
  const lengths = given.length === undefined ? {} : { length: given.length };
  switch (name) {
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
    case "sorted":
      return of(name === "sorted" ? "list" : name, { elements: itemsOf(given), ...lengths });
    case "reversed":
    case "iter":
    case "filter":
      return of("iterator", { elements: itemsOf(shapeOf(name === "filter" ? args[1]! : first)) });
    case "enumerate":
      return of("iterator", { elements: of("tuple", { positions: [of("int"), itemsOf(given)] }) });
    case "zip":
      return of("iterator", {
        elements: of("tuple", { positions: args.map((arg) => itemsOf(shapeOf(arg))) }),
      });
    case "map":
      return first.kind === "Name" && (simple[first.id] || first.id === "float")
        ? of("iterator", { elements: builtinShape(first.id, args, shapeOf) })
        : unknown;
    case "min":
    case "max":
      return args.length === 1 ? itemsOf(given) : args.map(shapeOf).reduce(join, nothing);
    case "sum":
      return isOnly(itemsOf(given), "int", "float", "bool") ? join(of("int"), itemsOf(given)) : unknown;
    case "abs":
      return isOnly(given, "int", "float") ? given : unknown;
    case "round":
      return args.length === 1 ? of("int") : isOnly(given, "int", "float") ? given : unknown;
    case "next":
      return itemsOf(given);
    default:
      return unknown;
  }
}

/** Of the types that a value may have, those with which a call of the method can succeed. */
export function holdersOf(shape: Shape, method: string): Shape {
  if (textMethods[method] !== "str" || !shape.types.has("str")) return shape;
  return { ...shape, types: new Set([...shape.types].filter((type) => !withoutTextMethods.has(type))) };
}

/** Types that have none of the methods of text that give text. */
const withoutTextMethods: ReadonlySet<string> = new Set(
  "NoneType bool complex dict float frozenset int list set tuple".split(" "),
);

function methodShape(holder: Shape, method: string, args: readonly expr[], shapeOf: ShapeOf): Shape {
  if (isNothing(holder)) return nothing;
  const owner = holdersOf(holder, method);
  if (isOnly(owner, "str")) {
    if (textMethods[method]) return of(textMethods[method]);
    if (["split", "rsplit", "splitlines"].includes(method)) return of("list", { elements: of("str") });
    if (["partition", "rpartition"].includes(method))
      return of("tuple", { positions: [of("str"), of("str"), of("str")] });
    return unknown;
  }
  if (isOnly(owner, "dict", "defaultdict", "Counter", "collections.defaultdict", "collections.Counter")) {
    const values = owner.values ?? unknown;
    const value = (args[0] && fieldOf(owner, textOf(args[0]))) ?? values;
    if (method === "get") return join(value, args[1] ? shapeOf(args[1]) : of("NoneType"));
    if (method === "keys") return of("dict_keys", { elements: itemsOf(owner) });
    if (method === "values") return of("dict_values", { elements: values });
    if (method === "items")
      return of("dict_items", { elements: of("tuple", { positions: [itemsOf(owner), values] }) });
    if (method === "pop" || method === "setdefault") return args[1] ? join(value, shapeOf(args[1])) : value;
    return method === "copy" ? owner : unknown;
  }
  if (isOnly(owner, "list", "tuple", "set", "frozenset", "deque", "collections.deque")) {
    if (["pop", "popleft"].includes(method)) return itemsOf(owner);
    if (["index", "count"].includes(method)) return of("int");
    return method === "copy" ? owner : unknown;
  }
  return unknown;
}
