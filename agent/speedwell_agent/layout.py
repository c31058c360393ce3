"""What an instance holds, read without running code of its class: no properties, `__getattr__`, `__eq__` or `__reduce__`.

Python's own descriptors of `type` and of the instance dictionary are asked, so that neither the class nor its metaclass can
answer in their place.
"""

import copyreg
import sys
import types

from .effects import is_installed

_of = {name: type.__dict__[name].__get__ for name in ("__mro__", "__dict__", "__module__", "__qualname__", "__name__")}
_HEAP = 1 << 9
_flags, _basic, _item = (type.__dict__[n].__get__ for n in ("__flags__", "__basicsize__", "__itemsize__"))
_dictionary, _weak = (type.__dict__[n].__get__ for n in ("__dictoffset__", "__weakrefoffset__"))
_base = type.__dict__["__base__"].__get__
_WORD = object.__basicsize__ // 2
_PICKLING = ("__reduce__", "__reduce_ex__", "__getstate__", "__getnewargs__", "__getnewargs_ex__")


def bases_of(kind):
    """The method resolution order of a class."""
    return _of["__mro__"](kind)


def namespace_of(kind):
    return _of["__dict__"](kind)


def type_name(kind):
    """`builtins.list`, `numpy.ndarray`, `__main__.Point`."""
    return "%s.%s" % name_of(kind)


def name_of(kind):
    """(module, qualified name) of a class."""
    try:
        return str(_of["__module__"](kind)), str(_of["__qualname__"](kind))
    except AttributeError:
        return "?", str(_of["__name__"](kind))


def resolves(value, module, qualname):
    """Whether `value` is what is found under its own name."""
    found = sys.modules.get(module)
    for part in qualname.split("."):
        if issubclass(type(found), type):
            found = next((namespace_of(b)[part] for b in bases_of(found) if part in namespace_of(b)), None)
        else:
            found = getattr(found, "__dict__", {}).get(part)
        if type(found) in (staticmethod, classmethod):
            found = found.__func__
    return found is value


_layouts = {}


def native_base(kind):
    """
    The nearest base whose instances hold more than attributes, slots and what its own base holds: one written in C. `object`
    when there is none, so that attributes and slots are all there is.
    """
    for base in bases_of(kind):
        if base is object or is_native(base):
            return base
    return object


def is_native(kind):
    """Whether instances of a class have memory of their own that its dictionary and slots do not account for."""
    if kind not in _layouts:
        if len(_layouts) > 10_000:
            _layouts.clear()
        _layouts[kind] = _has_hidden_memory(kind)
    return _layouts[kind]


def _is_installed(kind):
    return is_installed(getattr(sys.modules.get(name_of(kind)[0]), "__file__", None) or "<built-in>")


def _has_hidden_memory(kind):
    base = _base(kind)
    if base is None or not _flags(kind) & _HEAP:
        return kind is not object
    known = _basic(base)
    if "__slots__" in namespace_of(kind):
        known += _WORD * sum(type(v) is types.MemberDescriptorType for v in namespace_of(kind).values())
    for offset in (_dictionary, _weak):
        if offset(kind) > 0 and not offset(base):
            known += _WORD
    return _basic(kind) > known or _item(kind) != _item(base)


def attributes_of(value, kind):
    """The instance's own dictionary; None when it has none."""
    for base in reversed(bases_of(kind)):
        found = namespace_of(base).get("__dict__")
        if type(found) is types.GetSetDescriptorType:
            try:
                attributes = found.__get__(value)
            except (AttributeError, TypeError):
                continue
            return attributes if isinstance(attributes, dict) else None
    return None


def slots_of(value, kind):
    """(name, has a value, value) of the slots that `__slots__` of the instance's classes make."""
    for base in bases_of(kind):
        if "__slots__" not in namespace_of(base) or is_native(base):
            continue
        for name, member in namespace_of(base).items():
            if type(member) is types.MemberDescriptorType:
                try:
                    yield name, True, member.__get__(value)
                except AttributeError:
                    yield name, False, None


def members_of(value, kind):
    """(name, value) of what the built-in bases of an exception keep beside its arguments."""
    for base in bases_of(kind):
        if name_of(base)[0] != "builtins":
            continue
        for name, member in namespace_of(base).items():
            if type(member) in (types.MemberDescriptorType, types.GetSetDescriptorType):
                try:
                    yield name, member.__get__(value)
                except AttributeError:
                    continue


def reduced(value, kind):
    """
    What pickling would store of an instance of a class written in C; by the class's own means, not by those of a class of
    the user's derived from it. Raises when it has none.
    """
    given = copyreg.dispatch_table.get(kind)
    if given is not None:
        return given(value)
    native = native_base(kind)
    order = bases_of(kind)
    derived, own = order[: order.index(native)], order[order.index(native) :]
    for base in own:
        if base is object:
            break
        for name in ("__reduce_ex__", "__reduce__"):
            if name in namespace_of(base):
                found = namespace_of(base)[name]
                return found(value, 4) if name == "__reduce_ex__" else found(value)
    if any(name in namespace_of(base) for base in derived for name in _PICKLING if not _is_installed(base)):
        raise TypeError("only its own code can take it apart")
    return object.__reduce_ex__(value, 4)
