def halve_or_keep(values, limit):
    last = 0
    for value in values:
        if value > limit:
            last = value / 2
    return last


print(halve_or_keep([1, 5, 9], 4), halve_or_keep([1, 5, 9], 40))
