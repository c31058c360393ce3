"""Small functions of every kind."""

# %% original: case 1, nothing changed
def f(xs):
    s = 0
    for x in xs:
        s += x
    return s


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% right: nothing changed
def f(xs):
    s = 0
    for x in xs:
        s += x
    return s


# %% right: sum() of integers
def f(xs):
    return sum(xs)


# %% wrong: off by one at the end
def f(xs):
    return sum(xs[:-1])


# %% wrong: off by one on an empty list
def f(xs):
    s = xs[0]
    for x in xs[1:]:
        s += x
    return s


# %% wrong: int narrowed to 64 bits
import numpy as np
def f(xs):
    return int(np.array(xs, dtype=np.int64).sum())


# %% wrong: int result becomes NumPy's
import numpy as np
def f(xs):
    return np.sum(xs)


# %% wrong: int narrowed to 32 bits
import numpy as np
def f(xs):
    return int(np.array(xs, dtype=np.int64).astype(np.int32).sum())


# %% wrong: float result where int was
def f(xs):
    return float(sum(xs))


# %% wrong within 0.01: tolerance does not cover integers
def f(xs):
    return sum(xs) + (len(xs) > 3)


# %% original: case 2, sum within tolerance
def f(xs):
    s = 0.0
    for x in xs:
        s += x
    return s


# %% calls
f([0.5, 1.25, 3.1])
f([2.5, 0.1])

# %% right within 1e-9: sum within tolerance
def f(xs):
    s = 0.0
    for x in reversed(xs):
        s += x
    return s


# %% wrong: sum in another order without tolerance
import math
def f(xs):
    return math.fsum(xs)


# %% wrong within 1e-12: tolerance claimed too small
def f(xs):
    return sum(xs) * (1 + 1e-9)


# %% original: case 3, first seen by dict
def f(xs):
    seen = []
    for x in xs:
        if x not in seen:
            seen.append(x)
    return seen


# %% calls
f(['b', 'a', 'b', 'c'])
f(['x', 'y', 'x'])

# %% right: first seen by dict
def f(xs):
    return list(dict.fromkeys(xs))


# %% right: first seen by set beside
def f(xs):
    seen = set()
    out = []
    for x in xs:
        if x not in seen:
            seen.add(x)
            out.append(x)
    return out


# %% wrong: order lost in a set
def f(xs):
    return list(set(xs))


# %% wrong: sorted where first-seen order was
def f(xs):
    return sorted(set(xs))


# %% wrong: last-seen order
def f(xs):
    return list(dict.fromkeys(reversed(xs)))[::-1]


# %% original: case 4, count in a helper
def f(ws):
    out = {}
    for w in ws:
        out[w] = out.get(w, 0) + 1
    return out


# %% calls
f(['b', 'a', 'b', 'c'])
f(['x', 'y', 'x'])

# %% right: count in a helper
def _count(ws):
    out = {}
    for w in ws:
        if w in out:
            out[w] += 1
        else:
            out[w] = 1
    return out
def f(ws):
    return _count(ws)


# %% wrong: dict order changed
def f(ws):
    return {w: ws.count(w) for w in sorted(ws)}


# %% wrong: Counter in place of dict
from collections import Counter
def f(ws):
    return Counter(ws)


# %% wrong: defaultdict in place of dict
from collections import defaultdict
def f(ws):
    out = defaultdict(int)
    for w in ws:
        out[w] += 1
    return out


# %% original: case 5, comprehension for a loop
def f(xs):
    out = []
    for x in xs:
        if x > 2:
            out.append(x * x)
    return out


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% right: comprehension for a loop
def f(xs):
    return [x * x for x in xs if x > 2]


# %% original: case 6, join for adding strings
def f(ws):
    s = ''
    for w in ws:
        s = s + w
    return s


# %% calls
f(['b', 'a', 'b', 'c'])
f(['x', 'y', 'x'])

# %% right: join for adding strings
def f(ws):
    return ''.join(ws)


# %% original: case 7, membership by set of strings
def f(xs, ys):
    return [x for x in xs if x in ys]


# %% calls
f(['a', 'b'], ['b', 'c'])
f(['a', 'd', 'd'], ['d'])

# %% right: membership by set of strings
def f(xs, ys):
    known = set(ys)
    return [x for x in xs if x in known]


# %% original: case 8, deque for a list as a queue
def f(xs):
    q = list(xs)
    out = []
    while q:
        out.append(q.pop(0))
    return out


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% right: deque for a list as a queue
from collections import deque
def f(xs):
    q = deque(xs)
    out = []
    while q:
        out.append(q.popleft())
    return out


# %% original: case 9, sort in place of insertion
def f(xs):
    out = []
    for x in xs:
        i = 0
        while i < len(out) and out[i] <= x:
            i += 1
        out.insert(i, x)
    return out


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% right: sort in place of insertion
def f(xs):
    return sorted(xs)


# %% original: case 10, the argument sorted in place both times
def f(xs):
    xs.sort()
    return xs


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% right: the argument sorted in place both times
def f(xs):
    xs[:] = sorted(xs)
    return xs


# %% original: case 11, NumPy for a loop, elementwise
import numpy as np
def f(a):
    out = np.empty_like(a)
    for i in range(len(a)):
        out[i] = a[i] * 2
    return out


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([0.5, 4.0]))

# %% right: NumPy for a loop, elementwise
import numpy as np
def f(a):
    return a * 2


# %% original: case 12, same random draws in one call
import numpy as np
def f(n):
    n %= 40
    return np.array([np.random.rand() for _ in range(n)])


# %% calls
np.random.seed(1)
f(3)
f(4)

# %% right: same random draws in one call
import numpy as np
def f(n):
    n %= 40
    return np.random.rand(max(n, 0))


# %% wrong: NumPy's stream in place of random's
import numpy as np
def f(n):
    n %= 40
    return np.random.rand(n + 1)[:n]


# %% original: case 13, a generator of the same items
def f(xs):
    for x in xs:
        yield x * 2


# %% calls
list(f([1, 2]))
list(f([5]))

# %% right: a generator of the same items
def f(xs):
    return (x * 2 for x in xs)


# %% original: case 14, the same exception by another road
def f(d, k):
    if k not in d:
        raise KeyError(k)
    return d[k]


# %% calls
f({'a': 1, 'b': 2}, 'a')
f({'b': 1}, 'b')

# %% right: the same exception by another road
def f(d, k):
    return d[k]


# %% original: case 15, a cache by value
def f(n):
    return sum(range(n % 1000))


# %% calls
f(5)
f(7)

# %% right: a cache by value
import functools
@functools.lru_cache(None)
def _sum(n):
    return sum(range(n % 1000))
def f(n):
    return _sum(n)


# %% original: case 16, stdout in one piece
def f(xs):
    for x in xs:
        print(x)


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% right: stdout in one piece
def f(xs):
    print('\n'.join(map(str, xs)), end='\n' if xs else '')


# %% original: case 17, a global counted
calls = 0
def f(x):
    global calls
    calls = calls + 1
    return x


# %% calls
f(1)
f(2)

# %% right: a global counted
calls = 0
def f(x):
    global calls
    calls += 1
    return x


# %% original: case 18, divmod
def f(a, b):
    return a // b, a % b


# %% calls
f(7, 3)
f(9, 4)

# %% right: divmod
def f(a, b):
    q = a // b
    return q, a - q * b


# %% original: case 19, any for a loop
def f(xs):
    for x in xs:
        if x > 2:
            return True
    return False


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% right: any for a loop
def f(xs):
    return any(x > 2 for x in xs)


# %% original: case 20, zip for indexes
def f(a, b):
    n = min(len(a), len(b))
    return [a[i] + b[i] for i in range(n)]


# %% calls
f([1, 2], [3, 4])
f([5], [6])

# %% right: zip for indexes
def f(a, b):
    return [x + y for x, y in zip(a, b)]


# %% original: case 21, a method
class P:
    def __init__(self, xs):
        self.xs = xs
    def f(self, k):
        return [x for x in self.xs if x == k]


# %% calls
P([1, 2, 1]).f(1)
P([3]).f(2)

# %% right: a method
class P:
    def __init__(self, xs):
        self.xs = xs
    def f(self, k):
        out = []
        for x in self.xs:
            if x == k:
                out.append(x)
        return out


# %% original: case 22, bisect for a scan
def f(xs, y):
    xs = sorted(xs)
    i = 0
    while i < len(xs) and xs[i] < y:
        i += 1
    return i


# %% calls
f([3, 1, 2], 2)
f([5, 4], 9)

# %% right: bisect for a scan
from bisect import bisect_left
def f(xs, y):
    return bisect_left(sorted(xs), y)


# %% original: case 23, keyword-only and star arguments
def f(*xs, k=2, **more):
    return [x * k for x in xs], sorted(more)


# %% calls
f(1, 2, k=3, a=1)
f(4)

# %% right: keyword-only and star arguments
def f(*xs, k=2, **more):
    out = []
    for x in xs:
        out.append(x * k)
    return out, sorted(more)


# %% original: case 24, aliased rows kept
def f(r):
    return [r, r]


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% right: aliased rows kept
def f(r):
    return [r] * 2


# %% wrong: rows copied that were shared
def f(r):
    return [r, list(r)]


# %% original: case 25, a view kept
import numpy as np
def f(a):
    return a[1:]


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([0.5, 4.0]))

# %% right: a view kept
import numpy as np
def f(a):
    return a[slice(1, None)]


# %% wrong: a copy for a view
import numpy as np
def f(a):
    return a[1:].copy()


# %% original: case 26, recursion to a loop
def f(n):
    return 1 if n <= 1 else n * f(n - 1)


# %% calls
f(5)
f(3)

# %% right: recursion to a loop
def f(n):
    out = 1
    while n > 1:
        out *= n
        n -= 1
    return out


# %% original: case 27, an early continue
def f(xs):
    out = []
    for x in xs:
        if x % 2:
            out.append(x)
    return out


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% right: an early continue
def f(xs):
    out = []
    for x in xs:
        if not x % 2:
            continue
        out.append(x)
    return out


# %% original: case 28, a hoisted constant
import math
def f(xs):
    return [x * math.sqrt(2.0) for x in xs]


# %% calls
f([0.5, 1.25, 3.1])
f([2.5, 0.1])

# %% right: a hoisted constant
import math
_ROOT = math.sqrt(2.0)
def f(xs):
    return [x * _ROOT for x in xs]


# %% original: case 29, a set result
def f(xs):
    out = set()
    for x in xs:
        out.add(x)
    return out


# %% calls
f(['b', 'a', 'b', 'c'])
f(['x', 'y', 'x'])

# %% right: a set result
def f(xs):
    return set(xs)


# %% original: case 30, start of -0.0 lost
def f(xs):
    s = -0.0
    for x in xs:
        s += x
    return s


# %% calls
f([0.5, 1.25, 3.1])
f([2.5, 0.1])

# %% wrong: start of -0.0 lost
def f(xs):
    s = 0.0
    for x in xs:
        s += x
    return s


# %% original: case 31, the last of ties in place of the first
def f(xs):
    best = None
    for i, x in enumerate(xs):
        if best is None or x < xs[best]:
            best = i
    return best


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% wrong: the last of ties in place of the first
def f(xs):
    best = None
    for i, x in enumerate(xs):
        if best is None or x <= xs[best]:
            best = i
    return best


# %% wrong: empty input raises
def f(xs):
    return min(range(len(xs)), key=xs.__getitem__)


# %% original: case 32, NaN handled by NumPy
def f(xs):
    best = None
    for i, x in enumerate(xs):
        if best is None or x < xs[best]:
            best = i
    return best


# %% calls
f([0.5, 1.25, 3.1])
f([2.5, 0.1])

# %% wrong: NaN handled by NumPy
import numpy as np
def f(xs):
    return int(np.argmin(xs)) if xs else None


# %% original: case 33, the argument sorted in place
def f(xs):
    return sorted(xs)


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% wrong: the argument sorted in place
def f(xs):
    xs.sort()
    return xs


# %% original: case 34, a copy where the argument was returned
def f(xs):
    xs.append(1)
    return xs


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% wrong: a copy where the argument was returned
def f(xs):
    xs.append(1)
    return list(xs)


# %% original: case 35, a new list where it was changed in place
def f(xs):
    xs += [1]
    return xs


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% wrong: a new list where it was changed in place
def f(xs):
    xs = xs + [1]
    return xs


# %% original: case 36, rows shared
def f(n):
    n %= 40
    return [[0] * n for _ in range(n)]


# %% calls
f(3)
f(2)

# %% wrong: rows shared
def f(n):
    n %= 40
    return [[0] * n] * n


# %% original: case 37, mutation through an alias
def f(a, b):
    for i in range(len(a)):
        a[i] = a[i] + b[0]
    return a


# %% calls
f([1, 2, 3], [4, 5, 6])
f([2, 2], [1, 1])

# %% wrong: mutation through an alias
def f(a, b):
    first = b[0]
    for i in range(len(a)):
        a[i] = a[i] + first
    return a


# %% original: case 38, a list where a generator was
def f(xs):
    return (x * 2 for x in xs)


# %% calls
list(f([1, 2]))
list(f([5]))

# %% wrong: a list where a generator was
def f(xs):
    return [x * 2 for x in xs]


# %% original: case 39, lost laziness
def f(xs, log):
    for x in xs:
        log.append(x)
        yield x


# %% calls
list(f([1, 2], []))
list(f([5], [1]))

# %% wrong: lost laziness
def f(xs, log):
    log.extend(xs)
    yield from xs


# %% original: case 40, a swallowed exception
def f(d, k):
    return d[k] + 1


# %% calls
f({'a': 1, 'b': 2}, 'a')
f({'b': 1}, 'b')

# %% wrong: a swallowed exception
def f(d, k):
    return d.get(k, 0) + 1


# %% original: case 41, another exception type
def f(xs):
    return xs[0]


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% wrong: another exception type
def f(xs):
    return next(iter(xs))


# %% original: case 42, another exception message
def f(xs):
    if not xs:
        raise ValueError('empty input')
    return xs[0]


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% wrong: another exception message
def f(xs):
    if not xs:
        raise ValueError('no input')
    return xs[0]


# %% original: case 43, cause of an exception lost
def f(xs):
    try:
        return xs[0]
    except IndexError as e:
        raise ValueError('empty') from e


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% wrong: cause of an exception lost
def f(xs):
    if not xs:
        raise ValueError('empty')
    return xs[0]


# %% original: case 44, a shared default argument
def f(x, acc=None):
    acc = [] if acc is None else acc
    acc.append(x)
    return list(acc)


# %% calls
f(1)
f(2)

# %% wrong: a shared default argument
def f(x, acc=[]):
    acc = [] if acc is None else acc
    acc.append(x)
    return list(acc)


# %% original: case 45, a late-binding closure
def f(n):
    n %= 40
    return [g(1) for g in [lambda x, i=i: x + i for i in range(n)]]


# %% calls
f(3)
f(4)

# %% wrong: a late-binding closure
def f(n):
    n %= 40
    return [g(1) for g in [lambda x: x + i for i in range(n)]]


# %% original: case 46, a stale cache of a changed argument
def f(xs):
    return sum(xs)


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% wrong: a stale cache of a changed argument
_seen = {}
def f(xs):
    key = id(xs)
    if key not in _seen:
        _seen[key] = (sum(xs), xs)
    return _seen[key][0]


# %% wrong: a cache that depends on length only
_seen = {}
def f(xs):
    return _seen.setdefault(len(xs), sum(xs))


# %% original: case 47, another random stream
import random
def f(n):
    n %= 40
    return [random.random() for _ in range(n)]


# %% calls
random.seed(1)
f(3)
f(4)

# %% wrong: another random stream
import random
def f(n):
    n %= 40
    return [random.uniform(0, 1) for _ in range(n)][::-1]


# %% original: case 48, random draws saved
import random
def f(n):
    x = random.random()
    return n


# %% calls
random.seed(1)
f(3)
f(4)

# %% wrong: random draws saved
import random
def f(n):
    return n


# %% original: case 49, stdout text
def f(x):
    print('value', x)
    return x


# %% calls
f(1)
f(2)

# %% wrong: stdout text
def f(x):
    print('value: %s' % x)
    return x


# %% original: case 50, stdout lost
def f(x):
    print(x)
    return x


# %% calls
f(1)
f(2)

# %% wrong: stdout lost
def f(x):
    return x


# %% wrong: stderr in place of stdout
import sys
def f(x):
    print(x, file=sys.stderr)
    return x


# %% original: case 51, a warning lost
import warnings
def f(x):
    if x > 1:
        warnings.warn('large')
    return x


# %% calls
f(1)
f(2)

# %% wrong: a warning lost
import warnings
def f(x):
    return x


# %% original: case 52, dtype narrowed
import numpy as np
def f(a):
    return a * 2


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([0.5, 4.0]))

# %% wrong: dtype narrowed
import numpy as np
def f(a):
    return (a * 2).astype(np.float32)


# %% original: case 53, a view for a copy
import numpy as np
def f(a):
    return a[::2].copy()


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([0.5, 4.0]))

# %% wrong: a view for a copy
import numpy as np
def f(a):
    return a[::2]


# %% original: case 54, an array changed in place
import numpy as np
def f(a):
    return a + 1


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([0.5, 4.0]))

# %% wrong: an array changed in place
import numpy as np
def f(a):
    a += 1
    return a


# %% original: case 55, Fortran order
import numpy as np
def f(a):
    return np.zeros((len(a), 2))


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([0.5, 4.0]))

# %% wrong: Fortran order
import numpy as np
def f(a):
    return np.zeros((2, len(a))).T


# %% original: case 56, 1-d for 2-d
import numpy as np
def f(a):
    return a.reshape(-1, 1) * 2


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([0.5, 4.0]))

# %% wrong: 1-d for 2-d
import numpy as np
def f(a):
    return a * 2


# %% original: case 57, a 0-d array for a scalar
import numpy as np
def f(a):
    return a.sum()


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([0.5, 4.0]))

# %% wrong: a 0-d array for a scalar
import numpy as np
def f(a):
    return np.array(a.sum())


# %% wrong: Python float for NumPy's
import numpy as np
def f(a):
    return float(a.sum())


# %% original: case 58, NaN dropped
import numpy as np
def f(a):
    return a.max(initial=0.0)


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([0.5, 4.0]))

# %% wrong: NaN dropped
import numpy as np
def f(a):
    return np.nanmax(a, initial=0.0)


# %% original: case 59, integer overflow hidden
import numpy as np
def f(a):
    s = 0
    for x in a:
        s += int(x) * int(x)
    return s


# %% calls
f(np.array([1, 2, 3]))
f(np.array([5, 4]))

# %% wrong: integer overflow hidden
import numpy as np
def f(a):
    return int((a * a).sum())


# %% original: case 60, integer division
def f(a, b):
    return a // b


# %% calls
f(7, 2)
f(9, 3)

# %% wrong: integer division
def f(a, b):
    return int(a / b)


# %% original: case 61, truncation for floor
import math
def f(x):
    return math.floor(x)


# %% calls
f(1.5)
f(2.0)

# %% wrong: truncation for floor
import math
def f(x):
    return int(x)


# %% original: case 62, the sign of a remainder
def f(a, b):
    return a % b


# %% calls
f(7, 3)
f(9, 4)

# %% wrong: the sign of a remainder
import math
def f(a, b):
    return int(math.fmod(a, b))


# %% original: case 63, abs of -0.0
def f(x):
    return x if x >= 0 else -x


# %% calls
f(1.5)
f(-2.5)

# %% wrong: abs of -0.0
def f(x):
    return abs(x)


# %% original: case 64, a global not counted
calls = 0
def f(x):
    global calls
    calls += 1
    return x


# %% calls
f(1)
f(2)

# %% wrong: a global not counted
calls = 0
def f(x):
    return x


# %% original: case 65, a class attribute not counted
class C:
    made = 0
def f(x):
    C.made += 1
    return x


# %% calls
f(1)
f(2)

# %% wrong: a class attribute not counted
class C:
    made = 0
def f(x):
    return x


# %% original: case 66, truth of an equal value
def f(xs):
    return any(x > 2 for x in xs)


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% wrong: truth of an equal value
def f(xs):
    return max(xs) > 2


# %% original: case 67, membership by set of unhashables
def f(xs, y):
    return y in xs


# %% calls
f([(1, 2), (3, 4)], (1, 2))
f([[5], [6]], [6])

# %% wrong: membership by set of unhashables
def f(xs, y):
    return y in set(xs)


# %% original: case 68, a tuple for a list
def f(xs):
    return [x + 1 for x in xs]


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% wrong: a tuple for a list
def f(xs):
    return tuple(x + 1 for x in xs)


# %% original: case 69, bytes cut by characters
def f(s):
    return s[::-1].upper()


# %% calls
f('abc')
f('xy')

# %% wrong: bytes cut by characters
def f(s):
    return s.encode('ascii', 'ignore').decode()[::-1].upper()


# %% original: case 70, lower for casefold
def f(s):
    return s.upper().lower() == s


# %% calls
f('abc')
f('xy')

# %% wrong: lower for casefold
def f(s):
    return s.isalpha()


# %% original: case 71, never ends on zero
def f(n):
    s = 0
    while n > 0:
        s += n % 10
        n //= 10
    return s


# %% calls
f(123)
f(45)

# %% wrong: never ends on zero
def f(n):
    s = 0
    while n != 0:
        s += n % 10
        n //= 10
    return s


# %% original: case 72, a file written
def f(x):
    return x


# %% calls
f(1)
f(2)

# %% wrong: a file written
def f(x):
    open('written.txt', 'w').write(str(x))
    return x


# %% wrong: a process started
import subprocess
def f(x):
    try:
        subprocess.run(['true'])
    except BaseException:
        pass
    return x


# %% wrong: the process ends
import os
def f(x):
    os._exit(0)



