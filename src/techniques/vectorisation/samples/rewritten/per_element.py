"""Python functions called for each element or row of an array."""

import math
import numpy as np


def tax(income):
    if income > 50.0:
        return income * 0.4
    return income * 0.2


def taxes(incomes):
    compute = np.vectorize(tax)
    return compute(incomes)


def waves(x, k):
    return np.vectorize(lambda v: math.sin(v) * k + 1.0)(x)


def spread(table):
    return np.apply_along_axis(lambda row: row.max() - row.min(), 1, table)


def shares(table):
    return np.apply_along_axis(lambda row: row / row.sum(), 1, table)


def roots(numbers):
    found = []
    for number in numbers:
        found.append(math.sqrt(number))
    return found


def brightness(image):
    height, width = image.shape[:2]
    out = np.zeros((height, width))
    for y in range(height):
        for x in range(width):
            out[y, x] = 0.5 * image[y, x, 0] + 0.25 * image[y, x, 1] + 0.25 * image[y, x, 2]
    return out


rng = np.random.default_rng(2)
print(roots(list(range(60))), roots([2**64 + k for k in range(20)]))
print(brightness(rng.random((12, 9, 3))).tolist())
print(taxes(rng.random(60) * 100).tolist())
print(np.round(waves(rng.random(60), 2.0), 9).tolist())
print(spread(rng.random((30, 4))).tolist())
print(np.round(shares(rng.random((30, 4))), 9).tolist())
