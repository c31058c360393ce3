"""Benign or malignant: logistic regression by gradient descent over lists."""

import math

from sklearn.datasets import load_breast_cancer


def standardize(rows):
    columns = list(zip(*rows))
    means = [sum(column) / len(column) for column in columns]
    spreads = [math.sqrt(sum((x - m) ** 2 for x in column) / len(column)) for column, m in zip(columns, means)]
    return [[(x - m) / s for x, m, s in zip(row, means, spreads)] for row in rows]


def fit(rows, labels, rate, rounds):
    weights = [0.0] * (len(rows[0]) + 1)
    for _ in range(rounds):
        slope = [0.0] * len(weights)
        for row, label in zip(rows, labels):
            z = weights[0]
            for k, x in enumerate(row):
                z += weights[k + 1] * x
            p = 1.0 / (1.0 + math.exp(-z))
            slope[0] += p - label
            for k, x in enumerate(row):
                slope[k + 1] += (p - label) * x
        for k in range(len(weights)):
            weights[k] -= rate * slope[k] / len(rows)
    return weights


if __name__ == "__main__":
    data = load_breast_cancer()
    rows = standardize(data.data.tolist())
    weights = fit(rows, data.target.tolist(), 0.5, 900)
    right = 0
    for row, label in zip(rows, data.target.tolist()):
        z = weights[0] + sum(w * x for w, x in zip(weights[1:], row))
        right += (z > 0) == (label == 1)
    print(right, [f"{w:.4f}" for w in weights[:4]])
