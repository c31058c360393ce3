// Values of the libraries that data scientists use, equal and nearly equal, as the agent compares them.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { testPython } from "../../test/python.ts";
import { agentDirectory } from "../interpreter/agent.ts";

interface Result {
  name: string;
  expect: boolean;
  same: boolean | null;
  where: string | null;
}

let results: Result[] = [];
beforeAll(async () => {
  const script = join(import.meta.dirname, "../../test/replay/values.py");
  const { stdout } = await promisify(execFile)(testPython(), [script, agentDirectory()], {
    maxBuffer: 1 << 24,
  });
  results = JSON.parse(stdout) as Result[];
}, 120_000);

describe("pandas, SciPy, NetworkX, scikit-learn and NumPy", () => {
  test("equal values are the same", () => {
    const wrong = results.filter((one) => one.expect && one.same !== true);
    expect(wrong).toEqual([]);
    expect(results.filter((one) => one.expect).length).toBeGreaterThan(15);
  });
  test("nearly equal values are told apart, with the place", () => {
    const wrong = results.filter((one) => !one.expect && (one.same !== false || !one.where));
    expect(wrong).toEqual([]);
    expect(results.filter((one) => !one.expect).length).toBeGreaterThan(50);
  });
});
