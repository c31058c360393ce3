"""What is changed in place, returned and shared."""


# %% original: the argument sorted in place both times
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


# %% original: aliased rows kept
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


# %% original: the argument sorted in place
def f(xs):
    return sorted(xs)


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% wrong: the argument sorted in place
def f(xs):
    xs.sort()
    return xs


# %% original: a copy where the argument was returned
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


# %% original: a new list where it was changed in place
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


# %% original: rows shared
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


# %% original: mutation through an alias
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


# %% original: a stale cache of a changed argument
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


# %% original: a cache by value
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


# %% original: a shared default argument
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
