"""Random numbers whose order or number hangs on what the loop finds."""

import random

import numpy as np


def under_condition(rng, n):
    total = 0.0
    for i in range(n):
        if i % 3 == 0:
            total += rng.random()
    return total


def after_continue(rng, n):
    total = 0.0
    for i in range(n):
        if i % 3 == 0:
            continue
        total += rng.random()
    return total


def short_circuit(rng, n):
    count = 0
    for i in range(n):
        if i % 2 == 0 and rng.random() < 0.5:
            count += 1
    return count


def in_turns(rng, n):
    total = 0.0
    for _ in range(n):
        total += rng.random() * rng.normal()
    return total


def several_parameters(rng, n):
    total = 0
    for _ in range(n):
        total += int(rng.integers(6) == rng.integers(12))
    return total


def shuffled(rng, n):
    order = np.arange(8.0)
    total = 0.0
    for _ in range(n):
        rng.shuffle(order)
        total += rng.random()
    return total


def two_names(rng, n):
    other = rng
    total = 0.0
    for _ in range(n):
        total += rng.random() - other.random()
    return total


def any_of(rng, n):
    return any(rng.random() > 0.9 for _ in range(n))


def whole_array(rng, n):
    total = 0.0
    for _ in range(n):
        total += rng.normal(0.0, 1.0, 3)[0]
    return total


def reseeded(n):
    total = 0.0
    for i in range(n):
        random.seed(i)
        total += random.random()
    return total


def called(n):
    return sum(jitter(i) for i in range(n))


def jitter(x):
    return x + random.random()


rng = np.random.default_rng(2)
random.seed(1)
for function in (under_condition, after_continue, short_circuit, in_turns, several_parameters, shuffled, two_names, any_of, whole_array):
    print(function(rng, 60))
print(reseeded(60), called(60))
