import math
import random
from random import uniform


def settle(spins, warmth, rounds, rng):
    """Metropolis steps on a grid of spins; how often one was turned."""
    size = len(spins)
    turned = 0
    for _ in range(rounds):
        i = rng.randrange(size)
        j = rng.randint(0, size - 1)
        around = spins[i - 1][j] + spins[(i + 1) % size][j] + spins[i][j - 1] + spins[i][(j + 1) % size]
        change = 2 * spins[i][j] * around
        if change <= 0 or rng.random() < math.exp(-change / warmth):
            spins[i][j] = -spins[i][j]
            turned += 1
    return turned


def darts(count, seed):
    rng = random.Random(seed)
    inside = 0
    for _ in range(count):
        x = rng.gauss(0.0, 0.5)
        y = uniform(-1, 1)
        if x * x + y * y <= 1.0:
            inside += 1
    return 4.0 * inside / count


def shuffled(values):
    for i in range(len(values) - 1, 0, -1):
        j = int(random.random() * (i + 1))
        values[i], values[j] = values[j], values[i]
    return random.choice(values)


random.seed(4)
generator = random.Random(11)
grid = [[1, -1, 1, 1], [1, 1, -1, -1], [-1, 1, 1, -1], [1, -1, -1, 1]]
print(settle(grid, 2.2, 500, generator), grid, generator.random())
print(darts(1000, 5), darts(999, 7), random.random())
print(shuffled([0.5, 1.5, 2.5, 3.5]), random.gauss(0, 1))
