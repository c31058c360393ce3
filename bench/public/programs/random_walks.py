"""How far drunkards get: many walks on a grid with NumPy's generator, one step at a time."""

import numpy as np


def walk(rng, steps):
    x = y = 0
    farthest = 0
    for _ in range(steps):
        direction = rng.integers(4)
        if direction == 0:
            x += 1
        elif direction == 1:
            x -= 1
        elif direction == 2:
            y += 1
        else:
            y -= 1
        farthest = max(farthest, x * x + y * y)
    return x, y, farthest


if __name__ == "__main__":
    rng = np.random.default_rng(31)
    ends = [walk(rng, 1000) for _ in range(2200)]
    print(ends[:3])
    print(sum(x * x + y * y for x, y, _ in ends) / len(ends), max(far for _, _, far in ends))
