"""Planets under gravity, on lists of floats. In the manner of pyperformance's nbody."""

import math

MASS = 4 * math.pi**2
YEAR = 365.24


def planets():
    # position, velocity, mass
    return [
        ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], MASS),
        ([4.84143144246472, -1.16032004402743, -0.103622044471123],
         [0.00166007664274404 * YEAR, 0.00769901118419740 * YEAR, -0.0000690460016972063 * YEAR], 0.000954791938424327 * MASS),
        ([8.34336671824458, 4.12479856412430, -0.403523417114321],
         [-0.00276742510726411 * YEAR, 0.00499852801234917 * YEAR, 0.0000230417297573764 * YEAR], 0.000285885980666131 * MASS),
        ([12.8943695621391, -15.1111514016986, -0.223307578892656],
         [0.00296460137564762 * YEAR, 0.00237847173959481 * YEAR, -0.0000296589568540238 * YEAR], 0.0000436624404335156 * MASS),
        ([15.3796971148510, -25.9193146099879, 0.179258772950371],
         [0.00268067772490389 * YEAR, 0.00162824170038242 * YEAR, -0.0000951592254519715 * YEAR], 0.0000515138902046611 * MASS),
    ]


def advance(bodies, dt, steps):
    count = len(bodies)
    for _ in range(steps):
        for i in range(count):
            (place, speed, mass) = bodies[i]
            for j in range(i + 1, count):
                (other, other_speed, other_mass) = bodies[j]
                dx = place[0] - other[0]
                dy = place[1] - other[1]
                dz = place[2] - other[2]
                pull = dt / (dx * dx + dy * dy + dz * dz) ** 1.5
                speed[0] -= dx * other_mass * pull
                speed[1] -= dy * other_mass * pull
                speed[2] -= dz * other_mass * pull
                other_speed[0] += dx * mass * pull
                other_speed[1] += dy * mass * pull
                other_speed[2] += dz * mass * pull
        for place, speed, mass in bodies:
            place[0] += dt * speed[0]
            place[1] += dt * speed[1]
            place[2] += dt * speed[2]


def energy(bodies):
    total = 0.0
    for i, (place, speed, mass) in enumerate(bodies):
        total += 0.5 * mass * (speed[0] ** 2 + speed[1] ** 2 + speed[2] ** 2)
        for other, _, other_mass in bodies[i + 1 :]:
            total -= mass * other_mass / math.dist(place, other)
    return total


if __name__ == "__main__":
    bodies = planets()
    print(f"{energy(bodies):.6f}")
    advance(bodies, 0.01, 450_000)
    print(f"{energy(bodies):.6f}")
