"""Values for parameters from their annotations and defaults alone: what a type says, and nothing more.

`strategy(annotation)` gives a function from a `random.Random` to a value. Small and awkward values come often: empty
containers, zero, negative and large numbers, repeated items, texts beyond ASCII.
"""

import collections.abc as abc
import dataclasses
import datetime
import decimal
import enum
import fractions
import inspect
import sys
import typing

from .strings import ALIKE, LETTERS, LINES, SPACES

_DEPTH = 3
_INTEGERS = (0, 1, -1, 2, 3, 7, 10, -8, 100, 2**31, -(2**63))
_FLOATS = (0.0, 1.0, -1.0, 0.5, -2.75, 1e-9, 1e12, -0.0, float("inf"), float("nan"))
_TEXTS = ("", "a", "b", "ab", "Zz zZ", "0", "é漢", "a\nb", " x ", "word", "word", LINES, SPACES, LETTERS, "1.5", "-3") + ALIKE[0] + ALIKE[3]
_UNION = {typing.Union, getattr(__import__("types"), "UnionType", typing.Union)}
_LISTS = {list, abc.Sequence, abc.MutableSequence, abc.Iterable, abc.Collection, abc.Reversible}
_SETS = {set, abc.Set, abc.MutableSet}
_DICTS = {dict, abc.Mapping, abc.MutableMapping}


class NoStrategy(Exception):
    """No values can be made for this; the message says for what."""


def strategy(annotation, depth=0):
    """A function from a source of randomness to a value of this annotation. Raises NoStrategy."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if depth > _DEPTH:
        raise NoStrategy("types nested so deeply")
    plain = _plain(annotation)
    if plain is not None:
        return plain
    if annotation is typing.Any or annotation is inspect.Parameter.empty or annotation is object:
        raise NoStrategy("a parameter without a type that says what it holds")
    if isinstance(annotation, typing.TypeVar):
        bounds = annotation.__constraints__ or ((annotation.__bound__,) if annotation.__bound__ else (int,))
        return strategy(bounds[0], depth)
    if origin in _UNION:
        parts = [strategy(part, depth) for part in arguments]
        return lambda source: source.choice(parts)(source)
    if origin is typing.Literal:
        return lambda source: source.choice(arguments)
    if getattr(annotation, "__metadata__", None) is not None:
        return strategy(annotation.__origin__, depth)
    if hasattr(annotation, "__supertype__"):  # typing.NewType
        return strategy(annotation.__supertype__, depth)
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum) and len(annotation):
        return lambda source: source.choice(list(annotation))
    numpy = sys.modules.get("numpy")
    if numpy is not None and (origin or annotation) is numpy.ndarray:
        return _array(numpy, arguments)
    container = _container(origin or annotation, arguments, depth)
    if container is not None:
        return container
    if isinstance(annotation, type):
        return instance(annotation, depth)
    raise NoStrategy("the type %s" % (getattr(annotation, "__name__", None) or annotation))


def _plain(kind):
    makers = {
        bool: lambda s: s.random() < 0.5,
        int: lambda s: s.choice(_INTEGERS) if s.random() < 0.5 else s.randint(-20, 20),
        float: lambda s: s.choice(_FLOATS) if s.random() < 0.4 else round(s.uniform(-100, 100), s.randint(0, 6)),
        complex: lambda s: complex(s.choice(_FLOATS[:6]), s.choice(_FLOATS[:6])),
        str: lambda s: s.choice(_TEXTS) if s.random() < 0.6 else "".join(s.choice("abc XY1é") for _ in range(s.randint(0, 12))),
        bytes: lambda s: bytes(s.randrange(256) for _ in range(s.randint(0, 8))),
        bytearray: lambda s: bytearray(s.randrange(256) for _ in range(s.randint(0, 8))),
        None: lambda s: None,
        type(None): lambda s: None,
        decimal.Decimal: lambda s: decimal.Decimal(s.randint(-1000, 1000)) / 8,
        fractions.Fraction: lambda s: fractions.Fraction(s.randint(-20, 20), s.randint(1, 12)),
        datetime.date: lambda s: datetime.date(2000, 1, 31) + datetime.timedelta(s.randint(-400, 400)),
        datetime.datetime: lambda s: datetime.datetime(2000, 1, 31) + datetime.timedelta(s.randint(-400, 400), s.randint(0, 86399)),
        datetime.timedelta: lambda s: datetime.timedelta(s.randint(-3, 3), s.randint(0, 86399)),
    }  # fmt: skip
    try:
        return makers.get(kind)
    except TypeError:  # an annotation that cannot be hashed
        return None


def _container(kind, arguments, depth):
    if kind is tuple:
        if arguments and arguments[-1] is not Ellipsis:
            parts = [strategy(part, depth + 1) for part in arguments if part != ()]
            return lambda source: tuple(part(source) for part in parts)
        items = _items(arguments[:1], depth)
        return lambda source: tuple(items(source))
    if kind in _LISTS or kind in _SETS or kind is frozenset:
        items = _items(arguments, depth)
        made = list if kind in _LISTS else set if kind in _SETS else frozenset
        return lambda source: made(items(source))
    if kind in (abc.Iterator, abc.Generator):
        items = _items(arguments[:1], depth)
        return lambda source: iter(items(source))
    if kind in _DICTS:
        keys, values = _items(arguments[:1], depth), strategy(arguments[1], depth + 1) if arguments else _plain(int)
        return lambda source: {key: values(source) for key in keys(source)}
    return None


def _items(arguments, depth):
    """Lists of items of one type; without a type, of integers. Some hold items twice, some are in order."""
    one = strategy(arguments[0], depth + 1) if arguments else _plain(int)

    def items(source):
        found = [one(source) for _ in range(source.choice((0, 1, 2, 3, 5, 8)))]
        if found and source.random() < 0.4:
            found.append(source.choice(found))
        if source.random() < 0.2:
            try:
                found.sort()
            except TypeError:
                pass
        return found

    return items


def _array(numpy, arguments):
    dtype = next((t for a in arguments for t in typing.get_args(a) if isinstance(t, type)), numpy.float64)
    kind = numpy.dtype(dtype if issubclass(dtype, numpy.generic) and dtype is not numpy.generic else numpy.float64)

    def make(source):
        values = [source.choice((0, 1, -1, 2, 5, 5, 100, source.randint(-50, 50))) for _ in range(source.choice((0, 1, 2, 5, 9)))]
        return numpy.array(values).astype(kind)

    return make


def instance(kind, depth=0):
    """Instances of a class through its own constructor, when that says by annotations or defaults what it takes."""
    if kind.__module__ == "builtins" or kind.__init__ is object.__init__ and not dataclasses.is_dataclass(kind):
        if kind.__module__ != "builtins" and kind.__new__ is object.__new__:
            return lambda source: kind()
        raise NoStrategy("the type %s" % kind.__name__)
    positional, keywords = parameters(kind.__init__, depth + 1, skip=1)
    return lambda source: kind(*[make(source) for _, make in positional], **{n: make(source) for n, make in keywords})


def parameters(function, depth=0, skip=0):
    """[(name, strategy)] of the positional parameters and of the keyword-only ones. Raises NoStrategy."""
    try:
        hints = typing.get_type_hints(function)
    except Exception:  # a name that is not there at run time
        hints = {}
    positional, keywords = [], []
    for number, parameter in enumerate(inspect.signature(function, follow_wrapped=False).parameters.values()):
        if number < skip or parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        try:
            made = _of_parameter(parameter, hints.get(parameter.name, parameter.annotation), depth)
        except NoStrategy as error:
            raise NoStrategy("%s: %s" % (parameter.name, error)) from None
        (keywords if parameter.kind is parameter.KEYWORD_ONLY else positional).append((parameter.name, made))
    return positional, keywords


def _of_parameter(parameter, annotation, depth):
    default = parameter.default
    if annotation is parameter.empty or isinstance(annotation, str):
        if default is parameter.empty or default is None:
            raise NoStrategy("it has neither a type nor a default that tells one")
        annotation = type(default)
    made = strategy(annotation, depth)
    if default is parameter.empty or not isinstance(default, (type(None), bool, int, float, str, bytes, tuple)):
        return made
    return lambda source: default if source.random() < 0.3 else made(source)
