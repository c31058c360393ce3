import math


def advance(xs, ys, zs, vxs, vys, vzs, masses, dt, steps):
    n = len(xs)
    for _ in range(steps):
        for i in range(n):
            for j in range(i + 1, n):
                dx = xs[i] - xs[j]
                dy = ys[i] - ys[j]
                dz = zs[i] - zs[j]
                d2 = dx * dx + dy * dy + dz * dz
                mag = dt / (d2 * math.sqrt(d2))
                vxs[i] -= dx * masses[j] * mag
                vys[i] -= dy * masses[j] * mag
                vzs[i] -= dz * masses[j] * mag
                vxs[j] += dx * masses[i] * mag
                vys[j] += dy * masses[i] * mag
                vzs[j] += dz * masses[i] * mag
        for i in range(n):
            xs[i] += dt * vxs[i]
            ys[i] += dt * vys[i]
            zs[i] += dt * vzs[i]


xs, ys, zs = [0.0, 4.84, 8.34, 12.89], [0.0, -1.16, 4.12, -15.11], [0.0, -0.1, -0.4, -0.22]
vxs, vys, vzs = [0.0, 0.6, -1.01, 1.08], [0.0, 2.81, 1.82, 0.86], [0.0, -0.02, 0.008, -0.01]
masses = [39.47, 0.037, 0.011, 0.0017]
for _ in range(3):
    advance(xs, ys, zs, vxs, vys, vzs, masses, 0.01, 200)
    print(xs, ys, zs, vxs, vys, vzs)
