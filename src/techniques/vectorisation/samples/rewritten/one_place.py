"""Sums into one place of a list, beside those into the others: logistic regression with a bias, and a row of totals."""

import math
import random


def fit(rows, labels, rate, rounds):
    weights = [0.0] * (len(rows[0]) + 1)
    for _ in range(rounds):
        slope = [0.0] * len(weights)
        for row, label in zip(rows, labels):
            z = weights[0]
            for k, x in enumerate(row):
                z += weights[k + 1] * x
            p = 1.0 / (1.0 + math.exp(-z))
            slope[0] += p - label  # the bias
            for k, x in enumerate(row):
                slope[k + 1] += (p - label) * x
        for k in range(len(weights)):
            weights[k] -= rate * slope[k] / len(rows)
    return weights


def with_total(values, count):
    sums = [0.0] * (count + 1)
    for row in values:
        for k in range(count):
            sums[k] += row[k]
            sums[count] += row[k]
    return sums


rng = random.Random(5)
rows = [[rng.gauss(0, 1) for _ in range(4)] for _ in range(60)]
labels = [int(row[0] - row[1] + rng.gauss(0, 0.5) > 0) for row in rows]
print([f"{w:.8f}" for w in fit(rows, labels, 0.5, 20)])
print([f"{total:.8f}" for total in with_total(rows, 4)])
