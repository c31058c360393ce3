"""The temperature of a plate with one hot edge: Jacobi's method for Laplace's equation, cell by cell on an array."""

import numpy as np


def relax(plate, rounds):
    rows, columns = plate.shape
    change = 0.0
    for _ in range(rounds):
        new = plate.copy()
        change = 0.0
        for i in range(1, rows - 1):
            for j in range(1, columns - 1):
                new[i, j] = 0.25 * (plate[i - 1, j] + plate[i + 1, j] + plate[i, j - 1] + plate[i, j + 1])
                change = max(change, abs(new[i, j] - plate[i, j]))
        plate = new
    return plate, change


if __name__ == "__main__":
    plate = np.zeros((90, 90))
    plate[0, :] = 100.0
    plate, change = relax(plate, 200)
    print(f"{plate.mean():.8f} {change:.8f}")
