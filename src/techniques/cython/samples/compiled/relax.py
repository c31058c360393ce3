import numpy as np


def relax(grid, rounds):
    rows, columns = grid.shape
    for _ in range(rounds):
        for i in range(1, rows - 1):
            for j in range(1, columns - 1):
                grid[i, j] = (grid[i - 1, j] + grid[i + 1, j] + grid[i, j - 1] + grid[i, j + 1]) / 4
    return rounds


grid = np.zeros((6, 7))
grid[0] = 100.0
relax(grid, 5)
print(grid.tolist())
