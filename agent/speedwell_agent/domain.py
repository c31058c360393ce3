"""What the recorded inputs held, place by place, and in what ways another input lies outside of that.

A place is a name with the steps into its value: `samples`, `samples[]` (its items), `samples[][]`, `point.x`. For each, the
sizes, the range of its numbers, and whether zeros, negative numbers, NaN, ties, rows of unequal length … were ever seen.
"""

import collections
import math
import sys

from .attributes import attributes_of, has_attributes
from .strings import character_kinds

_DEEPEST = 6
_FIELDS = 8  # a tuple of no more items is a record
_KEYS = 40  # a dict of no more texts is a record
_BEYOND = 2  # a number counts as large when it is more than so many times the largest recorded one
_SEQUENCES = (list, tuple, collections.deque, set, frozenset, range)


class Feature:
    """One way in which an input is unlike all recorded ones; `text` says it in the middle of a sentence."""

    def __init__(self, kind, place, text, bound=None):
        self.kind, self.place, self.text, self.bound = kind, place, text, bound


class Seen:
    """What was seen in one place."""

    __slots__ = ("kinds", "dtypes", "shortest", "longest", "largest", "smallest", "flags", "shown", "common", "characters")

    def __init__(self):
        self.common = None  # the keys that all dicts have which were seen here
        self.kinds, self.dtypes, self.flags, self.characters = set(), set(), set(), set()
        self.shortest = self.longest = self.largest = self.smallest = None
        self.shown = {}

    def length(self, size):
        self.shortest = size if self.shortest is None else min(self.shortest, size)
        self.longest = size if self.longest is None else max(self.longest, size)

    def record(self, keys):
        is_record = len(keys) <= _KEYS and all(type(key) is str for key in keys)
        keys = frozenset(keys) if is_record else frozenset()
        self.common = keys if self.common is None else self.common & keys

    def number(self, value):
        if value != value:
            self._flag("nan", value)
        elif value in (math.inf, -math.inf):
            self._flag("infinite", value)
        elif value == 0:
            self._flag("zero", value)
            if isinstance(value, float) and math.copysign(1, value) < 0:
                self._flag("negative zero", value)
        else:
            if value < 0:
                self._flag("negative", value)
            size = abs(value)
            if self.largest is None or size > self.largest:
                self.largest, self.shown["largest"] = size, value
            if self.smallest is None or size < self.smallest:
                self.smallest, self.shown["smallest"] = size, value
            if isinstance(value, int) and not -(2**63) <= value < 2**63:
                self._flag("wide", value)

    def _flag(self, name, value):
        self.flags.add(name)
        self.shown.setdefault(name, value)

    def items(self, values):
        """Ties among plain items."""
        if len(values) > 1:
            try:
                distinct = len(set(values))
            except TypeError:
                return
            if distinct < len(values):
                self.flags.add("ties")
            if distinct == 1:
                self.flags.add("constant")


class RecordedDomain:
    """The places of the recorded entries, surveyed when first asked for: `calls` are `state.Call`s."""

    def __init__(self, calls):
        self.calls = calls
        self._places = None

    @property
    def count(self):
        return len(self.calls)

    def outside(self, entry):
        """The features of `entry` that no recorded call had, the most telling first."""
        if self._places is None:
            self._places = {}
            for call in self.calls:
                survey(call.entry(), self._places)
        found = []
        for place, seen in survey(entry, {}).items():
            known = self._places.get(place)
            found += _features(place, known or _NOTHING, seen, known is None)
        return sorted(found, key=lambda feature: _ORDER.index(feature.kind))

    def recorded_dtypes(self):
        """The array dtypes that were recorded, as text."""
        return sorted({d for seen in self._places.values() for d in seen.dtypes}) if self._places else []


_NOTHING = Seen()
_ORDER = ("type", "dtype", "wide", "nan", "infinite", "largest", "smallest", "empty", "short", "zero", "equal", "constant",
          "ties", "unequal", "characters", "keys", "read-only", "negative", "negative zero", "ragged", "no rows", "labels", "other labels", "longer", "shorter")  # fmt: skip
_NUMBERS = {"nan": "nan", "infinite": "an infinite value", "zero": "a zero", "negative": "a negative number",
            "negative zero": "-0.0"}  # fmt: skip


def _features(place, known, seen, is_new):
    name = "`%s`" % place.split("[")[0]
    inner = "[" in place
    if is_new and inner and place.endswith("[]"):
        # Items where only empty containers were recorded: nothing is known of them.
        yield Feature("longer", place, "%s is not empty" % name)
    new = seen.kinds - known.kinds
    if new and not (is_new and inner):
        yield Feature("type", place, "%s %s %s" % (name, "holds" if inner else "is", _with_article(min(new))))
    new = seen.dtypes - known.dtypes
    if new:
        yield Feature("dtype", place, "%s has dtype %s" % (name, min(new)))
    for flag, words in _NUMBERS.items():
        if flag in seen.flags and flag not in known.flags:
            shown = "%s holds %s" % (name, words) if inner else "%s is %r" % (name, seen.shown.get(flag))
            yield Feature(flag, place, shown)
    if known.common and seen.common is not None and known.common - seen.common:
        yield Feature("keys", place, "%s %s a record that lacks a key" % (name, "holds" if inner else "is"), known.common - seen.common)
    for characters in sorted(seen.characters - known.characters)[:1]:
        yield Feature("characters", place, "%s holds %s" % (name, characters))
    if "wide" in seen.flags and "wide" not in known.flags:
        yield Feature("wide", place, "%s %s an integer beyond 64 bits" % (name, "holds" if inner else "is"))
    if seen.largest is not None and seen.largest > _BEYOND * (known.largest or 0):
        yield Feature("largest", place, _shown(name, inner, seen.shown["largest"]), known.largest)
    if seen.smallest is not None and known.smallest is not None and seen.smallest < known.smallest / _BEYOND:
        yield Feature("smallest", place, _shown(name, inner, seen.shown["smallest"]))
    if seen.shortest is not None:
        least = known.shortest if known.shortest is not None else math.inf
        if seen.shortest < least:
            words = {0: "is empty", 1: "has one item", 2: "has two items"}.get(seen.shortest, "is shorter")
            if inner:
                words = {0: "has an empty item", 1: "has an item of length 1"}.get(seen.shortest, "has a shorter item")
            kind = {0: "empty", 1: "short", 2: "short"}.get(seen.shortest, "shorter")
            yield Feature(kind, place, "%s %s" % (name, words))
        if seen.longest > (known.longest or 0):
            yield Feature("longer", place, "%s is longer" % name)
    for flag, words in (("ties", "has equal items"), ("constant", "has only equal items"),
                        ("ragged", "has items of unequal length"), ("no rows", "has no rows"), ("labels", "has repeated labels"), ("other labels", "has other labels than 0, 1, 2 …"), ("read-only", "is read-only"), ("equal", "is equal to another argument"), ("unequal", "is not as long as another argument")):  # fmt: skip
        if flag in seen.flags and flag not in known.flags:
            yield Feature(flag, place, "%s %s" % (name, words))


def _shown(name, inner, value):
    return "%s holds %r" % (name, value) if inner else "%s is %r" % (name, value)


def _with_article(kind):
    kind = kind.split(".")[-1]
    if kind == "NoneType":
        return "None"
    return "%s %s" % ("an" if kind[:1] in "aeiou" else "a", kind)


def survey(entry, places):
    """Add what `entry` (a `state.Entry`) holds to `places`, a dict from place to `Seen`; returns it."""
    values = dict(entry.arguments)
    values.update(entry.globals)
    for name, cell in entry.closure.items():
        try:
            values[name] = cell.cell_contents
        except ValueError:  # an empty cell
            continue
    on_path = set()
    scalars, sizes = [], {}
    for name, value in values.items():
        if name not in entry.unbound:
            _walk(name, value, places, on_path, 0)
            if type(value) in (int, float):
                scalars.append((name, value))
            elif _size(value) is not None:
                sizes[name] = _size(value)
    for name, value in scalars:
        if any(other == value for place, other in scalars if place != name):
            places[name].flags.add("equal")
    for name, size in sizes.items():
        if any(other != size for place, other in sizes.items() if place != name):
            places[name].flags.add("unequal")
    return places


def _size(value):
    """How many items or rows it has; None for what has none, and for texts."""
    if isinstance(value, _SEQUENCES + (dict,)):
        return len(value)
    if _is_array(value) or _of(value, "pandas", "DataFrame") or _of(value, "pandas", "Series"):
        return value.shape[0] if value.shape else None
    return None


def _walk(place, value, places, on_path, depth):
    kind = type(value)
    seen = places.get(place)
    if seen is None:
        seen = places[place] = Seen()
    seen.kinds.add("%s.%s" % (kind.__module__, kind.__qualname__))
    if kind in (int, float):
        seen.number(value)
        return
    if depth == _DEEPEST or id(value) in on_path:
        return
    if isinstance(value, complex):
        seen.number(value.real)
        seen.number(value.imag)
    elif isinstance(value, (str, bytes, bytearray)):
        seen.length(len(value))
        if isinstance(value, str):
            seen.characters |= character_kinds(value)
    elif _is_array(value):
        _array(place, value, places, seen)
    else:
        on_path.add(id(value))
        _container(place, value, places, on_path, depth, seen)
        on_path.discard(id(value))


def _container(place, value, places, on_path, depth, seen):
    if isinstance(value, _SEQUENCES):
        seen.length(len(value))
        if value:
            seen.items(value)
        lengths = set()
        # What stands where in a short tuple has its own meaning, as the fields of a record have.
        fields = isinstance(value, tuple) and len(value) <= _FIELDS
        for number, item in enumerate(value):
            if isinstance(item, (list, tuple)):
                lengths.add(len(item))
            _walk(place + ("[%d]" % number if fields else "[]"), item, places, on_path, depth + 1)
        if len(lengths) > 1:
            seen.flags.add("ragged")
    elif isinstance(value, dict):
        seen.length(len(value))
        seen.record(dict.keys(value))
        for key, item in dict.items(value):
            _walk(place + "[keys]", key, places, on_path, depth + 1)
            _walk(place + "[]", item, places, on_path, depth + 1)
    elif _of(value, "pandas", "DataFrame"):
        seen.length(len(value))
        _labels(value, seen)
        for position in range(value.shape[1]):
            _column(place + "[%d]" % position, value.iloc[:, position], places)
    elif _of(value, "pandas", "Series"):
        _column(place, value, places)
        _labels(value, seen)
    elif type(value).__module__.startswith("scipy.sparse") and hasattr(value, "data"):
        seen.length(value.shape[0])
        _walk(place + "[]", value.data, places, on_path, depth + 1)
    elif has_attributes(value):
        for name, item in attributes_of(value).items():
            _walk("%s.%s" % (place, name), item, places, on_path, depth + 1)


def _labels(frame, seen):
    if not len(frame):
        seen.flags.add("no rows")
    if not frame.index.is_unique:
        seen.flags.add("labels")
    elif not _counts(frame.index):
        seen.flags.add("other labels")


def _counts(index):
    """Whether the labels are the places 0, 1, 2 …"""
    return index.nlevels == 1 and index.dtype.kind == "i" and bool((index == range(len(index))).all())


def _column(place, series, places):
    seen = places.setdefault(place, Seen())
    seen.length(len(series))
    seen.dtypes.add(str(series.dtype))
    if getattr(series.dtype, "kind", "O") in "fiu":
        try:
            _array(place + "[]", series.to_numpy(), places, places.setdefault(place + "[]", Seen()))
        except (TypeError, ValueError):  # an extension array with missing values
            return


def _is_array(value):
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, (numpy.ndarray, numpy.generic))


def _of(value, module, name):
    loaded = sys.modules.get(module)
    return loaded is not None and isinstance(value, getattr(loaded, name, ()))


def _array(place, value, places, seen):
    import numpy

    seen.dtypes.add(str(value.dtype))
    if isinstance(value, numpy.ndarray):
        if not value.flags.writeable:
            seen.flags.add("read-only")
        for axis, size in enumerate(value.shape):
            inner = seen if axis == 0 else places.setdefault(place + "[]" * axis, Seen())
            inner.length(size)
            inner.kinds.add("array")
    items = seen
    if isinstance(value, numpy.ndarray) and value.ndim:
        items = places.setdefault(place + "[]" * value.ndim, Seen())
    if value.dtype.kind not in "fiuc" or not value.size:
        return
    flat = numpy.asarray(value).ravel()
    if flat.dtype.kind == "c":
        flat = numpy.concatenate([flat.real, flat.imag])
    with numpy.errstate(all="ignore"):
        finite = flat[numpy.isfinite(flat)]
        numbers = finite[finite != 0]
        size = numpy.abs(numbers.astype(float) if flat.dtype.kind in "iu" else numbers)
        told = [flat[numpy.isnan(flat)], flat[numpy.isinf(flat)], finite[finite == 0], finite[(finite == 0) & numpy.signbit(finite)],
                finite[finite < 0]] if flat.dtype.kind == "f" else [finite[finite == 0], finite[finite < 0]]  # fmt: skip
    if size.size:
        told += [numbers[[size.argmax()]], numbers[[size.argmin()]]]
    for part in told:
        if part.size:
            items.number(part[0].item())
    if flat.size > 1 and value.ndim == 1:
        distinct = numpy.unique(flat).size
        if distinct < flat.size:
            seen.flags.add("ties")
        if distinct == 1:
            seen.flags.add("constant")
