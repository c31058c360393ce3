"""Where in a value the part lies that cannot be stored, as a path that a person can follow: `.connection`, `[2]['lock']`."""

import io

from . import layout
from .snapshot import TooLarge, Unrecordable, freeze_into

_DEEPEST = 8
_WIDEST = 200
_BYTES = 4_000_000
_SECONDS = 0.2


def path_to(value, original=None):
    """The path from `value` to the innermost part that cannot be stored; "" when that is the value itself."""
    path = ""
    for _ in range(_DEEPEST):
        step = next((step for step, part in _parts(value) if not _storable(part, original)), None)
        if step is None:
            return path
        path += step
        value = next(part for name, part in _parts(value) if name == step)
    return path


def _storable(value, original):
    try:
        freeze_into(value, io.BytesIO(), _BYTES, _SECONDS, original)
    except TooLarge:
        return True
    except Unrecordable:
        return False
    return True


def _parts(value):
    """(step, part) of what a container or an instance holds."""
    kind = type(value)
    if kind in (list, tuple):
        return [("[%d]" % i, item) for i, item in enumerate(value[:_WIDEST])]
    if issubclass(kind, dict):
        return [("[%.40r]" % (k,) if type(k) in (str, int) else "[…]", v) for k, v in list(dict.items(value))[:_WIDEST]]
    attributes = layout.attributes_of(value, kind) or {}
    held = [(".%s" % name, part) for name, part in attributes.items() if type(name) is str]
    return held + [(".%s" % name, part) for name, present, part in layout.slots_of(value, kind) if present]
