import numpy as np


def assign(points, centres):
    labels = np.zeros(points.shape[0], dtype=np.int64)
    for i in range(points.shape[0]):
        best = np.inf
        for k in range(centres.shape[0]):
            distance = 0.0
            for d in range(points.shape[1]):
                difference = points[i, d] - centres[k, d]
                distance += difference * difference
            if distance < best:
                best = distance
                labels[i] = k
    return labels


points = np.array([[((i * 7919) % 1009) / 7.0, ((i * 31) % 97) / 3.0] for i in range(300)])
print(assign(points, points[:6].copy()).tolist())
