"""Mutants of a region: small faults such as programmers make, to see whether the inputs of a proof tell them apart.

The operators are those of mutmut and cosmic-ray: other arithmetic and comparison operators, constants off by one, negated
conditions, `and` for `or`, `break` for `continue`, shifted slice bounds, deleted statements.
"""

import ast
import copy
import random

_ARITHMETIC = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Div,
               ast.Mod: ast.FloorDiv, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
               ast.BitXor: ast.BitAnd, ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.MatMult: ast.Mult}  # fmt: skip
_COMPARISON = {ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
               ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,), ast.Is: (ast.IsNot,),
               ast.IsNot: (ast.Is,)}  # fmt: skip


class Mutants:
    """At most `limit` mutants of the statements, spread over them; each is made when it is asked for, by number."""

    def __init__(self, statements, limit, seed):
        self._statements = statements
        self._sites = []
        for index, statement in enumerate(statements):
            head = _head(statement)
            for number, node in enumerate(ast.walk(statement)):
                if node not in head:
                    self._sites += [(index, number, change) for change in _changes(node)]
        random.Random(seed).shuffle(self._sites)
        del self._sites[limit:]

    def __len__(self):
        return len(self._sites)

    def __getitem__(self, which):
        """(description with line, mutated statements); the originals stay as they are."""
        index, number, (label, change) = self._sites[which]
        changed = list(self._statements)
        changed[index] = copy.deepcopy(changed[index])
        node = next(n for i, n in enumerate(ast.walk(changed[index])) if i == number)
        line = getattr(node, "lineno", changed[index].lineno)
        change(node)
        ast.fix_missing_locations(changed[index])
        return "line %d: %s" % (line, label), changed


def _head(statement):
    """What of a function is evaluated before it is called: decorators, defaults and annotations are no part of it."""
    if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return set()
    outer = [statement.args] + statement.decorator_list + [statement.returns] * (statement.returns is not None)
    return {node for part in outer for node in ast.walk(part)}


def _changes(node):
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in _ARITHMETIC:
        other = _ARITHMETIC[type(node.op)]
        yield "%s for %s" % (other.__name__, type(node.op).__name__), lambda n: setattr(n, "op", other())
    elif isinstance(node, ast.Compare):
        for position, operator in enumerate(node.ops):
            for other in _COMPARISON.get(type(operator), ()):
                label = "%s for %s" % (other.__name__, type(operator).__name__)
                yield label, lambda n, p=position, o=other: n.ops.__setitem__(p, o())
    elif isinstance(node, ast.BoolOp):
        other = ast.And if isinstance(node.op, ast.Or) else ast.Or
        yield "%s for %s" % (other.__name__, type(node.op).__name__), lambda n: setattr(n, "op", other())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "without the minus", lambda n: setattr(n, "op", ast.UAdd())
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield "a constant plus one", lambda n: setattr(n, "value", n.value + 1)
        yield "a constant minus one", lambda n: setattr(n, "value", n.value - 1)
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield "the other truth value", lambda n: setattr(n, "value", not n.value)
    if isinstance(node, (ast.If, ast.While, ast.IfExp)):
        yield "a negated condition", lambda n: setattr(n, "test", ast.UnaryOp(op=ast.Not(), operand=n.test))
    for block in ("body", "orelse"):
        statements = getattr(node, block, None)
        if not isinstance(statements, list):
            continue
        for position, statement in enumerate(statements):
            if isinstance(statement, ast.Break):
                yield "continue for break", lambda n, b=block, p=position: getattr(n, b).__setitem__(p, ast.Continue())
            elif isinstance(statement, ast.Continue):
                yield "break for continue", lambda n, b=block, p=position: getattr(n, b).__setitem__(p, ast.Break())
            elif isinstance(statement, (ast.Assign, ast.AugAssign, ast.Expr, ast.Return)) and not _is_docstring(statement):
                yield "a statement deleted", lambda n, b=block, p=position: getattr(n, b).__setitem__(p, ast.Pass())
    if isinstance(node, ast.Slice):
        for side in ("lower", "upper"):
            if getattr(node, side) is not None:
                yield "a slice bound plus one", lambda n, s=side: setattr(
                    n, s, ast.BinOp(left=getattr(n, s), op=ast.Add(), right=ast.Constant(value=1))
                )


def _is_docstring(statement):
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
