"""Heat on a plate: Jacobi sweeps over two arrays, and a relaxation that copies."""

import numpy as np


def jacobi(A, B, n):
    for i in range(1, n - 1):
        for j in range(1, n - 1):
            B[i, j] = 0.2 * (A[i, j] + A[i, j - 1] + A[i, j + 1] + A[i + 1, j] + A[i - 1, j])


def laplace(u, steps):
    n, m = u.shape
    for _ in range(steps):
        new = u.copy()
        for i in range(1, n - 1):
            for j in range(1, m - 1):
                # mean of the four neighbours
                new[i, j] = (u[i - 1, j] + u[i + 1, j] + u[i, j - 1] + u[i, j + 1]) / 4
        u = new
    return u


rng = np.random.default_rng(1)
plate = rng.random((30, 30))
other = plate.copy()
jacobi(plate, other, 30)
print(other.tolist())
print(laplace(rng.random((12, 14)), 5).tolist())
