"""Whether the recorded and generated inputs tell mutants of the original apart from it."""

import os
import sys
import threading
import types

from . import mutate, namespace, regioncode
from .compare import CannotTell, Comparison, Difference
from .forked import answer, in_fork
from .outcome import Observer
from .records import entry_of, read_records, run_plan

_QUICK = 0.5  # seconds


def mutants(job):
    """
    Run mutants of the original from the number `first` on, each in a fork for at most `each` seconds, until the time ends:
    {"total", "done", "killed", "survived"}. One that never ends or takes its process down is told apart as surely as one
    with another result.
    """
    request = job.request
    kept = read_records(request["out"])
    found = mutate.Mutants(_place(job).statements, request["limit"], job.spec["seed"])
    counts = {"total": len(found), "done": 0, "killed": 0, "survived": 0}
    region = None
    for number in range(request["first"], len(found)):
        seconds = min(request["each"], job.remaining())
        if seconds < 0.2:
            break

        def work(path, _):
            try:
                loaded = region or job.load()
            except Exception:
                return answer(path, {"state": "not loaded", "threads": True})
            state = _state(job, loaded, kept, found[number][1])
            answer(path, {"state": state, "threads": threading.active_count() > 1})

        ended = in_fork(work, job.spec["private"], seconds, own_group=False)
        if ended.get("late") and seconds < request["each"] or ended.get("result", {}).get("state") == "late":
            break  # our own time has ended, which shows nothing
        counts["done"] += 1
        state = ended["result"]["state"] if "result" in ended else "killed"
        if state in counts:
            counts[state] += 1
        # Loaded once for all, unless that starts threads, which no fork has.
        if region is None and "result" in ended and not ended["result"]["threads"]:
            region = job.load()
    return counts


def _state(job, region, kept, statements):
    """What becomes of one mutant: killed or survived; `same` where it is no other code, `late` where the time ends."""
    try:
        if not _install(_changed(job, region), statements):
            return "same"
    except (SyntaxError, ValueError, TypeError, regioncode.NotReplayable):
        return "same"
    request = job.request
    observer = Observer(region, job.guard, kept.names)
    skip, unsure = set(request["skip"]), set(request["unsure"])
    comparison = Comparison(request["tolerance"])
    usable = [record for record in kept.inputs if record["number"] not in unsure and not record.get("fromRun")]
    # What only a long input would tell apart counts as not told apart: running all mutants on it takes more than it shows.
    quick = [record for record in usable if record["seconds"] <= _QUICK] or usable
    for record in sorted(quick, key=lambda r: r["seconds"]):
        if job.remaining() < 0.2:
            return "late"
        limit = max(0.2, 10 * record["seconds"])
        try:
            outcomes = run_plan(observer, entry_of(job, record), record["plan"], limit)
            for expected, actual in zip(record["outcomes"], outcomes):
                if actual["graph"] is None:
                    return "killed"
                comparison.facets(expected["graph"], actual["graph"], skip)
        except Difference:
            return "killed"
        except CannotTell:
            continue
    return "survived"


def _place(job):
    """What mutants are made of: the region, or the function that it is replayed for."""
    spec = job.spec.get("mutated")
    return job.place() if spec is None else regioncode.find(namespace.parse(spec["text"], spec["path"]), spec["region"])


def _changed(job, region):
    """The same where it can be run: a function that the region is replayed for, in the module that the region calls."""
    spec = job.spec.get("mutated")
    if spec is None:
        return region
    real = os.path.realpath(spec["path"])
    for module in [region.module, *sys.modules.values()]:
        if os.path.realpath(getattr(module, "__file__", None) or "") == real:
            changed = namespace.Region(spec["text"], spec["path"], _place(job), module)
            if changed.is_function and changed._nested is None:
                return changed
    raise regioncode.NotReplayable("no mutant of it can be put where the region would run it")


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
