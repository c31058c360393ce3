def matrix_chain_order(dims):
    n = len(dims) - 1
    cost = [[0] * n for _ in range(n)]
    for length in range(2, n + 1):
        for i in range(n - length + 1):
            j = i + length - 1
            cost[i][j] = 10**15
            for k in range(i, j):
                q = cost[i][k] + cost[k + 1][j] + dims[i] * dims[k + 1] * dims[j + 1]
                if q < cost[i][j]:
                    cost[i][j] = q
    return cost[0][n - 1]


print(matrix_chain_order([30, 35, 15, 5, 10, 20, 25]))
print(matrix_chain_order([(i * 13) % 29 + 2 for i in range(40)]))
