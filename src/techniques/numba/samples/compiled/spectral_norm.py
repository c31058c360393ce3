from math import sqrt


def eval_a(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def eval_a_times_u(u):
    n = len(u)
    result = []
    for i in range(n):
        total = 0.0
        for j in range(n):
            total += eval_a(i, j) * u[j]
        result.append(total)
    return result


def eval_at_times_u(u):
    n = len(u)
    result = []
    for i in range(n):
        total = 0.0
        for j in range(n):
            total += eval_a(j, i) * u[j]
        result.append(total)
    return result


u = [1.0] * 60
for _ in range(5):
    v = eval_at_times_u(eval_a_times_u(u))
    u = eval_at_times_u(eval_a_times_u(v))
vbv = sum(a * b for a, b in zip(u, v))
vv = sum(b * b for b in v)
print(repr(sqrt(vbv / vv)))
