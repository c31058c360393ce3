"""Recursion, dynamic programming and trees."""


# %% original: ways up a staircase
def f(steps, sizes):
    if steps == 0:
        return 1
    total = 0
    for size in sizes:
        if 0 < size <= steps <= 15:
            total += f(steps - size, sizes)
    return total


# %% calls
f(5, [1, 2])
f(4, [1, 3, 5])


# %% right: a table from below
def f(steps, sizes):
    if steps < 0 or steps > 15:
        return 0
    ways = [1] + [0] * steps
    for i in range(1, steps + 1):
        ways[i] = sum(ways[i - size] for size in sizes if 0 < size <= i)
    return ways[steps]


# %% right: memory
def f(steps, sizes):
    known = {}

    def ways(steps):
        if steps == 0:
            return 1
        if steps not in known:
            known[steps] = sum(ways(steps - s) for s in sizes if 0 < s <= steps <= 15)
        return known[steps]

    return ways(steps)


# %% wrong: order does not count
def f(steps, sizes):
    if steps < 0 or steps > 15:
        return 0
    ways = [1] + [0] * steps
    for size in sizes:
        for i in range(size, steps + 1):
            if size > 0:
                ways[i] += ways[i - size]
    return ways[steps]


# %% wrong: the memory outlives the sizes
_known = {}


def f(steps, sizes):
    if steps == 0:
        return 1
    if steps not in _known:
        _known[steps] = sum(f(steps - s, sizes) for s in sizes if 0 < s <= steps <= 15)
    return _known[steps]


# %% original: longest common subsequence
def f(a, b):
    if not a or not b or len(a) > 8 or len(b) > 8:
        return 0
    if a[0] == b[0]:
        return 1 + f(a[1:], b[1:])
    return max(f(a[1:], b), f(a, b[1:]))


# %% calls
f("abcd", "acbd")
f("xyz", "zyx")


# %% right: a table
def f(a, b):
    if len(a) > 8 or len(b) > 8:
        return 0
    row = [0] * (len(b) + 1)
    for x in a:
        before = row[:]
        for j, y in enumerate(b):
            row[j + 1] = before[j] + 1 if x == y else max(row[j], before[j + 1])
    return row[-1]


# %% wrong: common substring
def f(a, b):
    if len(a) > 8 or len(b) > 8:
        return 0
    best = 0
    row = [0] * (len(b) + 1)
    for x in a:
        before = row[:]
        for j, y in enumerate(b):
            row[j + 1] = before[j] + 1 if x == y else 0
            best = max(best, row[j + 1])
    return best


# %% wrong: letters in common
from collections import Counter


def f(a, b):
    return sum((Counter(a) & Counter(b)).values()) if len(a) <= 8 and len(b) <= 8 else 0


# %% original: depth of a tree of lists
def f(tree):
    if not isinstance(tree, list):
        return 0
    deepest = 0
    for child in tree:
        deepest = max(deepest, f(child))
    return deepest + 1


# %% calls
f([1, [2, [3]], []])
f([])


# %% right: with a stack
def f(tree):
    deepest, stack = 0, [(tree, 1)]
    while stack:
        node, depth = stack.pop()
        if isinstance(node, list):
            deepest = max(deepest, depth)
            stack.extend((child, depth + 1) for child in node)
    return deepest


# %% wrong: only the first branch
def f(tree):
    depth = 0
    while isinstance(tree, list):
        depth += 1
        tree = tree[0] if tree else None
    return depth


# %% wrong: an empty list has no depth
def f(tree):
    if not isinstance(tree, list) or not tree:
        return 0
    return 1 + max(f(child) for child in tree)


# %% original: sum of a nested dict
def f(node):
    total = node.get("value", 0)
    for child in node.get("children", []):
        total += f(child)
    return total


# %% calls
f({"value": 1, "children": [{"value": 2}, {"children": [{"value": 4}]}]})
f({"value": 5})


# %% right: a loop with a stack
def f(node):
    total, stack = 0, [node]
    while stack:
        one = stack.pop()
        total += one.get("value", 0)
        stack.extend(one.get("children", []))
    return total


# %% wrong: leaves only
def f(node):
    children = node.get("children", [])
    return sum(map(f, children)) if children else node.get("value", 0)


# %% wrong: children are taken out of the caller's tree
def f(node):
    total, stack = 0, [node]
    while stack:
        one = stack.pop()
        total += one.get("value", 0)
        stack.extend(one.pop("children", []))
    return total


# %% original: knapsack
def f(items, room):
    if not items or room <= 0 or len(items) > 10:
        return 0
    weight, value = items[0]
    best = f(items[1:], room)
    if 0 < weight <= room:
        best = max(best, value + f(items[1:], room - weight))
    return best


# %% calls
f([(2, 3), (3, 4), (4, 5)], 5)
f([(1, 1), (5, 9)], 4)


# %% right: over reachable weights
def f(items, room):
    if len(items) > 10 or room <= 0:
        return 0
    best = {0: 0}
    for weight, value in items:
        if 0 < weight <= room:
            for used, worth in list(best.items()):
                if used + weight <= room:
                    best[used + weight] = max(best.get(used + weight, worth + value), worth + value)
    return max(best.values())


# %% wrong: the best value for its weight first
def f(items, room):
    if len(items) > 10:
        return 0
    total = 0
    for weight, value in sorted(items, key=lambda i: -i[1] / i[0] if i[0] else 0):
        if 0 < weight <= room and value > 0:
            total += value
            room -= weight
    return total


# %% wrong: each item as often as it fits
def f(items, room):
    if not items or room <= 0 or len(items) > 10:
        return 0
    best = 0
    for weight, value in items:
        if 0 < weight <= min(room, 30):
            best = max(best, value + f(items, room - weight)) if room <= 30 else best
    return best


# %% original: binary search by recursion
def f(values, wanted, low=0, high=None):
    if high is None:
        high = len(values)
    if low >= high:
        return -1
    middle = (low + high) // 2
    if values[middle] == wanted:
        return middle
    if values[middle] < wanted:
        return f(values, wanted, middle + 1, high)
    return f(values, wanted, low, middle)


# %% calls
f([1, 3, 5, 7], 5)
f([2, 4], 3)


# %% right: a loop
def f(values, wanted, low=0, high=None):
    high = len(values) if high is None else high
    while low < high:
        middle = (low + high) // 2
        if values[middle] == wanted:
            return middle
        if values[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return -1


# %% wrong: bisect finds the first of equals
from bisect import bisect_left


def f(values, wanted, low=0, high=None):
    high = len(values) if high is None else high
    i = bisect_left(values, wanted, low, high)
    return i if i < high and values[i] == wanted else -1


# %% wrong: high given as 0 is taken for none
def f(values, wanted, low=0, high=None):
    high = high or len(values)
    while low < high:
        middle = (low + high) // 2
        if values[middle] == wanted:
            return middle
        if values[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return -1


# %% original: edit distance
def f(a, b):
    if not a:
        return len(b)
    if not b:
        return len(a)
    if len(a) > 6 or len(b) > 6:
        return abs(len(a) - len(b))
    if a[0] == b[0]:
        return f(a[1:], b[1:])
    return 1 + min(f(a[1:], b), f(a, b[1:]), f(a[1:], b[1:]))


# %% calls
f("cat", "cut")
f("abc", "yabd")


# %% right: a table
def f(a, b):
    if a and b and (len(a) > 6 or len(b) > 6):
        return abs(len(a) - len(b))
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        corner, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            corner, row[j] = row[j], corner if x == y else 1 + min(row[j], row[j - 1], corner)
    return row[-1]


# %% wrong: no substitution
def f(a, b):
    if a and b and (len(a) > 6 or len(b) > 6):
        return abs(len(a) - len(b))
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        corner, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            corner, row[j] = row[j], corner if x == y else 1 + min(row[j], row[j - 1])
    return row[-1]


# %% original: maximum sum of neighbours in a row
def f(values):
    best = 0
    for i in range(len(values)):
        for j in range(i, len(values)):
            total = sum(values[i : j + 1])
            if total > best:
                best = total
    return best


# %% calls
f([1, -2, 3, 4, -1])
f([-5, -1])


# %% right: Kadane
def f(values):
    best = current = 0
    for value in values:
        current = max(0, current + value)
        best = max(best, current)
    return best


# %% wrong: at least one number
def f(values):
    best = current = values[0] if values else 0
    for value in values[1:]:
        current = max(value, current + value)
        best = max(best, current)
    return best


# %% original: permutations in the order of recursion
def f(items):
    if len(items) > 5:
        return []
    if len(items) <= 1:
        return [list(items)]
    out = []
    for i in range(len(items)):
        for rest in f(items[:i] + items[i + 1 :]):
            out.append([items[i]] + rest)
    return out


# %% calls
f([1, 2, 3])
f(["a"])


# %% right: itertools
from itertools import permutations


def f(items):
    return [list(p) for p in permutations(items)] if len(items) <= 5 else []


# %% wrong: tuples
from itertools import permutations


def f(items):
    return list(permutations(items)) if len(items) <= 5 else []


# %% wrong: each arrangement once
from itertools import permutations


def f(items):
    return [list(p) for p in dict.fromkeys(permutations(items))] if len(items) <= 5 else []
