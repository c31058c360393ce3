"""By hand with Numba."""

import numba
import numpy as np


@numba.njit
def step(place, speed, dt):
    new_speed = speed.copy()
    for i in range(len(place)):
        near = 0
        centre, heading, away = np.zeros(2), np.zeros(2), np.zeros(2)
        for j in range(len(place)):
            if i == j:
                continue
            dx, dy = place[j, 0] - place[i, 0], place[j, 1] - place[i, 1]
            gap = dx * dx + dy * dy
            if gap < 100.0:
                near += 1
                centre += place[j]
                heading += speed[j]
                if gap < 4.0:
                    away[0] -= dx
                    away[1] -= dy
        if near > 0:
            new_speed[i] += 0.01 * (centre / near - place[i])
            new_speed[i] += 0.05 * (heading / near - speed[i])
            new_speed[i] += 0.1 * away
    return place + dt * new_speed, new_speed
