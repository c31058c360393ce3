"""Lists, sets, queues and heaps."""


# %% original: values that both lists hold
def f(left, right):
    found = []
    for x in left:
        if x in right and x not in found:
            found.append(x)
    return found


# %% calls
f(["b", "a", "b", "d"], ["d", "b", "x"])
f(["k", "m"], ["m", "m", "k"])
f(["q"], ["z"])


# %% right: a set for each membership test
def f(left, right):
    wanted, seen, found = set(right), set(), []
    for x in left:
        if x in wanted and x not in seen:
            seen.add(x)
            found.append(x)
    return found


# %% right: unique by dict, then a filter
def f(left, right):
    wanted = set(right)
    return [x for x in dict.fromkeys(left) if x in wanted]


# %% wrong: duplicates kept
def f(left, right):
    wanted = set(right)
    return [x for x in left if x in wanted]


# %% wrong: order of the intersection of sets
def f(left, right):
    return list(set(left) & set(right))


# %% wrong: order of the other list
def f(left, right):
    wanted = set(left)
    return [x for x in dict.fromkeys(right) if x in wanted]


# %% original: a queue served from the front
def f(jobs, limit):
    queue = list(jobs)
    done = []
    while queue and len(done) < limit:
        job = queue.pop(0)
        done.append(job)
        if job > 10:
            queue.append(job // 2)
    return done


# %% calls
f([5, 23, 8], 10)
f([100], 4)
f([1, 2, 3], 2)


# %% right: a deque
from collections import deque


def f(jobs, limit):
    queue = deque(jobs)
    done = []
    while queue and len(done) < limit:
        job = queue.popleft()
        done.append(job)
        if job > 10:
            queue.append(job // 2)
    return done


# %% right: an index moves along the list
def f(jobs, limit):
    queue = list(jobs)
    done = []
    at = 0
    while at < len(queue) and len(done) < limit:
        job = queue[at]
        at += 1
        done.append(job)
        if job > 10:
            queue.append(job // 2)
    return done


# %% wrong: served from the back
def f(jobs, limit):
    queue = list(jobs)
    done = []
    while queue and len(done) < limit:
        job = queue.pop()
        done.append(job)
        if job > 10:
            queue.append(job // 2)
    return done


# %% wrong: the caller's list is emptied
def f(jobs, limit):
    done = []
    while jobs and len(done) < limit:
        job = jobs.pop(0)
        done.append(job)
        if job > 10:
            jobs.append(job // 2)
    return done


# %% wrong: the limit is checked too late
from collections import deque


def f(jobs, limit):
    queue = deque(jobs)
    done = []
    while queue:
        job = queue.popleft()
        done.append(job)
        if len(done) >= limit:
            break
        if job > 10:
            queue.append(job // 2)
    return done


# %% original: the k smallest
def f(values, k):
    rest = list(values)
    smallest = []
    while rest and len(smallest) < k:
        low = rest[0]
        for value in rest:
            if value < low:
                low = value
        smallest.append(low)
        rest.remove(low)
    return smallest


# %% calls
f([5, 1, 4, 1, 3], 3)
f([2, 9], 5)
f([7, 7, 0], 1)


# %% right: heapq.nsmallest
import heapq


def f(values, k):
    return heapq.nsmallest(k, values)


# %% right: sort and cut
def f(values, k):
    return sorted(values)[: max(k, 0)]


# %% wrong: a negative k cuts from the end
def f(values, k):
    return sorted(values)[:k]


# %% wrong: duplicates lost
def f(values, k):
    return sorted(set(values))[: max(k, 0)]


# %% wrong: a heap without heapify
import heapq


def f(values, k):
    heap = list(values)
    return [heapq.heappop(heap) for _ in range(min(max(k, 0), len(heap)))]


# %% original: remove in place what is too small
def f(values, least):
    i = 0
    while i < len(values):
        if values[i] < least:
            del values[i]
        else:
            i += 1
    return len(values)


# %% calls
f([1, 5, 2, 8], 3)
f([4, 4], 5)
f([9, 1, 1], 1)


# %% right: slice assignment keeps the same list
def f(values, least):
    values[:] = [v for v in values if not v < least]
    return len(values)


# %% wrong: a new list, the caller's stays
def f(values, least):
    values = [v for v in values if not v < least]
    return len(values)


# %% wrong: neighbours are skipped while deleting
def f(values, least):
    for i, value in enumerate(values):
        if value < least:
            del values[i]
    return len(values)


# %% wrong: the bound itself goes too
def f(values, least):
    values[:] = [v for v in values if v > least]
    return len(values)


# %% original: merge two sorted lists
def f(a, b):
    out = []
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] <= b[j]:
            out.append(a[i])
            i += 1
        else:
            out.append(b[j])
            j += 1
    return out + a[i:] + b[j:]


# %% calls
f([1, 4, 9], [2, 3, 10])
f([5], [])
f([2, 2], [2])


# %% right: heapq.merge does the same, also on lists that are not sorted
import heapq


def f(a, b):
    return list(heapq.merge(a, b))


# %% wrong: sorted() differs where the lists were not sorted
def f(a, b):
    return sorted(a + b)


# %% original: rotate to the right
def f(items, k):
    items = list(items)
    for _ in range(k % len(items) if items else 0):
        items.insert(0, items.pop())
    return items


# %% calls
f([1, 2, 3, 4], 1)
f([1, 2, 3], 5)
f([7], 3)


# %% right: two slices
def f(items, k):
    k = k % len(items) if items else 0
    return list(items[len(items) - k :]) + list(items[: len(items) - k])


# %% right: deque.rotate
from collections import deque


def f(items, k):
    turned = deque(items)
    if turned:
        turned.rotate(k % len(turned))
    return list(turned)


# %% wrong: -0 takes the whole list twice
def f(items, k):
    k = k % len(items) if items else 0
    return list(items[-k:]) + list(items[: len(items) - k])


# %% wrong: to the left
def f(items, k):
    k = k % len(items) if items else 0
    return list(items[k:]) + list(items[:k])


# %% original: flatten one level
def f(rows):
    out = []
    for row in rows:
        out = out + row
    return out


# %% calls
f([[1, 2], [3], []])
f([[4, 5, 6]])


# %% right: a comprehension
def f(rows):
    return [x for row in rows for x in row]


# %% right: itertools.chain
from itertools import chain


def f(rows):
    return list(chain.from_iterable(rows))


# %% wrong: the first row grows in the caller's hands
def f(rows):
    if not rows:
        return []
    out = rows[0]
    for row in rows[1:]:
        out += row
    return out


# %% wrong: empty rows come out as None
def f(rows):
    return [x for row in rows for x in (row or [None])]


# %% original: chunks of a list
def f(items, size):
    chunks = []
    chunk = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            chunks.append(chunk)
            chunk = []
    if chunk:
        chunks.append(chunk)
    return chunks


# %% calls
f([1, 2, 3, 4, 5], 2)
f([1, 2, 3], 3)
f([9, 8], 7)


# %% right: slices, and all in one where no size fits
def f(items, size):
    if size < 1:
        return [list(items)] if items else []
    return [items[i : i + size] for i in range(0, len(items), size)]


# %% wrong: the rest is dropped
def f(items, size):
    if size < 1:
        return [list(items)] if items else []
    return [list(c) for c in zip(*[iter(items)] * size)]


# %% wrong: size 0 raises
def f(items, size):
    return [items[i : i + size] for i in range(0, len(items), size)]


# %% original: symmetric difference by lists
def f(a, b):
    out = [x for x in a if x not in b]
    for y in b:
        if y not in a:
            out.append(y)
    return out


# %% calls
f([1, 2, 3], [3, 4])
f([5, 5], [6, 6])


# %% right: sets beside
def f(a, b):
    in_a, in_b = set(a), set(b)
    return [x for x in a if x not in in_b] + [y for y in b if y not in in_a]


# %% wrong: a set operation, sorted
def f(a, b):
    return sorted(set(a) ^ set(b))


# %% original: windows that add up
def f(values, width, target):
    count = 0
    if width < 1:
        return -1
    for i in range(len(values) - width + 1):
        if sum(values[i : i + width]) == target:
            count += 1
    return count


# %% calls
f([1, 2, 3, 2, 1], 2, 5)
f([4, 4, 4], 1, 4)
f([1, 1], 3, 2)


# %% right: a sliding sum
def f(values, width, target):
    if width < 1:
        return -1
    running, count = 0, 0
    for i in range(len(values)):
        running += values[i] - (values[i - width] if i >= width else 0)
        count += i >= width - 1 and running == target
    return count


# %% right: prefix sums
from itertools import accumulate


def f(values, width, target):
    if width < 1:
        return -1
    sums = list(accumulate(values, initial=0))
    return sum(sums[i + width] - sums[i] == target for i in range(len(values) - width + 1))


# %% wrong: the last window is left out
from itertools import accumulate


def f(values, width, target):
    if width < 1:
        return -1
    sums = list(accumulate(values, initial=0))
    return sum(sums[i + width] - sums[i] == target for i in range(len(values) - width))


# %% original: distinct numbers in order
def f(values):
    out = []
    for value in sorted(values):
        if not out or out[-1] != value:
            out.append(value)
    return out


# %% calls
f([3, 1, 3, 2])
f([7, 7])


# %% right: a sorted set
def f(values):
    return sorted(set(values))


# %% wrong: a set of small numbers looks sorted
def f(values):
    return list(set(values))
