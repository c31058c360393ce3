// Rewrites held against their originals, on real programs that were really captured.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isF, openWorkshop, type Workshop } from "../../test/replay/capture.ts";
import type { Region } from "../schemas/index.ts";

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.close());

/** Capture `text` as a script and open the replay of the region that `choose` picks. */
const open = (text: string, choose: (region: Region) => boolean) =>
  workshop.open({ "script.py": text }, choose);

describe("regions of other kinds", () => {
  const cases: {
    name: string;
    text: string;
    from: string;
    to: string;
    kind: "function" | "loop";
    same: boolean;
  }[] = [
    {
      name: "a loop at module level",
      text: "xs = [3, 1, 2]\ntotal = 0\nfor x in xs:\n    total += x\nprint(total)\n",
      from: "for x in xs:\n    total += x",
      to: "total += sum(xs)\nif xs:\n    x = xs[-1]",
      kind: "loop",
      same: true,
    },
    {
      name: "a loop at module level: what nobody reads afterwards need not be left behind, new names may",
      text: "xs = [3, 1, 2]\ntotal = 0\nfor x in xs:\n    total += x\nprint(total)\n",
      from: "for x in xs:\n    total += x",
      to: "added = sum(xs)\ntotal += added",
      kind: "loop",
      same: true,
    },
    {
      name: "a loop at module level whose variable a function reads",
      text: "xs = [3, 1, 2]\ntotal = 0\ndef last():\n    return x\nfor x in xs:\n    total += x\nprint(total, last())\n",
      from: "for x in xs:\n    total += x",
      to: "total += sum(xs)",
      kind: "loop",
      same: false,
    },
    {
      name: "a loop at module level, wrong",
      text: "xs = [3, 1, 2]\ntotal = 0\nfor x in xs:\n    total += x\nprint(total, x)\n",
      from: "for x in xs:\n    total += x",
      to: "total += sum(xs)",
      kind: "loop",
      same: false,
    },
    {
      name: "a loop in a function",
      text: "def g(xs):\n    out = []\n    for x in xs:\n        out.append(x * 2)\n    return out\n\nif __name__ == '__main__':\n    g([1, 2])\n    g([5])\n",
      from: "for x in xs:\n        out.append(x * 2)",
      to: "out += [x * 2 for x in xs]",
      kind: "loop",
      same: true,
    },
    {
      name: "a loop in a function that returns",
      text: "def g(xs):\n    for x in xs:\n        if x > 2:\n            return x\n    return None\n\ng([1, 2, 5])\ng([5])\n",
      from: "for x in xs:\n        if x > 2:\n            return x",
      to: "for x in xs:\n        if x >= 2:\n            return x",
      kind: "loop",
      same: false,
    },
    {
      name: "a loop over what the function has just made: nothing else can be in it",
      text: "def g(xs):\n    rows = [[0, 1] for _ in xs]\n    for row in rows:\n        row[0] = row[1] + 0\n    return rows\n\ng([1, 2, 3])\n",
      from: "row[1] + 0",
      to: "int(row[1])",
      kind: "loop",
      same: true,
    },
    {
      name: "the same loop over what it is given",
      text: "def g(rows):\n    for row in rows:\n        row[0] = row[1] + 0\n    return rows\n\ng([[0, 1], [0, 1]])\n",
      from: "row[1] + 0",
      to: "int(row[1])",
      kind: "loop",
      same: false,
    },
    {
      name: "a nested function with a cell",
      text: "def outer(k):\n    n = 0\n    def f(x):\n        nonlocal n\n        n += k * x\n        return n\n    return [f(i) for i in range(3)]\n\nouter(2)\nouter(3)\n",
      from: "n += k * x",
      to: "n = n + x * k",
      kind: "function",
      same: true,
    },
    {
      name: "a nested function, cell lost",
      text: "def outer(k):\n    n = 0\n    def f(x):\n        nonlocal n\n        n += k * x\n        return n\n    return [f(i) for i in range(3)]\n\nouter(2)\nouter(3)\n",
      from: "n += k * x\n        return n",
      to: "return n + k * x",
      kind: "function",
      same: false,
    },
  ];
  test.each(cases)("$name", async ({ text, from, to, kind, same }) => {
    const pick = (region: Region) => region.kind === kind && (kind === "loop" || isF(region));
    const { replay, replace } = await open(text, pick);
    try {
      const found = await replace(from, to);
      expect(found.verdict, JSON.stringify(found)).toBe(same ? "same" : "different");
    } finally {
      await replay.close();
    }
  });
});

test.each([
  [
    "a function",
    "def f(xs):\n    s = 0\n    for x in xs:\n        if x > 2:\n            s += x * 3\n    return s\nf([1, 2, 3])\nf([4])\n",
  ],
  [
    "one that calls itself",
    "def f(n):\n    s = 3\n    if n > 0:\n        s += f(n - 1) * 2\n    return s + n\nf(4)\nf(1)\n",
  ],
])("strength: mutants of %s are told apart", async (_, text) => {
  const { replay } = await open(text, isF);
  const strength = await replay.strength();
  await replay.close();
  expect(strength.total).toBeGreaterThan(6);
  expect(strength.killed / strength.total).toBeGreaterThan(0.8);
});

test("screening finds the expression that agrees, and says why others do not", async () => {
  const { replay } = await open(
    "def f(xs):\n    s = 0\n    for x in xs:\n        s += x\n    return s\nf([1, 2, 3])\nf([4])\n",
    isF,
  );
  const candidate = (id: string, expression: string, imports: string[] = []) => ({
    id,
    expression,
    imports,
    relativeTolerance: null,
  });
  const found = await replay.screen([
    candidate("max", "max(xs)"),
    candidate("sum", "sum(xs)"),
    candidate("numpy", "np.sum(xs)", ["import numpy as np"]),
    candidate("missing", "nothing.sum(xs)", ["import nothing_like_this"]),
    candidate("crash", "ctypes.string_at(0)", ["import ctypes"]),
    candidate("hang", "[0 for _ in iter(int, 1)]"),
    candidate("mutates", "(sum(xs), xs.clear())[0]"),
    candidate("last", "sum(list(xs))"),
  ]);
  await replay.close();
  // Whether "last" is tried to the end hangs on the clock: "sum" may be as fast.
  const agreeing = found.filter((one) => one.agrees && one.id !== "last");
  expect(agreeing.map((one) => one.id)).toEqual(["sum"]);
  expect(found.every((one) => one.agrees || one.reason)).toBe(true);
});

test("a compiled rewrite is judged as any other", async () => {
  const head = "import numpy as np\n";
  const body = "    s = 0.0\n    for i in range(len(a)):\n        s += a[i] * a[i]\n    return s\n";
  const calls = "f(np.array([1.0, 2.5]))\nf(np.array([0.5, 4.0, 2.0]))\n";
  const { replay, check } = await open(`${head}def f(a):\n${body}${calls}`, isF);
  const judge = (text: string) =>
    check(text, { kind: "relative", bound: 1e-12, absolute: 0, reason: "fused operations" });
  const jit = `${head}import numba\n@numba.njit\ndef _core(a):\n${body}`;
  const good = await judge(
    `${jit}def f(a):\n    if a.dtype != np.float64:\n        raise TypeError(a.dtype)\n    return np.float64(_core(a)) if len(a) else 0.0\n${calls}`,
  );
  const bad = await judge(`${jit}def f(a):\n    return _core(a)\n${calls}`);
  await replay.close();
  expect(good.verdict, JSON.stringify(good)).toBe("same");
  expect(bad.verdict).toBe("different");
});

describe("a recorded call too long to be run again is held against what the run recorded of it", () => {
  const text =
    "def f(n, xs):\n    s = 0\n    for i in range(n):\n        s += i % 7\n    return s + len(xs)\n\nf(30_000_000, [1, 2])\n";
  const loop = "s = 0\n    for i in range(n):\n        s += i % 7";
  const formula = "n = len(range(n))\n    s = n // 7 * 21 + n % 7 * (n % 7 - 1) // 2";
  test("what is right, and what differs on that call alone", async () => {
    const { replay, replace } = await workshop.open({ "script.py": text }, isF, { openSeconds: 10 });
    try {
      const right = await replace(loop, formula);
      expect(right.verdict, right.reason).toBe("same");
      expect(right.reason).toContain("what it gave in the run was compared");
      expect(right.generated).toBeGreaterThan(20);
      const wrong = await replace(loop, `${formula} + n // 9_000_000`);
      expect(wrong.verdict, wrong.reason).toBe("cannot_tell");
      expect(wrong.reason).toContain("no time to run the original again");
    } finally {
      await replay.close();
    }
  });
});
