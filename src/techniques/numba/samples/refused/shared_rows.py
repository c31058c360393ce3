def spread(n):
    table = [[0] * n] * n
    table[0][n - 1] = sum(1 for row in table for _ in row)
    for _ in range(1):
        return table


print(spread(4))
