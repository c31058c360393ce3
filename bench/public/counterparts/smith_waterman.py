"""By hand with Numba, over the bytes of the sequences."""

import numba
import numpy as np


@numba.njit
def _table(a, b, match, mismatch, gap):
    table = np.zeros((len(a) + 1, len(b) + 1), np.int64)
    best = x = y = 0
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            diagonal = table[i - 1, j - 1] + (match if a[i - 1] == b[j - 1] else mismatch)
            table[i, j] = max(0, diagonal, table[i - 1, j] + gap, table[i, j - 1] + gap)
            if table[i, j] > best:
                best, x, y = table[i, j], i, j
    return table, best, x, y


def score_table(a, b, match, mismatch, gap):
    table, best, x, y = _table(np.frombuffer(a.encode(), np.uint8), np.frombuffer(b.encode(), np.uint8), match, mismatch, gap)
    return table.tolist(), int(best), (int(x), int(y))
