import numpy as np


def escape_times(left, right, bottom, top, width, height, limit):
    x = np.linspace(left, right, width)
    y = np.linspace(bottom, top, height, dtype=np.float64)
    c = x + y[:, None] * 1j
    times = np.zeros(c.shape, dtype=np.int64)
    z = np.zeros(c.shape, dtype=np.complex128)
    for step in range(limit):
        inside = np.less(abs(z), 2.0)
        times[inside] = step
        z[inside] = z[inside] ** 2 + c[inside]
    times[times == limit - 1] = 0
    return times


def cleaned(values, rounds):
    for _ in range(rounds):
        values[values < 0.25] += 0.5
        values[values > 1] = 1
        high = values >= 0.75
        values[high] = np.sqrt(values[high]) - values[high] * 0.5
    return values


rng = np.random.default_rng(5)
print(escape_times(-2.0, 0.5, -1.25, 1.25, 12, 9, 25).tolist())
print(np.round(cleaned(rng.random(40) * 2 - 0.5, 3), 9).tolist())
