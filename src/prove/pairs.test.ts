// The decision rule on machines that disturb timings. The seed is in the test's name; SPEEDWELL_SEED sets it.

import { describe, expect, it } from "vitest";
import { machines, simulate } from "../../bench/machines.ts";
import { binomialInterval, seededRandom } from "../stats/index.ts";
import { abbaOrder, judgePairs, pairUp } from "./pairs.ts";
import { surelyFaster } from "./select.ts";

const seed = Number(process.env.SPEEDWELL_SEED ?? Date.now() % 2 ** 31);
const trials = 250;

describe(`the decision rule with seed ${seed}`, () => {
  const random = seededRandom(seed);
  const count = (machine: string, gain: number) => {
    let [above, called] = [0, 0];
    for (let trial = 0; trial < trials; trial++) {
      const { ratio, floor } = judgePairs(
        pairUp(simulate(machine, abbaOrder(12), gain, random).map(Math.exp)),
      )!;
      above += Number(ratio.low > 1);
      called += Number(surelyFaster(ratio, floor));
    }
    return { above, called };
  };

  for (const machine of Object.keys(machines))
    it(`calls no program faster than itself: ${machine}`, () => {
      const { above, called } = count(machine, 1);
      expect(called).toBeLessThanOrEqual(1);
      expect(binomialInterval(above, trials, 0.9999).low).toBeLessThan(0.025);
    });

  it("finds a gain of 3% on a machine that adds nothing", () => {
    expect(binomialInterval(count("nothing more", 1.03).called, trials, 0.9999).high).toBeGreaterThan(0.95);
  });
});
