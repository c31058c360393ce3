"""Dicts: totals, counts, keys, records."""


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
