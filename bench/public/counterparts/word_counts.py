"""By hand: a Counter."""

import collections
import string


def counts(text):
    words = (word.strip(string.punctuation) for word in text.lower().split())
    counted = collections.Counter(word for word in words if word)
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
