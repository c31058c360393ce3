// What counts as the same outside of what was recorded, when time runs out, and what a replay may not do.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isF, openWorkshop, type Workshop } from "../../test/replay/capture.ts";
import { deadlineIn } from "../base/deadline.ts";

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.close());

interface Case {
  name: string;
  head?: string;
  body: string;
  rewritten: string;
  calls: string;
  verdict: "same" | "different";
  /** Relative tolerance that the rewrite claims: `x ** 2` is C's `pow`, NumPy's a product. */
  relative?: number;
  /** What must stand in the assumptions, or in the reason of a refusal. */
  says?: RegExp;
}

const squares =
  "    out = []\n    for x in xs:\n        out.append(float(x) ** 2 if x == x else x)\n    return out";
const np = "import numpy as np\n";
const loopSum = "    s = 0.0\n    for x in a:\n        s += float(x)\n    return s";

const cases: Case[] = [
  {
    name: "row labels that repeat, where the new code says so",
    head: "import pandas as pd\n",
    body: '    frame = xs.copy()\n    frame["b"] = 0\n    for i, row in frame.iterrows():\n        frame.at[i, "b"] = row["a"] + 1\n    return frame',
    rewritten:
      '    frame = xs.copy()\n    assert frame.index.is_unique\n    frame["b"] = frame["a"] + 1\n    return frame',
    calls: 'f(pd.DataFrame({"a": [3, 1, 2]}))\nf(pd.DataFrame({"a": [5, 5]}))',
    verdict: "same",
    says: /^Row labels do not repeat, as in all recorded calls; when `xs` has repeated labels, this raises AssertionError\.$/,
  },
  {
    name: "row labels that repeat, and the new code gives something else",
    head: "import pandas as pd\n",
    body: '    frame = xs.copy()\n    frame["b"] = 0\n    for i, row in frame.iterrows():\n        frame.at[i, "b"] = row["a"] + 1\n    return frame',
    rewritten: '    frame = xs.copy()\n    frame["b"] = frame["a"] + 1\n    return frame',
    calls: 'f(pd.DataFrame({"a": [3, 1, 2]}))\nf(pd.DataFrame({"a": [5, 5]}))',
    verdict: "different",
  },

  {
    name: "overflow far outside is an assumption",
    head: np,
    body: squares,
    rewritten:
      "    with np.errstate(all='ignore'):\n        return (np.array([float(x) for x in xs]) ** 2).tolist()",
    calls: "f([1.5, 16.0])\nf([3.0, 2.0, 0.0])",
    relative: 1e-12,
    verdict: "same",
    says: /^Where numbers overflow, as when `xs` holds -?1e\+300, the original raises OverflowError and this gives inf; recorded values reach 16\.$/,
  },
  {
    name: "overflow where the recorded values were as large",
    head: np,
    body: `    try:\n        ${squares.trim().replaceAll("\n", "\n    ")}\n    except OverflowError:\n        raise`,
    rewritten:
      "    with np.errstate(all='ignore'):\n        return (np.array([float(x) for x in xs]) ** 2).tolist()",
    calls: "f([1.5, -16.0])\ntry:\n    f([1e300, 2.0])\nexcept OverflowError:\n    pass",
    verdict: "different",
    says: /the original raises OverflowError\(.*\), the rewrite returns \[/,
  },
  {
    name: "an empty list that divides by zero",
    body: "    return sum(xs) / len(xs)",
    rewritten: "    return sum(xs) / len(xs) if xs else float('nan')",
    calls: "f([1.0, 2.0])\nf([3.0])",
    verdict: "same",
    says: /^When `xs` is empty, the original raises ZeroDivisionError and this gives nan; no recorded call had that\.$/,
  },
  {
    name: "a zero divisor within what was recorded",
    body: "    return [x // 3 / (x - 7) for x in xs]",
    rewritten: "    return [x // 3 / (x - 7) if x != 7 else 0.0 for x in xs]",
    calls: "f([-9, 4, 2**40, 5, 5])\nf([0, -100000, 6])\nf([])\nf([1])\nf([2, 2])",
    verdict: "different",
    says: /the original raises ZeroDivisionError/,
  },
  {
    name: "a deliberate exception lost",
    body: "    if not xs:\n        raise ZeroDivisionError('empty')\n    return sum(xs) / len(xs)",
    rewritten: "    return sum(xs) / len(xs) if xs else 0.0",
    calls: "f([1.0, 2.0])\nf([3.0])",
    verdict: "different",
    says: /the original raises ZeroDivisionError\('empty'\), the rewrite returns 0\.0/,
  },
  {
    name: "another exception on an empty list",
    body: "    best = xs[0]\n    for x in xs[1:]:\n        if x > best:\n            best = x\n    return best",
    rewritten: "    return max(xs)",
    calls: "f([1, 2])\nf([3])",
    verdict: "same",
    says: /as when `xs` is empty, the original raises IndexError and this raises ValueError\.$/,
  },
  {
    name: "an exception that is no arithmetic one becomes a value",
    body: "    return xs[0]",
    rewritten: "    return xs[0] if xs else None",
    calls: "f([1, 2])\nf([3])",
    verdict: "different",
    says: /the original raises IndexError\('list index out of range'\), the rewrite returns None/,
  },
  {
    name: "a silent difference far outside",
    body: "    return [x + 1 for x in xs]",
    rewritten: "    return [int(float(x)) + 1 for x in xs]",
    calls: "f([1, 2])\nf([3])",
    verdict: "different",
    says: /return\[\d\] differs/,
  },
  {
    name: "arrays of another dtype give the same values of another type",
    head: np,
    body: "    return a + a",
    rewritten: "    return np.add(a, a, dtype=np.float64)",
    calls: "f(np.array([1.0, 2.5]))\nf(np.array([3.0]))",
    verdict: "same",
    says: /^Arrays are float64, as in all 2 recorded calls; with others the results have another type\.$/,
  },
  {
    name: "narrower integers are tried where integers were recorded",
    head: np,
    body: "    total = 0\n    for v in a:\n        total += v * v\n    return total",
    rewritten: "    return (a * a).sum() if len(a) else 0",
    calls: "f(np.array([1, 2]))\nf(np.array([3]))",
    verdict: "same",
    says: /^Arrays are int64, as in all 2 recorded calls; with others the results have another type\.$/,
  },
  {
    name: "numbers in single precision agree to its digits, and that is said",
    head: `${np}import math\n`,
    body: "    return [math.atan(v) for v in a]",
    rewritten: "    return [float(v) for v in np.arctan(a)]",
    calls: "f(np.array([1.0, 2.5]))\nf(np.array([3.0]))",
    relative: 1e-14,
    verdict: "same",
    says: /^On arrays in single precision, which no recorded call had, results agree to single precision\.$/,
  },
  {
    name: "a sum in double precision of numbers in single precision, said to be of another type",
    head: np,
    body: "    total = 0.0\n    for v in a:\n        total += abs(v)\n    return total",
    rewritten: "    return np.cumsum(np.append(0.0, np.abs(a)))[-1] if len(a) else 0.0",
    calls: "f(np.array([1.0, 2.5]))\nf(np.array([3.0]))",
    verdict: "same",
    says: /^Arrays are float64, as in all 2 recorded calls; with others the results have another type\.$/,
  },
  {
    name: "arrays of another dtype give other values",
    head: np,
    body: "    return a / 3 if a.dtype == np.float64 else a // 3",
    rewritten: "    return a / 3",
    calls: "f(np.array([1.0, 2.5]))\nf(np.array([3.0]))",
    verdict: "different",
  },
  {
    name: "arrays of another dtype that were recorded",
    head: np,
    body: "    return a + a",
    rewritten: "    return np.add(a, a, dtype=np.float64)",
    calls: "f(np.array([1.0, 2.5]))\nf(np.array([3.0], dtype=np.float32))",
    verdict: "different",
  },
  {
    name: "other types raise",
    head: np,
    body: loopSum,
    rewritten: `    if a.dtype != np.float64:\n        raise TypeError(a.dtype)\n${loopSum}`,
    calls: "f(np.array([1.0, 2.5]))\nf(np.array([3.0]))",
    verdict: "same",
    says: /^Arrays are float64, as in all 2 recorded calls; others raise TypeError\.$/,
  },
  {
    name: "a changed environment",
    head: "import os\n",
    body: "    os.environ['SPEEDWELL_TEST'] = str(sum(xs))\n    return len(xs)",
    rewritten: "    return len(xs)",
    calls: "f([1, 2])\nf([3])",
    verdict: "different",
    says: /environment/,
  },
];

describe.concurrent("outside of what was recorded", () => {
  test.each(cases)("$name", async ({ head = "", body, rewritten, calls, verdict, relative, says }) => {
    const parameter = /\ba\b/.test(body) && head !== "" && !body.includes("xs") ? "a" : "xs";
    const text = `${head}def f(${parameter}):\n${body}\n\n${calls}\n`;
    const { replay, replace } = await workshop.open({ "script.py": text }, isF);
    try {
      const tolerance = { kind: "relative" as const, bound: relative ?? 0, absolute: 0, reason: "a product" };
      const found = await replace(body, rewritten, relative === undefined ? null : tolerance);
      expect(found.verdict, JSON.stringify(found)).toBe(verdict);
      const told = verdict === "same" ? found.assumptions : [found.reason];
      if (says) expect(told).toEqual(expect.arrayContaining([expect.stringMatching(says)]));
      expect(found.assumptions.length).toBeLessThan(5);
    } finally {
      await replay.close();
    }
  });
});

test("screening judges as a proof does", async () => {
  const text = `def f(xs):\n${squares}\n\nf([1.5, 16.0])\nf([3.0, 2.0, 0.0])\n`;
  const { replay } = await workshop.open({ "script.py": text }, isF);
  const candidate = (id: string, expression: string) => ({
    id,
    expression,
    imports: ["import numpy as np"],
    relativeTolerance: 1e-12,
  });
  const found = await replay.screen([
    candidate("overflow gives inf", "(np.array([float(x) for x in xs]) ** 2).tolist()"),
    candidate("empty gives None", "(np.array([float(x) for x in xs]) ** 2).tolist() or None"),
  ]);
  await replay.close();
  expect(found.map((one) => one.agrees)).toEqual([true, false]);
});

describe("time", () => {
  const slow =
    "import time\ndef f(x):\n    time.sleep(0.4)\n    return x + 1\nfor i in range(8):\n    f(i)\n";

  test("not all recorded inputs compared: cannot tell, with the numbers", async () => {
    const { replay, file, region } = await workshop.open({ "script.py": slow }, isF, { seconds: 12 });
    const found = await replay.check(file.text, region, null, deadlineIn(2.2));
    await replay.close();
    expect(found.verdict, JSON.stringify(found)).toBe("cannot_tell");
    expect(found.reason).toMatch(
      /^there was no time to compare all recorded inputs \(\d+ of \d recorded and \d+ of \d+ generated were compared\)$/,
    );
  });

  test("no time to make inputs: cannot tell, though all that there are agree", async () => {
    const { replay, file, region } = await workshop.open({ "script.py": slow }, isF, { seconds: 6 });
    const found = await replay.check(file.text, region, null, deadlineIn(20));
    await replay.close();
    expect(found.verdict, JSON.stringify(found)).toBe("cannot_tell");
  });

  test("enough compared, but not all: the same, with the numbers", async () => {
    const text = slow.replace("time.sleep(0.4)", "time.sleep(0.02)");
    const { replay, file, region } = await workshop.open({ "script.py": text }, isF, { seconds: 30 });
    const longer = file.text.replace("time.sleep(0.02)", "time.sleep(0.14)");
    const found = await replay.check(longer, region, null, deadlineIn(5.5));
    await replay.close();
    expect(found.verdict, JSON.stringify(found)).toBe("same");
    expect(found.reason).toMatch(
      /^the same on \d recorded inputs and on \d+ of \d+ generated ones; there was no time for the others$/,
    );
    expect(found.generated).toBeGreaterThanOrEqual(20);
  });
});

describe("results kept from call to call", () => {
  const cached = "import functools\n@functools.lru_cache(maxsize=None)\ndef f(";
  test.each<[string, string, string, string, "same" | "different"]>([
    [
      "of a function of its arguments alone",
      "def f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)\nprint([f(n) for n in range(9)])\n",
      "def f(",
      cached,
      "same",
    ],
    [
      "of a function that reads a global which stayed as it was in the run",
      "RATE = [2]\ndef f(n):\n    return n * RATE[0]\nprint([f(n) for n in range(9)])\n",
      "def f(",
      cached,
      "different",
    ],
    [
      "that are lists, handed out again",
      "def f(n):\n    return list(range(n))\nprint([f(n) for n in range(9)])\n",
      "def f(",
      cached,
      "different",
    ],
    [
      "that are lists, handed out as copies",
      "def f(n):\n    return list(range(n))\nprint([f(n) for n in range(9)])\n",
      "def f(n):",
      `def f(n):\n    return kept(n).copy()\n${cached.replace("def f(", "def kept(n):")}`,
      "same",
    ],
    [
      "by the identity of a list, which may change in place",
      "def f(xs):\n    return sum(xs)\nprint([f([n, 2]) for n in range(9)])\n",
      "return sum(xs)",
      "return f.__dict__.setdefault(id(xs), sum(xs))",
      "different",
    ],
  ])("%s: judged", async (_, text, from, to, verdict) => {
    const { replay, replace } = await workshop.open({ "script.py": text }, isF);
    const found = await replace(from, to);
    await replay.close();
    expect(found.verdict, JSON.stringify(found)).toBe(verdict);
  });
});

describe.concurrent("evidence that a replay reproduces the run", () => {
  test("none: cannot tell", async () => {
    const text =
      "import os\ndef f(xs):\n    return os.path.exists('done'), sum(xs)\nf([1, 2])\nf([3, 4])\nopen('done', 'w').close()\n";
    const { replay, replace } = await workshop.open({ "script.py": text }, isF);
    const found = await replace("sum(xs)", "sum(xs[:])");
    await replay.close();
    expect(found.verdict).toBe("cannot_tell");
    expect(found.reason).toMatch(/gives another result than in the run/);
  });

  test("kept when a generated input takes the process down", async () => {
    const text =
      "import ctypes\ndef f(xs):\n    if len(xs) > 3:\n        ctypes.string_at(0)\n    return sum(xs)\nf([1, 2])\nf([3, 4])\n";
    const { replay, replace } = await workshop.open({ "script.py": text }, isF);
    const found = await replace("sum(xs)", "sum(xs[:])");
    await replay.close();
    expect(found.verdict, JSON.stringify(found)).toBe("same");
    expect(found.recorded).toBe(2);
  });
});

describe("effects", () => {
  test("a process started below subprocess is refused", async () => {
    const text = `import multiprocessing\ndef g(x):\n    return x\ndef f(xs):\n    return [g(x) for x in xs]\nif __name__ == "__main__":\n    f([1, 2])\n    f([3])\n`;
    const { replay, replace } = await workshop.open({ "script.py": text }, isF);
    const found = await replace(
      "return [g(x) for x in xs]",
      "with multiprocessing.get_context('spawn').Pool(1) as pool:\n        return pool.map(g, xs)",
    );
    const raw = await replace(
      "return [g(x) for x in xs]",
      "import _posixsubprocess\n    _posixsubprocess.fork_exec([b'/bin/true'], [b'/bin/true'], True, (), None, None, -1, -1, -1, -1, -1, -1, 0, 1, False, False, 0, None, None, None, -1, None, False)\n    return [g(x) for x in xs]",
    );
    await replay.close();
    expect(found).toMatchObject({
      verdict: "cannot_tell",
      reason: expect.stringMatching(/starts a process|uses the network/),
    });
    expect(raw).toMatchObject({
      verdict: "cannot_tell",
      reason: expect.stringMatching(/starts a process/),
    });
  });

  test("a module that writes when it is imported is not imported again", async () => {
    const files = {
      "script.py": "import helper\nhelper.f([1, 2])\nhelper.f([3])\n",
      "helper.py":
        "LINES = open('settings').read() if __import__('os').path.exists('settings') else ''\nwith open('log', 'a') as file:\n    file.write('imported\\n')\ndef f(xs):\n    return sum(xs)\n",
    };
    const { replay, replace, file } = await workshop.open(files, isF, { path: "helper.py" });
    const found = await replace("sum(xs)", "sum(xs[:])");
    await replay.close();
    expect(found.verdict).toBe("cannot_tell");
    expect(found.reason).toMatch(/^a module of the program writes the file .*log when it is imported$/);
    expect((await readFile(join(file.path, "../log"), "utf8")).trim().split("\n")).toHaveLength(1);
  });
});
