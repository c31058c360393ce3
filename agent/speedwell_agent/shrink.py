"""Make entries small, keeping lengths that belong together equal; and change one as a program may between two calls."""

import array
import collections
import math
import sys

from . import snapshot
from .attributes import attributes_of, is_plain_instance, set_attribute
from .scale import SLOW, scaled
from .subgraph import subgraph_of

_frozen = {}  # cut-down entries by call and size


def shrunk(call, size):
    """
    The entry of a recorded call cut down, fresh each time; the whole of it, which may be large, is read only once. Of a slow
    call, large whole numbers become small too.
    """
    return snapshot.thaw(_cut_down(call, size)[0])


def shrunk_otherwise(call, size):
    """Other ways to cut down a slow call: with the numbers in its containers as they were, and with all as they were."""
    return [snapshot.thaw(frozen) for frozen in _cut_down(call, size)[1:]]


def _cut_down(call, size):
    key = call.directory, call.process, call.number, size
    if key not in _frozen:
        plain = snapshot.freeze(shrink(call.entry(), size))
        small = None
        if call.exit().seconds > SLOW:
            small = [scaled(snapshot.thaw(plain), size, data) for data in (True, False)]
        _frozen[key] = [plain] if not small or small[0] is None else [snapshot.freeze(one) for one in small] + [plain]
    return _frozen[key]


def shrink(entry, size):
    """`entry` with everything longer than `size` cut down; equal lengths stay equal, and integers that state them or their last
    index too."""
    lengths = {}

    def note(length):
        if length > size:
            lengths[length] = size

    memo = {}

    def cut(value):
        numpy = sys.modules.get("numpy")
        key = id(value)
        if key in memo:
            return memo[key][1]
        made = _cut(value, numpy)
        memo[key] = (value, made)
        return made

    def _cut(value, numpy):
        kind = type(value)
        if kind in (list, dict) and len(value) > size:
            part = subgraph_of(value, size)
            if part is not None:
                note(len(value))
                value.clear()
                (value.extend if kind is list else value.update)(part)
                return value
        if kind in (list, tuple):
            note(len(value))
            return kind(cut(item) for item in value[:size]) if kind is tuple else _refill(value, [cut(i) for i in value[:size]])
        if kind is dict:
            note(len(value))
            items = [(k, cut(v)) for k, v in list(value.items())[:size]]
            value.clear()
            value.update(items)
            return value
        if kind in (set, frozenset) and len(value) > size:
            note(len(value))
            return kind(sorted(value, key=repr)[:size])
        if kind in (str, bytes) and len(value) > 4 * size:
            return value[: 4 * size]
        if kind in (collections.deque, array.array) and len(value) > size:
            note(len(value))
            return kind(list(value)[:size], value.maxlen) if kind is collections.deque else value[:size]
        if numpy is not None and kind is numpy.ndarray and max(value.shape, default=0) > size:
            for length in value.shape:
                note(length)
            part = value[tuple(slice(0, size) for _ in value.shape)]
            order = "F" if value.flags.f_contiguous and not value.flags.c_contiguous else "C"
            return part.copy(order)
        pandas = sys.modules.get("pandas")
        if pandas is not None and isinstance(value, (pandas.DataFrame, pandas.Series)) and len(value) > size:
            note(len(value))
            return value.iloc[:size].copy()
        networkx = sys.modules.get("networkx")
        if networkx is not None and isinstance(value, networkx.Graph) and len(value) > size:
            note(len(value))
            return value.subgraph(list(value)[:size]).copy()
        if kind.__module__.startswith("scipy.sparse") and hasattr(value, "tocsr") and max(value.shape) > size:
            for length in value.shape:
                note(length)
            return value.tocsr()[:size, :size].asformat(value.format)
        if is_plain_instance(value):
            for name, inner in attributes_of(value).items():
                set_attribute(value, name, cut(inner))
        return value

    for name in list(entry.arguments):
        entry.arguments[name] = cut(entry.arguments[name])
    for cell in entry.closure.values():
        try:
            cell.cell_contents = cut(cell.cell_contents)
        except ValueError:
            pass
    for name in list(entry.globals):
        entry.globals[name] = cut(entry.globals[name])
    for held in (entry.arguments, entry.globals):
        for name, value in held.items():
            if type(value) is int:
                held[name] = _restated(value, lengths)
            elif is_plain_instance(value):
                for attribute, one in attributes_of(value).items():
                    if type(one) is int:
                        set_attribute(value, attribute, _restated(one, lengths))
    return entry


def _restated(number, lengths):
    """A number that states a length that was cut, or the last index of such a one, as that is now."""
    return lengths[number] if number in lengths else lengths.get(number + 1, number + 1) - 1


def _refill(target, items):
    target[:] = items
    return target


def one_nan(value, depth=4):
    """The value with every NaN in its lists, tuples and dicts the same object, as `math.nan` is: no pickle keeps that."""
    if type(value) is float and value != value:
        return math.nan
    if depth and type(value) is list:
        value[:] = [one_nan(item, depth - 1) for item in value]
    elif depth and type(value) is tuple:
        return tuple(one_nan(item, depth - 1) for item in value)
    elif depth and type(value) is dict:
        value.update([(key, one_nan(item, depth - 1)) for key, item in value.items()])
    return value


def perturb(entry):
    """Change the first argument that can change in place, as the program may between two calls; else the first plain one."""
    given = {name: value for name, value in entry.arguments.items() if name not in entry.unbound}
    for value in given.values():
        if change_in_place(value):
            return
    for name, value in given.items():
        if type(value) in (int, float):
            entry.arguments[name] = value + 1
            return
        if type(value) is str:
            entry.arguments[name] = value + "a"
            return


def perturb_globals(entry):
    """Change every global that the entry brings, as the program may between two calls; whether there was any to change."""
    changed = False
    for name, value in entry.globals.items():
        if type(value) in (int, float):
            entry.globals[name] = value + 1
            changed = True
        else:
            changed = change_in_place(value) or changed
    return changed


def change_in_place(value):
    """Change the value, or something that it holds as an attribute or item; whether it could be done."""
    numpy = sys.modules.get("numpy")
    for target in [value] + (list(attributes_of(value).values()) if is_plain_instance(value) else []):
        if type(target) is list and target:
            if type(target[0]) in (int, float):
                target[0] = target[0] + 1
            else:
                target.append(target[0])
            return True
        if type(target) is dict and target:
            target.pop(next(iter(target)))
            return True
        if type(target) is set and target:
            target.discard(min(target, key=repr))  # the same one in every process
            return True
        if numpy is not None and type(target) is numpy.ndarray and target.size and target.flags.writeable:
            target.reshape(-1)[:1] = target.reshape(-1)[-1:]
            return True
    return False


def change_within(value):
    """Change the value in place, and what it holds, a level or two below too."""
    if type(value) in (list, tuple):
        for item in value[:3]:
            change_within(item)
    elif type(value) is dict:
        for item in list(value.values())[:3]:
            change_within(item)
    if not change_in_place(value) and type(value) is list:
        value.append(None)
