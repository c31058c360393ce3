"""With NumPy: each round two products."""

import numpy as np


def fit(rows, labels, rate, rounds):
    x = np.hstack([np.ones((len(rows), 1)), np.array(rows)])
    y = np.array(labels)
    weights = np.zeros(x.shape[1])
    for _ in range(rounds):
        p = 1.0 / (1.0 + np.exp(-(x @ weights)))
        weights -= rate * ((p - y) @ x) / len(x)
    return weights.tolist()
