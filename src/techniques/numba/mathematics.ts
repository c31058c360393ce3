// The functions of `math` and NumPy that a kernel may call, and where they part from Python.

/** A function of the kernel's own that raises where Python would not give a plain number, so that Python decides. */
export interface Checked {
  name: string;
  parameters: string;
  /** The expression that is checked. */
  expression: string;
  /** What must hold of `result`, or of the argument where the result would already be wrong. */
  check: "finite result" | "argument fits 64 bits";
}

export interface MathFunction {
  arity: 1 | 2;
  result: "float" | "int" | "bool";
  /** Range of a float result. */
  range?: readonly [number, number];
  /** Arguments, as intervals, for which Python never raises; for others the checked form is called. */
  safe: (arguments_: readonly { lo: number; hi: number }[]) => boolean;
  /** Why results may differ in the last digit; absent when they never do. */
  inexact?: string;
}

type Interval = { lo: number; hi: number };
const always = (): boolean => true;
const never = (): boolean => false;
const finite = ([x]: readonly Interval[]): boolean => Number.isFinite(x!.lo) && Number.isFinite(x!.hi);
const within =
  (lo: number, hi: number) =>
  ([x]: readonly Interval[]): boolean =>
    x!.lo >= lo && x!.hi <= hi;
const positive = ([x]: readonly Interval[]): boolean => x!.lo > 0;
const float = (safe: MathFunction["safe"], range?: readonly [number, number], arity: 1 | 2 = 1): MathFunction => ({
  arity,
  result: "float",
  safe,
  ...(range ? { range } : {}),
});

/** Functions of `math`. Measured on numba 0.68 with glibc: all but `hypot` give the same bits as CPython. */
export const mathFunctions: Readonly<Record<string, MathFunction>> = {
  sqrt: float(within(0, Infinity), [0, Infinity]),
  exp: float(within(-Infinity, 700), [0, Infinity]),
  expm1: float(within(-Infinity, 700), [-1, Infinity]),
  log: float(positive),
  log2: float(positive),
  log10: float(positive),
  log1p: float(within(0, Infinity), [0, Infinity]),
  sin: float(finite, [-1, 1]),
  cos: float(finite, [-1, 1]),
  tan: float(finite),
  asin: float(within(-1, 1), [-1.6, 1.6]),
  acos: float(within(-1, 1), [0, 3.2]),
  atan: float(always, [-1.6, 1.6]),
  sinh: float(within(-700, 700)),
  cosh: float(within(-700, 700), [1, Infinity]),
  tanh: float(always, [-1, 1]),
  fabs: float(always, [0, Infinity]),
  radians: float(always),
  degrees: float(always),
  erf: float(always, [-1, 1]),
  erfc: float(always, [0, 2]),
  copysign: float(always, undefined, 2),
  atan2: float(always, [-3.2, 3.2], 2),
  hypot: {
    ...float(never, [0, Infinity], 2),
    inexact: "Numba's hypot may differ from Python's in the last digit",
  },
  pow: float(never, undefined, 2),
  floor: { arity: 1, result: "int", safe: never },
  ceil: { arity: 1, result: "int", safe: never },
  trunc: { arity: 1, result: "int", safe: never },
  isnan: { arity: 1, result: "bool", safe: always },
  isinf: { arity: 1, result: "bool", safe: always },
  isfinite: { arity: 1, result: "bool", safe: always },
};

const numpyInexact = "NumPy's own loops and the C library that Numba calls may differ in the last digits";
const numpyFunction = (exact: boolean, range?: readonly [number, number], arity: 1 | 2 = 1): MathFunction => ({
  ...float(always, range, arity),
  ...(exact ? {} : { inexact: numpyInexact }),
});

/** Functions of NumPy on single numbers. They never raise. */
export const numpyFunctions: Readonly<Record<string, MathFunction>> = {
  sqrt: numpyFunction(true, [0, Infinity]),
  fabs: numpyFunction(true, [0, Infinity]),
  floor: numpyFunction(true),
  ceil: numpyFunction(true),
  exp: numpyFunction(false, [0, Infinity]),
  log: numpyFunction(false),
  log2: numpyFunction(false),
  log10: numpyFunction(false),
  sin: numpyFunction(false, [-1, 1]),
  cos: numpyFunction(false, [-1, 1]),
  tan: numpyFunction(false),
  tanh: numpyFunction(false, [-1, 1]),
  arctan: numpyFunction(false, [-1.6, 1.6]),
  arctan2: numpyFunction(false, [-3.2, 3.2], 2),
  hypot: numpyFunction(false, [0, Infinity], 2),
};

export const mathConstants: Readonly<Record<string, number>> = {
  pi: Math.PI,
  e: Math.E,
  tau: 2 * Math.PI,
  inf: Infinity,
  nan: Number.NaN,
};

/** The Python text of a checked function, without its decorator. */
export function checkedText({ name, parameters, expression, check }: Checked, math: string): string {
  if (check === "argument fits 64 bits") {
    return `def ${name}(${parameters}):\n    if not abs(${parameters}) < 2.0**62:\n        raise OverflowError\n    return ${expression}\n`;
  }
  return `def ${name}(${parameters}):\n    result = ${expression}\n    if not ${math}.isfinite(result):\n        raise ArithmeticError\n    return result\n`;
}
