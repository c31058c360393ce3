// What the verdicts of `speedwell prove` rest on.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runChild } from "../../src/base/process.ts";
import { Judgement } from "../../src/schemas/index.ts";
import { emptyFolder, speedwell } from "../cli.ts";
import { testPython } from "../python.ts";
import { exchanged, files, minutes, prove, verdicts, write } from "./running.ts";

test("what acts on the world is never called the same by a replay that may not", {
  timeout: 4 * minutes,
}, async () => {
  const effects: Record<string, string> = {
    writes: "open('out.txt', 'w').close()",
    removes: "open('gone.txt', 'w').close(); os.remove('gone.txt')",
    connects: "socket.socket().close()",
    starts: "subprocess.run([sys.executable, '-c', ''])",
    system: "os.system('true')",
    kills: "os.kill(os.getpid(), 0)",
    handles: "signal.signal(signal.SIGUSR1, signal.SIG_DFL)",
    alarms: "signal.alarm(0)",
    native: "ctypes.CDLL(None).getpid()",
    forks: "os.waitpid(os.fork() or os._exit(0), 0)",
  };
  const module = (answer: string) =>
    `import ctypes, os, signal, socket, subprocess, sys\n${Object.entries(effects)
      .map(([name, effect]) => `def ${name}(x):\n    ${effect}\n    return ${answer}\n`)
      .join("")}for f in [${Object.keys(effects).join(", ")}]:\n    print(f.__name__, f(1))\n`;
  const folder = files({ "old.py": module("x + 1"), "new.py": module("1 + x") });
  const judgement = await prove(folder, "old.py", "new.py", "--", "old.py");
  expect(verdicts(judgement)).toEqual(
    Object.fromEntries(Object.keys(effects).map((name) => [name, "cannot_tell"])),
  );
  expect(judgement.pieces).toHaveLength(Object.keys(effects).length);
  expect(judgement.verdict).toBe("cannot_tell");
  expect(judgement.program?.outputs.same).toBe(true);
});

test("without a workload: generated inputs, a call to paste, JUnit, and the report", {
  timeout: 3 * minutes,
}, async () => {
  const old = `from dataclasses import dataclass
from typing import Dict, List, Optional, Sequence

@dataclass
class Point:
    x: int

def count(words: List[str]) -> Dict[str, int]:
    result: Dict[str, int] = {}
    for word in words:
        if word in result:
            result[word] += 1
        else:
            result[word] = 1
    return result

def far(points: Sequence[Point]) -> Optional[Point]:
    best = None
    for p in points:
        if best is None or p.x > best.x:
            best = p
    return best

def nearest(values: List[int], to: int = 3) -> Optional[int]:
    best = None
    for v in values:
        if best is None or abs(v - to) < abs(best - to):
            best = v
    return best

def opaque(thing):
    return thing + 1
`;
  const folder = files({
    "old.py": old,
    "new.py": exchanged(old, {
      "        if word in result:\n            result[word] += 1\n        else:\n            result[word] = 1":
        "        result[word] = result.get(word, 0) + 1",
      "abs(v - to) < abs(best - to)": "abs(v - to) <= abs(best - to)",
      "thing + 1": "1 + thing",
    }),
  });
  const result = await speedwell(["prove", "--json", "--quiet", "--junit", "j.xml", "old.py", "new.py"], {
    cwd: folder,
  });
  const judgement = Judgement.parse(JSON.parse(result.stdout));
  expect(verdicts(judgement)).toEqual({ count: "same", nearest: "different", opaque: "cannot_tell" });
  expect(judgement).toMatchObject({ verdict: "different", workload: null, program: null });
  const [same] = judgement.pieces;
  expect(same).toMatchObject({ evidence: "annotations", calls: null, equivalence: { recorded: 0 } });
  // The call prints what each version gives, as its comments say.
  const { call } = judgement.pieces.find(({ place }) => place === "nearest")!;
  expect(call).toMatch(/^from old import nearest\nprint\(nearest\(/);
  const given = async (name: string) => {
    const text = readFileSync(join(folder, name), "utf8");
    const run = await runChild(testPython(), ["-c", call!], {
      cwd: write(emptyFolder("call"), { "old.py": text }),
    });
    return run.stdout.trim();
  };
  expect(`# OLD returns ${await given("old.py")}\n# NEW returns ${await given("new.py")}`).toBe(
    call!.split("\n").slice(-2).join("\n"),
  );
  const xml = readFileSync(join(folder, "j.xml"), "utf8");
  expect(xml).toContain('<testsuite name="speedwell prove old.py new.py" tests="3" failures="1" errors="1">');
  expect(xml.match(/<testcase /g)).toHaveLength(3);
  const report = readFileSync(judgement.report!, "utf8");
  expect(report).toContain("speedwell.judgement-report/1");
  expect(report).toContain("Content-Security-Policy");
});

test("nothing to judge: the same bytes, or only comments and docstrings", async () => {
  const folder = files({
    "a.py": 'def f():\n    """One."""\n    return 1\n',
    "b.py": 'def f():\n    """Two."""\n    return 1  # one\n',
    "c.py": "def f():\n    return (1)\n",
  });
  expect(await prove(folder, "a.py", "a.py", "--", "a.py")).toMatchObject({
    verdict: "same",
    reason: "a.py and a.py are the same, byte by byte",
  });
  expect(await prove(folder, "a.py", "b.py", "--", "a.py")).toMatchObject({
    verdict: "same",
    reason: "only docstrings changed",
    docstrings: ["f"],
  });
});

test("--require same fails a pipeline on any other verdict", async () => {
  const folder = files({
    "a.py": "def f(): return 1\n",
    "b.py": "def f(): return 2\n",
    "w.py": "import a\n",
  });
  const result = await speedwell(["prove", "a.py", "b.py", "--require", "same", "--quiet", "--", "w.py"], {
    cwd: folder,
  });
  expect(result.code).toBe(1);
  expect(result.stdout).toContain("cannot tell");
  expect(result.stdout).toContain("never reached by the workload: f");
});

test("calls to paste: a loop, a function inside another, frames, and an argument that is changed", {
  timeout: 3 * minutes,
}, async () => {
  const old = `import pandas as pd
SCALE = 2
def double(x):
    return x * SCALE
def outer(k):
    def inner(xs):
        return [double(x) + k for x in xs]
    return inner
def drop(xs, n):
    xs.append(0)
    return xs[n:-1]
def totals(df):
    return df.groupby("k")["v"].sum()
best = []
for d in [3, 1, 2]:
    if d > 1:
        best.append(double(d))
if __name__ == "__main__":
    print(best, outer(1)([1, 2]), drop([1, 2, 3], 1))
    print(totals(pd.DataFrame({"k": ["a", "b", "a"], "v": [1, 2, 3]}, index=[5, 6, 7])).to_dict())
`;
  const folder = files({
    "old.py": old,
    "new.py": exchanged(old, {
      "double(x) + k": "double(x) - k",
      "    xs.append(0)\n    return xs[n:-1]": "    return xs[n:]",
      '["v"].sum()': '["v"].max()',
      "if d > 1": "if d >= 1",
    }),
  });
  const { pieces } = await prove(folder, "--budget", "40", "old.py", "new.py", "--", "old.py");
  const outcome = async (place: string) => {
    const { call } = pieces.find((piece) => piece.place === place)!;
    const run = await runChild(testPython(), ["-c", call!], { cwd: folder });
    expect(run.stderr).toBe("");
    return { call: call!, printed: run.stdout.trim().split("\n") };
  };
  const nested = await outcome("outer.<locals>.inner");
  const told = [`# OLD returns ${nested.printed[0]}`, `# NEW returns ${nested.printed[1]}`];
  expect(nested.call.split("\n").slice(-2)).toEqual(told);
  const loop = await outcome("");
  expect(loop.printed).toHaveLength(2);
  expect(loop.printed[0]).not.toBe(loop.printed[1]);
  expect((await outcome("drop")).call).toContain("# they differ in");
  const totals = await outcome("totals");
  expect(totals.call).toContain("pandas.DataFrame({'k': pandas.array(");
  expect(totals.printed.at(-1)).toContain("Name: v");
});
