def pairs(n):
    for i in range(n):
        yield i, i * i


print(list(pairs(5)))
