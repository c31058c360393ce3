"""By hand with Numba: one array for places, speeds and masses."""

import numba
import numpy as np


@numba.njit
def _advance(place, speed, mass, dt, steps):
    count = len(mass)
    for _ in range(steps):
        for i in range(count):
            for j in range(i + 1, count):
                dx = place[i, 0] - place[j, 0]
                dy = place[i, 1] - place[j, 1]
                dz = place[i, 2] - place[j, 2]
                pull = dt / (dx * dx + dy * dy + dz * dz) ** 1.5
                speed[i, 0] -= dx * mass[j] * pull
                speed[i, 1] -= dy * mass[j] * pull
                speed[i, 2] -= dz * mass[j] * pull
                speed[j, 0] += dx * mass[i] * pull
                speed[j, 1] += dy * mass[i] * pull
                speed[j, 2] += dz * mass[i] * pull
        place += dt * speed


def advance(bodies, dt, steps):
    place = np.array([body[0] for body in bodies])
    speed = np.array([body[1] for body in bodies])
    _advance(place, speed, np.array([body[2] for body in bodies]), dt, steps)
    for body, p, s in zip(bodies, place.tolist(), speed.tolist()):
        body[0][:], body[1][:] = p, s
