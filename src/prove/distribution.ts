// Two versions that draw different random numbers: do their results follow one distribution? Judged over many seeds.

import { kolmogorovSmirnov } from "../stats/index.ts";

/** Numbers by name of one seeded run; null when it raised an exception. */
export type Sample = Record<string, number> | null;

/** The chance of calling two equal distributions different, over all numbers together. */
const significance = 0.01;
/** Fewer seeds than this show nothing. */
const fewest = 100;

export interface Distributions {
  same: boolean | null;
  /** In words, for the reason of a verdict. */
  told: string;
}

export function compareDistributions(old: readonly Sample[], now: readonly Sample[]): Distributions {
  const size = Math.min(old.length, now.length);
  if (size < fewest)
    return { same: null, told: `there was time for ${size} seeds only, fewer than ${fewest}` };
  const names = new Set([...old, ...now].flatMap((sample) => Object.keys(sample ?? {})));
  if (names.size === 0) return { same: null, told: "its results are no numbers that could be compared" };
  const level = significance / (names.size + 1);
  const raised = [old, now].map((samples) => samples.map((sample) => (sample === null ? 1 : 0)));
  const tests = [...names].map((name) => {
    const [a, b] = [old, now].map((samples) =>
      samples.flatMap((sample) => (sample !== null && name in sample ? [sample[name]!] : [])),
    );
    // A value that is there on one side only is another result, however often it is drawn.
    const absent = a!.length === 0 || b!.length === 0;
    return { name, p: absent ? 0 : kolmogorovSmirnov(a!.filter(isNumber), b!.filter(isNumber)) };
  });
  tests.push({ name: "whether it raises an exception", p: kolmogorovSmirnov(raised[0]!, raised[1]!) });
  const worst = tests.reduce((least, test) => (test.p < least.p ? test : least));
  if (worst.p < level)
    return {
      same: false,
      told: `over ${size} seeds ${worst.name} follows another distribution (Kolmogorov–Smirnov p = ${worst.p.toPrecision(2)})`,
    };
  return {
    same: true,
    told: `over ${size} seeds nothing tells that ${names.size === 1 ? "its result follows" : `the ${names.size} numbers of its result follow`} another distribution (Kolmogorov–Smirnov, at a level of ${significance} for all together)`,
  };
}

const isNumber = (value: number) => !Number.isNaN(value);
