"""Exceptions, warnings, output, truth of values, identity, order of evaluation."""


# %% original: parse what can be parsed
def f(texts):
    numbers = []
    for text in texts:
        try:
            numbers.append(int(text))
        except ValueError:
            numbers.append(0)
    return numbers


# %% calls
f(["1", "x", "3"])
f(["-7"])


# %% right: a helper
def _number(text):
    try:
        return int(text)
    except ValueError:
        return 0


def f(texts):
    return [_number(text) for text in texts]


# %% wrong: everything is swallowed
def f(texts):
    numbers = []
    for text in texts:
        try:
            numbers.append(int(text))
        except Exception:
            numbers.append(0)
    return numbers


# %% wrong: isdigit for int
def f(texts):
    return [int(text) if text.isdigit() else 0 for text in texts]


# %% wrong: one failure ends all
def f(texts):
    numbers = []
    try:
        for text in texts:
            numbers.append(int(text))
    except ValueError:
        numbers.append(0)
    return numbers


# %% original: look up, with a word of complaint
def f(table, key):
    if key not in table:
        raise KeyError("no entry for " + key)
    return table[key]


# %% calls
f({"a": 1, "b": 2}, "a")
f({"x": 3}, "x")


# %% right: one look-up
_NONE = object()


def f(table, key):
    value = table.get(key, _NONE)
    if value is _NONE:
        raise KeyError("no entry for " + key)
    return value


# %% wrong: plain KeyError
def f(table, key):
    return table[key]


# %% wrong: None for nothing
def f(table, key):
    return table.get(key)


# %% wrong: LookupError
def f(table, key):
    if key not in table:
        raise LookupError("no entry for " + key)
    return table[key]


# %% wrong: the context is hidden, but there
def f(table, key):
    try:
        return table[key]
    except KeyError:
        raise KeyError("no entry for " + key) from None


# %% wrong: with a context
def f(table, key):
    try:
        return table[key]
    except KeyError:
        raise KeyError("no entry for " + key)


# %% original: warns of negative numbers
import warnings


def f(values):
    total = 0
    for value in values:
        if value < 0:
            warnings.warn("negative value")
        total += value
    return total


# %% calls
f([1, 2])
f([3, -1])


# %% right: the same warning for each
import warnings


def f(values):
    for _ in [v for v in values if v < 0]:
        warnings.warn("negative value")
    return sum(values)


# %% wrong: one warning for all
import warnings


def f(values):
    if any(v < 0 for v in values):
        warnings.warn("negative value")
    return sum(values)


# %% wrong: another category
import warnings


def f(values):
    for v in values:
        if v < 0:
            warnings.warn("negative value", RuntimeWarning)
    return sum(values)


# %% wrong: nothing is said
def f(values):
    return sum(values)


# %% original: prints as it computes
def f(values):
    for value in values:
        print("value", value)
        if value < 0:
            raise ValueError("negative")
    print("done")


# %% calls
f([1, 2])
f([3])


# %% right: one write where nothing is negative
def f(values):
    n = next((i for i, value in enumerate(values) if value < 0), None)
    for value in values[: len(values) if n is None else n + 1]:
        print("value", value)
    if n is not None:
        raise ValueError("negative")
    print("done")


# %% wrong: checked before anything is printed
def f(values):
    if any(value < 0 for value in values):
        raise ValueError("negative")
    for value in values:
        print("value", value)
    print("done")


# %% wrong: buffered text is lost when it raises
def f(values):
    lines = []
    for value in values:
        lines.append("value %s" % value)
        if value < 0:
            raise ValueError("negative")
    lines.append("done")
    print("\n".join(lines))


# %% wrong: another order of lines
def f(values):
    for value in sorted(values):
        print("value", value)
        if value < 0:
            raise ValueError("negative")
    print("done")


# %% original: first true value
def f(values, default):
    for value in values:
        if value is not None:
            return value
    return default


# %% calls
f([None, 3, None], 7)
f([None], 1)
f([5], 2)


# %% right: next
def f(values, default):
    return next((value for value in values if value is not None), default)


# %% wrong: zero is false
def f(values, default):
    return next((value for value in values if value), default)


# %% wrong: `or` takes the default for zero
def f(values, default):
    return next((value for value in values if value is not None), None) or default


# %% original: discount with a limit
def f(price, discount=None):
    if discount is None:
        discount = 10
    return price - discount


# %% calls
f(100)
f(50, 5)
f(20, None)


# %% right: a conditional expression
def f(price, discount=None):
    return price - (10 if discount is None else discount)


# %% wrong: no discount is the usual discount
def f(price, discount=None):
    return price - (discount or 10)


# %% wrong: the default is given in the signature only
def f(price, discount=10):
    return price - discount


# %% original: both sides are evaluated
def f(stack, other):
    a = stack.pop() > 2
    b = other.pop() > 2
    return a and b


# %% calls
f([1, 5], [4, 3])
f([1], [9])


# %% right: in one expression that evaluates both
def f(stack, other):
    return all([stack.pop() > 2, other.pop() > 2])


# %% wrong: `and` stops at the first
def f(stack, other):
    return stack.pop() > 2 and other.pop() > 2


# %% wrong: the other one first
def f(stack, other):
    b = other.pop() > 2
    return stack.pop() > 2 and b


# %% original: equal, not identical
def f(values, wanted):
    for i in range(len(values)):
        if values[i] == wanted:
            return i
    return -1


# %% calls
f([1000, 2000], 2000)
f([5], 6)


# %% right: index with a try
def f(values, wanted):
    try:
        return values.index(wanted)
    except ValueError:
        return -1


# %% wrong: identity
def f(values, wanted):
    for i, value in enumerate(values):
        if value is wanted:
            return i
    return -1


# %% wrong: from the end
def f(values, wanted):
    for i in range(len(values) - 1, -1, -1):
        if values[i] == wanted:
            return i
    return -1


# %% wrong: bisect on what need not be sorted
from bisect import bisect_left


def f(values, wanted):
    i = bisect_left(values, wanted)
    return i if i < len(values) and values[i] == wanted else -1


# %% original: finds a float
def f(values, wanted):
    for i in range(len(values)):
        if values[i] == wanted:
            return i
    return -1


# %% calls
f([0.5, 2.5], 2.5)
f([1.5], 3.5)


# %% wrong: index finds NaN by identity
def f(values, wanted):
    try:
        return values.index(wanted)
    except ValueError:
        return -1


# %% original: counts of true and of one
def f(flags):
    seen = []
    for flag in flags:
        if flag is True:
            seen.append("yes")
        elif flag == 1:
            seen.append("one")
        else:
            seen.append("no")
    return seen


# %% calls
f([True, 1, 0, False])
f([1, True])


# %% wrong: True is equal to 1
def f(flags):
    names = {True: "yes", False: "no"}
    return [names.get(flag, "no") for flag in flags]


# %% right: a conditional expression
def f(flags):
    return ["yes" if flag is True else "one" if flag == 1 else "no" for flag in flags]


# %% original: closes what it opened, whatever happens
class Handle:
    def __init__(self):
        self.state = []


def f(handle, values):
    handle.state.append("open")
    try:
        total = 0
        for value in values:
            total += 10 // value
        return total
    finally:
        handle.state.append("closed")


# %% calls
f(Handle(), [1, 2])
f(Handle(), [5])


# %% wrong: stays open when it raises
class Handle:
    def __init__(self):
        self.state = []


def f(handle, values):
    handle.state.append("open")
    total = sum(10 // value for value in values)
    handle.state.append("closed")
    return total


# %% right: sum in the try
class Handle:
    def __init__(self):
        self.state = []


def f(handle, values):
    handle.state.append("open")
    try:
        return sum(10 // value for value in values)
    finally:
        handle.state.append("closed")


# %% original: writes to both streams
import sys


def f(values):
    for value in values:
        if value < 0:
            print("bad", value, file=sys.stderr)
        else:
            print("good", value)


# %% calls
f([1, -2, 3])
f([4])


# %% wrong: complaints to stdout
def f(values):
    for value in values:
        print("bad" if value < 0 else "good", value)


# %% right: a stream for each line
import sys


def f(values):
    for value in values:
        word, stream = ("bad", sys.stderr) if value < 0 else ("good", sys.stdout)
        stream.write("%s %s\n" % (word, value))


# %% original: an assertion guards the sum
def f(shares):
    total = 0
    for share in shares:
        assert share >= 0, "share below zero"
        total += share
    return total


# %% calls
f([1, 2])
f([0, 5])


# %% wrong: the assertion is gone
def f(shares):
    return sum(shares)


# %% wrong: another type of exception
def f(shares):
    if any(share < 0 for share in shares):
        raise ValueError("share below zero")
    return sum(shares)


# %% right: checked in a comprehension
def f(shares):
    for share in shares:
        assert not share < 0, "share below zero"
    return sum(shares)
