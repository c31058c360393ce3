"""With NumPy: all distances at once; the first of equally near centres is taken by argmin, too."""

import random

import numpy as np


def kmeans(points, k, rounds, seed):
    centres = np.array(random.Random(seed).sample(points, k))
    array = np.array(points)
    groups = np.zeros(len(array), int)
    for _ in range(rounds):
        groups = ((array[:, None] - centres[None]) ** 2).sum(axis=2).argmin(axis=1)
        for g in range(k):
            if (groups == g).any():
                centres[g] = array[groups == g].mean(axis=0)
    return centres.tolist(), groups.tolist()
