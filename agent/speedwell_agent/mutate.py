"""Mutants of a region: small faults such as programmers make, to see whether the inputs of a proof tell them apart.

The operators are those of mutmut and cosmic-ray: other arithmetic and comparison operators, constants off by one, other texts,
negated conditions and conditions no longer negated, `and` for `or`, `break` for `continue`, shifted slice bounds, deleted
statements, None in the place of a value or an argument, loops that never begin, other methods of texts, `=` for `+=`, exceptions
that are no longer caught. Where two equal values meet in `if a > b: b = a`, `>=` does the same: such mutants are none.
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


_METHODS = [("lower", "upper"), ("lstrip", "rstrip"), ("find", "rfind"), ("ljust", "rjust"), ("index", "rindex"),
            ("removeprefix", "removesuffix"), ("partition", "rpartition"), ("split", "rsplit"), ("startswith", "endswith")]  # fmt: skip
_OTHER_METHOD = {one: other for pair in _METHODS for one, other in (pair, pair[::-1])}
_STRICT = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}


class Mutants:
    """At most `limit` mutants of the statements, spread over them; each is made when it is asked for, by number."""

    def __init__(self, statements, limit, seed):
        self._statements = statements
        self._sites = []
        for index, statement in enumerate(statements):
            head = _head(statement) | _told(statement)
            ties = {test for node in ast.walk(statement) for test in _tie_tests(node)}
            for number, node in enumerate(ast.walk(statement)):
                if node not in head:
                    changes = _of_compare(node, node in ties) if isinstance(node, ast.Compare) else _changes(node)
                    self._sites += [(index, number, change) for change in changes]
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


def _told(statement):
    """What only people read: docstrings, annotations, and the texts of exceptions."""
    texts = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Raise):
            texts |= set(ast.walk(node)) - {node}
        elif isinstance(node, ast.Expr) and _is_docstring(node):
            texts.add(node.value)
        note = getattr(node, "annotation", None) or getattr(node, "returns", None)
        if note is not None:
            texts |= set(ast.walk(note))
    return texts


def _tie_tests(node):
    """The comparisons after which two values are the same whichever way equal ones go: the larger of two, two in order."""
    if isinstance(node, ast.IfExp):
        chosen = [node.body, node.orelse]
    elif isinstance(node, ast.If) and not node.orelse and len(node.body) == 1 and isinstance(node.body[0], ast.Assign):
        chosen = [node.body[0].targets[0], node.body[0].value]
        if all(isinstance(part, ast.Tuple) and len(part.elts) == 2 for part in chosen):
            (one, two), exchanged = chosen[0].elts, chosen[1].elts
            chosen = [one, two] if _same([one, two], exchanged[::-1]) else []
    else:
        return
    test = node.test
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and type(test.ops[0]) in _STRICT:
        sides = [test.left, test.comparators[0]]
        if _same(sides, chosen) or _same(sides, chosen[::-1]):
            yield test


def _same(some, others):
    """Whether they are the same names, items or attributes, whether read or written."""
    return [ast.unparse(one) for one in some] == [ast.unparse(other) for other in others]


def _of_compare(node, equal_is_the_same):
    for position, operator in enumerate(node.ops):
        for other in _COMPARISON.get(type(operator), ()):
            if equal_is_the_same and _STRICT.get(type(operator)) is other:
                continue
            label = "%s for %s" % (other.__name__, type(operator).__name__)
            yield label, lambda n, p=position, o=other: n.ops.__setitem__(p, o())


def _changes(node):
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in _ARITHMETIC:
        other = _ARITHMETIC[type(node.op)]
        yield "%s for %s" % (other.__name__, type(node.op).__name__), lambda n: setattr(n, "op", other())
    elif isinstance(node, ast.BoolOp):
        other = ast.And if isinstance(node.op, ast.Or) else ast.Or
        yield "%s for %s" % (other.__name__, type(node.op).__name__), lambda n: setattr(n, "op", other())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "without the minus", lambda n: setattr(n, "op", ast.UAdd())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        yield "without the ~", lambda n: setattr(n, "op", ast.UAdd())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "no longer negated", lambda n: setattr(n, "operand", ast.UnaryOp(op=ast.Not(), operand=n.operand))
    elif isinstance(node, ast.Constant) and type(node.value) in (str, bytes) and node.value:
        yield "another text", lambda n: setattr(n, "value", n.value[:0].join([n.value, n.value[:1]]))
    elif isinstance(node, ast.Attribute) and node.attr in _OTHER_METHOD:
        other = _OTHER_METHOD[node.attr]
        yield "%s for %s" % (other, node.attr), lambda n: setattr(n, "attr", other)
    elif isinstance(node, ast.Lambda):
        yield "a function that gives None", lambda n: setattr(n, "body", _none())
    elif isinstance(node, ast.ExceptHandler) and node.type is not None:
        yield "an exception no longer caught", lambda n: setattr(n, "type", ast.Tuple(elts=[], ctx=ast.Load()))
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield "a constant plus one", lambda n: setattr(n, "value", n.value + 1)
        yield "a constant minus one", lambda n: setattr(n, "value", n.value - 1)
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield "the other truth value", lambda n: setattr(n, "value", not n.value)
    if isinstance(node, (ast.Assign, ast.AnnAssign)) and not _is_none(node.value):
        yield "None for a value", lambda n: setattr(n, "value", _none())
    if isinstance(node, ast.Call):
        # One of them: such a mutant is easily seen, and should not stand for the others.
        first = next((p for p, a in enumerate(node.args) if not isinstance(a, (ast.Starred, ast.Constant))), None)
        if first is not None:
            yield "None for an argument", lambda n: n.args.__setitem__(first, _none())
        for position, keyword in enumerate(node.keywords):
            if keyword.arg is not None:
                yield "without %s" % keyword.arg, lambda n, p=position: n.keywords.pop(p)
    if isinstance(node, (ast.For, ast.AsyncFor)):
        yield "a loop that never begins", lambda n: n.body.insert(0, ast.Break())
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
                if isinstance(statement, ast.AugAssign):
                    yield "= for an operator", lambda n, b=block, p=position: _assign(getattr(n, b), p)
                yield "a statement deleted", lambda n, b=block, p=position: getattr(n, b).__setitem__(p, ast.Pass())
    if isinstance(node, ast.Slice):
        for side in ("lower", "upper"):
            if getattr(node, side) is not None:
                yield "a slice bound plus one", lambda n, s=side: setattr(
                    n, s, ast.BinOp(left=getattr(n, s), op=ast.Add(), right=ast.Constant(value=1))
                )


def _assign(block, position):
    """`a = b` in the place of `a += b`."""
    old = block[position]
    block[position] = ast.copy_location(ast.Assign(targets=[old.target], value=old.value), old)


def _none():
    return ast.Constant(value=None)


def _is_none(node):
    return node is None or isinstance(node, ast.Constant) and node.value is None


def _is_docstring(statement):
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
