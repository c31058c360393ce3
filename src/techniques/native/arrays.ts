// The types of a region's expressions: those seen at its entry, carried through what NumPy does with them and into the
// functions of the same file.

import { isDeepStrictEqual } from "node:util";
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
  undecided,
} from "./types.ts";

/** A piece of code with the types of the variables that it binds. */
interface Frame {
  types: Map<Variable, Type | null>;
  /** Whether names that are not bound here have the types seen at the region's entry. */
  isRegion: boolean;
  depth: number;
}

const deepest = 3;
/** Rounds after which types that still change are given up. */
const mostRounds = 8;

export class Arrays {
  readonly region: RegionNode;
  readonly context: RegionContext;
  private readonly frame: Frame;
  /** How often a variable was asked for of which nothing is known yet. */
  private undecided = 0;

  constructor(context: RegionContext) {
    this.context = context;
    this.region = regionNode(context.file, context.region);
    this.frame = this.settled(this.region, new Map(), 0);
  }

  /** The type of an expression of the region; null when it cannot be told. */
  of(node: expr): Type | null {
    return this.at(node, this.frame);
  }

  /** The types of what `within` binds: each variable is of the one type that all its bindings give. */
  private settled(within: Node & Span, parameters: ReadonlyMap<Variable, Type | null>, depth: number): Frame {
    const isRegion = depth === 0;
    const frame: Frame = { types: new Map(parameters), isRegion, depth };
    const bound = new Map<Variable, Node[]>();
    for (const variable of scopesOf(this.context.file).variables) {
      const nodes = variable.occurrences
        .filter(({ node, action }) => action !== "read" && node.kind !== "arg" && isWithin(node, within))
        .map(({ node }) => node);
      if (nodes.length === 0) continue;
      bound.set(variable, nodes);
      frame.types.set(variable, undecided);
    }
    let changed = [...bound.keys()];
    for (let round = 0; changed.length > 0; round++) {
      const before = new Map(frame.types);
      for (const [variable, nodes] of bound) {
        const entry = parameters.get(variable) ?? (isRegion ? this.entry(variable) : undefined);
        const types = nodes.map((node) => this.bound(node, frame));
        const all = entry === undefined ? types : [entry, ...types];
        frame.types.set(variable, all.slice(1).reduce<Type | null>(joined, all[0]!));
      }
      changed = [...bound.keys()].filter(
        (variable) => !isDeepStrictEqual(before.get(variable), frame.types.get(variable)),
      );
      if (round < mostRounds) continue;
      for (const variable of changed) frame.types.set(variable, null);
      break;
    }
    for (const [variable, type] of frame.types) if (type === undecided) frame.types.set(variable, null);
    return frame;
  }

  /** What was seen at the region's entry; undefined for what was not there. */
  private entry({ name }: Variable): Type | null | undefined {
    const seen = this.context.facts.liveIn[name];
    return seen && typeOfFacts(seen);
  }

  /** What is made of something undecided is undecided. */
  private at(node: expr, frame: Frame): Type | null {
    const before = this.undecided;
    const type = this.typeOf(node, frame);
    return this.undecided > before && node.kind !== "IfExp" ? undecided : type;
  }

  private typeOf(node: expr, frame: Frame): Type | null {
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
    if (!variable) return null;
    const type = frame.types.get(variable);
    if (type === undecided) this.undecided++;
    if (type !== undefined) return type;
    const isShared = frame.isRegion || variable.scope === scopesOf(this.context.file).module;
    return isShared ? (this.entry(variable) ?? null) : null;
  }

  private bound(target: Node, frame: Frame): Type | null {
    const before = this.undecided;
    const type = this.boundType(target, frame);
    return this.undecided > before && type?.is !== "array" ? undecided : type;
  }

  /** The type that a binding gives. */
  private boundType(target: Node, frame: Frame): Type | null {
    const parent = parentMap(this.context.file).get(target);
    const inner = (one: expr) => this.at(one, frame);
    if (parent?.kind === "AugAssign") {
      const [old, value] = [inner(parent.target), inner(parent.value)];
      return old === undecided || value === undecided ? undecided : this.operation(parent.op, old, value);
    }
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
    const inside = this.settled(callee, parameters, frame.depth + 1);
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

interface Span {
  start: number;
  end: number;
}

const isWithin = (node: Node, around: Span): boolean =>
  "start" in node && node.start >= around.start && node.end <= around.end;
