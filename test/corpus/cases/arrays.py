"""NumPy: loops to whole arrays; dtypes, views, memory, NaN."""

import numpy as np


# %% original: normalise
def f(a):
    out = np.zeros(len(a))
    low, high = a.min(), a.max()
    for i in range(len(a)):
        out[i] = (a[i] - low) / (high - low)
    return out


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([5.0, 4.0, 0.5, 2.0]))


# %% right: the whole array
def f(a):
    low, high = a.min(), a.max()
    return (a - low) / (high - low)


# %% wrong: times the reciprocal, claimed to be exact
def f(a):
    low, high = a.min(), a.max()
    return (a - low) * (1 / (high - low))


# %% wrong: constant arrays give zeros
def f(a):
    low, high = a.min(), a.max()
    return np.zeros(len(a)) if high == low else (a - low) / (high - low)


# %% wrong: in place
def f(a):
    low, high = a.min(), a.max()
    a -= low
    a /= high - low
    return a


# %% wrong: nanmin
def f(a):
    low, high = np.nanmin(a), np.nanmax(a)
    return (a - low) / (high - low)


# %% original: threshold
def f(a, limit):
    out = a.copy()
    for i in range(a.shape[0]):
        for j in range(a.shape[1]):
            if out[i, j] > limit:
                out[i, j] = limit
    return out


# %% calls
f(np.array([[1.0, 5.0], [7.0, 2.0]]), 4.0)
f(np.array([[0.5, 9.5, 3.0]]), 1.0)


# %% right: a mask
def f(a, limit):
    out = a.copy()
    out[out > limit] = limit
    return out


# %% wrong: clipped in place
def f(a, limit):
    a[a > limit] = limit
    return a


# %% wrong: the limit itself is marked down
def f(a, limit):
    out = a.copy()
    out[out >= limit] = limit - 1e-9
    return out


# %% wrong: fmin drops NaN
def f(a, limit):
    return np.fmin(a, limit)


# %% original: row sums
def f(a):
    out = np.zeros(a.shape[0])
    for i in range(a.shape[0]):
        for j in range(a.shape[1]):
            out[i] += a[i, j]
    return out


# %% calls
f(np.array([[1.0, 2.5, 0.5], [3.5, 4.0, 1.0]]))
f(np.array([[0.1, 0.2]]))


# %% right within 1e-12: sum over an axis
def f(a):
    return a.sum(axis=1) if a.size else np.zeros(a.shape[0])


# %% right within 1e-12: a product with ones
def f(a):
    return np.einsum("ij->i", a)


# %% wrong within 1e-12: column sums
def f(a):
    return a.sum(axis=0)


# %% wrong within 1e-12: NaN counts as nothing
def f(a):
    return np.nansum(a, axis=1)


# %% wrong within 1e-12: summed in single precision
def f(a):
    return a.astype(np.float32).sum(axis=1).astype(float)


# %% wrong within 1e-12: two dimensions stay
def f(a):
    return a.sum(axis=1, keepdims=True)


# %% original: moving average
def f(a, width):
    n = len(a) - width + 1
    out = np.zeros(max(n, 0))
    for i in range(n):
        out[i] = a[i : i + width].sum() / width
    return out


# %% calls
f(np.array([1.0, 2.0, 4.0, 8.0]), 2)
f(np.array([3.0, 6.0, 9.0]), 3)


# %% wrong within 1e-12: cumsum, with one window too few
def f(a, width):
    if width < 1 or width > len(a):
        return np.zeros(max(len(a) - width + 1, 0)) / (1 if width else 0.0)
    c = np.cumsum(a)
    return (c[width:] - c[:-width]) / width


# %% wrong within 1e-12: mode="same"
def f(a, width):
    return np.convolve(a, np.ones(max(width, 1)) / max(width, 1), "same") if len(a) else np.zeros(0)


# %% original: outer differences
def f(a, b):
    out = np.empty((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            out[i, j] = a[i] - b[j]
    return out


# %% calls
f(np.array([1.0, 2.0]), np.array([0.5, 4.0, 3.0]))
f(np.array([7.0]), np.array([2.5]))


# %% right: broadcasting
def f(a, b):
    return a[:, None] - b[None, :]


# %% right: the ufunc's outer
def f(a, b):
    return np.subtract.outer(a, b)


# %% wrong: transposed
def f(a, b):
    return a[None, :] - b[:, None]


# %% wrong: absolute
def f(a, b):
    return np.abs(a[:, None] - b[None, :])


# %% wrong: in Fortran order
def f(a, b):
    return np.asfortranarray(a[:, None] - b[None, :])


# %% original: counts per label
def f(labels, n):
    out = np.zeros(n, dtype=int)
    for label in labels:
        out[label] += 1
    return out


# %% calls
f(np.array([0, 2, 2, 1]), 3)
f(np.array([1, 1]), 4)


# %% right: add.at
def f(labels, n):
    out = np.zeros(n, dtype=int)
    np.add.at(out, labels, 1)
    return out


# %% wrong: fancy indexing counts a label once
def f(labels, n):
    # In the manner of https://github.com/numpy/numpy/issues/6305
    out = np.zeros(n, dtype=int)
    out[labels] += 1
    return out


# %% wrong: bincount has no negative labels
def f(labels, n):
    return np.bincount(labels, minlength=n)


# %% wrong: as long as the largest label
def f(labels, n):
    return np.bincount(labels)


# %% original: integer products
def f(a, b):
    out = []
    for x, y in zip(a, b):
        out.append(int(x) * int(y))
    return out


# %% calls
f(np.array([1, 2, 3]), np.array([4, 5, 6]))
f(np.array([10, -20]), np.array([7, 0]))


# %% right: Python numbers by tolist
def f(a, b):
    return [x * y for x, y in zip(a.tolist(), b.tolist())]


# %% wrong: products in 64 bits
def f(a, b):
    n = min(len(a), len(b))
    return (a[:n] * b[:n]).tolist()


# %% wrong: in 32 bits
def f(a, b):
    n = min(len(a), len(b))
    return (a[:n].astype(np.int32) * b[:n].astype(np.int32)).tolist()


# %% wrong: through floats
def f(a, b):
    n = min(len(a), len(b))
    return [int(x) for x in a[:n].astype(float) * b[:n].astype(float)]


# %% original: positions of the positive
def f(a):
    out = []
    for i in range(len(a)):
        if a[i] > 0:
            out.append(i)
    return out


# %% calls
f(np.array([1.0, -2.0, 3.0]))
f(np.array([-1.0, 0.5]))


# %% right: flatnonzero
def f(a):
    return np.flatnonzero(a > 0).tolist() if a.ndim == 1 else np.nonzero(a > 0)[0].tolist()


# %% wrong: an array for a list
def f(a):
    return np.flatnonzero(a > 0)


# %% wrong: NumPy integers in the list
def f(a):
    return list(np.flatnonzero(a > 0))


# %% wrong: what is not zero
def f(a):
    return np.flatnonzero(a).tolist()


# %% original: smooth in place, each from the one before
def f(a):
    for i in range(1, len(a)):
        a[i] = 0.5 * a[i] + 0.5 * a[i - 1]
    return a


# %% calls
f(np.array([1.0, 3.0, 5.0, 2.0]))
f(np.array([4.0, 0.0, 8.0]))


# %% right: a scalar carried along
def f(a):
    if len(a):
        last = a[0]
        for i in range(1, len(a)):
            last = a[i] = 0.5 * a[i] + 0.5 * last
    return a


# %% wrong: all at once, from the old values
def f(a):
    # In the manner of https://github.com/numpy/numpy/issues/16749
    a[1:] = 0.5 * a[1:] + 0.5 * a[:-1]
    return a


# %% wrong: a new array
def f(a):
    a = a.copy()
    for i in range(1, len(a)):
        a[i] = 0.5 * a[i] + 0.5 * a[i - 1]
    return a


# %% original: square of what is there
def f(a):
    return np.array([x * x for x in a])


# %% calls
f(np.array([1.5, 2.0, -3.0]))
f(np.array([4.0, 0.25]))


# %% right: the product
def f(a):
    return a * a


# %% wrong: absolute value squared in single precision
def f(a):
    return np.square(a, dtype=np.float32).astype(np.float64)


# %% wrong: the argument is overwritten
def f(a):
    return np.multiply(a, a, out=a)


# %% wrong: an exponent that is no integer
def f(a):
    return np.exp(2 * np.log(np.abs(a)))


# %% original: matrix product
def f(a, b):
    out = np.zeros((a.shape[0], b.shape[1]))
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            for k in range(a.shape[1]):
                out[i, j] += a[i, k] * b[k, j]
    return out


# %% calls
f(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.5, 1.5], [2.5, 1.0]]))
f(np.array([[2.0, 0.25]]), np.array([[1.0], [8.0]]))


# %% right within 1e-12: dot, as far as the inner sizes reach
def f(a, b):
    if a.shape[1] > b.shape[0]:
        if not a.shape[0] or not b.shape[1]:
            return np.zeros((a.shape[0], b.shape[1]))
        raise IndexError("index %d is out of bounds for axis 0 with size %d" % (b.shape[0], b.shape[0]))
    return a @ b[: a.shape[1]]


# %% wrong within 1e-12: elementwise
def f(a, b):
    return a * b if a.shape == b.shape else a @ b


# %% wrong within 1e-12: the other way round
def f(a, b):
    return b @ a if a.shape == b.shape else a @ b


# %% original: pairwise Euclid
def f(points):
    n = len(points)
    out = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            total = 0.0
            for k in range(points.shape[1]):
                total += (points[i, k] - points[j, k]) ** 2
            out[i, j] = total**0.5
    return out


# %% calls
f(np.array([[0.0, 0.0], [3.0, 4.0], [1.0, 1.5]]))
f(np.array([[1.5, 2.5, 0.0], [4.5, 0.5, 1.0]]))


# %% right within 1e-9: broadcasting
def f(points):
    d = points[:, None, :] - points[None, :, :]
    with np.errstate(all="ignore"):
        return np.sqrt((d * d).sum(-1))


# %% wrong within 1e-9: by the inner products, which cancels
def f(points):
    # In the manner of https://github.com/scikit-learn/scikit-learn/issues/9354
    s = (points * points).sum(1)
    with np.errstate(all="ignore"):
        return np.sqrt(np.maximum(s[:, None] + s[None, :] - 2 * points @ points.T, 0))


# %% wrong within 1e-9: squared
def f(points):
    d = points[:, None, :] - points[None, :, :]
    return (d * d).sum(-1)


# %% original: reverse, a copy
def f(a):
    out = np.empty_like(a)
    for i in range(len(a)):
        out[i] = a[len(a) - 1 - i]
    return out


# %% calls
f(np.array([1.0, 2.0, 3.0]))
f(np.array([9.0, 8.0]))


# %% right: a copy of the reversed view
def f(a):
    out = np.empty_like(a)
    out[...] = a[::-1]
    return out


# %% wrong: the reversed view
def f(a):
    return a[::-1]


# %% original: unique in the order of sight
def f(a):
    seen = []
    for x in a.tolist():
        if x not in seen:
            seen.append(x)
    return seen


# %% calls
f(np.array([3, 1, 3, 2]))
f(np.array([5, 5]))


# %% right: dict.fromkeys
def f(a):
    return list(dict.fromkeys(a.tolist()))


# %% wrong: np.unique sorts
def f(a):
    return np.unique(a).tolist()


# %% wrong: the last of each in order
def f(a):
    return list(dict.fromkeys(a.tolist()[::-1]))[::-1]


# %% original: fill holes with the last value
def f(a):
    out = a.copy()
    for i in range(1, len(out)):
        if np.isnan(out[i]):
            out[i] = out[i - 1]
    return out


# %% calls
f(np.array([1.0, np.nan, 3.0, np.nan, np.nan]))
f(np.array([np.nan, 2.0]))


# %% right: positions carried forward
def f(a):
    if a.ndim != 1 or not len(a):
        return a.copy()
    at = np.maximum.accumulate(np.where(np.isnan(a), 0, np.arange(len(a))))
    return a[at]


# %% wrong: one hole deep
def f(a):
    out = a.copy()
    holes = np.flatnonzero(np.isnan(a))
    holes = holes[holes > 0]
    out[holes] = a[holes - 1]
    return out


# %% wrong: zeros in the holes
def f(a):
    return np.nan_to_num(a)


# %% original: mean of whole numbers
def f(a):
    total = 0
    for x in a:
        total += int(x)
    return total / len(a)


# %% calls
f(np.array([1, 2, 4]))
f(np.array([10, -20]))


# %% right: sum of a list
def f(a):
    return sum(a.tolist()) / len(a)


# %% wrong: a sum in 64 bits
def f(a):
    # In the manner of https://github.com/pandas-dev/pandas/issues/10155
    return int(a.sum()) / len(a)


# %% wrong: a NumPy float
def f(a):
    return a.mean()


# %% original: sum of bytes
def f(a):
    total = 0
    for x in a.tolist():
        total += x
    return total


# %% calls
f(np.array([100, 100, 100], dtype=np.uint8))
f(np.array([1, 2], dtype=np.uint8))


# %% right: sum of a list
def f(a):
    return sum(a.tolist())


# %% wrong: the sum stays within bytes
def f(a):
    # In the manner of https://github.com/numpy/numpy/issues/26803
    return int(a.sum(dtype=a.dtype))


# %% wrong: Python's sum over NumPy bytes
def f(a):
    # In the manner of https://github.com/numpy/numpy/issues/13783
    with np.errstate(all="ignore"):
        return int(sum(a[1:], a[0])) if len(a) else 0


# %% original: scatter into a table
def f(rows, columns, n):
    out = np.zeros((n % 8, n % 8))
    for i in range(len(rows)):
        out[rows[i], columns[i]] += 1.0
    return out


# %% calls
f([0, 1, 1], [1, 2, 2], 3)
f([0, 0], [0, 1], 2)


# %% right: add.at
def f(rows, columns, n):
    out = np.zeros((n % 8, n % 8))
    for i, j in zip(rows, columns[: len(rows)]):
        out[i, j] += 1.0
    if len(columns) < len(rows):
        columns[len(columns)]
    return out


# %% wrong: repeated cells count once
def f(rows, columns, n):
    # In the manner of https://github.com/numpy/numpy/issues/8866
    out = np.zeros((n % 8, n % 8))
    out[rows, columns] += 1.0
    return out
