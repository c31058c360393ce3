"""New inputs from recorded ones: each a fresh copy of a recorded entry, made small, with one thing changed.

`generate(calls, seed, palette)` yields (label, domain, entry). The domain says how far from what was recorded an input is:
"same types" (also other sizes, orders and values), "special floats" (NaN, infinities, −0.0), "wide integers" (beyond 64
bits), "other dtypes" (of arrays) and "other types". The proof treats differences by it.
"""

import random
import sys

from . import strings
from .changes import changes_of, randomised
from .places import named, places_of, set_at, value_at
from .shrink import shrunk, shrunk_otherwise

_SMALL = 12
_FEW = 3
_SCALARS = (int, float, complex, str, bytes, bool, type(None))


def generate(calls, seed, palette, sizes=(_SMALL, 3)):
    """Yield (label, domain, entry) without end to the variety but the changes that apply; deterministic for a seed.

    `palette` are the literals of the source, which are tried too."""
    source = random.Random(seed)
    bases = []
    for size in sizes:
        for call in calls:
            bases.append((call, size))
    for call, size in bases:
        label = "made smaller (at most %d items)" % size
        yield label, "same types", shrunk(call, size)
        for entry in shrunk_otherwise(call, size):
            yield "%s, with its own numbers" % label, "same types", entry
    for call, size in bases[:2]:
        yield from _combined(call, size, source)
    # One change at a time, turn by turn over the places, so that a time limit cuts all of them evenly.
    plans = []
    for call, size in bases[: max(4, len(calls))]:
        small = shrunk(call, size)
        for place in places_of(small):
            for change in changes_of(value_at(small, place), source, palette):
                plans.append((call, size, place, change))
    source.shuffle(plans)
    plans.sort(key=lambda plan: _RANK[plan[3][1]])
    # Same types first, but a part of each of the others early, since a time limit may end this.
    ordered = _interleave(plans)
    for call, size, place, (label, domain, change) in ordered:
        entry = shrunk(call, size)
        try:
            value = change(value_at(entry, place))
            set_at(entry, place, value)
        except Exception:  # a subclass or a read-only thing that does not take the change
            continue
        yield "%s: %s" % (named(place), label), domain, entry


_RANK = {"same types": 0, "special floats": 1, "wide integers": 2, "other types": 3, "other dtypes": 4}


def _interleave(plans):
    groups = [[p for p in plans if _RANK[p[3][1]] == rank] for rank in range(len(_RANK))]
    order = []
    while any(groups):
        for group, count in zip(groups, (5, 2, 1, 1, 1)):
            order += group[:count]
            del group[:count]
    return order


def _interchangeable(one, two):
    """Whether one may stand where the other does: of one type, arrays with as many dimensions, frames with the same columns."""
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    if type(one) is not type(two):
        return False
    if numpy is not None and isinstance(one, getattr(numpy, "ndarray", ())):
        return one.ndim == two.ndim
    if pandas is not None and isinstance(one, getattr(pandas, "DataFrame", ())):
        return list(one.columns) == list(two.columns)
    return True


def _combined(call, size, source):
    """More than one place changed: two arguments one object; random numbers in place of all numbers."""
    held = shrunk(call, size).arguments
    kinds = {name: type(value) for name, value in held.items()}
    # Of many arguments the pairs are too many for all that could be tried.
    few = {kind for kind in (int, str) if list(kinds.values()).count(kind) <= _FEW}
    for one in kinds:
        for two in kinds:
            if one < two and kinds[one] not in _SCALARS and _interchangeable(held[one], held[two]):
                entry = shrunk(call, size)
                entry.arguments[two] = entry.arguments[one]
                yield "%s and %s are one object" % (one, two), "same types", entry
            if one < two and kinds[one] is kinds[two] and kinds[one] in _SCALARS:
                entry = shrunk(call, size)
                entry.arguments[two] = entry.arguments[one]
                yield "%s and %s are equal" % (one, two), "same types", entry
            if one != two and kinds[one] is kinds[two] is int and int in few:
                for pair in ((0, 1), (0, 0)):
                    entry = shrunk(call, size)
                    entry.arguments[one], entry.arguments[two] = pair
                    yield "%s is %d, %s is %d" % (one, pair[0], two, pair[1]), "same types", entry
            if one != two and kinds[one] is kinds[two] is str:
                for here, there in strings.ALIKE[: None if str in few else 4]:
                    entry = shrunk(call, size)
                    entry.arguments[one], entry.arguments[two] = here, there
                    yield "%s and %s are alike but for case" % (one, two), "same types", entry
    for one in kinds:
        for two in kinds:
            last = held[two][-1:] if kinds[two] is list else []
            if kinds[one] in _SCALARS and last and type(last[0]) is kinds[one]:
                for special in (None, float("nan")) if kinds[one] is float else (None,):
                    entry = shrunk(call, size)
                    item = entry.arguments[one] if special is None else special
                    entry.arguments[one] = entry.arguments[two][-1] = item
                    yield "%s is the last of %s" % (one, two), "same types" if special is None else "special floats", entry
    for number in range(12):
        entry = shrunk(call, size)
        spread = (3, 10, 1000)[number % 3]
        for place in places_of(entry):
            try:
                set_at(entry, place, randomised(value_at(entry, place), source, spread))
            except Exception:
                continue
        yield "all values drawn at random", "same types", entry
