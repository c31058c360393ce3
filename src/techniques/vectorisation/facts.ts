// From what was seen of a name at run time to what the analysis may take it for.

import type { ValueFact } from "../../schemas/index.ts";
import { dtypeTypes, scalarTypes, shortType } from "../analysis/number-types.ts";
import { atom } from "./code.ts";
import type { Family } from "./distributions.ts";
import type { Linear } from "./linear.ts";
import { type NumberType, newId, num, type Opaque, type Origin, type Seq, type Value } from "./values.ts";

/** What `name` is, written as `text`. Something else than numbers and containers of them is opaque, with the reason. */
export function valueFromFacts(text: string, facts: readonly ValueFact[] | undefined, id = newId()): Value {
  const opaque = (why: string): Opaque => ({ kind: "opaque", id, text, why });
  if (!facts || facts.length === 0) return opaque(`nothing was seen of \`${text}\` at run time`);
  if (facts.length > 1)
    return opaque(`\`${text}\` had several types: ${facts.map(({ type }) => shortType(type)).join(", ")}`);
  const fact = facts[0]!;
  const scalar = scalarTypes[fact.type];
  if (scalar) {
    const [type, origin] = scalar;
    const linear: Linear | null =
      type === "int" ? { symbol: `value ${id}`, text, offset: 0, length: false } : null;
    return num(type, atom(text), { origin, linear });
  }
  if (fact.type === "numpy.ndarray" && fact.array) {
    const { array } = fact;
    const type = dtypeTypes[array.dtype];
    if (!type) return opaque(`\`${text}\` is an array of ${array.dtype}`);
    if (array.ndim === 0) return opaque(`\`${text}\` is an array without dimensions`);
    const columns = Array.from({ length: array.ndim }, (_, i) => array.shapes.map((shape) => shape[i] ?? 0));
    return sequence(text, id, "array", { type, dtype: array.dtype, origin: "numpy" }, columns);
  }
  if (fact.type === "builtins.list" || fact.type === "builtins.tuple")
    return listValue(text, id, fact, opaque);
  const family = generators[fact.type];
  const other = opaque(`\`${text}\` is a ${shortType(fact.type)}`);
  return family ? { ...other, family } : other;
}

const generators: Readonly<Record<string, Family>> = {
  "numpy.random._generator.Generator": "generator",
  "numpy.random.mtrand.RandomState": "legacy",
  "random.Random": "twister",
};

function listValue(text: string, id: number, fact: ValueFact, opaque: (why: string) => Opaque): Value {
  const items = fact.sequence!;
  if (items.positions && fact.type === "builtins.tuple" && items.positions.length <= 4) {
    const values = items.positions.map((position, i) => valueFromFacts(`${text}[${i}]`, position));
    if (items.elements.length > 1 && values.every((value) => value.kind === "number"))
      return { kind: "tuple", items: values };
  }
  if (items.elements.length === 0) {
    const form = fact.type === "builtins.list" ? "list" : "tuple";
    return { ...sequence(text, id, form, null, [[0]]) };
  }
  if (items.elements.length > 1)
    return opaque(
      `the elements of \`${text}\` had several types: ${items.elements.map((one) => shortType(one.type)).join(", ")}`,
    );
  const element = items.elements[0]!;
  const lengths = [items.length.min, items.length.max];
  const scalar = scalarTypes[element.type];
  if (scalar) {
    if (scalar[1] === "numpy") return opaque(`\`${text}\` holds NumPy's scalars`);
    const form = fact.type === "builtins.list" ? "list" : "tuple";
    return sequence(text, id, form, { type: scalar[0], dtype: "", origin: "python" }, [lengths]);
  }
  const inner = element.sequence;
  if (
    (element.type === "builtins.list" || element.type === "builtins.tuple") &&
    inner?.elements.length === 1
  ) {
    const row = scalarTypes[inner.elements[0]!.type];
    if (row && row[1] === "python")
      return sequence(text, id, "rows", { type: row[0], dtype: "", origin: "python" }, [
        lengths,
        [inner.length.min, inner.length.max],
      ]);
  }
  return { ...opaque(`the elements of \`${text}\` are of type ${shortType(element.type)}`), items: true };
}

const widest: Record<NumberType, string> = {
  bool: "bool",
  int: "int64",
  float: "float64",
  complex: "complex128",
};

export function sequence(
  text: string,
  id: number,
  form: Seq["form"],
  element: { type: NumberType; dtype: string; origin: Origin } | null,
  lengths: readonly (readonly number[])[],
): Seq {
  const smallest = lengths.map((seen) => (seen.length === 0 ? 0 : Math.min(...seen)));
  const largest = lengths.map((seen) => (seen.length === 0 ? null : Math.max(...seen)));
  return {
    kind: "sequence",
    id,
    form,
    text,
    element: element && {
      ...element,
      dtype: element.dtype || widest[element.type],
      lo: element.type === "bool" ? 0 : -Infinity,
      hi: element.type === "bool" ? 1 : Infinity,
    },
    dims: lengths.map((_, dimension) => lengthOf(id, text, form, dimension)),
    sizes: largest,
    shortest: smallest,
    sameWidth: lengths.length > 1 && smallest[1] === largest[1] ? smallest[1]! : null,
    fresh: false,
    distinctRows: false,
  };
}

/** The length of a dimension, as Python writes it. */
export function lengthOf(id: number, text: string, form: Seq["form"] | "opaque", dimension: number): Linear {
  const written =
    form === "rows" || form === "opaque"
      ? dimension === 0
        ? `len(${text})`
        : `len(${text}[0])`
      : dimension === 0
        ? `len(${text})`
        : `${text}.shape[${dimension}]`;
  return { symbol: `length ${id}.${dimension}`, text: written, offset: 0, length: true };
}
