// Where processes may run, by what they were seen to do.

import { describe, expect, it } from "vitest";
import { conditionsOf, Placement, type Usage } from "./conditions.ts";

const usage = (more: Partial<Usage> = {}): Usage => ({
  memory: 1e7,
  cpu: 1,
  main: 1,
  begun: 0.05,
  asked: false,
  started: false,
  held: false,
  cores: [0, 1],
  ...more,
});

describe("placement", () => {
  it("holds both sides of a pair to one core when neither computes beside its main thread", () => {
    const placement = Placement.decide([usage(), usage({ cpu: 1.02, main: 1.005 })]);
    expect([0, 1]).toContain(placement.nextCore());
    const conditions = conditionsOf({ OMP_NUM_THREADS: "2" }, placement, [usage({ held: true })]);
    expect(conditions).toMatchObject({ cores: 1, threads: { OMP_NUM_THREADS: "2", MKL_NUM_THREADS: null } });
    expect(conditions.placement).toMatch(/^held to one core/);
  });

  for (const [why, watched] of [
    ["compute too", [usage(), usage({ cpu: 2 })]],
    ["compute too", [usage({ started: true }), usage()]],
    ["asks how many cores", [usage(), usage({ asked: true })]],
    ["no choice", [usage({ cores: [3] })]],
    ["no choice", [usage({ cores: null })]],
    ["nothing is known", [usage(), null]],
    ["nothing is known", [usage({ cpu: undefined, main: undefined })]],
    ["nothing is known", []],
  ] as const)
    it(`leaves a program free: ${why}`, () => {
      const placement = Placement.decide(watched);
      expect(placement.nextCore()).toBeNull();
      expect(conditionsOf({}, placement, watched).placement).toContain(why);
    });

  it("says when a core was refused, and the user's own hash seed", () => {
    const placement = Placement.decide([usage(), usage()]);
    const conditions = conditionsOf({ PYTHONHASHSEED: "3" }, placement, [usage({ held: false })]);
    expect(conditions).toMatchObject({ cores: 2, hashSeed: "3" });
    expect(conditions.placement).toContain("refused");
  });
});
