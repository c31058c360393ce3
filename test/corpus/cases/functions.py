"""Methods, arguments, closures, globals and class attributes."""


# %% original: a global counted
calls = 0
def f(x):
    global calls
    calls = calls + 1
    return x


# %% calls
f(1)
f(2)

# %% right: a global counted
calls = 0
def f(x):
    global calls
    calls += 1
    return x


# %% original: a method
class P:
    def __init__(self, xs):
        self.xs = xs
    def f(self, k):
        return [x for x in self.xs if x == k]


# %% calls
P([1, 2, 1]).f(1)
P([3]).f(2)

# %% right: a method
class P:
    def __init__(self, xs):
        self.xs = xs
    def f(self, k):
        out = []
        for x in self.xs:
            if x == k:
                out.append(x)
        return out


# %% original: keyword-only and star arguments
def f(*xs, k=2, **more):
    return [x * k for x in xs], sorted(more)


# %% calls
f(1, 2, k=3, a=1)
f(4)

# %% right: keyword-only and star arguments
def f(*xs, k=2, **more):
    out = []
    for x in xs:
        out.append(x * k)
    return out, sorted(more)


# %% original: a late-binding closure
def f(n):
    n %= 40
    return [g(1) for g in [lambda x, i=i: x + i for i in range(n)]]


# %% calls
f(3)
f(4)

# %% wrong: a late-binding closure
def f(n):
    n %= 40
    return [g(1) for g in [lambda x: x + i for i in range(n)]]


# %% original: a global not counted
calls = 0
def f(x):
    global calls
    calls += 1
    return x


# %% calls
f(1)
f(2)

# %% wrong: a global not counted
calls = 0
def f(x):
    return x


# %% original: a class attribute not counted
class C:
    made = 0
def f(x):
    C.made += 1
    return x


# %% calls
f(1)
f(2)

# %% wrong: a class attribute not counted
class C:
    made = 0
def f(x):
    return x
