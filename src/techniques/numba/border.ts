// What happens around the kernel: guards on the arguments, lists turned into arrays and back, results as Python had them.

import type { Input, Limits } from "./inputs.ts";
import {
  columnsOf,
  columnValues,
  distinctLists,
  hasLists,
  layoutGuards,
  listAgain,
  overLists,
} from "./records.ts";
import { representative, typeName, Unsupported, type Value } from "./values.ts";

export interface Border {
  /** Conditions on the arguments as they are. */
  guards: string[];
  /** Conditions on lists within tuples, which come after those on the tuples. */
  listGuards: string[];
  /** Assignments that make arrays. */
  conversions: string[];
  /** Conditions on the arrays made. */
  arrayGuards: string[];
  /** Arguments of the kernel, and the parameters that take them. */
  arguments: string[];
  parameters: string[];
  /** What the kernel begins with: lists made anew from arrays. */
  opening: string[];
  /** Statements that put back what the kernel wrote. */
  writeBack: string[];
}

const builtin = { int: "int", float: "float", bool: "bool", complex: "complex", char: "str" } as const;
const dtype = {
  int: "int64",
  float: "float64",
  bool: "bool_",
  complex: "complex128",
  char: "uint32",
} as const;

export interface BorderRequest {
  inputs: readonly Input[];
  /** How each input is written outside: `n`, `self.width`. */
  outside: ReadonlyMap<string, string>;
  limits: ReadonlyMap<string, Limits>;
  written: ReadonlySet<string>;
  /** Inputs whose rows must be as wide as they were. */
  widths: ReadonlySet<string>;
  /** The kernel may raise, after which Python starts again from the arguments: they must be as they were. */
  mayRaise: boolean;
  /** Nothing in plain Python follows, so there is nowhere to go when a guard fails. */
  guarded: boolean;
  numpy: string;
  fresh(base: string): string;
}

/** The border for all inputs of a kernel. */
export function drawBorder(request: BorderRequest): Border {
  const border: Border = {
    guards: [],
    conversions: [],
    arrayGuards: [],
    arguments: [],
    parameters: [],
    opening: [],
    writeBack: [],
    listGuards: [],
  };
  const lists = new Map<string, { lists: string; rowOf: string }>();
  const scalarTypes = new Map<string, string[]>();
  for (const input of request.inputs) {
    const outside = request.outside.get(input.name) ?? input.name;
    if (input.kind === "scalar" && input.origin === "python") {
      const type = builtin[input.scalar];
      scalarTypes.set(type, [...(scalarTypes.get(type) ?? []), outside]);
    }
  }
  // `type(x) is type(y) is float`: one condition for all of a type.
  for (const [type, names] of scalarTypes) {
    border.guards.push(`${names.map((name) => `type(${name})`).join(" is ")} is ${type}`);
  }
  for (const input of request.inputs) {
    if (input.kind === "records") addRecords(border, input, request, lists);
    else if (input.kind === "pool") addPool(border, input, request, lists);
    else {
      addInput(border, input, request.limits.get(input.name)!, request);
      border.parameters.push(input.name);
    }
  }
  border.guards.push(...border.listGuards);
  addDistinctness(border, request, lists);
  if (!request.guarded) border.guards = border.arrayGuards = [];
  return border;
}

function addInput(border: Border, input: Input, limits: Limits, request: BorderRequest): void {
  const { numpy } = request;
  const outside = request.outside.get(input.name) ?? input.name;
  const written = request.written.has(input.name);
  switch (input.kind) {
    case "scalar":
      if (input.origin === "numpy") border.guards.push(`type(${outside}) is ${numpy}.${dtype[input.scalar]}`);
      if (limits.integers) border.guards.push(between(outside, limits.integers));
      border.arguments.push(outside);
      return;
    case "tuple":
      addTuple(border, input, outside, limits, request);
      return;
    case "text": {
      border.guards.push(`type(${outside}) is str`);
      if (limits.shortest > 0) border.guards.push(`len(${outside}) >= ${limits.shortest}`);
      const name = request.fresh(`${plainName(outside)}_codes`);
      border.conversions.push(
        `${name} = ${numpy}.fromiter(map(ord, ${outside}), ${numpy}.uint32, len(${outside}))`,
      );
      border.arguments.push(name);
      return;
    }
    case "array": {
      border.guards.push(`type(${outside}) is ${numpy}.ndarray`);
      border.guards.push(
        `${outside}.dtype == ${numpy}.${input.scalar === "int" ? input.dtype : dtype[input.scalar]}`,
        `${outside}.ndim == ${input.dimensions}`,
      );
      if (limits.shortest > 0) border.guards.push(`min(${outside}.shape) >= ${limits.shortest}`);
      if (written) border.guards.push(`${outside}.flags.writeable`);
      if (limits.integers)
        border.guards.push(`${outside}.size > 0`, ...elementsBetween(outside, limits.integers));
      if (!written || !request.mayRaise) {
        border.arguments.push(outside);
        return;
      }
      const name = request.fresh(`new_${plainName(outside)}`);
      border.conversions.push(`${name} = ${outside}.copy()`);
      border.writeBack.push(`${outside}[:] = ${name}`);
      border.arguments.push(name);
      return;
    }
    default:
      addList(border, input, outside, limits, written, request);
  }
}

function addTuple(
  border: Border,
  input: Input,
  outside: string,
  limits: Limits,
  request: BorderRequest,
): void {
  border.guards.push(`type(${outside}) is tuple`, `len(${outside}) == ${input.items.length}`);
  const own: Border = { ...border, arguments: [] };
  for (const [i, item] of input.items.entries()) {
    const integers = item.scalar === "int" ? limits.integers : null;
    if (item.kind === "scalar" && item.origin === "python")
      border.guards.push(`type(${outside}[${i}]) is ${builtin[item.scalar]}`);
    addInput(own, item, { ...limits, integers }, request);
  }
  const plain = input.items.every(({ kind }) => kind === "scalar");
  const [only] = own.arguments;
  const made = own.arguments.length === 1 ? `(${only},)` : `(${own.arguments.join(", ")})`;
  border.arguments.push(plain ? outside : made);
}

/** One array per place in the tuples. */
function addRecords(
  border: Border,
  input: Input,
  request: BorderRequest,
  lists: ReadonlyMap<string, { rowOf: string }>,
): void {
  const outside = request.outside.get(input.name) ?? input.name;
  const layout = input.layout!;
  const limits = request.limits.get(input.name)!;
  border.guards.push(`type(${outside}) is ${input.outside}`, `len(${outside}) > 0`);
  border.guards.push(...layoutGuards(outside, layout));
  for (const column of columnsOf(layout)) {
    const { parameter } = column;
    const rowOf = column.kind === "list" ? lists.get(column.pool)!.rowOf : null;
    const values = `${request.numpy}.array(${columnValues(outside, column, rowOf)})`;
    border.conversions.push(`${parameter} = ${values}`);
    border.arguments.push(parameter);
    border.parameters.push(parameter);
    if (column.kind === "list" || column.scalar !== "int") continue;
    border.arrayGuards.push(`${parameter}.dtype == ${request.numpy}.int64`);
    if (limits.integers) border.arrayGuards.push(...elementsBetween(parameter, limits.integers));
  }
  if (hasLists(layout)) return;
  const taken = new Set([...border.parameters, ...request.inputs.map(({ name }) => name)]);
  border.opening.push(listAgain(input.name, layout, taken));
}

/** The lists that records hold, each once, as the rows of an array. */
function addPool(
  border: Border,
  input: Input,
  request: BorderRequest,
  made: Map<string, { lists: string; rowOf: string }>,
): void {
  const { numpy } = request;
  const { sources, width } = input.pool!;
  const limits = request.limits.get(input.name)!;
  const found = request.fresh("lists");
  const rowOf = request.fresh("row_of");
  made.set(input.name, { lists: found, rowOf });
  const places = sources.map(({ outside, columns }) => ({
    outside: request.outside.get(outside) ?? outside,
    columns,
  }));
  border.conversions.push(`${found} = ${distinctLists(places)}`);
  border.conversions.push(`${rowOf} = {key: i for i, key in enumerate(${found})}`);
  border.conversions.push(`${input.name} = ${numpy}.array(list(${found}.values()))`);
  border.arguments.push(input.name);
  border.parameters.push(input.name);
  // Records are guarded first, and with them that these are lists.
  for (const place of places) {
    border.listGuards.push(`{len(values) ${overLists(place)}} == {${width}}`);
    if (input.scalar !== "int")
      border.listGuards.push(
        `{type(value) ${overLists(place)} for value in values} == {${builtin[input.scalar]}}`,
      );
  }
  if (input.scalar === "int") border.arrayGuards.push(`${input.name}.dtype == ${numpy}.int64`);
  if (limits.integers) border.arrayGuards.push(...elementsBetween(input.name, limits.integers));
  if (!request.written.has(input.name)) return;
  const [values, row] = [request.fresh("values"), request.fresh("row")];
  border.writeBack.push(
    `for ${values}, ${row} in zip(${found}.values(), ${input.name}.tolist()):`,
    `    ${values}[:] = ${row}`,
  );
}

function addList(
  border: Border,
  input: Input,
  outside: string,
  limits: Limits,
  written: boolean,
  request: BorderRequest,
): void {
  const { numpy } = request;
  const [type, array] = [builtin[input.scalar], `${numpy}.${dtype[input.scalar]}`];
  const name = request.fresh(`${plainName(outside)}_array`);
  border.guards.push(`type(${outside}) is ${input.kind === "rows" ? "list" : input.outside}`);
  if (input.kind === "rows") {
    // Rows that share an object, or of several lengths, are not what an array can hold.
    border.guards.push(`len(set(map(len, ${outside}))) == 1`);
    if (written) border.guards.push(`len(set(map(id, ${outside}))) == len(${outside})`);
    if (input.scalar !== "int")
      border.guards.push(`{type(value) for row in ${outside} for value in row} == {${type}}`);
  } else if (input.scalar !== "int") border.guards.push(`set(map(type, ${outside})) == {${type}}`);
  border.conversions.push(`${name} = ${numpy}.array(${outside})`);
  border.arguments.push(name);
  // Of integers beyond 64 bits, of mixed numbers and of nothing NumPy makes arrays of other dtypes.
  if (input.scalar === "int") border.arrayGuards.push(`${name}.dtype == ${array}`);
  if (request.widths.has(input.name)) border.arrayGuards.push(`${name}.shape[1] == ${input.width}`);
  if (limits.integers) border.arrayGuards.push(...elementsBetween(name, limits.integers));
  if (limits.shortest > 1) border.arrayGuards.push(`min(${name}.shape) >= ${limits.shortest}`);
  if (!written) return;
  if (input.outside !== "list") throw new Unsupported(`elements of the tuple \`${outside}\` are assigned`);
  if (input.kind === "list") border.writeBack.push(`${outside}[:] = ${name}.tolist()`);
  else {
    const [row, values] = [request.fresh("row"), request.fresh("new_row")];
    border.writeBack.push(
      `for ${row}, ${values} in zip(${outside}, ${name}.tolist()):`,
      `    ${row}[:] = ${values}`,
    );
  }
}

/** An argument that is written must not be another argument as well: the arrays made of them are apart. */
function addDistinctness(
  border: Border,
  request: BorderRequest,
  pools: ReadonlyMap<string, { lists: string }>,
): void {
  const containers = request.inputs
    .flatMap((input) => [input, ...input.items])
    .filter(({ kind }) => kind === "array" || kind === "list" || kind === "rows");
  for (const [pool, { lists }] of pools) {
    for (const input of containers) {
      if (input.kind === "array" || !(request.written.has(pool) || request.written.has(input.name))) continue;
      const outside = request.outside.get(input.name) ?? input.name;
      border.arrayGuards.push(
        input.kind === "list"
          ? `id(${outside}) not in ${lists}`
          : `${lists}.keys().isdisjoint(map(id, ${outside}))`,
      );
    }
  }
  for (const [i, input] of containers.entries()) {
    for (const other of containers.slice(i + 1)) {
      if (!request.written.has(input.name) && !request.written.has(other.name)) continue;
      const [a, b] = [input, other].map(({ name }) => request.outside.get(name) ?? name);
      if (input.kind === "array" && other.kind === "array") {
        if (request.mayRaise) border.guards.push(`not ${request.numpy}.may_share_memory(${a}, ${b})`);
      } else if (input.kind !== "array" && other.kind !== "array") {
        if (input.kind === other.kind) {
          const rows = `set(map(id, ${a})).isdisjoint(map(id, ${b}))`;
          border.guards.push(input.kind === "rows" ? rows : `${a} is not ${b}`);
        } else {
          const [list, rows] = input.kind === "list" ? [a, b] : [b, a];
          border.guards.push(`id(${list}) not in map(id, ${rows})`);
        }
      }
    }
  }
}

const plainName = (outside: string): string => outside.replace(/^.*\./, "").replaceAll(/\W/g, "_");

function between(name: string, { lo, hi }: { lo: bigint; hi: bigint }): string {
  return `${bound(lo)} <= ${name} <= ${bound(hi)}`;
}

function elementsBetween(name: string, { lo, hi }: { lo: bigint; hi: bigint }): string[] {
  return [`${name}.min() >= ${bound(lo)}`, `${name}.max() <= ${bound(hi)}`];
}

/** `2**31` rather than ten digits. */
export function bound(value: bigint): string {
  const magnitude = value < 0n ? -value : value;
  const bits = magnitude.toString(2);
  const text = bits.length > 16 && /^10*$/.test(bits) ? `2**${bits.length - 1}` : String(magnitude);
  return value < 0n ? `-${text}` : text;
}

/** How a result of the kernel becomes what Python gave. */
export interface Conversion {
  /** The expression, given the name that holds the kernel's result. */
  expression(name: string): string;
  /** The result may stand as it is. */
  plain: boolean;
  /** It holds elements that were integer literals in Python, unless all are assigned. */
  soft: boolean;
  /** The expression names the result several times. */
  repeats?: boolean;
}

const asIs: Conversion = { expression: (name) => name, plain: true, soft: false };

/** Throws `Unsupported` for what cannot be given back as Python had it. */
export function convertResult(value: Value, numpy: string, what: string): Conversion {
  switch (value.type) {
    case "none":
      return asIs;
    case "int":
    case "float":
    case "bool":
    case "complex":
      if (value.type === "float" && value.soft)
        throw new Unsupported(`${what} is an int on some ways and a float on others`);
      if (
        value.origin === "either" ||
        (value.type === "int" && value.origin === "numpy" && value.dtype === null)
      )
        throw new Unsupported(`${what} is now a number of Python, now one of NumPy`);
      if (value.origin === "python") return asIs;
      return {
        expression: (name) => `${numpy}.${value.type === "int" ? value.dtype : dtype[value.type]}(${name})`,
        plain: false,
        soft: false,
      };
    case "array":
    case "list":
      return convertContainer(value, what);
    case "tuple": {
      const items = value.items.map((item) => convertResult(item, numpy, what));
      const soft = items.some((item) => item.soft);
      if (items.every(({ plain }) => plain)) return { ...asIs, soft };
      const parts = (name: string) => items.map((item, i) => item.expression(`${name}[${i}]`));
      const only = items.length === 1 ? "," : "";
      return {
        expression: (name) => `(${parts(name).join(", ")}${only})`,
        plain: false,
        soft,
        repeats: true,
      };
    }
    default:
      throw new Unsupported(`${what} is ${typeName(value)}`);
  }
}

function convertContainer(value: Value & { type: "array" | "list" }, what: string): Conversion {
  const { element, input, outside } = representative(value.container);
  if (input !== null) throw new Unsupported(`${what} is an argument, or a part of one`);
  if (!element) throw new Unsupported(`${what} is a list that stays empty`);
  const soft = element.type === "float" && element.soft;
  if (value.type === "array" && outside === "ndarray") {
    if (value.dimensions.length === 0) throw new Unsupported(`${what} is a part of an array`);
    return { ...asIs, soft };
  }
  const scalars = element.type === "tuple" ? element.items : [element];
  if (
    !scalars.every(
      (item) =>
        "origin" in item &&
        item.origin === "python" &&
        !(item.type === "float" && item.soft && element.type === "tuple"),
    )
  ) {
    throw new Unsupported(`${what} is a list of values that are not plain numbers of Python`);
  }
  if (value.type === "list") return { ...asIs, soft };
  return { expression: (name) => `${name}.tolist()`, plain: false, soft };
}
