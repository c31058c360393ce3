"""Loops said in other words."""


# %% original: nothing changed
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


# %% original: sum within tolerance
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


# %% original: first seen by dict
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


# %% original: count in a helper
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


# %% original: comprehension for a loop
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


# %% original: join for adding strings
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


# %% original: membership by set of strings
def f(xs, ys):
    return [x for x in xs if x in ys]


# %% calls
f(['a', 'b'], ['b', 'c'])
f(['a', 'd', 'd'], ['d'])

# %% right: membership by set of strings
def f(xs, ys):
    known = set(ys)
    return [x for x in xs if x in known]


# %% original: deque for a list as a queue
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


# %% original: sort in place of insertion
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


# %% original: divmod
def f(a, b):
    return a // b, a % b


# %% calls
f(7, 3)
f(9, 4)

# %% right: divmod
def f(a, b):
    q = a // b
    return q, a - q * b


# %% original: any for a loop
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


# %% original: zip for indexes
def f(a, b):
    n = min(len(a), len(b))
    return [a[i] + b[i] for i in range(n)]


# %% calls
f([1, 2], [3, 4])
f([5], [6])

# %% right: zip for indexes
def f(a, b):
    return [x + y for x, y in zip(a, b)]


# %% original: bisect for a scan
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


# %% original: recursion to a loop
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


# %% original: an early continue
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


# %% original: a hoisted constant
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


# %% original: a set result
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


# %% original: membership by set of unhashables
def f(xs, y):
    return y in xs


# %% calls
f([(1, 2), (3, 4)], (1, 2))
f([[5], [6]], [6])

# %% wrong: membership by set of unhashables
def f(xs, y):
    return y in set(xs)


# %% original: never ends on zero
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
