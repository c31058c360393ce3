"""Powers of a stochastic matrix: the time is BLAS's."""

import numpy as np

rng = np.random.default_rng(2)
matrix = rng.random((1500, 1500))
matrix /= matrix.sum(axis=1, keepdims=True)
power = matrix
for _ in range(9):
    power = power @ matrix
    print(f"{power[0, 0]:.10f}")
