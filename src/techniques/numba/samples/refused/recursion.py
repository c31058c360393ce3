def paths(n, m):
    total = 0
    for step in range(1, 3):
        if n >= step:
            total += paths(n - step, m + 1)
    return total + 1


print(paths(8, 0))
