def fullest(weights, values, capacity):
    """The best value of what fits, and what is taken."""
    best = [[0] * (capacity + 1) for _ in range(len(weights) + 1)]
    for i, weight in enumerate(weights, 1):
        for room in range(capacity + 1):
            best[i][room] = best[i - 1][room]
            if weight <= room:
                best[i][room] = max(best[i][room], best[i - 1][room - weight] + values[i - 1])
    taken = [False] * len(weights)
    room = capacity
    for i in range(len(weights), 0, -1):
        if best[i][room] != best[i - 1][room]:
            taken[i - 1] = True
            room -= weights[i - 1]
    return best[-1][capacity], taken


print(fullest([3, 4, 2, 7, 5], [4, 5, 3, 10, 6], 12))
