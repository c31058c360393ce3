"""Shared objects: defaults, closures, caches, copies, state."""


# %% original: add a row to a copy
def f(table, row):
    new = []
    for old in table:
        new.append(list(old))
    new.append(row)
    return new


# %% calls
f([[1, 2], [3]], [4])
f([], [5, 6])


# %% right: a comprehension
def f(table, row):
    return [list(old) for old in table] + [row]


# %% wrong: rows are shared with the caller
def f(table, row):
    return list(table) + [row]


# %% wrong: the new row is copied
def f(table, row):
    return [list(old) for old in table] + [list(row)]


# %% wrong: the caller's table grows
def f(table, row):
    table.append(row)
    return [list(old) for old in table[:-1]] + [row]


# %% wrong: deepcopy copies the row too
import copy


def f(table, row):
    return copy.deepcopy(table + [row])


# %% original: an empty grid
def f(rows, columns):
    grid = []
    for _ in range(rows % 40):
        line = []
        for _ in range(columns % 40):
            line.append(0)
        grid.append(line)
    return grid


# %% calls
f(2, 3)
f(3, 1)


# %% right: lines made one by one
def f(rows, columns):
    return [[0] * (columns % 40) for _ in range(rows % 40)]


# %% wrong: one line many times
def f(rows, columns):
    return [[0] * (columns % 40)] * (rows % 40)


# %% wrong: rows for columns
def f(rows, columns):
    return [[0] * (rows % 40) for _ in range(columns % 40)]


# %% original: prefix sums of a list that the caller keeps
def f(values):
    out = []
    total = 0
    for value in values:
        total += value
        out.append(total)
    return out


# %% calls
f([1, 2, 3])
f([5, -5])


# %% right: accumulate
from itertools import accumulate


def f(values):
    return list(accumulate(values))


# %% wrong: summed in place
def f(values):
    for i in range(1, len(values)):
        values[i] += values[i - 1]
    return values


# %% wrong: summed in place and given back as a copy
def f(values):
    for i in range(1, len(values)):
        values[i] += values[i - 1]
    return list(values)


# %% wrong: starts with zero
from itertools import accumulate


def f(values):
    return list(accumulate(values, initial=0))[: len(values)]


# %% wrong: a cache by identity of the list
_cache = {}


def f(values):
    if id(values) not in _cache:
        out, total = [], 0
        for value in values:
            total += value
            out.append(total)
        _cache[id(values)] = (values, out)
    return list(_cache[id(values)][1])


# %% wrong: a cache by its text hands out one list to all
_cache = {}


def f(values):
    key = repr(values)
    if key not in _cache:
        out, total = [], 0
        for value in values:
            total += value
            out.append(total)
        _cache[key] = out
    return _cache[key]


# %% original: normalise a dict that the caller shares
def f(weights):
    total = sum(weights.values())
    for key in list(weights):
        weights[key] = weights[key] / total
    return weights


# %% calls
f({"a": 1.0, "b": 3.0})
f({"x": 2.5})


# %% right: values assigned under keys that are there
def f(weights):
    total = sum(weights.values())
    for key, value in weights.items():
        weights[key] = value / total
    return weights


# %% right: update
def f(weights):
    total = sum(weights.values())
    weights.update({key: value / total for key, value in weights.items()})
    return weights


# %% wrong: another dict
def f(weights):
    total = sum(weights.values())
    return {key: value / total for key, value in weights.items()}


# %% wrong: times the reciprocal, claimed to be exact
def f(weights):
    if not weights:
        return weights
    factor = 1 / sum(weights.values())
    for key in weights:
        weights[key] *= factor
    return weights


# %% original: functions of their number
def f(numbers):
    out = []
    for n in numbers:
        def times(x, n=n):
            return x * n
        out.append(times)
    return [one(10) for one in out]


# %% calls
f([1, 2, 3])
f([7])


# %% right: partial
from functools import partial
from operator import mul


def f(numbers):
    return [one(10) for one in [partial(mul, n) for n in numbers]]


# %% wrong: late binding
def f(numbers):
    return [one(10) for one in [lambda x: x * n for n in numbers]]


# %% original: collects into what is given
def f(item, into=None):
    if into is None:
        into = []
    into.append(item)
    return into


# %% calls
f(1)
f(2)
f(3, [0])


# %% right: a conditional expression
def f(item, into=None):
    into = [] if into is None else into
    into += [item]
    return into


# %% wrong: one default list for all calls
def f(item, into=[]):
    into.append(item)
    return into


# %% wrong: an empty list of the caller is taken for none
def f(item, into=None):
    into = into or []
    into.append(item)
    return into


# %% wrong: a new list each time
def f(item, into=None):
    return (into or []) + [item]


# %% original: subtract the first from all, in place
def f(values, others):
    for i in range(len(values)):
        values[i] = values[i] - others[0]
    return values


# %% calls
f([5, 6, 7], [2, 1])
f([1], [9])


# %% wrong: the first is read once though the lists may be one
def f(values, others):
    first = others[0]
    for i in range(len(values)):
        values[i] -= first
    return values


# %% wrong: even where there is nothing to subtract from
def f(values, others):
    values[:] = [value - others[0] for value in values]
    return values


# %% original: dict merged, first wins
def f(one, two):
    merged = dict(one)
    for key in two:
        if key not in merged:
            merged[key] = two[key]
    return merged


# %% calls
f({"a": 1, "b": 2}, {"b": 3, "c": 4})
f({}, {"x": 1})


# %% right: displays in the right order, then the order of keys
def f(one, two):
    merged = dict(one)
    for key, value in two.items():
        merged.setdefault(key, value)
    return merged


# %% wrong: the second wins
def f(one, two):
    return {**one, **two}


# %% wrong: keys in the order of the second
def f(one, two):
    return {**two, **one}


# %% wrong: ChainMap is a view
from collections import ChainMap


def f(one, two):
    return ChainMap(one, two)


# %% wrong: the first dict is changed
def f(one, two):
    for key, value in two.items():
        one.setdefault(key, value)
    return one


# %% original: remembers how often it was called
calls = 0


def f(x):
    global calls
    calls += 1
    return x + calls


# %% calls
f(1)
f(10)


# %% right: an assignment in two steps
calls = 0


def f(x):
    global calls
    calls = number = calls + 1
    return x + number


# %% wrong: a cache skips calls that count
import functools

calls = 0


@functools.lru_cache(maxsize=None)
def _value(x):
    global calls
    calls += 1
    return x + calls


def f(x):
    return _value(x)


# %% wrong: counts apart
import itertools

calls = 0
_numbers = itertools.count(1)


def f(x):
    return x + next(_numbers)


# %% original: depends on a table that the program changes
table = {"rate": 2}


def f(values):
    out = []
    for value in values:
        out.append(value * table["rate"])
    return out


# %% calls
f([1, 2])
table["rate"] = 3
f([1, 2])


# %% right: looked up once a call
table = {"rate": 2}


def f(values):
    if not values:
        return []
    rate = table["rate"]
    return [value * rate for value in values]


# %% wrong: looked up once for all
table = {"rate": 2}
_rate = table["rate"]


def f(values):
    return [value * _rate for value in values]


# %% wrong: a cache that does not know the table
import functools

table = {"rate": 2}


@functools.lru_cache(maxsize=None)
def _scaled(values):
    return [value * table["rate"] for value in values]


def f(values):
    return list(_scaled(tuple(values)))


# %% original: matrix transposed into new rows
def f(rows):
    out = []
    for j in range(len(rows[0]) if rows else 0):
        column = []
        for i in range(len(rows)):
            column.append(rows[i][j])
        out.append(column)
    return out


# %% calls
f([[1, 2, 3], [4, 5, 6]])
f([[7]])


# %% wrong: tuples for lists
def f(rows):
    return list(zip(*rows))


# %% wrong: cut to the shortest row
def f(rows):
    return [list(column) for column in zip(*rows)]


# %% right: comprehensions
def f(rows):
    return [[row[j] for row in rows] for j in range(len(rows[0]) if rows else 0)]


# %% original: swap two in place
def f(values, i, j):
    keep = values[i]
    values[i] = values[j]
    values[j] = keep


# %% calls
f([1, 2, 3], 0, 2)
f([4, 5], 1, 0)
f([6, 7, 8], -1, 1)


# %% right: tuple assignment
def f(values, i, j):
    values[i], values[j] = values[j], values[i]


# %% wrong: by sum and difference, which breaks when i is j
def f(values, i, j):
    values[i] = values[i] + values[j]
    values[j] = values[i] - values[j]
    values[i] = values[i] - values[j]


# %% wrong: gives the list back
def f(values, i, j):
    values[i], values[j] = values[j], values[i]
    return values
