"""Which keys code asks of its records without any care for their being there."""

import ast

_CAREFUL = ("get", "pop", "setdefault", "__contains__")


def demanded_keys(text):
    """Keys that occur in `row["key"]`, and nowhere in the text as something that a row may lack."""
    asked, cared = set(), set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ExceptHandler):
            names = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)} if node.type else {"BaseException"}
            if names & {"KeyError", "LookupError", "Exception", "BaseException"}:
                return frozenset()
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            asked |= _texts(node.slice)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CAREFUL:
            cared |= set().union(*map(_texts, node.args))
        elif isinstance(node, ast.Compare) and any(isinstance(op, (ast.In, ast.NotIn)) for op in node.ops):
            cared |= _texts(node.left)
    return frozenset(asked - cared)


def _texts(node):
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and type(n.value) is str}
