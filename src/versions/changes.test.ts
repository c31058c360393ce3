// What changed between two texts, and what is judged for it.

import { expect, test } from "vitest";
import { sharedService } from "../../test/python-service.ts";
import { parseSource } from "../source/load.ts";
import { changesBetween } from "./changes.ts";

const service = sharedService();

const parse = (text: string, path: string) => parseSource(service(), text, path);

async function changes(old: string, fresh: string) {
  const path = "/x/m.py";
  const pair = { path, shown: "m.py", old: await parse(old, path), new: await parse(fresh, path) };
  const { pieces, ...rest } = changesBetween([pair]);
  return {
    ...rest,
    /** `kind place: why`, without the why of what changed itself. */
    pieces: pieces.map(
      ({ kind, place, because }) => `${kind} ${place}${because === "its code changed" ? "" : `: ${because}`}`,
    ),
    all: pieces,
  };
}

const judged = async (old: string, fresh: string) => (await changes(old, fresh)).pieces;

test("comments, layout, parentheses, quotes and the order of definitions change nothing", async () => {
  const old = "def f(x):\n    return x + 1\n\ndef g(): return 'a'\n";
  const fresh =
    '# new\ndef g():\n    return "a"  # as before\n\n\ndef f(x):\n\n    return (x\n        + 1)\n';
  expect(await judged(old, fresh)).toEqual([]);
});

test("docstrings are told apart from code", async () => {
  const found = await changes(
    'class C:\n    """Old."""\n    def m(self):\n        """Old."""\n        return 1\n',
    'class C:\n    """New."""\n    def m(self):\n        return 1\n',
  );
  expect(found.pieces).toEqual([]);
  expect(found.docstrings.sort()).toEqual(["C", "C.m"]);
});

test("functions, methods and nested functions are judged one by one", async () => {
  const old =
    "class C:\n    def m(self): return 1\n    def n(self): return 2\ndef f():\n    def g(x): return x\n    return g\ndef h(): return 3\n";
  const fresh = old.replace("return 1", "return 1 + 0").replace("return x", "return +x");
  expect(await judged(old, fresh)).toEqual(["function C.m", "function f.<locals>.g"]);
});

test("a property's getter and setter are two", async () => {
  const old =
    "class C:\n    @property\n    def p(self): return self.v\n    @p.setter\n    def p(self, v): self.v = v\n";
  const { all } = await changes(old, old.replace("self.v = v", "self.v = v + 0"));
  expect(all.map(({ old: region }) => region?.span.line)).toEqual([5]);
});

test("a new helper is judged through what calls it, a helper that is gone too", async () => {
  const old = "def f(xs):\n    return [x + 1 for x in xs]\ndef g(): return 1\n";
  const fresh =
    "def _inc(x):\n    return x + 1\ndef f(xs):\n    return [_inc(x) for x in xs]\ndef g(): return 1\n";
  expect(await judged(old, fresh)).toEqual(["function f"]);
  expect(await judged(fresh, old)).toEqual(["function f"]);
  expect((await changes(old, fresh)).added).toEqual(["_inc"]);
});

test("a new function that hides a builtin is judged in what calls that", async () => {
  const old = "def f(xs):\n    return sorted(xs)\n";
  expect(await judged(old, `${old}def sorted(xs):\n    return xs\n`)).toEqual([
    "function f: it uses sorted, which is new",
  ]);
});

test("a function that is gone and that nothing calls cannot be judged", async () => {
  expect(await judged("def f(): return 1\ndef g(): return 2\n", "def g(): return 2\n")).toEqual([
    "unpaired f: f is gone",
  ]);
});

test("a constant is judged in what reads it, each side with its own", async () => {
  const old = "WORDS = ['a', 'b']\nOTHER = 1\ndef f(w):\n    return w in WORDS\ndef g(): return OTHER\n";
  const { pieces, all } = await changes(old, old.replace("['a', 'b']", "{'a', 'b'}"));
  expect(pieces).toEqual(["function f: it reads WORDS, which changed"]);
  expect(all[0]!.new!.own).toEqual(["WORDS"]);
  expect(all[0]!.replayed!.own).toEqual(["WORDS"]);
});

test("state that functions change is not replayed from recordings of the other kind of state", async () => {
  const old = "SEEN = []\ndef f(x):\n    if x in SEEN: return False\n    SEEN.append(x)\n    return True\n";
  const { all } = await changes(old, old.replace("SEEN = []", "SEEN = list(())"));
  expect(all.map(({ place, old: region }) => [place, region])).toEqual([["f", null]]);
});

test("imports: one that moved is nothing, another one is judged in what reads it", async () => {
  const old = "import os\nimport math\ndef f(x): return math.sqrt(x)\ndef g(): return os.sep\n";
  expect(await judged(old, old.replace("import os\nimport math\n", "import math, os\n"))).toEqual([]);
  expect(await judged(old, old.replace("import math\n", "import cmath as math\n"))).toEqual([
    "function f: it reads math, which changed",
  ]);
  expect(await judged(old, `import sys\n${old}`)).toEqual([]);
});

test("signatures: what all old calls may still do is judged, with what it takes for granted", async () => {
  const old = "def f(xs, n=2):\n    return xs[:n]\n";
  const { all } = await changes(old, "def f(items, n=2, *, deep=False):\n    return items[:n]\n");
  expect(all[0]).toMatchObject({
    place: "f",
    new: { renamed: { xs: "items" } },
    assumptions: ["Calls pass xs by its position: it is called items now."],
  });
});

test.each([
  ["a parameter that is gone", "def f(xs): return xs"],
  ["a new one without a default", "def f(xs, n, m): return xs"],
  ["a default that is gone", "def f(xs, n): return xs"],
  ["exchanged names", "def f(n, xs=2): return n"],
])("signatures: %s is judged in what calls it", async (_, fresh) => {
  const caller = "\ndef g(): return f([1], 3)\n";
  expect(await judged(`def f(xs, n=2): return xs${caller}`, `${fresh}${caller}`)).toEqual([
    "function g: it uses f, which is called in another way",
  ]);
});

test("a method that became a property is another way to call it", async () => {
  const old = "class C:\n    def size(self): return 1\ndef f(c): return c.size\n";
  const fresh = old.replace("    def size", "    @property\n    def size");
  expect(await judged(old, fresh)).toEqual(["function f: it uses size, which is called in another way"]);
});

test("class attributes are judged in what reads them, bases in the methods", async () => {
  const old = "class C:\n    limit = 1\n    def m(self): return self.limit\n    def n(self): return 0\n";
  expect(await judged(old, old.replace("limit = 1", "limit = 1 + 0"))).toEqual([
    "function C.m: it reads C.limit, which changed",
  ]);
  const { all } = await changes(old, old.replace("class C:", "class C(object):"));
  expect(all.map(({ place, group }) => [place, group])).toEqual([
    ["C.m", "class C of m.py"],
    ["C.n", "class C of m.py"],
  ]);
});

test("a loop of the module is a region with what is set up for it; other module code is not", async () => {
  const old = "xs = load()\nout = []\nfor x in xs:\n    out.append(x * x)\nprint(out)\n";
  const fresh = "xs = load()\nout = [x * x for x in xs]\nprint(out)\n";
  const { pieces, all } = await changes(old, fresh);
  expect(pieces).toEqual(["loop "]);
  expect(all[0]!.replayed!.rebound).toEqual(["out"]);
  expect(all[0]!.replayed!.span.line).toBe(2);
  expect(await judged(old, old.replace("print(out)", "print(len(out))"))).toEqual(["module "]);
});

test("nested functions whose closures differ are judged through what holds them", async () => {
  const old = "def f(xs):\n    def has(x): return x in xs\n    return [x for x in xs if has(x)]\n";
  const fresh =
    "def f(xs):\n    known = set(xs)\n    def has(x): return x in known\n    return [x for x in xs if has(x)]\n";
  expect(await judged(old, fresh)).toEqual(["function f"]);
});

test("deep code is compared without a deep stack", async () => {
  const deep = `def f(x):\n    return ${"x + ".repeat(800)}x\n`;
  expect(await judged(deep, deep.replace("return x", "return  x"))).toEqual([]);
});

test("a constant that stands before a loop is judged in what reads it too", async () => {
  const old =
    "LIMIT = [1]\nout = []\nfor x in LIMIT:\n    out.append(x)\ndef f(x): return x in LIMIT\nprint(out)\n";
  const fresh = "LIMIT = {1}\nout = [x for x in LIMIT]\ndef f(x): return x in LIMIT\nprint(out)\n";
  expect(await judged(old, fresh)).toEqual(["loop ", "function f: it reads LIMIT, which changed"]);
});

/** Files that differ, given as `name: [old text, new text]`. */
async function changesOf(texts: Record<string, [string | null, string | null]>) {
  const pairs = Object.entries(texts).map(async ([shown, [old, fresh]]) => ({
    path: `/x/${shown}`,
    shown,
    old: old === null ? null : await parse(old, `/x/${shown}`),
    new: fresh === null ? null : await parse(fresh, `/x/${shown}`),
  }));
  const { pieces, added } = changesBetween(await Promise.all(pairs));
  return { added, pieces, told: pieces.map(({ kind, place, because }) => `${kind} ${place}: ${because}`) };
}

const mean =
  "def mean(xs):\n    total = 0\n    for x in xs:\n        total += x\n    return total / len(xs)\n";
const faster = "def mean(xs):\n    return _total(xs) / len(xs)\ndef _total(xs):\n    return sum(xs)\n";

test("a function that moved to another file is judged there, with the helpers that came along", async () => {
  const { pieces, told, added } = await changesOf({
    "a.py": [
      `LIMIT = 3\n${mean}def f(xs): return mean(xs)\n`,
      "from b import mean\ndef f(xs): return mean(xs)\n",
    ],
    "b.py": ["def g(): return 1\n", `def g(): return 1\n${mean.replace("/ len(xs)", "/ max(1, len(xs))")}`],
  });
  expect(told).toContain("function mean: it moved to b.py");
  expect(told).toContain("function f: it uses mean, which moved");
  const moved = pieces.find(({ leads }) => leads !== null)!;
  expect(moved.new!.file).toBe("/x/b.py");
  expect(pieces.find(({ place }) => place === "f")!.group).toBe(moved.leads);
  expect(added).toEqual([]);
  // A file of which every function has moved is not gone.
  const whole = await changesOf({ "a.py": [mean, null], "b.py": [null, faster] });
  expect(whole.told).toEqual(["function mean: it moved to b.py"]);
  expect(whole.added).toEqual(["b.py"]);
});

test("a renamed function is found by its code, unless it could be more than one", async () => {
  const caller = "def f(xs): return mean(xs)\n";
  const renamed = mean.replace("mean", "average").replace("total += x", "total = total + x");
  const { told } = await changesOf({
    "m.py": [mean + caller, renamed + caller.replace("mean(", "average(")],
  });
  expect(told).toEqual(["function mean: it is called average now", "function f: its code changed"]);
  const twice = mean + mean.replace("mean", "mean2");
  const two = await changesOf({ "m.py": [twice, twice.replace("mean(", "a(").replace("mean2(", "b(")] });
  expect(two.told.every((one) => one.startsWith("unpaired"))).toBe(true);
});

test("a function that moved away from state is judged by whole runs", async () => {
  const counted = "SEEN = []\ndef note(x):\n    SEEN.append(x)\n    return len(SEEN)\n";
  const { pieces } = await changesOf({ "a.py": [counted, null], "b.py": [null, counted] });
  expect(pieces.find(({ place }) => place === "note")).toMatchObject({ old: null, replayed: null });
});
