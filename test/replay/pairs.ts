// Small functions with rewrites of them: right ones, and wrong ones of the kinds that optimizers and people make.

export interface Pair {
  /** What is right or wrong about the rewrite. */
  name: string;
  /** Definition of the function or functions; the first `def` is the region. */
  old: string;
  new: string;
  /** Statements that call it; `old` names are in scope. */
  calls: string;
  /** Relative tolerance that the rewrite claims. */
  relative?: number;
}

const total = "def f(xs):\n    s = 0\n    for x in xs:\n        s += x\n    return s\n";
const totalFloat = "def f(xs):\n    s = 0.0\n    for x in xs:\n        s += x\n    return s\n";
const ints = "f([3, 1, 2, 5])\nf([7, 7, 1])";
const floats = "f([0.5, 1.25, 3.1])\nf([2.5, 0.1])";
const smallest =
  "def f(xs):\n    best = None\n    for i, x in enumerate(xs):\n        if best is None or x < xs[best]:\n            best = i\n    return best\n";
const unique =
  "def f(xs):\n    seen = []\n    for x in xs:\n        if x not in seen:\n            seen.append(x)\n    return seen\n";
const words = "f(['b', 'a', 'b', 'c'])\nf(['x', 'y', 'x'])";
const count =
  "def f(ws):\n    out = {}\n    for w in ws:\n        out[w] = out.get(w, 0) + 1\n    return out\n";
const np = "import numpy as np\n";
const arrays = "f(np.array([1.0, 2.5, 3.0]))\nf(np.array([0.5, 4.0]))";
const intArrays = "f(np.array([1, 2, 3]))\nf(np.array([5, 4]))";

/** Every one must be told apart from the original, or not be told; never `same`. */
export const wrong: Pair[] = [
  { name: "off by one at the end", old: total, new: "def f(xs):\n    return sum(xs[:-1])\n", calls: ints },
  {
    name: "off by one on an empty list",
    old: total,
    new: "def f(xs):\n    s = xs[0]\n    for x in xs[1:]:\n        s += x\n    return s\n",
    calls: ints,
  },
  {
    name: "int narrowed to 64 bits",
    old: total,
    new: `${np}def f(xs):\n    return int(np.array(xs, dtype=np.int64).sum())\n`,
    calls: ints,
  },
  {
    name: "int result becomes NumPy's",
    old: total,
    new: `${np}def f(xs):\n    return np.sum(xs)\n`,
    calls: ints,
  },
  {
    name: "int narrowed to 32 bits",
    old: total,
    new: `${np}def f(xs):\n    return int(np.array(xs, dtype=np.int64).astype(np.int32).sum())\n`,
    calls: ints,
  },
  {
    name: "float result where int was",
    old: total,
    new: "def f(xs):\n    return float(sum(xs))\n",
    calls: ints,
  },
  {
    name: "sum in another order without tolerance",
    old: totalFloat,
    new: "import math\ndef f(xs):\n    return math.fsum(xs)\n",
    calls: floats,
  },
  {
    name: "start of -0.0 lost",
    old: "def f(xs):\n    s = -0.0\n    for x in xs:\n        s += x\n    return s\n",
    new: totalFloat,
    calls: floats,
  },
  {
    name: "the last of ties in place of the first",
    old: smallest,
    new: "def f(xs):\n    best = None\n    for i, x in enumerate(xs):\n        if best is None or x <= xs[best]:\n            best = i\n    return best\n",
    calls: ints,
  },
  {
    name: "NaN handled by NumPy",
    old: smallest,
    new: `${np}def f(xs):\n    return int(np.argmin(xs)) if xs else None\n`,
    calls: floats,
  },
  {
    name: "empty input raises",
    old: smallest,
    new: "def f(xs):\n    return min(range(len(xs)), key=xs.__getitem__)\n",
    calls: ints,
  },
  { name: "order lost in a set", old: unique, new: "def f(xs):\n    return list(set(xs))\n", calls: words },
  {
    name: "sorted where first-seen order was",
    old: unique,
    new: "def f(xs):\n    return sorted(set(xs))\n",
    calls: words,
  },
  {
    name: "last-seen order",
    old: unique,
    new: "def f(xs):\n    return list(dict.fromkeys(reversed(xs)))[::-1]\n",
    calls: words,
  },
  {
    name: "dict order changed",
    old: count,
    new: "def f(ws):\n    return {w: ws.count(w) for w in sorted(ws)}\n",
    calls: words,
  },
  {
    name: "Counter in place of dict",
    old: count,
    new: "from collections import Counter\ndef f(ws):\n    return Counter(ws)\n",
    calls: words,
  },
  {
    name: "defaultdict in place of dict",
    old: count,
    new: "from collections import defaultdict\ndef f(ws):\n    out = defaultdict(int)\n    for w in ws:\n        out[w] += 1\n    return out\n",
    calls: words,
  },
  {
    name: "the argument sorted in place",
    old: "def f(xs):\n    return sorted(xs)\n",
    new: "def f(xs):\n    xs.sort()\n    return xs\n",
    calls: ints,
  },
  {
    name: "a copy where the argument was returned",
    old: "def f(xs):\n    xs.append(1)\n    return xs\n",
    new: "def f(xs):\n    xs.append(1)\n    return list(xs)\n",
    calls: ints,
  },
  {
    name: "a new list where it was changed in place",
    old: "def f(xs):\n    xs += [1]\n    return xs\n",
    new: "def f(xs):\n    xs = xs + [1]\n    return xs\n",
    calls: ints,
  },
  {
    name: "rows shared",
    old: "def f(n):\n    return [[0] * n for _ in range(n)]\n",
    new: "def f(n):\n    return [[0] * n] * n\n",
    calls: "f(3)\nf(2)",
  },
  {
    name: "rows copied that were shared",
    old: "def f(r):\n    return [r, r]\n",
    new: "def f(r):\n    return [r, list(r)]\n",
    calls: ints,
  },
  {
    name: "mutation through an alias",
    old: "def f(a, b):\n    for i in range(len(a)):\n        a[i] = a[i] + b[0]\n    return a\n",
    new: "def f(a, b):\n    first = b[0]\n    for i in range(len(a)):\n        a[i] = a[i] + first\n    return a\n",
    calls: "f([1, 2, 3], [4, 5, 6])\nf([2, 2], [1, 1])",
  },
  {
    name: "a list where a generator was",
    old: "def f(xs):\n    return (x * 2 for x in xs)\n",
    new: "def f(xs):\n    return [x * 2 for x in xs]\n",
    calls: "list(f([1, 2]))\nlist(f([5]))",
  },
  {
    name: "lost laziness",
    old: "def f(xs, log):\n    for x in xs:\n        log.append(x)\n        yield x\n",
    new: "def f(xs, log):\n    log.extend(xs)\n    yield from xs\n",
    calls: "list(f([1, 2], []))\nlist(f([5], [1]))",
  },
  {
    name: "a swallowed exception",
    old: "def f(d, k):\n    return d[k] + 1\n",
    new: "def f(d, k):\n    return d.get(k, 0) + 1\n",
    calls: "f({'a': 1, 'b': 2}, 'a')\nf({'b': 1}, 'b')",
  },
  {
    name: "another exception type",
    old: "def f(xs):\n    return xs[0]\n",
    new: "def f(xs):\n    return next(iter(xs))\n",
    calls: ints,
  },
  {
    name: "another exception message",
    old: "def f(xs):\n    if not xs:\n        raise ValueError('empty input')\n    return xs[0]\n",
    new: "def f(xs):\n    if not xs:\n        raise ValueError('no input')\n    return xs[0]\n",
    calls: ints,
  },
  {
    name: "cause of an exception lost",
    old: "def f(xs):\n    try:\n        return xs[0]\n    except IndexError as e:\n        raise ValueError('empty') from e\n",
    new: "def f(xs):\n    if not xs:\n        raise ValueError('empty')\n    return xs[0]\n",
    calls: ints,
  },
  {
    name: "a shared default argument",
    old: "def f(x, acc=None):\n    acc = [] if acc is None else acc\n    acc.append(x)\n    return list(acc)\n",
    new: "def f(x, acc=[]):\n    acc = [] if acc is None else acc\n    acc.append(x)\n    return list(acc)\n",
    calls: "f(1)\nf(2)",
  },
  {
    name: "a late-binding closure",
    old: "def f(n):\n    return [g(1) for g in [lambda x, i=i: x + i for i in range(n)]]\n",
    new: "def f(n):\n    return [g(1) for g in [lambda x: x + i for i in range(n)]]\n",
    calls: "f(3)\nf(4)",
  },
  {
    name: "a stale cache of a changed argument",
    old: "def f(xs):\n    return sum(xs)\n",
    new: "_seen = {}\ndef f(xs):\n    key = id(xs)\n    if key not in _seen:\n        _seen[key] = (sum(xs), xs)\n    return _seen[key][0]\n",
    calls: ints,
  },
  {
    name: "a cache that depends on length only",
    old: "def f(xs):\n    return sum(xs)\n",
    new: "_seen = {}\ndef f(xs):\n    return _seen.setdefault(len(xs), sum(xs))\n",
    calls: ints,
  },
  {
    name: "another random stream",
    old: "import random\ndef f(n):\n    return [random.random() for _ in range(n)]\n",
    new: "import random\ndef f(n):\n    return [random.uniform(0, 1) for _ in range(n)][::-1]\n",
    calls: "random.seed(1)\nf(3)\nf(4)",
  },
  {
    name: "random draws saved",
    old: "import random\ndef f(n):\n    x = random.random()\n    return n\n",
    new: "import random\ndef f(n):\n    return n\n",
    calls: "random.seed(1)\nf(3)\nf(4)",
  },
  {
    name: "NumPy's stream in place of random's",
    old: `${np}def f(n):\n    return np.array([np.random.rand() for _ in range(n)])\n`,
    new: `${np}def f(n):\n    return np.random.rand(n + 1)[:n]\n`,
    calls: "np.random.seed(1)\nf(3)\nf(4)",
  },
  {
    name: "stdout text",
    old: "def f(x):\n    print('value', x)\n    return x\n",
    new: "def f(x):\n    print('value: %s' % x)\n    return x\n",
    calls: "f(1)\nf(2)",
  },
  {
    name: "stdout lost",
    old: "def f(x):\n    print(x)\n    return x\n",
    new: "def f(x):\n    return x\n",
    calls: "f(1)\nf(2)",
  },
  {
    name: "stderr in place of stdout",
    old: "def f(x):\n    print(x)\n    return x\n",
    new: "import sys\ndef f(x):\n    print(x, file=sys.stderr)\n    return x\n",
    calls: "f(1)\nf(2)",
  },
  {
    name: "a warning lost",
    old: "import warnings\ndef f(x):\n    if x > 1:\n        warnings.warn('large')\n    return x\n",
    new: "import warnings\ndef f(x):\n    return x\n",
    calls: "f(1)\nf(2)",
  },
  {
    name: "dtype narrowed",
    old: `${np}def f(a):\n    return a * 2\n`,
    new: `${np}def f(a):\n    return (a * 2).astype(np.float32)\n`,
    calls: arrays,
  },
  {
    name: "a view for a copy",
    old: `${np}def f(a):\n    return a[::2].copy()\n`,
    new: `${np}def f(a):\n    return a[::2]\n`,
    calls: arrays,
  },
  {
    name: "a copy for a view",
    old: `${np}def f(a):\n    return a[1:]\n`,
    new: `${np}def f(a):\n    return a[1:].copy()\n`,
    calls: arrays,
  },
  {
    name: "an array changed in place",
    old: `${np}def f(a):\n    return a + 1\n`,
    new: `${np}def f(a):\n    a += 1\n    return a\n`,
    calls: arrays,
  },
  {
    name: "Fortran order",
    old: `${np}def f(a):\n    return np.zeros((len(a), 2))\n`,
    new: `${np}def f(a):\n    return np.zeros((2, len(a))).T\n`,
    calls: arrays,
  },
  {
    name: "1-d for 2-d",
    old: `${np}def f(a):\n    return a.reshape(-1, 1) * 2\n`,
    new: `${np}def f(a):\n    return a * 2\n`,
    calls: arrays,
  },
  {
    name: "a 0-d array for a scalar",
    old: `${np}def f(a):\n    return a.sum()\n`,
    new: `${np}def f(a):\n    return np.array(a.sum())\n`,
    calls: arrays,
  },
  {
    name: "Python float for NumPy's",
    old: `${np}def f(a):\n    return a.sum()\n`,
    new: `${np}def f(a):\n    return float(a.sum())\n`,
    calls: arrays,
  },
  {
    name: "NaN dropped",
    old: `${np}def f(a):\n    return a.max(initial=0.0)\n`,
    new: `${np}def f(a):\n    return np.nanmax(a, initial=0.0)\n`,
    calls: arrays,
  },
  {
    name: "integer overflow hidden",
    old: `${np}def f(a):\n    s = 0\n    for x in a:\n        s += int(x) * int(x)\n    return s\n`,
    new: `${np}def f(a):\n    return int((a * a).sum())\n`,
    calls: intArrays,
  },
  {
    name: "integer division",
    old: "def f(a, b):\n    return a // b\n",
    new: "def f(a, b):\n    return int(a / b)\n",
    calls: "f(7, 2)\nf(9, 3)",
  },
  {
    name: "truncation for floor",
    old: "import math\ndef f(x):\n    return math.floor(x)\n",
    new: "import math\ndef f(x):\n    return int(x)\n",
    calls: "f(1.5)\nf(2.0)",
  },
  {
    name: "the sign of a remainder",
    old: "def f(a, b):\n    return a % b\n",
    new: "import math\ndef f(a, b):\n    return int(math.fmod(a, b))\n",
    calls: "f(7, 3)\nf(9, 4)",
  },
  {
    name: "abs of -0.0",
    old: "def f(x):\n    return x if x >= 0 else -x\n",
    new: "def f(x):\n    return abs(x)\n",
    calls: "f(1.5)\nf(-2.5)",
  },
  {
    name: "tolerance claimed too small",
    old: totalFloat,
    new: "def f(xs):\n    return sum(xs) * (1 + 1e-9)\n",
    calls: floats,
    relative: 1e-12,
  },
  {
    name: "tolerance does not cover integers",
    old: total,
    new: "def f(xs):\n    return sum(xs) + (len(xs) > 3)\n",
    calls: ints,
    relative: 1e-2,
  },
  {
    name: "a global not counted",
    old: "calls = 0\ndef f(x):\n    global calls\n    calls += 1\n    return x\n",
    new: "calls = 0\ndef f(x):\n    return x\n",
    calls: "f(1)\nf(2)",
  },
  {
    name: "a class attribute not counted",
    old: "class C:\n    made = 0\ndef f(x):\n    C.made += 1\n    return x\n",
    new: "class C:\n    made = 0\ndef f(x):\n    return x\n",
    calls: "f(1)\nf(2)",
  },
  {
    name: "truth of an equal value",
    old: "def f(xs):\n    return any(x > 2 for x in xs)\n",
    new: "def f(xs):\n    return max(xs) > 2\n",
    calls: ints,
  },
  {
    name: "membership by set of unhashables",
    old: "def f(xs, y):\n    return y in xs\n",
    new: "def f(xs, y):\n    return y in set(xs)\n",
    calls: "f([(1, 2), (3, 4)], (1, 2))\nf([[5], [6]], [6])",
  },
  {
    name: "a tuple for a list",
    old: "def f(xs):\n    return [x + 1 for x in xs]\n",
    new: "def f(xs):\n    return tuple(x + 1 for x in xs)\n",
    calls: ints,
  },
  {
    name: "bytes cut by characters",
    old: "def f(s):\n    return s[::-1].upper()\n",
    new: "def f(s):\n    return s.encode('ascii', 'ignore').decode()[::-1].upper()\n",
    calls: "f('abc')\nf('xy')",
  },
  {
    name: "lower for casefold",
    old: "def f(s):\n    return s.upper().lower() == s\n",
    new: "def f(s):\n    return s.isalpha()\n",
    calls: "f('abc')\nf('xy')",
  },
  {
    name: "never ends on zero",
    old: "def f(n):\n    s = 0\n    while n > 0:\n        s += n % 10\n        n //= 10\n    return s\n",
    new: "def f(n):\n    s = 0\n    while n != 0:\n        s += n % 10\n        n //= 10\n    return s\n",
    calls: "f(123)\nf(45)",
  },
  {
    name: "a file written",
    old: "def f(x):\n    return x\n",
    new: "def f(x):\n    open('written.txt', 'w').write(str(x))\n    return x\n",
    calls: "f(1)\nf(2)",
  },
  {
    name: "a process started",
    old: "def f(x):\n    return x\n",
    new: "import subprocess\ndef f(x):\n    try:\n        subprocess.run(['true'])\n    except BaseException:\n        pass\n    return x\n",
    calls: "f(1)\nf(2)",
  },
  {
    name: "the process ends",
    old: "def f(x):\n    return x\n",
    new: "import os\ndef f(x):\n    os._exit(0)\n",
    calls: "f(1)\nf(2)",
  },
];

/** Every one must be called `same`. */
export const right: Pair[] = [
  { name: "nothing changed", old: total, new: total, calls: ints },
  { name: "sum() of integers", old: total, new: "def f(xs):\n    return sum(xs)\n", calls: ints },
  {
    name: "sum within tolerance",
    old: totalFloat,
    new: "def f(xs):\n    s = 0.0\n    for x in reversed(xs):\n        s += x\n    return s\n",
    calls: floats,
    relative: 1e-9,
  },
  {
    name: "first seen by dict",
    old: unique,
    new: "def f(xs):\n    return list(dict.fromkeys(xs))\n",
    calls: words,
  },
  {
    name: "first seen by set beside",
    old: unique,
    new: "def f(xs):\n    seen = set()\n    out = []\n    for x in xs:\n        if x not in seen:\n            seen.add(x)\n            out.append(x)\n    return out\n",
    calls: words,
  },
  {
    name: "count in a helper",
    old: count,
    new: "def _count(ws):\n    out = {}\n    for w in ws:\n        if w in out:\n            out[w] += 1\n        else:\n            out[w] = 1\n    return out\ndef f(ws):\n    return _count(ws)\n",
    calls: words,
  },
  {
    name: "comprehension for a loop",
    old: "def f(xs):\n    out = []\n    for x in xs:\n        if x > 2:\n            out.append(x * x)\n    return out\n",
    new: "def f(xs):\n    return [x * x for x in xs if x > 2]\n",
    calls: ints,
  },
  {
    name: "join for adding strings",
    old: "def f(ws):\n    s = ''\n    for w in ws:\n        s = s + w\n    return s\n",
    new: "def f(ws):\n    return ''.join(ws)\n",
    calls: words,
  },
  {
    name: "membership by set of strings",
    old: "def f(xs, ys):\n    return [x for x in xs if x in ys]\n",
    new: "def f(xs, ys):\n    known = set(ys)\n    return [x for x in xs if x in known]\n",
    calls: "f(['a', 'b'], ['b', 'c'])\nf(['a', 'd', 'd'], ['d'])",
  },
  {
    name: "deque for a list as a queue",
    old: "def f(xs):\n    q = list(xs)\n    out = []\n    while q:\n        out.append(q.pop(0))\n    return out\n",
    new: "from collections import deque\ndef f(xs):\n    q = deque(xs)\n    out = []\n    while q:\n        out.append(q.popleft())\n    return out\n",
    calls: ints,
  },
  {
    name: "sort in place of insertion",
    old: "def f(xs):\n    out = []\n    for x in xs:\n        i = 0\n        while i < len(out) and out[i] <= x:\n            i += 1\n        out.insert(i, x)\n    return out\n",
    new: "def f(xs):\n    return sorted(xs)\n",
    calls: ints,
  },
  {
    name: "the argument sorted in place both times",
    old: "def f(xs):\n    xs.sort()\n    return xs\n",
    new: "def f(xs):\n    xs[:] = sorted(xs)\n    return xs\n",
    calls: ints,
  },
  {
    name: "NumPy for a loop, elementwise",
    old: `${np}def f(a):\n    out = np.empty_like(a)\n    for i in range(len(a)):\n        out[i] = a[i] * 2\n    return out\n`,
    new: `${np}def f(a):\n    return a * 2\n`,
    calls: arrays,
  },
  {
    name: "same random draws in one call",
    old: `${np}def f(n):\n    return np.array([np.random.rand() for _ in range(n)])\n`,
    new: `${np}def f(n):\n    return np.random.rand(max(n, 0))\n`,
    calls: "np.random.seed(1)\nf(3)\nf(4)",
  },
  {
    name: "a generator of the same items",
    old: "def f(xs):\n    for x in xs:\n        yield x * 2\n",
    new: "def f(xs):\n    return (x * 2 for x in xs)\n",
    calls: "list(f([1, 2]))\nlist(f([5]))",
  },
  {
    name: "the same exception by another road",
    old: "def f(d, k):\n    if k not in d:\n        raise KeyError(k)\n    return d[k]\n",
    new: "def f(d, k):\n    return d[k]\n",
    calls: "f({'a': 1, 'b': 2}, 'a')\nf({'b': 1}, 'b')",
  },
  {
    name: "a cache by value",
    // Bounded, so that large generated numbers do not run for minutes.
    old: "def f(n):\n    return sum(range(n % 1000))\n",
    new: "import functools\n@functools.lru_cache(None)\ndef _sum(n):\n    return sum(range(n % 1000))\ndef f(n):\n    return _sum(n)\n",
    calls: "f(5)\nf(7)",
  },
  {
    name: "stdout in one piece",
    old: "def f(xs):\n    for x in xs:\n        print(x)\n",
    new: "def f(xs):\n    print('\\n'.join(map(str, xs)), end='\\n' if xs else '')\n",
    calls: ints,
  },
  {
    name: "a global counted",
    old: "calls = 0\ndef f(x):\n    global calls\n    calls = calls + 1\n    return x\n",
    new: "calls = 0\ndef f(x):\n    global calls\n    calls += 1\n    return x\n",
    calls: "f(1)\nf(2)",
  },
  {
    name: "divmod",
    old: "def f(a, b):\n    return a // b, a % b\n",
    new: "def f(a, b):\n    q = a // b\n    return q, a - q * b\n",
    calls: "f(7, 3)\nf(9, 4)",
  },
  {
    name: "any for a loop",
    old: "def f(xs):\n    for x in xs:\n        if x > 2:\n            return True\n    return False\n",
    new: "def f(xs):\n    return any(x > 2 for x in xs)\n",
    calls: ints,
  },
  {
    name: "zip for indexes",
    old: "def f(a, b):\n    n = min(len(a), len(b))\n    return [a[i] + b[i] for i in range(n)]\n",
    new: "def f(a, b):\n    return [x + y for x, y in zip(a, b)]\n",
    calls: "f([1, 2], [3, 4])\nf([5], [6])",
  },
  {
    name: "a method",
    old: "class P:\n    def __init__(self, xs):\n        self.xs = xs\n    def f(self, k):\n        return [x for x in self.xs if x == k]\n",
    new: "class P:\n    def __init__(self, xs):\n        self.xs = xs\n    def f(self, k):\n        out = []\n        for x in self.xs:\n            if x == k:\n                out.append(x)\n        return out\n",
    calls: "P([1, 2, 1]).f(1)\nP([3]).f(2)",
  },
  {
    name: "bisect for a scan",
    old: "def f(xs, y):\n    xs = sorted(xs)\n    i = 0\n    while i < len(xs) and xs[i] < y:\n        i += 1\n    return i\n",
    new: "from bisect import bisect_left\ndef f(xs, y):\n    return bisect_left(sorted(xs), y)\n",
    calls: "f([3, 1, 2], 2)\nf([5, 4], 9)",
  },
  {
    name: "keyword-only and star arguments",
    old: "def f(*xs, k=2, **more):\n    return [x * k for x in xs], sorted(more)\n",
    new: "def f(*xs, k=2, **more):\n    out = []\n    for x in xs:\n        out.append(x * k)\n    return out, sorted(more)\n",
    calls: "f(1, 2, k=3, a=1)\nf(4)",
  },
  {
    name: "aliased rows kept",
    old: "def f(r):\n    return [r, r]\n",
    new: "def f(r):\n    return [r] * 2\n",
    calls: ints,
  },
  {
    name: "a view kept",
    old: `${np}def f(a):\n    return a[1:]\n`,
    new: `${np}def f(a):\n    return a[slice(1, None)]\n`,
    calls: arrays,
  },
  {
    name: "recursion to a loop",
    old: "def f(n):\n    return 1 if n <= 1 else n * f(n - 1)\n",
    new: "def f(n):\n    out = 1\n    while n > 1:\n        out *= n\n        n -= 1\n    return out\n",
    calls: "f(5)\nf(3)",
  },
  {
    name: "an early continue",
    old: "def f(xs):\n    out = []\n    for x in xs:\n        if x % 2:\n            out.append(x)\n    return out\n",
    new: "def f(xs):\n    out = []\n    for x in xs:\n        if not x % 2:\n            continue\n        out.append(x)\n    return out\n",
    calls: ints,
  },
  {
    name: "a hoisted constant",
    old: "import math\ndef f(xs):\n    return [x * math.sqrt(2.0) for x in xs]\n",
    new: "import math\n_ROOT = math.sqrt(2.0)\ndef f(xs):\n    return [x * _ROOT for x in xs]\n",
    calls: floats,
  },
  {
    name: "a set result",
    old: "def f(xs):\n    out = set()\n    for x in xs:\n        out.add(x)\n    return out\n",
    new: "def f(xs):\n    return set(xs)\n",
    calls: words,
  },
];
