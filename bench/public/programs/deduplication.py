"""Customers entered twice: the first record of each is kept, compared by name and address without case."""

import random


def same(a, b):
    return a["name"].strip().lower() == b["name"].strip().lower() and a["zip"] == b["zip"]


def deduplicate(records):
    kept = []
    for record in records:
        duplicate = False
        for other in kept:
            if same(record, other):
                duplicate = True
                break
        if not duplicate:
            kept.append(record)
    return kept


if __name__ == "__main__":
    rng = random.Random(59)
    records = []
    for k in range(5200):
        name = f"Person {rng.randrange(3000)}"
        records.append({"name": rng.choice([name, name.upper(), f" {name}"]), "zip": f"{10000 + rng.randrange(3)}", "id": k})
    kept = deduplicate(records)
    print(len(kept), [record["id"] for record in kept[-5:]])
