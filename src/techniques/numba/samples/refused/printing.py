def report(values):
    for value in values:
        print(value * 2)


report([1.5, 2.5])
