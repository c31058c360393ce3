"""A product of matrices, running balances, counts by index, and a list that is normalised."""

import math

import numpy as np


def multiply(A, B):
    n, k = A.shape
    m = B.shape[1]
    C = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            total = 0.0
            for p in range(k):
                total += A[i, p] * B[p, j]
            C[i, j] = total
    return C


def balances(deposits):
    total = 0.0
    out = []
    for deposit in deposits:
        total += deposit
        out.append(total)
    return out, total


def histogram(bins, counts):
    for k in bins:
        counts[k] += 1
    return counts


def leaky(x):
    out = np.empty(len(x))
    for i in range(len(x)):
        if x[i] > 0:
            out[i] = x[i]
        else:
            out[i] = 0.1 * x[i]
    return out


def normalise(values):
    mean = sum(values) / len(values)
    var = sum((v - mean) ** 2 for v in values) / len(values)
    sd = math.sqrt(var)
    return [(v - mean) / sd for v in values]


def grown(rates):
    out = np.empty(len(rates))
    value = 1.0
    for i in range(len(rates)):
        value *= 1 + rates[i]
        out[i] = value
    return out


rng = np.random.default_rng(4)
print(grown(np.linspace(-0.1, 0.1, 64)).tolist())
print(np.round(multiply(rng.random((8, 9)), rng.random((9, 7))), 9).tolist())
print(balances(rng.random(30).tolist()))
print(histogram(rng.integers(0, 5, 100), np.zeros(5, dtype=int)).tolist())
print(leaky(rng.standard_normal(40)).tolist())
print([f"{v:.9f}" for v in normalise(rng.random(30).tolist())])
