"""Canonical nodes of built-in and standard-library values that neither attributes nor pickling show: views, weak references,
generators, locks, files and the like."""

import array
import collections
import gc
import pathlib
import random
import types
import weakref

_LOCKS = tuple(type(make()) for make in (__import__("_thread").allocate_lock, __import__("threading").RLock))
_VIEWS = (type({}.keys()), type({}.values()), type({}.items()), type(collections.OrderedDict().keys()),
          type(collections.OrderedDict().values()), type(collections.OrderedDict().items()))  # fmt: skip
_ITERATED = {types.GeneratorType: "gi", types.CoroutineType: "cr", types.AsyncGeneratorType: "ag"}
_OUTER = {"re.Match": ("re", "string", "pos", "endpos", "regs", "lastindex", "lastgroup"), "_struct.Struct": ("format",),
          "builtins.property": ("fget", "fset", "fdel"), "builtins.staticmethod": ("__func__",),
          "builtins.classmethod": ("__func__",), "builtins.slice": ("start", "stop", "step")}  # fmt: skip


def node(graph, value, kind, name):
    """The node of `value`, or None when it is of no kind that is known here."""
    if kind is bytearray:
        return ("atom", name, bytes(value), [])
    if kind is array.array:
        return ("atom", name, (value.typecode, value.tobytes()), [])
    if kind is memoryview:
        return _memory(graph, value, name)
    if kind is types.CellType:
        try:
            return ("cell", name, None, [graph.refer(value.cell_contents)])
        except ValueError:
            return ("cell", name, None, [])
    if kind in _ITERATED:
        return _suspended(graph, value, _ITERATED[kind], name)
    if kind is types.CodeType:
        from .canonical import code_of

        return ("atom", name, code_of(value), [])
    if name in _OUTER:
        return ("record", name, None, graph.labelled([(n, getattr(value, n)) for n in _OUTER[name]]))
    if kind in _VIEWS or kind is types.MappingProxyType:
        return ("object", name, None, graph.labelled([("mapping", gc.get_referents(value)[0])]))
    if kind is weakref.ref:
        return ("object", name, None, graph.labelled([("referent", value())]))
    if kind in (weakref.WeakValueDictionary, weakref.WeakKeyDictionary):
        return ("object", name, "mapping", [(graph.refer(k), graph.refer(v)) for k, v in value.items()])
    if kind is random.Random:
        return ("object", name, None, graph.labelled([("state", value.getstate())]))
    if kind is weakref.WeakSet:
        return ("set", name, None, graph.unordered(value))
    if issubclass(kind, pathlib.PurePath) and kind.__module__.startswith("pathlib"):
        return ("record", name, pathlib.PurePath.__str__(value), [])
    return _system(graph, value, kind, name)


def _memory(graph, value, name):
    try:
        atom = (value.format, value.shape, value.strides, value.readonly, value.tobytes())
    except ValueError:
        return ("atom", name, "released", [])
    return ("object", name, atom, graph.labelled([("buffer", value.obj)]))


def _suspended(graph, value, prefix, name):
    """Where a generator stands: its code, how far it is and its variables."""
    frame = getattr(value, prefix + "_frame")
    if frame is None:
        return ("object", name, "finished", [])
    from .canonical import code_of

    code = getattr(value, prefix + "_code")
    waits_for = getattr(value, prefix + ("_yieldfrom" if prefix == "gi" else "_await"))
    variables = sorted(frame.f_locals.items())
    return ("code", name, (code_of(code), frame.f_lasti), graph.labelled([("waits for", waits_for)] + variables))


def _system(graph, value, kind, name):
    """Things that belong to the running process: what a program can see of them."""
    if kind in _LOCKS:
        # `RLock.locked` exists from 3.14 on; its repr tells owner and count.
        held = value.locked() if kind is _LOCKS[0] else "count=0" not in repr(value)
        return ("object", name, held, [])
    if name == "_contextvars.ContextVar":
        return ("object", name, value.name, graph.labelled([("value", value.get(None))]))
    if name == "_queue.SimpleQueue" and value.empty():
        return ("object", name, "empty", [])
    if name == "_hashlib.HASH" or name.startswith(("_md5.", "_sha1.", "_sha2.", "_sha3.", "_sha256.", "_sha512.", "_blake2.")):
        return ("object", name, (value.name, value.digest() if value.digest_size else None), [])
    if name == "functools._lru_cache_wrapper":
        return _cache(graph, value, name)
    if name == "functools.KeyWrapper":
        return ("object", name, None, graph.labelled([("referents", gc.get_referents(value)), ("obj", value.obj)]))
    if name in ("_io.TextIOWrapper", "_io.BufferedReader", "_io.FileIO"):
        return _file(value, name)
    return None


def _cache(graph, value, name):
    """A cache of functools: its function and its size, and how much it holds; which calls those were is nobody's to see."""
    from .layout import resolves

    path = getattr(value, "__module__", None), getattr(value, "__qualname__", "")
    if path[0] and resolves(value, *path):
        return ("reference", name, "%s.%s" % path, [])
    information = value.cache_info()
    return ("object", name, (information.maxsize, information.currsize), graph.labelled([("function", value.__wrapped__)]))


def _file(value, name):
    """A file open for reading only: which one, and how far it was read."""
    try:
        if value.closed:
            return ("object", name, ("closed", str(value.name)), [])
        if not value.readable() or value.writable() or not isinstance(value.name, str):
            return None
        return ("object", name, (value.name, getattr(value, "encoding", None), value.tell()), [])
    except (OSError, ValueError, AttributeError):
        return None
