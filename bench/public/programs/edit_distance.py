"""How many edits turn one misspelt word into each of a dictionary: Levenshtein's table, row by row."""

import random


def distance(a, b):
    previous = list(range(len(b) + 1))
    for i in range(1, len(a) + 1):
        current = [i] + [0] * len(b)
        for j in range(1, len(b) + 1):
            cost = 0 if a[i - 1] == b[j - 1] else 1
            current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
        previous = current
    return previous[len(b)]


def words(count, seed):
    rng = random.Random(seed)
    return ["".join(rng.choices("etaoinshrdlu", k=rng.randint(4, 14))) for _ in range(count)]


if __name__ == "__main__":
    dictionary = words(5000, 5)
    for typed in words(16, 6):
        best = min(dictionary, key=lambda word: distance(typed, word))
        print(typed, best, distance(typed, best))
