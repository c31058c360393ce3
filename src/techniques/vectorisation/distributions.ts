// What generators of random numbers draw: methods that give, called once for many numbers, the same as called for each.

import type { Num, NumberType, Origin } from "./values.ts";

/** `numpy.random.Generator`, `numpy.random.RandomState` or the functions of `numpy.random`, and Python's `random`. */
export type Family = "generator" | "legacy" | "twister";

export interface Distribution {
  /** The method that draws many. */
  method: string;
  type: NumberType;
  /** What one number is. */
  origin: Origin;
  /** How many parameters it takes before the size. */
  parameters: number;
  /** Parameters may be arrays: one for each number. */
  broadcasts: boolean;
  /** Bounds that follow from the parameters. */
  range?: (parameters: readonly Num[]) => readonly [number, number];
}

const unit = () => [0, 1] as const;
const positive = () => [0, Infinity] as const;

function between(parameters: readonly Num[]): readonly [number, number] {
  const [a, b] =
    parameters.length === 0
      ? [
          { lo: 0, hi: 0 },
          { lo: 1, hi: 1 },
        ]
      : parameters;
  return a && b ? [Math.min(a.lo, b.lo), Math.max(a.hi, b.hi)] : [-Infinity, Infinity];
}

/** From the first to before the last, which is counted in here: a bound need not be tight. */
function whole(parameters: readonly Num[]): readonly [number, number] {
  const [a, b] = parameters;
  if (!a) return [-Infinity, Infinity];
  return b ? [a.lo, b.hi] : [0, a.hi];
}

const float = (method: string, parameters: number, range?: Distribution["range"]): Distribution => ({
  method,
  type: "float",
  origin: "python",
  parameters,
  broadcasts: method === "uniform" || method === "normal",
  ...(range && { range }),
});

const integer = (
  method: string,
  parameters: number,
  range: NonNullable<Distribution["range"]>,
  origin: Origin = "python",
): Distribution => ({ method, type: "int", origin, parameters, broadcasts: false, range });

const both: Readonly<Record<string, Distribution>> = {
  random: float("random", 0, unit),
  uniform: float("uniform", 2, between),
  normal: float("normal", 2),
  standard_normal: float("standard_normal", 0),
  exponential: float("exponential", 1, positive),
  standard_exponential: float("standard_exponential", 0, positive),
  lognormal: float("lognormal", 2, positive),
  gamma: float("gamma", 2, positive),
  beta: float("beta", 2, unit),
  poisson: integer("poisson", 1, positive),
  binomial: integer("binomial", 2, positive),
  geometric: integer("geometric", 1, positive),
};

const families: Readonly<Record<Family, Readonly<Record<string, Distribution>>>> = {
  generator: { ...both, integers: integer("integers", 2, whole, "numpy") },
  legacy: {
    ...both,
    random_sample: float("random_sample", 0, unit),
    rand: float("random_sample", 0, unit),
    randn: float("standard_normal", 0),
    randint: integer("randint", 2, whole),
  },
  // Both are drawn as numbers between 0 and 1.
  twister: { random: float("random", 0, unit), uniform: float("random", 2, between) },
};

export const distributionOf = (family: Family, method: string): Distribution | undefined =>
  Object.hasOwn(families[family], method) ? families[family][method] : undefined;
