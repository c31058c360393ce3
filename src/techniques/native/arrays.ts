// The types of a region's expressions: those seen at its entry, carried through what NumPy does with them and into the
// functions of the same file.

import type { Call, expr, FunctionDef, Node } from "../../source/ast.generated.ts";
import { dottedName, meaningOf } from "../../source/meaning.ts";
import { type RegionNode, regionNode } from "../../source/regions.ts";
import { scopesOf, type Variable } from "../../source/scopes.ts";
import { parentMap } from "../../source/uses.ts";
import { walk } from "../../source/walk.ts";
import type { RegionContext } from "../technique.ts";
import { callType } from "./results.ts";
import {
  array,
  broadcast,
  isArray,
  joined,
  matrixProduct,
  pythonFloat,
  pythonInt,
  type Size,
  type Type,
  transposed,
  typeOfFacts,
} from "./types.ts";

/** Where an expression stands: the code that binds its names, and what the parameters of a followed function are. */
interface Frame {
  within: Node & { start: number; end: number };
  parameters: ReadonlyMap<Variable, Type | null> | null;
  depth: number;
}

const deepest = 3;

export class Arrays {
  readonly region: RegionNode;
  private readonly known = new Map<Node, Type | null>();
  /** Variables whose bindings are being looked at, with what they are so far. */
  private readonly open = new Map<Variable, Type | null>();
  /** Those of them that were asked for meanwhile. */
  private readonly met = new Set<Variable>();

  readonly context: RegionContext;

  constructor(context: RegionContext) {
    this.context = context;
    this.region = regionNode(context.file, context.region);
  }

  /** The type of an expression of the region; null when it cannot be told. */
  of(node: expr): Type | null {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const type = this.at(node, { within: this.region, parameters: null, depth: 0 });
    if (this.open.size === 0) this.known.set(node, type);
    return type;
  }

  private at(node: expr, frame: Frame): Type | null {
    const inner = (one: expr) => this.at(one, frame);
    switch (node.kind) {
      case "Constant":
        return node.value.type === "int" ? pythonInt : node.value.type === "float" ? pythonFloat : null;
      case "Name":
        return this.name(node, frame);
      case "Attribute":
        return this.attribute(node, frame);
      case "UnaryOp":
        return node.op === "USub" || node.op === "UAdd" ? inner(node.operand) : null;
      case "IfExp":
        return joined(inner(node.body), inner(node.orelse));
      case "NamedExpr":
        return inner(node.value);
      case "Compare":
        return node.ops.length === 1
          ? broadcast(inner(node.left), inner(node.comparators[0]!), "bool")
          : null;
      case "BinOp":
        return this.operation(node.op, inner(node.left), inner(node.right));
      case "Tuple":
        return { is: "tuple", items: node.elts.map(inner) };
      case "List": {
        const [first, ...rest] = node.elts.map(inner);
        return { is: "list", element: rest.reduce<Type | null>(joined, first ?? null) };
      }
      case "ListComp":
        return { is: "list", element: inner(node.elt) };
      case "Subscript":
        return this.item(inner(node.value), node.slice, frame);
      case "Call":
        return this.call(node, frame);
      default:
        return null;
    }
  }

  private operation(op: string, a: Type | null, b: Type | null): Type | null {
    if (op === "MatMult") return matrixProduct(a, b);
    if (!["Add", "Sub", "Mult", "Div", "Pow", "Mod", "FloorDiv"].includes(op)) return null;
    const result = broadcast(a, b);
    if (!result || op !== "Div") return result;
    if (result.dtype === "int") return pythonFloat;
    return result.dtype === "int64" ? { ...result, dtype: "float64" } : result;
  }

  private name(node: Extract<expr, { kind: "Name" }>, frame: Frame): Type | null {
    const variable = scopesOf(this.context.file).variable(node);
    return variable ? this.variable(variable, frame) : null;
  }

  /** Whatever the variable was at entry, or is bound to in the code: all must be of one type. */
  private variable(variable: Variable, frame: Frame): Type | null {
    const assumed = this.open.get(variable);
    if (assumed !== undefined) {
      this.met.add(variable);
      return assumed;
    }
    const { facts } = this.context;
    const bindings = variable.occurrences
      .filter(({ node, action }) => action !== "read" && within(node, frame.within) && node.kind !== "arg")
      .map(({ node }) => node);
    const types: (Type | null)[] = [];
    const given = frame.parameters?.get(variable);
    if (given !== undefined) types.push(given);
    const isOuter = !frame.parameters || variable.scope === scopesOf(this.context.file).module;
    const entry = isOuter ? facts.liveIn[variable.name] : undefined;
    if (entry) types.push(typeOfFacts(entry));
    // What a variable is made of itself must be of the type that it has otherwise.
    const own: Node[] = [];
    this.open.set(variable, null);
    try {
      for (const node of bindings) {
        this.met.delete(variable);
        const type = this.bound(node, frame);
        if (this.met.has(variable)) own.push(node);
        else types.push(type);
      }
      if (types.length === 0) return null;
      const first = types.slice(1).reduce<Type | null>(joined, types[0]!);
      this.open.set(variable, first);
      return own.reduce<Type | null>((type, node) => joined(type, this.bound(node, frame)), first);
    } finally {
      this.open.delete(variable);
    }
  }

  /** The type that a binding gives. */
  private bound(target: Node, frame: Frame): Type | null {
    const parent = parentMap(this.context.file).get(target);
    const inner = (one: expr) => this.at(one, frame);
    if (parent?.kind === "AugAssign")
      return this.operation(parent.op, inner(parent.target), inner(parent.value));
    if (parent?.kind === "Assign" || parent?.kind === "AnnAssign" || parent?.kind === "NamedExpr")
      return parent.value ? inner(parent.value) : null;
    if (parent?.kind === "For" || parent?.kind === "comprehension") return this.elements(parent.iter, frame);
    if (parent?.kind === "Tuple") {
      const around = parentMap(this.context.file).get(parent);
      const place = parent.elts.indexOf(target as expr);
      if (around?.kind === "For" || around?.kind === "comprehension") {
        const whole = this.elements(around.iter, frame);
        return whole?.is === "tuple" ? (whole.items[place] ?? null) : null;
      }
      if (around?.kind !== "Assign") return null;
      const whole = inner(around.value);
      return whole?.is === "tuple" ? (whole.items[place] ?? null) : null;
    }
    return null;
  }

  private elements(iter: expr, frame: Frame): Type | null {
    if (iter.kind === "Call") {
      const name = dottedName(this.context.file, iter.func);
      if (name === "range") return pythonInt;
      if (name === "enumerate" && iter.args.length > 0)
        return { is: "tuple", items: [pythonInt, this.elements(iter.args[0]!, frame)] };
      if (name === "zip") return { is: "tuple", items: iter.args.map((one) => this.elements(one, frame)) };
    }
    const type = this.at(iter, frame);
    if (type?.is === "list") return type.element;
    if (!isArray(type)) return null;
    return array(
      type.dtype,
      type.sizes.slice(1),
      type.layout === "C" || type.layout === "both" ? "C" : "strided",
    );
  }

  private attribute(node: Extract<expr, { kind: "Attribute" }>, frame: Frame): Type | null {
    const value = this.at(node.value, frame);
    if (value?.is === "object") return typeOfFacts(value.attributes[node.attr]);
    if (value?.is !== "array") return null;
    if (node.attr === "T") return transposed(value);
    if (node.attr === "shape") return { is: "tuple", items: value.sizes.map(() => pythonInt) };
    return node.attr === "size" || node.attr === "ndim" ? pythonInt : null;
  }

  private item(value: Type | null, index: expr, frame: Frame): Type | null {
    if (value?.is === "list") return index.kind === "Slice" ? value : value.element;
    if (value?.is === "tuple")
      return index.kind === "Constant" && index.value.type === "int"
        ? (value.items[Number(index.value.text)] ?? null)
        : null;
    if (value?.is !== "array") return null;
    const sizes: Size[] = [];
    let axis = 0;
    let whole = true;
    for (const part of index.kind === "Tuple" ? index.elts : [index]) {
      if (part.kind === "Slice") {
        const all = part.lower === null && part.upper === null && part.step === null;
        sizes.push(all ? (value.sizes[axis] ?? null) : null);
        if (axis > 0 && !all) whole = false;
        if (part.step !== null) whole = false;
        axis++;
      } else if (part.kind === "Constant" && part.value.type === "None") sizes.push(1);
      else {
        const type = this.at(part, frame);
        if (type?.is !== "array" || axis >= value.sizes.length) return null;
        if (type.sizes.length > 1) return null;
        if (type.sizes.length === 1) sizes.push(type.dtype === "bool" ? null : type.sizes[0]!);
        else if (axis > 0) whole = false;
        axis++;
      }
    }
    if (axis > value.sizes.length) return null;
    sizes.push(...value.sizes.slice(axis));
    return array(
      value.dtype,
      sizes,
      whole && (value.layout === "C" || value.layout === "both") ? "C" : "strided",
    );
  }

  private call(node: Call, frame: Frame): Type | null {
    const { file } = this.context;
    const own = node.func.kind === "Name" ? meaningOf(file, node.func) : null;
    if (own?.kind === "function") return this.followed(own.node, node, frame);
    return callType(file, node, (one) => this.at(one, frame));
  }

  /** What a function of the file gives for these arguments. */
  private followed(callee: FunctionDef, call: Call, frame: Frame): Type | null {
    const { args } = callee;
    if (frame.depth >= deepest || args.vararg || args.kwarg || callee.decorator_list.length > 0) return null;
    const scopes = scopesOf(this.context.file);
    const parameters = new Map<Variable, Type | null>();
    const names = [...args.posonlyargs, ...args.args];
    names.forEach((parameter, index) => {
      const given = call.args[index] ?? call.keywords.find(({ arg }) => arg === parameter.arg)?.value ?? null;
      const preset = args.defaults[index - names.length + args.defaults.length] ?? null;
      parameters.set(scopes.variable(parameter)!, this.at((given ?? preset) as expr, frame));
    });
    const inside: Frame = { within: callee, parameters, depth: frame.depth + 1 };
    let result: Type | null | undefined;
    walk(callee, (part) => {
      if (part !== callee && (part.kind === "FunctionDef" || part.kind === "Lambda")) return false;
      if (part.kind !== "Return") return true;
      const type = part.value ? this.at(part.value, inside) : null;
      result = result === undefined ? type : joined(result, type);
      return false;
    });
    return result ?? null;
  }
}

const within = (node: Node, around: { start: number; end: number }): boolean =>
  "start" in node && node.start >= around.start && node.end <= around.end;
