// Functions that are called again with the same arguments and must be left alone, with the reason that the user reads.

import { expect, test } from "vitest";
import { sharedService } from "../../../test/python-service.ts";
import { rewriteProgram } from "../../../test/rewriting.ts";
import { technique } from "./index.ts";

const service = sharedService();

const again = "print(sum(len(repr(f(n % 5))) for n in range(200)))\n";

test.each<[string, string, RegExp]>([
  [
    "prints",
    `def f(n):\n    print(n)\n    return sum(range(n * 50))\n${again}`,
    /reads or writes something outside/,
  ],
  [
    "asks for a random number",
    `import random\ndef f(n):\n    return sum(random.random() < 0.5 for _ in range(n * 50))\n${again}`,
    /calls random.random/,
  ],
  [
    "asks for the time",
    `import time\ndef f(n):\n    return sum(range(n * 50)) + 0 * time.time_ns()\n${again}`,
    /calls time.time_ns/,
  ],
  [
    "counts its calls",
    `calls = 0\ndef f(n):\n    global calls\n    calls += 1\n    return sum(range(n * 50))\n${again}`,
    /binds calls/,
  ],
  [
    "reads a setting that changes",
    `rate = 1\ndef f(n):\n    return sum(range(n * 50)) * rate\n${again}rate = 2\n${again}`,
    /reads rate, which may change/,
  ],
  [
    "reads a table that grows",
    `table = [1, 2, 3]\ndef f(n):\n    return sum(table) * sum(range(n * 50))\n${again}table.append(4)\n${again}`,
    /reads table, which may change/,
  ],
  [
    "changes what it is given",
    `def f(n, seen=(1, 2)):\n    return sum(range(n * 50)) + g(seen)\nstate = [0]\ndef g(seen):\n    state[0] += 1\n    return len(seen)\n${again}`,
    /may change state/,
  ],
  [
    "has numbers equal to others of another type within tuples",
    "def f(p):\n    return sum(p) * sum(range(50))\nprint([f((1, n % 3)) for n in range(50)] + [f((1.0, n % 3)) for n in range(50)])\n",
    /numbers of different types|not the same/,
  ],
  [
    "has a negative zero among its arguments",
    "import math\ndef f(x):\n    return math.copysign(1, x) * sum(range(50))\nprint([f(-0.0 if n % 2 else 0.0) for n in range(99)])\n",
    /−0.0/,
  ],
  [
    "takes a list and gives a part of it",
    "def f(xs):\n    return sum(x * x for x in xs[1:])\nxs = [1, 2, 3]\nprint([f(xs) for _ in range(99)])\n",
    /xs is of type list, which cannot be a key/,
  ],
  [
    "is a method that notes its calls",
    "class A:\n    def __init__(self):\n        self.calls = []\n    def f(self, n):\n        self.calls.append(n)\n        return sum(range(n * 50))\na = A()\nprint([a.f(n % 5) for n in range(99)], len(a.calls))\n",
    /more with self than read its values/,
  ],
  [
    "is a method that reads a list of its object",
    "class A:\n    def __init__(self):\n        self.rates = [1, 2]\n    def f(self, n):\n        return sum(range(n * 50)) * self.rates[0]\na = A()\nprint([a.f(n % 5) for n in range(99)])\na.rates[0] = 3\nprint(a.f(2))\n",
    /may change or cannot be a key: rates/,
  ],
  [
    "is a method that another class has too",
    "class A:\n    def f(self, n):\n        return sum(range(n * 50))\nclass B(A):\n    pass\nprint([(A(), B())[n % 2].f(n % 5) for n in range(99)])\n",
    /objects of several classes/,
  ],
  [
    "is a recursive method that changes its object",
    "class A:\n    def __init__(self):\n        self.calls = 0\n    def f(self, n):\n        self.calls += 1\n        return 1 if n < 2 else self.f(n - 1) + self.f(n - 2)\na = A()\nprint(a.f(12), a.calls)\n",
    /may change self|changes/,
  ],
  [
    "gives objects",
    `class P:\n    def __init__(self, n):\n        self.n = n\ndef f(n):\n    return [P(k) for k in range(n)]\nprint(sum(len(f(n % 5)) for n in range(99)))\n`,
    /whoever gets it may change|calls P/,
  ],
  [
    "gives sets, whose copies may be in another order",
    `def f(n):\n    return {k * k for k in range(n * 9)}\n${again}`,
    /type set/,
  ],
  [
    "reads a file in a program that writes files",
    "import os, tempfile\np = os.path.join(tempfile.mkdtemp(), 'a')\nopen(p, 'w').write('1')\ndef f(p):\n    with open(p) as file:\n        return file.read() * 9\nprint(sum(len(f(p)) for _ in range(99)))\n",
    /the program writes files too/,
  ],
  [
    "reads a file into nested lists",
    "import csv, keyword\ndef f(p):\n    with open(p) as file:\n        return [[[row]] for row in csv.reader(file)]\nprint(sum(len(f(keyword.__file__)) for _ in range(50)))\n",
    /whoever gets it may change/,
  ],
  [
    "reads a file and counts its calls",
    "import keyword\ncount = [0]\ndef f(p):\n    count[0] += 1\n    with open(p) as file:\n        return file.read()\nprint(sum(len(f(keyword.__file__)) for _ in range(50)))\n",
    /reads count, which may change/,
  ],
  ["is a generator", `def f(n):\n    for k in range(n):\n        yield k\n${again}`, /^/],
  [
    "is handed on",
    `def f(n):\n    return sum(range(n * 50))\nhandlers = {"f": f}\n${again}`,
    /handed on as a value/,
  ],
  [
    "is decorated",
    `import functools\ndef twice(g):\n    @functools.wraps(g)\n    def inner(n):\n        return g(n) * 2\n    return inner\n@twice\ndef f(n):\n    return sum(range(n * 50))\n${again}`,
    /has a decorator/,
  ],
  [
    "recurses deeply",
    "def f(n):\n    return 0 if n <= 0 else f(n - 1) + (f(n - 2) if n % 60 == 0 else 1)\nprint([f(300), f(301)])\n",
    /more than 150 times deep/,
  ],
])("%s: left alone", async (_, text, reason) => {
  const found = await rewriteProgram(service(), technique, text);
  const region = found.find((one) => /(^|\.)f$/.test(one.region.qualname) && one.region.kind === "function")!;
  expect(region.rewrites.map(({ rewrite }) => rewrite.summary)).toEqual([]);
  expect(region.declined.map((one) => one.reason).join("\n")).toMatch(reason);
});

test("numbers of several types: the cache tells types apart", async () => {
  const found = await rewriteProgram(
    service(),
    technique,
    "def f(x):\n    return x * sum(range(50))\nprint([f(n % 3) for n in range(60)] + [f(n % 3 == 1) for n in range(60)])\n",
  );
  expect(found.find(({ region }) => region.qualname === "f")?.rewrites[0]?.text).toContain("typed=True");
});

test("nothing is said of a function that computes something new each time", async () => {
  const found = await rewriteProgram(
    service(),
    technique,
    "def f(n):\n    return sum(range(n))\nprint(sum(f(n) for n in range(200)))\n",
  );
  expect(found.flatMap(({ rewrites, declined }) => [...rewrites, ...declined])).toEqual([]);
});
