import { describe, expect, it } from "vitest";
import { deadlineIn } from "../base/deadline.ts";
import type { Equivalence, Region, Rewrite, TextEdit, Timing } from "../schemas/index.ts";
import { planBudget } from "./budget.ts";
import { abbaOrder, judgePairs, leastPairs, pairUp, planPairs, runPairs, worthwhilePairs } from "./pairs.ts";
import { type Choice, chooseSet, judgeTiming, onceCost, refusedBecause, withInterval } from "./select.ts";

const timing = (low: number, estimate: number, high: number, more: Partial<Timing> = {}): Timing => ({
  ratio: { low, estimate, high },
  pairs: 10,
  floor: 1.01,
  oldSeconds: 1,
  newSeconds: 1 / estimate,
  onceSeconds: 0,
  memoryRatio: 1,
  logRatios: [],
  ...more,
});
const share = (estimate: number) => ({ low: estimate - 0.02, estimate, high: estimate + 0.02 });

describe("judging a region's timing", () => {
  it("keeps a clear gain", () => {
    const judged = judgeTiming(share(0.8), timing(2.9, 3.1, 3.3), 5);
    expect(judged).toMatchObject({ keep: true, reason: "faster in the region: 3.1×, 2.9 to 3.3" });
    expect(judged.program!.estimate).toBeCloseTo(1 / (0.2 + 0.8 / 3.1));
  });

  it("refuses with the number that decides", () => {
    const small = judgeTiming({ low: 0.01, estimate: 0.02, high: 0.03 }, timing(2.9, 3.1, 3.3), 5);
    expect(small.keep).toBe(false);
    expect(small.reason).toBe(
      "faster in the region (3.1×, 2.9 to 3.3) but only 1.01×, 1.01 to 1.02 for the program",
    );
    expect(judgeTiming(share(0.8), timing(0.5, 0.6, 0.7), 5).reason).toBe(
      "slower in the region (0.6×, 0.5 to 0.7)",
    );
    expect(judgeTiming(share(0.8), timing(1.04, 1.2, 1.4), 5).reason).toContain("no clear gain");
    const noisy = judgeTiming(share(0.8), timing(1.2, 1.5, 1.8, { floor: 1.3 }), 5);
    expect(noisy).toMatchObject({ keep: false });
    expect(noisy.reason).toContain("hides less than 1.3×");
  });

  it("counts compilation and imports against a program that runs once", () => {
    const compiled = timing(20, 22, 25, { onceSeconds: 3 });
    const short = judgeTiming(share(0.9), compiled, 2);
    expect(short.keep).toBe(false);
    expect(short.reason).toContain("each start pays 3.0 s once");
    expect(short.reason).toContain("pays from 2 runs of this work per start");
    expect(judgeTiming(share(0.9), compiled, 60).keep).toBe(true);
  });

  it("spreads what is paid once over the runs that the user says there are", () => {
    const compiled = timing(20, 22, 25, { onceSeconds: 3 });
    expect([1, 2, 50].map((repeat) => judgeTiming(share(0.9), compiled, 2, repeat).keep)).toEqual([
      false,
      true,
      true,
    ]);
    const once = onceCost(share(0.9), compiled.ratio, 3, 2);
    expect(once.cold.estimate).toBeCloseTo(1 / (0.1 + 0.9 / 22 + 1.5));
    expect(once.warm.estimate).toBeCloseTo(1 / (0.1 + 0.9 / 22));
    expect(once).toMatchObject({ seconds: 3, breakEven: 2 });
    expect(onceCost(share(0.9), { low: 0.8, estimate: 0.9, high: 1 }, 3, 2).breakEven).toBeNull();
  });

  it("refuses what is not the same, with the reason of the check", () => {
    const checked = { verdict: "different", reason: "input 3 gives 5, not 4" } as Equivalence;
    expect(refusedBecause(checked)).toBe("gives another result: input 3 gives 5, not 4");
    expect(refusedBecause({ ...checked, verdict: "same" })).toBeNull();
  });

  it("writes intervals to be read", () => {
    expect(withInterval({ low: 1.01, estimate: 1.04, high: 1.07 })).toBe("1.04×, 1.01 to 1.07");
    expect(withInterval({ low: 95.2, estimate: 120.4, high: 140 })).toBe("120×, 95 to 140");
  });
});

describe("choosing a set", () => {
  const choice = (
    id: string,
    region: string,
    [start, end]: [number, number],
    gain: number,
    more: { newPackages?: string[]; edits?: TextEdit[]; file?: string; beside?: number } = {},
  ): Choice => ({
    rewrite: {
      id,
      region,
      file: more.file ?? "a.py",
      edits: more.edits ?? [{ start, end, text: id }],
    } as Rewrite,
    start,
    end,
    gain,
    newPackages: more.newPackages ?? [],
    region: { id: region } as Region,
    beside: () => more.beside ?? 1,
  });
  const ids = (choices: readonly Choice[]) => chooseSet(choices).map((one) => one.rewrite.id);

  it("counts the time of a function that a rewritten one calls once", () => {
    const caller = choice("caller", "f", [0, 10], 10);
    const asking = { newPackages: ["numba"], beside: 0.02 };
    expect(ids([caller, choice("called", "g", [20, 30], 5)]).sort()).toEqual(["called", "caller"]);
    const rival = choice("plain", "g", [20, 30], 1.1, { beside: 0.02 });
    expect(ids([caller, choice("called", "g", [20, 30], 5, asking), rival]).sort()).toEqual([
      "caller",
      "plain",
    ]);
  });

  it("takes the fastest rewrite of each region", () => {
    expect(
      ids([choice("a", "r", [0, 9], 1.5), choice("b", "r", [0, 9], 2), choice("c", "s", [20, 30], 1.1)]),
    ).toEqual(["b", "c"]);
  });

  it("prefers the plainer rewrite unless a new package makes the program 1.3× faster", () => {
    const plain = choice("plain", "r", [0, 9], 2);
    expect(ids([plain, choice("package", "r", [0, 9], 2.5, { newPackages: ["numba"] })])).toEqual(["plain"]);
    expect(ids([plain, choice("package", "r", [0, 9], 2.7, { newPackages: ["numba"] })])).toEqual([
      "package",
    ]);
  });

  it("asks the same premium of a package in the lines around, and none where nothing plainer is to be had", () => {
    const plain = choice("plain", "i", [10, 20], 2);
    const around = (gain: number) => choice("outer", "o", [0, 50], gain, { newPackages: ["numba"] });
    expect(ids([plain, around(2.5)])).toEqual(["plain"]);
    expect(ids([plain, around(2.7)])).toEqual(["outer"]);
    const [a, b] = [
      choice("a", "a", [0, 9], 1.2, { newPackages: ["numba"] }),
      choice("b", "b", [20, 30], 1.2, { newPackages: ["numba"] }),
    ];
    expect(ids([a, b]).sort()).toEqual(["a", "b"]);
  });

  it("takes an outer region or the inner ones, whichever saves more", () => {
    const inner = [choice("i", "i", [10, 20], 1.3), choice("j", "j", [30, 40], 1.3)];
    expect(ids([choice("outer", "o", [0, 50], 1.5), ...inner]).sort()).toEqual(["i", "j"]);
    expect(ids([choice("outer", "o", [0, 50], 3), ...inner])).toEqual(["outer"]);
    expect(
      ids([choice("outer", "o", [0, 50], 3), choice("x", "x", [10, 20], 1.3, { file: "b.py" })]),
    ).toEqual(["outer", "x"]);
  });

  it("lets two rewrites share an import, and never an edit", () => {
    const shared = { start: 0, end: 0, text: "import numpy as np\n" };
    const a = choice("a", "a", [10, 20], 2, { edits: [shared, { start: 10, end: 20, text: "a" }] });
    const b = choice("b", "b", [30, 40], 2, { edits: [shared, { start: 30, end: 40, text: "b" }] });
    expect(ids([a, b])).toEqual(["a", "b"]);
    const c = choice("c", "c", [50, 60], 1.5, { edits: [{ start: 15, end: 18, text: "c" }] });
    expect(ids([a, b, c])).toEqual(["a", "b"]);
  });

  it("chooses nothing from nothing, and nothing that makes the program slower", () => {
    expect(ids([])).toEqual([]);
    expect(ids([choice("a", "a", [0, 9], 0.9)])).toEqual([]);
  });
});

describe("the plan", () => {
  it("gives whole runs their time first, and does without them when they do not fit", () => {
    const plan = planBudget(75, 5, 0.9);
    expect(plan.wholeRuns).toBe(true);
    expect(75 - plan.checks - plan.timing).toBeGreaterThan(6 * 5);
    expect(planBudget(75, 20, 0.9).wholeRuns).toBe(false);
  });

  it("fixes an even number of pairs, or none when too few fit", () => {
    expect(leastPairs).toBe(6);
    expect([5, 6, 7.9, 8, 100].map((seconds) => planPairs(seconds, 1, 20))).toEqual([0, 6, 6, 8, 20]);
    expect([3, 1.5, 1.06, 1.03, 1].map(worthwhilePairs)).toEqual([12, 12, 12, 40, 40]);
    expect(abbaOrder(2)).toEqual(["old", "new", "new", "old"]);
    // Whatever comes back every two, four or eight runs meets both sides equally often.
    for (const period of [2, 4, 8])
      for (let phase = 0; phase < period; phase++) {
        const met = abbaOrder(16).filter((_, run) => run % period === phase);
        expect(met.filter((side) => side === "old")).toHaveLength(met.length / 2);
      }
  });

  it("pairs neighbours and learns the noise from neighbours of the same side", async () => {
    const seconds = [2, 1, 1.1, 2, 1, 2.2, 2, 1, 1, 2, 2, 1];
    let done = 0;
    const times = pairUp(await runPairs(6, deadlineIn(10), async () => seconds[done++]!));
    expect(times.old).toEqual([2, 2, 2.2, 2, 2, 2]);
    expect(times.new).toEqual([1, 1.1, 1, 1, 1, 1]);
    expect(times.sameSide).toHaveLength(10);
    expect(times.sameSide.filter((x) => Math.abs(x) > 1e-9)).toHaveLength(4);
    const judged = judgePairs(times)!;
    expect(judged.ratio.estimate).toBeCloseTo(2);
    expect(judged.floor).toBeGreaterThan(1);
    done = 0;
    const cut = await runPairs(6, deadlineIn(10), async () => (done++ < 5 ? 1 : null));
    expect(cut).toHaveLength(4);
    expect(judgePairs(pairUp(cut))).toBeNull();
  });
});
