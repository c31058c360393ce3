"""Any Python objects as plain data: a graph of nodes that can be pickled, sent to another process and compared there.

A scalar is a tuple (type, payload). Everything else is a node (kind, type, atom, children) and is referred to by its
number, so two references to one object are the same number: that is how aliasing is compared. Nothing of the user's is
called except what NumPy, pandas and `__reduce_ex__` of extension types must be asked.
"""

import array
import collections
import enum
import struct
import sys
import types

_PLAIN = (int, float, complex, str, bytes, bool, type(None))
_NAMES = {kind: kind.__name__ for kind in _PLAIN}
_FUNCTION_KINDS = (types.BuiltinFunctionType, types.WrapperDescriptorType, types.MethodDescriptorType)


class Graph:
    """Builds nodes. `roots` maps a facet's name to a reference; keep the builder alive while identities matter."""

    def __init__(self):
        self.nodes = []
        self.roots = {}
        self.seen = {}
        self.alive = []  # what was numbered stays alive, so that an id is never given twice
        self.arrays = []

    def add(self, name, value):
        self.roots[name] = self.refer(value)

    def data(self):
        """The graph as plain data."""
        self._link_memory()
        return {"nodes": self.nodes, "roots": self.roots}

    def mutable_objects(self):
        """Objects met so far whose content can change, in the order they were met."""
        return [o for o in self.alive if not isinstance(o, (tuple, frozenset))]

    def refer(self, value):
        kind = type(value)
        if kind in _NAMES:
            return (_NAMES[kind], struct.pack("<d", value) if kind is float else _complex_bytes(value, kind))
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
        if sys.getrecursionlimit() < 20000:
            sys.setrecursionlimit(20000)
        self.nodes[number] = self._node(value, kind)
        return number

    def _node(self, value, kind):
        name = type_name(kind)
        if kind is list or kind is tuple:
            return self._sequence("sequence", name, value)
        if kind is dict:
            return ("mapping", name, None, [(self.refer(k), self.refer(v)) for k, v in value.items()])
        if kind is set or kind is frozenset:
            return ("set", name, None, self._unordered(value))
        if kind is collections.deque:
            return ("sequence", name, value.maxlen, [self.refer(item) for item in value])
        if kind is bytearray:
            return ("atom", name, bytes(value), [])
        if kind is array.array:
            return ("atom", name, (value.typecode, value.tobytes()), [])
        if kind is memoryview:
            return ("atom", name, (value.format, value.shape, value.tobytes()), [])
        if isinstance(value, types.FunctionType):
            return self._function(value, name)
        if isinstance(value, types.MethodType):
            return ("method", name, None, [self.refer(value.__func__), self.refer(value.__self__)])
        if isinstance(value, types.CellType):
            try:
                return ("cell", name, None, [self.refer(value.cell_contents)])
            except ValueError:
                return ("cell", name, None, [])
        numpy = sys.modules.get("numpy")
        if numpy is not None and isinstance(value, numpy.ndarray):
            return self._array(value, name, numpy)
        root = kind.__module__.split(".")[0]
        if root == "pandas":
            found = self._pandas(value, name)
            if found is not None:
                return found
        if root == "networkx" and hasattr(value, "_adj") and hasattr(value, "_node"):
            parts = [getattr(value, p) for p in ("graph", "_node", "_adj", "_pred") if hasattr(value, p)]
            return ("object", name, None, [(("str", "part %d" % i), self.refer(p)) for i, p in enumerate(parts)])
        if root == "torch" and hasattr(value, "detach"):
            plain = value.detach().cpu().numpy()
            return ("object", name, (str(value.device), value.requires_grad), [(("str", "values"), self.refer(plain))])
        if isinstance(value, BaseException):
            return self._exception(value, name)
        return self._instance(value, kind, name)

    def _sequence(self, kind, name, value):
        # One kind of plain item throughout: kept packed, since such lists are the long ones.
        first = type(value[0]) if value else None
        if first in (float, int, str, bool) and all(type(item) is first for item in value):
            packed = array.array("d", value).tobytes() if first is float else tuple(value)
            return ("packed", name, (first.__name__, len(value), packed), [])
        return (kind, name, None, [self.refer(item) for item in value])

    def _unordered(self, value):
        items = [(digest(item), item) for item in value]
        items.sort(key=lambda pair: pair[0])
        return [self.refer(item) for _, item in items]

    def _function(self, value, name):
        path = value.__module__, value.__qualname__
        if _resolves(value, *path):
            return ("reference", name, "%s.%s" % path, [])
        code = value.__code__
        parts = [("closure %d" % i, cell) for i, cell in enumerate(value.__closure__ or ())]
        parts += [("defaults", value.__defaults__), ("keyword defaults", value.__kwdefaults__), ("state", value.__dict__)]
        return ("code", name, _code(code), [(("str", label), self.refer(part)) for label, part in parts])

    def _array(self, value, name, numpy):
        flags = (value.flags.c_contiguous, value.flags.f_contiguous, value.flags.writeable)
        atom = {"dtype": _dtype(value.dtype), "shape": value.shape, "flags": flags, "shares": None}
        children = []
        if value.dtype.hasobject:
            flat = numpy.asarray(value).ravel(order="C")
            atom["bytes"] = None
            children = [(("str", "items"), self.refer(flat.tolist()))]
        else:
            atom["bytes"] = numpy.ascontiguousarray(numpy.asarray(value)).tobytes()
            if value.size:
                self.arrays.append((value, atom))
        if isinstance(value, numpy.ma.MaskedArray):
            children.append((("str", "mask"), self.refer(numpy.ma.getmaskarray(value).copy())))
            children.append((("str", "fill value"), self.refer(value.fill_value)))
        elif type(value) is not numpy.ndarray and getattr(value, "__dict__", None):
            children.append((("str", "state"), self.refer(dict(value.__dict__))))
        return ("array", name, atom, children)

    def _link_memory(self):
        """Arrays that overlap in memory: note their group, offset and strides. Others have no visible base."""
        bounds = []
        for value, atom in self.arrays:
            start = value.__array_interface__["data"][0]
            low = high = start
            for size, stride in zip(value.shape, value.strides):
                low, high = low + min(0, stride * (size - 1)), high + max(0, stride * (size - 1))
            bounds.append((low, high + value.itemsize, start, value, atom))
        bounds.sort(key=lambda b: (b[0], b[1]))
        group = []

        def close(group):
            if len(group) > 1:
                first = min(self.seen[id(v)] for _, _, _, v, _ in group)
                for _, _, start, value, atom in group:
                    atom["shares"] = (first, start - group[0][0], value.strides)

        end = None
        for bound in bounds:
            if end is None or bound[0] >= end:
                close(group)
                group, end = [], bound[1]
            group.append(bound)
            end = max(end, bound[1])
        close(group)
        self.arrays = []

    def _pandas(self, value, name):
        pandas = sys.modules["pandas"]
        if isinstance(value, pandas.DataFrame):
            parts = [("index", value.index), ("columns", value.columns), ("attrs", dict(value.attrs))]
            parts += [("column %d" % i, value.iloc[:, i].array) for i in range(value.shape[1])]
        elif isinstance(value, pandas.Series):
            parts = [("index", value.index), ("name", value.name), ("attrs", dict(value.attrs)), ("values", value.array)]
        elif isinstance(value, pandas.MultiIndex):
            parts = [("names", list(value.names)), ("values", value.tolist())]
        elif isinstance(value, pandas.Index):
            freq = getattr(value, "freqstr", None)
            parts = [("names", list(value.names)), ("dtype", str(value.dtype)), ("freq", freq), ("values", value.array)]
        elif isinstance(value, pandas.Categorical):
            parts = [("codes", value.codes.copy()), ("categories", value.categories), ("ordered", value.ordered)]
        elif isinstance(value, pandas.api.extensions.ExtensionArray):
            plain = value.to_numpy() if name.endswith("NumpyExtensionArray") else None
            if plain is not None:
                parts = [("values", plain.copy())]
            else:
                parts = [("dtype", str(value.dtype)), ("values", value.astype(object).tolist())]
        else:
            return None
        return ("object", name, None, [(("str", label), self.refer(part)) for label, part in parts])

    def _exception(self, value, name):
        try:
            text = str(value)
        except Exception as error:
            text = "<str() raised %s>" % type(error).__name__
        cause, context = value.__cause__, value.__context__
        chain = tuple(type_name(type(e)) if e is not None else None for e in (cause, context))
        state = {k: v for k, v in getattr(value, "__dict__", {}).items() if k != "__notes__"}
        notes = list(getattr(value, "__notes__", ()))
        parts = [("args", value.args), ("state", state), ("notes", notes)]
        atom = (text, chain, value.__suppress_context__)
        return ("exception", name, atom, [(("str", label), self.refer(part)) for label, part in parts])

    def _instance(self, value, kind, name):
        if not kind.__flags__ & (1 << 9) or _native_base(kind) not in _TRANSPARENT:
            return self._reduced(value, name)
        children = []
        state = getattr(value, "__dict__", None)
        if isinstance(state, dict):
            children += [(("str", k), self.refer(v)) for k, v in sorted(state.items(), key=lambda p: str(p[0]))]
        for base in kind.__mro__:
            slots = base.__dict__.get("__slots__", ())
            for slot in (slots,) if isinstance(slots, str) else slots:
                if slot in ("__dict__", "__weakref__"):
                    continue
                mangled = "_%s%s" % (base.__name__.lstrip("_"), slot) if _private(slot) else slot
                try:
                    children.append((("str", slot), self.refer(base.__dict__[mangled].__get__(value))))
                except (AttributeError, KeyError):
                    children.append((("str", slot), ("unset", None)))
        if isinstance(value, dict):
            pairs = [(self.refer(k), self.refer(v)) for k, v in dict.items(value)]
            factory = getattr(value, "default_factory", None) if isinstance(value, collections.defaultdict) else None
            children.append((("str", "default factory"), self.refer(factory)))
            return ("object", name, "mapping", children + pairs)
        if isinstance(value, (list, tuple)):
            items = list.__iter__(value) if isinstance(value, list) else tuple.__iter__(value)
            children += [(("int", i), self.refer(item)) for i, item in enumerate(items)]
        elif isinstance(value, (set, frozenset)):
            children += [(("int", i), ref) for i, ref in enumerate(self._unordered(set(value)))]
        elif isinstance(value, (str, bytes, int, float, complex)):
            plain = next(t for t in (str, bytes, int, float, complex) if isinstance(value, t))
            children.append((("str", "value"), self.refer(plain.__new__(plain, value))))
        elif isinstance(value, collections.deque):
            children += [(("int", i), self.refer(item)) for i, item in enumerate(value)]
        return ("object", name, None, children)

    def _reduced(self, value, name):
        try:
            parts = value.__reduce_ex__(2)
        except Exception:
            return ("opaque", name, None, [])
        if isinstance(parts, str):
            return ("reference", name, parts, [])
        # Items of list and dict subclasses come as iterators.
        parts = [list(p) if i > 2 and p is not None and i < 5 else p for i, p in enumerate(parts)]
        if type(value).__module__ == "builtins" and any(p is value for p in parts):
            return ("opaque", name, None, [])
        return ("object", name, None, [(("int", i), self.refer(p)) for i, p in enumerate(parts)])


_TRANSPARENT = (object, dict, list, tuple, set, frozenset, str, bytes, int, float, complex, collections.deque,
                collections.OrderedDict, collections.defaultdict)  # fmt: skip


def _native_base(kind):
    """The nearest base that is not written in Python: what lies below the attributes."""
    for base in kind.__mro__:
        if not base.__flags__ & (1 << 9) or base in _TRANSPARENT:
            return base
        if not hasattr(base, "__dict__") or _written_in_c(base):
            return base
    return object


def _written_in_c(kind):
    """Heap types of extension modules look like Python classes, but their methods are not Python functions."""
    new = kind.__dict__.get("__new__")
    return "__module__" in kind.__dict__ and isinstance(new, types.BuiltinFunctionType)


def _complex_bytes(value, kind):
    return struct.pack("<dd", value.real, value.imag) if kind is complex else value


def _private(name):
    return name.startswith("__") and not name.endswith("__")


def type_name(kind):
    return "%s.%s" % (getattr(kind, "__module__", "?"), getattr(kind, "__qualname__", "?"))


def _dtype(dtype):
    return dtype.str if dtype.names is None else repr(dtype.descr) + ("!" if dtype.isalignedstruct else "")


def _scalar(value, kind):
    """Immutable values without identity that matters, else None."""
    if isinstance(value, enum.Enum):
        return ("enum", "%s.%s" % (type_name(kind), value._name_))
    if isinstance(value, type):
        if "<locals>" in value.__qualname__ and not _resolves(value, value.__module__, value.__qualname__):
            return ("local class", value.__qualname__)
        return ("class", type_name(value))
    if isinstance(value, types.ModuleType):
        return ("module", value.__name__)
    if kind in (range, slice):
        return (kind.__name__, repr(value))
    if value is Ellipsis or value is NotImplemented:
        return (kind.__name__, repr(value))
    if isinstance(value, _FUNCTION_KINDS) and isinstance(getattr(value, "__self__", None), (types.ModuleType, type(None))):
        return ("builtin", "%s.%s" % (getattr(value, "__module__", ""), value.__qualname__))
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        if isinstance(value, numpy.generic) and not value.dtype.hasobject:
            return ("numpy", (_dtype(value.dtype), value.tobytes()))
        if isinstance(value, numpy.dtype):
            return ("dtype", _dtype(value))
        if isinstance(value, numpy.ufunc):
            return ("ufunc", value.__name__)
    return None


def _resolves(value, module, qualname):
    found = sys.modules.get(module)
    for part in qualname.split("."):
        found = getattr(found, part, None)
    return found is value


def _code(code):
    constants = tuple(_code(c) if isinstance(c, types.CodeType) else repr(c) for c in code.co_consts)
    return (code.co_code, constants, code.co_names, code.co_varnames, code.co_freevars, code.co_flags)


def digest(value):
    """A deterministic text of a hashable value's structure, the same in every process, to put sets in order."""
    graph = Graph()
    root = graph.refer(value)
    return repr((type_name(type(value)), root if isinstance(root, tuple) else graph.data()["nodes"]))
