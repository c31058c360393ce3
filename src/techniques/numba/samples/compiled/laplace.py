import numpy as np


def relax(grid, steps):
    rows = len(grid)
    columns = len(grid[0])
    for _ in range(steps):
        for i in range(1, rows - 1):
            for j in range(1, columns - 1):
                grid[i][j] = 0.25 * (grid[i - 1][j] + grid[i + 1][j] + grid[i][j - 1] + grid[i][j + 1])
    return grid


def relax_array(field, tolerance):
    rows, columns = field.shape
    sweeps = 0
    change = tolerance + 1.0
    while change > tolerance:
        change = 0.0
        for i in range(1, rows - 1):
            for j in range(1, columns - 1):
                new = 0.25 * (field[i - 1, j] + field[i + 1, j] + field[i, j - 1] + field[i, j + 1])
                change = max(change, float(abs(new - field[i, j])))
                field[i, j] = new
        sweeps += 1
    return sweeps


plate = [[100.0 if i == 0 else 0.0 for _ in range(12)] for i in range(10)]
same = relax(plate, 5)
print(same is plate, plate)
field = np.zeros((15, 12))
field[0] = 1.0
print(relax_array(field, 1e-3), field.tolist())
