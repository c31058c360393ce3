"""Places in an entry: ("arguments", name), ("closure", name) or ("globals", name), then the keys that lead into its value."""

from .attributes import attributes_of, is_plain_instance, set_attribute


def places_of(entry):
    for field in ("arguments", "closure"):
        for name in getattr(entry, field):
            place = (field, name)
            try:
                value = value_at(entry, place)
            except ValueError:  # an empty cell
                continue
            yield place
            for inner in _inner(value, 2):
                yield place + inner
    for name, value in entry.globals.items():
        if not isinstance(value, (str, bytes, bool, type(None))):
            yield ("globals", name)


def _inner(value, depth):
    if depth == 0:
        return
    keys = []
    if type(value) in (list, tuple):
        keys = sorted({0, len(value) - 1}) if value else []
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        keys = list(range(min(len(value), 6)))
    elif type(value) is dict:
        keys = list(value)[:3]
    elif is_plain_instance(value):
        keys = [Attribute(k) for k in list(attributes_of(value))[:6]]
    for key in keys:
        yield (key,)
        for inner in _inner(part_of(value, key), depth - 1):
            yield (key,) + inner


class Attribute(str):
    """A key that is an attribute's name."""


def part_of(value, key):
    """The item or attribute that a key leads to."""
    return attributes_of(value)[key] if isinstance(key, Attribute) else value[key]


def value_at(entry, place):
    value = getattr(entry, place[0])[place[1]]
    if place[0] == "closure":
        value = value.cell_contents
    for key in place[2:]:
        value = part_of(value, key)
    return value


def with_part(value, key, part):
    """`value` with another item or attribute; a tuple becomes a new one."""
    if isinstance(key, Attribute):
        set_attribute(value, key, part)
    elif isinstance(value, tuple):
        items = [part if i == key else item for i, item in enumerate(value)]
        return type(value)._make(items) if hasattr(value, "_make") else tuple(items)
    else:
        value[key] = part
    return value


def set_at(entry, place, value):
    if len(place) == 2:
        if place[0] == "closure":
            entry.closure[place[1]].cell_contents = value
        else:
            getattr(entry, place[0])[place[1]] = value
        return
    owner, key = value_at(entry, place[:-1]), place[-1]
    changed = with_part(owner, key, value)
    if changed is not owner:
        set_at(entry, place[:-1], changed)


def named(place):
    text = place[1]
    for key in place[2:]:
        text += ".%s" % key if isinstance(key, Attribute) else "[%r]" % (key,)
    return text
