"""Make whole numbers of a slow call small: one that is no longer than its lists may still count the rounds of a loop."""

import bisect

from .attributes import attributes_of, is_plain_instance, set_attribute

SLOW = 0.2  # seconds of a recorded call from which on its numbers are made small

_DEEPEST = 6
_ROOM = 4  # times the size that containers are cut to, for the largest number


def scaled(entry, size, data=True):
    """
    `entry` with its large whole numbers small, in the same order, and with `data` those in its containers on the same scale, so
    that what was an index of something stays one; None where there is no large one that stands alone.
    """
    alone = sorted({number for number in _alone(entry) if number > _ROOM * size})
    if not alone:
        return None
    scale = _Scale(alone, size)
    for held in (entry.arguments, entry.globals):
        for name in held:
            held[name] = scale.of(held[name], data)
    for cell in entry.closure.values():
        try:
            cell.cell_contents = scale.of(cell.cell_contents, data)
        except ValueError:  # an empty one
            continue
    return entry


def _alone(entry):
    """Whole numbers that are an argument, a global, a variable around the function, or an attribute of one of these."""
    values = list(entry.arguments.values()) + list(entry.globals.values())
    for cell in entry.closure.values():
        try:
            values.append(cell.cell_contents)
        except ValueError:
            continue
    for value in values:
        for one in attributes_of(value).values() if is_plain_instance(value) else (value,):
            if type(one) is int:
                yield one


class _Scale:
    """Numbers up to `size` stay as they are; from there to the largest it goes by straight lines, so that order is kept."""

    def __init__(self, alone, size):
        step = (_ROOM * size - size) / len(alone)
        self._from = [size] + alone
        self._to = [size] + [round(size + step * (i + 1)) for i in range(len(alone))]
        self._made = {}

    def number(self, value):
        if value < 0:
            return -self.number(-value)
        if value <= self._from[0]:
            return value
        at = min(bisect.bisect_left(self._from, value), len(self._from) - 1)
        low, high = self._from[at - 1 : at + 1]
        return self._to[at - 1] + (value - low) * (self._to[at] - self._to[at - 1]) // (high - low)

    def of(self, value, data, depth=0):
        """The value on the scale; containers are changed in place, so that what is shared stays shared."""
        kind = type(value)
        if kind is int:
            return self.number(value)
        if depth > _DEEPEST or id(value) in self._made:
            return self._made.get(id(value), (value, value))[1]
        made = value
        self._made[id(value)] = (value, value)
        if is_plain_instance(value):
            for name, inner in attributes_of(value).items():
                if type(inner) is int or data:
                    set_attribute(value, name, self.of(inner, data, depth + 1))
        elif not data:
            return value
        elif kind is list:
            value[:] = [self.of(item, data, depth + 1) for item in value]
        elif kind in (tuple, frozenset):
            made = kind([self.of(item, data, depth + 1) for item in value])
        elif kind is set:
            items = [self.of(item, data, depth + 1) for item in value]
            value.clear()
            value.update(items)
        elif kind is dict:
            items = [(self.of(key, data, depth + 1), self.of(item, data, depth + 1)) for key, item in value.items()]
            value.clear()
            value.update(items)
        self._made[id(value)] = (value, made)
        return made
