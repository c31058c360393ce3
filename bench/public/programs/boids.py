"""A flock that keeps together: each bird looks at all others, in loops over NumPy arrays."""

import numpy as np


def step(place, speed, dt):
    n = len(place)
    new_speed = speed.copy()
    for i in range(n):
        near = 0
        centre = np.zeros(2)
        heading = np.zeros(2)
        away = np.zeros(2)
        for j in range(n):
            if i == j:
                continue
            dx = place[j, 0] - place[i, 0]
            dy = place[j, 1] - place[i, 1]
            gap = dx * dx + dy * dy
            if gap < 100.0:
                near += 1
                centre[0] += place[j, 0]
                centre[1] += place[j, 1]
                heading[0] += speed[j, 0]
                heading[1] += speed[j, 1]
                if gap < 4.0:
                    away[0] -= dx
                    away[1] -= dy
        if near > 0:
            for k in range(2):
                new_speed[i, k] += 0.01 * (centre[k] / near - place[i, k])
                new_speed[i, k] += 0.05 * (heading[k] / near - speed[i, k])
                new_speed[i, k] += 0.1 * away[k]
    return place + dt * new_speed, new_speed


if __name__ == "__main__":
    rng = np.random.default_rng(37)
    place = rng.uniform(0, 60, (160, 2))
    speed = rng.normal(0, 1, (160, 2))
    for _ in range(120):
        place, speed = step(place, speed, 0.1)
    print(np.round(place.mean(axis=0), 6), np.round(np.abs(speed).sum(), 5))
