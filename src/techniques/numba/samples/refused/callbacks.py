def integrate(f, a, b, n):
    step = (b - a) / n
    total = 0.0
    for i in range(n):
        total += f(a + (i + 0.5) * step)
    return total * step


print(integrate(lambda x: x * x, 0.0, 1.0, 50))
