"""Arrays that grow in a loop, one part after the other."""

import numpy as np


def orbit(steps, r):
    x = 0.3
    path = np.array([])
    for _ in range(steps):
        x = r * x * (1 - x)
        path = np.append(path, x)
    return path


def table(count):
    rows = np.zeros((1, 3))
    for k in range(count):
        if k % 3 == 0:
            continue
        row = np.array([k, k * k, k ** 0.5])
        rows = np.vstack((rows, row))
    return rows


print(orbit(50, 3.7).tolist())
print(table(30).tolist())
