"""Small random changes anywhere in an entry, that keep its shape: what a mutation fuzzer does, for objects.

Values move between places of one type, so that ties, repeated keys and equal arguments come about; literals of the source and
values near a recorded one take others' places; items are repeated, dropped, exchanged and shared.
"""

import datetime
import decimal
import enum
import fractions
import sys

from . import networks, strings, tables
from .attributes import attributes_of, is_plain_instance, set_attribute

_DEEPEST = 8


class Donors:
    """Leaves of recorded entries by type."""

    def __init__(self, entries, palette):
        self.palette = palette
        self.leaves = {}
        for entry in entries:
            for value in _tops(entry):
                self._gather(value, 0)

    def _gather(self, value, depth):
        kind = type(value)
        if kind in _LEAVES or isinstance(value, enum.Enum):
            known = self.leaves.setdefault(kind, [])
            if len(known) < 200:
                known.append(value)
        elif depth < _DEEPEST:
            for item in _children(value)[:50]:
                self._gather(item, depth + 1)


def vary(entry, donors, source):
    """Change `entry` in up to three random places; returns what was done in words."""
    done = []
    for _ in range(source.choice((1, 1, 2, 3))):
        names = [n for n in entry.arguments if n not in entry.unbound]
        fields = [(entry.arguments, n) for n in names] + [
            (entry.globals, n) for n, v in entry.globals.items() if type(v) in _LEAVES and source.random() < 0.3
        ]
        if not fields:
            return ""
        held, name = source.choice(fields)
        changed, told = _varied(held[name], donors, source, 0)
        held[name] = changed
        done.append("%s%s" % (name, told))
    return "; ".join(done)


def _varied(value, donors, source, depth):
    """(the value to put in this place, what was done below it in words)."""
    kind = type(value)
    if kind in _LEAVES or isinstance(value, enum.Enum):
        made = _leaf(value, kind, donors, source)
        return made, " = %.60r" % (made,)
    if depth > _DEEPEST:
        return value, ""
    if kind in (list, tuple) or (isinstance(value, tuple) and hasattr(kind, "_make")):
        return _sequence(value, kind, donors, source, depth)
    if kind is dict:
        return _mapping(value, donors, source, depth)
    if kind in (set, frozenset) and value:
        items = sorted(value, key=repr)
        if source.random() < 0.5:
            items.pop(source.randrange(len(items)))
        else:
            items.append(_varied(source.choice(items), donors, source, depth + 1)[0])
        return kind(items), " has other items"
    numpy = sys.modules.get("numpy")
    if numpy is not None and kind is getattr(numpy, "ndarray", None) and value.size and value.dtype.kind in "biufUSM":
        return _array(value, numpy, donors, source)
    if networks.is_graph(value):
        label, change = source.choice(networks.changes_of_graph(value))
        return change(value), ": " + label
    if tables.is_table(value) and len(value):
        return tables.vary_table(value, donors, source)
    attributes = attributes_of(value) if is_plain_instance(value) else {}
    if attributes:
        name = source.choice(sorted(attributes))
        held, told = _varied(attributes[name], donors, source, depth + 1)
        set_attribute(value, name, held)
        return value, ".%s%s" % (name, told)
    return value, ""


def _sequence(value, kind, donors, source, depth):
    items = list(value)
    named = kind not in (list, tuple)
    roll = source.random()
    if not items or named or roll < 0.55:
        if not items:
            return value, ""
        at = source.randrange(len(items))
        items[at], told = _varied(items[at], donors, source, depth + 1)
        told = "[%d]%s" % (at, told)
    elif donors.palette.lengths and roll < 0.62 and depth == 0:
        length = source.choice(donors.palette.lengths)
        items = [items[i % len(items)] for i in range(length)]
        told = " has %d items" % length
    else:
        one, two = source.randrange(len(items)), source.randrange(len(items))
        told = source.choice((" with items exchanged", " with an item repeated", " without an item", " with an item in front"))
        if told == " with items exchanged":
            items[one], items[two] = items[two], items[one]
        elif told == " with an item repeated":
            items[one] = items[two]
        elif told == " without an item":
            del items[one]
        else:
            items.insert(0, items[two])
    if kind is list:
        value[:] = items
        return value, told
    return (kind._make(items) if named else kind(items)), told


def _mapping(value, donors, source, depth):
    keys = list(value)
    if not keys:
        return value, ""
    roll = source.random()
    key = source.choice(keys)
    if roll < 0.6:
        value[key], told = _varied(value[key], donors, source, depth + 1)
        return value, "[%.40r]%s" % (key, told)
    if roll < 0.75:
        literals = donors.palette.for_type(type(key))
        new = source.choice(literals) if literals and source.random() < 0.7 else _varied(key, donors, source, depth + 1)[0]
        value[new] = value[source.choice(keys)]
        return value, " with the key %.40r" % (new,)
    if roll < 0.85:
        del value[key]
        return value, " without the key %.40r" % (key,)
    if roll < 0.93:
        value[key] = value[source.choice(keys)]
        return value, "[%.40r] as another" % (key,)
    value[key] = value.pop(key)
    return value, " with %.40r at the end" % (key,)


def _array(value, numpy, donors, source):
    value = value.copy()
    flat = value.reshape(-1)
    at, kind = source.randrange(flat.size), value.dtype.kind
    roll = source.random()
    literals = donors.palette.for_type(float if kind == "f" else int)
    if kind in "USbM" or roll < 0.4:
        flat[at] = flat[source.randrange(flat.size)]
    elif literals and roll < 0.7:
        literal = source.choice(literals)
        if kind == "f" or numpy.iinfo(value.dtype).min <= literal <= numpy.iinfo(value.dtype).max:
            flat[at] = literal
    else:
        with numpy.errstate(all="ignore"):
            flat[at] = source.choice((0, 1, flat[at] + 1, flat[at] - 1)) if kind == "u" else source.choice((0, 1, -flat[at], flat[at] + 1, flat[at] * 2))
    return value, " with one item changed"


def _leaf(value, kind, donors, source):
    roll = source.random()
    known = donors.leaves.get(kind, ())
    literals = donors.palette.for_type(kind)
    if literals and roll < 0.4:
        chosen = source.choice(literals)
        if kind in (str, bytes) and source.random() < 0.4:
            return source.choice((value + chosen, chosen + value, value[: len(value) // 2] + chosen + value[len(value) // 2 :]))
        return chosen
    if known and roll < 0.6:
        return source.choice(known)
    if isinstance(value, enum.Enum):
        return source.choice(list(kind))
    return source.choice(near(value, kind, source))


def near(value, kind, source):
    """Values of the same type that are like `value`, or at the edge of what its type can hold."""
    if kind is bool:
        return [not value]
    if kind is int:
        return [0, 1, -1, 2, -value, value + 1, value - 1, value * 2, value // 2, source.randint(-10, 10), source.randint(-1000, 1000)]
    if kind is float:
        return [0.0, 1.0, -value, value + 1.0, value / 2, value * 2, float(round(value)) if abs(value) < 1e15 else 1.5,
                round(source.uniform(-10, 10), 2)]  # fmt: skip
    if kind is complex:
        return [0j, -value, value.conjugate(), value + 1]
    if kind is str:
        return strings.varied(value, source)
    if kind in (bytes, bytearray):
        return [kind(), value[1:], value + b"\x00", value + b"\xff", value[::-1]]
    if kind is datetime.timedelta:
        return [kind(0), -value, kind(days=1), kind(microseconds=1), value * 2, kind(hours=-1)]
    if kind in (datetime.date, datetime.datetime):
        made = [value.replace(month=12, day=31), value.replace(month=1, day=31), value.replace(year=2024, month=2, day=29),
                value.replace(year=2023, month=2, day=28), value.replace(month=4, day=30)]  # fmt: skip
        made += [value.replace(month=month, day=1) for month in range(1, 13)]
        if kind is datetime.datetime:
            made += [value.replace(hour=0, minute=0, second=0, microsecond=0), value.replace(hour=23, minute=59, second=59, microsecond=999999)]
        return made
    if kind is datetime.time:
        return [kind(0), kind(23, 59, 59, 999999), kind(12)]
    if kind is decimal.Decimal:
        return [kind(0), kind("-0"), -value, value + 1, kind("0.1"), kind("1E+20"), kind("2.5"), kind("1.00")]
    if kind is fractions.Fraction:
        return [kind(0), -value, value + 1, kind(1, 3), kind(1, 10**6)]
    return [value]


_LEAVES = (bool, int, float, complex, str, bytes, datetime.date, datetime.datetime, datetime.time, datetime.timedelta,
           decimal.Decimal, fractions.Fraction)  # fmt: skip


def _tops(entry):
    for field in (entry.arguments, entry.globals):
        for value in field.values():
            yield value
    for cell in entry.closure.values():
        try:
            yield cell.cell_contents
        except ValueError:
            continue


def _children(value):
    if isinstance(value, (list, tuple, set, frozenset)):
        return list(value)
    if isinstance(value, dict):
        return list(dict.keys(value)) + list(dict.values(value))
    return list(attributes_of(value).values()) if is_plain_instance(value) else []
