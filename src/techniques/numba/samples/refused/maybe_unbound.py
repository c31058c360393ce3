def last_index(values, wanted):
    for i in range(len(values)):
        if values[i] == wanted:
            found = i
    return found


print(last_index([1, 2, 3, 2], 2))
