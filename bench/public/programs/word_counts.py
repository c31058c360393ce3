"""The words of a text and how often each stands there, counted by asking the list."""

import random
import string


def counts(text):
    words = []
    for word in text.lower().split():
        word = word.strip(string.punctuation)
        if word:
            words.append(word)
    unique = []
    for word in words:
        if word not in unique:
            unique.append(word)
    result = []
    for word in unique:
        result.append((word, words.count(word)))
    result.sort(key=lambda pair: (-pair[1], pair[0]))
    return result


if __name__ == "__main__":
    rng = random.Random(53)
    lexicon = ["".join(rng.choices(string.ascii_lowercase, k=rng.randint(2, 9))) for _ in range(3500)]
    text = " ".join(lexicon[min(3499, int(rng.expovariate(1 / 900)))] + rng.choice(["", "", ",", "."]) for _ in range(60_000))
    for word, count in counts(text)[:8]:
        print(word, count)
