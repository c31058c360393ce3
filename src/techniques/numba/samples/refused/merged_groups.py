def merged(groups):
    found = []
    for group in groups:
        for existing in found:
            if any(member in existing for member in group):
                existing.extend([member for member in group if member not in existing])
                break
        else:
            found.append(list(group))
    return found


print(merged([[1, 2], [3], [2, 4], [], [3, 5]]))
