"""Groups of flowers: k-means over lists, the first of equally near centres taken."""

import random

from sklearn.datasets import load_iris


def nearest(point, centres):
    best, best_distance = 0, None
    for k, centre in enumerate(centres):
        distance = 0.0
        for x, y in zip(point, centre):
            distance += (x - y) * (x - y)
        if best_distance is None or distance < best_distance:
            best, best_distance = k, distance
    return best


def kmeans(points, k, rounds, seed):
    rng = random.Random(seed)
    centres = [list(point) for point in rng.sample(points, k)]
    groups = []
    for _ in range(rounds):
        groups = [nearest(point, centres) for point in points]
        for g in range(k):
            members = [point for point, group in zip(points, groups) if group == g]
            if members:
                centres[g] = [sum(column) / len(members) for column in zip(*members)]
    return centres, groups


if __name__ == "__main__":
    points = load_iris().data.tolist() * 12
    centres, groups = kmeans(points, 5, 130, 67)
    print([groups.count(g) for g in range(5)])
    print([[round(x, 5) for x in centre] for centre in sorted(centres)])
