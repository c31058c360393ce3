def counts(words):
    table = {}
    for word in words:
        table[word] = table.get(word, 0) + 1
    return table


print(counts(["a", "b", "a"]))
