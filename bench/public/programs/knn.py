"""Which digit is it: the k nearest neighbours of each image, by loops over lists."""

import math

from sklearn.datasets import load_digits


def distance(a, b):
    total = 0.0
    for x, y in zip(a, b):
        total += (x - y) ** 2
    return math.sqrt(total)


def predict(train, labels, image, k):
    distances = []
    for other, label in zip(train, labels):
        distances.append((distance(image, other), label))
    distances.sort()
    votes = {}
    for _, label in distances[:k]:
        votes[label] = votes.get(label, 0) + 1
    return max(sorted(votes), key=votes.get)


if __name__ == "__main__":
    images, labels = load_digits(return_X_y=True)
    images, labels = images.tolist(), labels.tolist()
    right = 0
    for image, label in zip(images[1500:1580], labels[1500:1580]):
        right += predict(images[:1500], labels[:1500], image, 5) == label
    print(right, "of 80")
