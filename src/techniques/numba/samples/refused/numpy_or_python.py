import numpy as np


def total(values):
    result = 0.0
    for i in range(len(values)):
        result += values[i]
    return result if len(values) else -1.0


print(total(np.array([1.5, 2.0])), total(np.array([])))
