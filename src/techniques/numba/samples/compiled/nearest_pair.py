import math


def nearest_pair(points):
    best = float("inf")
    pair = (-1, -1)
    for i in range(len(points)):
        for j in range(i + 1, len(points)):
            dx = points[i][0] - points[j][0]
            dy = points[i][1] - points[j][1]
            d = math.sqrt(dx * dx + dy * dy)
            if d < best:
                best = d
                pair = (i, j)
    return best, pair


points = [(((i * 7919) % 1009) / 10.0, ((i * 104729) % 997) / 10.0) for i in range(120)]
print(nearest_pair(points), nearest_pair(points[:2]), nearest_pair(points[:1]))
