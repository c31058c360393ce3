"""Puts probes around regions of a source file, by rewriting its syntax tree; positions of the user's code stay.

A function's body, a loop, or a statement of the top level, becomes

    if probe.resting:
        call = None
    else:
        for call in probe.quiet:
            break
        else:
            call = probe.enter(lambda: (free, variables))
    try:
        ...                                            # the user's statements
        if call is not None: call.ended("return")      # "end" for a loop
    except:
        if call is not None: call.failed()
        raise
    finally:
        if call is not None: call.leave()

with `return E` as `return E if call is None else probe.returned(E, call)`. `probe.quiet` is an iterator that yields
None until the probe wants to see a call again: advancing it counts an entry that is not watched, in some 20 ns and
without a frame. While it rests, entries are not counted (rests.py); a small function, of whose time even the `try` would
be a part, has its statements as they are in place of `call = None`, and a return there is a plain one. The lambda hands
over the closure's cells. Generator and async functions only get the first statement. Probes lie in `builtins`; `call` is
a local variable, and outside functions an attribute of the probe.
"""

import ast
import copy

# What these make of a function depends on its bytecode or source; probes would break it.
_compilers = {
    "jit", "njit", "autojit", "vectorize", "guvectorize", "cfunc", "stencil", "generated_jit", "overload", "jitclass",
    "script", "cython", "compile", "autograph",
}  # fmt: skip
_reads_locals = {"locals", "vars", "dir"}
_functions = (ast.FunctionDef, ast.AsyncFunctionDef)
_loops = (ast.For, ast.AsyncFor, ast.While)
_simple = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr)
_SMALL = 150  # nodes; a function of more takes longer than asking whether it is watched
_scopes = (*_functions, ast.Lambda, ast.ClassDef)


def instrument(tree, regions):
    """Put a probe around each region, in place. `regions`: list of (key, region as in schemas/region.ts); `key` names
    the probe. Returns region id -> why it could not be done, in words."""
    wanted = {}
    for key, region in regions:
        span = region["span"]
        wanted.setdefault((region["kind"], span["line"], span["column"]), []).append((key, region))
    compiled = _compiled_names(tree)
    problems = {region["id"]: "the region was not found in the source" for _, region in regions}
    for node, function in _nodes(tree, None):
        kind = _kind(node)
        for key, region in wanted.get((kind, node.lineno, node.col_offset), ()):
            holder = node if kind == "function" else function
            problem = None if holder is None else _problem(holder, compiled)
            if problem is None:
                problems.pop(region["id"], None)
                node.speedwell = (key, region, holder is not None)
            else:
                problems[region["id"]] = problem
    _Probes().visit(tree)
    ast.fix_missing_locations(tree)
    return problems


def _nodes(node, function):
    """(function, loop or statement, the innermost function it stands in) for all below `node`; None at module level."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (*_functions, *_loops, *_simple)):
            yield child, function
        inside = child if isinstance(child, (*_functions, ast.Lambda)) else function
        yield from _nodes(child, None if isinstance(child, ast.ClassDef) else inside)


def _kind(node):
    if isinstance(node, _functions):
        return "function"
    return "loop" if isinstance(node, _loops) else "statement"


def _problem(function, compiled):
    if function.name in compiled or any(_is_compiler(d) for d in function.decorator_list):
        return "the function is compiled by a decorator"
    # `vars(something)` and `dir(something)` are harmless.
    asking = {id(node.func) for node in ast.walk(function) if isinstance(node, ast.Call) and node.args}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id in _reads_locals and id(node) not in asking:
            return "the function looks at its own variables by %s()" % node.id
    return None


def _is_compiler(decorator):
    if isinstance(decorator, ast.Call):
        decorator = decorator.func
    while isinstance(decorator, ast.Attribute):
        if decorator.attr in _compilers:
            return True
        decorator = decorator.value
    return isinstance(decorator, ast.Name) and decorator.id in _compilers


def _compiled_names(tree):
    """Functions handed to a compiler by name: `fast = njit(slow)`, `jit(nopython=True)(slow)`."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_compiler(node.func):
            names.update(argument.id for argument in node.args if isinstance(argument, ast.Name))
    # What a compiled function calls or holds is compiled with it, when it is defined here.
    for node in ast.walk(tree):
        if isinstance(node, _functions) and (node.name in names or any(map(_is_compiler, node.decorator_list))):
            names.update(inner.name for inner in ast.walk(node) if isinstance(inner, _functions))
    return names


def _is_generator(function):
    pending = list(function.body)
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(node, _scopes):
            pending.extend(ast.iter_child_nodes(node))
    return False


class _Probes(ast.NodeTransformer):
    """Rewrites the marked nodes. `calls` are the probes that a `return` at this place must tell its value."""

    def __init__(self):
        self.calls = []
        self.loops = []  # per loop around this place: the probes that its `break` and `continue` would leave

    def visit_FunctionDef(self, node):
        calls, loops, self.calls, self.loops = self.calls, self.loops, [], []
        marked = getattr(node, "speedwell", None)
        if marked is None:
            self.generic_visit(node)
        elif isinstance(node, ast.AsyncFunctionDef) or _is_generator(node):
            self.generic_visit(node)
            how = "coroutine" if isinstance(node, ast.AsyncFunctionDef) else "generator"
            enter = _parse(_opened.format(how=how), node, *marked)
            _put_first(node, enter, keep=True)
        else:
            plain = _plain_body(node)
            self.calls.append(marked)
            self.generic_visit(node)
            wrapper = _parse(_around.format(how="return"), node, *marked)
            if plain is not None:
                wrapper[0].body = plain
                node.body = _without_declarations(node.body)
            _put_first(node, wrapper, keep=False)
        self.calls, self.loops = calls, loops
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node):
        calls, loops, self.calls, self.loops = self.calls, self.loops, [], []
        self.generic_visit(node)
        self.calls, self.loops = calls, loops
        return node

    def visit_Lambda(self, node):
        return node

    def visit_For(self, node):
        marked = getattr(node, "speedwell", None)
        if marked:
            self.calls.append(marked)
        self.loops.append([])
        node.body = self._statements(node.body)
        self.loops.pop()
        if marked:
            # In `else`, break and continue concern the loop around and so leave this one.
            for around in self.loops[-1:]:
                around.append(marked)
        node.orelse = self._statements(node.orelse)
        if not marked:
            return node
        for around in self.loops[-1:]:
            around.pop()
        self.calls.pop()
        wrapper = _parse(_around.format(how="end"), node, *marked)
        wrapper[1].body.insert(0, node)
        return wrapper

    visit_AsyncFor = visit_While = visit_For

    def visit_Assign(self, node):
        marked = getattr(node, "speedwell", None)
        if not marked:
            return node
        wrapper = _parse(_around.format(how="end"), node, *marked)
        wrapper[1].body.insert(0, node)
        return wrapper

    visit_AugAssign = visit_AnnAssign = visit_Expr = visit_Assign

    def _statements(self, body):
        result = []
        for statement in body:
            visited = self.visit(statement)
            result.extend(visited if isinstance(visited, list) else [visited])
        return result

    def _jump(self, node, how):
        marks = self.loops[-1] if self.loops else []
        return [s for m in marks for s in _parse("if {call} is not None: {call}.ended(%r)" % how, node, *m)] + [node]

    def visit_Break(self, node):
        return self._jump(node, "break")

    def visit_Continue(self, node):
        return self._jump(node, "continue")

    def visit_Return(self, node):
        if self.calls:
            names = [_names(*marked) for marked in self.calls]
            text = "return 0 if %s else {probe}.returned(0, %s)" % (
                " and ".join("%s is None" % n["call"] for n in names),
                ", ".join(n["call"] for n in names),
            )
            (wrapped,) = _parse(text, node, *self.calls[-1])
            value = node.value or ast.copy_location(ast.Constant(None), node)
            wrapped.value.body = value
            wrapped.value.orelse.args[0] = value
            return wrapped
        return node


_opened = """
if not {{probe}}.resting:
    for {{call}} in {{probe}}.quiet:
        break
    else:
        {{probe}}.opened({how!r}, {{cells}})
"""

_around = """
if {{probe}}.resting:
    {{call}} = None
else:
    for {{call}} in {{probe}}.quiet:
        break
    else:
        {{call}} = {{probe}}.enter({{cells}})
try:
    if {{call}} is not None: {{call}}.ended({how!r})
except:
    if {{call}} is not None: {{call}}.failed()
    raise
finally:
    if {{call}} is not None: {{call}}.leave()
"""


def _names(key, region, in_function):
    probe = probe_name(key)
    free = "".join("%s, " % name for name in region["closure"])
    return {
        "probe": probe,
        "call": "__speedwell_call_%s__" % key if in_function else probe + ".call",
        "cells": "lambda: (%s)" % free if free else "None",
    }


def probe_name(key):
    """The name in `builtins` under which instrumented code finds the probe `key`. Ends so that classes leave it be."""
    return "__speedwell_%s__" % key


def _parse(template, at, key, region, in_function):
    statements = ast.parse(template.format(**_names(key, region, in_function))).body
    for statement in statements:
        for node in ast.walk(statement):
            if hasattr(node, "lineno"):
                node.lineno, node.col_offset = at.lineno, at.col_offset
                node.end_lineno, node.end_col_offset = at.lineno, at.col_offset
    return statements


def _plain_body(function):
    """A copy of a small function's statements, to run when nobody looks; None when it is large, or a probe is in it."""
    size = 0
    for node in ast.walk(function):
        size += 1
        if size > _SMALL or (node is not function and hasattr(node, "speedwell")):
            return None
    body = copy.deepcopy(function.body[_documented(function):])
    ends = ast.copy_location(ast.Return(ast.copy_location(ast.Constant(None), body[-1])), body[-1]) if body else None
    return [*body, ends] if body else None


def _without_declarations(body):
    """The statements without `global` and `nonlocal`, which a function may state once, before a name's first use."""
    return [_NoDeclarations().visit(statement) for statement in body]


class _NoDeclarations(ast.NodeTransformer):
    def visit_Global(self, node):
        return ast.copy_location(ast.Pass(), node)

    visit_Nonlocal = visit_Global

    def visit_FunctionDef(self, node):
        return node

    visit_AsyncFunctionDef = visit_ClassDef = visit_Lambda = visit_FunctionDef


def _documented(function):
    """1 when the first statement is a docstring, else 0."""
    value = getattr(function.body[0], "value", None)
    return int(isinstance(function.body[0], ast.Expr) and isinstance(value, ast.Constant) and isinstance(value.value, str))


def _put_first(function, statements, keep):
    """Put `statements` after the docstring. Unless `keep`, the body moves into the `try` that ends them."""
    head, body = function.body[: _documented(function)], function.body[_documented(function) :]
    if keep:
        function.body = head + statements + body
    else:
        statements[-1].body = body + statements[-1].body
        function.body = head + statements
