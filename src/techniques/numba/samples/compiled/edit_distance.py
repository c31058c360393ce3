"""Closest words of a list, by Levenshtein distance."""


def distance(source, target):
    """Smallest number of insertions, deletions and substitutions."""
    rows = len(source) + 1
    columns = len(target) + 1
    table = [[0] * columns for _ in range(rows)]
    for i in range(rows):
        table[i][0] = i
    for j in range(columns):
        table[0][j] = j
    for i in range(1, rows):
        for j in range(1, columns):
            cost = 0 if source[i - 1] == target[j - 1] else 1
            table[i][j] = min(
                table[i - 1][j] + 1,  # deletion
                table[i][j - 1] + 1,  # insertion
                table[i - 1][j - 1] + cost,
            )
    return table[rows - 1][columns - 1]


words = ["speedwell", "veronica", "naïve", "well", "spell", "speed", "", "w"]
print([[distance(a, b) for b in words] for a in words])
