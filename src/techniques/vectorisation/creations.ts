// Expressions that make a list or an array: what comes of them has a known length and is no other name's memory.

import type { expr } from "../../source/ast.generated.ts";
import type { Family } from "./distributions.ts";
import type { Expressions } from "./expressions.ts";
import { sequence } from "./facts.ts";
import { generate } from "./generators.ts";
import { columnsOf, sizeOf } from "./iteration.ts";
import { fixed, type Linear } from "./linear.ts";
import { refuse } from "./refusal.ts";
import { type Num, type NumberType, newId, type Ref, type Seq, seqOf, type Value } from "./values.ts";

type Element = NonNullable<Seq["element"]>;

/** The new list or array that `node` makes; null for other expressions. Throws `Refusal` for what is not known in it. */
export function creation(expressions: Expressions, node: expr): Value | null {
  if (node.kind === "List") return listDisplay(expressions, node);
  if (node.kind === "BinOp" && node.op === "Mult") {
    const [list, count] = node.left.kind === "List" ? [node.left, node.right] : [node.right, node.left];
    if (list.kind !== "List" || list.elts.length !== 1) return null;
    const length = expressions.number(count);
    const item = creation(expressions, list.elts[0]!) ?? expressions.evaluate(list.elts[0]!);
    if (item.kind === "number")
      return made(expressions, node, "list", elementOf(item), [linearOf(length)], length);
    return null;
  }
  if (node.kind === "ListComp") return comprehension(expressions, node);
  if (
    node.kind === "Subscript" &&
    node.slice.kind === "Slice" &&
    !node.slice.lower &&
    !node.slice.upper &&
    !node.slice.step
  ) {
    const value = expressions.evaluate(node.value);
    if (value.kind === "ref") return rowCopy(value);
    return value.kind === "sequence" && value.form === "list" ? copyOf(value) : null;
  }
  if (node.kind !== "Call") return null;
  if (isSample(expressions, node)) return sampled(expressions, node);
  if (
    node.func.kind === "Attribute" &&
    node.func.attr === "copy" &&
    node.args.length === 0 &&
    expressions.dotted(node.func) === null
  ) {
    const value = expressions.evaluate(node.func.value);
    return value.kind === "sequence" && value.form !== "rows" && value.form !== "tuple"
      ? copyOf(value)
      : null;
  }
  return call(expressions, node);
}

/** The text of a length that can only be written with the name of what is made. */
export const unnamed = "?";

function isSample(expressions: Expressions, { func }: Extract<expr, { kind: "Call" }>): boolean {
  const name = expressions.dotted(func);
  if (name !== null) return name === "random.sample";
  if (func.kind !== "Attribute" || func.attr !== "sample") return false;
  const owner = expressions.evaluate(func.value);
  return owner.kind === "opaque" && owner.family === "twister";
}

function generator(expressions: Expressions, node: expr, family: Family): Value {
  const text = expressions.text(node);
  return { kind: "opaque", id: newId(), text, why: `\`${text}\` is a generator of random numbers`, family };
}

function call(expressions: Expressions, node: Extract<expr, { kind: "Call" }>): Value | null {
  const name = expressions.dotted(node.func);
  if (name === null) return null;
  const [first] = node.args;
  const table = name === "list" && first ? columnsOf(expressions, first) : null;
  if (table) {
    const rows = expressions.evaluate(table);
    if (rows.kind !== "sequence" || rows.form !== "rows" || !rows.element) return null;
    // As many as the shortest row has items: lengths of its own, by the name that it gets.
    const base = sequence("", newId(), "rows", rows.element, [
      [0, rows.sizes[1] ?? Infinity],
      [0, rows.sizes[0] ?? Infinity],
    ]);
    const own = (): Linear => ({ symbol: `length ${newId()}`, text: unnamed, offset: 0, length: true });
    return {
      ...base,
      dims: [own(), own()],
      sizes: [rows.sizes[1] ?? null, rows.sizes[0] ?? null],
      fresh: true,
    };
  }
  if (name === "list" && first) {
    const ref = seqOf(expressions.evaluate(first));
    if (ref && ref.subs.length > 0) return rowCopy(ref);
    return ref && ref.subs.length === 0 && ref.seq.form !== "array" && ref.seq.form !== "rows"
      ? { ...copyOf(ref.seq), form: "list" }
      : null;
  }
  const dtype =
    node.keywords.find(({ arg }) => arg === "dtype")?.value ??
    (name === "numpy.full" ? node.args[2] : node.args[1]);
  switch (name) {
    case "numpy.random.default_rng":
      return generator(expressions, node, "generator");
    case "numpy.random.RandomState":
      return generator(expressions, node, "legacy");
    case "random.Random":
      return generator(expressions, node, "twister");
    case "numpy.zeros":
    case "numpy.ones":
    case "numpy.empty":
    case "numpy.full": {
      const shape = shapeOf(expressions, first!);
      const filler = name === "numpy.full" ? expressions.number(node.args[1]!) : null;
      const type =
        typeNamed(
          expressions,
          name === "numpy.full" && node.args.length < 3 && !dtypeKeyword(node) ? undefined : dtype,
        ) ??
        filler?.type ??
        "float";
      return array(expressions, node, type, shape);
    }
    case "numpy.zeros_like":
    case "numpy.ones_like":
    case "numpy.empty_like":
    case "numpy.copy": {
      const value = expressions.evaluate(first!);
      if (value.kind !== "sequence" || value.form !== "array" || dtype) return null;
      return copyOf(value);
    }
    case "numpy.array":
    case "numpy.asarray": {
      const value = expressions.evaluate(first!);
      if (value.kind !== "sequence" || dtype || !value.element) return null;
      const copied = copyOf(value);
      return {
        ...copied,
        form: "array",
        element: { ...value.element, origin: "numpy" },
        fresh: name === "numpy.array" || value.form !== "array",
        id: name === "numpy.array" || value.form !== "array" ? copied.id : value.id,
      };
    }
    case "numpy.linspace": {
      const count = node.args[2] ? expressions.number(node.args[2]) : null;
      const shape: Shape = { dims: [count ? linearOf(count) : fixed(50)], sizes: [count?.hi ?? 50] };
      return array(expressions, node, "float", shape);
    }
    case "numpy.arange": {
      const args = node.args.map((arg) => expressions.number(arg));
      if (args.length !== 1 || args[0]!.type !== "int") return null;
      return array(expressions, node, "int", { dims: [linearOf(args[0]!)], sizes: [args[0]!.hi] });
    }
    default:
      return null;
  }
}

const dtypeKeyword = (node: Extract<expr, { kind: "Call" }>): boolean =>
  node.keywords.some(({ arg }) => arg === "dtype");

interface Shape {
  dims: Linear[];
  sizes: number[];
}

function shapeOf(expressions: Expressions, node: expr): Shape {
  const value =
    node.kind === "List"
      ? { kind: "tuple" as const, items: node.elts.map((one) => expressions.evaluate(one)) }
      : expressions.evaluate(node);
  const items = value.kind === "tuple" ? value.items : [value];
  const numbers = items.map((item) => expressions.asNumber(item, node));
  return { dims: numbers.map(linearOf), sizes: numbers.map((one) => one.hi) };
}

function linearOf(value: Num): Linear {
  return (
    value.linear ?? {
      symbol: `text ${value.code.text} ${newId()}`,
      text: value.code.text,
      offset: 0,
      length: false,
    }
  );
}

function typeNamed(expressions: Expressions, node: expr | undefined): NumberType | null {
  if (!node) return null;
  const name =
    expressions.dotted(node) ??
    (node.kind === "Constant" && node.value.type === "str" ? node.value.value : "");
  const known: Readonly<Record<string, NumberType>> = {
    float: "float",
    int: "int",
    bool: "bool",
    complex: "complex",
    "numpy.float64": "float",
    "numpy.int64": "int",
    "numpy.bool_": "bool",
    "numpy.complex128": "complex",
    float64: "float",
    int64: "int",
  };
  const type = known[name];
  if (!type) refuse(`an array of ${name || "another type"} is made`, node);
  return type;
}

const elementOf = (value: Num): Element => ({
  type: value.type,
  dtype: value.dtype,
  origin: value.origin,
  lo: -Infinity,
  hi: Infinity,
});

function array(expressions: Expressions, node: expr, type: NumberType, shape: Shape): Seq {
  const base = sequence(
    expressions.text(node),
    newId(),
    "array",
    { type, dtype: "", origin: "numpy" },
    shape.dims.map(() => [0, Infinity]),
  );
  return {
    ...base,
    dims: shape.dims,
    sizes: shape.sizes.map(sizeOrNull(expressions, shape.dims)),
    fresh: true,
  };
}

const sizeOrNull =
  (expressions: Expressions, dims: readonly Linear[]) =>
  (size: number, d: number): number | null =>
    Number.isFinite(size) && dims[d]!.symbol === null ? size : sizeOf(expressions, dims[d]!);

function made(
  expressions: Expressions,
  node: expr,
  form: "list",
  element: Element | null,
  dims: Linear[],
  count: Num,
): Seq | null {
  if (element && element.origin !== "python") return null;
  const base = sequence(expressions.text(node), newId(), form, element && { ...element }, [[0, Infinity]]);
  return {
    ...base,
    dims,
    sizes: [sizeOrNull(expressions, dims)(count.hi, 0)],
    fresh: true,
    distinctRows: true,
  };
}

/** A list of its own with the elements of a row; null for other parts. */
function rowCopy({ seq, subs }: Ref): Seq | null {
  if (seq.form !== "rows" || subs.length !== 1 || !seq.element) return null;
  const base = sequence("", newId(), "list", seq.element, [[seq.shortest[1] ?? 0, seq.sizes[1] ?? Infinity]]);
  return { ...base, dims: [seq.dims[1]!], sizes: [seq.sizes[1] ?? null], fresh: true };
}

/** `sample(points, k)`: as many of the items, the rows among them the same objects. */
function sampled(expressions: Expressions, node: Extract<expr, { kind: "Call" }>): Seq | null {
  if (node.args.length !== 2 || node.keywords.length > 0) return null;
  const value = expressions.evaluate(node.args[0]!);
  const count = expressions.number(node.args[1]!);
  if (value.kind !== "sequence" || value.form === "array" || count.type !== "int") return null;
  return {
    ...copyOf(value),
    form: value.form === "tuple" ? "list" : value.form,
    fresh: value.form !== "rows",
    distinctRows: false,
    dims: [linearOf(count), ...value.dims.slice(1)],
    sizes: [sizeOrNull(expressions, [linearOf(count)])(count.hi, 0), ...value.sizes.slice(1)],
    shortest: [0, ...value.shortest.slice(1)],
  };
}

function copyOf(value: Seq): Seq {
  return { ...value, id: newId(), fresh: true };
}

function listDisplay(expressions: Expressions, node: Extract<expr, { kind: "List" }>): Value | null {
  if (node.elts.length === 0) return { ...sequence("[]", newId(), "list", null, [[0]]), fresh: true };
  const items = node.elts.map((one) => (one.kind === "Starred" ? null : expressions.number(one)));
  const [first] = items;
  if (!first || items.some((one) => one?.type !== first.type || one.origin !== "python")) return null;
  const base = sequence(expressions.text(node), newId(), "list", elementOf(first), [[items.length]]);
  return { ...base, dims: [fixed(items.length)], fresh: true };
}

/** `[0.0 for _ in range(n)]`, `[[0.0] * m for _ in range(n)]`, and the types of other comprehensions. */
function comprehension(expressions: Expressions, node: Extract<expr, { kind: "ListComp" }>): Value | null {
  const { state } = expressions;
  const lines = state.lines.length;
  try {
    return generate(expressions, node.generators, node, (axes) => {
      const filtered = node.generators.some(({ ifs }) => ifs.length > 0) || axes.length !== 1;
      const [axis] = axes;
      const item = creation(expressions, node.elt) ?? expressions.evaluate(node.elt);
      const length: Linear =
        filtered || axis!.step !== 1 || axis!.start.symbol !== null
          ? { symbol: `length ${newId()}`, text: "?", offset: 0, length: true }
          : { ...axis!.stop, offset: axis!.stop.offset - axis!.start.offset };
      if (length.text === "?") return null;
      const value = item.kind === "ref" ? expressions.asNumber(item, node.elt) : item;
      if (value.kind === "number" && (!value.soft || value.emptyOver) && value.origin === "python") {
        const base = sequence("", newId(), "list", elementOf(value), [[0, axis!.size ?? Infinity]]);
        const element = base.element && { ...base.element, soft: value.soft };
        return { ...base, element, dims: [length], sizes: [axis!.size], fresh: true };
      }
      if (value.kind === "sequence" && value.form === "list" && value.element) {
        const base = sequence("", newId(), "rows", value.element, [
          [0, Infinity],
          [0, Infinity],
        ]);
        return {
          ...base,
          dims: [length, value.dims[0]!],
          sizes: [axis!.size, value.sizes[0] ?? null],
          fresh: true,
          distinctRows: true,
        };
      }
      return null;
    });
  } finally {
    state.lines.length = lines;
  }
}
