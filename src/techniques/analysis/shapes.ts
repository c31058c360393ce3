// What kind of values an expression can have in a region: the facts seen at its entry, carried through the code.
// A shape is an upper bound given those facts; what cannot be followed is of type "?".

import type { ValueFact } from "../../schemas/facts.ts";
import type { expr, Node } from "../../source/ast.generated.ts";
import { type Scope, scopesOf, type Variable } from "../../source/scopes.ts";
import { dottedName } from "../../source/uses.ts";
import type { RegionContext } from "../technique.ts";
import { bindingsIn } from "./bindings.ts";
import { callShape } from "./call-shapes.ts";

export interface Shape {
  /** Type names: `int`, `str`, … for builtins, qualified for others, `?` for a value that cannot be followed. */
  types: ReadonlySet<string>;
  /** What iterating gives: items of sequences and sets, keys of dicts. */
  elements?: Shape;
  /** Tuples of one length: the shape per position. */
  positions?: readonly Shape[];
  /** Values of dicts. */
  values?: Shape;
  /** Dicts that are records: the values of keys that are known by name. Other keys may have any of `values`. */
  fields?: Readonly<Record<string, Shape>>;
  /** Attributes of instances. */
  attributes?: Readonly<Record<string, Shape>>;
  /** Most items there can be, as far as that is known: seen at the entry, or written in the code. */
  length?: number;
  /** A float here may be NaN, or a zero may be negative. */
  oddFloats?: boolean;
}

export const nothing: Shape = { types: new Set() };
export const unknown: Shape = { types: new Set(["?"]) };
export const of = (type: string, rest: Omit<Shape, "types"> = {}): Shape => ({
  types: new Set([type]),
  ...rest,
});

/** Whether every value is of one of these types (and there is any at all). */
export function isOnly(shape: Shape, ...types: string[]): boolean {
  return shape.types.size > 0 && [...shape.types].every((type) => types.includes(type));
}

/** The shape of values that may be of either. */
export function join(a: Shape, b: Shape): Shape {
  if (a === b || isNothing(b)) return a;
  if (isNothing(a)) return b;
  const merged: Shape = { types: new Set([...a.types, ...b.types]) };
  const both = (x: Shape | undefined, y: Shape | undefined) => (x && y ? join(x, y) : (x ?? y));
  const elements = both(a.elements, b.elements);
  const values = both(a.values, b.values);
  if (elements) merged.elements = elements;
  if (values) merged.values = values;
  const fields = joinFields(a, b);
  if (fields) merged.fields = fields;
  if (a.types.has("tuple") && b.types.has("tuple")) {
    if (a.positions && a.positions.length === b.positions?.length)
      merged.positions = a.positions.map((shape, index) => join(shape, b.positions![index]!));
  } else if (a.positions ?? b.positions) merged.positions = (a.positions ?? b.positions)!;
  if (a.attributes && b.attributes) {
    const names = Object.keys({ ...a.attributes, ...b.attributes });
    const kept = names.filter((name) => hasAttribute(a, name) && hasAttribute(b, name));
    merged.attributes = Object.fromEntries(
      kept.map((name) => [name, join(a.attributes?.[name] ?? nothing, b.attributes?.[name] ?? nothing)]),
    );
  } else if (a.attributes ?? b.attributes) merged.attributes = (a.attributes ?? b.attributes)!;
  const length = Math.max(mostItems(a), mostItems(b));
  if (length >= 0 && length < Infinity) merged.length = length;
  if (a.oddFloats || b.oddFloats) merged.oddFloats = true;
  return merged;
}

/** The values per key of dicts that are either; undefined where the keys of neither are known. */
function joinFields(a: Shape, b: Shape): Shape["fields"] {
  if (!a.fields && !b.fields) return undefined;
  const isPutUnderAnyKey = (one: Shape) => isPart(one) && !one.fields && one.values !== undefined;
  if (isPart(a) && isPart(b) && (isPutUnderAnyKey(a) || isPutUnderAnyKey(b))) return undefined;
  const at = (one: Shape, name: string) =>
    one.fields?.[name] ?? (isPart(one) && one.fields ? nothing : (one.values ?? nothing));
  const names = Object.keys({ ...a.fields, ...b.fields });
  return Object.fromEntries(names.map((name) => [name, join(at(a, name), at(b, name))]));
}

/** What is only known of a part of a value: what is put into it. */
const isPart = (shape: Shape) => shape.types.size === 0;

const hasAttribute = (shape: Shape, name: string) => isPart(shape) || name in (shape.attributes ?? {});

const withItems = ["list", "tuple", "set", "frozenset", "dict", "defaultdict", "deque"];

/** The length of what has one; Infinity where something is put in, -1 for values without items. */
const mostItems = (shape: Shape): number =>
  shape.length ?? (isPart(shape) || withItems.some((type) => shape.types.has(type)) ? Infinity : -1);

/** No value has been seen yet: whatever is computed from it is as yet nothing too. */
export const isNothing = (shape: Shape) =>
  isPart(shape) && !shape.elements && !shape.values && !shape.attributes;

/** Whether there may be NaN or negative zeros among the values, also within tuples. */
export const hasOddFloats = (shape: Shape): boolean =>
  shape.oddFloats === true || (shape.positions ?? []).some(hasOddFloats);

/** What iterating over values of this shape gives. */
export function itemsOf(shape: Shape): Shape {
  if (isOnly(shape, "str")) return of("str");
  if (isOnly(shape, "bytes", "range")) return of("int");
  if (shape.types.has("?") || shape.types.has("str")) return unknown;
  const items = shape.positions?.reduce(join, shape.elements ?? nothing) ?? shape.elements;
  return items ?? (shape.length === 0 || shape.types.size === 0 ? nothing : unknown);
}

/** The shape of what the facts summarise. No facts at all say nothing: unknown. */
export function shapeOfFacts(facts: readonly ValueFact[] | undefined): Shape {
  if (!facts || facts.length === 0) return unknown;
  return facts.map(shapeOfFact).reduce(join, nothing);
}

function shapeOfFact(fact: ValueFact): Shape {
  const shape: Shape = { types: new Set([fact.type.replace(/^builtins\./, "")]) };
  const inner = (facts: readonly ValueFact[]) => (facts.length > 0 ? shapeOfFacts(facts) : nothing);
  if (fact.sequence) {
    shape.elements = inner(fact.sequence.elements);
    shape.length = fact.sequence.length.max;
    if (fact.sequence.positions) shape.positions = fact.sequence.positions.map(inner);
  }
  if (fact.mapping) {
    shape.elements = inner(fact.mapping.keys);
    shape.values = inner(fact.mapping.values);
    shape.length = fact.mapping.length.max;
    if (fact.mapping.fields) shape.fields = fieldsOf(fact.mapping.fields, inner);
  }
  if (fact.attributes) shape.attributes = fieldsOf(fact.attributes, inner);
  if (fact.float && (fact.float.nan || fact.float.negativeZero)) shape.oddFloats = true;
  return shape;
}

const fieldsOf = <T>(facts: Readonly<Record<string, T>>, inner: (facts: T) => Shape) =>
  Object.fromEntries(Object.entries(facts).map(([name, one]) => [name, inner(one)]));

export type ShapeOf = (node: expr) => Shape;

const rounds = 6; // shapes that still grow after so many rounds are given up as unknown

/** A function that gives the shape of any expression within `node`, the region of `context`. */
export function shapesIn(context: RegionContext, node: Node): ShapeOf {
  const scopes = scopesOf(context.file);
  const bindings = bindingsIn(context.file, node);
  let known = new Map<Variable, Shape>();

  const variableShape = (variable: Variable, name: string): Shape => {
    const seen = known.get(variable);
    if (seen) return seen;
    return bindings.has(variable) ? nothing : entryShape(variable, name);
  };
  const outer = new Set<Scope>();
  for (let at: Scope | null = scopes.opened(node) ?? scopes.around(node); at; at = at.parent) outer.add(at);
  const entryShape = (variable: Variable, name: string): Shape =>
    outer.has(variable.scope) ? shapeOfFacts(context.facts.liveIn[name]) : unknown;
  const shapeOf: ShapeOf = (value) => shape(value, 0);

  function shape(value: expr, depth: number): Shape {
    if (depth > 30) return unknown;
    const inner: ShapeOf = (part) => shape(part, depth + 1);
    switch (value.kind) {
      case "Constant":
        return of(
          value.value.type === "None"
            ? "NoneType"
            : value.value.type === "Ellipsis"
              ? "ellipsis"
              : value.value.type,
        );
      case "Name": {
        const variable = scopes.variable(value);
        return variable ? variableShape(variable, value.id) : unknown;
      }
      case "JoinedStr":
        return of("str");
      case "NamedExpr":
        return inner(value.value);
      case "IfExp":
        return join(inner(value.body), inner(value.orelse));
      case "BoolOp":
        return value.values.map(inner).reduce(join, nothing);
      case "Compare":
        if (isNothing(inner(value.left))) return nothing;
        return isPlain(inner(value.left)) && value.comparators.every((c) => isPlain(inner(c)))
          ? of("bool")
          : unknown;
      case "UnaryOp": {
        if (value.op === "Not") return of("bool");
        const operand = inner(value.operand);
        if (isNothing(operand)) return nothing;
        if (isOnly(operand, "int", "bool")) return of("int");
        return isOnly(operand, "float", "int", "bool") ? { ...operand, oddFloats: true } : unknown;
      }
      case "BinOp":
        return binary(value.op, inner(value.left), inner(value.right));
      case "Tuple":
        return value.elts.some((item) => item.kind === "Starred")
          ? of("tuple", { elements: items(value.elts, inner) })
          : of("tuple", { positions: value.elts.map(inner).map(grown), length: value.elts.length });
      case "List":
      case "Set":
        return of(value.kind.toLowerCase(), {
          elements: items(value.elts, inner),
          ...(value.elts.some((item) => item.kind === "Starred") ? {} : { length: value.elts.length }),
        });
      case "ListComp":
      case "SetComp":
      case "GeneratorExp":
        return of({ ListComp: "list", SetComp: "set", GeneratorExp: "generator" }[value.kind], {
          elements: grown(inner(value.elt)),
        });
      case "DictComp":
        return of("dict", { elements: inner(value.key), values: inner(value.value) });
      case "Dict":
        return record(value, inner);
      case "Subscript":
        return subscript(inner(value.value), value.slice);
      case "Attribute":
        return isNothing(inner(value.value))
          ? nothing
          : (inner(value.value).attributes?.[value.attr] ?? unknown);
      case "Call": {
        const name = dottedName(value.func);
        const callee = value.func.kind === "Name" ? scopes.variable(value.func) : undefined;
        const builtin = !callee?.occurrences.some(({ action }) => action !== "read");
        return callShape(value, name !== null && value.func.kind === "Name" && builtin ? name : null, inner);
      }
      default:
        return unknown;
    }
  }

  for (let round = 0; ; round++) {
    const next = new Map<Variable, Shape>();
    for (const [variable, { name, values }] of bindings) {
      const isKnownAtEntry = outer.has(variable.scope) && context.facts.liveIn[name] !== undefined;
      const atEntry = isKnownAtEntry ? entryShape(variable, name) : nothing;
      next.set(
        variable,
        round < rounds ? values.map((value) => value(shapeOf)).reduce(join, atEntry) : unknown,
      );
    }
    const stable = round > 0 && [...next].every(([variable, one]) => same(one, known.get(variable)));
    known = next;
    if (stable || round >= rounds * 2) return shapeOf;
  }
}

const isPlain = (shape: Shape) =>
  isOnly(
    shape,
    "int",
    "float",
    "str",
    "bytes",
    "bool",
    "NoneType",
    "list",
    "tuple",
    "dict",
    "set",
    "frozenset",
  );

function items(values: readonly expr[], inner: ShapeOf): Shape {
  return values
    .map((value) => (value.kind === "Starred" ? itemsOf(inner(value.value)) : inner(value)))
    .map(grown)
    .reduce(join, nothing);
}

/** The value of a record under a key that is written out; undefined where nothing more is known of that key. */
export const fieldOf = (holder: Shape, key: string | null): Shape | undefined =>
  key === null || !Object.hasOwn(holder.fields ?? {}, key) ? undefined : holder.fields![key];

/** The text that an expression writes out. */
export const textOf = (node: expr): string | null =>
  node.kind === "Constant" && node.value.type === "str" ? node.value.value : null;

/** A dict that is written out, also with others spread in it. */
function record({ keys, values }: Extract<expr, { kind: "Dict" }>, inner: ShapeOf): Shape {
  const shapes = values.map(inner);
  const spread = shapes.filter((_, index) => keys[index] === null);
  if (spread.some(isNothing)) return nothing;
  if (!spread.every((one) => isOnly(one, "dict"))) return unknown;
  const names = keys.map((key) => (key ? textOf(key) : null));
  const isRecord = keys.every((key, index) => (key ? names[index] !== null : shapes[index]!.fields));
  const fields: Record<string, Shape> = {};
  if (isRecord)
    for (const [index, shape] of shapes.map(grown).entries())
      Object.assign(fields, keys[index] ? { [names[index]!]: shape } : shape.fields);
  return of("dict", {
    elements: [
      items(
        keys.filter((key) => key !== null),
        inner,
      ),
      ...spread.map(itemsOf),
    ].reduce(join),
    values: shapes
      .map((one, index) => (keys[index] ? grown(one) : (one.values ?? unknown)))
      .reduce(join, nothing),
    ...(isRecord && keys.length > 0 ? { fields } : {}),
  });
}

/** The shape of what an operator gives. */
export function binary(op: string, left: Shape, right: Shape): Shape {
  if (left.types.size === 0 || right.types.size === 0) return nothing;
  const integers = isOnly(left, "int", "bool") && isOnly(right, "int", "bool");
  if (integers && op !== "Div") return op === "Pow" ? join(of("int"), of("float")) : of("int");
  if (isOnly(left, "int", "bool", "float") && isOnly(right, "int", "bool", "float")) {
    // Sums and differences of ordinary floats are neither NaN nor negative zero, short of overflow to infinity.
    const ordinary = (op === "Add" || op === "Sub") && !left.oddFloats && !right.oddFloats;
    const real = of("float", ordinary ? {} : { oddFloats: true });
    return isOnly(left, "float") || isOnly(right, "float") || op === "Div" ? real : join(real, of("int"));
  }
  if (isOnly(left, "str") && (op === "Mod" || op === "Mult" || (op === "Add" && isOnly(right, "str"))))
    return of("str");
  if (isOnly(left, "bytes") && (op === "Mult" || (op === "Add" && isOnly(right, "bytes"))))
    return of("bytes");
  if (op === "Add" && isOnly(left, "list") && isOnly(right, "list")) return grown(join(left, right));
  if (op === "Mult" && isOnly(left, "list") && isOnly(right, "int")) return grown(left);
  if (op === "Add" && isOnly(left, "tuple") && isOnly(right, "tuple"))
    return left.positions && right.positions
      ? of("tuple", { positions: [...left.positions, ...right.positions] })
      : of("tuple", { elements: join(itemsOf(left), itemsOf(right)) });
  return unknown;
}

/** A list that other names reach too, so that it may get longer. */
function grown({ length: _, ...shape }: Shape): Shape {
  return shape;
}

function subscript(value: Shape, index: expr): Shape {
  if (isNothing(value)) return nothing;
  if (index.kind === "Slice") return isOnly(value, "str", "list", "bytes") ? value : unknown;
  if (isOnly(value, "dict")) return fieldOf(value, textOf(index)) ?? value.values ?? unknown;
  if (isOnly(value, "tuple") && value.positions && index.kind === "Constant" && index.value.type === "int")
    return value.positions[Number(index.value.text)] ?? unknown;
  return isOnly(value, "list", "tuple", "str", "deque", "bytes") ? itemsOf(value) : unknown;
}

function same(a: Shape | undefined, b: Shape | undefined, depth = 0): boolean {
  if (!a || !b) return a === b;
  if (depth > 8) return true;
  const count = a.positions?.length ?? -1;
  return (
    a.types.size === b.types.size &&
    [...a.types].every((type) => b.types.has(type)) &&
    same(a.elements, b.elements, depth + 1) &&
    same(a.values, b.values, depth + 1) &&
    sameFields(a.fields, b.fields, depth + 1) &&
    !a.oddFloats === !b.oddFloats &&
    a.length === b.length &&
    count === (b.positions?.length ?? -1) &&
    (a.positions ?? []).every((shape, index) => same(shape, b.positions![index], depth + 1))
  );
}

function sameFields(a: Shape["fields"], b: Shape["fields"], depth: number): boolean {
  if (!a || !b) return a === b;
  const names = Object.keys({ ...a, ...b });
  return names.every((name) => same(a[name], b[name], depth));
}
