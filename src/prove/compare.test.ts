// Values of every kind, equal and nearly equal, as the agent compares them.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { testPython } from "../../test/python.ts";
import { agentDirectory } from "../interpreter/agent.ts";

interface Result {
  name: string;
  /** Null: may be told apart or not be told, and never counts as the same. */
  expect: boolean | null;
  same: boolean | null | "fails";
  where: string | null;
}

let results: Result[] = [];
let absent: string[] = [];
let propertiesRead = 0;
beforeAll(async () => {
  const script = join(import.meta.dirname, "../../test/replay/values");
  const { stdout } = await promisify(execFile)(testPython(), [script, agentDirectory()], {
    maxBuffer: 1 << 24,
  });
  ({ results, absent, propertiesRead } = JSON.parse(stdout));
  if (absent.length > 0) console.info(`not installed, so its values were not compared: ${absent.join(", ")}`);
}, 120_000);

describe("Python, NumPy, pandas, polars, SciPy, NetworkX, scikit-learn, PyTorch", () => {
  test("equal values are the same", () => {
    expect(results.filter((one) => one.expect === true && one.same !== true)).toEqual([]);
    expect(results.filter((one) => one.expect).length).toBeGreaterThan(170);
  });
  test("nearly equal values are told apart, with the place", () => {
    expect(results.filter((one) => one.expect === false && (one.same !== false || !one.where))).toEqual([]);
    expect(results.filter((one) => one.expect === false).length).toBeGreaterThan(300);
  });
  test("what cannot be looked into never counts as the same", () => {
    expect(results.filter((one) => one.expect === null && one.same !== null && one.same !== false)).toEqual(
      [],
    );
  });
  test("no property of the program is read", () => {
    expect(propertiesRead).toBe(0);
  });
});
