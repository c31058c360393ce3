"""The spectral norm of an infinite matrix, by the power method. In the manner of pyperformance's spectral_norm."""

import math


def element(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(vector):
    out = []
    for i in range(len(vector)):
        total = 0.0
        for j in range(len(vector)):
            total += element(i, j) * vector[j]
        out.append(total)
    return out


def times_transposed(vector):
    out = []
    for i in range(len(vector)):
        total = 0.0
        for j in range(len(vector)):
            total += element(j, i) * vector[j]
        out.append(total)
    return out


def main(n=640, rounds=10):
    u = [1.0] * n
    for _ in range(rounds):
        v = times_transposed(times(u))
        u = times_transposed(times(v))
    top = sum(a * b for a, b in zip(u, v))
    bottom = sum(b * b for b in v)
    print(f"{math.sqrt(top / bottom):.9f}")


if __name__ == "__main__":
    main()
