// From facts of a name at entry to what compiled code takes it for.

import type { ValueFact } from "../../schemas/index.ts";
import { dtypeTypes, scalarTypes, shortType } from "../analysis/number-types.ts";
import { fits, range } from "../analysis/ranges.ts";
import { any, bool, float, int, join, none, Unsupported, type Value } from "./values.ts";

/** Integers within this are taken as such; larger ones within 62 bits. What goes beyond is left to Python. */
export const narrow = range(-(1n << 31n), 1n << 31n);
export const wide = range(-(1n << 62n), 1n << 62n);

/** The value that all facts of one place have in common. */
export function seenValue(facts: readonly ValueFact[] | undefined): Value {
  return facts?.map(valueOfFact).reduce<Value | null>((a, b) => join(a, b), null) ?? any;
}

/** The value of an input; throws `Unsupported` for what running the code a second time would find changed. */
export function inputValue(name: string, facts: readonly ValueFact[] | undefined): Value {
  for (const { type } of facts ?? []) {
    if (/iterator|generator|enumerate|\.(zip|map|filter|reversed)$|^_?io\.|^itertools/.test(type))
      throw new Unsupported(`\`${name}\` is ${shortType(type)}, which can be read only once`);
  }
  return seenValue(facts);
}

const inner = (facts: readonly ValueFact[]): Value | null => (facts.length === 0 ? null : seenValue(facts));

function valueOfFact(fact: ValueFact): Value {
  const scalar = scalarTypes[fact.type];
  if (scalar?.[1] === "python") {
    if (scalar[0] === "float") return float();
    if (scalar[0] === "bool") return bool();
    if (scalar[0] === "int") return seenInteger(fact);
    return any;
  }
  const { sequence, mapping, array, attributes } = fact;
  switch (fact.type) {
    case "random.Random":
      return { kind: "draws", sites: [] };
    case "builtins.NoneType":
      return none;
    case "builtins.str":
      return { kind: fact.text?.minLength === 1 && fact.text.maxLength === 1 ? "char" : "str" };
    case "builtins.bytes":
      return { kind: "bytes" };
    case "builtins.list":
    case "builtins.set":
      return {
        kind: fact.type === "builtins.list" ? "list" : "set",
        element: sequence ? inner(sequence.elements) : null,
      };
    case "builtins.tuple":
      return {
        kind: "tuple",
        items: sequence?.positions?.map((position) => seenValue(position)) ?? null,
        element: sequence ? inner(sequence.elements) : null,
      };
    case "builtins.range":
      return { kind: "iterable", element: int(wide) };
    case "builtins.dict":
      return {
        kind: "dict",
        key: mapping ? inner(mapping.keys) : null,
        value: mapping ? inner(mapping.values) : null,
      };
    case "numpy.ndarray": {
      const dtype = array && dtypeTypes[array.dtype];
      if (!array || !dtype || dtype === "complex" || array.ndim < 1 || array.ndim > 7) return any;
      const names = { float: "float64", int: "int64", bool: "bool" } as const;
      return {
        kind: "array",
        dtype: names[dtype],
        dimensions: array.ndim,
        contiguous: array.cContiguous,
      };
    }
  }
  if (attributes)
    return {
      kind: "instance",
      attributes: new Map(Object.entries(attributes).map(([name, facts]) => [name, seenValue(facts)])),
    };
  return any;
}

function seenInteger({ integer }: ValueFact): Value {
  if (!integer) return int(narrow);
  const seen = range(BigInt(integer.min), BigInt(integer.max));
  return fits(seen, narrow) ? int(narrow) : fits(seen, wide) ? int(wide) : any;
}
