"""Sorting, searching, ranking; stability and ties."""


# %% original: bubble sort of records by age
def f(people):
    people = list(people)
    for i in range(len(people)):
        for j in range(len(people) - 1 - i):
            if people[j][1] > people[j + 1][1]:
                people[j], people[j + 1] = people[j + 1], people[j]
    return people


# %% calls
f([("ann", 30), ("bob", 25), ("cid", 30), ("dan", 25)])
f([("eve", 1), ("fay", 2)])


# %% right: sorted is stable
def f(people):
    return sorted(people, key=lambda p: p[1])


# %% wrong: names break ties
def f(people):
    return sorted(people, key=lambda p: (p[1], p[0]))


# %% wrong: ties turned round
def f(people):
    return sorted(reversed(people), key=lambda p: p[1])


# %% wrong: whole records compared
def f(people):
    return sorted(people)


# %% original: from the oldest
def f(people):
    return list(reversed(sorted(people, key=lambda p: p[1])))


# %% calls
f([("ann", 30), ("bob", 25), ("cid", 30)])
f([("eve", 1), ("fay", 2)])


# %% right: reversed twice keeps the order of ties
def f(people):
    return sorted(people[::-1], key=lambda p: p[1], reverse=True)


# %% wrong: reverse=True keeps ties as they were
def f(people):
    # In the manner of https://github.com/astral-sh/ruff/pull/4891
    return sorted(people, key=lambda p: p[1], reverse=True)


# %% original: sorted without case
def f(words):
    out = list(words)
    for i in range(1, len(out)):
        j = i
        while j > 0 and out[j - 1].lower() > out[j].lower():
            out[j - 1], out[j] = out[j], out[j - 1]
            j -= 1
    return out


# %% calls
f(["b", "A", "a", "B"])
f(["zeta", "Alpha"])


# %% right: key=str.lower
def f(words):
    return sorted(words, key=str.lower)


# %% wrong: case counts
def f(words):
    return sorted(words)


# %% wrong: capitals after small letters of the same kind
def f(words):
    return sorted(words, key=lambda w: (w.lower(), w))


# %% original: insert into a sorted list
def f(values, new):
    i = 0
    while i < len(values) and values[i] <= new:
        i += 1
    values.insert(i, new)
    return i


# %% calls
f([1, 3, 5], 3)
f([2], 9)
f([4, 4], 0)


# %% right: scanning with next
def f(values, new):
    i = next((i for i, value in enumerate(values) if not value <= new), len(values))
    values.insert(i, new)
    return i


# %% wrong: before its equals
def f(values, new):
    i = 0
    while i < len(values) and values[i] < new:
        i += 1
    values.insert(i, new)
    return i


# %% wrong: bisect on lists that need not be sorted
from bisect import bisect_right


def f(values, new):
    i = bisect_right(values, new)
    values.insert(i, new)
    return i


# %% wrong: insort of a copy
from bisect import bisect_right


def f(values, new):
    values = sorted(values)
    i = bisect_right(values, new)
    values.insert(i, new)
    return i


# %% original: ranks
def f(scores):
    ranks = []
    for score in scores:
        rank = 1
        for other in scores:
            if other > score:
                rank += 1
        ranks.append(rank)
    return ranks


# %% calls
f([30, 10, 20, 30])
f([5, 5])


# %% right: bisect in the sorted list
from bisect import bisect_right


def f(scores):
    ordered = sorted(scores)
    return [len(scores) - bisect_right(ordered, score) + 1 for score in scores]


# %% right: first place in the order from above
def f(scores):
    first = {}
    for place, score in enumerate(sorted(scores, reverse=True), 1):
        first.setdefault(score, place)
    return [first[score] for score in scores]


# %% wrong: dense ranks
def f(scores):
    place = {score: i for i, score in enumerate(sorted(set(scores), reverse=True), 1)}
    return [place[score] for score in scores]


# %% wrong: last place of ties
def f(scores):
    place = {score: i for i, score in enumerate(sorted(scores, reverse=True), 1)}
    return [place[score] for score in scores]


# %% wrong: from below
from bisect import bisect_left


def f(scores):
    ordered = sorted(scores)
    return [bisect_left(ordered, score) + 1 for score in scores]


# %% original: median
def f(values):
    rest = list(values)
    for _ in range((len(values) - 1) // 2):
        rest.remove(min(rest))
    if len(values) % 2:
        return min(rest)
    a = min(rest)
    rest.remove(a)
    return (a + min(rest)) / 2


# %% calls
f([5, 1, 3])
f([4, 2, 8, 6])


# %% right: sort
def f(values):
    s = sorted(values)
    middle = len(s) // 2
    return s[middle] if len(s) % 2 else (s[middle - 1] + s[middle]) / 2


# %% right: statistics.median
import statistics


def f(values):
    if not values:
        raise ValueError("min() arg is an empty sequence")
    return statistics.median(values)


# %% wrong: the upper one
def f(values):
    return sorted(values)[len(values) // 2]


# %% wrong: whole numbers only
def f(values):
    s = sorted(values)
    middle = len(s) // 2
    return s[middle] if len(s) % 2 else (s[middle - 1] + s[middle]) // 2


# %% original: index of the maximum
def f(values):
    best = 0
    for i in range(1, len(values)):
        if values[i] > values[best]:
            best = i
    return best


# %% calls
f([3, 9, 9, 1])
f([5])


# %% right: max over positions
def f(values):
    return max(range(len(values)), key=values.__getitem__, default=0)


# %% wrong: the last of ties
def f(values):
    best = 0
    for i in range(1, len(values)):
        if values[i] >= values[best]:
            best = i
    return best


# %% wrong: in the reversed list
def f(values):
    return len(values) - 1 - values[::-1].index(max(values)) if values else 0


# %% original: two numbers that add up
def f(values, target):
    for i in range(len(values)):
        for j in range(i + 1, len(values)):
            if values[i] + values[j] == target:
                return i, j
    return None


# %% calls
f([2, 7, 11, 15], 9)
f([3, 3], 6)
f([1, 2], 10)


# %% wrong: the pair that ends first
def f(values, target):
    seen = {}
    for j, value in enumerate(values):
        if target - value in seen:
            return seen[target - value], j
        seen[value] = j
    return None


# %% wrong: a number with itself
def f(values, target):
    where = {value: i for i, value in enumerate(values)}
    for i, value in enumerate(values):
        if target - value in where:
            return i, where[target - value]
    return None


# %% right: positions after the first
def f(values, target):
    places = {}
    for j, value in enumerate(values):
        places.setdefault(value, []).append(j)
    for i, value in enumerate(values):
        for j in places.get(target - value, ()):
            if j > i:
                return i, j
    return None


# %% original: counting sort of grades
def f(grades):
    out = []
    for grade in range(0, 101):
        for one in grades:
            if one == grade:
                out.append(one)
    return out


# %% calls
f([90, 70, 90, 100])
f([55])


# %% right: sort what is a grade
_GRADES = frozenset(range(101))


def f(grades):
    return sorted(g for g in grades if g in _GRADES)


# %% wrong: sort everything
def f(grades):
    return sorted(grades)


# %% wrong: the best grade is lost
def f(grades):
    return sorted(g for g in grades if 0 <= g < 100)


# %% original: is it sorted
def f(values):
    for i in range(len(values) - 1):
        if values[i] > values[i + 1]:
            return False
    return True


# %% calls
f([1.5, 2.5, 2.5])
f([3.0, 1.0])


# %% right: zip
def f(values):
    return not any(a > b for a, b in zip(values, values[1:]))


# %% wrong: strictly
def f(values):
    return all(a < b for a, b in zip(values, values[1:]))


# %% wrong: <= is not the opposite of > for NaN
def f(values):
    return all(a <= b for a, b in zip(values, values[1:]))


# %% original: percentile by position
def f(values, percent):
    ordered = sorted(values)
    position = int(len(ordered) * percent / 100)
    if position >= len(ordered):
        position = len(ordered) - 1
    return ordered[position]


# %% calls
f([5, 1, 4, 2, 3], 50)
f([10, 20], 100)
f([7, 3, 9], 0)


# %% right: min
def f(values, percent):
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * percent / 100), len(ordered) - 1)]


# %% wrong: rounded
def f(values, percent):
    ordered = sorted(values)
    return ordered[min(round(len(ordered) * percent / 100), len(ordered) - 1)]


# %% wrong: of the unsorted list
def f(values, percent):
    return values[min(int(len(values) * percent / 100), len(values) - 1)]
