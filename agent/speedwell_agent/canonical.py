"""Any Python objects as plain data: a graph of nodes that can be pickled, sent to another process and compared there.

A scalar is a tuple (type, payload). Everything else is a node (kind, type, atom, children) and is referred to by its
number, so two references to one object are the same number: that is how aliasing is compared. Nothing of the user's is
called: instances are read by `layout`, library values by `libraries`. What can be read by neither is `opaque`.
"""

import array
import collections
import enum
import struct
import sys
import types
import warnings

from . import builtin, layout, libraries
from .layout import resolves, type_name
from .state import Opaque

_PLAIN = (int, float, complex, str, bytes, bool, type(None))
_NAMES = {kind: kind.__name__ for kind in _PLAIN}
# NaN is told from NaN, and 0.0 from -0.0, by what they are made of.
_PACKED = {float: struct.Struct("<d").pack, complex: lambda value: struct.pack("<dd", value.real, value.imag)}
_FUNCTION_KINDS = (types.BuiltinFunctionType, types.WrapperDescriptorType, types.MethodDescriptorType,
                   types.ClassMethodDescriptorType, types.GetSetDescriptorType, types.MemberDescriptorType)  # fmt: skip


class Graph:
    """Builds nodes. `roots` maps a facet's name to a reference; keep the builder alive while identities matter."""

    def __init__(self):
        self.nodes = []
        self.roots = {}
        self.seen = {}
        self.alive = []  # what was numbered stays alive, so that an id is never given twice
        self.memory = []  # (array, atom, number, buffer): which of them overlap is told in the end
        self._pending = []

    def add(self, name, value):
        self.roots[name] = self.refer(value)
        self.settle()

    def settle(self):
        """Build the nodes that were referred to and not built yet; not by recursion, since chains can be long."""
        while self._pending:
            number, value = self._pending.pop()
            self.nodes[number] = self._node(value, type(value))

    def data(self):
        """The graph as plain data."""
        libraries.link_memory(self.memory, self.seen)
        self.memory = []
        return {"nodes": self.nodes, "roots": self.roots}

    def mutable_objects(self):
        """Objects met so far whose content can change, in the order they were met."""
        return [o for o in self.alive if type(o) not in (tuple, frozenset)]

    def refer(self, value):
        """A scalar, or the number of the node that `value` has or will have."""
        kind = type(value)
        if kind in _NAMES:
            return (_NAMES[kind], _PACKED[kind](value) if kind in _PACKED else value)
        number = self.seen.get(id(value))
        if number is not None:
            return number
        scalar = _scalar(value, kind)
        if scalar is not None:
            return scalar
        number = len(self.nodes)
        self.seen[id(value)] = number
        self.alive.append(value)
        self.nodes.append(None)
        self._pending.append((number, value))
        return number

    def labelled(self, parts):
        """Children of a node from (label, value)."""
        return [(("str", label), self.refer(part)) for label, part in parts]

    def _node(self, value, kind):
        name = type_name(kind)
        if kind is list or kind is tuple:
            return self._sequence("sequence", name, value)
        if kind is dict:
            return ("mapping", name, None, [(self.refer(k), self.refer(v)) for k, v in value.items()])
        if kind is set or kind is frozenset:
            return ("set", name, None, self.unordered(value))
        if kind is collections.deque:
            return ("sequence", name, value.maxlen, [self.refer(item) for item in value])
        if kind is types.FunctionType:
            return self._function(value, name)
        if kind is types.MethodType:
            return ("method", name, None, [self.refer(value.__func__), self.refer(value.__self__)])
        if issubclass(kind, type):
            return self._class(value, name)
        if kind is Opaque:
            return ("unknown", name, None, [])
        for known in (builtin.node, libraries.node):
            found = known(self, value, kind, name)
            if found is not None:
                return found
        if issubclass(kind, BaseException):
            return self._exception(value, kind, name)
        return self._instance(value, kind, name)

    def _sequence(self, kind, name, value):
        # One kind of plain item throughout: kept packed, since such lists are the long ones.
        first = type(value[0]) if value else None
        if first in (float, int, str, bool) and all(type(item) is first for item in value):
            packed = array.array("d", value).tobytes() if first is float else tuple(value)
            return ("packed", name, (first.__name__, len(value), packed), [])
        return (kind, name, None, [self.refer(item) for item in value])

    def unordered(self, value):
        """The items of a set, in an order that is the same in every process."""
        items = [(digest(item), item) for item in value]
        items.sort(key=lambda pair: pair[0])
        return [self.refer(item) for _, item in items]

    def _function(self, value, name):
        path = value.__module__, value.__qualname__
        if resolves(value, *path):
            return ("reference", name, "%s.%s" % path, [])
        code = value.__code__
        parts = [("closure %d" % i, cell) for i, cell in enumerate(value.__closure__ or ())]
        parts += [("defaults", value.__defaults__), ("keyword defaults", value.__kwdefaults__), ("state", value.__dict__)]
        return ("code", name, code_of(code), self.labelled(parts))

    def _class(self, value, name):
        """A class that is not found under its own name: what its statement made."""
        space = layout.namespace_of(value)
        slots = {n for n, v in space.items() if type(v) is types.MemberDescriptorType}
        parts = [("bases", tuple(type.__dict__["__bases__"].__get__(value)))]
        parts += [(n, v) for n, v in sorted(space.items()) if n not in _OF_EVERY_CLASS and n not in slots]
        return ("object", name, layout.name_of(value)[1], self.labelled(parts))

    def _exception(self, value, kind, name):
        """Its traceback apart, all of it: arguments, attributes, notes, and the exceptions that it names."""
        try:
            text = BaseException.__str__(value) if "__main__" in name else str(value)
        except Exception as error:
            text = "<str() raised %s>" % type(error).__name__
        attributes = layout.attributes_of(value, kind) or {}
        state = {k: v for k, v in attributes.items() if k != "__notes__"}
        notes = attributes.get("__notes__") or ()
        parts = [("args", value.args), ("state", state), ("notes", list(notes) if isinstance(notes, (list, tuple)) else notes)]
        parts += [("cause", value.__cause__), ("context", value.__context__)]
        parts += [(n, v) for n, v in layout.members_of(value, kind) if n not in _OF_EVERY_EXCEPTION]
        parts += [(n, v) for n, present, v in layout.slots_of(value, kind) if present]
        return ("exception", name, (text, value.__suppress_context__), self.labelled(parts))

    def _instance(self, value, kind, name):
        native = layout.native_base(kind)
        if native not in _TRANSPARENT:
            return self._reduced(value, kind, name)
        children = self.held(value, kind)
        atom = None
        if issubclass(kind, dict):
            factory = [value.default_factory] if kind is collections.defaultdict else []
            children += self.labelled([("default factory", f) for f in factory])
            pairs = collections.OrderedDict.items(value) if native is collections.OrderedDict else dict.items(value)
            children += [(self.refer(k), self.refer(v)) for k, v in pairs]
            atom = "mapping"
        elif issubclass(kind, (list, tuple, collections.deque)):
            base = next(b for b in (list, tuple, collections.deque) if issubclass(kind, b))
            children += [(("int", i), self.refer(item)) for i, item in enumerate(base.__iter__(value))]
        elif issubclass(kind, (set, frozenset)):
            base = set if issubclass(kind, set) else frozenset
            children += [(("int", i), ref) for i, ref in enumerate(self.unordered(base.__iter__(value)))]
        elif native is not object:
            children.append((("str", "value"), self.refer(_as_plain(value, native))))
        return ("record" if _is_record(kind) else "object", name, atom, children)

    def held(self, value, kind):
        """Children for an instance's attributes and slots, and for its class when that has no name to be found under."""
        attributes = layout.attributes_of(value, kind)
        children = [(("str", str(k)), self.refer(v)) for k, v in sorted((attributes or {}).items(), key=lambda p: str(p[0]))]
        for slot, present, held in layout.slots_of(value, kind):
            children.append((("str", slot), self.refer(held) if present else ("unset", None)))
        if not resolves(kind, *layout.name_of(kind)):
            children.append((("str", "__class__"), self.refer(kind)))
        return children

    def _reduced(self, value, kind, name):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # pickling of some iterators is deprecated
                parts = layout.reduced(value, kind)
        except Exception:
            return ("opaque", name, None, [])
        if isinstance(parts, str):
            return ("reference", name, parts, [])
        if parts[0] is iter and len(parts[1]) == 1 and type(parts[1][0]) in (list, tuple) and not parts[1][0]:
            return ("object", name, "at its end", [])  # an iterator that came to its end no longer knows of what
        # Items of list and dict subclasses come as iterators.
        parts = [list(p) if i > 2 and p is not None and i < 5 else p for i, p in enumerate(parts)]
        if layout.name_of(kind)[0] == "builtins" and any(p is value for p in parts):
            return ("opaque", name, None, [])
        children = [(("int", i), self.refer(p)) for i, p in enumerate(parts)]
        if layout.native_base(kind) is not kind:
            children += self.held(value, kind)
        return ("record" if name in _IMMUTABLE else "object", name, None, children)


_TRANSPARENT = (object, dict, list, tuple, set, frozenset, str, bytes, int, float, complex, collections.deque,
                collections.OrderedDict, collections.defaultdict)  # fmt: skip
_OF_EVERY_CLASS = {"__dict__", "__weakref__", "__doc__", "__module__", "__qualname__", "__firstlineno__",
                   "__static_attributes__", "__annotate_func__", "__annotations_cache__"}  # fmt: skip
_OF_EVERY_EXCEPTION = {"__traceback__", "__cause__", "__context__", "__suppress_context__", "__dict__", "args", "obj"}
# Values that do not change and that no program should tell apart by identity.
_IMMUTABLE = {"decimal.Decimal", "datetime.datetime", "datetime.date", "datetime.timedelta", "datetime.time",
              "datetime.timezone", "zoneinfo.ZoneInfo", "re.Pattern", "types.GenericAlias", "types.UnionType",
              "pandas.Period", "pandas.Interval", "pandas._libs.tslibs.period.Period", "pandas._libs.interval.Interval"}  # fmt: skip
_RECORDS = {"fractions.Fraction", "uuid.UUID"}


def _is_record(kind):
    """Named tuples, frozen dataclasses and the like: only what they hold is compared, not which object it is."""
    if type_name(kind) in _RECORDS:
        return True
    if issubclass(kind, tuple):
        return "_fields" in layout.namespace_of(kind)
    parameters = layout.namespace_of(kind).get("__dataclass_params__")
    return parameters is not None and bool(parameters.frozen and parameters.eq)


def _as_plain(value, native):
    """The number or text that an instance of a subclass is."""
    if native is int:
        return int.__index__(value)
    if native is float:
        return float.__float__(value)
    if native is complex:
        return complex(complex.real.__get__(value), complex.imag.__get__(value))
    return str.__str__(value)[:] if native is str else bytes.__getitem__(value, slice(None))


def _scalar(value, kind):
    """Immutable values without identity that matters, else None."""
    if issubclass(kind, enum.Enum):
        held = layout.attributes_of(value, kind) or {}
        if held.get("_name_") is not None:
            return ("enum", "%s.%s" % (type_name(kind), held["_name_"]))
        return ("enum", "%s(%r)" % (type_name(kind), held.get("_value_")))
    if issubclass(kind, type):
        module, name = layout.name_of(value)
        return ("class", "%s.%s" % (module, name)) if resolves(value, module, name) or not layout._flags(value) & 512 else None
    if kind is types.ModuleType:
        return ("module", value.__name__)
    if kind is range:
        return ("range", repr(value))
    if value is Ellipsis or value is NotImplemented:
        return (kind.__name__, repr(value))
    if kind in _FUNCTION_KINDS and isinstance(getattr(value, "__self__", None), (types.ModuleType, type(None))):
        return ("builtin", "%s.%s" % (getattr(value, "__module__", ""), value.__qualname__))
    return libraries.scalar(value, kind)


def code_of(code):
    """What a code object does, without where it stands."""
    return (code.co_code, tuple(map(_constant, code.co_consts)), code.co_names, code.co_varnames, code.co_freevars, code.co_flags)


def _constant(value):
    if isinstance(value, types.CodeType):
        return code_of(value)
    return tuple(sorted(map(repr, value))) if isinstance(value, frozenset) else repr(value)


def digest(value):
    """A deterministic text of a hashable value's structure, the same in every process, to put sets in order."""
    graph = Graph()
    root = graph.refer(value)
    graph.settle()
    return repr((type_name(type(value)), root if isinstance(root, tuple) else graph.data()["nodes"]))
