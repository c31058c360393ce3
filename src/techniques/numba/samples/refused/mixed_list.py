def weigh(values):
    result = 0.0
    for value in values:
        result += value * 0.5
    return result


print(weigh([1, 2.5, 3]))
