"""Loops whose iterations need one another: in place, by a scalar, by a condition that ends them."""

import numpy as np


def smooth_in_place(u):
    for i in range(1, len(u) - 1):
        u[i] = (u[i - 1] + u[i + 1]) / 2
    return u


def exponential_average(values, alpha):
    level = values[0]
    out = []
    for value in values:
        level = alpha * value + (1 - alpha) * level
        out.append(level)
    return out


def first_above(values, limit):
    for i in range(len(values)):
        if values[i] > limit:
            return i
    return -1


def last_seen(x, places, out):
    for i in range(len(x)):
        out[places[i]] = x[i]
    return out


def factorials(ks):
    total = 1
    for k in ks:
        total *= k
    return total


def grown_from_its_end(count):
    a = np.array([1.0])
    for k in range(count):
        a = np.append(a, a[-1] + k)
    return a


def noted_and_added(values, steps):
    best, at = -1.0, 0
    for i in range(len(values)):
        if values[i] > best:
            best = values[i]
            at = i
        at += steps[i]
    return best, at


print(smooth_in_place(np.arange(9.0) ** 2).tolist())
print(exponential_average([1.0, 4.0, 2.0], 0.5))
print(first_above([1.0, 2.0, 3.0], 1.5))
print(last_seen(np.array([1.0, 2.0, 3.0]), np.array([0, 1, 0]), np.zeros(2)).tolist())
print(factorials(list(range(1, 30))))
print(grown_from_its_end(20).tolist())
print(noted_and_added([k * 7 % 20 / 2 for k in range(20)], [k % 3 for k in range(20)]))
