"""Lists, sets, dicts, queues and heaps."""


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


# %% original: totals per key
def f(pairs):
    totals = {}
    for key, value in pairs:
        if key not in totals:
            totals[key] = 0
        totals[key] = totals[key] + value
    return totals


# %% calls
f([("a", 3), ("b", 1), ("a", 4)])
f([("x", 10), ("y", -2), ("x", -10), ("z", 5)])


# %% right: dict.get
def f(pairs):
    totals = {}
    for key, value in pairs:
        totals[key] = totals.get(key, 0) + value
    return totals


# %% right: a defaultdict made plain
from collections import defaultdict


def f(pairs):
    totals = defaultdict(int)
    for key, value in pairs:
        totals[key] += value
    return dict(totals)


# %% wrong: a defaultdict is returned, which invents keys later
from collections import defaultdict


def f(pairs):
    totals = defaultdict(int)
    for key, value in pairs:
        totals[key] += value
    return totals


# %% wrong: sorting and itertools.groupby change the order of keys
from itertools import groupby


def f(pairs):
    ordered = sorted(pairs)
    return {key: sum(v for _, v in group) for key, group in groupby(ordered, key=lambda p: p[0])}


# %% wrong: groupby without sorting forgets earlier groups
from itertools import groupby


def f(pairs):
    return {key: sum(v for _, v in group) for key, group in groupby(pairs, key=lambda p: p[0])}


# %% wrong: the first value of a key is lost
def f(pairs):
    totals = {}
    for key, value in pairs:
        totals[key] = totals[key] + value if key in totals else 0
    return totals


# %% wrong: totals of zero are dropped
def f(pairs):
    totals = {}
    for key, value in pairs:
        totals[key] = totals.get(key, 0) + value
    return {key: total for key, total in totals.items() if total}


# %% original: the most frequent word, the first of ties
def f(words):
    best, most = None, 0
    for word in words:
        count = 0
        for other in words:
            if other == word:
                count += 1
        if count > most:
            best, most = word, count
    return best, most


# %% calls
f(["b", "a", "b", "c"])
f(["x", "y", "y", "x"])
f(["solo"])


# %% right: Counter keeps the order of first sight
from collections import Counter


def f(words):
    if not words:
        return None, 0
    return Counter(words).most_common(1)[0]


# %% right: one pass to count, one to choose
def f(words):
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    best, most = None, 0
    for word, count in counts.items():
        if count > most:
            best, most = word, count
    return best, most


# %% wrong: ties go to the last
def f(words):
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    best, most = None, 0
    for word, count in counts.items():
        if count >= most:
            best, most = word, count
    return best, most


# %% wrong: ties go to the alphabet
def f(words):
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    if not counts:
        return None, 0
    return min(((w, c) for w, c in counts.items()), key=lambda p: (-p[1], p[0]))


# %% wrong: max over a set, whose order is chance
def f(words):
    if not words:
        return None, 0
    best = max(set(words), key=words.count)
    return best, words.count(best)


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


# %% original: invert a mapping
def f(mapping):
    inverse = {}
    for key in mapping.keys():
        value = mapping[key]
        if value in inverse.keys():
            inverse[value].append(key)
        else:
            inverse[value] = [key]
    return inverse


# %% calls
f({"a": 1, "b": 2, "c": 1})
f({"x": 3})


# %% right: setdefault
def f(mapping):
    inverse = {}
    for key, value in mapping.items():
        inverse.setdefault(value, []).append(key)
    return inverse


# %% wrong: the last key wins
def f(mapping):
    return {value: [key] for key, value in mapping.items()}


# %% wrong: all values share one list
def f(mapping):
    inverse = dict.fromkeys(mapping.values(), [])
    for key, value in mapping.items():
        inverse[value].append(key)
    return inverse


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


# %% original: is the order of the keys the same
def f(one, two):
    keys, others = [], []
    for key in one:
        keys.append(key)
    for key in two:
        others.append(key)
    return keys == others


# %% calls
f({"a": 1, "b": 2}, {"a": 5, "b": 6})
f({"a": 1, "b": 2}, {"b": 1, "a": 2})
f({"a": 1}, {"a": 1, "c": 2})


# %% right: lists of the dicts
def f(one, two):
    return list(one) == list(two)


# %% wrong: key views compare as sets
def f(one, two):
    return one.keys() == two.keys()


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


# %% original: last seen position of each value
def f(values):
    positions = {}
    for value in values:
        positions[value] = len(values) - 1 - values[::-1].index(value)
    return positions


# %% calls
f(["a", "b", "a"])
f(["x", "x", "y", "z"])


# %% right: one pass
def f(values):
    return {value: i for i, value in enumerate(values)}


# %% wrong: first seen position
def f(values):
    return {value: i for i, value in reversed(list(enumerate(values)))}


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


# %% original: counts that the table makes as it is asked
from collections import defaultdict


def f(table, words):
    total = 0
    for word in words:
        total += table[word]
    return total


# %% calls
f(defaultdict(int, a=1), ["a", "b"])
f(defaultdict(int, x=5), ["x"])


# %% right: sum
from collections import defaultdict


def f(table, words):
    return sum(table[word] for word in words)


# %% wrong: get makes no entries
from collections import defaultdict


def f(table, words):
    return sum(table.get(word, 0) for word in words)


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


# %% original: the first record of each, by name without case and by place
def f(records):
    kept = []
    for record in records:
        known = False
        for other in kept:
            if other["name"].lower() == record["name"].lower() and other["place"] == record["place"]:
                known = True
                break
        if not known:
            kept.append(record)
    return kept


# %% calls
f([{"name": "Ann", "place": 1}, {"name": "ann", "place": 1}, {"name": "Ann", "place": 2}, {"name": "Bob", "place": 1}])
f([{"name": "Cid", "place": 3}, {"name": "cid", "place": 4}, {"name": "CID", "place": 3}])
f([{"name": "Eve", "place": 5}])


# %% right: both keys of all records, in a set
def f(records):
    kept = []
    kept_keys = set()
    for record in records:
        known = (record["name"].lower(), record["place"]) in kept_keys
        if not known:
            kept.append(record)
            kept_keys.add((record["name"].lower(), record["place"]))
    return kept


# %% wrong: the place does not count
def f(records):
    kept = []
    names = set()
    for record in records:
        if record["name"].lower() not in names:
            kept.append(record)
            names.add(record["name"].lower())
    return kept


# %% original: points of players, some of whom may have none
def f(players):
    return sum(player.get("points", 0) for player in players)


# %% calls
f([{"name": "a", "points": 3}, {"name": "b", "points": 4}])
f([{"name": "c", "points": 0}])
f([{"name": "d", "points": 2}, {"name": "e", "points": 5}, {"name": "f", "points": 1}])


# %% wrong: all of them must have points
def f(players):
    return sum(player["points"] for player in players)
