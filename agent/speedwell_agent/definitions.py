"""Which statements of a main script define something, so that executing them does not do the script's own work."""

import ast

from .globalnames import global_reads
from .regioncode import FUNCTIONS, SCOPES, blocks

_SETTINGS = (
    "sys.setrecursionlimit", "sys.path.", "numpy.seterr", "warnings.simplefilter", "warnings.filterwarnings",
    "pandas.set_option", "decimal.setcontext", "sys.set_int_max_str_digits", "matplotlib.use", "locale.setlocale",
)  # fmt: skip
_IMPURE = ("open", "input", "print", "exit", "quit", "exec", "eval")


def definitions(body, needed, imported):
    """The statements of `body` that define, in order; conditions and tries keep only what defines in them."""
    for statement in body:
        if isinstance(statement, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield statement
        elif isinstance(statement, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            if _is_needed(statement, needed, imported):
                yield statement
        elif isinstance(statement, ast.Expr):
            if _is_setting(statement.value, imported):
                yield statement
        elif isinstance(statement, ast.Try):
            kept = ast.Try(
                body=list(definitions(statement.body, needed, imported)) or [ast.Pass()],
                handlers=[
                    ast.ExceptHandler(h.type, h.name, list(definitions(h.body, needed, imported)) or [ast.Pass()])
                    for h in statement.handlers
                ],
                orelse=list(definitions(statement.orelse, needed, imported)),
                finalbody=list(definitions(statement.finalbody, needed, imported)),
            )
            if not statement.handlers and not kept.finalbody:
                kept.finalbody = [ast.Pass()]
            yield ast.fix_missing_locations(ast.copy_location(kept, statement))
        elif isinstance(statement, ast.If):
            if _is_main_guard(statement.test):
                for inner in definitions(statement.body, needed, imported):
                    yield inner
            elif not any(isinstance(n, (ast.Call, ast.NamedExpr)) for n in ast.walk(statement.test)):
                kept = ast.If(
                    statement.test,
                    list(definitions(statement.body, needed, imported)) or [ast.Pass()],
                    list(definitions(statement.orelse, needed, imported)),
                )
                yield ast.fix_missing_locations(ast.copy_location(kept, statement))
        elif isinstance(statement, ast.With):
            for inner in definitions(statement.body, needed, imported):
                yield inner


def _is_main_guard(test):
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq)):
        return False
    sides = [test.left, test.comparators[0]]
    named = any(isinstance(s, ast.Name) and s.id == "__name__" for s in sides)
    return named and any(isinstance(s, ast.Constant) and s.value == "__main__" for s in sides)


def _targets(statement):
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _is_needed(statement, needed, imported):
    if getattr(statement, "value", None) is None:
        return False
    if any(isinstance(n, ast.Call) and getattr(n.func, "id", None) in _IMPURE for n in ast.walk(statement.value)):
        return False
    if _targets(statement) & needed:
        return True
    # Settings and patches: os.environ["X"] = …, decimal.getcontext().prec = …, Class.method = …
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return all(isinstance(t, (ast.Attribute, ast.Subscript)) and _root(t) in imported for t in targets)


def _root(node):
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def _is_setting(value, imported):
    if not isinstance(value, ast.Call):
        return False
    parts, node = [], value.func
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return False
    dotted = ".".join([imported.get(node.id, node.id)] + parts[::-1])
    return dotted.startswith(_SETTINGS)


def imported_names(tree):
    """Names that imports and class statements bind, with the dotted name of what they are."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name.split(".")[0]] = alias.name if alias.asname else alias.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names[alias.asname or alias.name] = "%s.%s" % (node.module, alias.name)
        elif isinstance(node, ast.ClassDef):
            names[node.name] = node.name
    return names


def needed_names(tree, place, provided):
    """Names of module variables that definitions need when they are executed, or the region when it runs."""
    assigned, functions = {}, {}
    for statement in _flat(tree.body):
        if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            for name in _targets(statement):
                assigned.setdefault(name, []).append(statement)
        elif isinstance(statement, SCOPES):
            functions[statement.name] = statement
    work = []
    for node in functions.values():
        work += node.decorator_list
        if isinstance(node, ast.ClassDef):
            work += node.bases + [k.value for k in node.keywords]
            work += [s for s in node.body if not isinstance(s, FUNCTIONS)]
            for method in node.body:
                if isinstance(method, FUNCTIONS):
                    work += method.decorator_list + [d for d in method.args.defaults + method.args.kw_defaults if d]
                    work += _annotations(method)
        else:
            work += [d for d in node.args.defaults + node.args.kw_defaults if d] + _annotations(node)
    around = ()
    if place is not None:
        around = [scope for scope in place.scopes if isinstance(scope, FUNCTIONS)]
        # The class of a method, and what other methods of it use.
        work += [scope for scope in place.scopes if isinstance(scope, ast.ClassDef)]
    needed, seen = set(), set()
    reads = set() if place is None else set().union(*(global_reads(s, around) for s in place.statements))
    while work or reads:
        for name in reads - seen - set(provided):
            needed |= {name} & set(assigned)
            work += assigned.get(name, [])
            if name in functions:
                work.append(functions[name])
        seen |= reads
        reads = global_reads(work.pop()) if work else set()
    return needed


def _annotations(function):
    every = function.args.posonlyargs + function.args.args + function.args.kwonlyargs
    return [a.annotation for a in every if a.annotation] + ([function.returns] if function.returns else [])


def _flat(body):
    for statement in body:
        yield statement
        if isinstance(statement, (ast.If, ast.Try, ast.With)):
            for block in blocks(statement):
                for inner in _flat(block):
                    yield inner
