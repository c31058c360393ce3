"""The shortest round trip through a few cities: Held and Karp's table over sets of cities."""

import math
import random


def shortest_tour(distance):
    n = len(distance)
    full = 1 << (n - 1)
    infinity = float("inf")
    cost = [[infinity] * (n - 1) for _ in range(full)]
    for last in range(n - 1):
        cost[1 << last][last] = distance[n - 1][last]
    for visited in range(full):
        for last in range(n - 1):
            so_far = cost[visited][last]
            if so_far == infinity:
                continue
            for following in range(n - 1):
                if visited & (1 << following):
                    continue
                reached = visited | (1 << following)
                longer = so_far + distance[last][following]
                if longer < cost[reached][following]:
                    cost[reached][following] = longer
    return min(cost[full - 1][last] + distance[last][n - 1] for last in range(n - 1))


if __name__ == "__main__":
    rng = random.Random(4)
    cities = [(rng.uniform(0, 100), rng.uniform(0, 100)) for _ in range(19)]
    distance = [[math.hypot(a[0] - b[0], a[1] - b[1]) for b in cities] for a in cities]
    print(f"{shortest_tour(distance):.6f}")
