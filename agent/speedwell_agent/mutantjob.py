"""Whether the recorded and generated inputs tell a mutant of the original apart from it."""

import types

from . import mutate, regioncode
from .compare import CannotTell, Comparison, Difference
from .outcome import Observer
from .records import entry_of, read_records, run_plan


def mutant(job):
    """Run one mutant of the original (request: statements are made by number): whether an input tells it apart."""
    request = job.request
    kept = read_records(request["out"])
    region = job.load()
    found = mutate.mutants(region.place.statements, request["limit"], job.spec["seed"])
    if request["number"] < 0:
        return {"total": len(found)}
    label, statements = found[request["number"]]
    try:
        if not _install(region, statements):
            return {"state": "same code", "label": label}
    except (SyntaxError, ValueError, TypeError):
        return {"state": "no code", "label": label}
    observer = Observer(region, job.guard, kept.names)
    skip, unsure = set(request["skip"]), set(request["unsure"])
    comparison = Comparison(request["tolerance"])
    for record in sorted(kept.inputs, key=lambda r: r["seconds"]):
        if record["number"] in unsure:
            continue
        if job.remaining() < 0.2:
            return {"state": "late", "label": label}
        limit = max(0.2, 10 * record["seconds"])
        try:
            outcomes = run_plan(observer, entry_of(job, record), record["plan"], limit)
            for expected, actual in zip(record["outcomes"], outcomes):
                if actual["graph"] is None:
                    return {"state": "killed", "label": label}
                comparison.facets(expected["graph"], actual["graph"], skip)
        except Difference:
            return {"state": "killed", "label": label}
        except CannotTell:
            continue
    return {"state": "survived", "label": label}


def _install(region, statements):
    """Put mutated code in the region's place; False when it compiles to the same code as the original."""
    place = regioncode.Place(region.place.region, statements, region.place.scopes)
    if not region.is_function:
        mutated = regioncode.LoopCode(place, region.path)
        before = compile_plain(region.place.statements)
        region._loop = mutated
        return before != compile_plain(statements)
    if region._nested is not None:
        code, definition = region._nested
        region._nested = regioncode.nested_function_code(place, region.place.region["closure"], region.path)
        return _plain(code) != _plain(region._nested[0])
    closure = [name for name in _plain_function(region).__code__.co_freevars]
    code = regioncode.nested_function_code(place, closure, region.path)[0]
    function = _plain_function(region)
    changed = _plain(function.__code__) != _plain(code)
    function.__code__ = code
    return changed


def _plain_function(region):
    from .state import Entry

    function = region._function(Entry({}))
    while not isinstance(function, types.FunctionType) or hasattr(function, "__wrapped__"):
        following = getattr(function, "__wrapped__", None) or getattr(function, "py_func", None)
        if following is None:
            raise TypeError("the function's code cannot be replaced")
        function = following
    return function


def compile_plain(statements):
    import ast

    function = ast.parse("def f(): pass").body[0]
    function.body = [ast.parse("while 1: pass").body[0]]
    function.body[0].body = list(statements)
    tree = ast.fix_missing_locations(ast.Module(body=[function], type_ignores=[]))
    return _plain(compile(tree, "", "exec", dont_inherit=True))


def _plain(code):
    constants = tuple(_plain(c) if isinstance(c, types.CodeType) else repr(c) for c in code.co_consts)
    return (code.co_code, constants, code.co_names)
