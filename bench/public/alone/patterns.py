"""Addresses in a long text: the time is in the regular-expression engine."""

import random
import re

rng = random.Random(7)
text = " ".join(rng.choice(["alpha", "beta@example.org", "gamma.delta@mail.example", "12-34", "x" * 9]) for _ in range(900_000))
found = re.findall(r"[a-z.]+@[a-z]+(?:\.[a-z]+)+", text)
print(len(found), found[:2])
words = re.sub(r"\b(\w)(\w*)\b", r"\2\1", text)
print(words[:40])
