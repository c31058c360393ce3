"""By hand with Numba: the recursion as it is, over an array."""

import numba
import numpy as np


@numba.njit
def _safe(board, row, column):
    for r in range(row):
        c = board[r]
        if c == column or abs(c - column) == row - r:
            return False
    return True


@numba.njit("int64(int64[:], int64, int64)")
def _place(board, row, n):
    if row == n:
        return 1
    count = 0
    for column in range(n):
        if _safe(board, row, column):
            board[row] = column
            count += _place(board, row + 1, n)
    return count


def place(board, row, n):
    return _place(np.array(board, np.int64), row, n)
