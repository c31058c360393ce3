"""By hand with Numba."""

import numba
import numpy as np


@numba.njit
def _table(distance):
    n = len(distance)
    full = 1 << (n - 1)
    cost = np.full((full, n - 1), np.inf)
    for last in range(n - 1):
        cost[1 << last, last] = distance[n - 1, last]
    for visited in range(full):
        for last in range(n - 1):
            so_far = cost[visited, last]
            if so_far == np.inf:
                continue
            for following in range(n - 1):
                if visited & (1 << following):
                    continue
                reached = visited | (1 << following)
                cost[reached, following] = min(cost[reached, following], so_far + distance[last, following])
    return cost[full - 1]


def shortest_tour(distance):
    array = np.array(distance)
    return float((_table(array) + array[:-1, -1]).min())
