"""Values that compare equal, or nearly: signs, NaN, overflow, rounding, types."""


# %% original: start of -0.0 lost
def f(xs):
    s = -0.0
    for x in xs:
        s += x
    return s


# %% calls
f([0.5, 1.25, 3.1])
f([2.5, 0.1])

# %% wrong: start of -0.0 lost
def f(xs):
    s = 0.0
    for x in xs:
        s += x
    return s


# %% original: the last of ties in place of the first
def f(xs):
    best = None
    for i, x in enumerate(xs):
        if best is None or x < xs[best]:
            best = i
    return best


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% wrong: the last of ties in place of the first
def f(xs):
    best = None
    for i, x in enumerate(xs):
        if best is None or x <= xs[best]:
            best = i
    return best


# %% wrong: empty input raises
def f(xs):
    return min(range(len(xs)), key=xs.__getitem__)


# %% original: NaN handled by NumPy
def f(xs):
    best = None
    for i, x in enumerate(xs):
        if best is None or x < xs[best]:
            best = i
    return best


# %% calls
f([0.5, 1.25, 3.1])
f([2.5, 0.1])

# %% wrong: NaN handled by NumPy
import numpy as np
def f(xs):
    return int(np.argmin(xs)) if xs else None


# %% original: NaN dropped
import numpy as np
def f(a):
    return a.max(initial=0.0)


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([0.5, 4.0]))

# %% wrong: NaN dropped
import numpy as np
def f(a):
    return np.nanmax(a, initial=0.0)


# %% original: integer overflow hidden
import numpy as np
def f(a):
    s = 0
    for x in a:
        s += int(x) * int(x)
    return s


# %% calls
f(np.array([1, 2, 3]))
f(np.array([5, 4]))

# %% wrong: integer overflow hidden
import numpy as np
def f(a):
    return int((a * a).sum())


# %% original: integer division
def f(a, b):
    return a // b


# %% calls
f(7, 2)
f(9, 3)

# %% wrong: integer division
def f(a, b):
    return int(a / b)


# %% original: truncation for floor
import math
def f(x):
    return math.floor(x)


# %% calls
f(1.5)
f(2.0)

# %% wrong: truncation for floor
import math
def f(x):
    return int(x)


# %% original: the sign of a remainder
def f(a, b):
    return a % b


# %% calls
f(7, 3)
f(9, 4)

# %% wrong: the sign of a remainder
import math
def f(a, b):
    return int(math.fmod(a, b))


# %% original: abs of -0.0
def f(x):
    return x if x >= 0 else -x


# %% calls
f(1.5)
f(-2.5)

# %% wrong: abs of -0.0
def f(x):
    return abs(x)


# %% original: truth of an equal value
def f(xs):
    return any(x > 2 for x in xs)


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% wrong: truth of an equal value
def f(xs):
    return max(xs) > 2


# %% original: a tuple for a list
def f(xs):
    return [x + 1 for x in xs]


# %% calls
f([3, 1, 2, 5])
f([7, 7, 1])

# %% wrong: a tuple for a list
def f(xs):
    return tuple(x + 1 for x in xs)


# %% original: bytes cut by characters
def f(s):
    return s[::-1].upper()


# %% calls
f('abc')
f('xy')

# %% wrong: bytes cut by characters
def f(s):
    return s.encode('ascii', 'ignore').decode()[::-1].upper()


# %% original: lower for casefold
def f(s):
    return s.upper().lower() == s


# %% calls
f('abc')
f('xy')

# %% wrong: lower for casefold
def f(s):
    return s.isalpha()
