import numpy as np


def lower_factor(a):
    for i in range(a.shape[0]):
        for j in range(i):
            a[i, j] -= np.dot(a[i, :j], a[j, :j])
            a[i, j] /= a[j, j]
        a[i, i] = np.sqrt(a[i, i] - a[i, :i] @ a[i, :i])


def spread(heat, steps, rate):
    before = np.empty_like(heat)
    for _ in range(steps):
        before[:] = heat
        # An array that overlaps itself: NumPy reads all before it writes.
        heat[1:, :] += rate * (before[:-1, :] - before[1:, :])
        heat[:, 1:] -= rate * (heat[:, 1:] - heat[:, :-1])
        heat[0, :] = heat[1, :]
        heat[:, -1] = 0
    return heat.sum(), np.max(heat)


def sparse_product(starts, columns, values, x):
    y = np.zeros(starts.size - 1, values.dtype)
    for i in range(starts.size - 1):
        places = columns[starts[i]:starts[i + 1]]
        y[i] = values[starts[i]:starts[i + 1]] @ x[places]
    return y


def checksum(data, polynomial=0x8408):
    crc = 0xFFFF
    for byte in data:
        current = 0xFF & byte
        for _ in range(8):
            if (crc & 1) ^ (current & 1):
                crc = (crc >> 1) ^ polynomial
            else:
                crc >>= 1
            current >>= 1
    return crc & 0xFFFF


def longest_rise(heights):
    n = len(heights)
    best = np.zeros((n, n), np.int32)
    for i in range(n - 1, -1, -1):
        for j in range(i + 1, n):
            best[i, j] = max(best[i + 1, j], best[i, j - 1])
            if heights[i] < heights[j]:
                best[i, j] = max(best[i, j], best[i, j - 1] + 1)
    return best


rng = np.random.default_rng(7)
square = rng.random((12, 12))
square = square @ square.T + 12 * np.eye(12)
lower_factor(square)
print(np.round(square, 9).tolist())
print([round(float(one), 9) for one in spread(rng.random((9, 8)), 6, 0.125)])
counts = rng.integers(0, 4, 20)
starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32)
columns = rng.integers(0, 20, counts.sum()).astype(np.uint32)
weights = rng.random(counts.sum())
print(np.round(sparse_product(starts, columns, weights, rng.random(20)), 9).tolist())
print(checksum(rng.integers(0, 256, 200).astype(np.uint8)))
print(longest_rise(rng.integers(0, 40, 25).astype(np.int32)).tolist())
