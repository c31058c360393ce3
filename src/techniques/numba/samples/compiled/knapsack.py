def knapsack(weights, values, capacity):
    best = [0] * (capacity + 1)
    for weight, value in zip(weights, values):
        for room in range(capacity, weight - 1, -1):
            candidate = best[room - weight] + value
            if candidate > best[room]:
                best[room] = candidate
    return best[capacity]


weights = [(i * 37) % 91 + 1 for i in range(60)]
values = [(i * 53) % 97 + 3 for i in range(60)]
print(knapsack(weights, values, 100), knapsack(weights[:7], values[:7], 500), knapsack([5, 200], [1, 2], 30))
