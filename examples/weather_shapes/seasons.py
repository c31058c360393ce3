"""Which months have temperature curves of the same shape? Dynamic time warping between the months of Seattle's 2010.

Each month is its temperature every other hour, less the month's mean, so that only the shape counts.
"""

import csv
from pathlib import Path

DATA = Path(__file__).parent / "data" / "seattle-temps.csv"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def read_months(path, every=2):
    months = [[] for _ in MONTHS]
    with open(path, newline="", encoding="utf-8") as file:
        for i, row in enumerate(csv.DictReader(file)):
            if i % every == 0:
                month = int(row["date"].split("/")[1])
                months[month - 1].append(float(row["temp"]))
    return months


def shape(values):
    mean = sum(values) / len(values)
    return [value - mean for value in values]


def warping_distance(a, b):
    """Length of the cheapest alignment of two curves (Sakoe and Chiba, 1978), without a window."""
    n, m = len(a), len(b)
    cost = [[float("inf")] * (m + 1) for _ in range(n + 1)]
    cost[0][0] = 0.0
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            step = abs(a[i - 1] - b[j - 1])
            cost[i][j] = step + min(cost[i - 1][j], cost[i][j - 1], cost[i - 1][j - 1])
    return cost[n][m]


months = [shape(values) for values in read_months(DATA)]
print("      " + " ".join(f"{name:>6}" for name in MONTHS))
closest = (float("inf"), "", "")
for i, first in enumerate(months):
    line = []
    for j, second in enumerate(months):
        if j <= i:
            line.append(" " * 6)
            continue
        distance = warping_distance(first, second)
        line.append(f"{distance:6.1f}")
        closest = min(closest, (distance, MONTHS[i], MONTHS[j]))
    print(f"{MONTHS[i]:>5} " + " ".join(line))
print(f"most alike: {closest[1]} and {closest[2]}, at {closest[0]:.2f} degrees in all")
