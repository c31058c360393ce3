"""Data that hangs on the program's own functions and classes: counters, caches, shared defaults.

No entry carries it, so it is put back to what it was when the module was built before each execution; otherwise one
execution would change the next, and the order in which inputs are tried would matter.
"""

import copy
import functools
import types

_DATA = (int, float, str, list, dict, set, tuple, bytes, type(None))
_IN_PLACE = (list, dict, set)


def owners(module):
    """(name, function or class) of what `module` itself defines, by name."""
    for name, value in sorted(module.__dict__.items()):
        if isinstance(value, (type, types.FunctionType)) and value.__module__ == module.__name__:
            yield name, value


def attributes(owner):
    """Data attributes of a class by name; those of a function are its `__dict__`."""
    if isinstance(owner, types.FunctionType):
        return {} if hasattr(owner, "__wrapped__") else dict(owner.__dict__)
    return {k: v for k, v in owner.__dict__.items() if not k.startswith("__") and isinstance(v, _DATA)}


class Baseline:
    """What hangs on the definitions of a module now; `restore` puts it back."""

    def __init__(self, module):
        self._attributes, self._contents, self._caches = [], [], []
        for _, owner in owners(module):
            held = attributes(owner)
            self._attributes.append((owner, held))
            values = list(held.values())
            if isinstance(owner, types.FunctionType):
                values += list(owner.__defaults__ or ()) + list((owner.__kwdefaults__ or {}).values())
            else:
                values += [d for f in owner.__dict__.values() if isinstance(f, types.FunctionType) for d in f.__defaults__ or ()]
            self._contents += [(value, _copied(value)) for value in values if type(value) in _IN_PLACE]
        # Wrappers of functools.lru_cache at module level and in classes.
        spaces = [module.__dict__] + [o.__dict__ for _, o in owners(module) if isinstance(o, type)]
        kind = type(functools.lru_cache(maxsize=None)(lambda: None))
        held = [v.__func__ if isinstance(v, staticmethod) else v for space in spaces for v in space.values()]
        self._caches = [v for v in held if type(v) is kind and v.__module__ == module.__name__]

    def cached(self):
        """Whether executions left results in a `functools.lru_cache`."""
        return any(one.cache_info().currsize for one in self._caches)

    def restore(self):
        for owner, held in self._attributes:
            for name in [n for n in attributes(owner) if n not in held]:
                delattr(owner, name)
            for name, value in held.items():
                if owner.__dict__.get(name, self) is not value:
                    setattr(owner, name, value)
        for value, kept in self._contents:
            _refill(value, _copied(kept))
        for cached in self._caches:
            cached.cache_clear()


def _copied(value):
    try:
        return copy.deepcopy(value)
    except Exception:  # something in it cannot be copied: what it holds is kept, not what those hold
        return copy.copy(value)


def _refill(value, content):
    if isinstance(value, list):
        value[:] = content
        return
    value.clear()
    value.update(content)
