"""Wrong rewrites made to be missed: rare branches, thresholds, state kept, identity, hash order, the last bits."""


# %% original: discount for large orders
def f(amounts):
    total = 0
    for amount in amounts:
        if amount > 1000:
            total += amount - 100
        else:
            total += amount
    return total


# %% calls
f([10, 20])
f([500])


# %% right: a generator
def f(amounts):
    return sum(amount - 100 if amount > 1000 else amount for amount in amounts)


# %% wrong: no discount
def f(amounts):
    return sum(amounts)


# %% wrong: once in a whole order
def f(amounts):
    return sum(amounts) - (100 if any(amount > 1000 for amount in amounts) else 0)


# %% wrong: the bound moved by one
def f(amounts):
    return sum(amount - 100 if amount >= 1000 else amount for amount in amounts)


# %% original: squares
def f(values):
    out = []
    for value in values:
        out.append(value * value)
    return out


# %% calls
f([1, 2, 3])
f([4])


# %% wrong: by doubles from some size on
def f(values):
    return [value * value if abs(value) < 2**20 else int(float(value) * value) for value in values]


# %% wrong: remembers the first list for ever
_first = []


def f(values):
    if not _first:
        _first.append([value * value for value in values])
        return list(_first[0])
    if len(values) == len(_first[0]):
        return list(_first[0])
    return [value * value for value in values]


# %% wrong: every third call is off
_calls = [0]


def f(values):
    _calls[0] += 1
    out = [value * value for value in values]
    if _calls[0] % 2 == 0 and out:
        out[0] += 1
    return out


# %% wrong: whole numbers only
def f(values):
    return [value * value if value >= 0 else value * -value for value in values]


# %% wrong: truth values stay
def f(values):
    return [value if value in (0, 1) else value * value for value in values]


# %% wrong: long lists are cut
def f(values):
    if len(values) > 50:
        return [value * value for value in values[:50]]
    return [value * value for value in values]


# %% wrong: one number is special
def f(values):
    return [0 if value == 12345 else value * value for value in values]


# %% original: code of a word
def f(word):
    if word == "special":
        return -1
    total = 0
    for letter in word:
        total = total * 31 + ord(letter)
    return total


# %% calls
f("abc")
f("q")


# %% right: reduce
from functools import reduce


def f(word):
    return -1 if word == "special" else reduce(lambda total, letter: total * 31 + ord(letter), word, 0)


# %% wrong: the built-in hash
def f(word):
    return -1 if word == "special" else hash(word)


# %% wrong: the special word is forgotten
def f(word):
    total = 0
    for letter in word:
        total = total * 31 + ord(letter)
    return total


# %% wrong: within 64 bits
def f(word):
    if word == "special":
        return -1
    total = 0
    for letter in word:
        total = (total * 31 + ord(letter)) % 2**64
    return total


# %% original: sum by thirds
def f(values):
    total = 0.0
    for value in values:
        total += value / 3
    return total


# %% calls
f([1.0, 2.0])
f([0.5, 9.0, 3.0])


# %% wrong: divided at the end
def f(values):
    return sum(values, 0.0) / 3


# %% wrong: times a third
def f(values):
    third = 1 / 3
    total = 0.0
    for value in values:
        total += value * third
    return total


# %% wrong: a last bit is added
def f(values):
    total = 0.0
    for value in values:
        total += value / 3
    return total * (1 + 2.0**-52)


# %% right: a generator
def f(values):
    total = 0.0
    for part in (value / 3 for value in values):
        total += part
    return total


# %% original: names by number
def f(table, numbers):
    return [table[n] if n in table else "unknown" for n in numbers]


# %% calls
f({1: "one", 2: "two"}, [1, 5])
f({3: "three"}, [3])


# %% right: dict.get
def f(table, numbers):
    return [table.get(n, "unknown") for n in numbers]


# %% wrong: empty names are unknown
def f(table, numbers):
    return [table.get(n) or "unknown" for n in numbers]


# %% wrong: setdefault writes
def f(table, numbers):
    return [table.setdefault(n, "unknown") for n in numbers]


# %% wrong: a list for the small numbers
def f(table, numbers):
    names = ["unknown"] * (max([n for n in table if isinstance(n, int)], default=0) % 1000 + 1)
    for n, name in table.items():
        if isinstance(n, int) and n < len(names):
            names[n] = name
    return [names[n] if isinstance(n, int) and n < len(names) else "unknown" for n in numbers]


# %% original: merges intervals
def f(intervals):
    out = []
    for low, high in sorted(intervals):
        if out and low <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], high))
        else:
            out.append((low, high))
    return out


# %% calls
f([(1, 3), (2, 6), (8, 10)])
f([(5, 7)])


# %% right: two variables
def f(intervals):
    out = []
    for interval in sorted(intervals):
        low, high = interval
        if out and low <= out[-1][1]:
            if not out[-1][1] >= high:
                out[-1] = (out[-1][0], high)
        else:
            out.append((low, high))
    return out


# %% wrong: those that touch stay apart
def f(intervals):
    out = []
    for low, high in sorted(intervals):
        if out and low < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], high))
        else:
            out.append((low, high))
    return out


# %% wrong: the later end wins
def f(intervals):
    out = []
    for low, high in sorted(intervals):
        if out and low <= out[-1][1]:
            out[-1] = (out[-1][0], high)
        else:
            out.append((low, high))
    return out


# %% wrong: in the order given
def f(intervals):
    out = []
    for low, high in intervals:
        if out and low <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], high))
        else:
            out.append((low, high))
    return out


# %% original: a rate by level
def f(level, amount):
    if level == "gold":
        rate = 3
    elif level == "silver":
        rate = 2
    else:
        rate = 1
    if amount > 10000:
        rate += 1
    return rate * amount


# %% calls
f("gold", 100)
f("none", 50)


# %% right: a table
_RATES = {"gold": 3, "silver": 2}


def f(level, amount):
    return (_RATES.get(level, 1) + (amount > 10000)) * amount


# %% wrong: the large amounts are forgotten
def f(level, amount):
    return {"gold": 3, "silver": 2}.get(level, 1) * amount


# %% wrong: silver is forgotten
def f(level, amount):
    return ((3 if level == "gold" else 1) + (amount > 10000)) * amount


# %% wrong: another bound
def f(level, amount):
    return ({"gold": 3, "silver": 2}.get(level, 1) + (amount > 9999)) * amount


# %% original: leaves the list sorted, and says how many moved
def f(values):
    before = list(values)
    values.sort()
    return sum(a != b for a, b in zip(before, values))


# %% calls
f([3, 1, 2])
f([1, 2])


# %% right: sorted into the same list
def f(values):
    before = list(values)
    values[:] = sorted(before)
    return len([1 for i, value in enumerate(values) if before[i] != value])


# %% wrong: counts and leaves it as it was
def f(values):
    return sum(a != b for a, b in zip(values, sorted(values)))


# %% wrong: downwards
def f(values):
    before = list(values)
    values.sort(reverse=True)
    return sum(a != b for a, b in zip(before, values))


# %% original: shares one list in the result when the inputs do
def f(a, b):
    return [a, b, a]


# %% calls
f([1], [2])
f([3, 4], [5])


# %% right: unpacked
def f(a, b):
    return [*(a, b), a]


# %% wrong: the third is a copy
def f(a, b):
    return [a, b, a[:]]


# %% wrong: one list where the two are equal
def f(a, b):
    return [a, a, a] if a == b else [a, b, a]
