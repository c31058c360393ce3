"""Generators, iterators and itertools."""


# %% original: pairs of neighbours
def f(items):
    for i in range(len(items) - 1):
        yield items[i], items[i + 1]


# %% calls
list(f([1, 2, 3]))
list(f(["a", "b"]))


# %% right: zip in a generator
def f(items):
    yield from zip(items, items[1:])


# %% wrong: a list
def f(items):
    return list(zip(items, items[1:]))


# %% wrong: the ends meet
def f(items):
    for i in range(len(items)):
        yield items[i - 1], items[i]


# %% original: numbers while they are small
def f(values, limit):
    for value in values:
        if value > limit:
            break
        yield value


# %% calls
list(f([1, 2, 9, 3], 5))
list(f([7], 5))


# %% right: takewhile
from itertools import takewhile


def f(values, limit):
    return (value for value in takewhile(lambda v: not v > limit, values))


# %% wrong: a filter goes on
def f(values, limit):
    return (value for value in values if value <= limit)


# %% wrong: the large one comes too
def f(values, limit):
    for value in values:
        yield value
        if value > limit:
            break


# %% original: reads and marks as it goes
def f(values, seen):
    for value in values:
        if value not in seen:
            seen.add(value)
            yield value


# %% calls
list(f([1, 2, 1], set()))
list(f([3, 4], {3}))


# %% wrong: all marks are made first
def f(values, seen):
    fresh = []
    for value in values:
        if value not in seen:
            seen.add(value)
            fresh.append(value)
    yield from fresh


# %% wrong: marks are made after
def f(values, seen):
    fresh = [value for value in dict.fromkeys(values) if value not in seen]
    yield from fresh
    seen.update(fresh)


# %% right: the bound method
def f(values, seen):
    add = seen.add
    for value in values:
        if value not in seen:
            add(value)
            yield value


# %% original: consumed in part
def f(numbers):
    stream = iter(numbers)
    first = 0
    for number in stream:
        if number < 0:
            break
        first += number
    return first, list(stream)


# %% calls
f([1, 2, -1, 5, 6])
f([3])


# %% right: takewhile drops the stop as well
from itertools import takewhile


def f(numbers):
    stream = iter(numbers)
    first = sum(takewhile(lambda n: n >= 0, stream))
    return first, list(stream)


# %% wrong: the stop is counted with the rest
def f(numbers):
    for i, number in enumerate(numbers):
        if number < 0:
            return sum(numbers[:i]), numbers[i:]
    return sum(numbers), []


# %% wrong: the same stream twice
def f(numbers):
    stream = (n for n in numbers)
    first = sum(n for n in stream if n >= 0)
    return first, list(stream)


# %% original: mean and largest of a list
def f(values):
    values = list(values)
    return sum(values) / len(values), max(values)


# %% calls
f([1, 2, 3])
f([5])


# %% wrong: a generator that is used up after the sum
def f(values):
    n = len(values)
    stream = (value for value in values)
    return sum(stream) / n, max(stream, default=0)


# %% right: one pass
def f(values):
    total = 0
    best = values[0] if values else None
    for value in values:
        total += value
        if value > best:
            best = value
    return total / len(values), best


# %% original: any() stops early, with a trace
def f(values, trace):
    for value in values:
        trace.append(value)
        if value > 3:
            return True
    return False


# %% calls
f([1, 5, 2], [])
f([1, 2], [0])


# %% right: slices of what was looked at
def f(values, trace):
    for i, value in enumerate(values):
        if value > 3:
            trace.extend(values[: i + 1])
            return True
    trace.extend(values)
    return False


# %% wrong: early exit lost
def f(values, trace):
    found = False
    for value in values:
        trace.append(value)
        found = found or value > 3
    return found


# %% wrong: a list for any()
def f(values, trace):
    return any([trace.append(value) or value > 3 for value in values])


# %% original: every combination of two
def f(items):
    out = []
    for i in range(len(items)):
        for j in range(i + 1, len(items)):
            out.append((items[i], items[j]))
    return out


# %% calls
f([1, 2, 3])
f(["a", "b"])


# %% right: combinations
from itertools import combinations


def f(items):
    return list(combinations(items, 2))


# %% wrong: permutations
from itertools import permutations


def f(items):
    return [(a, b) for a, b in permutations(items, 2) if a <= b]


# %% wrong: distinct values only
from itertools import combinations


def f(items):
    return list(combinations(dict.fromkeys(items), 2))


# %% original: round robin
def f(rows):
    out = []
    longest = 0
    for row in rows:
        longest = max(longest, len(row))
    for i in range(longest):
        for row in rows:
            if i < len(row):
                out.append(row[i])
    return out


# %% calls
f([[1, 2, 3], [4], [5, 6]])
f([["a"]])


# %% right: zip_longest with a mark
from itertools import zip_longest

_NONE = object()


def f(rows):
    return [x for column in zip_longest(*rows, fillvalue=_NONE) for x in column if x is not _NONE]


# %% wrong: None is taken for nothing
from itertools import zip_longest


def f(rows):
    return [x for column in zip_longest(*rows) for x in column if x]


# %% wrong: cut to the shortest
def f(rows):
    return [x for column in zip(*rows) for x in column]


# %% original: groups of equal neighbours
def f(values):
    groups = []
    for value in values:
        if groups and groups[-1][0] == value:
            groups[-1].append(value)
        else:
            groups.append([value])
    return groups


# %% calls
f([1, 1, 2, 1])
f(["x"])


# %% right: groupby
from itertools import groupby


def f(values):
    return [list(group) for _, group in groupby(values)]


# %% wrong: the groups are read after the next one began
from itertools import groupby


def f(values):
    return [list(group) for _, group in list(groupby(values))]


# %% wrong: sorted first
from itertools import groupby


def f(values):
    return [list(group) for _, group in groupby(sorted(values))]


# %% original: a generator that cleans up
def f(values, log):
    try:
        for value in values:
            yield value * 2
    finally:
        log.append("closed")


# %% calls
list(f([1, 2], []))
list(f([3], ["a"]))


# %% wrong: nothing is logged
def f(values, log):
    for value in values:
        yield value * 2


# %% wrong: only when it was drawn to the end
def f(values, log):
    for value in values:
        yield value * 2
    log.append("closed")


# %% wrong: logged at the start
def f(values, log):
    log.append("closed")
    for value in values:
        yield value * 2


# %% right: a with statement
from contextlib import contextmanager


@contextmanager
def _closing(log):
    try:
        yield
    finally:
        log.append("closed")


def f(values, log):
    with _closing(log):
        for value in values:
            yield value * 2


# %% original: read by blocks
def f(data, size):
    position = 0
    while position < len(data):
        yield data[position : position + size]
        position += size if size > 0 else len(data)


# %% calls
list(f(b"abcdef", 4))
list(f(b"xy", 2))


# %% right: range
def f(data, size):
    for position in range(0, len(data), size if size > 0 else len(data) or 1):
        yield data[position : position + size]


# %% wrong: an empty block at the end
def f(data, size):
    for position in range(0, len(data) + 1, size if size > 0 else len(data) + 1):
        yield data[position : position + size]


# %% original: asks the function for every item
def f(values, key):
    return [key(value) for value in values]


def noting(log):
    def key(value):
        log.append(value)
        return -value

    return key


# %% calls
f([1, 1, 2], noting([]))
f([3], noting([0]))


# %% right: map
def f(values, key):
    return list(map(key, values))


# %% wrong: once for equal items
def f(values, key):
    known = {value: key(value) for value in dict.fromkeys(values)}
    return [known[value] for value in values]


# %% wrong: from the last to the first
def f(values, key):
    return [key(value) for value in reversed(values)][::-1]


# %% original: takes so many from a stream
def f(stream, n):
    out = []
    for _ in range(n % 9):
        for item in stream:
            out.append(item)
            break
    return out


# %% calls
f(iter([1, 2, 3, 4]), 2)
f(iter([5, 6]), 1)


# %% right: islice takes no more
from itertools import islice


def f(stream, n):
    return list(islice(stream, n % 9))


# %% right: the range is asked first
def f(stream, n):
    return [item for _, item in zip(range(n % 9), stream)]


# %% wrong: zip asks the stream once too often
def f(stream, n):
    return [item for item, _ in zip(stream, range(n % 9))]


# %% wrong: the whole stream is read
def f(stream, n):
    return list(stream)[: n % 9]


# %% original: a generator of the same items
def f(xs):
    for x in xs:
        yield x * 2


# %% calls
list(f([1, 2]))
list(f([5]))

# %% right: a generator of the same items
def f(xs):
    return (x * 2 for x in xs)


# %% original: a list where a generator was
def f(xs):
    return (x * 2 for x in xs)


# %% calls
list(f([1, 2]))
list(f([5]))

# %% wrong: a list where a generator was
def f(xs):
    return [x * 2 for x in xs]


# %% original: lost laziness
def f(xs, log):
    for x in xs:
        log.append(x)
        yield x


# %% calls
list(f([1, 2], []))
list(f([5], [1]))

# %% wrong: lost laziness
def f(xs, log):
    log.extend(xs)
    yield from xs
