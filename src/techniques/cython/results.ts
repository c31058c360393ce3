// What builtins and methods give, as far as it helps: a wrong guess costs speed and never correctness.

import { range } from "../analysis/ranges.ts";
import { wide } from "./seen.ts";
import { any, bool, elementOf, float, int, join, str, type Value } from "./values.ts";

const list = (element: Value | null): Value => ({ kind: "list", element });
const iterable = (element: Value | null): Value => ({ kind: "iterable", element });
const array = (dimensions: number): Value => ({
  kind: "array",
  dtype: "float64",
  dimensions,
  contiguous: true,
});

/** The result of a builtin or of a function of an imported module. */
export function callValue(name: string, values: readonly Value[]): Value {
  const [first] = values;
  const element = first ? elementOf(first) : null;
  switch (name) {
    case "list":
    case "sorted":
      return list(element);
    case "tuple":
      return { kind: "tuple", items: null, element };
    case "set":
      return { kind: "set", element };
    case "dict":
      return first ? any : { kind: "dict", key: null, value: null };
    case "range":
      return iterable(int(wide));
    case "reversed":
      return first && first.kind !== "any" && first.kind !== "instance" ? iterable(element) : any;
    case "enumerate":
      return first && first.kind !== "any"
        ? iterable({ kind: "tuple", items: [int(wide), element ?? any], element: null })
        : any;
    case "zip": {
      const items = values.map((value) => elementOf(value) ?? any);
      if (values.some(({ kind }) => kind === "any" || kind === "instance")) return any;
      return iterable({
        kind: "tuple",
        items,
        element: items.reduce<Value | null>((a, b) => join(a, b), null),
      });
    }
    case "min":
    case "max":
      return element ?? any;
    case "len":
    case "ord":
    case "hash":
      return int(range(0n, wide.hi));
    case "int":
    case "math.floor":
    case "math.ceil":
    case "math.isqrt":
    case "math.gcd":
    case "math.comb":
      return int(wide);
    case "float":
      return float();
    case "isinstance":
    case "any":
    case "all":
    case "callable":
    case "math.isnan":
    case "math.isinf":
    case "math.isfinite":
      return bool();
    case "str":
    case "repr":
    case "bin":
    case "hex":
    case "format":
      return str;
    case "chr":
      return { kind: "char" };
    case "numpy.zeros":
    case "numpy.ones":
    case "numpy.empty":
      if (values.length !== 1 || !first) return any;
      if (first.kind === "int") return array(1);
      return first.kind === "tuple" && first.items ? array(first.items.length) : any;
    case "numpy.zeros_like":
    case "numpy.empty_like":
    case "numpy.ones_like":
      return values.length === 1 && first?.kind === "array" ? { ...first, contiguous: false } : any;
  }
  return /^math\.(hypot|dist|fsum|fabs|fmod|pow|copysign|degrees|radians|sinh|cosh|tanh|expm1|log1p)$/.test(
    name,
  )
    ? float()
    : any;
}

/** The result of a method of what has this value. */
export function methodValue(owner: Value, name: string, values: readonly Value[]): Value {
  switch (owner.kind) {
    case "str":
      if (/^(split|rsplit|splitlines)$/.test(name)) return list(str);
      if (/^(find|rfind|index|rindex|count)$/.test(name)) return int(wide);
      if (/^(is\w+|startswith|endswith)$/.test(name)) return bool();
      if (name === "encode") return { kind: "bytes" };
      if (/^(r?partition)$/.test(name)) return { kind: "tuple", items: [str, str, str], element: str };
      return str;
    case "bytes":
      return /^(find|rfind|index|rindex|count)$/.test(name) ? int(wide) : any;
    case "list":
      if (name === "pop") return owner.element ?? any;
      if (name === "index" || name === "count") return int(wide);
      return name === "copy" ? owner : any;
    case "tuple":
      return name === "index" || name === "count" ? int(wide) : any;
    case "dict":
      if (name === "get" || name === "pop" || name === "setdefault")
        return values.length === 2 ? (join(owner.value, values[1]!) ?? any) : any;
      if (name === "keys") return iterable(owner.key);
      if (name === "values") return iterable(owner.value);
      if (name === "items")
        return iterable({ kind: "tuple", items: [owner.key ?? any, owner.value ?? any], element: null });
      return name === "copy" ? owner : any;
    case "set":
      if (name === "pop") return owner.element ?? any;
      return /^(copy|union|intersection|difference|symmetric_difference)$/.test(name) ? owner : any;
    case "array":
      return name === "copy" && values.length === 0 ? owner : any;
    default:
      return any;
  }
}
