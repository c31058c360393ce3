def count_tokens(text, known):
    """How often each known word stands in a text, and how many digits it has."""
    counts = {}
    digits = 0
    word = ""
    for c in text:
        if c.isdigit():
            digits += 1
        if c == " " or c == ",":
            if word in known:
                counts[word] = counts.get(word, 0) + 1
            word = ""
        else:
            word += c
    return counts, digits


print(count_tokens("one two, one 3 four 55 ", {"one", "two", "four"}))
