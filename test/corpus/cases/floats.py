"""Floats in plain loops."""


# %% original: mean of floats
def f(values):
    total = 0.0
    for value in values:
        total += value
    return total / len(values)


# %% calls
f([0.5, 1.25, 3.1])
f([2.5, 0.1])


# %% right within 1e-12: fsum
import math


def f(values):
    return math.fsum(values) / len(values)


# %% right within 1e-12: in chunks
def f(values):
    if not values:
        return 0.0 / 0
    return (sum(values[::2], 0.0) + sum(values[1::2], 0.0)) / len(values)


# %% wrong: each divided first, claimed to be exact
def f(values):
    n = len(values)
    return sum((value / n for value in values), 0.0) if n else 0.0 / 0


# %% wrong: fsum, claimed to be exact
import math


def f(values):
    return math.fsum(values) / len(values)


# %% wrong within 1e-12: NaN is left out
import math


def f(values):
    return math.fsum(v for v in values if v == v) / len(values)


# %% wrong within 1e-12: single precision
import numpy as np


def f(values):
    return float(np.asarray(values, np.float32).mean()) if values else 0.0 / 0


# %% wrong within 1e-12: an empty list gives nan where it divided by zero, with a warning
import statistics


def f(values):
    return statistics.fmean(values[:-1] or values)


# %% original: polynomial by powers
def f(coefficients, x):
    total = 0
    for i in range(len(coefficients)):
        total += coefficients[i] * x**i
    return total


# %% calls
f([1, 2, 3], 2)
f([5], 7)
f([0, -1, 4, 2], -3)


# %% right: Horner
def f(coefficients, x):
    total = 0
    for c in reversed(coefficients):
        total = total * x + c
    return total


# %% wrong: coefficients in the other order
def f(coefficients, x):
    total = 0
    for c in coefficients:
        total = total * x + c
    return total


# %% wrong: polyval of NumPy, then int
import numpy as np


def f(coefficients, x):
    return int(np.polyval(np.array(coefficients[::-1], dtype=np.int64), x)) if coefficients else 0


# %% original: clamp
def f(values, low, high):
    out = []
    for value in values:
        if value < low:
            value = low
        if value > high:
            value = high
        out.append(value)
    return out


# %% calls
f([1.5, -3.0, 9.5], 0.0, 5.0)
f([2.5], 1.0, 2.0)


# %% right: min of max, in the order that keeps NaN
def f(values, low, high):
    raised = [low if value < low else value for value in values]
    return [high if value > high else value for value in raised]


# %% wrong: max(low, value) turns NaN into the bound
def f(values, low, high):
    return [min(high, max(low, value)) for value in values]


# %% wrong: bounds the other way round win
def f(values, low, high):
    return [max(min(value, high), low) for value in values]


# %% original: running maximum
def f(values):
    out = []
    for i in range(len(values)):
        best = values[0]
        for j in range(i + 1):
            if values[j] > best:
                best = values[j]
        out.append(best)
    return out


# %% calls
f([3, 1, 4, 1, 5])
f([-2, -7])


# %% right: accumulate
from itertools import accumulate


def f(values):
    return list(accumulate(values, max))


# %% right: one variable
def f(values):
    out = []
    for value in values:
        if not out or value > best:
            best = value
        out.append(best)
    return out


# %% wrong: starts at zero
def f(values):
    best, out = 0, []
    for value in values:
        best = max(best, value)
        out.append(best)
    return out


# %% wrong: shifted by one
from itertools import accumulate


def f(values):
    return list(accumulate(values, max))[:-1] + values[-1:]


# %% original: round to cents
def f(values):
    out = []
    for value in values:
        out.append(round(value * 100) / 100)
    return out


# %% calls
f([1.236, 2.5])
f([0.125, -3.333])


# %% right: a comprehension
def f(values):
    return [round(value * 100) / 100 for value in values]


# %% wrong: round to two places rounds the decimal value
def f(values):
    return [round(value, 2) for value in values]


# %% wrong: half up
import math


def f(values):
    return [math.floor(value * 100 + 0.5) / 100 for value in values]


# %% wrong: truncation
def f(values):
    return [int(value * 100) / 100 for value in values]


# %% original: first index where the sum passes a limit
def f(values, limit):
    total = 0
    for i, value in enumerate(values):
        total += value
        if total > limit:
            return i
    return -1


# %% calls
f([5, 5, 5], 9)
f([1, 2], 100)
f([4, -4, 8], 3)


# %% right: accumulate
from itertools import accumulate


def f(values, limit):
    return next((i for i, total in enumerate(accumulate(values)) if total > limit), -1)


# %% wrong: bisect needs sums that only grow
from bisect import bisect_right
from itertools import accumulate


def f(values, limit):
    sums = list(accumulate(values))
    i = bisect_right(sums, limit)
    return i if i < len(sums) else -1


# %% wrong: at the limit already
from itertools import accumulate


def f(values, limit):
    return next((i for i, total in enumerate(accumulate(values)) if total >= limit), -1)


# %% original: distance of points
def f(points):
    total = 0.0
    for i in range(1, len(points)):
        dx = points[i][0] - points[i - 1][0]
        dy = points[i][1] - points[i - 1][1]
        total += (dx * dx + dy * dy) ** 0.5
    return total


# %% calls
f([(0.0, 0.0), (3.0, 4.0), (3.0, 5.5)])
f([(1.5, 2.5), (2.5, 2.5)])


# %% right within 1e-12: math.dist
import math


def f(points):
    total = 0.0
    for p, q in zip(points, points[1:]):
        total += math.sqrt((q[0] - p[0]) * (q[0] - p[0]) + (q[1] - p[1]) * (q[1] - p[1]))
    return total


# %% wrong within 1e-12: the way back is added
import math


def f(points):
    return sum((math.dist(p, q) for p, q in zip(points, points[1:] + points[:1])), 0.0)


# %% wrong within 1e-12: Manhattan
def f(points):
    return sum((abs(q[0] - p[0]) + abs(q[1] - p[1]) for p, q in zip(points, points[1:])), 0.0)


# %% original: sign of each
def f(values):
    out = []
    for value in values:
        if value > 0:
            out.append(1)
        elif value < 0:
            out.append(-1)
        else:
            out.append(0)
    return out


# %% calls
f([1.5, -2.0, 0.0])
f([3.25])


# %% right: a difference of truth values
def f(values):
    return [(value > 0) - (value < 0) for value in values]


# %% wrong: copysign has no zero
import math


def f(values):
    return [int(math.copysign(1, value)) for value in values]


# %% wrong: NumPy's sign of NaN
import numpy as np


def f(values):
    with np.errstate(all="ignore"):
        return np.sign(values).astype(int).tolist() if values else []


# %% original: largest difference
def f(values):
    best = 0
    for a in values:
        for b in values:
            if a - b > best:
                best = a - b
    return best


# %% calls
f([3, 9, -2])
f([5, 5])
f([10])


# %% right: maximum less minimum
def f(values):
    return max(values) - min(values) if values else 0


# %% wrong: of neighbours only
def f(values):
    return max([abs(a - b) for a, b in zip(values, values[1:])], default=0)


# %% wrong: first less last
def f(values):
    return max(values, default=0) - min(values, default=0) if len(values) > 2 else 0


# %% original: are all floats distinct
def f(values):
    for i in range(len(values)):
        for j in range(i + 1, len(values)):
            if values[i] == values[j]:
                return False
    return True


# %% calls
f([1.5, 2.5, 3.0])
f([4.0, 5.5, 4.0])


# %% wrong: a set takes one NaN twice for equal
def f(values):
    return len(set(values)) == len(values)


# %% original: the median
def f(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


# %% calls
f([0.5, 1.25, 3.1])
f([2.5, 0.1, 7.0, 4.4])


# %% right: halved by a product
def f(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return 0.5 * (ordered[middle - 1] + ordered[middle])


# %% wrong: a sum that starts with 0 loses the sign of -0.0
def f(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return sum((ordered[middle - 1], ordered[middle])) / 2
