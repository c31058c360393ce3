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

from . import snapshot, standalone
from .arraysource import library_source
from .attributes import attributes_of

_MOST_ITEMS = 200
_EXACT = (type(None), bool, int, str, bytes, complex, range, type(Ellipsis))


class NoSource(Exception):
    """A value that cannot be written as source; the message says what it is."""


class _Writer:
    """Collects imports and statements while values are turned into expressions."""

    none = NoSource

    def __init__(self, region, entry):
        self.imports, self.statements = [], []
        self._region, self._entry = region, entry
        self._main = os.path.splitext(os.path.basename(region.path))[0]
        self._names, self._open, self._seen = {}, set(), {}
        self.main = self.module(region.module.__name__)
        for value in list(entry.arguments.values()) + list(entry.globals.values()):
            self.count(value)

    def name(self, value, name):
        """Let the value be known by a name that is bound already."""
        self._names[id(value)] = name

    def call(self, given):
        """The arguments of a call that passes them by position."""
        signature = self._region.place.node.args
        if signature.kwonlyargs or signature.kwarg:
            raise NoSource("a call with keywords of a function inside another")
        return list(_written(self, self._region, list(given), self._entry))

    def driven(self, call):
        """The call, and what it takes to see what it gives."""
        node = self._region.place.node
        if isinstance(node, ast.AsyncFunctionDef):
            self.needs("import asyncio")
            return "asyncio.run(%s)" % call
        return "list(%s)" % call if _yields(node) else call

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
            inner = list(attributes_of(value).values())
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
            return self.named(value, text)
        return text

    def named(self, value, text):
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
        text = library_source(value, self)
        return self._instance(value, kind) if text is None else text

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

    def _instance(self, value, kind):
        if kind.__module__.split(".")[0] in ("builtins", "pandas", "polars", "scipy", "networkx", "sklearn", "torch"):
            raise NoSource("a %s" % kind.__name__)
        made = "object.__new__(%s)" % self._by_name(kind)
        if kind.__new__ is not object.__new__:
            raise NoSource("a %s" % kind.__name__)
        name = self.named(value, made)
        for attribute, inner in attributes_of(value).items():
            self.statements.append("object.__setattr__(%s, %r, %s)" % (name, attribute, self.expression(inner)))
        return name


def call_source(region, entry, old=None, shown=None):
    """
    Source that calls the loaded `region` with `entry`; what no name leads to is written out, beside its version `old`. An
    argument `shown` is printed too, as the call leaves it. Raises NoSource where there is no such source.
    """
    place = region.place
    writer = _Writer(region, entry)
    nested = any(not isinstance(scope, ast.ClassDef) for scope in place.scopes)
    if old is not None and (nested or not region.is_function):
        new = standalone.Version(place, region.text, region.module)
        return standalone.both_versions(writer, old, new, entry, region.module.__name__ == "__main__")
    if nested or not region.is_function:
        raise NoSource("what no name leads to")
    setup = _globals(writer, region, entry, writer.main)
    target, arguments = _target(region, entry)
    if shown in arguments:
        writer.statements.append("%s = %s" % (shown, writer.expression(entry.arguments[shown])))
        writer.name(entry.arguments[shown], shown)
    call = writer.driven("%s(%s)" % (target, ", ".join(_written(writer, region, arguments, entry))))
    lines = ["print(%s)" % call] + ["print(%s)" % shown] * (shown in arguments)
    if region.path.endswith(".ipynb"):
        writer.imports.insert(0, "# in a cell after those of the notebook")
    else:
        writer.needs("from %s import %s" % (writer.main, place.region["qualname"].split(".")[0]))
    return "\n".join(writer.imports + writer.statements + setup + lines)


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
