"""Sorting records by two keys: the time is list.sort's."""

import random

rng = random.Random(4)
records = [(rng.random(), rng.randrange(100), k) for k in range(500_000)]
for _ in range(2):
    records.sort(key=lambda record: (record[1], record[0]))
    print(records[0], records[-1])
    rng.shuffle(records)
