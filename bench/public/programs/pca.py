"""The main directions of a data set: covariance by loops, then power iteration with deflation."""

import math

from sklearn.datasets import load_digits


def covariance(rows):
    n, d = len(rows), len(rows[0])
    mean = [sum(row[k] for row in rows) / n for k in range(d)]
    matrix = [[0.0] * d for _ in range(d)]
    for row in rows:
        for i in range(d):
            for j in range(d):
                matrix[i][j] += (row[i] - mean[i]) * (row[j] - mean[j])
    for i in range(d):
        for j in range(d):
            matrix[i][j] /= n - 1
    return matrix


def leading(matrix, rounds):
    d = len(matrix)
    vector = [1.0 / math.sqrt(d)] * d
    value = 0.0
    for _ in range(rounds):
        new = [sum(matrix[i][j] * vector[j] for j in range(d)) for i in range(d)]
        value = math.sqrt(sum(x * x for x in new))
        vector = [x / value for x in new]
    return value, vector


def components(rows, count):
    matrix = covariance(rows)
    values = []
    for _ in range(count):
        value, vector = leading(matrix, 120)
        values.append(value)
        for i in range(len(matrix)):
            for j in range(len(matrix)):
                matrix[i][j] -= value * vector[i] * vector[j]
    return values


if __name__ == "__main__":
    images, _ = load_digits(return_X_y=True)
    for value in components(images.tolist(), 5):
        print(f"{value:.5f}")
