import random


def draw(n):
    total = 0.0
    for _ in range(n):
        total += random.betavariate(2.0, 3.0)
    return total


def show(xs):
    for x in xs:
        print(x)


def guarded(xs):
    total = 0
    for x in xs:
        try:
            total += int(x)
        except ValueError:
            total -= 1
    return total


def once(numbers):
    total = 0
    for number in numbers:
        total += number
    return total


def mean(xs):
    total = 0.0
    for i in range(len(xs)):
        total += xs[i]
    return total


import numpy as np

draw(3)
show([1])
guarded(["1", "x"])
once(iter([1, 2]))
mean(np.array([1.0, 2.0]))
