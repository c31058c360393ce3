"""Places in an entry: ("arguments", name), ("closure", name) or ("globals", name), then the keys that lead into its value."""

import types


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
    elif type(value) is dict:
        keys = list(value)[:3]
    elif is_plain_instance(value):
        keys = [Attribute(k) for k in list(value.__dict__)[:6]]
    for key in keys:
        yield (key,)
        for inner in _inner(_step(value, key), depth - 1):
            yield (key,) + inner


class Attribute(str):
    """A key that is an attribute's name."""


def is_plain_instance(value):
    kind = type(value)
    return (
        isinstance(getattr(value, "__dict__", None), dict)
        and kind.__module__.split(".")[0] not in ("numpy", "pandas", "scipy", "networkx", "sklearn", "torch", "builtins")
        and not isinstance(value, (type, types.ModuleType, types.FunctionType))
        and kind.__init__ is not object.__init__
    )


def _step(value, key):
    return getattr(value, key) if isinstance(key, Attribute) else value[key]


def value_at(entry, place):
    value = getattr(entry, place[0])[place[1]]
    if place[0] == "closure":
        value = value.cell_contents
    for key in place[2:]:
        value = _step(value, key)
    return value


def set_at(entry, place, value):
    if len(place) == 2:
        if place[0] == "closure":
            entry.closure[place[1]].cell_contents = value
        else:
            getattr(entry, place[0])[place[1]] = value
        return
    owner, key = value_at(entry, place[:-1]), place[-1]
    if isinstance(key, Attribute):
        setattr(owner, key, value)
    elif type(owner) is tuple:
        set_at(entry, place[:-1], owner[:key] + (value,) + owner[key + 1 :])
    else:
        owner[key] = value


def named(place):
    text = place[1]
    for key in place[2:]:
        text += ".%s" % key if isinstance(key, Attribute) else "[%r]" % (key,)
    return text
