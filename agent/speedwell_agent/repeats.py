"""How often a function is called with arguments that it has had before, among the calls that are looked at.

Arguments are told apart by value where they are plain data, and by identity where they can change in place. Only hashes
are kept, so nothing of the program stays alive, and at most `_MOST` of them.
"""

from math import copysign

_MOST = 4096
_LONGEST = 10_000  # items or characters; a longer argument is told apart by identity, which costs nothing
_PLAIN = frozenset((int, float, bool, str, bytes, complex, type(None)))


class Repeats:
    """Counts for one function. `depth` is the most frames of the function that were seen below a call of it."""

    __slots__ = ("looked", "again", "depth", "mixed", "_seen", "_alike", "_others")

    def __init__(self):
        self.looked = self.again = self.depth = 0
        self.mixed = False
        self._seen = set()  # hashes that tell types and signs of zero apart
        self._alike = set()  # hashes of the values alone, as a dict takes them
        self._others = set()

    def look(self, values, cells, depth):
        """A call with these arguments by name, in a closure over these cells."""
        keys = {name: _key(value) for name, value in values.items()}
        for name, key in keys.items():
            if type(key) is int:
                self._others.add(name)
        around = tuple(map(id, cells))
        exact = hash((tuple(keys.values()), around))
        alike = hash((tuple(values[n] if type(k) is tuple else k for n, k in keys.items()), around))
        self.looked += 1
        self.depth = max(self.depth, depth)
        if exact in self._seen:
            self.again += 1
        elif len(self._seen) < _MOST:
            self._seen.add(exact)
            self.mixed = self.mixed or alike in self._alike
            self._alike.add(alike)

    def facts(self):
        """As schemas/facts.ts has them."""
        counts = {"looked": self.looked, "again": self.again, "distinct": len(self._seen), "depth": self.depth}
        return dict(counts, mixed=self.mixed, byIdentity=sorted(self._others))


def merge(a, b):
    """The counts of two processes, each of which would have to compute a result once for itself."""
    if a is None or b is None:
        return b if a is None else a
    summed = {key: a[key] + b[key] for key in ("looked", "again", "distinct")}
    others = sorted(set(a["byIdentity"]) | set(b["byIdentity"]))
    return dict(summed, depth=max(a["depth"], b["depth"]), mixed=a["mixed"] or b["mixed"], byIdentity=others)


def _key(value):
    """A tuple, different for values that are equal and yet not the same, as 1, 1.0 and True are; else the identity."""
    kind = type(value)
    if kind in _PLAIN:
        if kind in (str, bytes) and len(value) > _LONGEST:
            return id(value)
        return (kind, copysign(1, value)) if kind is float and value == 0 else (kind, value)
    if kind in (tuple, frozenset) and len(value) <= _LONGEST:
        parts = [_key(item) for item in value]
        if not any(type(part) is int for part in parts):
            return kind, kind(parts)
    return id(value)
