// Functions on single numbers and the ufuncs that do the same for arrays.

import type { NumberType, Origin } from "./values.ts";

export interface Ufunc {
  /** Name in NumPy. */
  name: string;
  result: NumberType;
  arity: 1 | 2;
  /** Of the result: a float of Python's own, or one of NumPy. */
  origin: Origin | "argument";
  range?: readonly [lo: number, hi: number];
  /** Arguments for which Python never raises; for others NumPy's floating-point errors are watched. */
  safe: (lo: number, hi: number) => boolean;
  /** The same bits as Python. */
  exact: boolean;
  /** Python raises OverflowError where the result has no place. */
  overflows?: boolean;
  /** The result is an integer, which NumPy gives as a float. */
  integral?: boolean;
}

const always = () => true;
const never = () => false;
const between = (low: number, high: number) => (lo: number, hi: number) => lo >= low && hi <= high;
const positive = (lo: number) => lo > 0;
const finite = (lo: number, hi: number) => Number.isFinite(lo) && Number.isFinite(hi);

const python = (
  name: string,
  safe: Ufunc["safe"],
  range?: readonly [number, number],
  more: Partial<Ufunc> = {},
): Ufunc => ({
  name,
  result: "float",
  arity: 1,
  origin: "python",
  safe,
  exact: false,
  ...(range ? { range } : {}),
  ...more,
});

/** `math`'s functions. Those that NumPy computes with its own vector code may differ in the last digit. */
const ofMath: Readonly<Record<string, Ufunc>> = {
  sqrt: python("sqrt", between(0, Infinity), [0, Infinity], { exact: true }),
  exp: python("exp", between(-Infinity, 700), [0, Infinity], { overflows: true }),
  expm1: python("expm1", between(-Infinity, 700), [-1, Infinity], { overflows: true }),
  log: python("log", positive),
  log2: python("log2", positive),
  log10: python("log10", positive),
  log1p: python("log1p", between(0, Infinity), [0, Infinity]),
  sin: python("sin", finite, [-1, 1]),
  cos: python("cos", finite, [-1, 1]),
  tan: python("tan", finite),
  asin: python("arcsin", between(-1, 1), [-1.6, 1.6]),
  acos: python("arccos", between(-1, 1), [0, 3.2]),
  atan: python("arctan", always, [-1.6, 1.6]),
  sinh: python("sinh", between(-700, 700), undefined, { overflows: true }),
  cosh: python("cosh", between(-700, 700), [1, Infinity], { overflows: true }),
  tanh: python("tanh", always, [-1, 1]),
  fabs: python("fabs", always, [0, Infinity], { exact: true }),
  radians: python("radians", always),
  degrees: python("degrees", always),
  hypot: python("hypot", never, [0, Infinity], { arity: 2, overflows: true }),
  atan2: python("arctan2", always, [-3.2, 3.2], { arity: 2 }),
  copysign: python("copysign", always, undefined, { arity: 2, exact: true }),
  isnan: python("isnan", always, undefined, { result: "bool", exact: true }),
  isinf: python("isinf", always, undefined, { result: "bool", exact: true }),
  isfinite: python("isfinite", always, undefined, { result: "bool", exact: true }),
  floor: python("floor", never, undefined, { exact: true, integral: true, overflows: true }),
  ceil: python("ceil", never, undefined, { exact: true, integral: true, overflows: true }),
  trunc: python("trunc", never, undefined, { exact: true, integral: true, overflows: true }),
};

const numpy = (name: string, range?: readonly [number, number], more: Partial<Ufunc> = {}): Ufunc =>
  python(name, always, range, { origin: "numpy", ...more });

/** NumPy's functions on single numbers: the same on arrays, where strides may choose another loop. */
const ofNumpy: Readonly<Record<string, Ufunc>> = {
  sqrt: numpy("sqrt", [0, Infinity], { exact: true }),
  fabs: numpy("fabs", [0, Infinity], { exact: true }),
  floor: numpy("floor", undefined, { exact: true }),
  ceil: numpy("ceil", undefined, { exact: true }),
  isnan: numpy("isnan", undefined, { result: "bool", exact: true }),
  isinf: numpy("isinf", undefined, { result: "bool", exact: true }),
  isfinite: numpy("isfinite", undefined, { result: "bool", exact: true }),
  exp: numpy("exp", [0, Infinity]),
  expm1: numpy("expm1", [-1, Infinity]),
  log: numpy("log"),
  log2: numpy("log2"),
  log10: numpy("log10"),
  log1p: numpy("log1p"),
  sin: numpy("sin", [-1, 1]),
  cos: numpy("cos", [-1, 1]),
  tan: numpy("tan"),
  arcsin: numpy("arcsin", [-1.6, 1.6]),
  arccos: numpy("arccos", [0, 3.2]),
  arctan: numpy("arctan", [-1.6, 1.6]),
  sinh: numpy("sinh"),
  cosh: numpy("cosh", [1, Infinity]),
  tanh: numpy("tanh", [-1, 1]),
  hypot: numpy("hypot", [0, Infinity], { arity: 2 }),
  arctan2: numpy("arctan2", [-3.2, 3.2], { arity: 2 }),
  maximum: numpy("maximum", undefined, { arity: 2, exact: true }),
  minimum: numpy("minimum", undefined, { arity: 2, exact: true }),
};

/** What a call of this dotted name computes, element by element; undefined for anything else. */
export function ufunc(name: string): Ufunc | undefined {
  const [module, member] = name.split(".");
  if (member === undefined) return undefined;
  if (module === "math") return ofMath[member];
  return module === "numpy" ? ofNumpy[member] : undefined;
}

export const constants: Readonly<Record<string, number>> = {
  "math.pi": Math.PI,
  "math.e": Math.E,
  "math.tau": 2 * Math.PI,
  "math.inf": Infinity,
  "math.nan": Number.NaN,
  "numpy.pi": Math.PI,
  "numpy.e": Math.E,
  "numpy.inf": Infinity,
  "numpy.nan": Number.NaN,
};
