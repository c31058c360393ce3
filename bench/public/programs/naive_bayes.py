"""Spam or not: counting words per class, and the likelihood of messages under each."""

import math
import random


def train(messages):
    vocabulary = []
    for words, _ in messages:
        for word in words:
            if word not in vocabulary:
                vocabulary.append(word)
    counts = {"spam": {}, "ham": {}}
    for word in vocabulary:
        for label in counts:
            counts[label][word] = 0
    totals = {"spam": 0, "ham": 0}
    for words, label in messages:
        for word in words:
            counts[label][word] += 1
            totals[label] += 1
    return vocabulary, counts, totals


def score(words, label, vocabulary, counts, totals):
    total = 0.0
    for word in words:
        if word in vocabulary:
            total += math.log((counts[label][word] + 1) / (totals[label] + len(vocabulary)))
    return total


if __name__ == "__main__":
    rng = random.Random(23)
    lexicon = [f"w{k}" for k in range(7000)]
    messages = []
    for _ in range(4000):
        label = "spam" if rng.random() < 0.4 else "ham"
        lean = 0 if label == "spam" else 1500
        messages.append(([lexicon[min(6999, lean + int(rng.expovariate(1 / 1500)))] for _ in range(18)], label))
    vocabulary, counts, totals = train(messages[:3000])
    right = 0
    for words, label in messages[3000:]:
        guess = max(("ham", "spam"), key=lambda one: score(words, one, vocabulary, counts, totals))
        right += guess == label
    print(len(vocabulary), totals, right)
