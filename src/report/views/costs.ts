// What each stack cost the run, by kind.

import type { Profile } from "../../schemas/profile.ts";
import { KINDS, type Kind } from "../model.ts";

/** Nanoseconds of the run charged to each stack itself, by kind. Over all stacks they add up to the recorded time. */
export type StackCosts = Record<Kind, Float64Array> & {
  /** Time of samples without any Python frame. */
  outside: Record<Kind, number>;
};

/** Add up the samples of each stack. */
export function stackCosts({ samples, stacks }: Profile): StackCosts {
  const count = stacks.frame.length;
  const costs: StackCosts = {
    python: new Float64Array(count),
    native: new Float64Array(count),
    waiting: new Float64Array(count),
    system: new Float64Array(count),
    outside: { python: 0, native: 0, waiting: 0, system: 0 },
  };
  const columns = {
    python: samples.runPython,
    native: samples.runNative,
    waiting: samples.runWaiting,
    system: samples.runSystem,
  };
  for (let sample = 0; sample < samples.stack.length; sample++) {
    const stack = samples.stack[sample]!;
    for (const kind of KINDS) {
      const time = columns[kind][sample]!;
      if (stack < 0) costs.outside[kind] += time;
      else costs[kind][stack]! += time;
    }
  }
  return costs;
}
