"""Which films are alike: cosine similarity of rating vectors held in lists."""

import math
import random


def cosine(a, b):
    dot = 0.0
    norm_a = 0.0
    norm_b = 0.0
    for x, y in zip(a, b):
        dot += x * y
        norm_a += x * x
        norm_b += y * y
    if norm_a == 0 or norm_b == 0:
        return 0.0
    return dot / (math.sqrt(norm_a) * math.sqrt(norm_b))


def similarities(vectors):
    out = []
    for i in range(len(vectors)):
        out.append([cosine(vectors[i], vectors[j]) for j in range(len(vectors))])
    return out


if __name__ == "__main__":
    rng = random.Random(3)
    films = [[rng.uniform(0.5, 5.0) for _ in range(120)] for _ in range(420)]
    table = similarities(films)
    closest = max((table[i][j], i, j) for i in range(len(table)) for j in range(i))
    print(f"{closest[0]:.6f}", closest[1:], f"{sum(map(sum, table)):.3f}")
