"""Find a region in a module's syntax tree and compile it so that it can be run alone on a recorded entry.

A function region is looked up in the rebuilt module by its qualified name; a nested one is compiled between stand-ins of
its enclosing scopes and gets the cells of the entry. A loop in a function becomes the body of a function whose parameters
are the loop's live-in names, so that names are fast locals as they were. A loop or statement at module level stays module code.
"""

import ast
import types

_LOCALS = "__speedwell_locals__"
_PASS = "__speedwell_pass__"
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class NotReplayable(Exception):
    """The region cannot be run in isolation; the message is a plain phrase that says why."""


class Place:
    """Where a region stands: its statements, the scopes around them from the outside in, and what kind it is."""

    def __init__(self, region, statements, scopes):
        self.region = region
        self.statements = statements
        self.scopes = scopes

    @property
    def node(self):
        return self.statements[0]


def find(tree, region):
    """The `Place` of `region` (as JSON of schemas/region.ts) in `tree`. Raises NotReplayable when it is not there."""
    if region["kind"] == "function":
        found = [
            Place(region, [node], scopes)
            for node, scopes in _definitions(tree, ())
            if _qualname(scopes + (node,)) == region["qualname"]
        ]
        inside = [place for place in found if _overlaps(place.node, region["span"])]
        if not (inside or found):
            raise NotReplayable("the function %s is not in the source" % region["qualname"])
        return (inside or found)[-1]
    return Place(region, *_statements_within(tree, region))


def _definitions(node, scopes):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, FUNCTIONS):
            yield child, scopes
        inner = scopes + (child,) if isinstance(child, SCOPES) else scopes
        for found in _definitions(child, inner):
            yield found


def _qualname(scopes):
    name = ""
    for index, scope in enumerate(scopes):
        name += scope.name
        if index + 1 < len(scopes):
            name += "." if isinstance(scope, ast.ClassDef) else ".<locals>."
    return name


def _start(node):
    decorators = getattr(node, "decorator_list", None)
    return (node.lineno, node.col_offset) if not decorators else (decorators[0].lineno, 0)


def _overlaps(node, span):
    return _start(node) <= (span["endLine"], span["endColumn"]) and (node.end_lineno, node.end_col_offset) >= (
        span["line"],
        span["column"],
    )


def _statements_within(tree, region):
    """The statements of one block that lie wholly inside the span: the loop itself, or whatever replaced it."""
    span = region["span"]
    low, high = (span["line"], span["column"]), (span["endLine"], span["endColumn"])

    def search(node, scopes):
        for block in blocks(node):
            inside = [s for s in block if _start(s) >= low and (s.end_lineno, s.end_col_offset) <= high]
            if inside:
                return inside, scopes
            for statement in block:
                if _start(statement) <= low and (statement.end_lineno, statement.end_col_offset) >= high:
                    inner = scopes + (statement,) if isinstance(statement, SCOPES) else scopes
                    return search(statement, inner)
        return None

    found = search(tree, ())
    if found is None:
        # Everything was moved out of the span (for example into an expression after it): nothing runs here any more.
        if region.get("replaced"):
            return [ast.Pass(lineno=span["line"], col_offset=0, end_lineno=span["line"], end_col_offset=4)], ()
        raise NotReplayable("the region is not where it was in the source")
    return found


def blocks(node):
    for field in ("body", "orelse", "finalbody"):
        block = getattr(node, field, None)
        if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
            yield block
    for handler in list(getattr(node, "handlers", [])) + list(getattr(node, "cases", [])):
        yield handler.body


class LoopCode:
    """A loop or statement compiled to be run on one entry: `run(entry, module) -> (how, value, bound)`."""

    def __init__(self, place, path):
        self.place = place
        self.path = path
        self.region = place.region
        self.functions = [scope for scope in place.scopes if isinstance(scope, FUNCTIONS)]
        if place.scopes and isinstance(place.scopes[-1], ast.ClassDef):
            raise NotReplayable("the loop stands in the body of a class")
        self.in_function = bool(place.scopes)
        self.compiled = {}

    def prepare(self, entry, module):
        """A callable without arguments that runs the region once on `entry`."""
        if not self.in_function:
            return self._module_level(entry, module)
        unbound = frozenset(entry.unbound)
        if unbound not in self.compiled:
            self.compiled[unbound] = self._compile(unbound)
        code = self.compiled[unbound]
        function = types.FunctionType(code, module.__dict__, code.co_name, None, self._cells(code, entry, module))
        module.__dict__[_LOCALS] = locals
        values = [None if name in unbound else entry.arguments[name] for name in self._parameters(unbound)]
        names = self.region["liveOut"]

        def run():
            try:
                how, value = function(*values)
            except BaseException as error:
                return "exception", error, _locals_at(error, code, names)
            if how == "return":
                return how, value, {}
            return how, None, {name: value[name] for name in names if name in value}

        return run

    def _parameters(self, unbound):
        # Names of enclosing functions come as cells, names that had no value as locals without one.
        return [name for name in self.region["liveIn"] if name not in self.region["closure"]]

    def _module_level(self, entry, module):
        if _leaves_outward(self.place.statements):
            raise NotReplayable("a break or continue in the loop's else concerns the loop around it")
        tree = ast.Module(body=list(self.place.statements), type_ignores=[])
        if "code" not in self.compiled:
            self.compiled["code"] = compile(tree, self.path, "exec", dont_inherit=True)
        code = self.compiled["code"]
        space = module.__dict__
        for name in entry.unbound:
            space.pop(name, None)
        space.update(entry.arguments)
        names = self.region["liveOut"]

        def run():
            try:
                exec(code, space)
            except BaseException as error:
                return "exception", error, {name: space[name] for name in names if name in space}
            return "end", None, {name: space[name] for name in names if name in space}

        return run

    def _compile(self, unbound):
        function = self.functions[-1]
        body = [_ReturnsTold().visit(_copy(s)) for s in self.place.statements]
        ended = _parse("return ('end', %s())" % _LOCALS)
        if _leaves_outward(self.place.statements):
            frame = _parse(
                "for %s in (0, 1):\n if %s: return ('continue', %s())\nreturn ('break', %s())"
                % (_PASS, _PASS, _LOCALS, _LOCALS)
            )
            frame[0].body += body + ended
            body = frame
        else:
            body = body + ended
        parameters = self._parameters(unbound)
        prologue = []
        for word, names in zip(("global", "nonlocal"), _declared(function)):
            used = [n for n in names if n not in parameters]
            if used:
                prologue += _parse("%s %s" % (word, ", ".join(used)))
        prologue += [s for name in parameters if name in unbound for s in _parse("del %s" % name)]
        definition = _parse("def %s(%s): pass" % (function.name, ", ".join(parameters)))[0]
        definition.body = prologue + body
        tree = _within_scopes(definition, self.place.scopes[:-1], self.region["closure"])
        code = compile(tree, self.path, "exec", dont_inherit=True)
        return _code_named(code, function.name, self.place.node.lineno)

    def _cells(self, code, entry, module):
        return cells_for(code, entry.closure, self.place.scopes, module)


def cells_for(code, closure, scopes, module):
    """The closure of a function compiled from `code`: the entry's cells, and the class for zero-argument `super`."""
    cells = []
    for name in code.co_freevars:
        if name in closure:
            cells.append(closure[name])
        elif name == "__class__":
            cells.append(types.CellType(_enclosing_class(scopes, module)))
        else:
            cells.append(types.CellType())
    return tuple(cells)


def _enclosing_class(scopes, module):
    for index in range(len(scopes) - 1, -1, -1):
        if isinstance(scopes[index], ast.ClassDef):
            found = module
            for part in _qualname(scopes[: index + 1]).split("."):
                found = getattr(found, part, None)
            if isinstance(found, type):
                return found
    raise NotReplayable("the class around the region cannot be found again")


def nested_function_code(place, closure, path):
    """The code object of a nested function, compiled with `closure` names as free variables."""
    definition = _copy(place.node)
    definition.decorator_list = []
    tree = _within_scopes(definition, place.scopes, closure)
    code = compile(tree, path, "exec", dont_inherit=True)
    return _code_named(code, definition.name, definition.lineno), definition


def _within_scopes(definition, scopes, closure):
    """A module in which `definition` stands inside stand-ins of `scopes`, with `closure` bound around it."""
    names = [name for name in closure if name != "__class__"]
    outer = _parse("def __speedwell_scope__():\n pass")[0]
    outer.body = [s for name in names for s in _parse("%s = None" % name)]
    if definition.name not in names:  # one that calls itself finds itself where everyone else does
        outer.body += _parse("global %s" % definition.name)
    inner = [definition]
    for scope in reversed(scopes):
        if isinstance(scope, ast.ClassDef):  # names such as __x are mangled with the class's name
            stand_in = _parse("class %s: pass" % scope.name)[0]
            stand_in.body = inner
            inner = [stand_in]
            break
    outer.body += inner
    return ast.fix_missing_locations(ast.Module(body=[outer], type_ignores=[]))


def _code_named(code, name, line):
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            if constant.co_name == name and constant.co_freevars is not None and _is_function(constant):
                return constant
            found = _code_named(constant, name, line)
            if found is not None:
                return found
    return None


def _is_function(code):
    return bool(code.co_flags & 0x2)  # CO_NEWLOCALS with fast locals; a class body has no CO_OPTIMIZED


def _declared(function):
    """Names that the function itself declares `global` and `nonlocal`."""
    declared = ([], [])

    def visit(node):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, SCOPES + (ast.Lambda,)):
                continue
            if isinstance(child, ast.Global):
                declared[0].extend(child.names)
            elif isinstance(child, ast.Nonlocal):
                declared[1].extend(child.names)
            visit(child)

    visit(function)
    return declared


class _ReturnsTold(ast.NodeTransformer):
    """`return x` of the region's own function becomes `return ('return', x)`."""

    def visit_FunctionDef(self, node):
        return node

    visit_AsyncFunctionDef = visit_ClassDef = visit_Lambda = visit_FunctionDef

    def visit_Return(self, node):
        value = node.value or ast.Constant(value=None)
        told = ast.Tuple(elts=[ast.Constant(value="return"), value], ctx=ast.Load())
        return ast.copy_location(ast.fix_missing_locations(ast.copy_location(ast.Return(value=told), node)), node)


def _leaves_outward(statements):
    """Whether a `break` or `continue` among `statements` concerns a loop around them."""

    def visit(node):
        if isinstance(node, (ast.Break, ast.Continue)):
            return True
        if isinstance(node, SCOPES + (ast.Lambda,)):
            return False
        if isinstance(node, (ast.For, ast.While, ast.AsyncFor)):
            return any(visit(child) for child in node.orelse)
        return any(visit(child) for child in ast.iter_child_nodes(node))

    return any(visit(statement) for statement in statements)


def _locals_at(error, code, names):
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code is code:
            values = trace.tb_frame.f_locals
            return {name: values[name] for name in names if name in values}
        trace = trace.tb_next
    return {}


def _copy(node):
    import copy

    return copy.deepcopy(node)


def _parse(text):
    return ast.parse(text).body
