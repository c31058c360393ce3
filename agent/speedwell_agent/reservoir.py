"""Which entries of a region are worth keeping: the first ones, one of every new shape, and some spread over the run."""

import collections
from itertools import islice

_FIRST = 4
_SIGNATURES = 512


def signature(values):
    """A small hashable picture of values: types, None or not, sign and magnitude, lengths, dtypes; contents apart.

    Types are given by `id`: a reference would keep the program's classes, and all they refer to, alive.
    """
    return tuple(map(_picture, values))


def _picture(value):
    kind = type(value)
    if value is None or kind is bool:
        return value
    if kind is int:
        return "int", (value > 0) - (value < 0), value.bit_length() // 8
    if kind is float:
        return "float", (value > 0) - (value < 0) if value == value else None
    if kind in _sized:
        return id(kind), len(value).bit_length(), tuple(id(type(v)) for v in islice(_sized[kind](value), 2))
    if kind.__module__ == "numpy" and kind.__name__ == "ndarray":
        return "array", value.dtype.str, value.ndim, value.size.bit_length(), value.flags.c_contiguous
    return id(kind)


_sized = {str: lambda _: (), bytes: lambda _: ()}
_sized.update((kind, iter) for kind in (list, tuple, dict, set, frozenset, collections.deque))


class Reservoir:
    """Decides which entries to record and which recorded ones to drop again.

    `allowed(now, generous)` tells whether the capture may spend more time. Kept calls are objects with `signature`,
    `time` (seconds), `bytes` and `remove()`.
    """

    def __init__(self, max_entries, max_bytes, allowed):
        self.kept = []
        self.max_bytes = max_bytes
        self._max_entries = max_entries
        self._allowed = allowed
        self._seen = set()
        self._tried = 0
        self._novel = 0
        self._first = self._next = 0.0

    def wants(self, signature, now, cost):
        """Whether to record an entry of this signature now; `cost` is what recording one took, in seconds."""
        new = signature not in self._seen
        if new and len(self._seen) < _SIGNATURES:
            self._seen.add(signature)
        if self._tried == 0:
            self._first = now
            chosen = True
        elif self._tried < _FIRST:
            chosen = self._allowed(cost, generous=True)
        elif new and self._novel < 2 * self._max_entries:
            chosen = self._allowed(cost, generous=True)
            self._novel += chosen
        else:
            chosen = now >= self._next and self._allowed(cost, generous=False)
        if chosen:
            self._tried += 1
            # The gaps grow with the time that has passed, so their number grows with its logarithm only.
            self._next = now + max(0.002, 0.2 * (now - self._first))
        return chosen

    def keep(self, call):
        """Add a recorded call; drops others while there are too many or too large ones. Returns bytes freed."""
        self.kept.append(call)
        freed = 0
        while len(self.kept) > self._max_entries or sum(c.bytes for c in self.kept) > self.max_bytes:
            victim = self._victim()
            self.kept.remove(victim)
            victim.remove()
            freed += victim.bytes
        return freed

    def _victim(self):
        """Of the most frequent signature, the call that stands closest to the one before it in time."""
        by_signature = collections.Counter(call.signature for call in self.kept)
        common = by_signature.most_common(1)[0][0]
        alike = [call for call in self.kept if call.signature == common]
        if len(alike) == 1:
            return max(self.kept[1:] or self.kept, key=lambda call: call.bytes)
        alike.sort(key=lambda call: call.time)
        return min(zip(alike, alike[1:]), key=lambda pair: pair[1].time - pair[0].time)[1]
