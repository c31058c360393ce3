"""Write an input as Python source that a person can paste: imports, what is set up first, and the call itself."""

import ast
import collections
import datetime
import decimal
import enum
import fractions
import os
import sys
import types

from . import snapshot

_MOST_ITEMS = 200
_EXACT = (type(None), bool, int, str, bytes, complex, range, type(Ellipsis))


class NoSource(Exception):
    """A value that cannot be written as source; the message says what it is."""


class _Writer:
    """Collects imports and statements while values are turned into expressions."""

    def __init__(self, main_path):
        self.imports, self.statements = [], []
        self._main = os.path.splitext(os.path.basename(main_path))[0]
        self._names, self._open, self._seen = {}, set(), {}

    def count(self, value, depth=0):
        """Note which containers are reached more than once: they get a name, so that they stay one object."""
        if isinstance(value, _EXACT + (float, type, types.FunctionType)) or depth > 20:
            return
        self._seen[id(value)] = self._seen.get(id(value), 0) + 1
        if self._seen[id(value)] > 1:
            return
        if isinstance(value, dict):
            inner = list(value) + list(value.values())
        elif isinstance(value, (list, tuple, set, frozenset, collections.deque)):
            inner = list(value)
        else:
            inner = list(getattr(value, "__dict__", {}).values())
        for one in inner:
            self.count(one, depth + 1)

    def module(self, name):
        return self._main if name == "__main__" else name

    def needs(self, line):
        if line not in self.imports:
            self.imports.append(line)

    def expression(self, value):
        if id(value) in self._names:
            return self._names[id(value)]
        if id(value) in self._open:
            raise NoSource("a value that holds itself")
        self._open.add(id(value))
        try:
            text = self._expression(value)
        finally:
            self._open.discard(id(value))
        mutable = not isinstance(value, _EXACT + (float, tuple, frozenset, type, types.FunctionType))
        if mutable and self._seen.get(id(value), 0) > 1 and not text.isidentifier():
            return self._named(value, text)
        return text

    def _named(self, value, text):
        name = "x%d" % (len(self._names) + 1)
        self._names[id(value)] = name
        self.statements.append("%s = %s" % (name, text))
        return name

    def _expression(self, value):
        kind = type(value)
        if kind in _EXACT:
            return repr(value)
        if kind is float:
            return repr(value) if value - value == 0 else "float(%r)" % repr(value)
        if kind in (list, tuple, set, frozenset, collections.deque):
            return self._sequence(value, kind)
        if kind is dict:
            self._limit(value)
            return "{%s}" % ", ".join("%s: %s" % (self.expression(k), self.expression(v)) for k, v in value.items())
        if kind in (collections.OrderedDict, collections.Counter):
            self.needs("from collections import %s" % kind.__name__)
            return "%s(%s)" % (kind.__name__, self.expression(dict(value)))
        if kind is collections.defaultdict:
            self.needs("from collections import defaultdict")
            return "defaultdict(%s, %s)" % (self.expression(value.default_factory), self.expression(dict(value)))
        if kind in (decimal.Decimal, fractions.Fraction):
            self.needs("from %s import %s" % (kind.__module__.lstrip("_"), kind.__name__))
            return repr(value)
        if kind.__module__ == "datetime":
            self.needs("import datetime")
            return repr(value)
        if isinstance(value, (type, types.FunctionType, types.BuiltinFunctionType)):
            return self._by_name(value)
        if isinstance(value, enum.Enum):
            return "%s.%s" % (self._by_name(kind), value.name)
        numpy = sys.modules.get("numpy")
        if numpy is not None and isinstance(value, (numpy.ndarray, numpy.generic)):
            return self._array(value, numpy)
        return self._instance(value, kind)

    def _limit(self, value):
        if len(value) > _MOST_ITEMS:
            raise NoSource("%d items in one %s" % (len(value), type(value).__name__))

    def _sequence(self, value, kind):
        self._limit(value)
        items = ", ".join(self.expression(item) for item in value)
        if kind is list:
            return "[%s]" % items
        if kind is tuple:
            return "(%s%s)" % (items, "," if len(value) == 1 else "")
        if kind is set:
            return "{%s}" % items if value else "set()"
        if kind is frozenset:
            return "frozenset({%s})" % items if value else "frozenset()"
        self.needs("from collections import deque")
        return "deque([%s]%s)" % (items, "" if value.maxlen is None else ", %d" % value.maxlen)

    def _by_name(self, value):
        module, name = value.__module__, value.__qualname__
        if module == "builtins":
            return name
        found = sys.modules.get(module)
        for part in name.split("."):
            found = getattr(found, part, None)
        if found is not value:
            raise NoSource("%s, which no name leads to" % name)
        self.needs("from %s import %s" % (self.module(module), name.split(".")[0]))
        return name

    def _array(self, value, numpy):
        plain = value.dtype.kind in "biufc" and value.size <= _MOST_ITEMS
        if type(value) is numpy.ndarray and not (plain and value.flags.c_contiguous and value.flags.writeable):
            raise NoSource("an array of %s with shape %s" % (value.dtype, value.shape))
        if not isinstance(value, numpy.ndarray) and value.dtype.kind not in "biufc" or type(value).__module__ != "numpy":
            raise NoSource("a %s" % type(value).__name__)
        self.needs("import numpy")
        items = self.expression(value.tolist())
        if isinstance(value, numpy.ndarray):
            shape = "" if value.size else ".reshape(%r)" % (value.shape,)
            return "numpy.array(%s, dtype=%r)%s" % (items, value.dtype.str, shape)
        return "numpy.%s(%s)" % (type(value).__name__, items)

    def _instance(self, value, kind):
        if kind.__module__.split(".")[0] in ("builtins", "pandas", "polars", "scipy", "networkx", "sklearn", "torch"):
            raise NoSource("a %s" % kind.__name__)
        made = "object.__new__(%s)" % self._by_name(kind)
        if kind.__new__ is not object.__new__:
            raise NoSource("a %s" % kind.__name__)
        name = self._named(value, made)
        slots = [s for c in kind.__mro__ for s in _slots(c) if hasattr(value, s)]
        for attribute, inner in list(getattr(value, "__dict__", {}).items()) + [(s, getattr(value, s)) for s in slots]:
            self.statements.append("object.__setattr__(%s, %r, %s)" % (name, attribute, self.expression(inner)))
        return name


def _slots(kind):
    slots = kind.__dict__.get("__slots__", ())
    return [s for s in ((slots,) if isinstance(slots, str) else slots) if s not in ("__dict__", "__weakref__")]


def call_source(region, entry):
    """Source that calls the loaded `region` with `entry`. Raises NoSource where there is no such source."""
    place = region.place
    if not region.is_function:
        raise NoSource("a loop")
    if any(not isinstance(scope, ast.ClassDef) for scope in place.scopes):
        raise NoSource("a call of a function inside another")
    writer = _Writer(region.path)
    for value in list(entry.arguments.values()) + list(entry.globals.values()):
        writer.count(value)
    module = writer.module(region.module.__name__)
    setup = _globals(writer, region, entry, module)
    target, arguments = _target(region, entry)
    call = "%s(%s)" % (target, ", ".join(_written(writer, region, arguments, entry)))
    if isinstance(place.node, ast.AsyncFunctionDef):
        writer.needs("import asyncio")
        call = "asyncio.run(%s)" % call
    elif _yields(place.node):
        call = "list(%s)" % call
    writer.needs("from %s import %s" % (module, place.region["qualname"].split(".")[0]))
    return "\n".join(writer.imports + writer.statements + setup + ["print(%s)" % call])


def _globals(writer, region, entry, module):
    """Assignments that give the module's variables the values of the entry, where they are other ones by then."""
    lines = []
    own = region.place.region.get("own", ())
    for name, value in entry.globals.items():
        try:
            same = snapshot.freeze(value) == snapshot.freeze(region.module.__dict__.get(name))
        except Exception:
            same = False
        if not same and name not in own:
            writer.needs("import %s" % module)
            lines.append("%s.%s = %s" % (module, name, writer.expression(value)))
    return lines


def _target(region, entry):
    """What is called, and the names of the arguments that are left."""
    names = list(entry.arguments)
    qualname = region.place.region["qualname"]
    decorators = {getattr(d, "id", getattr(d, "attr", None)) for d in region.place.node.decorator_list}
    if "classmethod" in decorators:
        return qualname, names[1:]
    for decorator, part in (("property", "fget"), ("setter", "fset"), ("deleter", "fdel"), ("cached_property", "func")):
        if decorator in decorators:
            return "%s.%s" % (qualname, part), names
    return qualname, names


def _written(writer, region, names, entry):
    signature = region.place.node.args
    renamed = region.place.region.get("renamed", {})
    positional = [a.arg for a in signature.posonlyargs + signature.args]
    only_keyword = [a.arg for a in signature.kwonlyargs]
    skipped = False
    for name in names:
        now = renamed.get(name, name)
        if name in entry.unbound:
            skipped = True
            continue
        value = entry.arguments[name]
        if signature.vararg and now == signature.vararg.arg:
            for item in value:
                yield writer.expression(item)
        elif signature.kwarg and now == signature.kwarg.arg:
            for key, item in value.items():
                yield "%s=%s" % (key, writer.expression(item))
        elif now in only_keyword or skipped and now in positional:
            yield "%s=%s" % (name, writer.expression(value))
        else:
            yield writer.expression(value)


def _yields(node):
    waiting = list(node.body)
    while waiting:
        one = waiting.pop()
        if isinstance(one, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            waiting.extend(ast.iter_child_nodes(one))
    return False
