// Regions of every kind, in programs started in every way: a right rewrite is `same`, a wrong one `different`.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isF, openWorkshop, type Workshop } from "../../test/replay/capture.ts";
import type { Program, Region } from "../schemas/index.ts";

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.close());

interface Case {
  name: string;
  /** One text is `script.py`. */
  files: string | Record<string, string>;
  path?: string;
  program?: Pick<Program, "kind" | "target">;
  /** By default the function `f`. */
  pick?: (region: Region) => boolean;
  from: string;
  right: string;
  wrong: string;
}

const isStatement = (region: Region) => region.kind === "statement";
const isLoop = (region: Region) => region.kind === "loop";
const innermost = (qualname: string) => (region: Region) =>
  region.kind === "loop" && region.qualname === qualname && region.span.column === 8;
const helper =
  "import math\n\nSCALE = 3\n\ndef f(xs):\n    out = []\n    for x in xs:\n        out.append(x * SCALE)\n    return out\n";
const helperLoop = "out = []\n    for x in xs:\n        out.append(x * SCALE)\n    return out";

const cases: Case[] = [
  {
    name: "a loop at module level",
    files: "xs = [3, 1, 2]\ntotal = 0\nfor x in xs:\n    total += x\nprint(total, x)\n",
    pick: isLoop,
    from: "for x in xs:\n    total += x",
    right: "total += sum(xs)\nif xs:\n    x = xs[-1]",
    wrong: "total += sum(xs)",
  },
  {
    name: "a statement at module level",
    files: "xs = [3, 1, 2]\nif xs:\n    ys = [x * 2 for x in xs if x > 1]\nprint(ys)\n",
    pick: isStatement,
    from: "ys = [x * 2 for x in xs if x > 1]",
    right: "ys = list(map(lambda x: x * 2, filter(lambda x: x > 1, xs)))",
    wrong: "ys = [x * 2 for x in xs if x >= 1]",
  },
  {
    name: "a statement that adds to what was there",
    files: "xs = [3, 1, 2]\ntotal = 5\ntotal += sum(x * x for x in xs)\nprint(total)\n",
    pick: isStatement,
    from: "total += sum(x * x for x in xs)",
    right: "total += sum(map(lambda x: x * x, xs))",
    wrong: "total = sum(x * x for x in xs)",
  },
  {
    name: "a loop in a function",
    files:
      "def g(xs):\n    out = []\n    for x in xs:\n        out.append(x * 2)\n    return out\n\nif __name__ == '__main__':\n    g([1, 2])\n    g([5])\n",
    pick: isLoop,
    from: "for x in xs:\n        out.append(x * 2)",
    right: "out += [x * 2 for x in xs]",
    wrong: "out = [x * 2 for x in xs[:-1]]",
  },
  {
    name: "a loop in a function that returns",
    files:
      "def g(xs):\n    for x in xs:\n        if x > 2:\n            return x\n    return None\n\ng([1, 2, 5])\ng([5])\n",
    pick: isLoop,
    from: "for x in xs:\n        if x > 2:\n            return x",
    right: "for x in xs:\n        if not x <= 2:\n            return x",
    wrong: "for x in xs:\n        if x >= 2:\n            return x",
  },
  {
    name: "a loop whose else leaves the loop around it",
    files:
      "def g(rows):\n    found = []\n    for row in rows:\n        for x in row:\n            if x < 0:\n                break\n        else:\n            found.append(sum(row))\n            if len(found) > 1:\n                break\n            continue\n        found.append(x)\n    return found\n\ng([[1, 2], [3, -1], [4]])\ng([[1], [2], [3]])\n",
    pick: innermost("g"),
    from: "for x in row:\n            if x < 0:\n                break\n        else:\n            found.append(sum(row))\n            if len(found) > 1:\n                break\n            continue",
    right:
      "for x in row:\n            if not x >= 0:\n                break\n        else:\n            found += [sum(row)]\n            if len(found) >= 2:\n                break\n            continue",
    wrong:
      "for x in row:\n            if x < 0:\n                break\n        else:\n            found.append(sum(row))\n            continue",
  },
  {
    name: "a nested function with a cell",
    files:
      "def outer(k):\n    n = 0\n    def f(x):\n        nonlocal n\n        n += k * x\n        return n\n    return [f(i) for i in range(3)]\n\nouter(2)\nouter(3)\n",
    from: "n += k * x\n        return n",
    right: "n = n + x * k\n        return n",
    wrong: "return n + k * x",
  },
  {
    name: "a function of an imported module",
    files: {
      "script.py": "import helper\nprint(helper.f([1, 2]), helper.f([5]))\n",
      "helper.py": helper,
    },
    path: "helper.py",
    from: helperLoop,
    right: "return [x * SCALE for x in xs]",
    wrong: "return [x + x for x in xs]",
  },
  {
    name: "a function of a module in a package, with relative imports",
    files: {
      "script.py": "from pack.inner.helper import f\nprint(f([1, 2]), f([5]))\n",
      "pack/__init__.py": "",
      "pack/inner/__init__.py": "",
      "pack/base.py": "SCALE = 3\n",
      "pack/inner/helper.py": helper.replace("SCALE = 3", "from ..base import SCALE"),
    },
    path: "pack/inner/helper.py",
    from: helperLoop,
    right: "return [x * SCALE for x in xs]",
    wrong: "return [x * 2 for x in xs]",
  },
  {
    name: "a program started as a module",
    files: {
      "pack/__init__.py": "",
      "pack/tool.py": `${helper}\nif __name__ == "__main__":\n    print(f([1, 2]), f([5]))\n`,
    },
    path: "pack/tool.py",
    program: { kind: "module", target: "pack.tool" },
    from: helperLoop,
    right: "return [x * SCALE for x in xs]",
    wrong: "return [x * SCALE for x in reversed(xs)]",
  },
  {
    name: "a package started as a module, with relative imports",
    files: {
      "pack/__init__.py": "",
      "pack/base.py": "SCALE = 3\n",
      "pack/__main__.py": `${helper.replace("SCALE = 3", "from .base import SCALE")}\nprint(f([1, 2]), f([5]))\n`,
    },
    path: "pack/__main__.py",
    program: { kind: "module", target: "pack" },
    from: helperLoop,
    right: "return [x * SCALE for x in xs]",
    wrong: "return [x * SCALE for x in reversed(xs)]",
  },
  {
    name: "a property",
    files:
      "class Box:\n    def __init__(self, xs):\n        self.xs = xs\n\n    @property\n    def f(self):\n        s = 0\n        for x in self.xs:\n            s += x\n        return s\n\nprint(Box([1, 2]).f, Box([5, 3, 1]).f)\n",
    from: "s = 0\n        for x in self.xs:\n            s += x\n        return s",
    right: "return sum(self.xs)",
    wrong: "self.xs = sorted(self.xs)\n        return sum(self.xs)",
  },
  {
    name: "a class method",
    files:
      "class Box:\n    made = 0\n    scale = 2\n\n    @classmethod\n    def f(cls, xs):\n        cls.made += 1\n        out = []\n        for x in xs:\n            out.append(x * cls.scale)\n        return out\n\nclass Small(Box):\n    scale = 1\n\nprint(Box.f([1, 2]), Small.f([5]))\n",
    from: "out = []\n        for x in xs:\n            out.append(x * cls.scale)\n        return out",
    right: "return [x * cls.scale for x in xs]",
    wrong: "return [x * 2 for x in xs]",
  },
  {
    name: "a static method",
    files:
      "class Box:\n    @staticmethod\n    def f(xs):\n        s = 0\n        for x in xs:\n            s += x\n        return s\n\nprint(Box.f([1, 2]), Box().f([5]))\n",
    from: "s = 0\n        for x in xs:\n            s += x\n        return s",
    right: "return sum(xs)",
    wrong: "return sum(set(xs))",
  },
];

describe.concurrent("regions of every kind", () => {
  test.each(cases)("$name", async ({ files, path, program, pick, from, right, wrong }) => {
    const all = typeof files === "string" ? { "script.py": files } : files;
    const captured = await workshop.open(all, pick ?? isF, {
      ...(path === undefined ? {} : { path }),
      ...(program === undefined ? {} : { program }),
    });
    try {
      const good = await captured.replace(from, right);
      expect(good.verdict, JSON.stringify(good)).toBe("same");
      const bad = await captured.replace(from, wrong);
      expect(bad.verdict, JSON.stringify(bad)).toBe("different");
    } finally {
      await captured.replay.close();
    }
  });
});
