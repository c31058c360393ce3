// What NumPy's functions and array methods give, for arguments of known types.

import type { Call, expr } from "../../source/ast.generated.ts";
import type { SourceFile } from "../../source/file.ts";
import { dottedName } from "../../source/meaning.ts";
import {
  type ArrayType,
  array,
  broadcast,
  isArray,
  matrixProduct,
  pythonFloat,
  pythonInt,
  type Size,
  type Type,
  transposed,
} from "./types.ts";

type TypeOf = (node: expr) => Type | null;

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));
const floating = words(
  "exp expm1 log log1p log2 log10 sqrt cbrt sin cos tan arcsin arccos arctan sinh cosh tanh",
);
const keeping = words(
  "abs absolute negative square sort cumsum copy array asarray ascontiguousarray asfortranarray clip zeros_like ones_like empty_like nan_to_num",
);
const reducing = words("sum mean max min amax amin std var prod median");
const pairs = words("add subtract multiply maximum minimum power true_divide divide hypot");

/** The type of a call of NumPy's or SciPy's, or of a method of an array; null when it cannot be told. */
export function callType(file: SourceFile, node: Call, typeOf: TypeOf): Type | null {
  const name = dottedName(file, node.func);
  const [first, second] = node.args;
  if (name === null) return node.func.kind === "Attribute" ? methodType(file, node, typeOf) : null;
  if (["int", "float", "len", "abs", "min", "max", "sum"].includes(name))
    return name === "len" || name === "int" ? pythonInt : name === "float" ? pythonFloat : null;
  if (name === "scipy.spatial.distance.cdist") return sized(typeOf(first!), typeOf(second!));
  const match = /^(?:numpy|scipy)\.(linalg\.|random\.)?(\w+)$/.exec(name);
  if (!match) return null;
  const [, module, short] = match;
  if (module === "random.") return random(file, short!, node, typeOf);
  if (module === "linalg.")
    return first ? algebra(short!, typeOf(first), second ? typeOf(second) : null) : null;
  if (["zeros", "ones", "empty", "full"].includes(short!)) return made(file, node, typeOf);
  if (short === "eye" || short === "identity") return array("float64", [null, null]);
  if (short === "linspace") return array("float64", [null]);
  if (short === "arange")
    return array(
      node.args.some((one) => one.kind === "Constant" && one.value.type === "float") ? "float64" : "int64",
      [null],
    );
  if (!first) return null;
  const given = typeOf(first);
  if (floating.has(short!)) return given?.is === "array" ? { ...given, dtype: "float64" } : null;
  if (keeping.has(short!)) return kept(file, node, given);
  if (reducing.has(short!)) return reduced(file, node, short!, given, node.args[1] ?? null);
  if (pairs.has(short!)) return second ? broadcast(given, typeOf(second)) : null;
  switch (short) {
    case "dot":
    case "matmul":
      return second ? matrixProduct(given, typeOf(second)) : null;
    case "transpose":
      return isArray(given) && node.args.length === 1 ? transposed(given) : null;
    case "outer":
      return second ? sized(given, typeOf(second), given?.is === "array" ? given.dtype : "float64") : null;
    case "diag":
      if (!isArray(given) || given.sizes.length > 2) return null;
      return array(given.dtype, given.sizes.length === 1 ? [given.sizes[0]!, given.sizes[0]!] : [null]);
    case "where":
      return node.args.length === 3 ? broadcast(typeOf(second!), typeOf(node.args[2]!)) : null;
    default:
      return null;
  }
}

/** One row for each of the first, one column for each of the second. */
function sized(a: Type | null, b: Type | null, dtype = "float64"): ArrayType | null {
  return isArray(a) && isArray(b) ? array(dtype, [a.sizes[0]!, b.sizes[0]!]) : null;
}

function kept(file: SourceFile, node: Call, given: Type | null): Type | null {
  if (node.keywords.some(({ arg }) => arg === "dtype" || arg === "axis")) return null;
  if (given?.is === "list" && given.element?.is === "array") {
    const { dtype, sizes } = given.element;
    const wide = ({ int: "int64", float: "float64" } as Record<string, string>)[dtype] ?? dtype;
    return array(wide, [null, ...sizes]);
  }
  if (given?.is !== "array") return null;
  return dottedName(file, node.func)?.endsWith("asfortranarray") ? { ...given, layout: "F" } : given;
}

function made(file: SourceFile, node: Call, typeOf: TypeOf): ArrayType | null {
  const [shape] = node.args;
  if (!shape) return null;
  const type = node.keywords.find(({ arg }) => arg === "dtype")?.value;
  const name = type ? dottedName(file, type) : "float";
  const dtype =
    { float: "float64", int: "int64", bool: "bool" }[name ?? ""] ??
    /^numpy\.(float64|int64)$/.exec(name ?? "")?.[1];
  if (!dtype) return null;
  if (shape.kind === "Tuple") return array(dtype, shape.elts.map(constant));
  return typeOf(shape) === pythonInt || constant(shape) !== null ? array(dtype, [constant(shape)]) : null;
}

const constant = (node: expr): Size =>
  node.kind === "Constant" && node.value.type === "int" ? Number(node.value.text) : null;

function random(file: SourceFile, name: string, node: Call, typeOf: TypeOf): Type | null {
  if (name === "rand" || name === "randn") return array("float64", node.args.map(constant));
  if (name !== "random" && name !== "random_sample") return null;
  return made(file, { ...node, keywords: [] }, typeOf);
}

function algebra(name: string, a: Type | null, b: Type | null): Type | null {
  if (!isArray(a)) return null;
  switch (name) {
    case "inv":
    case "cholesky":
    case "pinv":
      return array("float64", name === "pinv" ? a.sizes.toReversed() : a.sizes, "unknown");
    case "solve":
      return isArray(b) ? array("float64", b.sizes, "unknown") : null;
    case "det":
    case "norm":
      return a.sizes.length === 2 || name === "norm"
        ? array("float64", [])
        : array("float64", a.sizes.slice(0, -2));
    case "matrix_power":
      return a;
    case "eigvalsh":
      return array("float64", a.sizes.slice(0, -1));
    default:
      return null;
  }
}

function reduced(
  file: SourceFile,
  node: Call,
  name: string,
  given: Type | null,
  positional: expr | null,
): Type | null {
  if (!isArray(given) || node.keywords.some(({ arg }) => arg !== "axis")) return null;
  const axis = node.keywords.find(({ arg }) => arg === "axis")?.value ?? positional;
  const dtype =
    given.dtype === "int64" && ["mean", "std", "var", "median"].includes(name) ? "float64" : given.dtype;
  if (axis === null) return array(dtype, []);
  const text = file.text.slice(axis.start, axis.end);
  if (!/^-?\d$/.test(text)) return null;
  return array(dtype, given.sizes.toSpliced(Number(text), 1));
}

function methodType(file: SourceFile, node: Call, typeOf: TypeOf): Type | null {
  const { func, args } = node;
  if (func.kind !== "Attribute") return null;
  const owner = typeOf(func.value);
  const [first] = args;
  if (["normal", "random", "standard_normal", "uniform"].includes(func.attr)) {
    // Of a random generator, whatever it is called.
    const size =
      node.keywords.find(({ arg }) => arg === "size")?.value ??
      (func.attr === "random" || func.attr === "standard_normal" ? first : undefined);
    return owner === null && size ? made(file, { ...node, args: [size], keywords: [] }, typeOf) : null;
  }
  if (owner?.is !== "array") return null;
  if (reducing.has(func.attr)) return reduced(file, node, func.attr, owner, first ?? null);
  switch (func.attr) {
    case "copy":
    case "cumsum":
    case "clip":
      return args.length > 1 || func.attr !== "cumsum" || owner.sizes.length === 1 ? owner : null;
    case "dot":
      return first ? matrixProduct(owner, typeOf(first)) : null;
    case "transpose":
      return args.length === 0 ? transposed(owner) : null;
    case "ravel":
    case "flatten":
      return array(owner.dtype, [null]);
    case "reshape": {
      const shape = first?.kind === "Tuple" && args.length === 1 ? first.elts : args;
      const sizes = shape.map((one) => (sourceIsMinusOne(file, one) ? null : constant(one)));
      return array(owner.dtype, sizes, owner.layout === "C" || owner.layout === "both" ? "C" : "unknown");
    }
    case "astype": {
      const name = first ? dottedName(file, first) : null;
      if (name === "float" || name === "numpy.float64") return { ...owner, dtype: "float64" };
      return name === "int" || name === "numpy.int64" ? { ...owner, dtype: "int64" } : null;
    }
    default:
      return null;
  }
}

const sourceIsMinusOne = (file: SourceFile, node: expr) => file.text.slice(node.start, node.end) === "-1";
