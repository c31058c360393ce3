"""With NumPy: all distances of an image at once."""

import numpy as np

_known = {}


def predict(train, labels, image, k):
    if "train" not in _known:
        _known["train"] = np.array(train)
    distances = np.sqrt(((_known["train"] - np.array(image)) ** 2).sum(axis=1))
    nearest = np.lexsort((labels, distances))[:k]
    votes = np.bincount(np.array(labels)[nearest])
    return int(votes.argmax())
