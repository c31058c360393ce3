"""Generated inputs that no call can be: of variables that the program has just made of literals when the region begins."""

import types

from .places import is_plain_instance

_CONTAINERS = (list, dict, set, tuple)


def as_recorded(made, entries):
    """Those of `made` that hold in the recorded entries too, as they must."""
    return {name: kind for name, kind in made.items() if all(can_be(entry, {name: kind}) for entry in entries)}


def can_be(entry, made):
    """
    Whether each of `made`, {name: "int", "float" or "empty"}, still is what the program makes: lists with numbers of that type
    that share nothing with each other or with anything else; or an empty container.
    """
    if not made:
        return True
    held = {**entry.globals, **entry.arguments}
    shared = _containers([value for name, value in held.items() if name not in made])
    for name, kind in made.items():
        if name not in held or name in entry.unbound:
            continue
        value = held[name]
        if kind == "empty":
            if type(value) not in _CONTAINERS or len(value) or id(value) in shared:
                return False
        elif not _is_of(value, int if kind == "int" else float, shared):
            return False
        shared.add(id(value))
    return True


def _is_of(value, kind, shared):
    if type(value) is kind:
        return True
    if type(value) is not list or id(value) in shared:
        return False
    shared.add(id(value))
    return all(_is_of(item, kind, shared) for item in value)


def _containers(values):
    """The identities of all lists and the like that the values are made of."""
    found, waiting = set(), list(values)
    while waiting:
        value = waiting.pop()
        if id(value) in found or isinstance(value, (type, types.ModuleType, types.FunctionType)):
            continue
        if type(value) is dict:
            waiting += list(value.values())
        elif type(value) in _CONTAINERS:
            waiting += value
        elif is_plain_instance(value):
            waiting += vars(value).values()
        else:
            continue
        found.add(id(value))
    return found
