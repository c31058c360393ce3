"""Softmax of rows, as NumPy has it."""

import numpy as np

rng = np.random.default_rng(3)
scores = rng.normal(size=(20_000, 400))


def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


for shift in range(12):
    print(f"{softmax(scores * (1 + shift))[0].max():.8f}")
