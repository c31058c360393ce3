"""Changes that make new inputs of a value: (label, domain, function from the value to the changed one).

The domains are those of generate.py.
"""

import array
import collections
import datetime
import decimal
import enum
import fractions
import math
import sys

from . import networks, strings
from .attributes import attributes_of, is_plain_instance
from .framechanges import frame_changes
from .places import Attribute, part_of, with_part
from .vary import near

_NEARBY = (datetime.date, datetime.datetime, datetime.time, datetime.timedelta, decimal.Decimal, fractions.Fraction)


def changes_of(value, source, palette):
    """All changes that apply to `value`; `palette` are the literals of the source."""
    literals = [(repr(v)[:60], "same types", lambda _, v=v: v) for v in palette.for_type(type(value))]
    return literals + _changes(value, source)


def _changes(value, source):
    numpy = sys.modules.get("numpy")
    kind = type(value)
    same, other = "same types", "other types"
    if kind in _NEARBY:
        return [(repr(x), same, lambda v, x=x: x) for x in near(value, kind, source)] + [("None", other, lambda v: None)]
    if isinstance(value, enum.Enum):
        return [(str(member), same, lambda v, m=member: m) for member in list(kind)[:8]]
    if kind is bool:
        return [("the other truth value", same, lambda v: not v), ("an integer", other, lambda v: 2)]
    if kind is int:
        steps = [("%+d" % d, same, lambda v, d=d: v + d) for d in (-1, 1, 2)]
        values = [(str(n), same, lambda v, n=n: n) for n in (0, 1, -1, 2, 7, -8)]
        wide = [("2**31", same, 2**31), ("2**53 + 1", same, 2**53 + 1), ("-2**63", same, -(2**63))]
        wide += [("2**63", "wide integers", 2**63), ("2**70 + 1", "wide integers", 2**70 + 1)]
        values += [(label, domain, lambda v, n=n: n) for label, domain, n in wide]
        return steps + values + [
            ("a float", other, lambda v: v + 0.5), ("a whole float", other, float), ("a truth value", other, bool),
            ("None", other, lambda v: None), ("a string", other, str),
        ]  # fmt: skip
    if kind is float:
        values = [(repr(x), same, lambda v, x=x: x) for x in (0.0, 1.0, -1.0, 0.5, 1e300, 1e-300, -2.75)]
        special = [(repr(x), "special floats", lambda v, x=x: x) for x in (float("nan"), float("inf"), float("-inf"), -0.0)]
        near_by = [("negated", same, lambda v: -v), ("the next float", same, lambda v: math.nextafter(v, math.inf))]
        return values + special + near_by + [("an integer", other, lambda v: 3), ("None", other, lambda v: None)]
    if kind is complex:
        return [(repr(x), same, lambda v, x=x: x) for x in (0j, 1 + 2j, -3j)]
    if kind is str:
        texts = strings.changes_of_text(value)
        return [(repr(t)[:60], same, lambda v, t=t: t) for t in texts] + [("None", other, lambda v: None), ("bytes", other, str.encode)]
    if kind is bytes:
        return [(repr(t), same, lambda v, t=t: t) for t in (b"", b"\x00\xff", value[::-1])]
    if value is None:
        return [("zero in place of None", other, lambda v: 0), ("a list in place of None", other, lambda v: [])]
    if kind in (list, tuple):
        return _sequence_changes(value, kind, source)
    if kind is dict:
        return _mapping_changes(value)
    if kind in (set, frozenset):
        return [
            ("empty", same, lambda v: kind()), ("one element", same, lambda v: kind(sorted(v, key=repr)[:1])),
            ("half of it", same, lambda v: kind(sorted(v, key=repr)[::2])),
        ]  # fmt: skip
    if kind is collections.deque:
        return [("empty", same, lambda v: kind(maxlen=v.maxlen)), ("reversed", same, lambda v: kind(reversed(v), v.maxlen))]
    if kind is array.array:
        return [("empty", same, lambda v: v[:0]), ("reversed", same, lambda v: v[::-1])]
    if numpy is not None and kind is numpy.ndarray:
        return _array_changes(value, numpy, source)
    if numpy is not None and isinstance(value, numpy.floating):
        return [(repr(x), "same types" if x == x else "special floats", lambda v, x=x: kind(x)) for x in (0.0, -1.5, float("nan"))]
    if numpy is not None and isinstance(value, numpy.integer):
        return [(repr(x), same, lambda v, x=x: kind(x)) for x in (0, 1, 5)]
    if networks.is_graph(value):
        return [(label, same, change) for label, change in networks.changes_of_graph(value)]
    pandas = sys.modules.get("pandas")
    if pandas is not None and kind in (pandas.DataFrame, pandas.Series):
        return frame_changes(value)
    return []


def _sequence_changes(value, kind, source):
    same, other = "same types", "other types"
    order = list(range(len(value)))
    source.shuffle(order)
    changes = [
        ("empty", same, lambda v: v[:0]),
        ("one element", same, lambda v: v[:1]),
        ("two elements", same, lambda v: v[:2]),
        ("without the last", same, lambda v: v[:-1]),
        ("without the first", same, lambda v: v[1:]),
        ("reversed", same, lambda v: v[::-1]),
        ("permuted", same, lambda v: kind(v[i] for i in order)),
        ("every element twice", same, lambda v: kind(x for x in v for _ in (0, 1))),
        ("longer, repeated", same, lambda v: v + v),
        ("all the first element", same, lambda v: kind([v[0]]) * len(v)),
        ("the first element again at the end", same, lambda v: v + v[:1]),
        ("sorted", same, lambda v: kind(sorted(v))),
        ("sorted downwards", same, lambda v: kind(sorted(v, reverse=True))),
        ("one None", other, lambda v: v[:-1] + kind([None])),
    ]
    kinds = {type(item) for item in value}
    if kinds and kinds <= {int, float}:
        floats = float in kinds
        make = (lambda x: float(x)) if floats else int
        changes += [
            ("negated", same, lambda v: kind(-x for x in v)),
            ("all zero", same, lambda v: kind(make(0) for _ in v)),
            ("small with ties", same, lambda v: kind(make(source_like(i)) for i, _ in enumerate(v))),
            ("both signs", same, lambda v: kind(-x if i % 2 else x for i, x in enumerate(v))),
            ("shifted by one", same, lambda v: kind(x + make(1) for x in v)),
        ]
        if len(kinds) == 2:
            changes.append(("equal numbers of both types", same, lambda v: kind((1, 1.0)[i % 2] for i, _ in enumerate(v))))
        if floats:
            for special in (float("nan"), float("inf"), float("-inf"), -0.0):
                for at, word in ((0, "first"), (-1, "last"), (len(value) // 2, "middle")):
                    changes.append(("%r %s" % (special, word), "special floats", _placed(kind, at, special)))
            changes.append(("all -0.0", "special floats", lambda v: kind(-0.0 for _ in v)))
            changes.append(("an integer among floats", other, _placed(kind, 0, 3)))
            changes.append(("one nan twice", "special floats", _twice(kind, float("nan"))))
            changes.append(("shifted by 1e8", same, lambda v: kind(x + 1e8 for x in v)))
            changes.append(("large and small", same, lambda v: kind((1e16, 1.0, -1e16, 1e-3)[i % 4] for i, _ in enumerate(v))))
        else:
            changes.append(("2**31 and its like", same, lambda v: kind((2**31, -(2**31) - 1, 2**32, 1)[i % 4] for i, _ in enumerate(v))))
            changes.append(("2**62", same, _placed(kind, 0, 2**62)))
            changes.append(("2**62 - 1", same, _placed(kind, 0, 2**62 - 1)))
            changes.append(("all 2**62", same, lambda v: kind(2**62 for _ in v)))
            changes.append(("2**53 + 1", same, _placed(kind, -1, 2**53 + 1)))
            changes.append(("2**63", "wide integers", _placed(kind, 0, 2**63)))
            changes.append(("2**70 + 1", "wide integers", _placed(kind, -1, 2**70 + 1)))
            changes.append(("a float among integers", other, _placed(kind, 0, 1.5)))
            changes.append(("a truth value among integers", other, _placed(kind, 0, True)))
    elif kinds == {str}:
        changes += [(label, same, lambda _, t=texts: kind(t)) for label, texts in strings.changes_of_texts(list(value))]
        changes.append(("a number among strings", other, _placed(kind, 0, 1)))
    elif len(kinds) == 1 and len(value) > 1:
        changes += _ties(value[0], kind)
    if value and kinds <= {list, tuple}:
        changes += [
            ("an empty row", same, lambda v: v[:-1] + kind([v[-1][:0]])),
            ("a shorter row", same, lambda v: v[:-1] + kind([v[-1][:-1]])),
            ("the same row object twice", same, lambda v: v + kind([v[0]])),
            ("rows of many lengths", same, _of_many_lengths),
            ("rows turned round", same, lambda v: kind(row[::-1] for row in v)),
        ]
    return changes


def _ties(first, kind):
    """All items alike in one part of theirs, also in reverse: what is sorted by it must keep its order."""
    parts = []
    if isinstance(first, (list, tuple)):
        parts = range(min(len(first), 4))
    elif type(first) is dict:
        parts = list(first)[:4]
    elif is_plain_instance(first):
        parts = [Attribute(name) for name in list(attributes_of(first))[:4]]
    for part in parts:
        for order, word in ((1, ""), (-1, ", reversed")):
            yield "items alike in %r%s" % (part, word), "same types", _alike(kind, part, order)


def _alike(kind, part, order):
    def change(value):
        items = [with_part(item, part, part_of(value[0], part)) for item in value]
        return kind(items[::order])

    return change


def source_like(index):
    """Small numbers with ties and both signs, the same in every process."""
    return (index * 7 + 3) % 5 - 1


def _placed(kind, at, item):
    def change(value):
        items = list(value)
        items[at] = item
        return kind(items)

    return change


def _of_many_lengths(value):
    """Rows made of the items of all rows: a long one after an empty one, and more rows than most have items."""
    items, row = [item for one in value for item in one], type(value[0])
    return type(value)(row(items[(3 * i + j) % len(items)] for j in range(n)) for i, n in enumerate((4, 0, 5, 1, 6)))


def _twice(kind, item):
    """The same object at both ends: for a NaN that is told from an equal one by whoever compares identities."""

    def change(value):
        items = list(value)
        items[0] = items[-1] = item
        return kind(items)

    return change


def _mapping_changes(value):
    same, other = "same types", "other types"
    changes = [
        ("empty", same, lambda v: {}),
        ("one key", same, lambda v: dict(list(v.items())[:1])),
        ("keys in reverse", same, lambda v: dict(list(v.items())[::-1])),
        ("without the first key", same, lambda v: dict(list(v.items())[1:])),
        ("without the last key", same, lambda v: dict(list(v.items())[:-1])),
        ("all values the first", same, lambda v: dict.fromkeys(v, next(iter(v.values())))),
        ("one None", other, lambda v: {**v, next(iter(v)): None}),
    ]
    if value and all(type(x) in (int, float) for x in value.values()):
        changes.append(("values negated", same, lambda v: {k: -x for k, x in v.items()}))
        changes.append(("values zero", same, lambda v: {k: type(x)(0) for k, x in v.items()}))
    if value and all(type(x) in (list, tuple, set, dict) for x in value.values()):
        changes.append(("an empty value", same, lambda v: {**v, next(iter(v)): type(next(iter(v.values())))()}))
        changes.append(("all values empty", same, lambda v: {k: type(x)() for k, x in v.items()}))
    if value and all(type(k) is str for k in value):
        changes.append(("a new key", same, lambda v: {**v, "é": next(iter(v.values()))}))
    return changes


def _array_changes(value, numpy, source):
    same, special, other = "same types", "special floats", "other dtypes"
    changes = [("a read-only array", same, _read_only)]
    if value.ndim:
        changes += [
            ("no rows", same, lambda v: v[:0].copy()),
            ("one row", same, lambda v: v[:1].copy()),
            ("one row less", same, lambda v: v[:-1].copy()),
            ("reversed", same, lambda v: v[::-1].copy()),
            ("a reversed view", same, lambda v: v[::-1]),
            ("every second of a larger array", same, _strided(numpy)),
            ("repeated", same, lambda v: numpy.concatenate([v, v])),
            ("rows twice", same, lambda v: numpy.repeat(v, 2, axis=0)),
            ("sorted", same, lambda v: numpy.sort(v, axis=0)),
            ("sorted downwards", same, lambda v: numpy.sort(v, axis=0)[::-1].copy()),
            ("all the first", same, lambda v: numpy.repeat(v[:1], len(v), axis=0)),
        ]
    if value.ndim > 1:
        changes += [
            ("in Fortran order", same, numpy.asfortranarray),
            ("one column", same, lambda v: v[:, :1].copy()),
            ("one column less", same, lambda v: v[:, :-1].copy()),
            ("no columns", same, lambda v: v[:, :0].copy()),
        ]
        if value.shape[0] == value.shape[1]:
            changes.append(("transposed", same, lambda v: v.T.copy()))
    kind = value.dtype.kind
    if kind in "fiu":
        changes.append(("all zero", same, numpy.zeros_like))
        changes.append(("small with ties", same, lambda v: (numpy.arange(v.size) * 7 % 5).reshape(v.shape).astype(v.dtype)))
    if kind in "fi":
        changes.append(("negated", same, lambda v: -v))
        changes.append(("both signs", same, lambda v: (v.ravel() * numpy.where(numpy.arange(v.size) % 2, -1, 1)).reshape(v.shape).astype(v.dtype)))
    if kind == "i" and value.size:
        top = numpy.iinfo(value.dtype).max
        changes.append(("the largest integer", same, lambda v: numpy.full_like(v, top)))
        changes.append(("as float64", other, lambda v: v.astype(float)))
        if value.dtype.itemsize > 4 and abs(value.astype(float)).max() < 2**31:
            changes.append(("as int32", other, lambda v: v.astype("int32")))
    if kind == "f" and value.size:
        for x in (numpy.nan, numpy.inf, -numpy.inf, -0.0):
            for at, word in ((0, "first"), (-1, "last"), (value.size // 2, "in between")):
                changes.append(("%r %s" % (x, word), special, _put(numpy, at, x)))
        changes.append(("all -0.0", special, lambda v: numpy.full_like(v, -0.0)))
        changes.append(("shifted by 1e8", same, lambda v: (v + 1e8).astype(v.dtype)))
        changes.append(("large and small", same, lambda v: numpy.resize(numpy.array([1e16, 1, -1e16, 1e-3], v.dtype), v.shape)))
        changes.append(("as float32", other, lambda v: v.astype("float32")))
        # Numbers that need all digits: what few digits hold is the same in both precisions.
        changes.append(("a tenth, as float32", other, lambda v: (v / 10).astype("float32")))
        changes.append(("as integers", other, lambda v: v.astype("int64")))
    if kind in "fiu":
        changes.append(("in the other byte order", other, lambda v: v.astype(v.dtype.newbyteorder())))
    if kind == "b":
        changes.append(("all true", same, numpy.ones_like))
        changes.append(("all false", same, numpy.zeros_like))
    return changes


def _read_only(value):
    value = value.copy()
    value.flags.writeable = False
    return value


def _strided(numpy):
    def change(value):
        return numpy.repeat(value, 2, axis=0)[::2]

    return change


def _put(numpy, at, item):
    def change(value):
        value = value.copy()
        value.ravel(order="K")[at] = item
        flat = value.reshape(-1)
        flat[at] = item
        return value

    return change


def randomised(value, source, spread):
    numpy = sys.modules.get("numpy")
    kind = type(value)
    if kind is float:
        return round(source.uniform(-spread, spread), 3)
    if kind is list and value and {type(x) for x in value} <= {int, float}:
        return [round(source.uniform(-spread, spread), 2) if type(x) is float else source.randint(0, spread) for x in value]
    if numpy is not None and kind is numpy.ndarray and value.dtype.kind in "fi":
        draws = [source.uniform(-spread, spread) if value.dtype.kind == "f" else source.randint(0, spread) for _ in range(value.size)]
        return numpy.array(draws).reshape(value.shape).astype(value.dtype)
    if kind is list and value and all(type(x) is list for x in value):
        return [randomised(x, source, spread) for x in value]
    return value
