"""By hand: the vocabulary as the keys of a dict."""


def train(messages):
    vocabulary = dict.fromkeys(word for words, _ in messages for word in words)
    counts = {"spam": dict.fromkeys(vocabulary, 0), "ham": dict.fromkeys(vocabulary, 0)}
    totals = {"spam": 0, "ham": 0}
    for words, label in messages:
        table = counts[label]
        for word in words:
            table[word] += 1
        totals[label] += len(words)
    return vocabulary, counts, totals
