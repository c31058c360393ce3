"""One small change of a program, as a slip of the pen makes it: what techniques know becomes what only looks like it."""

import ast

_COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod)


def mutated(text, r):
    """`text` with one change, or as it is where nothing can be changed."""
    tree = ast.parse(text)
    changes = [change for node in ast.walk(tree) for change in _changes(node, tree, r)]
    if not changes:
        return text
    r.choice(changes)()
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def _changes(node, tree, r):
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARISONS:
        yield lambda: node.ops.__setitem__(0, r.choice(_COMPARISONS)())
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.In, ast.NotIn)):
        yield lambda: node.ops.__setitem__(0, ast.NotIn() if isinstance(node.ops[0], ast.In) else ast.In())
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in _OPERATORS:
        yield lambda: setattr(node, "op", r.choice(_OPERATORS)())
    if isinstance(node, ast.BinOp):
        yield lambda: (lambda a, b: (setattr(node, "left", b), setattr(node, "right", a)))(node.left, node.right)
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield lambda: setattr(node, "value", node.value + r.choice((1, -1)))
    if isinstance(node, ast.Constant) and type(node.value) is str and node.value:
        yield lambda: setattr(node, "value", node.value[:-1])
    if isinstance(node, (ast.For, ast.While, ast.If, ast.FunctionDef)):
        yield from _in_body(node, tree, r)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("min", "max"):
        yield lambda: setattr(node.func, "id", "max" if node.func.id == "min" else "min")
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        names = sorted({n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)})
        if node.id in names and len(names) > 1:
            yield lambda: setattr(node, "id", r.choice(names))


def _in_body(node, tree, r):
    body = node.body
    inside = isinstance(node, (ast.For, ast.While))
    at = r.randrange(len(body))
    if len(body) > 1 and not isinstance(body[at], ast.Return):
        yield lambda: body.pop(at)
        yield lambda: body.insert(at + 1, body[at])
    if len(body) > 2:
        yield lambda: body.__setitem__(slice(0, 2), body[1::-1])
    parameters = [a.arg for n in tree.body if isinstance(n, ast.FunctionDef) for a in n.args.args]
    name = r.choice(parameters) if parameters else "None"
    for text in (
        "if len(%s) > 4: break" % name if inside else "if not %s: return None" % name,
        "print(%s)" % name,
        "%s = list(%s)" % (name, name),
        "%s.append(%s[0])" % (name, name) if not inside else "pass",
    ):
        yield lambda text=text: body.insert(at, ast.parse(text if "break" not in text else "while 1:\n " + text).body[0] if "break" not in text else ast.parse("while 1:\n    " + text).body[0].body[0])
