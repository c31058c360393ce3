"""The cheapest network of roads between towns: Kruskal's algorithm, the parts kept as lists of towns."""

import random


def spanning_tree(towns, roads):
    parts = [[town] for town in towns]
    tree = []
    for length, one, other in sorted(roads):
        first = next(part for part in parts if one in part)
        second = next(part for part in parts if other in part)
        if first is second:
            continue
        first.extend(second)
        parts.remove(second)
        tree.append((length, one, other))
    return tree


if __name__ == "__main__":
    rng = random.Random(8)
    towns = [f"town{k}" for k in range(4500)]
    roads = []
    for k in range(32000):
        one, other = rng.sample(towns, 2)
        roads.append((round(rng.uniform(1, 100), 4), one, other))
    tree = spanning_tree(towns, roads)
    print(len(tree), f"{sum(length for length, _, _ in tree):.4f}")
