import random

random.seed(3)


def walk(steps):
    position = 0
    for _ in range(steps):
        if random.random() < 0.5:
            position += 1
        else:
            position -= 1
    return position


print(walk(500))
