"""By hand with Numba, over the code points of the words."""

import numba
import numpy as np


@numba.njit
def _distance(a, b):
    previous = np.arange(len(b) + 1)
    current = np.empty_like(previous)
    for i in range(1, len(a) + 1):
        current[0] = i
        for j in range(1, len(b) + 1):
            cost = 0 if a[i - 1] == b[j - 1] else 1
            current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
        previous, current = current, previous
    return previous[len(b)]


def distance(a, b):
    return int(_distance(np.frombuffer(a.encode("utf-32-le"), np.uint32), np.frombuffer(b.encode("utf-32-le"), np.uint32)))
