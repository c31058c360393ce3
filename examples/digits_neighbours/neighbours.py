"""Leave-one-out accuracy of k nearest neighbours on handwritten digits, for several k.

    python neighbours.py [NUMBER_OF_DIGITS]
"""

import sys
from collections import Counter

from sklearn.datasets import load_digits


def pairwise_distances(samples):
    """Euclidean distance between every two samples."""
    distances = []
    for a in samples:
        row = []
        for b in samples:
            total = 0.0
            for x, y in zip(a, b):
                total += (x - y) ** 2
            row.append(total**0.5)
        distances.append(row)
    return distances


def predict(distances, labels, index, k):
    """The most common label among the k samples nearest to one sample, itself left out."""
    order = sorted((j for j in range(len(labels)) if j != index), key=lambda j: distances[index][j])
    votes = Counter(labels[j] for j in order[:k])
    return votes.most_common(1)[0][0]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    digits = load_digits()
    samples = digits.data[:count].tolist()
    labels = digits.target[:count].tolist()
    distances = pairwise_distances(samples)
    for k in (1, 3, 5, 9):
        right = sum(predict(distances, labels, i, k) == labels[i] for i in range(count))
        print(f"k={k}: {right / count:.1%} of {count} digits recognised")


if __name__ == "__main__":
    main()
