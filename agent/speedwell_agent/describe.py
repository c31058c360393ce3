"""What values look like: facts per type, in the form of `ValueFact` in schemas/facts.ts.

`describe(values)` summarises a list of values, grouped by type and, for arrays, by dtype and number of dimensions.
Nothing is called on the values that a user could have written (no properties, `__len__`, `__iter__`, `__eq__`): containers
are read by the methods of the built-in types, instances by their dictionaries and slots.
"""

import collections
import copy
import math
import sys
from itertools import chain, islice

from .facts import merge

_DEPTH = 5  # containers and instances inside each other
_ITEMS = 200_000  # values looked at in one place; of more, an even sample
_NUMBERS = 1_000_000  # the same where all are plain numbers, whose extremes are then exact
_GROUPS = 20_000  # containers looked into in one place
_INSTANCES = 500
_NAMES = 64  # attributes, columns
_POSITIONS = 16

_heap_type = 1 << 9  # Py_TPFLAGS_HEAPTYPE: among others, every class written in Python
_texts = (str, bytes, bytearray)
_sequences = (list, tuple, set, frozenset, collections.deque, range)
_scalars = frozenset((int, float, str, bytes, bool, type(None), complex))


def type_name(kind):
    """`builtins.list`, `numpy.ndarray`, `__main__.Point`."""
    return "%s.%s" % (kind.__module__, kind.__qualname__)


def describe(values, depth=_DEPTH, looks=True):
    """Facts of a list of values. Without `looks`, only what costs next to nothing: no elements, no array extremes."""
    found = []
    for kind, group in _groups(values):
        try:
            found.extend(_describe_group(kind, group, depth, looks))
        except Exception:  # a class may break any promise of its base; its name and number remain true
            found.append({"type": type_name(kind), "count": len(group)})
    return merge([], found)


def _describe_group(kind, group, depth, looks):
    facts = {"type": type_name(kind), "count": len(group)}
    if issubclass(kind, int):
        facts["integer"] = _integers(kind, group)
    elif issubclass(kind, float):
        facts["float"] = _floats(group if kind is float else [float.__float__(v) for v in group])
    elif issubclass(kind, _texts):
        lengths = list(map(_base(kind, _texts).__len__, group))
        facts["text"] = {"minLength": min(lengths), "maxLength": max(lengths)}
    elif issubclass(kind, _sequences) or type_name(kind) == "array.array":
        facts["sequence"] = _sequence(kind, group, depth, looks)
    elif issubclass(kind, dict):
        facts["mapping"] = _mapping(group, depth, looks)
    if kind.__module__.partition(".")[0] in ("numpy", "pandas", "scipy"):
        return _arrays(facts, kind, group, depth, looks)
    if looks and depth > 0 and kind.__flags__ & _heap_type:
        attributes = _attributes(group, depth)
        if attributes:
            facts["attributes"] = attributes
    return [facts]


def _groups(values):
    if _ITEMS < len(values) <= _NUMBERS:
        first = type(values[0])
        if first in (int, float, bool) and {first}.issuperset(map(type, values)):
            yield first, values
            return
    values = _sample(values, _ITEMS)
    kinds = collections.Counter(map(type, values))
    for kind, count in kinds.most_common():
        yield kind, values if count == len(values) else [v for v in values if type(v) is kind]


def _sample(values, limit):
    """At most `limit` of a list's values, evenly spread, with the first and the last."""
    if len(values) <= limit:
        return values
    return values[: -1 : -(-len(values) // (limit - 1))] + values[-1:]


def _integers(kind, group):
    if kind is not int and kind is not bool:
        group = list(map(int.__int__, group))
    return {"min": _decimal(min(group)), "max": _decimal(max(group))}


def _decimal(value):
    value = int(value)
    if value.bit_length() > 13_000:  # near the length where Python refuses to write integers out
        value = 10**3900 if value > 0 else -(10**3900)
    return str(value)


def _floats(group):
    total = sum(group)
    special = not math.isfinite(total)
    finite = [v for v in group if math.isfinite(v)] if special else group
    return {
        "min": float(min(finite)) if finite else None,
        "max": float(max(finite)) if finite else None,
        "nan": special and any(v != v for v in group),
        "infinite": special and any(math.isinf(v) for v in group),
        "negativeZero": 0.0 in group and any(v == 0 and math.copysign(1, v) < 0 for v in group),
    }


def _base(kind, bases):
    return next((base for base in bases if issubclass(kind, base)), kind)


def _sequence(kind, group, depth, looks):
    base = _base(kind, _sequences)
    lengths = [base.__len__(v) for v in group]
    facts = {
        "length": {"min": min(lengths), "max": max(lengths)},
        "elements": [],
        "allHashable": True,
        "duplicates": False,
    }
    if not looks or depth <= 0:
        return facts
    group = _sample(group, _GROUPS)
    if base is range:
        ends = [end for v in group if v for end in (v[0], v[-1])]
        facts["elements"] = describe(ends, depth - 1)
        return facts
    share = max(1, _NUMBERS // len(group))
    contents = [_items(base, v, share) for v in group]
    elements = list(chain.from_iterable(contents))
    facts["elements"] = describe(elements, depth - 1)
    if base is list or base is tuple or base is collections.deque:
        plain = _scalars.issuperset(map(type, elements))
        facts["allHashable"] = plain or all(map(_hashable, elements))
        repeats = _repeats_plain if plain else _repeats
        facts["duplicates"] = any(map(repeats, contents))
    if base is tuple and lengths[0] <= _POSITIONS and min(lengths) == max(lengths):
        facts["positions"] = [describe([v[i] for v in contents], depth - 1) for i in range(lengths[0])]
    return facts


def _items(base, value, limit):
    if base is list or base is tuple:
        items = list(base.__iter__(value))
        return _sample(items, limit)
    return list(islice(base.__iter__(value), limit))


def _hashable(value):
    kind = type(value)
    return kind in _scalars or (all(map(_hashable, value)) if kind is tuple else kind.__hash__ is not None)


def _repeats_plain(values):
    return len(set(values)) < len(values)


def _repeats(values):
    """Whether values repeat. Tuples and the user's objects are not compared: tuples may repeat."""
    if _scalars.issuperset(map(type, values)):
        return _repeats_plain(values)
    return len(set(map(id, values))) < len(values) or any(type(v) is tuple for v in values)


def _mapping(group, depth, looks):
    lengths = [dict.__len__(v) for v in group]
    facts = {"length": {"min": min(lengths), "max": max(lengths)}, "keys": [], "values": []}
    if looks and depth > 0:
        group = _sample(group, _GROUPS)
        share = max(1, _NUMBERS // len(group))
        facts["keys"] = describe([k for v in group for k in islice(dict.keys(v), share)], depth - 1)
        fields = _fields(group, depth) if max(lengths) <= _NAMES else None
        if fields is None:
            facts["values"] = describe([k for v in group for k in islice(dict.values(v), share)], depth - 1)
        else:
            facts["fields"] = fields
            facts["values"] = merge([], chain.from_iterable(copy.deepcopy(list(fields.values()))))
    return facts


def _fields(group, depth):
    """Facts per key of dicts that are records: their keys are few, and all of them text; None for other dicts."""
    gathered = {}
    for value in group:
        for name, content in list(dict.items(value)):
            if type(name) is not str or (name not in gathered and len(gathered) == _NAMES):
                return None
            gathered.setdefault(name, []).append(content)
    return {name: describe(contents, depth - 1) for name, contents in gathered.items()}


def _attributes(group, depth):
    gathered = {}
    for value in _sample(group, _INSTANCES):
        for name, content in instance_values(value):
            if name in gathered or len(gathered) < _NAMES:
                gathered.setdefault(name, []).append(content)
    return {name: describe(contents, depth - 1) for name, contents in gathered.items()}


def instance_values(value):
    """(name, value) of an instance's own dictionary and slots, without running code of its class."""
    try:
        own = object.__getattribute__(value, "__dict__")
    except AttributeError:
        own = {}
    if type(own) is dict:
        for name, content in list(own.items()):
            if type(name) is str:
                yield name, content
    for base in type(value).__mro__:
        for name, member in vars(base).items():
            if type(member) is _Slot and base.__flags__ & _heap_type:
                try:
                    yield name, member.__get__(value)
                except AttributeError:
                    pass


class _Slotted:
    __slots__ = ("slot",)


_Slot = type(_Slotted.slot)


def _arrays(facts, kind, group, depth, looks):
    """Facts of values of NumPy, pandas and SciPy: one for each dtype and number of dimensions seen."""
    numpy = sys.modules.get("numpy")
    if numpy is not None and issubclass(kind, numpy.generic):
        return [dict(facts, **_scalars_of(numpy, kind, group))]
    found = []
    for value in _sample(group, _INSTANCES):
        one = {"type": facts["type"], "count": 1}
        one.update(_table(numpy, sys.modules.get("pandas"), kind, value, depth, looks))
        found.append(one)
    found[0]["count"] += len(group) - len(found)
    return found


def _scalars_of(numpy, kind, group):
    together = numpy.array(group)
    facts = {"array": dict(_array(numpy, together, True), dtype=str(group[0].dtype), ndim=0, shapes=[[]])}
    if issubclass(kind, numpy.integer):
        facts["integer"] = {"min": str(int(together.min())), "max": str(int(together.max()))}
    elif issubclass(kind, numpy.floating):
        facts["float"] = _floats([float(v) for v in group])
    return facts


def _table(numpy, pandas, kind, value, depth, looks):
    """What one array, column, frame or sparse matrix has beside its type."""
    if numpy is not None and issubclass(kind, numpy.ndarray):
        return {"array": _array(numpy, value, looks)}
    if pandas is not None and issubclass(kind, (pandas.Series, pandas.Index)):
        facts = {"array": _column(numpy, value, looks)}
        if looks and depth > 0 and issubclass(kind, pandas.Series):
            facts["attributes"] = {"index": describe([value.index], 0)}
        if issubclass(kind, pandas.RangeIndex):
            facts["attributes"] = {"step": describe([value.step], 0)}
        elif looks and value.dtype == object:
            items = describe(value.array[:_ITEMS].tolist(), 0)
            facts["attributes"] = dict(facts.get("attributes", {}), items=items)
        return facts
    if pandas is not None and issubclass(kind, pandas.DataFrame):
        rows = {"min": len(value), "max": len(value)}
        facts = {"sequence": {"length": rows, "elements": [], "allHashable": True, "duplicates": False}}
        if looks:
            columns = islice(enumerate(value.columns), _NAMES)
            facts["attributes"] = {str(name): describe([value.iloc[:, i]], 0) for i, name in columns}
            facts["attributes"]["index"] = describe([value.index], 0)
        return facts
    facts = {}
    if kind.__module__.startswith("scipy.sparse") and hasattr(value, "nnz"):
        facts["array"] = _opaque_array(value)
    if looks and depth > 0 and kind.__flags__ & _heap_type:
        facts["attributes"] = _attributes([value], depth)
    return facts


def _shape_of(value):
    return {"dtype": str(value.dtype), "ndim": int(value.ndim), "shapes": [[int(n) for n in value.shape]]}


def _array(numpy, value, looks):
    array = numpy.asarray(value)
    low, high, nan = _extremes(numpy, array) if looks else (None, None, False)
    counted = {}
    if looks and array.ndim == 2 and array.dtype.kind == "f" and 0 < array.size <= 20_000_000:
        counted["zeros"] = 1 - int(numpy.count_nonzero(array)) / array.size
    return dict(
        _shape_of(array),
        cContiguous=bool(array.flags.c_contiguous),
        fContiguous=bool(array.flags.f_contiguous),
        writeable=bool(array.flags.writeable),
        min=low,
        max=high,
        nan=nan,
        **counted
    )


def _opaque_array(value):
    """Facts of something that has a dtype and a shape but lies in memory in its own way."""
    layout = {"cContiguous": False, "fContiguous": False, "writeable": True, "min": None, "max": None, "nan": False}
    return dict(_shape_of(value), **layout)


def _column(numpy, value, looks):
    if isinstance(value.dtype, numpy.dtype):
        return _array(numpy, value.to_numpy(), looks)
    return dict(_opaque_array(value), nan=bool(looks and value.isna().any()))


def _extremes(numpy, array):
    """Finite (min, max, whether there is a NaN) of a numeric array; extremes are exact up to 20 million items."""
    if array.size == 0 or array.dtype.kind not in "biuf" or array.size > 20_000_000:
        return None, None, False
    with numpy.errstate(all="ignore"):
        low, high = numpy.min(array), numpy.max(array)
        nan = bool(low != low)
        if nan:
            low, high = numpy.fmin.reduce(array, axis=None), numpy.fmax.reduce(array, axis=None)
        if not (numpy.isfinite(low) and numpy.isfinite(high)):
            finite = array[numpy.isfinite(array)]
            if finite.size == 0:
                return None, None, nan
            low, high = finite.min(), finite.max()
    return _number(low), _number(high), nan


def _number(value):
    number = value.item()
    return int(number) if isinstance(number, int) else float(number)  # a bool is an int, but not in JSON
