"""Clusters, neighbours and mixtures as they are written by hand over lists of lists."""

import math
import random


def distance(a, b):
    return math.sqrt(sum((x - y) ** 2 for x, y in zip(a, b)))


def kmeans(points, k, rounds):
    centers = [points[i][:] for i in range(k)]
    labels = [0] * len(points)
    for _ in range(rounds):
        changed = False
        for i, p in enumerate(points):
            best = min(range(k), key=lambda j: distance(p, centers[j]))
            if labels[i] != best:
                labels[i] = best
                changed = True
        if not changed:
            break
        for j in range(k):
            members = [points[i] for i in range(len(points)) if labels[i] == j]
            if members:
                centers[j] = [sum(column) / len(members) for column in zip(*members)]
    return labels, centers


def assigned(points, centers):
    out = []
    for p in points:
        best, best_distance = 0, float("inf")
        for j, center in enumerate(centers):
            d = distance(p, center)
            if d < best_distance:
                best, best_distance = j, d
        out.append(best)
    return out


def farthest(points, centers):
    places = []
    for p in points:
        distances = [distance(p, center) for center in centers]
        places.append(distances.index(max(distances)))
    return places


def nearest(points, query, k):
    return sorted(points, key=lambda p: distance(p, query))[:k]


def vote(points, names, query, k):
    pairs = [(distance(p, query), name) for p, name in zip(points, names)]
    pairs.sort()
    votes = [name for _, name in pairs[:k]]
    return max(sorted(set(votes)), key=votes.count)


def power(matrix, rounds):
    v = [1.0] * len(matrix)
    largest = 0.0
    for _ in range(rounds):
        w = [sum(row[j] * v[j] for j in range(len(v))) for row in matrix]
        largest = max(abs(x) for x in w)
        v = [x / largest for x in w]
    return largest, v


def product(a, b):
    return [[sum(x * y for x, y in zip(row, column)) for column in zip(*b)] for row in a]


def standardised(rows):
    columns = list(zip(*rows))
    means = [sum(column) / len(column) for column in columns]
    return [[x - mean for x, mean in zip(row, means)] for row in rows]


def responsibilities(xs, weights, means, spreads):
    shares = []
    for x in xs:
        row = [w * math.exp(-((x - m) ** 2) / (2 * s * s)) / s for w, m, s in zip(weights, means, spreads)]
        total = sum(row)
        shares.append([r / total for r in row])
    return shares


rng = random.Random(4)
points = [[float(rng.randrange(9)) for _ in range(3)] for _ in range(24)]
labels, centers = kmeans(points, 4, 4)
print(labels, centers)
print(assigned(points, centers), farthest(points, centers), nearest(points, points[7], 6))
print(vote(points, [str(label) for label in labels], points[3], 7))
print(f"{power([[1.0 / (i + j + 1) for j in range(6)] for i in range(6)], 9)[0]:.9f}")
print(product(points, [[1.5, 2.0], [0.5, 1.0], [2.0, 4.0]])[:2], standardised(points)[0])
shares = responsibilities([rng.gauss(0, 1) for _ in range(20)], [0.4, 0.6], [-1.0, 1.0], [1.0, 1.5])
print([f"{share:.9f}" for share, _ in shares])
