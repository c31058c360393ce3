import numpy as np


def norm(values):
    total = 0.0
    for i in range(len(values)):
        total += values[i] * values[i]
    return total


print(norm(np.array([1.5, 2.5], dtype=np.float32)))
