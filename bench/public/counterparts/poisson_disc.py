"""By hand: only the points in the cells around a candidate are looked at."""

import math
import random


def sample(width, height, radius, tries, seed):
    rng = random.Random(seed)
    points, cells, failed = [], {}, 0
    while failed < tries:
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        column, row = int(x / radius), int(y / radius)
        near = (p for i in (column - 1, column, column + 1) for j in (row - 1, row, row + 1) for p in cells.get((i, j), ()))
        if all(math.sqrt((px - x) ** 2 + (py - y) ** 2) >= radius for px, py in near):
            points.append((x, y))
            cells.setdefault((column, row), []).append((x, y))
            failed = 0
        else:
            failed += 1
    return points
