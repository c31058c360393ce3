"""From what a module has under a function's name to the function that was recorded: inside the decorators of the original.

Calls are recorded in the function's own body, so a decorator that the original has is left out on both sides. One that only the
new code has is part of what is judged: a cache, a compiler.
"""

import ast
import types

from .regioncode import NotReplayable


def common(old, new):
    """How many decorators of `new` stand outside of what is judged: those of `old`, which must come first."""
    before = [ast.dump(d) for d in getattr(old.node, "decorator_list", ())]
    now = [ast.dump(d) for d in getattr(new.node, "decorator_list", ())]
    if now[: len(before)] == before:
        return len(before)
    if sorted(now) == sorted(before) or not set(before) <= set(now):
        raise NotReplayable("the decorators around the function were changed, which happens outside of what was recorded")
    raise NotReplayable("a decorator was put around those that the function had, outside of what was recorded")


def callee(named, node, path, outer, module):
    """The callable to run: the function of `node` with the decorators that stand inside of the `outer` first ones."""
    decorators = node.decorator_list
    if outer == 0 and isinstance(named, (types.FunctionType, types.BuiltinFunctionType)) or not decorators:
        return named
    if outer == 0:
        return getattr(named, "__func__", named)
    core = _core(named, node, path)
    if core is None:
        raise NotReplayable("what its decorators make of the function %s does not lead back to it" % node.name)
    inner = [] if outer is None else decorators[outer:]
    for decorator in reversed(inner):
        expression = ast.fix_missing_locations(ast.Expression(body=decorator))
        core = eval(compile(expression, path, "eval"), module.__dict__)(core)
    return core


def _core(named, node, path):
    """The function that the `def` itself made, found through wrappers, closures and descriptors."""
    first = min([d.lineno for d in node.decorator_list] + [node.lineno])
    pending, seen = [named], set()
    while pending and len(seen) < 200:
        value = pending.pop(0)
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, types.FunctionType):
            code = value.__code__
            if code.co_filename == path and code.co_name == node.name and first <= code.co_firstlineno <= node.lineno:
                return value
            pending += [c.cell_contents for c in value.__closure__ or () if _is_filled(c)]
        for name in ("__wrapped__", "__func__", "fget", "fset", "fdel", "func", "py_func"):
            try:
                found = getattr(value, name, None)
            except Exception:  # a wrapper's own __getattr__
                continue
            if callable(found):
                pending.append(found)
    return None


def _is_filled(cell):
    try:
        return callable(cell.cell_contents)
    except ValueError:
        return False
