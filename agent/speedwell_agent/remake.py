"""Values that cannot be pickled and can be made anew from what they show: (function, arguments, state) as `__reduce__` gives it.

Locks that nobody holds, files open for reading, weak references, generators that have not begun, classes that are found under
no name. What depends on the world outside raises ValueError when that has changed since.
"""

import marshal
import os
import threading
import types
import weakref

from . import layout

_LOCK, _RLOCK = type(threading.Lock()), type(threading.RLock())
_FILES = ("_io.TextIOWrapper", "_io.BufferedReader")
_kept = []  # referents of weak references: what held them in the program is not there


def reduced(value):
    """How to make `value` anew, or NotImplemented. Raises ValueError with the reason when it must not be."""
    kind = type(value)
    if kind is _LOCK or kind is _RLOCK:
        held = value.locked() if kind is _LOCK else "count=0" not in repr(value)
        if held:
            raise ValueError("a lock that is held cannot be stored")
        return (threading.Lock if kind is _LOCK else threading.RLock), ()
    if kind is weakref.ref:
        referent = value()
        return _weak, (referent,)
    if kind is weakref.WeakValueDictionary or kind is weakref.WeakKeyDictionary:
        return _weak_mapping, (kind, list(value.items()))
    if kind is weakref.WeakSet:
        return _weak_set, (list(value),)
    if kind is types.MappingProxyType:
        return _proxy, (dict(value),)
    if kind is property:
        return property, (value.fget, value.fset, value.fdel, value.__doc__)
    if kind is staticmethod or kind is classmethod:
        return kind, (value.__func__,)
    if kind.__module__ == "_io" and layout.type_name(kind) in _FILES:
        return _file(value, kind)
    return NotImplemented


def _proxy(mapping):
    return types.MappingProxyType(mapping)


def _weak(referent):
    if referent is None:
        return weakref.ref(_Gone())
    _kept.append(referent)
    return weakref.ref(referent)


class _Gone:
    pass


def _weak_mapping(kind, items):
    _kept.append(items)
    made = kind()
    for key, item in items:
        made[key] = item
    return made


def _weak_set(items):
    _kept.append(items)
    return weakref.WeakSet(items)


def _file(value, kind):
    name = getattr(value, "name", None)
    if value.closed or not isinstance(name, str) or value.writable() or not os.path.isfile(name):
        raise ValueError("an open file that is not one for reading only cannot be stored")
    try:
        position = value.tell()
    except OSError:
        raise ValueError("the file %s is being read line by line, so where it stands is not known" % name) from None
    about = os.stat(name)
    text = (value.encoding, value.errors) if kind.__name__ == "TextIOWrapper" else None
    return _reopened, (os.path.abspath(name), name, text, position, about.st_size, about.st_mtime_ns)


def _reopened(path, name, text, position, size, modified):
    about = os.stat(path)
    if (about.st_size, about.st_mtime_ns) != (size, modified):
        raise ValueError("the file %s was changed since the call was recorded" % name)
    file = open(name, encoding=text[0], errors=text[1]) if text else open(name, "rb")
    file.seek(position)
    return file


def is_at_start(value):
    """Whether a generator has not begun, and its variables are its arguments only."""
    if value.gi_frame is None or value.gi_running or value.gi_code.co_cellvars:
        return False
    return not value.gi_suspended if hasattr(value, "gi_suspended") else value.gi_frame.f_lasti == -1


def generator(code, module, qualname, variables, cells):
    """A generator at its start: its code, called with what its parameters were bound to."""
    import importlib

    code = marshal.loads(code)
    closure = tuple(types.CellType(held) if bound else types.CellType() for bound, held in cells)
    function = types.FunctionType(code, importlib.import_module(module).__dict__, None, None, closure)
    function.__qualname__ = qualname
    count, more = code.co_argcount, code.co_kwonlyargcount
    names = code.co_varnames
    arguments = [variables[n] for n in names[:count]]
    following = count + more
    if code.co_flags & 4:
        arguments += variables[names[following]]
        following += 1
    keywords = {n: variables[n] for n in names[count : count + more]}
    if code.co_flags & 8:
        keywords.update(variables[names[following]])
    return function(*arguments, **keywords)


def is_found(kind):
    """Whether a class is found under its own name, as pickling needs."""
    return layout.resolves(kind, *layout.name_of(kind)) or not kind.__flags__ & (1 << 9)


def local_class(kind):
    """A class made by a statement inside a function, or by `type(...)`."""
    if type(kind) is not type:
        return NotImplemented
    space = layout.namespace_of(kind)
    slots = space.get("__slots__")
    if slots is not None and not isinstance(slots, (str, tuple, list)):
        return NotImplemented
    module, qualname = layout.name_of(kind)
    held = {
        name: value
        for name, value in space.items()
        if name not in ("__dict__", "__weakref__", "__slots__") and type(value) is not types.MemberDescriptorType
    }
    basic = {"__module__": module, "__qualname__": qualname}
    if slots is not None:
        basic["__slots__"] = slots
    return _new_class, (kind.__name__, kind.__bases__, basic), held, None, None, _fill_class


def _new_class(name, bases, space):
    return type(name, bases, dict(space))


def _fill_class(kind, held):
    for name, value in held.items():
        setattr(kind, name, value)

