"""Object graphs to bytes and back, keeping what plain pickling loses.

Added to pickle protocol 5: memory shared between NumPy arrays, strides and read-only arrays, local functions and lambdas
(their code, with closure cells that stay shared), closure cells themselves, modules, the standard streams and the global
random generators by reference. Nothing is consumed: generators and the like are refused (or stand as `Opaque`).

A snapshot is a sequence of pickles by one pickler: the value, then lists of (cell, contents) until an empty list. Cells
are filled last since a function is often reachable from its own cells.
"""

import hashlib
import importlib
import io
import marshal
import pickle
import re
import sys
import types
from time import perf_counter

from . import remake
from .state import Opaque


class Unrecordable(Exception):
    """The graph holds something that cannot be stored; the message says what."""


class TooLarge(Unrecordable):
    """The snapshot passed its limit of bytes or seconds."""


class _SharedMemory(Exception):
    """Two arrays in the graph are views of one: start again and store the owner with both."""

    def __init__(self, owner):
        super().__init__()
        self.owner = owner


class Sink:
    """Counts what passes on to `write`, and stops a snapshot that takes too many bytes or too long."""

    def __init__(self, write, max_bytes=None, seconds=None):
        self._write = write
        self.size = 0
        self._max = max_bytes if max_bytes is not None else float("inf")
        self._end = perf_counter() + seconds if seconds is not None else float("inf")

    def write(self, data):
        self.size += memoryview(data).nbytes
        if self.size > self._max:
            raise TooLarge("larger than %d MB" % (self._max // 1_000_000))
        if perf_counter() > self._end:
            raise TooLarge("takes too long to store")
        return self._write(data)


def freeze(value, original=None, opaque=False):
    """`value` as bytes. `original(code)` gives the code to store for a code object; `opaque` lets generators stand."""
    buffer = io.BytesIO()
    freeze_into(value, buffer, original=original, opaque=opaque)
    return buffer.getvalue()


def freeze_into(value, file, max_bytes=None, seconds=None, original=None, opaque=False):
    """Write the snapshot of `value` to a binary file that can seek; returns its size in bytes.

    Raises Unrecordable when something in it cannot be stored, TooLarge when a limit is passed. Pickling may run the
    user's `__reduce__` and `__getstate__`; what they raise counts as not storable.
    """
    shared = {}
    while True:
        file.seek(0)
        file.truncate()
        sink = Sink(file.write, max_bytes, seconds)
        try:
            _dump(value, sink, original, opaque, shared)
            return sink.size
        except _SharedMemory as found:
            shared[id(found.owner)] = found.owner


def digest(value, original=None, seconds=None):
    """A fingerprint that changes when the graph below `value` changes; None when it cannot be taken."""
    state = hashlib.blake2b(digest_size=16)
    shared = {}
    while True:
        try:
            _dump(value, Sink(state.update, None, seconds), original, True, shared)
            return state.digest()
        except _SharedMemory as found:
            shared[id(found.owner)] = found.owner
        except Unrecordable:
            return None


def thaw(data):
    """The graph that `freeze` stored. Raises what unpickling raises, for example for a class that is not there."""
    unpickler = pickle.Unpickler(io.BytesIO(data))
    value = unpickler.load()
    while True:
        cells = unpickler.load()
        if not cells:
            return value
        for cell, contents in cells:
            cell.cell_contents = contents


def _dump(value, sink, original, opaque, shared):
    pickler = _Pickler(sink, original, opaque, shared)
    try:
        pickler.dump(value)
        while pickler.cells:
            filled, pickler.cells = pickler.cells, []
            pickler.dump([(cell, contents) for cell, contents in filled])
        pickler.dump([])
    except (Unrecordable, _SharedMemory):
        raise
    except RecursionError:
        raise Unrecordable("nested too deeply") from None
    except (Exception, SystemExit) as error:
        # Addresses would make every occurrence of one reason look like another.
        words = re.sub(r" at 0x[0-9a-fA-F]+", "", str(error))[:200]
        raise Unrecordable(words or type(error).__name__) from None


class _Pickler(pickle.Pickler):
    def __init__(self, sink, original, opaque, shared):
        super().__init__(sink, protocol=5)
        self.cells = []
        self._original = original or (lambda code: code)
        self._opaque = opaque
        self._shared = shared
        self._owners = {}
        self._numpy = sys.modules.get("numpy")
        self._reducers = dict(_reducers)
        if hasattr(self._numpy, "ndarray"):
            self._reducers[self._numpy.ndarray] = _Pickler._array
        mtrand = sys.modules.get("numpy.random.mtrand")
        random = sys.modules.get("random")
        self._singletons = {
            id(value): (module, name)
            for module, name, value in (
                ("sys", "stdin", sys.stdin),
                ("sys", "stdout", sys.stdout),
                ("sys", "stderr", sys.stderr),
                ("random", "_inst", getattr(random, "_inst", None)),
                ("numpy.random.mtrand", "_rand", getattr(mtrand, "_rand", None)),
            )
            if value is not None
        }

    def reducer_override(self, value):
        if id(value) in self._singletons:
            return _attribute, self._singletons[id(value)]
        reducer = self._reducers.get(type(value))
        if reducer is not None:
            return reducer(self, value)
        if isinstance(value, type) and not remake.is_found(value):
            return remake.local_class(value)
        try:
            return remake.reduced(value)
        except ValueError as reason:
            raise Unrecordable(str(reason)) from None

    def _module(self, module):
        if sys.modules.get(module.__name__) is not module:
            raise Unrecordable("the module object %s cannot be imported by name" % module.__name__)
        return importlib.import_module, (module.__name__,)

    def _cell(self, cell):
        try:
            self.cells.append((cell, cell.cell_contents))
        except ValueError:
            pass  # an empty cell: a variable that has no value yet
        return _new_cell, ()

    def _function(self, function):
        if _found_by_name(function):
            return NotImplemented
        name = function.__globals__.get("__name__")
        if getattr(sys.modules.get(name), "__dict__", None) is not function.__globals__:
            raise Unrecordable("the function %s belongs to no imported module" % function.__qualname__)
        arguments = (_marshalled(self._original(function.__code__)), name, function.__closure__)
        state = {
            key: getattr(function, key)
            for key in ("__name__", "__qualname__", "__module__", "__defaults__", "__kwdefaults__", "__dict__")
        }
        if name == "__main__":
            # The script is not run again where this is read, so what the function refers to comes with it.
            state["__globals__"] = _data_of(function)
        return _new_function, arguments, state, None, None, _set_function

    def _generator(self, value):
        frame = value.gi_frame
        if not remake.is_at_start(value):
            return self._unconsumed(value)
        name = frame.f_globals.get("__name__")
        if getattr(sys.modules.get(name), "__dict__", None) is not frame.f_globals:
            return self._unconsumed(value)
        code, variables = value.gi_code, dict(frame.f_locals)
        cells = [(n in variables, variables.pop(n, None)) for n in code.co_freevars]
        return remake.generator, (_marshalled(self._original(code)), name, value.__qualname__, variables, cells)

    def _unconsumed(self, value):
        if self._opaque:
            return Opaque, (type(value).__name__,)
        raise Unrecordable("a %s cannot be stored without being consumed" % type(value).__name__)

    def _array(self, array):
        owner = array
        while type(owner.base) is self._numpy.ndarray:
            owner = owner.base
        # The owner is kept alive so that its id stays its own.
        first = self._owners.setdefault(id(owner), (array, owner))[0]
        flags = array.flags
        if first is not array and id(owner) not in self._shared:
            raise _SharedMemory(owner)
        if array is not owner and id(owner) in self._shared:
            ordered = owner.flags.c_contiguous or owner.flags.f_contiguous
            if not ordered or array.dtype.hasobject and (array.dtype != owner.dtype or array.dtype.names):
                raise Unrecordable("arrays of records with objects, or without order, that share memory")
            offset = array.__array_interface__["data"][0] - owner.__array_interface__["data"][0]
            return _array_view, (owner, array.shape, array.dtype, offset, array.strides, flags.writeable)
        contiguous = flags.c_contiguous or flags.f_contiguous
        if (contiguous and flags.writeable) or array.dtype.hasobject:
            return NotImplemented
        # `copy` is a new owner, contiguous and writeable, which pickles the plain way.
        return _array_like, (array.copy(), None if contiguous else array.strides, flags.writeable)


_consumed = (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType)
_reducers = {
    types.ModuleType: _Pickler._module,
    types.CellType: _Pickler._cell,
    types.FunctionType: _Pickler._function,
    **{kind: _Pickler._unconsumed for kind in _consumed},
    types.GeneratorType: _Pickler._generator,
}

if sys.version_info >= (3, 12):
    # Their pickling warns there and is gone in 3.14; a warning would be the program's to see.
    import itertools

    _reducers.update(
        (kind, _Pickler._unconsumed) for kind in vars(itertools).values() if isinstance(kind, type)
    )  # fmt: skip


_code_bytes = {}


def _marshalled(code):
    # Kept, since what marshal writes varies with reference counts, and a digest must not.
    if code not in _code_bytes:
        _code_bytes[code] = marshal.dumps(code)
    return _code_bytes[code]


def _found_by_name(function):
    found = sys.modules.get(function.__module__)
    for name in function.__qualname__.split("."):
        found = getattr(found, name, None)
    return found is function


def _data_of(function):
    """Data of the module that a function's code names."""
    from .live import reference_to

    names, pending = set(), [function.__code__]
    while pending:
        code = pending.pop()
        names.update(code.co_names)
        pending += [c for c in code.co_consts if isinstance(c, types.CodeType)]
    space = function.__globals__
    return {n: space[n] for n in sorted(names) if n in space and not n.startswith("__") and reference_to(space[n]) is None}


def _attribute(module, name):
    return getattr(importlib.import_module(module), name)


def _new_cell():
    return types.CellType()


def _new_function(code, module, closure):
    return types.FunctionType(marshal.loads(code), importlib.import_module(module).__dict__, None, None, closure)


def _set_function(function, state):
    function.__dict__.update(state.pop("__dict__"))
    function.__globals__.update(state.pop("__globals__", {}))
    for key, value in state.items():
        setattr(function, key, value)


def _array_view(owner, shape, dtype, offset, strides, writeable):
    import numpy

    held = owner.flags.writeable
    if writeable and not held:  # the view was made before its owner was closed to writing
        owner.flags.writeable = True
    memory = (owner if owner.flags.c_contiguous else owner.T).reshape(-1)
    if dtype.hasobject:  # no array of objects may be laid over bytes
        view = numpy.lib.stride_tricks.as_strided(memory[offset // dtype.itemsize :], shape, strides)
    else:
        view = numpy.ndarray(shape, dtype, memory.view(numpy.uint8), offset, strides)
    if not writeable:
        view.flags.writeable = False
    if owner.flags.writeable != held:
        owner.flags.writeable = held
    return view


def _array_like(values, strides, writeable):
    """An array of these values laid out with these strides: sums and compiled code may depend on the layout."""
    import numpy

    if strides is not None and values.size:
        reach = [(n - 1) * step for n, step in zip(values.shape, strides)]
        below = -sum(r for r in reach if r < 0)
        extent = below + sum(r for r in reach if r > 0) + values.itemsize
        if extent <= 1 << 28 or extent <= 4 * values.nbytes:
            laid = numpy.ndarray(values.shape, values.dtype, numpy.zeros(extent, numpy.uint8), below, strides)
            laid[...] = values
            values = laid
    values.flags.writeable = writeable
    return values
