"""Bodies as tuples of lists, which pairs of bodies hold as well."""


def pairs_of(bodies):
    return [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1 :]]


def advance(bodies, pairs, dt, steps):
    for _ in range(steps):
        for ([x1, y1, z1], v1, m1), ([x2, y2, z2], v2, m2) in pairs:
            dx = x1 - x2
            dy = y1 - y2
            dz = z1 - z2
            pull = dt / (dx * dx + dy * dy + dz * dz)
            v1[0] -= dx * m2 * pull
            v1[1] -= dy * m2 * pull
            v1[2] -= dz * m2 * pull
            v2[0] += dx * m1 * pull
            v2[1] += dy * m1 * pull
            v2[2] += dz * m1 * pull
        # All of them move at once.
        for place, [vx, vy, vz], _ in bodies:
            place[0] += dt * vx
            place[1] += dt * vy
            place[2] += dt * vz


def momentum(bodies):
    total = [0.0, 0.0, 0.0]
    for i, (place, speed, mass) in enumerate(bodies):
        for axis in range(len(total)):
            total[axis] += mass * speed[axis] * (i + 1)
    return total


bodies = [([1.0 * i, 0.5 * i, 2.0], [0.25, 0.125 * i, 0.0], 1.0 + i) for i in range(4)]
shared = bodies[2][0]
pairs = pairs_of(bodies)
for steps in (0, 1, 40):
    advance(bodies, pairs, 0.01, steps)
    print(bodies, shared is bodies[2][0], momentum(bodies))
one = ([0.0, 1.0, 2.0], [1.0, 1.0, 1.0], 2.0)
advance([one, one], [(one, (one[1], one[0], 3.0))], 0.5, 3)
print(one)
try:
    advance([one, one], [(one, one)], 0.5, 1)
except ZeroDivisionError as error:
    print(error, one)
