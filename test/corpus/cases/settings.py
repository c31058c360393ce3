"""Settings of the whole process: limits, error handling, precision, warnings, collection."""


# %% original: depth of nesting
def f(tree):
    deepest = 0
    for child in tree:
        if isinstance(child, list):
            deepest = max(deepest, f(child))
    return deepest + 1


# %% calls
f([1, [2, [3]]])
f([[], 5])


# %% right: max with a default
def f(tree):
    return 1 + max((f(child) for child in tree if isinstance(child, list)), default=0)


# %% wrong: the recursion limit stays raised
import sys


def f(tree):
    sys.setrecursionlimit(1_000_000)
    return 1 + max((f(child) for child in tree if isinstance(child, list)), default=0)


# %% wrong: the collector stays switched off
import gc


def f(tree):
    gc.disable()
    return 1 + max((f(child) for child in tree if isinstance(child, list)), default=0)


# %% original: a ratio to many places
from decimal import Decimal


def f(pairs):
    out = []
    for a, b in pairs:
        out.append(str(Decimal(a) / Decimal(b)))
    return out


# %% calls
f([(1, 3), (2, 7)])
f([(22, 7)])


# %% right: a comprehension
from decimal import Decimal


def f(pairs):
    return [str(Decimal(a) / Decimal(b)) for a, b in pairs]


# %% wrong: the precision is lowered for all who come after
from decimal import Decimal, getcontext


def f(pairs):
    out = [str(Decimal(a) / Decimal(b)) for a, b in pairs]
    getcontext().prec = 9
    return out


# %% wrong: through floats
def f(pairs):
    return [str(a / b) for a, b in pairs]


# %% original: logarithms, with a floor
import numpy as np


def f(a):
    out = np.empty(len(a))
    for i in range(len(a)):
        out[i] = np.log(a[i]) if a[i] > 0 else -99.0
    return out


# %% calls
f(np.array([1.0, 2.5, 0.0]))
f(np.array([3.0, -1.0]))


# %% right: errors ignored only here
import numpy as np


def f(a):
    with np.errstate(all="ignore"):
        return np.where(a > 0, np.log(a), -99.0).astype(float)


# %% wrong: errors ignored for ever
import numpy as np


def f(a):
    np.seterr(all="ignore")
    return np.where(a > 0, np.log(a), -99.0)


# %% wrong: NaN comes through
import numpy as np


def f(a):
    with np.errstate(all="ignore"):
        return np.where(a <= 0, -99.0, np.log(a))


# %% original: says what is old
import warnings


def f(values):
    total = 0
    for value in values:
        if value < 0:
            warnings.warn("below zero")
        total += abs(value)
    return total


# %% calls
f([1, -2])
f([3])


# %% right: warned in the order of values
import warnings


def f(values):
    total = 0
    for value in values:
        total += -value if value < 0 else value
        if value < 0:
            warnings.warn("below zero")
    return total


# %% wrong: warnings are switched off from then on
import warnings


def f(values):
    total = 0
    for value in values:
        if value < 0:
            warnings.warn("below zero")
        total += abs(value)
    warnings.filterwarnings("ignore")
    return total


# %% original: a sum beside a function that has a sum of its own kind
def joined(rows):
    return sum(rows, [])


def f(values):
    total = 0
    for value in values:
        total += value
    return total


# %% calls
f([1, 2])
f([5])


# %% right: the built-in sum
def joined(rows):
    return sum(rows, [])


def f(values):
    return sum(values)


# %% wrong: another sum for the whole module
from numpy import sum


def joined(rows):
    return sum(rows, [])


def f(values):
    total = 0
    for value in values:
        total += value
    return total


# %% wrong: the recursion limit raised when the module is imported
import sys

sys.setrecursionlimit(100_000)


def joined(rows):
    return sum(rows, [])


def f(values):
    return sum(values)


# %% wrong: warnings switched off when the module is imported
import warnings

warnings.filterwarnings("ignore")


def joined(rows):
    return sum(rows, [])


def f(values):
    return sum(values)


# %% wrong: NumPy told to be silent when the module is imported
import numpy as np

np.seterr(all="ignore")


def joined(rows):
    return sum(rows, [])


def f(values):
    return sum(values)
