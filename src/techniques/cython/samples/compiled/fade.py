def fade(rows, factors, count):
    for row in rows:
        for i in range(1, count):
            row[i] = row[i - 1] * factors[i]
    return rows[0]


print(fade([[1.5, -2.0, 0.25], [0.1, 0.2, 0.3]], [0.5, 0.5, 2.0], 3))
print(fade([[8.0]], [0.5], 1))
