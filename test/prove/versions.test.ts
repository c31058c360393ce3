// `speedwell prove` on files, folders and patches.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exchanged, files, minutes, prove, verdicts, write } from "./running.ts";

test("two files with async functions, recursion, constants, helpers and module loops", {
  timeout: 5 * minutes,
}, async () => {
  const old = `import asyncio
async def fetch(n):
    await asyncio.sleep(0)
    return n * 2

async def gather(ns):
    out = []
    for n in ns:
        out.append(await fetch(n))
    return out

async def stream(ns):
    for n in ns:
        yield await fetch(n)

async def total(ns):
    t = 0
    for n in ns:
        t += await fetch(n)
    return t

async def main():
    print(await gather(range(5)), [x async for x in stream([1, 2, 3])], await total([1, 2]))

def even(n):
    return n == 0 or odd(n - 1)

def odd(n):
    return n != 0 and even(n - 1)

LIMIT = ["a", "b"]

def known(w):
    return w in LIMIT

def _helper(v):
    return v + 1

def use(vs):
    return [_helper(v) for v in vs]

squares = []
for i in range(20):
    squares.append(i * i)
count = 0
for s in squares:
    count = count + s

if __name__ == "__main__":
    asyncio.run(main())
    print(even(10), odd(7), known("a"), known("z"), use([1, 2, 3]), squares, count)
`;
  const folder = files({
    "old.py": old,
    "new.py": exchanged(old, {
      "        out.append(await fetch(n))": "        value = await fetch(n)\n        out.append(value)",
      "        yield await fetch(n)": "        value = await fetch(n)\n        yield value",
      "t += await fetch(n)": "t += await fetch(n) + 1",
      "n != 0 and even(n - 1)": "0 != n and even(n - 1)",
      '["a", "b"]': '{"a", "b"}',
      "def _helper(v)": "def _inc(v)",
      "_helper(v) for": "_inc(v) for",
      "squares = []\nfor i in range(20):\n    squares.append(i * i)": "squares = [i * i for i in range(20)]",
      "for s in squares:\n    count = count + s": "for s in squares:\n    count += s",
    }),
  });
  const judgement = await prove(folder, "old.py", "new.py", "--", "old.py");
  expect(verdicts(judgement)).toMatchObject({
    gather: "same",
    stream: "same",
    total: "different",
    known: "same",
    use: "same",
    _helper: "same",
  });
  expect(judgement.verdict).toBe("different");
  expect(judgement.reason).toMatch(/^in total, on a recorded input/);
  // Inputs far from the recorded ones recurse deep, for which a busy machine may have no time.
  expect(["same", "cannot_tell"]).toContain(verdicts(judgement).odd);
  expect(judgement.pieces.find(({ place }) => place === "_helper")?.because).toBe("it is called _inc now");
  expect(judgement.added).toEqual([]);
});

test("two folders: modules that come and go, functions that move, and the workload using NEW's copy", {
  timeout: 5 * minutes,
}, async () => {
  const folder = files({
    "a/app/__init__.py": "",
    "a/app/shapes.py": "from .old_area import area\n\ndef areas(xs):\n    return [area(x) for x in xs]\n",
    "a/app/old_area.py": "def area(x):\n    return x * x\n\ndef unused():\n    return 1\n",
    "b/app/__init__.py": "",
    "b/app/shapes.py": "from .geometry.area import area\n\ndef areas(xs):\n    return list(map(area, xs))\n",
    "b/app/geometry/__init__.py": "",
    "b/app/geometry/area.py": "def area(x):\n    return +x * x\n",
    "b/main.py": "from app.shapes import areas\nprint(areas([1, 2, 3]))\n",
  });
  const judgement = await prove(folder, "a/app", "b/app", "--", "b/main.py");
  expect(verdicts(judgement)).toMatchObject({ areas: "same", area: "same" });
  const area = judgement.pieces.find(({ place }) => place === "area");
  expect(area).toMatchObject({
    shown: "old_area.py",
    because: "it moved to geometry/area.py",
    evidence: "calls",
  });
  expect(judgement.program?.outputs.same).toBe(true);
  expect(judgement.pieces.find(({ place }) => place === "areas")?.file).toBe(join(folder, "b/app/shapes.py"));
  // The module that is gone has nothing to be compared with.
  expect(judgement.pieces.find(({ kind }) => kind === "unpaired")?.shown).toBe("old_area.py");
  expect(judgement.verdict).toBe("cannot_tell");
});

test("a patch of a folder with spaces, tabs, carriage returns, a BOM and Latin-1", {
  timeout: 5 * minutes,
}, async () => {
  const latin = Buffer.from("# -*- coding: latin-1 -*-\r\ndef name(x):\r\n\treturn '\xe9' + x\r\n", "latin1");
  const folder = files({
    "my code/latin.py": latin,
    "my code/bom.py": "\ufeffdef twice(x):\n    return x * 2\n",
    "my code/main.py": "import latin, bom\nprint(ascii(latin.name('a')), bom.twice(4))\n",
    "p.diff": Buffer.from(
      "--- a/latin.py\n+++ b/latin.py\n@@ -1,3 +1,3 @@\n # -*- coding: latin-1 -*-\r\n def name(x):\r\n-\treturn '\xe9' + x\r\n+\treturn '\xe9%s' % x\r\n" +
        "--- a/bom.py\n+++ b/bom.py\n@@ -1,2 +1,2 @@\n \xef\xbb\xbfdef twice(x):\n-    return x * 2\n+    return x + x\n",
      "latin1",
    ),
  });
  const judgement = await prove(folder, "my code", "p.diff", "--", "my code/main.py");
  // `'%s' % x` takes numbers, which `+` refuses; `x + x` and `x * 2` differ for nothing that was called.
  expect(judgement.pieces.map(({ place }) => place).sort()).toEqual(["name", "twice"]);
  expect(judgement.program?.outputs.same).toBe(true);
  expect(readFileSync(join(folder, "my code/latin.py")).equals(latin)).toBe(true);
});

test("code outside of functions is judged by whole runs, and the output may tell", {
  timeout: 3 * minutes,
}, async () => {
  const folder = files({
    "old.py": "import sys\nprint('a', 3 * 2)\n",
    "new.py": "import sys\nprint('a', 3 + 3)\n",
  });
  const same = await prove(folder, "old.py", "new.py", "--", "old.py");
  expect(same).toMatchObject({ verdict: "same", pieces: [{ kind: "module", evidence: "whole_runs" }] });
  expect(same.pieces[0]!.reason).toContain("whole runs alone");
  write(folder, { "new.py": "import sys\nprint('a', 3 + 3)\nsys.exit(3)\n" });
  const different = await prove(folder, "old.py", "new.py", "--", "old.py");
  expect(different.verdict).toBe("different");
  expect(different.reason).toContain("exit code");
});
