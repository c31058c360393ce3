"""With NumPy: the covariance by np.cov, the power iteration by products."""

import numpy as np


def covariance(rows):
    return np.cov(np.array(rows), rowvar=False)


def leading(matrix, rounds):
    vector = np.full(len(matrix), 1.0 / np.sqrt(len(matrix)))
    value = 0.0
    for _ in range(rounds):
        new = matrix @ vector
        value = np.sqrt(new @ new)
        vector = new / value
    return value, vector


def components(rows, count):
    matrix = covariance(rows)
    values = []
    for _ in range(count):
        value, vector = leading(matrix, 120)
        values.append(value)
        matrix = matrix - value * np.outer(vector, vector)
    return values
