"""NumPy once more: bytes that wrap round, ties, aliases of out=, memory that nobody wrote, single precision, broadcasting."""

import numpy as np


# %% original: sums of bytes
def f(a, b):
    out = []
    for i in range(len(a)):
        out.append(int(a[i]) + int(b[i]))
    return out


# %% calls
f(np.array([1, 2, 3], np.uint8), np.array([4, 5, 6], np.uint8))


# %% wrong: bytes wrap round
def f(a, b):
    return [int(x) for x in a + b[: len(a)]] if len(b) >= len(a) else [int(a[i]) + int(b[i]) for i in range(len(a))]


# %% wrong: one byte goes with all
def f(a, b):
    return (a.astype(np.int64) + b.astype(np.int64)[: len(a)]).tolist()


# %% right: Python's integers
def f(a, b):
    b = b.tolist()
    return [int(x) + int(b[i]) for i, x in enumerate(a.tolist())]


# %% original: largest step in a row of bytes
def f(row):
    best = 0
    for i in range(1, len(row)):
        step = abs(int(row[i]) - int(row[i - 1]))
        if step > best:
            best = step
    return best


# %% calls
f(np.array([3, 7, 8, 20], np.uint8))
f(np.array([5], np.uint8))


# %% wrong: downwards wraps round
def f(row):
    return int(np.abs(np.diff(row)).max(initial=0))


# %% wrong: only upwards
def f(row):
    return int(np.diff(row.astype(np.int64)).max(initial=0))


# %% right: as a list
def f(row):
    row = [int(x) for x in row.tolist()]
    return max((abs(b - a) for a, b in zip(row, row[1:])), default=0)


# %% original: whole parts of integers
def f(values, n):
    out = []
    for value in values:
        out.append(int(value) // n)
    return out


# %% calls
f(np.array([7, 8, 21]), 4)
f(np.array([100, 3]), 7)


# %% wrong: towards zero
def f(values, n):
    return np.trunc(values / n).astype(np.int64).tolist()


# %% wrong: by way of floats
def f(values, n):
    return np.floor(values / n).astype(np.int64).tolist()


# %% right: as a list
def f(values, n):
    return [int(value) // n for value in values.tolist()]


# %% original: rounded half up
def f(values):
    out = []
    for value in values:
        out.append(int(value + 0.5))
    return out


# %% calls
f([1.2, 3.7, 2.0])


# %% wrong: half to even
def f(values):
    return [round(value) for value in values]


# %% wrong: floor, which differs below zero
def f(values):
    return [int(np.floor(value + 0.5)) for value in values]


# %% wrong: 64 bits
def f(values):
    return (np.array(values, float) + 0.5).astype(np.int64).tolist()


# %% right: a comprehension
def f(values):
    return [int(value + 0.5) for value in values]


# %% original: place of the least, the last of ties
def f(values):
    best = 0
    for i in range(len(values)):
        if values[i] <= values[best]:
            best = i
    return best


# %% calls
f(np.array([3.0, 1.0, 2.0]))


# %% wrong: the first of ties
def f(values):
    return int(np.argmin(values)) if len(values) else 0


# %% wrong: NaN is least
def f(values):
    return len(values) - 1 - int(np.argmin(values[::-1])) if len(values) else 0


# %% right: as a list
def f(values):
    best = 0
    values = values.tolist()
    for i, value in enumerate(values):
        if value <= values[best]:
            best = i
    return best


# %% original: sum times the second
def f(a, b):
    c = a + b
    return c * b


# %% calls
f(np.array([1.0, 2.0]), np.array([3.0, 4.0]))


# %% wrong: the first is overwritten
def f(a, b):
    c = np.add(a, b, out=a)
    return c * b


# %% wrong: the result lies in the second
def f(a, b):
    return np.multiply(a + b, b, out=b)


# %% wrong: multiplied out
def f(a, b):
    return a * b + b * b


# %% right: in its own memory
def f(a, b):
    c = a + b
    c *= b
    return c


# %% original: what is positive
def f(a):
    out = np.zeros(len(a))
    for i in range(len(a)):
        if a[i] > 0:
            out[i] = a[i]
    return out


# %% calls
f(np.array([1.0, 2.0, 3.0]))
f(np.array([5.5, 0.5]))


# %% wrong: memory that nobody wrote
def f(a):
    out = np.empty(len(a))
    np.copyto(out, a, where=a > 0)
    return out


# %% wrong: -0.0 and NaN come through
def f(a):
    return np.where(a < 0, 0.0, a)


# %% wrong: times the truth
def f(a):
    return a * (a > 0)


# %% right: np.where
def f(a):
    return np.where(a > 0, a, 0.0)


# %% original: sum of single precision
def f(values):
    total = 0.0
    for value in values:
        total += float(value)
    return total


# %% calls
f(np.array([0.5, 0.25, 4.0], np.float32))
f(np.array([1.5, 2.0], np.float32))


# %% wrong within 1e-9: in single precision
def f(values):
    return float(values.sum())


# %% wrong within 1e-9: the last of the sums
def f(values):
    return float(np.cumsum(values)[-1]) if len(values) else 0.0


# %% right within 1e-9: in double precision
def f(values):
    return float(values.sum(dtype=np.float64))


# %% original: powers of two
def f(ns):
    out = []
    for n in ns:
        out.append(1 << n)
    return out


# %% calls
f([1, 4, 9])


# %% wrong: 63 bits
def f(ns):
    return (np.int64(1) << np.array(ns, np.int64)).tolist()


# %% wrong: fractions below zero
def f(ns):
    return [2**n for n in ns]


# %% right: a comprehension
def f(ns):
    return [1 << n for n in ns]


# %% original: is it in the array
def f(values, x):
    for value in values:
        if value == x:
            return True
    return False


# %% calls
f(np.array([1.0, 2.0]), 2.0)
f(np.array([1.0, 2.0]), 3.0)


# %% wrong: NumPy's truth
def f(values, x):
    return (values == x).any()


# %% wrong: nearly
def f(values, x):
    return bool(np.isclose(values, x).any())


# %% wrong: as text
def f(values, x):
    return str(x) in {str(value) for value in values.tolist()}


# %% right: in one go
def f(values, x):
    return bool((values == x).any())


# %% original: places in the order of values
def f(values):
    return sorted(range(len(values)), key=lambda i: values[i])


# %% calls
f([3, 1, 2, 1])


# %% wrong: a sort that need not be stable
def f(values):
    return np.argsort(np.array(values), kind="quicksort").tolist()


# %% wrong: ties from the end
def f(values):
    return sorted(range(len(values)), key=lambda i: (values[i], -i))


# %% right: stable
def f(values):
    return sorted(range(len(values)), key=values.__getitem__)


# %% original: weights per label
def f(labels, weights, n):
    out = np.zeros(n)
    for i in range(len(labels)):
        out[labels[i]] += weights[i]
    return out


# %% calls
f(np.array([0, 2, 0]), np.array([1.0, 2.0, 4.0]), 3)


# %% wrong: labels that come again count once
def f(labels, weights, n):
    # In the manner of https://github.com/neuro-galaxy/torch_brain/issues/324
    out = np.zeros(n)
    out[labels] += weights[: len(labels)]
    return out


# %% wrong: more labels than there is room for
def f(labels, weights, n):
    # In the manner of https://github.com/icemiliang/pyvot/pull/15
    return np.bincount(labels, weights[: len(labels)], n)


# %% original: distance of every point to a centre
def f(points, centre):
    out = np.empty(len(points))
    for i in range(len(points)):
        out[i] = ((points[i] - centre) ** 2).sum() ** 0.5
    return out


# %% calls
f(np.array([[0.0, 1.0], [2.0, 2.0], [5.0, 1.5]]), np.array([1.0, 1.0]))


# %% right within 1e-9: all at once
def f(points, centre):
    # In the manner of https://github.com/javiljoen/lttb.py/pull/1
    return ((points - centre) ** 2).sum(axis=1) ** 0.5


# %% wrong within 1e-9: by the inner products
def f(points, centre):
    return ((points**2).sum(axis=1) - 2 * points @ centre + (centre**2).sum()) ** 0.5


# %% wrong within 1e-9: over the wrong axis
def f(points, centre):
    return ((points - centre) ** 2).sum(axis=0) ** 0.5
