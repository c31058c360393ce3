"""With NumPy: the four neighbours as slices."""

import numpy as np


def relax(plate, rounds):
    change = 0.0
    for _ in range(rounds):
        new = plate.copy()
        new[1:-1, 1:-1] = 0.25 * (plate[:-2, 1:-1] + plate[2:, 1:-1] + plate[1:-1, :-2] + plate[1:-1, 2:])
        change = float(np.abs(new - plate).max())
        plate = new
    return plate, change
