"""Classes, methods, properties, dataclasses, closures."""


# %% original: a stack that knows its minimum
class Stack:
    def __init__(self, values=()):
        self.values = list(values)

    def f(self, value):
        self.values.append(value)
        low = self.values[0]
        for v in self.values:
            if v < low:
                low = v
        return low


# %% calls
s = Stack([3])
s.f(5)
s.f(1)


# %% right: min
class Stack:
    def __init__(self, values=()):
        self.values = list(values)

    def f(self, value):
        self.values.append(value)
        return min(self.values)


# %% wrong: the minimum before
class Stack:
    def __init__(self, values=()):
        self.values = list(values)

    def f(self, value):
        low = min(self.values, default=value)
        self.values.append(value)
        return low


# %% wrong: the value is put first
class Stack:
    def __init__(self, values=()):
        self.values = list(values)

    def f(self, value):
        self.values.insert(0, value)
        return min(self.values)


# %% wrong: a new list each time
class Stack:
    def __init__(self, values=()):
        self.values = list(values)

    def f(self, value):
        held = self.values
        self.values = held + [value]
        return min(self.values)


# %% original: an account
class Account:
    def __init__(self, balance):
        self.balance = balance
        self.log = []

    def f(self, amounts):
        for amount in amounts:
            if self.balance + amount < 0:
                self.log.append(("refused", amount))
                continue
            self.balance += amount
            self.log.append(("done", amount))
        return self.balance


# %% calls
a = Account(10)
a.f([5, -20, -3])
a.f([1])


# %% right: a local balance
class Account:
    def __init__(self, balance):
        self.balance = balance
        self.log = []

    def f(self, amounts):
        balance, note = self.balance, self.log.append
        for amount in amounts:
            if balance + amount < 0:
                note(("refused", amount))
            else:
                balance += amount
                self.balance = balance
                note(("done", amount))
        return balance


# %% wrong: the log is forgotten
class Account:
    def __init__(self, balance):
        self.balance = balance
        self.log = []

    def f(self, amounts):
        for amount in amounts:
            if self.balance + amount >= 0:
                self.balance += amount
        return self.balance


# %% wrong: the balance is not kept
class Account:
    def __init__(self, balance):
        self.balance = balance
        self.log = []

    def f(self, amounts):
        balance = self.balance
        for amount in amounts:
            if balance + amount < 0:
                self.log.append(("refused", amount))
                continue
            balance += amount
            self.log.append(("done", amount))
        return balance


# %% wrong: zero is too little
class Account:
    def __init__(self, balance):
        self.balance = balance
        self.log = []

    def f(self, amounts):
        for amount in amounts:
            if self.balance + amount <= 0:
                self.log.append(("refused", amount))
                continue
            self.balance += amount
            self.log.append(("done", amount))
        return self.balance


# %% original: a table of words that grows
class Vocabulary:
    def __init__(self):
        self.words = []

    def f(self, text):
        codes = []
        for word in text.split():
            if word not in self.words:
                self.words.append(word)
            codes.append(self.words.index(word))
        return codes


# %% calls
v = Vocabulary()
v.f("a b a")
v.f("b c")


# %% right: positions in a dict made once a call
class Vocabulary:
    def __init__(self):
        self.words = []

    def f(self, text):
        place = {}
        for i, word in enumerate(self.words):
            place.setdefault(word, i)
        codes = []
        for word in text.split():
            if word not in place:
                place[word] = len(self.words)
                self.words.append(word)
            codes.append(place[word])
        return codes


# %% wrong: a dict on the object that does not see the list change
class Vocabulary:
    def __init__(self):
        self.words = []

    def f(self, text):
        if not hasattr(self, "place"):
            self.place = {word: i for i, word in enumerate(self.words)}
        codes = []
        for word in text.split():
            if word not in self.place:
                self.place[word] = len(self.words)
                self.words.append(word)
            codes.append(self.place[word])
        return codes


# %% wrong: words are sorted
class Vocabulary:
    def __init__(self):
        self.words = []

    def f(self, text):
        self.words = sorted(set(self.words) | set(text.split()))
        return [self.words.index(word) for word in text.split()]


# %% original: equal points
from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int


def f(points):
    out = []
    for p in points:
        known = False
        for q in out:
            if q.x == p.x and q.y == p.y:
                known = True
        if not known:
            out.append(p)
    return out


# %% calls
f([Point(1, 2), Point(1, 2), Point(0, 5)])
f([Point(3, 3)])


# %% right: a dict by coordinates keeps the first
from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int


def f(points):
    first = {}
    for p in points:
        first.setdefault((p.x, p.y), p)
    return list(first.values())


# %% wrong: the last of equals
from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int


def f(points):
    return list({(p.x, p.y): p for p in points}.values())


# %% wrong: new objects
from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int


def f(points):
    return [Point(x, y) for x, y in dict.fromkeys((p.x, p.y) for p in points)]


# %% original: counts on the class
class Counter:
    total = 0

    def __init__(self):
        self.own = 0

    def f(self, n):
        self.own += n
        Counter.total += n
        return self.own


# %% calls
c = Counter()
c.f(2)
c.f(3)


# %% wrong: the class attribute is shadowed
class Counter:
    total = 0

    def __init__(self):
        self.own = 0

    def f(self, n):
        self.own += n
        self.total += n
        return self.own


# %% right: type(self) where there is no other
class Counter:
    total = 0

    def __init__(self):
        self.own = 0

    def f(self, n):
        self.own = own = self.own + n
        Counter.total = Counter.total + n
        return own


# %% original: a matrix class
class Matrix:
    def __init__(self, rows):
        self.rows = rows

    def f(self, other):
        out = []
        for row in self.rows:
            line = []
            for j in range(len(other.rows[0])):
                total = 0
                for k in range(len(row)):
                    total += row[k] * other.rows[k][j]
                line.append(total)
            out.append(line)
        return Matrix(out)


# %% calls
Matrix([[1, 2], [3, 4]]).f(Matrix([[5, 6], [7, 8]]))
Matrix([[2]]).f(Matrix([[4, 5]]))


# %% right: columns once
class Matrix:
    def __init__(self, rows):
        self.rows = rows

    def f(self, other):
        out = []
        for row in self.rows:
            n = len(other.rows[0])
            out.append([sum([row[k] * other.rows[k][j] for k in range(len(row))]) for j in range(n)])
        return Matrix(out)


# %% wrong: NumPy's numbers
import numpy as np


class Matrix:
    def __init__(self, rows):
        self.rows = rows

    def f(self, other):
        return Matrix((np.array(self.rows) @ np.array(other.rows)).tolist())


# %% wrong: the object itself is changed
class Matrix:
    def __init__(self, rows):
        self.rows = rows

    def f(self, other):
        n = len(other.rows[0])
        self.rows = [[sum(row[k] * other.rows[k][j] for k in range(len(row))) for j in range(n)] for row in self.rows]
        return self


# %% original: points in slots, in reading order
class Point:
    __slots__ = ("x", "__y")

    def __init__(self, x, y):
        self.x = x
        self.__y = y

    def f(self, other):
        if self.x == other.x:
            if self.__y <= other.__y:
                return True
        return self.x < other.x


# %% calls
Point(1, 2).f(Point(3, 4))
Point(3, 4).f(Point(1, 2))
Point(3, 4).f(Point(3, 4))


# %% right: as one expression
class Point:
    __slots__ = ("x", "__y")

    def __init__(self, x, y):
        self.x = x
        self.__y = y

    def f(self, other):
        return self.x < other.x or self.x == other.x and self.__y <= other.__y


# %% wrong: as pairs, of which one is the wrong way round
class Point:
    __slots__ = ("x", "__y")

    def __init__(self, x, y):
        self.x = x
        self.__y = y

    def f(self, other):
        return (self.x, other.__y) <= (other.x, self.__y)


# %% original: items one by one, also those that come while they are drawn
class Queue:
    def __init__(self, items):
        self.items = items

    def f(self):
        for item in self.items:
            yield item


# %% calls
list(Queue([1, 2]).f())
list(Queue([3, 4, 5]).f())


# %% right: from the list itself
class Queue:
    def __init__(self, items):
        self.items = items

    def f(self):
        yield from self.items


# %% wrong: from a copy
class Queue:
    def __init__(self, items):
        self.items = items

    def f(self):
        yield from list(self.items)
