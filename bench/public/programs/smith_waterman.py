"""Local alignment of two DNA sequences, with affine costs left out: Smith and Waterman's table and its traceback."""

import random


def score_table(a, b, match, mismatch, gap):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    best, where = 0, (0, 0)
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            diagonal = table[i - 1][j - 1] + (match if a[i - 1] == b[j - 1] else mismatch)
            table[i][j] = max(0, diagonal, table[i - 1][j] + gap, table[i][j - 1] + gap)
            if table[i][j] > best:
                best, where = table[i][j], (i, j)
    return table, best, where


def align(a, b):
    table, best, (i, j) = score_table(a, b, 3, -3, -2)
    top, bottom = [], []
    while i > 0 and j > 0 and table[i][j] > 0:
        if table[i][j] == table[i - 1][j - 1] + (3 if a[i - 1] == b[j - 1] else -3):
            i, j = i - 1, j - 1
            top.append(a[i])
            bottom.append(b[j])
        elif table[i][j] == table[i - 1][j] - 2:
            i -= 1
            top.append(a[i])
            bottom.append("-")
        else:
            j -= 1
            top.append("-")
            bottom.append(b[j])
    return best, "".join(reversed(top)), "".join(reversed(bottom))


if __name__ == "__main__":
    rng = random.Random(2)
    one = "".join(rng.choices("ACGT", k=1900))
    two = one[300:900] + "".join(rng.choices("ACGT", k=1300))
    best, top, bottom = align(one, two)
    print(best, len(top))
    print(top[:60])
    print(bottom[:60])
