// The functions of `math` and NumPy that a kernel may call, and where they part from Python.

/** A function of the kernel's own: arithmetic that is left to Python where the result is no plain number, or a reduction. */
export interface Checked {
  name: string;
  parameters: string;
  /** The lines of its body, with `math` by its local name. */
  body: readonly string[];
  /** The compiler may add terms in another order, which the rewrite's tolerance names. */
  reorders: boolean;
}

/** Anything but a finite result is left to Python: it may raise, or give a complex number. */
export const finiteResult = (expression: string, math: string): string[] => [
  `result = ${expression}`,
  `if not ${math}.isfinite(result):`,
  "    raise ArithmeticError",
  "return result",
];

/** A float that becomes an integer of 64 bits; larger ones, infinity and NaN are left to Python. */
export const fittingArgument = (expression: string): string[] => [
  "if not abs(x) < 2.0**62:",
  "    raise OverflowError",
  `return ${expression}`,
];

/** A left shift whose result has at most 60 bits. */
export const boundedShift = [
  "if not (-(2**20) < x < 2**20 and 0 <= y <= 40):",
  "    raise OverflowError",
  "return x << y",
];

/** Why products and sums of arrays may differ. */
export const reordered = "products and sums of arrays add their terms in another order";

/** The product of two vectors, whose terms may be added in any order. */
export const dotProduct = (zero: string): string[] => [
  "if len(x) != len(y):",
  "    raise ValueError",
  `total = ${zero}`,
  "for i in range(len(x)):",
  "    total += x[i] * y[i]",
  "return total",
];

/** Elements at places given by integers: Numba's own does not look whether they are in the array. */
export const takenElements = (numpy: string): string[] => [
  `taken = ${numpy}.empty(len(places), values.dtype)`,
  "for i in range(len(places)):",
  `    place = ${numpy}.int64(places[i])`,
  "    if not -len(values) <= place < len(values):",
  "        raise IndexError",
  "    taken[i] = values[place]",
  "return taken",
];

/** Elements where a mask holds, which Numba does not compare with the array in length. */
export const maskedElements = ["if len(mask) != len(values):", "    raise IndexError", "return values[mask]"];

/** `np.linspace`, rounded as NumPy does. */
export const evenlySpaced = (numpy: string): string[] => [
  "if count < 0:",
  "    raise ValueError",
  `values = ${numpy}.empty(count)`,
  "if count == 0:",
  "    return values",
  "step = (stop - start) / max(count - 1, 1)",
  "if step == 0:",
  "    raise ValueError",
  "for i in range(count):",
  "    values[i] = i * step + start",
  "if count > 1:",
  "    values[count - 1] = stop",
  "return values",
];

/** `np.clip` of one number: of zeros with two signs NumPy takes the bound, of NaN the first that it meets. */
export const clippedElement = [
  "if value != value:",
  "    return value",
  "clipped = value if value > low else low",
  "if clipped != clipped or clipped < high:",
  "    return clipped",
  "return high",
];

/** `sum`, `min` and `max` as Python computes them, over an array that was a list. */
export const reductions = {
  sum: (zero: string): string[] => [
    `total = ${zero}`,
    "for value in values:",
    "    total += value",
    "return total",
  ],
  min: extreme("<"),
  max: extreme(">"),
};

function extreme(sign: string): () => string[] {
  return () => [
    "result = values[0]",
    "for value in values:",
    `    if value ${sign} result:`,
    "        result = value",
    "return result",
  ];
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
const float = (
  safe: MathFunction["safe"],
  range?: readonly [number, number],
  arity: 1 | 2 = 1,
): MathFunction => ({
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
const numpyFunction = (
  exact: boolean,
  range?: readonly [number, number],
  arity: 1 | 2 = 1,
): MathFunction => ({
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

/** The Python text of such a function, without its decorator. */
export function checkedText({ name, parameters, body }: Checked): string {
  return `def ${name}(${parameters}):\n${body.map((line) => `    ${line}\n`).join("")}`;
}
