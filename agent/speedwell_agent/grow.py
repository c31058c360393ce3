"""Make entries larger than what was recorded, keeping lengths that belong together equal.

Code may go another way from some size on: a sort that keeps ties in order only while there are few, a sum in blocks, the order
of a set. Small inputs never show that.
"""

import collections
import copy
import random
import sys

_DEEPEST = 4
_LEAST = 2  # what is shorter says nothing of how its items follow each other


def grow(entry, size, others):
    """
    `entry` with each container among its arguments as long as `size`, and whatever has that container's length too. Its items
    come again in any order; where `others`, numbers among them are other ones. None when nothing grows.
    """
    lengths = {_length(value) for name, value in entry.arguments.items() if name not in entry.unbound} - {None}
    lengths = {length for length in lengths if _LEAST <= length < size}
    if not lengths:
        return None
    larger = _Larger(lengths, size, others)
    for held in (entry.arguments, entry.globals):
        for name in list(held):
            held[name] = size if type(held[name]) is int and held[name] in lengths else larger.of(held[name])
    return entry


def _length(value):
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    if type(value) in (list, collections.deque, dict) or type(value) is tuple and len(value) > 8:
        return len(value)
    if numpy is not None and type(value) is getattr(numpy, "ndarray", None):
        return len(value) if value.ndim else None
    if pandas is not None and type(value) in (getattr(pandas, "DataFrame", None), getattr(pandas, "Series", None)):
        return len(value)
    return None


class _Larger:
    def __init__(self, lengths, size, others):
        self._lengths, self._size, self._others = lengths, size, others
        self._made = {}
        self._orders = {}

    def of(self, value, depth=0):
        if id(value) not in self._made:
            self._made[id(value)] = (value, self._of(value, depth) if depth < _DEEPEST else value)
        return self._made[id(value)][1]

    def _order(self, length):
        """Which of the items stand at the end, the same for all that are of one length."""
        if length not in self._orders:
            source = random.Random(length)
            self._orders[length] = list(range(length)) + [source.randrange(length) for _ in range(self._size - length)]
        return self._orders[length]

    def _of(self, value, depth):
        kind = type(value)
        numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
        if kind in (list, tuple, collections.deque):
            items = [self.of(item, depth + 1) for item in value]
            if len(items) in self._lengths:
                order = self._order(len(items))[len(items) :]
                items += [self._another(items[at], number, 0) for number, at in enumerate(order)]
            if kind is list:
                value[:] = items
                return value
            return tuple(items) if kind is tuple else kind(items, value.maxlen)
        if kind is dict:
            return self._mapping(value, depth)
        if numpy is not None and kind is getattr(numpy, "ndarray", None):
            return self._array(value, numpy)
        if pandas is not None and kind in (getattr(pandas, "DataFrame", None), getattr(pandas, "Series", None)):
            return self._table(value, pandas) if len(value) in self._lengths else value
        return value

    def _mapping(self, value, depth):
        for key in list(value):
            value[key] = self.of(value[key], depth + 1)
        keys = list(value)
        if len(keys) in self._lengths and {type(key) for key in keys} in ({int}, {str}):
            for number, at in enumerate(self._order(len(keys))[len(keys) :]):
                key = keys[at]
                new = max(keys) + 1 + number * 7 % self._size if type(key) is int else "%s%d" % (key, number)
                value.setdefault(new, self._another(value[key], number, 0))
        return value

    def _another(self, item, number, depth):
        kind = type(item)
        if self._others and kind is int:
            return item + number * 5 % 11 - 5
        if self._others and kind is float:
            return item * (1 + number * 0.37 % 1) + number * 0.1 % 1
        if kind in (list, tuple) and depth < _DEEPEST:
            return kind(self._another(part, number, depth + 1) for part in item)
        if kind is dict and depth < _DEEPEST:
            return {key: self._another(part, number, depth + 1) for key, part in item.items()}
        try:
            return copy.deepcopy(item)
        except Exception:  # what cannot be copied stands there twice
            return item

    def _array(self, value, numpy):
        for axis, length in enumerate(value.shape):
            if length in self._lengths:
                value = value.take(self._order(length), axis)
                if self._others and axis == 0 and value.dtype.kind in "fi":
                    value[length:] = self._numbers(value[length:], numpy)
        return value

    def _numbers(self, values, numpy):
        """Other numbers of the same type."""
        steps = numpy.arange(values.size).reshape(values.shape)
        with numpy.errstate(all="ignore"):
            made = values + steps * 5 % 11 - 5 if values.dtype.kind == "i" else values * (1 + steps * 0.37 % 1) + steps * 0.1 % 1
        return made.astype(values.dtype)

    def _table(self, value, pandas):
        numpy, length = sys.modules["numpy"], len(value)
        made = value.iloc[self._order(length)]
        if isinstance(value.index, pandas.RangeIndex):
            made = made.reset_index(drop=True)
        elif value.index.is_unique and value.index.dtype.kind == "i":
            labels = list(value.index) + [int(value.index.max()) + 1 + i for i in range(self._size - length)]
            made.index = pandas.Index(labels, dtype=value.index.dtype, name=value.index.name)
        if not self._others:
            return made
        if made.ndim == 1:
            return self._column(made, length, numpy)
        for position in range(made.shape[1]):
            made.isetitem(position, self._column(made.iloc[:, position], length, numpy))
        return made

    def _column(self, column, length, numpy):
        if not isinstance(column.dtype, numpy.dtype) or column.dtype.kind not in "fi":
            return column
        numbers = column.to_numpy().copy()
        numbers[length:] = self._numbers(numbers[length:], numpy)
        return column.__class__(numbers, index=column.index, name=column.name)
