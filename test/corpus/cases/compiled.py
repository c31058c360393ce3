"""Numba: what compiling changes, and what it does not."""

import numba
import numpy as np


# %% original: sum of squares
def f(a):
    total = 0.0
    for i in range(len(a)):
        total += a[i] * a[i]
    return float(total)


# %% calls
f(np.array([1.0, 2.5]))
f(np.array([0.5, 4.0, 2.0]))


# %% right within 1e-12: compiled, for the types that were recorded
@numba.njit
def _kernel(a):
    total = 0.0
    for i in range(len(a)):
        total += a[i] * a[i]
    return total


def f(a):
    if a.dtype != np.float64 or a.ndim != 1:
        raise TypeError(a.dtype)
    return _kernel(a)


# %% wrong within 1e-12: NaN is left out
@numba.njit
def _kernel(a):
    total = 0.0
    for i in range(len(a)):
        if not np.isnan(a[i]):
            total += a[i] * a[i]
    return total


def f(a):
    if a.dtype != np.float64 or a.ndim != 1:
        raise TypeError(a.dtype)
    return _kernel(a)


# %% wrong within 1e-12: computed in single precision
@numba.njit
def _kernel(a):
    total = np.float32(0.0)
    for i in range(len(a)):
        total += np.float32(a[i]) * np.float32(a[i])
    return total


def f(a):
    if a.dtype != np.float64 or a.ndim != 1:
        raise TypeError(a.dtype)
    return float(_kernel(a))


# %% original: a function of the module
def square(x):
    return x * x


def f(a):
    total = 0.0
    for i in range(len(a)):
        total += square(a[i])
    return float(total)


# %% calls
f(np.array([1.0, 2.5]))
f(np.array([0.5, 4.0, 2.0]))


# %% right: it is compiled where it stands, and a function still
@numba.njit
def square(x):
    return x * x


def f(a):
    if a.dtype != np.float64 or a.ndim != 1:
        raise TypeError(a.dtype)
    total = 0.0
    for i in range(len(a)):
        total += square(a[i])
    return float(total)


# %% original: factorial
def f(n):
    result = 1
    for i in range(1, n % 60 + 1):
        result *= i
    return result


# %% calls
f(5)
f(10)
f(3)


# %% right: math.factorial
import math


def f(n):
    return math.factorial(n % 60)


# %% wrong: 64 bits are full at 21!
@numba.njit
def _factorial(n):
    # In the manner of https://github.com/numba/numba/issues/4700
    result = 1
    for i in range(1, n + 1):
        result *= i
    return result


def f(n):
    return _factorial(n % 60)


# %% wrong: through the gamma function
import math


def f(n):
    return round(math.gamma(n % 60 + 1))


# %% original: a recurrence of whole numbers
def f(base, factor, steps):
    result = 0
    for i in range(steps % 64):
        result = result * (factor + i % 2) + base
    return result


# %% calls
f(5, 4, 6)
f(2, 3, 9)


# %% wrong: compiled to 64 bits
@numba.njit
def _run(base, factor, steps):
    # In the manner of https://github.com/numba/numba/issues/9937
    result = 0
    for i in range(steps):
        result = result * (factor + i % 2) + base
    return result


def f(base, factor, steps):
    return _run(base, factor, steps % 64)


# %% right: the two factors by turns
def f(base, factor, steps):
    result = 0
    odd = factor + 1
    for i in range(steps % 64):
        result = result * (odd if i & 1 else factor) + base
    return result


# %% original: Lucas-Lehmer
def f(p):
    p = p % 70
    s, m = 4, 2**p - 1
    for _ in range(p - 2):
        s = (s * s - 2) % m
    return s == 0


# %% calls
f(7)
f(11)
f(13)


# %% wrong: compiled to 64 bits
@numba.njit
def _check(p):
    # In the manner of https://github.com/numba/numba/issues/9066
    s, m = 4, 2**p - 1
    for _ in range(p - 2):
        s = (s * s - 2) % m
    return s == 0


def f(p):
    return _check(p % 70)


# %% right: reduction by shifts
def f(p):
    p = p % 70
    s, m = 4, (1 << p) - 1
    for _ in range(p - 2):
        s = (s * s - 2) % m
    return not s


# %% original: reads past the end raise
def f(a, shift):
    out = np.zeros(len(a))
    for i in range(len(a)):
        if i + shift < len(a) or shift > 3:
            out[i] = a[i + shift]
    return out


# %% calls
f(np.array([1.0, 2.0, 3.0]), 1)
f(np.array([5.0, 6.0]), 0)


# %% wrong: compiled code reads whatever is there
@numba.njit
def _shifted(a, shift):
    out = np.zeros(len(a))
    for i in range(len(a)):
        if i + shift < len(a) or shift > 3:
            out[i] = a[i + shift]
    return out


def f(a, shift):
    return _shifted(a, shift)


# %% right: slices where nothing lies outside
def f(a, shift):
    if 0 <= shift <= 3:
        out = np.zeros(len(a))
        out[: max(len(a) - shift, 0)] = a[shift:]
        return out
    out = np.zeros(len(a))
    for i in range(len(a)):
        if i + shift < len(a) or shift > 3:
            out[i] = a[i + shift]
    return out


# %% original: parallel sum per bin
def f(values, bins):
    out = np.zeros(4)
    for i in range(len(values)):
        out[bins[i] % 4] += values[i]
    return out


# %% calls
f(np.array([1.0, 2.0, 3.0, 4.5]), np.array([0, 1, 0, 2]))
f(np.array([0.5, 0.25]), np.array([3, 3]))


# %% right: bincount adds in the same order
def f(values, bins):
    if len(bins) < len(values) or values.ndim > 1 or bins.ndim > 1 or values.dtype.kind not in "fi" or bins.dtype.kind != "i":
        out = np.zeros(4)
        for i in range(len(values)):
            out[bins[i] % 4] += values[i]
        return out
    return np.bincount(bins[: len(values)] % 4, values, 4) if len(values) else np.zeros(4)


# %% wrong: the last of a bin stays
def f(values, bins):
    # In the manner of https://github.com/HIPS/autograd/pull/136
    out = np.zeros(4)
    out[bins[: len(values)] % 4] += values
    return out
