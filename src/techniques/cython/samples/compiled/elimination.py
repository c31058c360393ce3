def factorize(a):
    """LU with partial pivoting, in place; the pivots."""
    n = len(a)
    pivots = []
    for j in range(n):
        p = j
        for i in range(j + 1, n):
            if abs(a[i][j]) > abs(a[p][j]):
                p = i
        pivots.append(p)
        if p != j:
            a[p], a[j] = a[j], a[p]
        for i in range(j + 1, n):
            a[i][j] /= a[j][j]
            factor = a[i][j]
            for k in range(j + 1, n):
                a[i][k] -= factor * a[j][k]
    return pivots


matrix = [[1.0 / (i + j + 1) if i != j else 0.5 * j for j in range(5)] for i in range(5)]
rows = list(matrix)
print(factorize(matrix))
print(matrix, [rows.index(row) for row in matrix])
