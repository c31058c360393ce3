"""Points that keep their distance: Poisson-disc sampling by trying candidates against all points so far."""

import math
import random


def sample(width, height, radius, tries, seed):
    rng = random.Random(seed)
    points = []
    failed = 0
    while failed < tries:
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        far = True
        for px, py in points:
            if math.sqrt((px - x) ** 2 + (py - y) ** 2) < radius:
                far = False
                break
        if far:
            points.append((x, y))
            failed = 0
        else:
            failed += 1
    return points


if __name__ == "__main__":
    points = sample(100, 100, 2.2, 1500, 29)
    print(len(points), f"{sum(x + y for x, y in points):.6f}")
