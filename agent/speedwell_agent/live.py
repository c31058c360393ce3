"""What a region can see: its arguments or live-ins, closure cells and the module's data, read from a running frame."""

import os
import sys
import types

from .state import Entry, random_state

_unchanging = frozenset((int, float, complex, str, bytes, bool, type(None), range, type(...)))
_CALLERS = 40
_LIBRARY = os.path.dirname(os.__file__) + os.sep
_OTHERS = ("<", os.path.dirname(__file__) + os.sep)


class State:
    """The values that a region can see at its entry."""

    __slots__ = ("region", "arguments", "unbound", "cells", "globals", "references")

    def __init__(self, region, frame, cells):
        self.region = region
        if region["kind"] == "function":
            names = parameters(frame.f_code)
        else:
            names = region["liveIn"]
        self.arguments = local_names(frame, names)
        self.unbound = [name for name in names if name not in self.arguments]
        self.cells = dict(zip(cells.__code__.co_freevars, cells.__closure__ or ())) if cells else {}
        self.globals, self.references = globals_of(region, frame)

    def values(self, missing=()):
        """All values by name; a name that means several things counts as the innermost."""
        values = {name: value for name, value in self.globals.items() if name not in missing}
        for name, cell in self.cells.items():
            try:
                values[name] = cell.cell_contents
            except ValueError:
                pass
        values.update(self.arguments)
        return values

    def entry(self, missing):
        stored = {name: value for name, value in self.globals.items() if name not in missing}
        left_out = {name: missing[name] for name in self.globals if name in missing}
        return Entry(
            self.arguments, self.unbound, self.cells, stored, self.references, left_out, random_state()
        )  # fmt: skip


def parameters(code):
    """Names of a function's parameters, in the order of its code."""
    count = code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & 4) + bool(code.co_flags & 8)
    return code.co_varnames[:count]


def local_names(frame, names):
    """Name -> value of those of the frame's variables that have a value."""
    local = frame.f_locals
    found = {}
    for name in names:
        if name in local:
            found[name] = local[name]
        elif name.startswith("__") and not name.endswith("__"):
            # A private name in a class: the frame knows it with the class's name before it.
            for actual in list(local):
                if actual.startswith("_") and actual.endswith(name) and "__" not in actual[1 : -len(name)]:
                    found[name] = local[actual]
    if frame.f_code.co_flags & 1 and type(local) is dict:
        local.clear()  # before 3.13 the frame keeps this copy, and with it every object in it, alive
    return found


def _is_own(path):
    packaged = "site-packages" in path or "dist-packages" in path
    return not path.startswith(_OTHERS) and (packaged or not path.startswith(_LIBRARY))


def callers_of(frame):
    """
    Functions on the stack above `frame`, the nearest first, each once, without the standard library's and the agent's:
    {"file", "line" of its `def`, "name"}.
    """
    found = []
    while frame.f_back is not None and len(found) < _CALLERS:
        frame = frame.f_back
        code = frame.f_code
        if code.co_flags & 1 and not code.co_name.startswith("<") and _is_own(code.co_filename):
            caller = {"file": os.path.realpath(code.co_filename), "line": code.co_firstlineno, "name": code.co_name}
            if caller not in found:
                found.append(caller)
    return found


def globals_of(region, frame):
    """(data by name, reference by name) of the module globals that the region may use."""
    data, references = {}, {}
    for name in region["globals"]:
        if name in frame.f_globals:
            value = frame.f_globals[name]
            reference = reference_to(value)
            if reference is None:
                data[name] = value
            else:
                references[name] = reference
    return data, references


def reference_to(value):
    """ "module.name" of a module, class, function or anything callable that is found under its own name; else None."""
    if type(value) is types.ModuleType:
        return value.__name__
    if not callable(value):
        return None
    try:
        module, name = value.__module__, value.__qualname__
        found = sys.modules[module]
        for part in name.split("."):
            found = getattr(found, part)
    except Exception:  # without such a name; or the value's own __getattr__ raises
        return "builtins.%s" % value.__name__ if type(value) is types.BuiltinFunctionType else None
    return "%s.%s" % (module, name) if found is value else None


def aliases(values):
    """Pairs of names bound to one object that can change, or to arrays that share memory."""
    numpy = sys.modules.get("numpy")
    array = getattr(numpy, "ndarray", ())
    names = [name for name, value in values.items() if type(value) not in _unchanging and not isinstance(value, type)]
    for i, first in enumerate(names):
        for second in names[i + 1 :]:
            a, b = values[first], values[second]
            if a is b or (array and isinstance(a, array) and isinstance(b, array) and _overlap(numpy, a, b)):
                yield [first, second]


def _overlap(numpy, a, b):
    if not numpy.may_share_memory(a, b):
        return False
    try:
        return bool(numpy.shares_memory(a, b, max_work=100_000))
    except Exception:  # too hard to tell
        return True
