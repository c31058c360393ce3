"""By hand with NumPy: the matrix once, then products."""

import numpy as np

_known = {}


def _matrix(n):
    if n not in _known:
        i, j = np.indices((n, n))
        _known[n] = 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)
    return _known[n]


def times(vector):
    return _matrix(len(vector)) @ np.asarray(vector)


def times_transposed(vector):
    return np.asarray(vector) @ _matrix(len(vector))
