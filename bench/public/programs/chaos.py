"""The chaos game on a picture of pixels held in lists. In the manner of pyperformance's chaos."""

import random


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def towards(self, other, part):
        return Point(self.x + (other.x - self.x) * part, self.y + (other.y - self.y) * part)


def corners(sides):
    import math

    return [Point(math.cos(2 * math.pi * k / sides), math.sin(2 * math.pi * k / sides)) for k in range(sides)]


def play(width, height, rounds, seed):
    rng = random.Random(seed)
    picture = [[0] * width for _ in range(height)]
    targets = corners(5)
    point = Point(0.1, 0.1)
    for _ in range(rounds):
        point = point.towards(targets[int(rng.random() * len(targets))], 0.55)
        column = int((point.x + 1.0) * 0.5 * (width - 1))
        row = int((point.y + 1.0) * 0.5 * (height - 1))
        picture[row][column] += 1
    return picture


if __name__ == "__main__":
    picture = play(256, 256, 1_500_000, 1)
    print(sum(1 for row in picture for pixel in row if pixel), max(max(row) for row in picture))
