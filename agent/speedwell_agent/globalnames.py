"""Which names of a piece of code mean variables of the module: those that no function in or around it binds."""

import ast

from .regioncode import FUNCTIONS

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def global_reads(node, functions=()):
    """The names that `node` reads of its module; `functions` are those around it."""
    bound = frozenset().union(*(_locals(function) for function in functions))
    found = set()
    waiting = [(node, bound)]
    while waiting:
        at, bound = waiting.pop()
        if isinstance(at, ast.Name):
            if isinstance(at.ctx, ast.Load) and at.id not in bound:
                found.add(at.id)
        elif isinstance(at, FUNCTIONS + (ast.Lambda,)):
            inner = bound - _declared(at) | _locals(at)
            body = at.body if isinstance(at.body, list) else [at.body]
            waiting += [(part, inner) for part in body]
            waiting += [(part, bound) for part in ast.iter_child_nodes(at) if part not in body]
        elif isinstance(at, _COMPREHENSIONS):
            targets = [n.id for g in at.generators for n in ast.walk(g.target) if isinstance(n, ast.Name)]
            first = at.generators[0].iter  # the only part that is evaluated outside
            waiting.append((first, bound))
            inner = bound | set(targets)
            parts = [p for p in ast.iter_child_nodes(at) if not isinstance(p, ast.comprehension)] + [
                p for g in at.generators for p in [g.target, g.iter] + g.ifs if p is not first
            ]
            waiting += [(part, inner) for part in parts]
        else:
            waiting += [(part, bound) for part in ast.iter_child_nodes(at)]
    return found


def _own_nodes(function):
    """The nodes of a function's body that belong to its own scope."""
    waiting = list(function.body) if isinstance(function.body, list) else [function.body]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, FUNCTIONS + (ast.Lambda, ast.ClassDef) + _COMPREHENSIONS):
            waiting += ast.iter_child_nodes(node)


def _declared(function):
    """Names that the function says are not its own."""
    return {n for node in _own_nodes(function) if isinstance(node, (ast.Global, ast.Nonlocal)) for n in node.names}


def _locals(function):
    arguments = function.args
    every = arguments.posonlyargs + arguments.args + arguments.kwonlyargs + [arguments.vararg, arguments.kwarg]
    names = {a.arg for a in every if a}
    for node in _own_nodes(function):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, FUNCTIONS + (ast.ClassDef,)) or (isinstance(node, ast.ExceptHandler) and node.name):
            names.add(node.name)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name.split(".")[0])
    return names - _declared(function)
