def multiply(a, b):
    n = len(a)
    p = len(b[0])
    m = len(b)
    result = [[0] * p for _ in range(n)]
    for i in range(n):
        for j in range(p):
            for k in range(m):
                result[i][j] += a[i][k] * b[k][j]
    return result


a = [[((i * 13 + j * 7) % 23) / 8 - 1.3 for j in range(20)] for i in range(15)]
b = [[((i * 5 + j * 11) % 19) / 4 - 2.2 for j in range(10)] for i in range(20)]
print(multiply(a, b))
