"""Rewrites that public bug trackers report as wrong, each as a small program of our own in the manner of the report."""

import numpy as np


# %% original: chunks until the source fails
def f(source, chunks):
    try:
        for x in source:
            if x < 0:
                raise ValueError("disconnected")
            chunks.append(x)
    except ValueError:
        pass
    return chunks


# %% calls
f([1, 2, -1, 4], [])
f([5], [0])


# %% wrong: a comprehension loses what came before the exception
def f(source, chunks):
    # https://github.com/astral-sh/ruff/issues/19132
    def checked(x):
        if x < 0:
            raise ValueError("disconnected")
        return x

    try:
        chunks.extend([checked(x) for x in source])
    except ValueError:
        pass
    return chunks


# %% right: extend by a generator keeps it
def f(source, chunks):
    def checked():
        for x in source:
            if x < 0:
                raise ValueError("disconnected")
            yield x

    try:
        for x in checked():
            chunks.append(x)
    except ValueError:
        pass
    return chunks


# %% original: the first element, or none
def f(items):
    try:
        return list(items)[0]
    except IndexError:
        return None


# %% calls
f([3, 4])
f([])
f([5])


# %% wrong: next raises StopIteration, which nobody catches
def f(items):
    # https://github.com/astral-sh/ruff/issues/7795
    try:
        return next(iter(items))
    except IndexError:
        return None


# %% right: next with a default
def f(items):
    return next(iter(items), None)


# %% original: at most one element
def f(items):
    return items[:1]


# %% calls
f([3, 4])
f([5])


# %% wrong: a list of next
def f(items):
    # https://github.com/astral-sh/ruff/issues/6148
    return [next(iter(items))]


# %% original: all are checked, with a note of each
def f(values, notes):
    def check(value):
        notes.append(value)
        return value > 0

    return all([check(value) for value in values])


# %% calls
f([1, 2], [])
f([1, -1, 3], [])


# %% wrong: a generator stops at the first
def f(values, notes):
    # https://github.com/astral-sh/ruff/pull/4424
    def check(value):
        notes.append(value)
        return value > 0

    return all(check(value) for value in values)


# %% original: is the setting one of three
def f(setting):
    return setting in (None, True, False)


# %% calls
f(None)
f(True)
f([1])


# %% wrong: a set must hash what is asked for
def f(setting):
    # https://github.com/astral-sh/ruff/issues/24131
    return setting in {None, True, False}


# %% original: is the record among the known ones
def f(record, one, two):
    return record in (one, two)


# %% calls
f({"n": 1}, {"n": 1}, {"n": 2})
f({"n": 3}, {"n": 1}, {"n": 2})


# %% wrong: dicts in a set
def f(record, one, two):
    # https://github.com/astral-sh/ruff/issues/8096
    return record in {one, two}


# %% original: is it that value
def f(x, y):
    return x in [y]


# %% calls
f(1.5, 1.5)
f(2.5, 0.5)


# %% right: identity or equality, as membership has it
def f(x, y):
    return x is y or x == y


# %% original: sums of lists and what else adds up
def f(rows):
    return sum(rows, [])


# %% calls
f([[1], [2, 3]])
f([[4]])


# %% wrong: iadd takes any iterable
def f(rows):
    # https://github.com/astral-sh/ruff/pull/17480
    import functools
    import operator

    return functools.reduce(operator.iadd, rows) if rows else []


# %% original: removes while it reads
def f(jobs):
    for job in jobs:
        if job < 0:
            jobs.remove(job)
    return jobs


# %% calls
f([1, -2, 3])
f([4])


# %% wrong: over a copy nothing is skipped
def f(jobs):
    # https://github.com/astral-sh/ruff/pull/17824
    for job in jobs.copy():
        if job < 0:
            jobs.remove(job)
    return jobs


# %% original: the steps of a sequence
def f(n):
    return [i * i for i in range(n % 30)]


# %% calls
f(4)
f(6)


# %% wrong: lru_cache hands the same list to all
import functools


@functools.lru_cache(maxsize=None)
def f(n):
    # https://github.com/sktime/sktime/pull/6451
    return [i * i for i in range(n % 30)]


# %% right: a cached tuple, a new list
import functools


@functools.lru_cache(maxsize=None)
def _squares(n):
    return tuple(i * i for i in range(n))


def f(n):
    return list(_squares(n % 30))


# %% original: keys along a path of nodes
def f(path, table):
    keys = []
    for node in path:
        keys.extend(table.get(node, []))
    return keys


# %% calls
f(["a", "b"], {"a": [1], "b": [2, 3]})
f(["c"], {"c": [4]})


# %% wrong: cached by the path alone
_known = {}


def f(path, table):
    # https://github.com/sgl-project/sglang/issues/26173
    key = tuple(path)
    if key not in _known:
        _known[key] = [k for node in path for k in table.get(node, [])]
    return _known[key]


# %% original: a mesh of corners
def f(width, height):
    return [[(x, y), (x + 1, y)] for x in range(width % 5) for y in range(height % 5)]


# %% calls
f(2, 1)
f(1, 3)


# %% wrong: one mesh for all who ask
import functools


@functools.lru_cache(maxsize=8)
def f(width, height):
    # https://github.com/mesa/mesa/issues/3857
    return [[(x, y), (x + 1, y)] for x in range(width % 5) for y in range(height % 5)]


# %% original: results with errors noted
def f(text):
    return {"text": text, "errors": [letter for letter in text if not letter.isalnum()]}


# %% calls
f("ab!")
f("x")


# %% wrong: the stored result is the returned one
_results = {}


def f(text):
    # https://github.com/pipefunc/pipefunc/pull/905
    if text not in _results:
        _results[text] = {"text": text, "errors": [letter for letter in text if not letter.isalnum()]}
    return _results[text]


# %% original: contributors, at most so many
def f(names, most):
    kept = []
    for name in names:
        if len(kept) < most:
            kept.append(name)
    return kept


# %% calls
f(["ann", "bob", "cy"], 2)
f(["dee"], 5)


# %% wrong: cached by the number only
_cached = {}


def f(names, most):
    # https://github.com/Eshajha19/agri/pull/1510
    if most not in _cached:
        _cached[most] = names[: max(most, 0)]
    return _cached[most]


# %% wrong: the caller's own list when it is short enough
def f(names, most):
    return names if len(names) <= most else names[: max(most, 0)]


# %% right: a slice
def f(names, most):
    return names[: max(most, 0)]


# %% original: a sum over a range
def f(limits):
    total = 0
    for low, high in limits:
        total += sum(range(low, min(high, low + 100)))
    return total


# %% calls
f([(0, 10), (5, 8)])
f([(1, 3)])


# %% wrong: in 32 bits
def f(limits):
    # https://github.com/numpy/numpy/issues/10449
    total = 0
    for low, high in limits:
        total += int(np.arange(low, min(high, low + 100)).astype(np.int32).sum(dtype=np.int32))
    return total


# %% original: sum without holes
def f(values):
    total = 0.0
    for value in values:
        if value == value:
            total += value
    return total


# %% calls
f([0.5, float("nan"), 2.25])
f([1.5])


# %% wrong within 1e-9: summed in single precision
def f(values):
    # https://github.com/pydata/bottleneck/issues/83
    return float(np.nansum(np.array(values, dtype=np.float32)))


# %% right within 1e-9: nansum
def f(values):
    return float(np.nansum(np.array(values, dtype=float)))


# %% original: weights symmetrised
def f(h):
    out = h.copy()
    for i in range(h.shape[0]):
        for j in range(h.shape[1]):
            out[i, j] = h[i, j] + h[j, i]
    return out


# %% calls
f(np.array([[1.0, 2.0], [3.0, 4.0]]))
f(np.array([[0.5, 1.5], [2.5, 7.0]]))


# %% wrong: the argument is added to itself in place
def f(h):
    # https://github.com/numpy/numpy/issues/6119
    h += h.T
    return h


# %% original: what is above the limit is clipped, NaN stays
def f(a, low, high):
    out = a.copy()
    for i in range(len(a)):
        if a[i] < low:
            out[i] = low
        elif a[i] > high:
            out[i] = high
    return out


# %% calls
f(np.array([0.5, -3.0, 9.0]), -1.0, 1.0)
f(np.array([2.5]), 0.0, 5.0)


# %% wrong: NaN becomes a bound, as fast math may have it
def f(a, low, high):
    # https://github.com/numba/numba/issues/10142
    return np.fmax(np.fmin(a, high), low)


# %% original: checks that all is finite
def f(a):
    for x in a:
        if x != x or x - x != 0:
            raise ValueError("array must not contain infs or NaNs")
    return len(a)


# %% calls
f(np.array([1.0, 2.0]))
f(np.array([3.5]))


# %% wrong: fast math takes every number for finite
import numba


@numba.njit(fastmath=True)
def _finite(a):
    # https://github.com/numba/numba/issues/6217
    for x in a:
        if not np.isfinite(x):
            return False
    return True


def f(a):
    if a.dtype != np.float64 or a.ndim != 1:
        raise TypeError(a.dtype)
    if not _finite(a):
        raise ValueError("array must not contain infs or NaNs")
    return len(a)


# %% original: mean that skips holes
def f(a):
    total, n = 0.0, 0
    for x in a:
        if x == x:
            total += float(x)
            n += 1
    return total / n if n else 0.0


# %% calls
f(np.array([2.0, np.nan, 4.0]))
f(np.array([1.5]))


# %% wrong within 1e-9: fast math does not see the holes
import numba


@numba.njit(fastmath=True)
def _mean(a):
    # https://github.com/numba/numba/issues/7701
    total, n = 0.0, 0
    for x in a:
        if not np.isnan(x):
            total += x
            n += 1
    return total / n if n else 0.0


def f(a):
    if a.dtype != np.float64 or a.ndim != 1:
        raise TypeError(a.dtype)
    return _mean(a)


# %% right within 1e-9: a mask
def f(a):
    held = a[~np.isnan(a)] if a.dtype.kind == "f" else a.astype(float)
    return float(held.sum() / held.size) if held.size else 0.0


# %% original: differences from the one before, in place
def f(d):
    for i in range(len(d) - 1, 0, -1):
        d[i] -= d[i - 1]
    return d


# %% calls
f(np.array([1.0, 4.0, 9.0]))
f(np.array([5.0, 3.0]))


# %% wrong: from front to back
def f(d):
    # https://github.com/numpy/numpy/issues/16749
    for i in range(1, len(d)):
        d[i] -= d[i - 1]
    return d


# %% right: NumPy takes care of the overlap
def f(d):
    d[1:] -= d[:-1]
    return d


# %% original: gradients gathered by index
def f(index, gradient, n):
    out = [0.0] * (n % 10)
    for i, g in zip(index, gradient):
        out[i] += g
    return out


# %% calls
f([0, 0, 2], [0.5, 1.5, 1.0], 3)
f([1], [2.5], 2)


# %% wrong: += by a list of indexes
def f(index, gradient, n):
    # https://github.com/HIPS/autograd/pull/136
    out = np.zeros(n % 10)
    m = min(len(index), len(gradient))
    out[index[:m]] += gradient[:m]
    return out.tolist()


# %% right: bound checks stay those of the list
def f(index, gradient, n):
    out = [0.0] * (n % 10)
    for i, g in zip(index, gradient):
        out[i] = out[i] + g
    return out


# %% original: unique values, hashable or not
def f(values):
    seen = []
    for value in values:
        if value not in seen:
            seen.append(value)
    return seen


# %% calls
f([[1], [2], [1]])
f([[3]])


# %% wrong: by their text
def f(values):
    return list({repr(value): value for value in values}.values())


# %% wrong: what cannot be hashed raises
def f(values):
    # https://github.com/dgilland/pydash/pull/266
    return list(dict.fromkeys(values))


# %% original: sum of a window of bytes
def f(values):
    out = []
    for i in range(len(values) - 1):
        out.append(int(values[i]) + int(values[i + 1]))
    return out


# %% calls
f(np.array([1, 2, 3], dtype=np.uint8))
f(np.array([200, 20, 10], dtype=np.uint8))


# %% wrong: bytes wrap round
def f(values):
    # https://github.com/scipp/scipp/pull/3965
    return (values[:-1] + values[1:]).tolist()


# %% right: made wide first
def f(values):
    wide = values.tolist()
    return [a + b for a, b in zip(wide, wide[1:])]
