"""What an array is made of: dtype, order, shape, memory."""


# %% original: NumPy for a loop, elementwise
import numpy as np
def f(a):
    out = np.empty_like(a)
    for i in range(len(a)):
        out[i] = a[i] * 2
    return out


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([0.5, 4.0]))

# %% right: NumPy for a loop, elementwise
import numpy as np
def f(a):
    return a * 2


# %% original: a view kept
import numpy as np
def f(a):
    return a[1:]


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([0.5, 4.0]))

# %% right: a view kept
import numpy as np
def f(a):
    return a[slice(1, None)]


# %% wrong: a copy for a view
import numpy as np
def f(a):
    return a[1:].copy()


# %% original: dtype narrowed
import numpy as np
def f(a):
    return a * 2


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([0.5, 4.0]))

# %% wrong: dtype narrowed
import numpy as np
def f(a):
    return (a * 2).astype(np.float32)


# %% original: a view for a copy
import numpy as np
def f(a):
    return a[::2].copy()


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([0.5, 4.0]))

# %% wrong: a view for a copy
import numpy as np
def f(a):
    return a[::2]


# %% original: an array changed in place
import numpy as np
def f(a):
    return a + 1


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([0.5, 4.0]))

# %% wrong: an array changed in place
import numpy as np
def f(a):
    a += 1
    return a


# %% original: Fortran order
import numpy as np
def f(a):
    return np.zeros((len(a), 2))


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([0.5, 4.0]))

# %% wrong: Fortran order
import numpy as np
def f(a):
    return np.zeros((2, len(a))).T


# %% original: 1-d for 2-d
import numpy as np
def f(a):
    return a.reshape(-1, 1) * 2


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([0.5, 4.0]))

# %% wrong: 1-d for 2-d
import numpy as np
def f(a):
    return a * 2


# %% original: a 0-d array for a scalar
import numpy as np
def f(a):
    return a.sum()


# %% calls
f(np.array([1.0, 2.5, 3.0]))
f(np.array([0.5, 4.0]))

# %% wrong: a 0-d array for a scalar
import numpy as np
def f(a):
    return np.array(a.sum())


# %% wrong: Python float for NumPy's
import numpy as np
def f(a):
    return float(a.sum())
