// From the facts of a name at entry to what the kernel may take for it.

import type { ValueFact } from "../../schemas/index.ts";
import { dtypeTypes, scalarTypes, shortType } from "../analysis/number-types.ts";
import type { Range } from "../analysis/ranges.ts";
import * as ranges from "../analysis/ranges.ts";
import { columnsOf, hasLists, type Layout, layoutOf, type PoolSource } from "./records.ts";
import {
  bool,
  type Container,
  complex,
  float,
  type IntegerType,
  int,
  integer,
  type Origin,
  type Scalar,
  type SymbolicBound,
  Unsupported,
  type Value,
} from "./values.ts";

export type ScalarType = "int" | "float" | "bool" | "complex" | "char";

/** How a live-in value reaches the kernel. */
export interface Input {
  name: string;
  /**
   * `list`, `rows` (a list of equally long lists), `records` (a list of tuples) and `text` are turned into arrays at the
   * border; a `pool` is the array of all lists that records hold.
   */
  kind: "scalar" | "array" | "list" | "rows" | "text" | "tuple" | "records" | "pool";
  /** Of the value itself, or of its elements; of no meaning for a tuple. */
  scalar: ScalarType;
  /** Of arrays of integers. */
  dtype: IntegerType;
  origin: Origin;
  dimensions: number;
  /** Extremes of the integers seen. */
  seen: Range | null;
  /** The shortest length seen along any axis. */
  shortest: number;
  /** The Python type of the container: `list`, `tuple`, … */
  outside: string;
  items: readonly Input[];
  /** How long the rows were, where all were of one small length. */
  width: number | null;
  /** Of records. */
  layout: Layout | null;
  /** Of a pool: where its lists stand, and how long each is. */
  pool: { sources: PoolSource[]; width: number } | null;
}

/** What is asked of an input beyond its type: guarded before the kernel is called. */
export interface Limits {
  /** Bounds of an integer, or of the integers in a container; null for any of 64 bits. */
  integers: Range | null;
  /** Every axis has at least this length. */
  shortest: number;
}

/** What the kernel can take for `name`; throws `Unsupported` for values Numba or this analysis cannot hold. */
export function describeInput(
  name: string,
  facts: readonly ValueFact[] | undefined,
  fresh: (base: string) => string,
): Input {
  const quoted = `\`${name}\``;
  if (!facts || facts.length === 0) throw new Unsupported(`nothing was seen of ${quoted} at run time`);
  if (facts.length > 1) {
    throw new Unsupported(
      `${quoted} had several types: ${facts.map((fact) => shortType(fact.type)).join(", ")}`,
    );
  }
  const fact = facts[0]!;
  const base: Base = {
    name,
    dtype: "int64",
    dimensions: 0,
    seen: null,
    shortest: 0,
    outside: shortType(fact.type),
    items: [],
    width: null,
    layout: null,
    pool: null,
  };
  const scalar = scalarTypes[fact.type];
  if (scalar)
    return { ...base, kind: "scalar", scalar: scalar[0], origin: scalar[1], seen: integersOf(fact) };
  if (fact.type === "builtins.str") {
    return {
      ...base,
      kind: "text",
      scalar: "char",
      origin: "python",
      dimensions: 1,
      shortest: fact.text?.minLength ?? 0,
    };
  }
  if (fact.type === "numpy.ndarray" && fact.array) return arrayInput(base, fact.array, quoted);
  if (fact.type === "builtins.tuple" && fact.sequence?.positions && fact.sequence.positions.length <= 6) {
    const positions = fact.sequence.positions;
    const items = positions.map((position, i) => describeInput(`${name}[${i}]`, position, fresh));
    if (items.length > 0 && items.every(({ kind }) => kind !== "records" && kind !== "text"))
      return { ...base, kind: "tuple", scalar: "int", origin: "python", items };
  }
  if (fact.type === "builtins.list" || fact.type === "builtins.tuple")
    return recordsInput(base, fact, quoted, fresh) ?? sequenceInput(base, fact, quoted);
  throw new Unsupported(`${quoted} is a ${shortType(fact.type)}`);
}

function integersOf(fact: ValueFact): Range | null {
  return fact.integer ? ranges.range(BigInt(fact.integer.min), BigInt(fact.integer.max)) : null;
}

type Base = Omit<Input, "kind" | "scalar" | "origin">;

function arrayInput(base: Base, array: NonNullable<ValueFact["array"]>, quoted: string): Input {
  const integers = narrowTypes.find((dtype) => dtype === array.dtype);
  const scalar = integers ? "int" : dtypeTypes[array.dtype];
  if (!scalar)
    throw new Unsupported(`${quoted} is an array of ${array.dtype}, whose arithmetic differs in Numba`);
  if (array.ndim === 0) throw new Unsupported(`${quoted} is an array without dimensions`);
  const lengths = array.shapes.flat();
  return {
    ...base,
    kind: "array",
    scalar,
    dtype: integers ?? "int64",
    origin: "numpy",
    dimensions: array.ndim,
    shortest: lengths.length === 0 ? 0 : Math.min(...lengths),
    seen:
      scalar === "int" && array.min !== null && array.max !== null
        ? ranges.range(BigInt(Math.floor(array.min)), BigInt(Math.ceil(array.max)))
        : null,
  };
}

/** Integers that Numba computes with in 64 bits: whatever fits their type comes out the same. */
const narrowTypes: readonly IntegerType[] = ["int32", "int16", "int8", "uint32", "uint16", "uint8"];

/** A list of tuples of one form; null when it is none. */
function recordsInput(
  base: Base,
  { sequence }: ValueFact,
  quoted: string,
  fresh: (base: string) => string,
): Input | null {
  const [element] = sequence?.elements ?? [];
  if (sequence?.elements.length !== 1 || element?.type !== "builtins.tuple") return null;
  if (!element.sequence?.positions?.length) return null;
  const layout = layoutOf(element, quoted, (path) => fresh([base.name, ...path].join("_")));
  const seen = columnsOf(layout)
    .map((column) => column.seen)
    .reduce((all, next) => (all && next ? ranges.join(all, next) : (all ?? next)), null);
  return {
    ...base,
    kind: "records",
    scalar: "int",
    origin: "python",
    dimensions: 1,
    seen,
    shortest: sequence.length.min,
    layout,
  };
}

/** One pool for all lists of one type and length that records hold; the layouts learn the names. */
export function poolsOf(inputs: readonly Input[], fresh: (base: string) => string): Input[] {
  const pools = new Map<string, Input>();
  for (const { layout, name } of inputs) {
    if (!layout) continue;
    for (const column of columnsOf(layout)) {
      if (column.kind !== "list") continue;
      const key = `${column.scalar} ${column.width}`;
      let pool = pools.get(key);
      if (!pool) {
        pool = {
          name: fresh("rows"),
          kind: "pool",
          scalar: column.scalar,
          dtype: "int64",
          origin: "python",
          dimensions: 2,
          seen: null,
          shortest: 1,
          outside: "list",
          items: [],
          width: null,
          layout: null,
          pool: { sources: [], width: column.width },
        };
        pools.set(key, pool);
      }
      column.pool = pool.name;
      if (column.seen) pool.seen = pool.seen ? ranges.join(pool.seen, column.seen) : column.seen;
      const known = pool.pool!.sources.find(({ outside }) => outside === name);
      if (known) known.columns.push(column);
      else pool.pool!.sources.push({ outside: name, columns: [column] });
    }
  }
  return [...pools.values()];
}

/** Longer rows are not unpacked into names. */
const widestRow = 8;

function sequenceInput(base: Base, fact: ValueFact, quoted: string): Input {
  const sequence = fact.sequence;
  if (!sequence || sequence.elements.length === 0)
    throw new Unsupported(`${quoted} was empty in every call seen`);
  if (sequence.elements.length > 1) {
    const types = sequence.elements.map((element) => shortType(element.type)).join(", ");
    throw new Unsupported(`the elements of ${quoted} had several types: ${types}`);
  }
  const element = sequence.elements[0]!;
  const scalar = scalarTypes[element.type];
  if (scalar && scalar[1] === "python") {
    return {
      ...base,
      kind: "list",
      scalar: scalar[0],
      origin: "python",
      dimensions: 1,
      seen: integersOf(element),
      shortest: sequence.length.min,
    };
  }
  if ((element.type === "builtins.list" || element.type === "builtins.tuple") && element.sequence) {
    const row = sequenceInput(
      { ...base, outside: shortType(element.type) },
      element,
      `the rows of ${quoted}`,
    );
    if (row.kind !== "list") throw new Unsupported(`${quoted} is nested more than two deep`);
    const { min, max } = element.sequence.length;
    return {
      ...row,
      kind: "rows",
      dimensions: 2,
      shortest: Math.min(row.shortest, sequence.length.min),
      width: min === max && max <= widestRow ? max : null,
    };
  }
  throw new Unsupported(`the elements of ${quoted} are of type ${shortType(element.type)}`);
}

/** The longest array that fits a machine, and the range of lengths. */
const longest = 1n << 40n;

/** The value the analysis starts from. `bases` learns the range of every symbol. */
export function entryValue(
  input: Input,
  limits: Limits,
  bases: Map<string, Range>,
  pools: Map<string, Container>,
): Value {
  if (input.kind === "scalar") {
    if (input.scalar !== "int") return element(input.scalar, input, limits);
    const range = limits.integers ?? ranges.int64;
    bases.set(input.name, range);
    return int(range, input.origin, { base: input.name, offset: 0n });
  }
  if (input.kind === "tuple") {
    return { type: "tuple", items: input.items.map((item) => entryValue(item, limits, bases, pools)) };
  }
  const dimensions: SymbolicBound[] = [];
  for (let axis = 0; axis < input.dimensions; axis++) {
    const base = `len ${input.name}.${axis}`;
    bases.set(base, { lo: BigInt(limits.shortest), hi: longest });
    dimensions.push({ base, offset: 0n });
  }
  const container: Container = {
    id: `input ${input.name}`,
    element: input.layout ? recordValue(input.layout, limits, pools) : element(input.scalar, input, limits),
    written: false,
    resized: false,
    input: input.name,
    outside: input.kind === "array" ? "ndarray" : input.kind === "text" ? "text" : "list",
  };
  if (input.kind === "pool") pools.set(input.name, container);
  if (input.layout && hasLists(input.layout))
    return { type: "records", input: input.name, item: container.element!, length: dimensions[0]! };
  if (input.layout) return { type: "list", container, length: dimensions[0]! };
  return { type: "array", container, dimensions };
}

/** A tuple as it stands in a list of them: the pools come first, so that they are known here. */
function recordValue(layout: Layout, limits: Limits, pools: ReadonlyMap<string, Container>): Value {
  if (layout.kind === "scalar") return element(layout.scalar, { origin: "python", dtype: "int64" }, limits);
  if (layout.kind === "tuple")
    return { type: "tuple", items: layout.items.map((item) => recordValue(item, limits, pools)) };
  const width = { base: "", offset: BigInt(layout.width) };
  return { type: "array", container: pools.get(layout.pool)!, dimensions: [width] };
}

function element(scalar: ScalarType, input: Pick<Input, "origin" | "dtype">, limits: Limits): Scalar {
  switch (scalar) {
    case "int":
      return input.origin === "numpy"
        ? integer(input.dtype, limits.integers ?? undefined)
        : int(limits.integers ?? ranges.int64, input.origin);
    case "float":
      return float(input.origin);
    case "bool":
      return bool(input.origin);
    case "complex":
      return complex(input.origin);
    case "char":
      return { type: "char" };
  }
}
