"""Statistics, dates, parsing of records and matrices in plain Python."""


# %% original: variance
def f(values):
    n = len(values)
    mean = sum(values) / n
    total = 0.0
    for value in values:
        total += (value - mean) ** 2
    return total / (n - 1)


# %% calls
f([1.5, 2.5, 4.0])
f([10.0, 12.5])


# %% right within 1e-9: statistics
import math


def f(values):
    n = len(values)
    mean = sum(values) / n
    return math.fsum([(value - mean) ** 2 for value in values]) / (n - 1)


# %% wrong within 1e-9: of the whole population
def f(values):
    n = len(values)
    mean = sum(values) / n
    return sum((value - mean) ** 2 for value in values) / n


# %% wrong within 1e-9: the mean of squares less the square of the mean
def f(values):
    n = len(values)
    mean = sum(values) / n
    return (sum(value * value for value in values) - n * mean * mean) / (n - 1)


# %% original: weighted mean
def f(values, weights):
    total = norm = 0.0
    for value, weight in zip(values, weights):
        total += value * weight
        norm += weight
    return total / norm


# %% calls
f([1.0, 2.5], [3.0, 1.0])
f([4.0, 0.5, 2.0], [0.5, 0.5, 2.0])


# %% right within 1e-9: sums of generators
def f(values, weights):
    pairs = list(zip(values, weights))
    return sum([v * w for v, w in pairs], 0.0) / sum([w for _, w in pairs], 0.0)


# %% wrong within 1e-9: over all weights
def f(values, weights):
    return sum([v * w for v, w in zip(values, weights)], 0.0) / sum(weights, 0.0)


# %% wrong within 1e-9: without weights
def f(values, weights):
    return sum(values) / len(values)


# %% original: histogram
def f(values, low, high, n):
    counts = [0] * (n % 20)
    for value in values:
        if low <= value < high:
            counts[int((value - low) * len(counts) / (high - low))] += 1
    return counts


# %% calls
f([0.5, 1.5, 1.9, 3.0], 0.0, 2.0, 2)
f([2.5], 0.0, 10.0, 5)


# %% right: a list of places
def f(values, low, high, n):
    n %= 20
    counts = [0] * n
    for place in [int((value - low) * n / (high - low)) for value in values if low <= value < high]:
        counts[place] += 1
    return counts


# %% wrong: NumPy counts the upper end in
import numpy as np


def f(values, low, high, n):
    return np.histogram(values, bins=n % 20, range=(low, high))[0].tolist()


# %% wrong: what lies outside is counted at the ends
def f(values, low, high, n):
    n %= 20
    counts = [0] * n
    for value in values:
        if value == value:
            counts[min(max(int((value - low) * n / (high - low)), 0), n - 1)] += 1
    return counts


# %% original: correlation
def f(x, y):
    n = len(x)
    mx, my = sum(x) / n, sum(y) / n
    sxy = sxx = syy = 0.0
    for i in range(n):
        sxy += (x[i] - mx) * (y[i] - my)
        sxx += (x[i] - mx) ** 2
        syy += (y[i] - my) ** 2
    return sxy / (sxx * syy) ** 0.5


# %% calls
f([1.0, 2.0, 4.0], [1.5, 3.0, 2.5])
f([0.5, 3.5], [2.0, 1.0])


# %% wrong within 1e-9: covariance
def f(x, y):
    n = len(x)
    mx, my = sum(x) / n, sum(y) / n
    return sum((a - mx) * (b - my) for a, b in zip(x, y)) / n


# %% original: days between, from text
from datetime import datetime


def f(pairs):
    out = []
    for start, end in pairs:
        a = datetime.strptime(start, "%Y-%m-%d")
        b = datetime.strptime(end, "%Y-%m-%d")
        out.append((b - a).days)
    return out


# %% calls
f([("2024-02-28", "2024-03-01"), ("2023-01-01", "2024-01-01")])
f([("2020-05-05", "2020-05-01")])


# %% wrong: fromisoformat takes other texts
from datetime import date


def f(pairs):
    return [(date.fromisoformat(end) - date.fromisoformat(start)).days for start, end in pairs]


# %% wrong: months of thirty days
def f(pairs):
    def days(text):
        y, m, d = map(int, text.split("-"))
        return y * 360 + m * 30 + d

    return [days(end) - days(start) for start, end in pairs]


# %% right: the parser looked up once
from datetime import datetime


def f(pairs):
    parse = datetime.strptime
    form = "%Y-%m-%d"
    out = []
    for start, end in pairs:
        first = parse(start, form)
        out.append((parse(end, form) - first).days)
    return out


# %% original: leap years
def f(years):
    out = []
    for year in years:
        if year % 400 == 0:
            out.append(True)
        elif year % 100 == 0:
            out.append(False)
        elif year % 4 == 0:
            out.append(True)
        else:
            out.append(False)
    return out


# %% calls
f([2000, 1900, 2024, 2023])
f([1600, 2100])


# %% right: calendar.isleap
import calendar


def f(years):
    return [calendar.isleap(year) for year in years]


# %% wrong: every fourth
def f(years):
    return [year % 4 == 0 for year in years]


# %% wrong: no year of 400
def f(years):
    return [year % 4 == 0 and year % 100 != 0 for year in years]


# %% original: records from lines
def f(lines):
    out = []
    for line in lines:
        parts = line.split(";")
        record = {}
        record["name"] = parts[0].strip()
        record["age"] = int(parts[1])
        out.append(record)
    return out


# %% calls
f(["ann; 30", "bob ;25"])
f(["cy;1;x"])


# %% right: a display
def f(lines):
    return [{"name": parts[0].strip(), "age": int(parts[1])} for parts in map(lambda line: line.split(";"), lines)]


# %% wrong: exactly two parts
def f(lines):
    out = []
    for line in lines:
        name, age = line.split(";")
        out.append({"name": name.strip(), "age": int(age)})
    return out


# %% wrong: the age comes first
def f(lines):
    out = []
    for line in lines:
        parts = line.split(";")
        out.append({"age": int(parts[1]), "name": parts[0].strip()})
    return out


# %% original: trace and diagonal
def f(m):
    out = []
    total = 0
    for i in range(len(m)):
        for j in range(len(m[i])):
            if i == j:
                out.append(m[i][j])
                total += m[i][j]
    return total, out


# %% calls
f([[1, 2], [3, 4]])
f([[5, 6, 7]])


# %% right: one loop
def f(m):
    out = [row[i] for i, row in enumerate(m) if i < len(row)]
    return sum(out), out


# %% wrong: the other diagonal
def f(m):
    out = [row[-1 - i] for i, row in enumerate(m) if i < len(row)]
    return sum(out), out


# %% wrong: zip stops at a short row
def f(m):
    out = []
    for i, row in enumerate(m):
        if i >= len(row):
            break
        out.append(row[i])
    return sum(out), out


# %% original: longest increasing run
def f(values):
    best = run = 1 if values else 0
    for i in range(1, len(values)):
        if values[i] > values[i - 1]:
            run += 1
        else:
            run = 1
        if run > best:
            best = run
    return best


# %% calls
f([1, 2, 2, 3, 4])
f([5, 4])
f([7])


# %% right: zip
def f(values):
    best = run = 1 if values else 0
    for a, b in zip(values, values[1:]):
        run = run + 1 if b > a else 1
        best = max(best, run)
    return best


# %% wrong: equals go on
def f(values):
    best = run = 1 if values else 0
    for a, b in zip(values, values[1:]):
        run = run + 1 if b >= a else 1
        best = max(best, run)
    return best


# %% wrong: the last run is not looked at
def f(values):
    best = run = 1 if values else 0
    for a, b in zip(values, values[1:]):
        if b > a:
            run += 1
        else:
            best = max(best, run)
            run = 1
    return best


# %% original: exponential smoothing
def f(values, alpha):
    out = []
    for i, value in enumerate(values):
        if i == 0:
            out.append(value)
        else:
            out.append(alpha * value + (1 - alpha) * out[-1])
    return out


# %% calls
f([1.0, 3.0, 2.0], 0.5)
f([4.0, 8.0], 0.25)


# %% right: accumulate
from itertools import accumulate


def f(values, alpha):
    return list(accumulate(values, lambda last, value: alpha * value + (1 - alpha) * last))


# %% wrong: another form of the sum, claimed to be exact
def f(values, alpha):
    out = []
    for value in values:
        out.append(value if not out else out[-1] + alpha * (value - out[-1]))
    return out


# %% wrong: starts at zero
def f(values, alpha):
    out, last = [], 0.0
    for value in values:
        last = alpha * value + (1 - alpha) * last
        out.append(last)
    return out


# %% original: interpolation in a table
def f(xs, ys, x):
    for i in range(len(xs) - 1):
        if xs[i] <= x <= xs[i + 1]:
            share = (x - xs[i]) / (xs[i + 1] - xs[i])
            return ys[i] + share * (ys[i + 1] - ys[i])
    return None


# %% calls
f([0.0, 1.0, 2.0], [0.0, 10.0, 40.0], 1.5)
f([0.0, 4.0], [1.0, 3.0], 9.0)


# %% wrong: NumPy holds the ends
import numpy as np


def f(xs, ys, x):
    return float(np.interp(x, xs, ys))


# %% right: zip
def f(xs, ys, x):
    for i, (a, b) in enumerate(zip(xs, xs[1:])):
        if a <= x <= b:
            return ys[i] + (x - a) / (b - a) * (ys[i + 1] - ys[i])
    return None


# %% original: time of day in seconds
def f(texts):
    out = []
    for text in texts:
        h, m, s = text.split(":")
        out.append(int(h) * 3600 + int(m) * 60 + int(s))
    return out


# %% calls
f(["01:02:03", "23:59:59"])
f(["00:00:10"])


# %% right: a comprehension
def f(texts):
    return [int(h) * 3600 + int(m) * 60 + int(s) for h, m, s in [text.split(":") for text in texts]]


# %% wrong: fixed places
def f(texts):
    return [int(text[0:2]) * 3600 + int(text[3:5]) * 60 + int(text[6:8]) for text in texts]


# %% original: sieve
def f(limits):
    out = []
    for limit in limits:
        limit = limit % 60
        found = []
        for n in range(2, limit + 1):
            for d in range(2, n):
                if n % d == 0:
                    break
            else:
                found.append(n)
        out.append(found)
    return out


# %% calls
f([10, 20])
f([2])


# %% right: multiples crossed out
def _primes(limit):
    flags = [True] * (limit + 1)
    for n in range(2, int(limit**0.5) + 1):
        if flags[n]:
            for multiple in range(n * n, limit + 1, n):
                flags[multiple] = False
    return [n for n in range(2, limit + 1) if flags[n]]


def f(limits):
    return [_primes(limit % 60) for limit in limits]


# %% wrong: the limit itself is left out
def _primes(limit):
    flags = [True] * (limit + 1)
    for n in range(2, int(limit**0.5) + 1):
        if flags[n]:
            for multiple in range(n * n, limit + 1, n):
                flags[multiple] = False
    return [n for n in range(2, limit) if flags[n]]


def f(limits):
    return [_primes(limit % 60) for limit in limits]


# %% wrong: squares of primes stay
def _primes(limit):
    flags = [True] * (limit + 1)
    for n in range(2, int(limit**0.5)):
        if flags[n]:
            for multiple in range(n * n, limit + 1, n):
                flags[multiple] = False
    return [n for n in range(2, limit + 1) if flags[n]]


def f(limits):
    return [_primes(limit % 60) for limit in limits]
