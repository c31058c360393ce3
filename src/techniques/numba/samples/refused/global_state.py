total = 0.0


def accumulate(values):
    global total
    for value in values:
        total += value


accumulate([1.5, 2.5])
print(total)
