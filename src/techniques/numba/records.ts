// Lists of tuples, such as `[(position, velocity, mass), …]`: one array per place in the tuple.
//
// Lists in those tuples may be one and the same object in several places, and are changed in place. So all of one kind
// become the rows of one array, each object once; a column then holds the numbers of rows.

import type { ValueFact } from "../../schemas/index.ts";
import { scalarTypes, shortType } from "../analysis/number-types.ts";
import type { Range } from "../analysis/ranges.ts";
import * as ranges from "../analysis/ranges.ts";
import type { ScalarType } from "./inputs.ts";
import { Unsupported } from "./values.ts";

export type Layout =
  | { kind: "scalar"; scalar: ScalarType; seen: Range | null; parameter: string; path: readonly number[] }
  | {
      kind: "list";
      scalar: ScalarType;
      seen: Range | null;
      width: number;
      /** The parameter with the numbers of rows. */
      parameter: string;
      /** The parameter with the rows themselves. */
      pool: string;
      path: readonly number[];
    }
  | { kind: "tuple"; items: readonly Layout[]; path: readonly number[] };

/** Most places of a tuple, and most elements of a list in it. */
const widest = 8;

/** The layout of the tuples in a list; throws `Unsupported` where they are not all alike. */
export function layoutOf(
  fact: ValueFact,
  quoted: string,
  parameter: (path: readonly number[]) => string,
  path: readonly number[] = [],
): Layout {
  const scalar = scalarTypes[fact.type];
  const seen = fact.integer ? ranges.range(BigInt(fact.integer.min), BigInt(fact.integer.max)) : null;
  if (scalar && scalar[1] === "python")
    return { kind: "scalar", scalar: scalar[0], seen, parameter: parameter(path), path };
  const { sequence } = fact;
  if (fact.type === "builtins.tuple" && sequence?.positions && sequence.positions.length <= widest) {
    const items = sequence.positions.map((position, i) => {
      const [only] = position;
      if (position.length !== 1)
        throw new Unsupported(`the tuples in ${quoted} have values of several types in one place`);
      return layoutOf(only!, quoted, parameter, [...path, i]);
    });
    if (items.length > 0) return { kind: "tuple", items, path };
  }
  const element = sequence?.elements.length === 1 ? scalarTypes[sequence.elements[0]!.type] : undefined;
  if (fact.type === "builtins.list" && sequence && element?.[1] === "python" && path.length > 0) {
    const { min, max } = sequence.length;
    if (min !== max || min > widest)
      throw new Unsupported(`the lists in the tuples of ${quoted} are not all of one short length`);
    const { integer } = sequence.elements[0]!;
    return {
      kind: "list",
      scalar: element[0],
      seen: integer ? ranges.range(BigInt(integer.min), BigInt(integer.max)) : null,
      width: min,
      parameter: parameter(path),
      pool: "",
      path,
    };
  }
  throw new Unsupported(`the tuples in ${quoted} hold values of type ${shortType(fact.type)}`);
}

export type Column = Exclude<Layout, { kind: "tuple" }>;

export function columnsOf(layout: Layout): Column[] {
  return layout.kind === "tuple" ? layout.items.flatMap(columnsOf) : [layout];
}

/** The tuple again, from what the columns hold at one index: `(rows[i], mass)`. */
function rebuilt(layout: Layout, held: (column: Column) => string): string {
  if (layout.kind === "scalar") return held(layout);
  if (layout.kind === "list") return `${layout.pool}[${held(layout)}]`;
  const items = layout.items.map((item) => rebuilt(item, held));
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;
}

export const hasLists = (layout: Layout): boolean => columnsOf(layout).some(({ kind }) => kind === "list");

/** The tuple at an index: `(rows[bodies_0[i]], bodies_1[i])`. */
export const recordAt = (layout: Layout, index: string): string =>
  rebuilt(layout, ({ parameter }) => `${parameter}[${index}]`);

/**
 * The statement that makes a list of tuples of numbers anew at the head of the kernel. Tuples that hold arrays are not
 * put into lists: Numba 0.68 loses what is then written to those arrays.
 */
export function listAgain(name: string, layout: Layout, taken: ReadonlySet<string>): string {
  const [only] = columnsOf(layout);
  const index = ["i", "k", "index", `${name}_index`].find((base) => !taken.has(base))!;
  return `${name} = [${recordAt(layout, index)} for ${index} in range(len(${only!.parameter}))]`;
}

/** How one column of the list reads in Python: `[item[0][2] for item in bodies]`. */
const place = (item: string, path: readonly number[]): string =>
  `${item}${path.map((i) => `[${i}]`).join("")}`;

const builtin: Record<ScalarType, string> = {
  int: "int",
  float: "float",
  bool: "bool",
  complex: "complex",
  char: "str",
};

/** Conditions on a list for it to have the layout, outermost first. */
export function layoutGuards(outside: string, layout: Layout): string[] {
  const guards = [`set(map(type, ${outside})) == {tuple}`];
  const visit = (part: Layout): void => {
    if (part.kind !== "tuple") return;
    const types = part.items.map((item) =>
      item.kind === "tuple" ? "tuple" : item.kind === "list" ? "list" : builtin[item.scalar],
    );
    const form = types.length === 1 ? `(${types[0]},)` : `(${types.join(", ")})`;
    guards.push(`{tuple(map(type, ${place("item", part.path)})) for item in ${outside}} == {${form}}`);
    part.items.forEach(visit);
  };
  visit(layout);
  return guards;
}

/** The lists that the rows of a pool stand for: `for item in bodies for values in (item[0], item[1])`. */
export interface PoolSource {
  outside: string;
  columns: Column[];
}

/** The loops of a comprehension over all lists, as `values`. */
export function overLists({ outside, columns }: PoolSource): string {
  const paths = columns.map(({ path }) => place("item", path));
  const all = `(${paths.join(", ")}${paths.length === 1 ? "," : ""})`;
  return `for item in ${outside} for values in ${all}`;
}

/** A dict from identity to list, over all places where the lists stand. */
export function distinctLists(sources: readonly PoolSource[]): string {
  const parts = sources.map((source) => `{id(values): values ${overLists(source)}}`);
  return parts.length === 1 ? parts[0]! : `{${parts.map((part) => `**${part}`).join(", ")}}`;
}

/** What stands in one column: its numbers, or which row of the pool each list is. */
export function columnValues(outside: string, column: Column, rowOf: string | null): string {
  const value = place("item", column.path);
  const element = column.kind === "list" ? `${rowOf}[id(${value})]` : value;
  return `[${element} for item in ${outside}]`;
}
