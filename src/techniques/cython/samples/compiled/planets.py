def moons():
    # place, speed, mass
    return [
        ([0.0, 0.0], [0.0, 0.25], 3.0),
        ([1.5, -0.5], [0.0, -1.5], 0.125),
        ([-2.0, 1.0], [0.5, 0.0], 0.25),
    ]


def advance(bodies, dt, steps):
    for _ in range(steps):
        for i in range(len(bodies)):
            place, speed, mass = bodies[i]
            for other, other_speed, other_mass in bodies[i + 1 :]:
                dx = place[0] - other[0]
                dy = place[1] - other[1]
                pull = dt / (dx * dx + dy * dy) ** 1.5  # the same for both
                speed[0] -= dx * other_mass * pull
                speed[1] -= dy * other_mass * pull
                other_speed[0] += dx * mass * pull
                other_speed[1] += dy * mass * pull
        for place, speed, mass in bodies:
            place[0] += dt * speed[0]
            place[1] += dt * speed[1]


bodies = moons()
first = bodies[0][0]
advance(bodies, 0.01, 50)
print(bodies, first is bodies[0][0])
