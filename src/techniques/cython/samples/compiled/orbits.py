import math
import random


class Vector:
    __slots__ = ("x", "y")

    def __init__(self, x, y=0.0):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y)

    def __rmul__(self, factor):
        return Vector(factor * self.x, factor * self.y)

    def length(self):
        return math.sqrt(self.x * self.x + self.y * self.y)


class Body:
    """A point with a mass, and where it has been."""

    def __init__(self, place: Vector, mass):
        self.place = place
        self.speed = Vector(0.0)
        self.mass = mass
        self.trail = []
        self.nearest = None
        self.steps = 0

    def step(self, others, dt, soft=0.01):
        pull, best = Vector(0.0, 0.0), None
        for other in others:
            if other is not self:
                gap = other.place - self.place
                distance = gap.length() + soft
                pull += (other.mass / (distance * distance * distance)) * gap
                if best is None or distance < best:
                    best = distance
                    self.nearest = other
        self.speed += dt * pull
        self.place = self.place + dt * self.speed
        self.trail.append(self.place.x)
        self.steps += 1


def simulate(count, rounds, seed):
    rng = random.Random(seed)
    bodies = [Body(Vector(rng.uniform(-1, 1), rng.random()), 1.0 + 0.5 * i) for i in range(count)]
    for _ in range(rounds):
        for body in bodies:
            body.step(bodies, dt=0.01)
    total = 0.0
    for body in bodies:
        total += sum(body.trail)
        if body.nearest is not None:
            total += body.nearest.mass
    return total, [body.steps for body in bodies]


print(simulate(5, 30, 3))
print(simulate(1, 2, 4))
