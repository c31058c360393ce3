"""Linear regression by gradient descent, everything in lists."""

import random


def descend(rows, targets, rate, rounds):
    weights = [0.0] * len(rows[0])
    bias = 0.0
    for _ in range(rounds):
        slope = [0.0] * len(weights)
        slope_bias = 0.0
        for row, target in zip(rows, targets):
            guess = bias
            for w, x in zip(weights, row):
                guess += w * x
            error = guess - target
            for k in range(len(weights)):
                slope[k] += error * row[k]
            slope_bias += error
        for k in range(len(weights)):
            weights[k] -= rate * slope[k] / len(rows)
        bias -= rate * slope_bias / len(rows)
    return weights, bias


if __name__ == "__main__":
    rng = random.Random(19)
    truth = [1.5, -2.0, 0.5, 3.0, 0.0, -1.0]
    rows = [[rng.gauss(0, 1) for _ in truth] for _ in range(3000)]
    targets = [sum(w * x for w, x in zip(truth, row)) + 0.7 + rng.gauss(0, 0.1) for row in rows]
    weights, bias = descend(rows, targets, 0.1, 900)
    print([f"{w:.5f}" for w in weights], f"{bias:.5f}")
