// What `speedwell prove` makes of bad input, and of its stdin.

import { type SpawnSyncOptions, spawnSync } from "node:child_process";
import { openSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ChildResult } from "../../src/base/process.ts";
import { Judgement } from "../../src/schemas/index.ts";
import { commandLine, speedwell } from "../cli.ts";
import { testPython } from "../python.ts";
import { exchanged, files, minutes } from "./running.ts";

const faults = async (): Promise<[string, string[], number, string][]> => {
  const folder = files({
    "ok.py": "def f(): return 1\n",
    "new.py": "def f(): return 2\n",
    "bad.py": "x = 1\ndef f(:\n",
    "binary.py": Buffer.from([0, 1, 2, 3]),
    "fails.py": "import ok\nraise SystemExit('broken on purpose')\n",
    "p.diff": "--- a/ok.py\n+++ b/ok.py\n@@ -1 +1 @@\n-def g(): return 1\n+def g(): return 2\n",
    "folder/x.py": "",
  });
  return [
    [folder, ["nothing.py", "new.py"], 2, "There is no file nothing.py."],
    [folder, ["ok.py", "nothing.py"], 2, "There is no file nothing.py."],
    [folder, ["main", "feature"], 2, "is in no git repository"],
    [folder, ["ok.py", "folder"], 2, "ok.py is a file and folder is a folder"],
    [folder, ["ok.py"], 2, "NEW is missing"],
    [
      folder,
      ["ok.py", "p.diff", "--", "ok.py"],
      2,
      "p.diff, line 3: the patch does not fit ok.py, whose line 1 is another.",
    ],
    [folder, ["ok.py", "bad.py", "--", "ok.py"], 1, "NEW: ok.py, line 2 is not valid Python"],
    [folder, ["bad.py", "ok.py", "--", "ok.py"], 1, "OLD: bad.py, line 2 is not valid Python"],
    [folder, ["ok.py", "binary.py"], 2, "binary.py is not Python source: it holds binary data."],
    [
      folder,
      ["ok.py", "new.py", "--", "fails.py"],
      1,
      "The workload fails with OLD in place, so there is nothing to compare with: exit code 1: broken on purpose",
    ],
    [folder, ["ok.py", "new.py", "--", "gone.py"], 2, "There is no file gone.py."],
    [folder, ["ok.py", "new.py", "--tolerance", "2"], 2, "--tolerance takes a relative difference"],
  ];
};

test("bad input is said in one sentence, and leaves no run behind", { timeout: 2 * minutes }, async () => {
  for (const [cwd, args, code, message] of await faults()) {
    const result: ChildResult = await speedwell(["prove", "--quiet", ...args], { cwd });
    expect([args.join(" "), result.code, result.stderr]).toEqual([
      args.join(" "),
      code,
      expect.stringContaining(message),
    ]);
    expect(result.stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(result.stdout).toBe("");
  }
  const [[cwd]] = (await faults()) as [[string, string[], number, string]];
  expect((await speedwell(["runs"], { cwd })).stdout).toContain("No runs here yet");
});

test("a workload reads its stdin from a file or a pipe, the same in every run", {
  timeout: 3 * minutes,
}, () => {
  const old =
    "import sys\ndef f(xs):\n    out = []\n    for x in xs:\n        out.append(x * 2)\n    return out\nprint(sum(f([int(w) for w in sys.stdin])))\n";
  const loop = "    out = []\n    for x in xs:\n        out.append(x * 2)\n    return out";
  const data = "3\n1\n2\n";
  const folder = files({
    "old.py": old,
    "new.py": exchanged(old, { [loop]: "    return [x * 2 for x in xs]" }),
    "wrong.py": exchanged(old, { [loop]: "    return [x * 2 for x in xs[1:]]" }),
    data,
  });
  const judge = (other: string, input: SpawnSyncOptions) => {
    const args = ["prove", "--json", "--quiet", "--budget", "60", "old.py", other, "--", "old.py"];
    const env = { ...process.env, SPEEDWELL_PYTHON: testPython() };
    const options = { cwd: folder, env, encoding: "utf8" as const, ...input };
    const { status, stdout } = spawnSync(process.execPath, [commandLine, ...args], options);
    expect(status).toBe(0);
    return Judgement.parse(JSON.parse(stdout.toString()));
  };
  const same = judge("new.py", { stdio: [openSync(join(folder, "data"), "r"), "pipe", "pipe"] });
  expect(same.verdict, same.reason).toBe("same");
  expect(same.program?.outputs.same).toBe(true);
  const wrong = judge("wrong.py", { input: data });
  expect(wrong.verdict).toBe("different");
  expect(wrong.reason).toContain("on a recorded input");
  expect(wrong.program?.outputs.difference).toContain("12");
});
