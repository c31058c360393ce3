"""By hand: relaxation and factorization with Numba, the sparse product with SciPy, the transform with NumPy."""

import numba
import numpy as np
import scipy.sparse


@numba.njit
def _relax(grid, omega, rounds):
    for _ in range(rounds):
        for i in range(1, len(grid) - 1):
            for j in range(1, len(grid) - 1):
                around = grid[i - 1, j] + grid[i + 1, j] + grid[i, j - 1] + grid[i, j + 1]
                grid[i, j] = omega * 0.25 * around + (1.0 - omega) * grid[i, j]


def relax(grid, omega, rounds):
    array = np.array(grid)
    _relax(array, omega, rounds)
    grid[:] = array.tolist()


def sparse_multiply(values, rows, columns, x, rounds):
    matrix = scipy.sparse.csr_array((values, columns, rows), shape=(len(rows) - 1, len(x)))
    return (matrix @ np.array(x)).tolist()


@numba.njit
def _factorize(a):
    n = len(a)
    pivots = np.empty(n, np.int64)
    for j in range(n):
        p = j + np.argmax(np.abs(a[j:, j]))
        pivots[j] = p
        if p != j:
            for k in range(n):
                a[p, k], a[j, k] = a[j, k], a[p, k]
        a[j + 1 :, j] *= 1.0 / a[j, j]
        for i in range(j + 1, n):
            for k in range(j + 1, n):
                a[i, k] -= a[i, j] * a[j, k]
    return pivots


def factorize(a):
    array = np.array(a)
    pivots = _factorize(array)
    a[:] = array.tolist()
    return pivots.tolist()


def transform(re, im):
    result = np.fft.fft(np.array(re) + 1j * np.array(im))
    re[:], im[:] = result.real.tolist(), result.imag.tolist()
