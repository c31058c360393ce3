"""Five numeric kernels on lists. In the manner of pyperformance's scimark."""

import math
import random


def relax(grid, omega, rounds):
    """Successive over-relaxation on a square grid."""
    size = len(grid)
    for _ in range(rounds):
        for i in range(1, size - 1):
            for j in range(1, size - 1):
                around = grid[i - 1][j] + grid[i + 1][j] + grid[i][j - 1] + grid[i][j + 1]
                grid[i][j] = omega * 0.25 * around + (1.0 - omega) * grid[i][j]


def sparse_multiply(values, rows, columns, x, rounds):
    """A compressed-row matrix times a vector."""
    y = [0.0] * (len(rows) - 1)
    for _ in range(rounds):
        for r in range(len(rows) - 1):
            total = 0.0
            for k in range(rows[r], rows[r + 1]):
                total += x[columns[k]] * values[k]
            y[r] = total
    return y


def area(samples, seed):
    """Pi by throwing darts."""
    rng = random.Random(seed)
    inside = 0
    for _ in range(samples):
        x = rng.random()
        y = rng.random()
        if x * x + y * y <= 1.0:
            inside += 1
    return 4.0 * inside / samples


def factorize(a):
    """LU with partial pivoting, in place; the pivots."""
    n = len(a)
    pivots = []
    for j in range(n):
        p = j
        largest = abs(a[j][j])
        for i in range(j + 1, n):
            if abs(a[i][j]) > largest:
                p, largest = i, abs(a[i][j])
        pivots.append(p)
        if p != j:
            a[p], a[j] = a[j], a[p]
        scale = 1.0 / a[j][j]
        for i in range(j + 1, n):
            a[i][j] *= scale
        for i in range(j + 1, n):
            factor = a[i][j]
            for k in range(j + 1, n):
                a[i][k] -= factor * a[j][k]
    return pivots


def transform(re, im):
    """A radix-2 Fourier transform, in place."""
    n = len(re)
    j = 0
    for i in range(n - 1):
        if i < j:
            re[i], re[j] = re[j], re[i]
            im[i], im[j] = im[j], im[i]
        k = n >> 1
        while k <= j:
            j -= k
            k >>= 1
        j += k
    size = 2
    while size <= n:
        angle = -2.0 * math.pi / size
        for start in range(0, n, size):
            for k in range(size // 2):
                c = math.cos(angle * k)
                s = math.sin(angle * k)
                a = start + k
                b = a + size // 2
                tr = c * re[b] - s * im[b]
                ti = c * im[b] + s * re[b]
                re[b] = re[a] - tr
                im[b] = im[a] - ti
                re[a] += tr
                im[a] += ti
        size *= 2


def main():
    rng = random.Random(101)
    grid = [[rng.random() for _ in range(100)] for _ in range(100)]
    relax(grid, 1.25, 400)
    print(f"{sum(map(sum, grid)):.6f}")

    n, per_row = 1000, 5
    values = [rng.random() for _ in range(n * per_row)]
    columns = [rng.randrange(n) for _ in range(n * per_row)]
    rows = list(range(0, n * per_row + 1, per_row))
    y = sparse_multiply(values, rows, columns, [rng.random() for _ in range(n)], 1200)
    print(f"{sum(y):.6f}")

    print(area(800_000, 113))

    matrix = [[rng.random() for _ in range(260)] for _ in range(260)]
    print(sum(factorize(matrix)), f"{sum(map(sum, matrix)):.4f}")

    re = [rng.random() for _ in range(2**15)]
    im = [0.0] * len(re)
    transform(re, im)
    print(f"{re[0]:.6f} {im[1]:.6f}")


if __name__ == "__main__":
    main()
