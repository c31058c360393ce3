"""All distances between points, as a list of rows."""

import math
import random


def pairwise(points):
    n = len(points)
    result = []
    for i in range(n):
        row = []
        for j in range(n):
            dx = points[i][0] - points[j][0]
            dy = points[i][1] - points[j][1]
            row.append(math.sqrt(dx * dx + dy * dy))
        result.append(row)
    return result


rng = random.Random(3)
print(pairwise([[rng.gauss(0, 1), rng.gauss(0, 1)] for _ in range(25)]))
