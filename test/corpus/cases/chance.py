"""Random draws: the same stream, and streams that are not."""

import random

import numpy as np


# %% original: noise added
def f(values):
    out = []
    for value in values:
        out.append(value + random.random())
    return out


# %% calls
random.seed(3)
f([1.0, 2.0])
f([5.5])


# %% right: the bound method
def f(values):
    draw = random.random
    return [value + draw() for value in values]


# %% wrong: uniform draws once more
def f(values):
    noise = [random.uniform(0, 1) for _ in range(len(values) + 1)]
    return [value + one for value, one in zip(values, noise)]


# %% wrong: a stream of its own
_own = random.Random(3)


def f(values):
    return [value + _own.random() for value in values]


# %% wrong: NumPy's draws
def f(values):
    return [value + float(one) for value, one in zip(values, np.random.rand(len(values)))]


# %% wrong: drawn in the other order
def f(values):
    noise = [random.random() for _ in values]
    return [value + one for value, one in zip(values, reversed(noise))]


# %% original: shuffle by hand
def f(items):
    items = list(items)
    for i in range(len(items) - 1, 0, -1):
        j = random.randint(0, i)
        items[i], items[j] = items[j], items[i]
    return items


# %% calls
random.seed(5)
f([1, 2, 3, 4])
f(["a", "b"])


# %% wrong: random.sample
def f(items):
    return random.sample(items, len(items))


# %% right: randrange, which randint is made of
def f(items):
    items = list(items)
    for i in range(len(items) - 1, 0, -1):
        j = random.randrange(i + 1)
        items[i], items[j] = items[j], items[i]
    return items


# %% wrong: in place
def f(items):
    for i in range(len(items) - 1, 0, -1):
        j = random.randint(0, i)
        items[i], items[j] = items[j], items[i]
    return items


# %% original: Monte Carlo
def f(n):
    n = n % 50
    inside = 0
    for _ in range(n):
        x = random.random()
        y = random.random()
        if x * x + y * y <= 1:
            inside += 1
    return inside


# %% calls
random.seed(7)
f(20)
f(35)


# %% right: a sum of truth values
def f(n):
    draw = random.random
    return sum([draw() ** 2 + draw() ** 2 <= 1 for _ in range(n % 50)])


# %% wrong: all x first
def f(n):
    n = n % 50
    xs = [random.random() for _ in range(n)]
    ys = [random.random() for _ in range(n)]
    return sum(x * x + y * y <= 1 for x, y in zip(xs, ys))


# %% wrong: seeded again
def f(n):
    random.seed(7)
    draw = random.random
    return sum(draw() ** 2 + draw() ** 2 <= 1 for _ in range(n % 50))


# %% wrong: NumPy's generator
def f(n):
    points = np.random.default_rng(7).random((n % 50, 2))
    return int(((points**2).sum(1) <= 1).sum())


# %% original: choices by weight
def f(items, n):
    out = []
    for _ in range(n % 10):
        out.append(random.choice(items))
    return out


# %% calls
random.seed(11)
f(["a", "b", "c"], 4)
f([1, 2], 3)


# %% wrong: random.choices draws otherwise
def f(items, n):
    return random.choices(items, k=n % 10)


# %% right: a comprehension
def f(items, n):
    choose = random.choice
    return [choose(items) for _ in range(n % 10)]


# %% original: a walk with a generator passed in
def f(rng, n):
    position, path = 0.0, []
    for _ in range(n % 30):
        position += rng.normal()
        path.append(position)
    return path


# %% calls
f(np.random.default_rng(1), 5)
f(np.random.default_rng(2), 3)


# %% right: all steps at once, added one by one
from itertools import accumulate


def f(rng, n):
    steps = rng.normal(size=n % 30).tolist()
    return list(accumulate(steps, initial=0.0))[1:]


# %% wrong: one step too many is drawn
def f(rng, n):
    steps = rng.normal(size=n % 30 + 1)[:-1].tolist()
    path, position = [], 0.0
    for step in steps:
        position += step
        path.append(position)
    return path


# %% wrong: another generator
def f(rng, n):
    return np.cumsum(np.random.default_rng(1).normal(size=n % 30)).tolist()


# %% original: legacy NumPy draws
def f(n):
    out = np.zeros(n % 20)
    for i in range(n % 20):
        out[i] = np.random.normal(0, 2)
    return out


# %% calls
np.random.seed(4)
f(6)
f(3)


# %% right: one call of that size
def f(n):
    return np.random.normal(0, 2, n % 20)


# %% wrong: standard draws scaled, rounded otherwise
def f(n):
    return np.random.standard_normal(n % 20) * 2 + 1 - 1


# %% wrong: from random
def f(n):
    return np.array([random.gauss(0, 2) for _ in range(n % 20)])


# %% original: same random draws in one call
import numpy as np
def f(n):
    n %= 40
    return np.array([np.random.rand() for _ in range(n)])


# %% calls
np.random.seed(1)
f(3)
f(4)

# %% right: same random draws in one call
import numpy as np
def f(n):
    n %= 40
    return np.random.rand(max(n, 0))


# %% wrong: NumPy's stream in place of random's
import numpy as np
def f(n):
    n %= 40
    return np.random.rand(n + 1)[:n]


# %% original: another random stream
import random
def f(n):
    n %= 40
    return [random.random() for _ in range(n)]


# %% calls
random.seed(1)
f(3)
f(4)

# %% wrong: another random stream
import random
def f(n):
    n %= 40
    return [random.uniform(0, 1) for _ in range(n)][::-1]


# %% original: random draws saved
import random
def f(n):
    x = random.random()
    return n


# %% calls
random.seed(1)
f(3)
f(4)

# %% wrong: random draws saved
import random
def f(n):
    return n
