"""Attributes of a program's own instances, wherever they lie: in the instance's dict or in slots. None of its code runs."""

import enum
import sys
import types

_NOT_PLAIN = ("numpy", "pandas", "scipy", "networkx", "sklearn", "torch", "builtins")
# Of these an instance with another attribute is none that could come about.
_LIBRARY = getattr(sys, "stdlib_module_names", ("pathlib", "uuid", "ipaddress", "zoneinfo", "weakref", "threading", "asyncio"))


def is_plain_instance(value):
    """Whether the value is an instance of a class of the program that holds attributes which may be others."""
    kind = type(value)
    module = kind.__module__.split(".")[0]
    return (
        (isinstance(getattr(value, "__dict__", None), dict) or module not in _LIBRARY and any(_slots(kind)))
        and module not in _NOT_PLAIN
        # A member of an enumeration is one object for the whole program.
        and not isinstance(value, (type, types.ModuleType, types.FunctionType, enum.Enum, BaseException))
        and kind.__init__ is not object.__init__
    )


def has_attributes(value):
    """Whether the value is any instance with attributes of its own."""
    kept = isinstance(getattr(value, "__dict__", None), dict) or any(_slots(type(value)))
    return kept and not isinstance(value, (type, types.ModuleType, types.FunctionType))


def attributes_of(value):
    """The attributes of a plain instance by name; a slot that holds nothing is none."""
    held = dict(getattr(value, "__dict__", None) or {})
    for name, slot in _slots(type(value)):
        try:
            held.setdefault(name, slot.__get__(value))
        except AttributeError:
            continue
    return held


def set_attribute(value, name, part):
    """Give one of `attributes_of` another value, also where the class forbids it."""
    held = getattr(value, "__dict__", None)
    if held is not None and name in held:
        held[name] = part
    else:
        next(slot for found, slot in _slots(type(value)) if found == name).__set__(value, part)


def _slots(kind):
    for base in kind.__mro__:
        if base.__dict__.get("__slots__"):
            for name, member in base.__dict__.items():
                if type(member) is types.MemberDescriptorType:
                    yield name, member
