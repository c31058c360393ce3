"""By hand with Numba."""

import numba
import numpy as np


@numba.njit
def fannkuch(n):
    perm1 = np.arange(n)
    perm = np.empty_like(perm1)
    count = np.zeros(n, np.int64)
    most_flips = checksum = permutation = 0
    r = n
    while True:
        while r != 1:
            count[r - 1] = r
            r -= 1
        perm[:] = perm1
        flips = 0
        first = perm[0]
        while first:
            low, high = 0, first
            while low < high:
                perm[low], perm[high] = perm[high], perm[low]
                low += 1
                high -= 1
            flips += 1
            first = perm[0]
        most_flips = max(most_flips, flips)
        checksum += flips if permutation % 2 == 0 else -flips
        while True:
            if r == n:
                return checksum, most_flips
            first = perm1[0]
            for i in range(r):
                perm1[i] = perm1[i + 1]
            perm1[r] = first
            count[r] -= 1
            if count[r] > 0:
                break
            r += 1
        permutation += 1
