import numpy as np


def shortest_paths(weights):
    n = weights.shape[0]
    dist = weights.copy()
    for k in range(n):
        for i in range(n):
            for j in range(n):
                if dist[i, k] + dist[k, j] < dist[i, j]:
                    dist[i, j] = dist[i, k] + dist[k, j]
    return dist


n = 25
weights = np.full((n, n), np.inf)
for i in range(n):
    weights[i, i] = 0.0
    weights[i, (i * 7 + 3) % n] = 1.5 + i
    weights[i, (i + 1) % n] = 4.0
print(shortest_paths(weights).tolist())
