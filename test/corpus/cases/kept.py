"""Results that are kept too long: keys that are equal and not the same, methods of objects that change, deep recursion."""

import functools


# %% original: labels of values
def f(values):
    out = []
    for value in values:
        out.append("<%r>" % (value,))
    return out


# %% calls
f([1, 2, 3])
f([True, 2.5, 1.0])


# %% wrong: 1.0 and True are one key
@functools.lru_cache(maxsize=None)
def label(value):
    return "<%r>" % (value,)


def f(values):
    return [label(value) for value in values]


# %% right: nothing is kept
def f(values):
    return ["<%r>" % (value,) for value in values]


# %% original: half of a number
def f(value):
    return value / 2 if isinstance(value, float) else value // 2


# %% calls
f(4)
f(9.0)


# %% wrong: a table that takes 4 for 4.0
table = {}


def f(value):
    if value not in table:
        table[value] = value / 2 if isinstance(value, float) else value // 2
    return table[value]


# %% right: the type is asked for once
def f(value):
    return (value / 2) if type(value) is float or isinstance(value, float) else value // 2


# %% original: a price with a rate
class Shop:
    def __init__(self, rate):
        self.rate = rate

    def f(self, n):
        total = 0
        for _ in range(n):
            total += self.rate
        return total


# %% calls
shop = Shop(3)
shop.f(2)
shop.f(4)


# %% wrong: kept on the method
class Shop:
    def __init__(self, rate):
        self.rate = rate

    @functools.lru_cache(maxsize=None)
    def f(self, n):
        return n * self.rate if n > 0 else 0


# %% wrong: kept on the object
class Shop:
    def __init__(self, rate):
        self.rate = rate

    def f(self, n):
        kept = self.__dict__.setdefault("_kept", {})
        if n not in kept:
            kept[n] = n * self.rate if n > 0 else 0
        return kept[n]


# %% original: sum of numbers below
def f(n):
    total = 0
    for i in range(n):
        total += i
    return total


# %% calls
f(5)
f(12)


# %% wrong: recursion, which has an end
def f(n):
    return 0 if n <= 0 else n - 1 + f(n - 1)


# %% wrong: a formula that knows no negative numbers
def f(n):
    return n * (n - 1) // 2


# %% right: a formula
def f(n):
    return n * (n - 1) // 2 if n > 0 else 0


# %% original: sum of a list
def f(values):
    total = 0
    for value in values:
        total += value
    return total


# %% calls
f([0.5, 1.25, 2.0])


# %% wrong: recursion over the rest of it
def f(values):
    return 0 if not values else values[0] + f(values[1:])


# %% wrong: recursion by halves, in another order
def f(values):
    if len(values) < 2:
        return 0 + values[0] if values else 0
    half = len(values) // 2
    return f(values[:half]) + f(values[half:])


# %% original: checked, and then added
def f(account, amounts):
    for amount in amounts:
        if amount < 0:
            raise ValueError("negative: %r" % amount)
        account.append(amount)
    return len(account)


# %% calls
f([1], [2, 3])


# %% wrong: all are checked before any is added
def f(account, amounts):
    for amount in amounts:
        if amount < 0:
            raise ValueError("negative: %r" % amount)
    account.extend(amounts)
    return len(account)


# %% wrong: another message
def f(account, amounts):
    for amount in amounts:
        if amount < 0:
            raise ValueError("negative amount")
        account.append(amount)
    return len(account)


# %% wrong: with a cause
def f(account, amounts):
    for amount in amounts:
        try:
            assert amount >= 0
        except AssertionError as error:
            raise ValueError("negative: %r" % amount) from error
        account.append(amount)
    return len(account)


# %% right: a local name
def f(account, amounts):
    add = account.append
    for amount in amounts:
        if amount < 0:
            raise ValueError("negative: %r" % amount)
        add(amount)
    return len(account)
