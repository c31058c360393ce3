"""By hand with NumPy: one row of the table at a time."""

import numpy as np


def pack(weights, values, capacity):
    count = len(weights)
    best = np.zeros((count + 1, capacity + 1), np.int64)
    for i in range(1, count + 1):
        best[i] = best[i - 1]
        w = weights[i - 1]
        np.maximum(best[i - 1, w:], best[i - 1, : capacity + 1 - w] + values[i - 1], out=best[i, w:])
    chosen, room = [], capacity
    for i in range(count, 0, -1):
        if best[i, room] != best[i - 1, room]:
            chosen.append(i - 1)
            room -= weights[i - 1]
    return int(best[count, capacity]), chosen[::-1]
