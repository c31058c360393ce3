"""What capture leaves of a region's calls, and how replay reads it back.

A region's directory `capture/<region id>/` holds two files per recorded call, each one pickle of one object graph, so
that aliasing inside it (also between a result and the arguments) is kept:

    <pid>-<n>.entry    the state just before the region ran: a pickled `Entry`
    <pid>-<n>.exit     the state just after it: a pickled `Exit`

A call counts only when both files are there; each is written under another name and renamed, so a program that is
killed leaves whole files. Use:

    for call in load_calls(directory):      # oldest first
        entry = call.entry()                # a fresh graph each time; change it at will
        expected = call.exit()

Unpickling looks classes and functions up by module and qualified name: what the program defined in `__main__` is taken
from the module that `sys.modules["__main__"]` is at that moment (other modules under their import name), so that module
must be rebuilt and registered first. `load_calls` itself unpickles nothing and needs no module.

`snapshot.freeze(value)` and `snapshot.thaw(data)` are the same pickling for any graph, for example to copy an `Entry`
that was changed. Local functions and lambdas are rebuilt from their original code with their closure cells.
"""

import os
import sys


class Entry:
    """State before the region. All fields together are one object graph.

    arguments   name -> value. A function's parameters (`*args` a tuple and `**kwargs` a dict under their own names), or
                a loop's live-in names. (A parameter `__x` of a method of class C is `_C__x`, as its code has it.)
    unbound     live-in names that had no value.
    closure     free variable -> its cell (`types.CellType`), possibly an empty one. Functions in the graph that close
                over the same variable hold the same cell, so build the region's function with these very cells.
    globals     module global -> value, for the data globals in `region.globals`.
    references  module global -> "module.qualname" (or "module") of names in `region.globals` that are modules,
                functions or classes. They are not stored: executing the module's source makes them.
    missing     module global -> why its value could not be stored. The region can be replayed only if it does not
                need it.
    random      see `random_state`.
    """

    __slots__ = ("arguments", "unbound", "closure", "globals", "references", "missing", "random")

    def __init__(self, arguments, unbound=(), closure=None, globals=None, references=None, missing=None, random=None):
        self.arguments = arguments
        self.unbound = list(unbound)
        self.closure = closure or {}
        self.globals = globals or {}
        self.references = references or {}
        self.missing = missing or {}
        self.random = random or {}

    def __reduce__(self):
        return Entry, tuple(getattr(self, name) for name in self.__slots__)


class Exit:
    """State after the region. All fields together are one object graph.

    how         "return": a function returned (or fell off its end), or a loop region was left by `return`;
                "end": a loop ended, by exhaustion or its own `break`;
                "break", "continue": a statement in a loop's `else` that concerns the loop around it;
                "exception": an exception left the region;
                "generator", "coroutine": the region is the body of a generator or async function; only the entry was
                recorded, at the start of its body.
    value       what was returned when `how` is "return", else None. A generator or other thing that cannot be stored
                without being consumed is an `Opaque`.
    exception   a `Raised` when `how` is "exception", else None.
    bound       live-out name -> value (loops).
    unbound     live-out names that have no value (loops).
    arguments   name -> the object that was bound to the name at entry, as it is now.
    closure     free variable -> its cell, as it is now.
    globals     module global -> value bound to the name now (absent when it was deleted); same names as in the entry,
                and those bound by the region itself.
    random      see `random_state`.
    seconds     wall seconds of this call, without what recording itself took.
    """

    __slots__ = (
        "how", "value", "exception", "bound", "unbound", "arguments", "closure", "globals", "random", "seconds",
    )  # fmt: skip

    def __init__(
        self, how, value=None, exception=None, bound=None, unbound=(), arguments=None, closure=None, globals=None,
        random=None, seconds=0.0,
    ):  # fmt: skip
        self.how = how
        self.value = value
        self.exception = exception
        self.bound = bound or {}
        self.unbound = list(unbound)
        self.arguments = arguments or {}
        self.closure = closure or {}
        self.globals = globals or {}
        self.random = random or {}
        self.seconds = seconds

    def __reduce__(self):
        return Exit, tuple(getattr(self, name) for name in self.__slots__)


class Raised:
    """An exception that left the region: `type` is "module.qualname", `message` is `str(exception)`.

    `args` is the exception's argument tuple, or None when it could not be stored.
    """

    __slots__ = ("type", "args", "message")

    def __init__(self, type, args, message):
        self.type = type
        self.args = args
        self.message = message

    @classmethod
    def of(cls, exception):
        kind = type(exception)
        try:
            message = str(exception)
        except Exception as error:  # the exception's own __str__ is the user's code
            message = "<str() raised %s>" % type(error).__name__
        return cls("%s.%s" % (kind.__module__, kind.__qualname__), exception.args, message)

    def __reduce__(self):
        return Raised, (self.type, self.args, self.message)


class Opaque:
    """Stands in an exit for a value that cannot be looked into without consuming it, for example a generator."""

    __slots__ = ("kind",)

    def __init__(self, kind):
        self.kind = kind

    def __reduce__(self):
        return Opaque, (self.kind,)

    def __repr__(self):
        return "<%s, not looked into>" % self.kind


class Call:
    """One recorded call, still on disk."""

    __slots__ = ("directory", "process", "number", "bytes")

    def __init__(self, directory, process, number):
        self.directory = directory
        self.process = process
        self.number = number  # counts the entries into the region in its process, from 1
        self.bytes = os.path.getsize(self._path("entry"))  # of the pickled entry

    def _path(self, side):
        return os.path.join(self.directory, "%d-%d.%s" % (self.process, self.number, side))

    def _read(self, side):
        from . import snapshot

        with open(self._path(side), "rb") as file:
            return snapshot.thaw(file.read())

    def entry(self):
        """A fresh `Entry`, shared with nothing. Raises what unpickling raises when a class cannot be found."""
        return self._read("entry")

    def exit(self):
        """A fresh `Exit`, shared with nothing."""
        return self._read("exit")


def load_calls(directory):
    """The complete calls recorded in `directory`, oldest first per process. A missing directory has none."""
    try:
        names = set(os.listdir(directory))
    except FileNotFoundError:
        return []
    calls = []
    for name in names:
        stem, extension = os.path.splitext(name)
        if extension == ".entry" and stem + ".exit" in names:
            process, number = stem.split("-")
            calls.append(Call(directory, int(process), int(number)))
    return sorted(calls, key=lambda call: (call.process, call.number))


def random_state():
    """State of the global generators that are loaded: keys "random" and "numpy" (the legacy global one)."""
    states = {}
    module = sys.modules.get("random")
    if hasattr(module, "_inst"):
        states["random"] = module._inst.getstate()
    module = sys.modules.get("numpy.random")
    if hasattr(module, "get_state"):
        states["numpy"] = module.get_state(legacy=False)
    return states


def restore_random_state(states):
    """Put the global generators into `states`, as `random_state` gave them; the packages are imported when needed."""
    if "random" in states:
        import random

        random.setstate(states["random"])
    if "numpy" in states:
        import numpy

        numpy.random.set_state(states["numpy"])
