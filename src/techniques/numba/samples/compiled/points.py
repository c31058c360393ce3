"""Points as tuples of numbers and as short lists."""


def spread(points):
    x0 = y0 = 0.0
    for x, y in points:
        x0 += x
        y0 += y
    most = 0.0
    for x, y in points:
        most = max(most, (x - x0) * (x - x0) + (y - y0) * (y - y0))
    return most


def weighted(items):
    best = items[0]
    total = 0.0
    for count, weight in items:
        total += count * weight
        if weight > best[1]:
            best = (count, weight)
    return total, best


def length(rows):
    total = 0.0
    for i in range(1, len(rows)):
        x, y, z = rows[i]
        a, b, c = rows[i - 1]
        total += abs(x - a) + abs(y - b) + abs(z - c)
    return total


print(spread([(0.5 * i, 1.0 - i) for i in range(50)]))
print(weighted([(i, 0.5 * i % 7) for i in range(30)]))
print(length([[1.0 * i, 2.0 * i % 5, 0.25 * i] for i in range(20)]))
print(spread([]))
