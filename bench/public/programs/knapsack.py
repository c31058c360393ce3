"""What to pack: the 0/1 knapsack by a table over items and capacity, and which items it takes."""

import random


def pack(weights, values, capacity):
    count = len(weights)
    best = [[0] * (capacity + 1) for _ in range(count + 1)]
    for i in range(1, count + 1):
        for room in range(capacity + 1):
            best[i][room] = best[i - 1][room]
            if weights[i - 1] <= room:
                with_item = best[i - 1][room - weights[i - 1]] + values[i - 1]
                if with_item > best[i][room]:
                    best[i][room] = with_item
    chosen = []
    room = capacity
    for i in range(count, 0, -1):
        if best[i][room] != best[i - 1][room]:
            chosen.append(i - 1)
            room -= weights[i - 1]
    return best[count][capacity], chosen[::-1]


if __name__ == "__main__":
    rng = random.Random(11)
    weights = [rng.randint(5, 120) for _ in range(600)]
    values = [rng.randint(10, 400) for _ in range(600)]
    total, chosen = pack(weights, values, 40 * 600)
    print(total, len(chosen), chosen[:8])
