"""Values for the arguments of generated programs, by kind: `value(kind, random, mood)`.

Moods: "usual" as a workload has them, "small" the same in little, "edge" what breaks look-alikes: ties, none and one of it,
negative zeros, NaN and infinities, integers beyond 64 bits, lists of unequal length.
"""

import string

SPECIAL = (0.0, -0.0, 1.0, -1.0, 0.5, 1e-300, 1e100, -1e120, float("inf"), float("-inf"), float("nan"), 2.0**53, 3.75)
WIDE = (2**31, -(2**31), 2**53 + 1, 2**62, 2**63, -(2**63) - 1, 2**70, 10**30)
WORDS = ("a", "b", "ab", "ba", "the", "The", "fox", "of", "x1", "", "dog", "god", "tea", "eat", "ate", "\u00e9", "\u1e9e", "10", "-3")


def size(r, mood):
    return {"usual": lambda: r.randint(15, 40), "small": lambda: r.randint(1, 9)}.get(mood, lambda: r.choice((0, 1, 2, 2, 3, 5, 8)))()


def number(r, mood):
    if mood == "edge" and r.random() < 0.3:
        return r.choice(SPECIAL)
    return r.choice((round(r.uniform(-5, 5), 2), r.uniform(-5, 5), float(r.randint(-3, 3))))


def integer(r, mood):
    if mood == "edge" and r.random() < 0.08:
        return r.choice(WIDE)
    return r.randint(-3, 12) if r.random() < 0.8 else r.randint(-100, 1000)


def many(one, r, mood):
    if mood == "edge" and r.random() < 0.2:  # ties only
        few = [one(r, mood) for _ in range(2)]
        return [r.choice(few) for _ in range(size(r, mood))]
    if mood == "edge" and r.random() < 0.75:
        mood, length = "small", size(r, mood)  # an unusual length of usual values
    else:
        length = size(r, mood)
    return [one(r, mood) for _ in range(length)]


def word(r, mood):
    if r.random() < 0.8:
        return r.choice(WORDS)
    return "".join(r.choice(string.ascii_letters + " ") for _ in range(r.randint(0, 6)))


def mixed(r, mood):
    return r.choice((1, 1.0, True, 0, False, "a", None, (1, 2), [1], {"k": 1}, 2, -0.0, float("nan"), frozenset((1,)), b"a", "b", 3))


def record(r, mood):
    return {"id": r.randint(0, 12), "kind": r.choice("abcd"), "value": number(r, mood)}


def line(r, mood):
    return r.choice(("a 1", "b=2", "c  x 3", "# note", "", "d 4.5", "a -7", "b 1e3", "e = 9", "f\t2", "%s %d" % (word(r, mood), r.randint(0, 99))))


def table(one, r, mood, least=0):
    rows = max(least, min(size(r, mood), 12))
    columns = max(least, min(size(r, mood), 8))
    made = [[one(r, mood) for _ in range(columns)] for _ in range(rows)]
    if mood == "edge" and made and r.random() < 0.1:
        made[-1] = made[-1][:-1]
    return made


def graph(r, mood):
    nodes = max(1, min(size(r, mood), 15))
    return {n: [r.randrange(nodes + 1) for _ in range(r.randint(0, 4))] for n in range(nodes) if r.random() < 0.9}


def array(one, dtype, r, mood):
    import numpy as np

    values = [v if -(2**63) <= v < 2**63 or dtype is float else 7 for v in many(one, r, mood)]
    made = np.array(values, dtype=dtype)
    if mood == "edge" and r.random() < 0.15:
        made = made.astype(r.choice((np.float32, np.int32, np.int64, np.float64)) if dtype is not float else np.float32)
    if mood == "edge" and r.random() < 0.1:
        made = np.repeat(made, 2)[::2]
    return made


def array2(r, mood):
    import numpy as np

    made = np.array(table(number, r, "usual" if mood == "usual" else "edge" if r.random() < 0.3 else "small", 1)[:], dtype=object)
    try:
        made = np.array(made.tolist(), dtype=float)
    except ValueError:
        made = np.array([[1.0, 2.0]])
    return np.asfortranarray(made) if mood == "edge" and r.random() < 0.15 else made


def frame(r, mood):
    import pandas as pd

    length = size(r, mood)
    calm = "small" if mood != "edge" or r.random() < 0.6 else mood
    columns = {
        "a": [r.randint(-2, 6) for _ in range(length)],
        "b": [number(r, calm) for _ in range(length)],
        "c": [word(r, calm) for _ in range(length)],
    }
    made = pd.DataFrame({"a": pd.Series(columns["a"], dtype="int64"), "b": pd.Series(columns["b"], dtype="float64"), "c": pd.Series(columns["c"], dtype="str")})  # fmt: skip
    if mood == "edge" and r.random() < 0.2:
        made.index = [r.randint(0, 5) for _ in range(length)]
    elif mood == "edge" and r.random() < 0.2:
        made.index = range(10, 10 + length)
    return made


KINDS = {
    "ints": lambda r, m: many(integer, r, m),
    "sizes": lambda r, m: many(lambda r, m: r.randint(1, 9), r, m),
    "sorted_ints": lambda r, m: sorted(many(integer, r, m)),
    "floats": lambda r, m: many(number, r, m),
    "number": number,
    "small": lambda r, m: r.randint(0, 14) if m != "edge" else r.choice((0, 1, 2, 3, 14, -1)),
    "words": lambda r, m: many(word, r, m),
    "word": word,
    "text": lambda r, m: " ".join(many(word, r, "small" if m == "usual" else m)),
    "lines": lambda r, m: many(line, r, m),
    "blob": lambda r, m: bytes(many(lambda r, m: r.choice((0, 10, 32, 65, 255)), r, m)),
    "mixed": lambda r, m: many(mixed, r, m),
    "pairs": lambda r, m: many(lambda r, m: (r.randint(0, 9), word(r, m)), r, m),
    "points": lambda r, m: many(lambda r, m: (number(r, m), number(r, m)), r, m),
    "lists": lambda r, m: many(lambda r, m: [r.randint(0, 9) for _ in range(r.randint(0, 4))], r, m),
    "records": lambda r, m: many(record, r, m),
    "mapping": lambda r, m: dict(many(lambda r, m: (word(r, m), r.randint(-2, 6)), r, m)),
    "rows": lambda r, m: table(number, r, m, 0 if m == "edge" else 2),
    "igrid": lambda r, m: table(integer, r, m, 0 if m == "edge" else 2),
    "graph": graph,
    "edges": lambda r, m: many(lambda r, m: (r.randint(0, 9), r.randint(0, 9), r.randint(1, 20)), r, m),
    "array": lambda r, m: array(number, float, r, m),
    "iarray": lambda r, m: array(integer, "int64", r, m),
    "array2": array2,
    "frame": frame,
}


def arguments(kinds, r, mood):
    """One argument of each kind; at times two that are the same object."""
    made = [KINDS[kind](r, mood) for kind in kinds]
    if mood == "edge" and len(kinds) > 1 and kinds[0] == kinds[1] and r.random() < 0.1:
        made[1] = made[0]
    return made
