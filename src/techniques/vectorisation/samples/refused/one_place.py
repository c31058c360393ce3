"""Sums that go to one place of a list, which may not hold one of NumPy's numbers afterwards."""


def slopes(values, labels):
    slope = [0.0, 0.0]
    for value, label in zip(values, labels):
        slope[0] += value - label
        slope[1] += (value - label) * value
    return slope


def fifths(values):
    total = [0.0] * 3
    for value in values:
        total[2] -= value / 5
    return total


print(slopes([0.5, 1.5, 2.5], [1.0, 0.0, 1.0]), fifths([1.0, 2.0]))
