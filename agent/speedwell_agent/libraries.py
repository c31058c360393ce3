"""Canonical nodes of values of the libraries that data scientists use. Only libraries that the program loaded are asked."""

import array
import sys

from . import layout

_CACHES = {"networkx": {"adj", "nodes", "edges", "degree", "succ", "pred", "in_edges", "out_edges", "in_degree", "out_degree",
                        "__networkx_cache__", "_adj", "_node", "_pred", "_succ", "graph", "__networkx_backend__"},
           "sparse": {"_has_sorted_indices", "_has_canonical_format"}}  # fmt: skip


def _class(module, name):
    """A class of a library that is loaded; () otherwise, of which nothing is a subclass."""
    return getattr(sys.modules.get(module), name, ())


def scalar(value, kind):
    """NumPy's scalars, data types and functions as scalars, else None."""
    numpy = sys.modules.get("numpy")
    if not hasattr(numpy, "ufunc"):
        return None
    if issubclass(kind, numpy.generic) and not value.dtype.hasobject:
        return ("numpy", (dtype_name(value.dtype), value.tobytes()))
    if issubclass(kind, numpy.dtype):
        return ("dtype", dtype_name(value))
    if kind is numpy.ufunc and getattr(numpy, value.__name__, None) is value:
        return ("ufunc", value.__name__)
    masked_arrays = sys.modules.get("numpy.ma")  # asking numpy for it would import it, in every replay anew
    if masked_arrays is not None and value is masked_arrays.masked:
        return ("masked", None)
    return None


def node(graph, value, kind, name):
    """The node of a library's value, or None when it is to be read as any other."""
    if issubclass(kind, _class("numpy", "ndarray")):
        return _array(graph, value, kind, name)
    if name.startswith("numpy.random._") and hasattr(value, "bit_generator"):
        parts = [("bit generator", value.bit_generator)]
        if not hasattr(value, "get_state"):
            return ("object", name, None, graph.labelled(parts))
        return ("object", name, None, graph.labelled([("state", value.get_state(legacy=False))]))
    if name.startswith(("pandas.", "polars.")) or issubclass(
        kind, (_class("pandas", "DataFrame") or (), _class("pandas", "Series") or ())
    ):
        parts = (_polars_parts if name.startswith("polars.") else _pandas_parts)(value, kind)
        if parts is not None:
            immutable = issubclass(kind, _class("pandas", "Index"))
            return ("record" if immutable else "object", name, None, graph.labelled(parts))
    if name.startswith("pandas.") and name.endswith((".Timestamp", ".Timedelta")):
        parts = [("ticks", value._value), ("unit", value.unit), ("zone", getattr(value, "tzinfo", None))]
        return ("record", name, getattr(value, "fold", 0), graph.labelled(parts))
    if issubclass(kind, _class("networkx", "Graph")):
        return _attributes_but(graph, value, kind, name, "networkx", ("graph", "_node", "_adj", "_pred"))
    if name.startswith("scipy.sparse"):
        return _attributes_but(graph, value, kind, name, "sparse", ()) if layout.native_base(kind) is object else None
    if issubclass(kind, _class("torch", "Tensor")):
        return _tensor(graph, value, name)
    return None


def _attributes_but(graph, value, kind, name, library, first):
    """An instance without what its library keeps for speed only."""
    held = layout.attributes_of(value, kind) or {}
    parts = [(label, held[label]) for label in first if label in held]
    parts += [(k, v) for k, v in sorted(held.items()) if k not in _CACHES[library] and k not in first]
    return ("object", name, None, graph.labelled(parts))


def dtype_name(dtype):
    """A data type by its memory layout and byte order."""
    if dtype.names is None:
        return dtype.str if dtype.kind != "T" else repr(dtype)
    return repr(dtype.descr) + ("!" if dtype.isalignedstruct else "")


def _array(graph, value, kind, name):
    numpy = sys.modules["numpy"]
    plain = value if kind is numpy.ndarray else numpy.ndarray.view(value, numpy.ndarray)
    flags = (plain.flags.c_contiguous, plain.flags.f_contiguous, plain.flags.writeable)
    atom = {"dtype": dtype_name(plain.dtype), "shape": plain.shape, "flags": flags, "shares": None, "buffer": None}
    parts = []
    if plain.dtype.hasobject or plain.dtype.kind == "T":
        atom["bytes"] = None
        parts.append(("items", plain.ravel(order="C").tolist()))
    else:
        atom["bytes"] = numpy.ascontiguousarray(plain).tobytes()
    if plain.size:
        graph.memory.append((plain, atom, graph.seen[id(value)], _buffer_of(plain, numpy)))
    if issubclass(kind, _class("numpy.ma", "MaskedArray")):
        hidden = value._mask
        parts += [("mask", numpy.array(hidden)), ("has a mask", hidden is not numpy.ma.nomask)]
        parts += [("fill value", value._fill_value), ("hard mask", bool(value._hardmask))]
    elif issubclass(kind, numpy.memmap):
        parts += [(n, getattr(value, n, None)) for n in ("offset", "mode")] + [("file", str(getattr(value, "filename", None)))]
    elif kind is not numpy.ndarray:
        attributes = layout.attributes_of(value, kind)
        parts += [("state", dict(attributes))] if attributes else []
    return ("array", name, atom, graph.labelled(parts))


def _buffer_of(plain, numpy):
    """The object that is no array whose memory an array shows, or None."""
    owner = plain
    while isinstance(owner, numpy.ndarray):
        owner = owner.base
    return owner.obj if type(owner) is memoryview else owner


def link_memory(arrays, seen):
    """Arrays that overlap in memory, or that show one of the objects `seen`: note which, where and with which strides. Others
    have no visible base."""
    bounds = []
    for value, atom, number, buffer in arrays:
        atom["buffer"] = seen.get(id(buffer))
        start = value.__array_interface__["data"][0]
        low = high = start
        for size, stride in zip(value.shape, value.strides):
            low, high = low + min(0, stride * (size - 1)), high + max(0, stride * (size - 1))
        bounds.append((low, high + value.itemsize, start, number, value, atom))
    bounds.sort(key=lambda b: b[:4])
    group = []

    def close(group):
        if len(group) > 1:
            first = min(number for _, _, _, number, _, _ in group)
            for _, _, start, _, value, atom in group:
                atom["shares"] = (first, start - group[0][0], value.strides)

    end = None
    for bound in bounds:
        if end is None or bound[0] >= end:
            close(group)
            group, end = [], bound[1]
        group.append(bound)
        end = max(end, bound[1])
    close(group)


def _pandas_parts(value, kind):
    pandas = sys.modules["pandas"]
    if issubclass(kind, pandas.DataFrame):
        parts = _labels_of(value) + [("columns", value.columns)]
        for position in range(value.shape[1]):
            parts += _values("column %d" % position, value.iloc[:, position].array)
        return parts + _own_attributes(value, kind)
    if issubclass(kind, pandas.Series):
        return _labels_of(value) + [("name", value.name)] + _values("values", value.array) + _own_attributes(value, kind)
    if issubclass(kind, pandas.MultiIndex):
        parts = [("names", list(value.names))]
        for number, (level, codes) in enumerate(zip(value.levels, value.codes)):
            parts += [("level %d" % number, level), ("codes %d" % number, codes.tolist())]
        return parts
    if issubclass(kind, pandas.RangeIndex):
        return [("names", list(value.names)), ("range", (value.start, value.stop, value.step))]
    if issubclass(kind, pandas.Index):
        return [("names", list(value.names)), ("freq", getattr(value, "freqstr", None))] + _values("values", value.array)
    if issubclass(kind, pandas.api.extensions.ExtensionArray):
        return _values("values", value)
    return None


def _labels_of(value):
    return [("index", value.index), ("attrs", dict(value.attrs)), ("duplicate labels", value.flags.allows_duplicate_labels)]


def _own_attributes(value, kind):
    """Attributes that a subclass of the user's adds; pandas' own are caches and blocks."""
    names = [n for base in layout.bases_of(kind) for n in layout.namespace_of(base).get("_metadata", ()) if n not in ("name", "_name")]
    return [(name, value.__dict__[name]) for name in names if name in value.__dict__]


def _values(label, values):
    """Of an extension array: type, dtype and items. Whether two frames share it is nothing that a program may rely on."""
    pandas = sys.modules["pandas"]
    parts = [(label + " kind", type(values).__name__), (label + " dtype", str(values.dtype))]
    if isinstance(values, pandas.Categorical):
        return parts + [(label + " codes", values.codes.copy()), (label + " categories", values.categories),
                        (label + " ordered", values.ordered)]  # fmt: skip
    if type(values).__name__ in ("NumpyExtensionArray", "PandasArray"):
        return parts + [(label, values.to_numpy().copy())]
    if type(values).__name__ in ("IntegerArray", "FloatingArray", "BooleanArray"):
        # What lies under a missing value is nobody's to see.
        data = values._data.copy()
        data[values._mask] = 0
        return parts + [(label, data), (label + " missing", values._mask.copy())]
    if type(values).__name__ in ("DatetimeArray", "TimedeltaArray"):
        return parts + [(label, values.asi8.copy()), (label + " freq", str(getattr(values, "freq", None)))]
    return parts + [(label, values.astype(object).tolist())]


def _polars_parts(value, kind):
    polars = sys.modules["polars"]
    if issubclass(kind, polars.DataFrame):
        return [("height", value.height), ("columns", value.get_columns())]
    if issubclass(kind, polars.Series):
        parts = [("name", value.name), ("dtype", repr(value.dtype))]
        if value.dtype.is_numeric() and value.null_count() == 0 and not value.dtype.is_decimal():
            return parts + [("values", value.to_numpy().copy())]
        return parts + [("values", value.to_list())]
    if issubclass(kind, polars.Expr):
        return [("expression", value.meta.serialize())]
    return None


def _tensor(graph, value, name):
    torch = sys.modules["torch"]
    atom = (str(value.dtype), str(value.device), value.requires_grad, value.is_leaf, str(value.layout), tuple(value.shape))
    if type(value.grad_fn).__name__ != "NoneType":
        atom += (type(value.grad_fn).__name__,)
    plain = value.detach()
    if value.layout is not torch.strided:
        plain = plain.coalesce() if value.layout is torch.sparse_coo else plain
        parts = [("indices", plain.indices()), ("values", plain.values())] if value.layout is torch.sparse_coo else []
        return ("object", name, atom, graph.labelled(parts)) if parts else ("opaque", name, None, [])
    plain = plain.cpu().resolve_conj().resolve_neg()
    if plain.dtype in (torch.bfloat16,):
        plain = plain.view(torch.int16)
    try:
        values = plain.numpy()
    except (TypeError, RuntimeError):
        return ("opaque", name, None, [])
    parts = [("values", values), ("strides", tuple(value.stride())), ("gradient", value.grad if value.is_leaf else None)]
    return ("object", name, atom, graph.labelled(parts))
