def distance(a, b):
    """Edits between two words."""
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a):
        current = [i + 1]
        for j, y in enumerate(b):
            # substitution, deletion, insertion
            cost = 0 if x == y else 1
            current.append(min(previous[j] + cost, previous[j + 1] + 1, current[j] + 1))
        previous = current
    return previous[-1]


print(distance("kitten", "sitting"), distance("", "abc"), distance("flaw", "lawn"))
