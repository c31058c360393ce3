"""Arguments of a recorded call, changed at random: `varied(arguments, random)`. Owes nothing to the product's own changes."""

import math

NEAR = (0, 1, -1, 2, 3, 5, 10, 100, -7, 2**31, 2**64)


def varied(value, r, rate=0.35, depth=0):
    """`value`, or something of its type instead; parts of it are changed at `rate`."""
    kind = type(value)
    if kind is bool:
        return not value if r.random() < rate / 2 else value
    if kind in (int, float, complex):
        return _number(value, kind, r) if r.random() < rate else value
    if kind in (str, bytes):
        return _text(value, r) if r.random() < rate else value
    if kind in (list, tuple, set, frozenset) and depth < 6:
        return _items(value, kind, r, rate, depth)
    if kind is dict and depth < 6:
        pairs = [(varied(k, r, rate / 2, depth + 1), varied(v, r, rate, depth + 1)) for k, v in value.items()]
        return dict(_shaken(pairs, r, rate))
    if kind.__module__ == "numpy" and kind.__name__ == "ndarray" and value.dtype.kind in "biuf":
        return _array(value, r) if r.random() < 2 * rate else value
    if hasattr(value, "add_edge") and hasattr(value, "nodes") and r.random() < 2 * rate:
        return _network(value, r)
    return value


def _number(value, kind, r):
    if kind is complex:
        return r.choice((value + 1, -value, value * 1j, 0j))
    if r.random() < 0.3:
        return kind(r.choice(NEAR))
    if kind is float:
        return r.choice((value + r.random(), -value, value * 2, value / 3, 0.0, -0.0, math.inf, math.nan, float(r.randint(-9, 9))))
    return r.choice((value + 1, value - 1, -value, value * 2, value // 2, r.randint(-20, 20)))


def _text(value, r):
    if not value:
        return r.choice((value, value + type(value)(b"a" if isinstance(value, bytes) else "a")))
    at, to = sorted((r.randrange(len(value) + 1), r.randrange(len(value) + 1)))
    return r.choice((value[:at] + value[to:], value + value[at:to], value[::-1], value.upper(), value[at:] + value[:at], value[:0], value.lower(), value[:at] + value[at:to] * 2 + value[to:]))


def _shaken(items, r, rate):
    if items and r.random() < rate:
        at = r.randrange(len(items))
        change = r.randrange(6)
        if change == 0:
            del items[at]
        elif change == 1:
            items.append(items[at])
        elif change == 2:
            r.shuffle(items)
        elif change == 3:
            items = items[:at]
        elif change == 4:
            items[at] = items[r.randrange(len(items))]
        else:
            items = items * 2
    return items


def _items(value, kind, r, rate, depth):
    items = [varied(item, r, rate, depth + 1) for item in value]
    if kind is not tuple or r.random() < 0.3:
        items = _shaken(items, r, rate)
    try:
        return kind(items)
    except TypeError:
        return value


def _array(value, r):
    import numpy as np

    value = value.copy()
    change = r.randrange(6)
    if change == 0 and value.ndim:
        return value[: r.randrange(len(value) + 1)]
    if change == 1:
        return value * r.choice((-1, 2, 0)) if value.dtype.kind != "b" else ~value
    if change == 2 and value.ndim:
        return value[::-1]
    if value.size:
        flat = value.reshape(-1)
        at = r.randrange(flat.size)
        flat[at] = flat[r.randrange(flat.size)] if change < 4 else r.choice((0, 1, 2)) if value.dtype.kind != "f" else r.choice((0.0, -0.0, np.nan, np.inf, 1.5))
    return value


def _network(value, r):
    nodes = list(value.nodes)
    if len(nodes) < 2:
        return value
    if r.random() < 0.3 and value.edges:
        value.remove_edge(*r.choice(list(value.edges))[:2])
    else:
        value.add_edge(r.choice(nodes), r.choice(nodes))
    return value
