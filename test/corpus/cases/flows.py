"""Iterators, queues and orders once more: what is drawn twice, one too many, ties on a heap, equals by bisection."""

import bisect
import heapq
import itertools


# %% original: total and count
def f(items):
    items = list(items)
    return sum(items), len(items)


# %% calls
f(iter([1, 2, 3]))
f([4, 5])


# %% wrong: drawn twice
def f(items):
    return sum(items), sum(1 for _ in items)


# %% right: one pass
def f(items):
    total = count = 0
    for item in items:
        total += item
        count += 1
    return total, count


# %% original: two, and the one behind
def f(it):
    head = list(itertools.islice(it, 2))
    return head, next(it, None)


# %% calls
f(iter([1, 2, 3, 4]))


# %% wrong: zip draws one too many
def f(it):
    head = [item for item, _ in zip(it, range(2))]
    return head, next(it, None)


# %% wrong: all are drawn
def f(it):
    items = list(it)
    return items[:2], items[2] if len(items) > 2 else None


# %% right: zip in the order that draws no more
def f(it):
    head = [item for _, item in zip(range(2), it)]
    return head, next(it, None)


# %% original: used last
def f(cache, key):
    value = cache.pop(key)
    cache[key] = value
    return value


# %% calls
f({"a": 1, "b": 2}, "b")


# %% wrong: it stays where it is
def f(cache, key):
    return cache[key]


# %% wrong: it comes to the front
def f(cache, key):
    value = cache.pop(key)
    rest = dict(cache)
    cache.clear()
    cache[key] = value
    cache.update(rest)
    return value


# %% right: in one statement
def f(cache, key):
    cache[key] = value = cache.pop(key)
    return value


# %% original: the names of jobs by priority
def f(jobs):
    jobs = list(jobs)
    out = []
    while jobs:
        best = 0
        for i in range(1, len(jobs)):
            if jobs[i][0] < jobs[best][0]:
                best = i
        out.append(jobs.pop(best)[1])
    return out


# %% calls
f([(3, "c"), (1, "a"), (2, "b")])


# %% wrong: a heap compares names
def f(jobs):
    heap = list(jobs)
    heapq.heapify(heap)
    return [heapq.heappop(heap)[1] for _ in range(len(heap))]


# %% wrong: the last come of equals
def f(jobs):
    heap = [(job[0], -i, job[1]) for i, job in enumerate(jobs)]
    heapq.heapify(heap)
    return [heapq.heappop(heap)[2] for _ in range(len(heap))]


# %% right: a heap with the number of each
def f(jobs):
    heap = [(job[0], i, job[1]) for i, job in enumerate(jobs)]
    heapq.heapify(heap)
    return [heapq.heappop(heap)[2] for _ in range(len(heap))]


# %% right: sorted
def f(jobs):
    return [job[1] for job in sorted(jobs, key=lambda job: job[0])]


# %% original: how many are not above
def f(values, x):
    count = 0
    for value in values:
        if value <= x:
            count += 1
    return count


# %% calls
f([1, 3, 5], 4)
f([2, 8], 9)


# %% wrong: before its equals
def f(values, x):
    return bisect.bisect_left(sorted(values), x)


# %% right: behind its equals
def f(values, x):
    return bisect.bisect_right(sorted(values), x)


# %% right: a sum of truths
def f(values, x):
    return sum(1 for value in values if value <= x)


# %% wrong: bisect on what need not be sorted
def f(values, x):
    return bisect.bisect_right(values, x)


# %% original: groups by length
def f(words):
    groups = {}
    for word in words:
        if len(word) not in groups:
            groups[len(word)] = []
        groups[len(word)].append(word)
    return groups


# %% calls
f(["a", "bb", "c", "dd"])


# %% wrong: neighbours only
def f(words):
    return {n: list(group) for n, group in itertools.groupby(words, key=len)}


# %% wrong: by length
def f(words):
    return {n: list(group) for n, group in itertools.groupby(sorted(words, key=len), key=len)}


# %% right: setdefault
def f(words):
    groups = {}
    for word in words:
        groups.setdefault(len(word), []).append(word)
    return groups


# %% original: running totals
def f(values):
    out = []
    for i in range(len(values)):
        total = 0
        for j in range(i + 1):
            total = total + values[j]
        out.append(total)
    return out


# %% calls
f([1, 2, 3])


# %% right: carried along
def f(values):
    out, total = [], 0
    for value in values:
        total = total + value
        out.append(total)
    return out


# %% wrong: an accumulate is no list
def f(values):
    return itertools.accumulate(values)


# %% wrong: one total too many
def f(values):
    return list(itertools.accumulate(values, initial=0))


# %% original: who is invited and comes
def f(invited, coming):
    out = []
    for name in invited:
        if name in coming and name not in out:
            out.append(name)
    return out


# %% calls
f(["ann", "bob", "cid"], ["cid", "ann"])


# %% wrong: in no order
def f(invited, coming):
    return list(set(invited) & set(coming))


# %% wrong: as often as invited
def f(invited, coming):
    # In the manner of https://github.com/PrefectHQ/prefect/pull/2574
    coming = set(coming)
    return [name for name in invited if name in coming]


# %% right: a set of those that come
def f(invited, coming):
    # In the manner of https://github.com/PrefectHQ/prefect/pull/2574
    coming = set(coming)
    return [name for name in dict.fromkeys(invited) if name in coming]


# %% original: cells of a table by place
def f(rows):
    out = {}
    for y in range(len(rows)):
        for x in range(len(rows[y])):
            if rows[y][x] != 0:
                out[(x, y)] = rows[y][x]
    return out


# %% calls
f([[0, 2], [3, 0]])


# %% right: enumerate
def f(rows):
    return {(x, y): cell for y, row in enumerate(rows) for x, cell in enumerate(row) if cell != 0}


# %% wrong: column by column
def f(rows):
    width = max(map(len, rows), default=0)
    return {(x, y): rows[y][x] for x in range(width) for y in range(len(rows)) if x < len(rows[y]) and rows[y][x] != 0}


# %% wrong: as wide as the first row
def f(rows):
    return {(x, y): row[x] for y, row in enumerate(rows) for x in range(min(len(rows[0]), len(row))) if row[x] != 0}
