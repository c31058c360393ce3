"""Loops that draw random numbers: the same numbers in the same order."""

import math
import random
import numpy as np


def walk(rng, steps):
    x = y = 0
    farthest = 0
    for _ in range(steps):
        direction = rng.integers(4)
        if direction == 0:
            x += 1
        elif direction == 1:
            x -= 1
        elif direction == 2:
            y += 1
        else:
            y -= 1
        farthest = max(farthest, x * x + y * y)
    return x, y, farthest


def pi(n):
    inside = 0
    for _ in range(n):
        x = random.random()
        y = random.uniform(-1, 1)
        if x * x + y * y <= 1.0:
            inside += 1
    return 4 * inside / n


def price(rng, n, s, k, r, sigma, t):
    total = 0.0
    for _ in range(n):
        z = rng.normal(0.0, 1.0)
        end = s * math.exp((r - 0.5 * sigma**2) * t + sigma * math.sqrt(t) * z)
        total += max(end - k, 0.0)
    return math.exp(-r * t) * total / n


def noise(values):
    out = []
    for v in values:
        out.append(v + np.random.normal(0, 0.1))
    return out


def dice(n):
    counts = 0
    for _ in range(n):
        if np.random.randint(1, 7) + np.random.randint(1, 7) == 7:
            counts += 1
    return counts


def path(rng, n, mu):
    level = 100.0
    out = []
    for i in range(n):
        if rng.random() < 0.5:
            level += 0.25
        else:
            level -= 0.5
        out.append(level)
    return out


def listed(rng, n):
    return [rng.uniform(0, 10) for _ in range(n)]


rng = np.random.default_rng(31)
np.random.seed(3)
random.seed(4)
for k in range(3):
    print(walk(rng, 1000), pi(500), random.random(), round(price(rng, 300, 100.0, 95.0, 0.01, 0.2, 1.0), 9))
    print(sum(noise([1.0, 2.0, 3.0] * 30)), dice(500), path(rng, 200, 0.0)[-3:], sum(listed(rng, 100)), rng.random(), np.random.random())
