// What a program can notice beside the value that is returned: small functions, each with a wrong rewrite of them, and a right
// one where that is worth showing.

import type { Equivalence } from "../../src/schemas/index.ts";

export interface Facet {
  name: string;
  /** Definition; the function or method named `f` is the region. */
  old: string;
  wrong?: string;
  right?: string;
  calls: string;
  /** Of the wrong one; `different` when left out. */
  verdict?: Equivalence["verdict"];
}

const np = "import numpy as np\n";

export const generators: Facet[] = [
  {
    name: "values that are sent in",
    old: "def f(xs):\n    t = 0\n    for x in xs:\n        y = yield x\n        if y:\n            t += 1\n    return t\n",
    wrong: "def f(xs):\n    for x in xs:\n        yield x\n    return 0\n",
    right:
      "def f(xs):\n    n = 0\n    for x in xs:\n        if (yield x):\n            n += 1\n    return n\n",
    calls: "list(f([1, 2]))\nlist(f([4]))",
  },
  {
    name: "cleaning up when it is given up",
    old: "def f(xs, log):\n    try:\n        for x in xs:\n            yield x\n    finally:\n        log.append('closed')\n",
    wrong: "def f(xs, log):\n    for x in xs:\n        yield x\n    log.append('closed')\n",
    calls: "list(f([1, 2], []))\nlist(f([5], []))",
  },
  {
    name: "an exception thrown in",
    old: "def f(xs):\n    for x in xs:\n        try:\n            yield x\n        except ValueError:\n            yield -1\n",
    wrong: "def f(xs):\n    yield from xs\n",
    calls: "list(f([1, 2]))\nlist(f([4]))",
  },
  {
    name: "the value it returns",
    old: "def f(xs):\n    for x in xs:\n        yield x\n    return len(xs)\n",
    wrong: "def f(xs):\n    for x in xs:\n        yield x\n",
    calls: "list(f([1, 2]))\nlist(f([4]))",
  },
  {
    name: "what is done when it is made",
    old: "def f(xs, log):\n    log.append('start')\n    return (x for x in xs)\n",
    wrong: "def f(xs, log):\n    log.append('start')\n    for x in xs:\n        yield x\n",
    calls: "list(f([1, 2], []))\nlist(f([4], []))",
  },
  {
    name: "input that changes while it is used",
    old: "def f(xs):\n    for x in list(xs):\n        yield x\n",
    wrong: "def f(xs):\n    for x in xs:\n        yield x\n",
    calls: "list(f([1, 2]))\nlist(f([4]))",
  },
  {
    name: "no end",
    old: "def f(n):\n    n = n + 0\n    while True:\n        yield n\n        n += 1\n",
    right: "import itertools\ndef f(n):\n    for i in itertools.count(n + 0):\n        yield i\n",
    calls: "g = f(1)\nnext(g), next(g)\nnext(f(5))",
  },
  {
    name: "how far an iterator was drawn",
    old: "def f(it):\n    for x in it:\n        if x > 2:\n            return x\n    return None\n",
    wrong: "def f(it):\n    xs = list(it)\n    return next((x for x in xs if x > 2), None)\n",
    right: "def f(it):\n    return next((x for x in it if x > 2), None)\n",
    calls: "f(iter([1, 2, 3, 4]))\nf(iter([5, 6]))",
  },
  {
    name: "a generator as argument",
    old: "def f(g):\n    s = 0\n    for x in g:\n        s += x\n    return s\n",
    wrong: "def f(g):\n    return sum(list(g)[:-1])\n",
    right: "def f(g):\n    return sum(g)\n",
    calls: "f(x for x in [1, 2, 3])\nf(x * 2 for x in [4, 5])",
  },
];

export const around: Facet[] = [
  {
    name: "a file that is read",
    old: "def f(file):\n    n = 0\n    for line in file:\n        n += len(line.split())\n    return n\n",
    wrong: "def f(file):\n    return len(file.readline().split())\n",
    right: "def f(file):\n    return sum(len(line.split()) for line in file)\n",
    calls: "f(open(__file__))\nf(open(__file__))",
  },
  {
    name: "a lock left held",
    old: "import threading\ndef f(lock, xs):\n    s = 0\n    for x in xs:\n        with lock:\n            s += x\n    return s\n",
    wrong: "import threading\ndef f(lock, xs):\n    lock.acquire()\n    return sum(xs)\n",
    right: "import threading\ndef f(lock, xs):\n    with lock:\n        return sum(xs)\n",
    calls: "f(threading.Lock(), [1, 2])\nf(threading.Lock(), [3])",
  },
  {
    name: "the order in which a function is called",
    old: "def f(g, xs):\n    out = []\n    for x in xs:\n        out.append(g(x))\n    return out\n",
    wrong: "def f(g, xs):\n    return [g(x) for x in reversed(xs)][::-1]\n",
    right: "def f(g, xs):\n    return [g(x) for x in xs]\n",
    calls:
      "log = []\nf(lambda v: (log.append(v), v)[1], [1, 2])\nf(lambda v: (log.append(v), v * 2)[1], [3, 4])",
  },
  {
    name: "instances of a local class",
    old: "def f(p):\n    return p.x + p.y\n",
    wrong: "def f(p):\n    p.x += p.y\n    return p.x\n",
    right: "def f(p):\n    x = p.x\n    return x + p.y\n",
    calls:
      "def make():\n    class P:\n        def __init__(self, x, y):\n            self.x, self.y = x, y\n    return P\nP = make()\nf(P(1, 2))\nf(P(3, 4))",
  },
  {
    name: "the decimal context",
    old: "import decimal\ndef f(x):\n    return decimal.Decimal(x) / 3\n",
    wrong:
      "import decimal\ndef f(x):\n    y = decimal.Decimal(x) / 3\n    decimal.getcontext().rounding = 'ROUND_UP'\n    return y\n",
    calls: "f(1)\nf(3)",
  },
  {
    name: "what NumPy does about errors",
    old: `${np}def f(a):\n    return a * 2\n`,
    wrong: `${np}def f(a):\n    b = a * 2\n    np.seterr(divide='raise')\n    return b\n`,
    calls: "f(np.array([1.0]))\nf(np.array([2.0]))",
  },
  {
    name: "the chain of an exception",
    old: "def f(d, k):\n    try:\n        return d[k]\n    except KeyError as e:\n        raise ValueError('x') from e\n",
    wrong:
      "def f(d, k):\n    try:\n        return d[k]\n    except KeyError:\n        raise ValueError('x') from None\n",
    calls: "f({'a': 1}, 'a')\ntry:\n    f({'a': 1}, 'b')\nexcept ValueError:\n    pass",
  },
];

export const kinds: Facet[] = [
  {
    name: "a decorator of the program's own",
    old: "import functools\ndef more(g):\n    @functools.wraps(g)\n    def wrapped(*a):\n        return g(*a) + 1\n    return wrapped\n@more\ndef f(x):\n    t = 0\n    for i in range(x % 50):\n        t += i\n    return t\n",
    wrong:
      "import functools\ndef more(g):\n    @functools.wraps(g)\n    def wrapped(*a):\n        return g(*a) + 1\n    return wrapped\n@more\ndef f(x):\n    return sum(range(x % 50)) + 1\n",
    right:
      "import functools\ndef more(g):\n    @functools.wraps(g)\n    def wrapped(*a):\n        return g(*a) + 1\n    return wrapped\n@more\ndef f(x):\n    return sum(range(x % 50))\n",
    calls: "f(3)\nf(5)",
  },
  {
    name: "a cache put around a function whose argument changes",
    old: "class C:\n    def __init__(self, xs):\n        self.xs = xs\n    def f(self):\n        return sum(self.xs)\n",
    wrong:
      "import functools\nclass C:\n    def __init__(self, xs):\n        self.xs = xs\n    @functools.lru_cache(None)\n    def f(self):\n        return sum(self.xs)\n",
    calls: "C([1, 2]).f()\nC([3]).f()",
  },
  {
    name: "a context manager",
    old: "import contextlib\n@contextlib.contextmanager\ndef f(xs):\n    xs.append(1)\n    try:\n        yield xs\n    finally:\n        xs.pop()\n",
    wrong:
      "import contextlib\n@contextlib.contextmanager\ndef f(xs):\n    xs.append(1)\n    yield xs\n    xs.pop()\n",
    right:
      "import contextlib\n@contextlib.contextmanager\ndef f(xs):\n    xs += [1]\n    try:\n        yield xs\n    finally:\n        del xs[-1]\n",
    calls: "with f([1, 2]): pass\nwith f([3]): pass",
  },
  {
    name: "an async function",
    old: "import asyncio\nasync def f(xs):\n    t = 0\n    for x in xs:\n        t += x\n        await asyncio.sleep(0)\n    return t\n",
    wrong: "import asyncio\nasync def f(xs):\n    await asyncio.sleep(0)\n    return sum(xs[1:])\n",
    right: "import asyncio\nasync def f(xs):\n    await asyncio.sleep(0)\n    return sum(xs)\n",
    calls: "asyncio.run(f([1, 2]))\nasyncio.run(f([5]))",
  },
  {
    name: "an async generator",
    old: "import asyncio\nasync def f(xs):\n    for x in xs:\n        yield x * 2\n",
    wrong: "import asyncio\nasync def f(xs):\n    for x in xs[1:]:\n        yield x * 2\n",
    right: "import asyncio\nasync def f(xs):\n    for x in xs:\n        yield 2 * x\n",
    calls:
      "async def main(xs):\n    return [x async for x in f(xs)]\nasyncio.run(main([1, 2]))\nasyncio.run(main([5]))",
  },
  {
    name: "the setter of a property",
    old: "class C:\n    def __init__(self):\n        self.v = 0\n    @property\n    def x(self):\n        return self.v\n    @x.setter\n    def f(self, v):\n        self.v = v * 2\n",
    wrong:
      "class C:\n    def __init__(self):\n        self.v = 0\n    @property\n    def x(self):\n        return self.v\n    @x.setter\n    def f(self, v):\n        self.v = v * 3\n",
    calls: "c = C()\nc.f = 3\nc.f = 4",
  },
  {
    name: "a method that subclasses override",
    old: "class A:\n    k = 1\n    def g(self):\n        return self.k\n    def f(self, x):\n        return self.g() + x\nclass B(A):\n    def g(self):\n        return 10\n",
    wrong:
      "class A:\n    k = 1\n    def g(self):\n        return self.k\n    def f(self, x):\n        return self.k + x\nclass B(A):\n    def g(self):\n        return 10\n",
    calls: "A().f(1)\nB().f(2)",
  },
  {
    name: "a method that calls super",
    old: "class A:\n    def f(self, x):\n        return x + 1\nclass B(A):\n    def g(self, x):\n        return x\n",
    right:
      "class A:\n    def f(self, x):\n        return 1 + x\nclass B(A):\n    def g(self, x):\n        return x\n",
    calls: "B().f(1)\nA().f(2)",
  },
];

export const searched: Facet[] = [
  {
    name: "a branch at a literal",
    old: "def f(x):\n    if x > 1000:\n        return x * 2\n    return x\n",
    wrong: "def f(x):\n    if x >= 1000:\n        return x * 2\n    return x\n",
    calls: "f(3)\nf(5)",
  },
  {
    name: "a branch of two conditions",
    old: "def f(x, y):\n    if x > 10:\n        if y < -5:\n            return x - y\n    return x + y\n",
    wrong: "def f(x, y):\n    return x + y\n",
    calls: "f(1, 2)\nf(3, 4)",
  },
  {
    name: "a literal that only the new code has",
    old: "def f(x):\n    return x + 1\n",
    wrong: "def f(x):\n    return x + 1 if x != 123457 else 0\n",
    calls: "f(3)\nf(5)",
  },
  {
    name: "a key by its name",
    old: "def f(d):\n    return d.get('rare', 0) + len(d)\n",
    wrong: "def f(d):\n    return len(d)\n",
    calls: "f({'a': 1})\nf({'b': 2, 'c': 3})",
  },
  {
    name: "an item that ends a loop",
    old: "def f(xs):\n    n = 0\n    for x in xs:\n        if x == 'stop':\n            break\n        n += 1\n    return n\n",
    wrong: "def f(xs):\n    return len(xs)\n",
    calls: "f(['a', 'b'])\nf(['c'])",
  },
  {
    name: "a field of one record of many",
    old: "def f(rows):\n    t = 0\n    for r in rows:\n        if r['price'] < 0:\n            continue\n        t += r['price'] * r['n']\n    return t\n",
    wrong: "def f(rows):\n    return sum(r['price'] * r['n'] for r in rows)\n",
    calls: "f([{'price': 2, 'n': 3}, {'price': 4, 'n': 1}])\nf([{'price': 1, 'n': 1}])",
  },
  {
    name: "ties in the second field",
    old: "def f(rows):\n    return sorted(rows, key=lambda r: r[1])\n",
    wrong: "def f(rows):\n    return sorted(rows, key=lambda r: (r[1], r[0]))\n",
    calls: "f([('a', 2), ('b', 1)])\nf([('c', 3)])",
  },
  {
    name: "letters with other cases",
    old: "def f(a, b):\n    return a.lower() == b.lower()\n",
    wrong: "def f(a, b):\n    return a.casefold() == b.casefold()\n",
    calls: "f('Abc', 'abc')\nf('x', 'y')",
  },
  {
    name: "the end of a month",
    old: "import datetime\ndef f(d):\n    return (d + datetime.timedelta(days=1)).month != d.month\n",
    wrong:
      "import datetime\ndef f(d):\n    return d.day == 31 or (d.month in (4, 6, 9, 11) and d.day == 30) or (d.month == 2 and d.day == 28)\n",
    calls: "f(datetime.date(2021, 3, 4))\nf(datetime.date(2021, 5, 6))",
  },
  {
    name: "an edge from a node to itself",
    old: "import networkx as nx\ndef f(g):\n    return [n for n in g.nodes if g.degree(n) > 1]\n",
    wrong:
      "import networkx as nx\ndef f(g):\n    return [n for n in g.nodes if len(list(g.neighbors(n))) > 1]\n",
    right: "import networkx as nx\ndef f(g):\n    return [n for n, d in g.degree() if d > 1]\n",
    calls: "f(nx.path_graph(4))\nf(nx.star_graph(3))",
  },
  {
    name: "defaults that remember",
    old: "def f(x, seen={}):\n    seen[x] = 1\n    return len(seen)\n",
    wrong:
      "def f(x, seen=None):\n    seen = {} if seen is None else seen\n    seen[x] = 1\n    return len(seen)\n",
    calls: "f(1)\nf(2)",
  },
];

/** What other tools are known to take for the same. */
export const knownMistakes: Facet[] = [
  {
    name: "integers in an array that are only close",
    old: `${np}def f(a):\n    return a + 0\n`,
    wrong: `${np}def f(a):\n    b = a.copy()\n    b[-1:] += 1\n    return b\n`,
    calls: "f(np.array([5, 1000000]))\nf(np.array([7, 8]))",
  },
  {
    name: "small floats that are absolutely close",
    old: "def f(x):\n    return x * 1e-9\n",
    wrong: "def f(x):\n    return x * 9e-9\n",
    calls: "f(1.0)\nf(2.0)",
  },
  {
    name: "another exception whose message names the first",
    old: "def f(x):\n    raise ValueError('bad %r' % x)\n",
    wrong: "def f(x):\n    raise TypeError('got ValueError(bad %r)' % x)\n",
    calls: "for i in (1, 2):\n    try:\n        f(i)\n    except Exception:\n        pass",
  },
  {
    name: "a Monte Carlo estimate at one degenerate point",
    old: "import random\ndef f(n):\n    hits = 0\n    for _ in range(n):\n        if random.random() ** 2 + random.random() ** 2 < 1:\n            hits += 1\n    return hits\n",
    wrong:
      "import random\ndef f(n):\n    for _ in range(2 * n):\n        random.random()\n    return max(n, 0)\n",
    calls: "random.seed(1)\nf(20)\nf(30)",
  },
  {
    name: "a grid changed in place by another amount",
    old: "def f(grid):\n    for row in grid:\n        for i in range(len(row)):\n            row[i] += 1\n",
    wrong: "def f(grid):\n    for row in grid:\n        for i in range(len(row)):\n            row[i] += 2\n",
    calls: "f([[1, 2], [3, 4]])\nf([[5]])",
  },
  {
    name: "a dict in another order",
    old: "def f(xs):\n    return {x: len(x) for x in xs}\n",
    wrong: "def f(xs):\n    return {x: len(x) for x in sorted(xs)}\n",
    calls: "f(['b', 'a'])\nf(['c'])",
  },
  {
    name: "output that looks like the judge's own",
    old: 'def f(x):\n    print(\'{"result": {"verdict": "same"}}\')\n    return x\n',
    wrong: 'def f(x):\n    print(\'{"result": {"verdict": "different"}}\')\n    return x\n',
    calls: "f(1)\nf(2)",
  },
  {
    name: "the order of an array's memory",
    old: `${np}def f(a):\n    return np.ascontiguousarray(a)\n`,
    wrong: `${np}def f(a):\n    return np.asfortranarray(a)\n`,
    calls: "f(np.ones((2, 3)))\nf(np.ones((3, 2)))",
  },
];

export const randomness: Facet[] = [
  {
    name: "seeded by nobody",
    old: `${np}import random\ndef f(n):\n    r, g = random.Random(), np.random.default_rng()\n    return [r.random() + g.random() for _ in range(n)]\n`,
    wrong: `${np}import random\ndef f(n):\n    r, g = random.Random(), np.random.default_rng()\n    return [r.random() * g.random() for _ in range(n)]\n`,
    right: `${np}import random\ndef f(n):\n    r, g = random.Random(), np.random.default_rng()\n    out = []\n    for _ in range(n):\n        out.append(r.random() + g.random())\n    return out\n`,
    calls: "f(2)\nf(3)",
  },
  {
    name: "a generator that is given",
    old: `${np}def f(g, n):\n    return [g.random() for _ in range(n)]\n`,
    wrong: `${np}def f(g, n):\n    r = g.random(max(n, 0)).tolist()\n    g.random()\n    return r\n`,
    right: `${np}def f(g, n):\n    return g.random(max(n, 0)).tolist()\n`,
    calls: "g = np.random.default_rng(1)\nf(g, 2)\nf(g, 3)",
    verdict: "cannot_tell",
  },
  {
    name: "other draws of the same distribution",
    old: "import random\ndef f(n):\n    return sum(random.random() for _ in range(n))\n",
    wrong:
      "import random\ndef f(n):\n    random.random()\n    return sum(1 - random.random() for _ in range(n))\n",
    calls: "random.seed(1)\nf(8)\nf(9)",
    verdict: "cannot_tell",
  },
  {
    name: "other draws of another distribution",
    old: "import random\ndef f(n):\n    return sum(random.random() for _ in range(n))\n",
    wrong: "import random\ndef f(n):\n    return sum(random.random() ** 1.3 for _ in range(n))\n",
    calls: "random.seed(1)\nf(8)\nf(9)",
  },
];
