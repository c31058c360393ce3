"""The literals of a region's source, as values for inputs: a branch that compares with 1000 is met by 999, 1000 and 1001."""

import ast
import math

_MOST = 24  # of each type


class Palette:
    """Values by type that are worth trying in place of a recorded one."""

    def __init__(self, statements=()):
        self.values = {int: [], float: [], str: [], bytes: []}
        self.lengths = []
        for statement in statements:
            docstrings = _docstrings(statement)
            for node in ast.walk(statement):
                if isinstance(node, ast.Constant) and id(node) not in docstrings:
                    self._add(node.value)
                elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
                    if type(node.operand.value) in (int, float):
                        self._add(-node.operand.value)

    def _add(self, value):
        kind = type(value)
        near = [value]
        if kind is int:
            near = [value, value - 1, value + 1]
            if 2 < value <= 300 and len(self.lengths) < 9:
                self.lengths += [n for n in near if n not in self.lengths]
        elif kind is float and math.isfinite(value):
            step = math.ulp(value) if hasattr(math, "ulp") else abs(value) * 2.0**-52
            near = [value, value - step, value + step, value + 1.0]
        elif kind not in (str, bytes) or len(value) > 200:
            return
        known = self.values[kind]
        if len(known) < _MOST:
            known += [v for v in near if v not in known]

    def for_type(self, kind):
        """Values for a place that held one of `kind`; a float's place takes whole numbers too."""
        found = list(self.values.get(kind, ()))
        if kind is float:
            found += [float(v) for v in self.values[int] if abs(v) < 2**53]
        return found

    def without(self, other):
        """What of this one the other does not hold."""
        rest = Palette()
        rest.values = {kind: [v for v in held if v not in other.values[kind]] for kind, held in self.values.items()}
        rest.lengths = [n for n in self.lengths if n not in other.lengths]
        return rest

    def __bool__(self):
        return any(self.values.values())


def _docstrings(statement):
    """Expressions that are only text."""
    return {id(n.value) for n in ast.walk(statement) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
