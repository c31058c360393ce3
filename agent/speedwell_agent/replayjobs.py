"""The jobs of a replay: run the original and keep what it did, run it again, check a rewrite, try mutants and candidates.

A record is one input with what the original did on it: {"origin", "label", "domain", "plan", "call" or "entry",
"outcomes", "seconds"}. Records are pickled one after the other into a file, so that those before a crash can be used.
"""

import pickle
import time
import types

from . import generate, outcome, regioncode, snapshot
from .compare import CannotTell, Comparison, Difference, shorten
from .namespace import Region
from .outcome import Observer

_LOUD = ("TypeError", "OverflowError", "ValueError", "TypingError", "AttributeError", "UFuncTypeError", "SystemError",
         "NumbaValueError", "UnsupportedError", "LoweringError", "NumbaTypeError")  # fmt: skip


def expect(job):
    """Run the original on recorded and generated inputs; writes the records and says what reproduced the run."""
    request = job.request
    region = job.load()
    observer = Observer(region, job.guard)
    file = open(request["out"], "wb")
    pickle.dump(observer.names, file)
    counts = {"recorded": 0, "generated": 0, "skipped": 0, "unfaithful": 0}
    problems = []
    skip = set(request.get("skip", ()))
    number = 0

    def keep(origin, label, domain, plan, entry_or_call, limit):
        nonlocal number
        number += 1
        job.at({"input": number, "label": label, "origin": origin})
        if number in skip:
            counts["skipped"] += 1
            return None
        frozen = None
        if origin == "generated":
            frozen = snapshot.freeze(entry_or_call)
            entry = snapshot.thaw(frozen)
        else:
            entry = job.calls[entry_or_call].entry()
        job.watch(2 * limit + 20)
        start = time.perf_counter()
        outcomes = run_plan(observer, entry, plan, limit)
        seconds = time.perf_counter() - start
        # Where the stack ends depends on who calls: such a generated input says nothing about the region.
        deep = origin == "generated" and any(o["type"] == "builtins.RecursionError" for o in outcomes)
        if deep or any(o["limit"] for o in outcomes) or (origin == "generated" and any(o["blocked"] for o in outcomes)):
            counts["skipped"] += 1
            return outcomes
        record = {
            "origin": origin, "label": label, "domain": domain, "plan": plan, "number": number,
            "call": entry_or_call if frozen is None else None, "entry": frozen, "outcomes": outcomes, "seconds": seconds,
        }  # fmt: skip
        pickle.dump(record, file, protocol=4)
        file.flush()
        counts[origin] += 1
        return outcomes

    budget = job.remaining()
    for index in _spread(job.calls, request["calls"]):
        if counts["recorded"] >= 2 and job.remaining() < 0.6 * budget:
            break
        outcomes = keep("recorded", "recorded call %d" % job.calls[index].number, "recorded", "once", index, job.remaining())
        if outcomes is None:
            continue
        problem = _unfaithful(job.calls[index], outcomes[0])
        if problem:
            problems.append(problem)
            counts["unfaithful"] += 1
            if len(problems) > 2:
                break
    blocked = next((p for p in problems if p.startswith("it ")), None)
    if not problems and counts["recorded"]:
        small = sorted(job.calls, key=lambda call: call.bytes)[: request["bases"]]
        for plan, label in (("twice", "called twice, the input changed in between"), ("defaults", "defaults left out, twice")):
            for call in small[:2]:
                if plan == "defaults" and not _has_defaults(region):
                    continue
                keep("generated", label, "same types", plan, generate.shrink(call.entry(), 12), 1.0)
        spread = [job.calls[i] for i in _spread(job.calls, request["bases"])]
        share = 0.5 * job.remaining()
        started = time.monotonic()
        seen = set()
        for label, domain, entry in generate.generate(spread, job.spec["seed"]):
            if counts["generated"] >= request["generated"] or time.monotonic() - started > share:
                break
            try:
                frozen = snapshot.freeze(entry)
            except Exception:
                continue
            if frozen in seen:
                continue
            seen.add(frozen)
            keep("generated", label, domain, "once", entry, 0.5)
    file.close()
    return dict(counts, problems=problems, blocked=blocked)


def _spread(calls, count):
    """Indexes of at most `count` calls: smallest and largest, then evenly over sizes, cheapest first."""
    order = sorted(range(len(calls)), key=lambda i: calls[i].bytes)
    if len(order) <= count:
        return order
    return sorted({order[round(i * (len(order) - 1) / (count - 1))] for i in range(count)}, key=lambda i: calls[i].bytes)


def _has_defaults(region):
    arguments = getattr(region.place.node, "args", None)
    return region.is_function and bool(arguments.defaults or [d for d in arguments.kw_defaults if d])


def run_plan(observer, entry, plan, limit):
    """What was observed on the entry: one outcome, or two of calls in a row that share their state."""
    if plan == "once":
        return [observer.observe(entry, limit)]
    if plan == "defaults":
        arguments = observer.region.place.node.args
        named = [a.arg for a in arguments.posonlyargs + arguments.args]
        left_out = named[len(named) - len(arguments.defaults) :]
        left_out += [a.arg for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults) if d]
        entry.unbound = list(entry.unbound) + left_out
        return [observer.observe(entry, limit), observer.observe(entry, limit)]
    first = observer.observe(entry, limit)
    generate.perturb(entry)
    return [first, observer.observe(entry, limit)]


def _unfaithful(call, observed):
    """Why replaying did not reproduce what the run recorded of this call, or None."""
    if observed["blocked"]:
        return "it %s, which a replay may not do" % observed["blocked"]
    if observed["limit"]:
        return "a recorded call does not end within the limit of %s" % observed["limit"]
    exit = call.exit()
    if exit.how in ("generator", "coroutine"):
        return None
    graph = outcome.entry_of_exit(exit, call.entry())
    seen = {"nodes": observed["graph"]["nodes"], "roots": dict(observed["graph"]["roots"])}
    if exit.how == "exception" and observed["how"] == "exception":
        if exit.exception.type != observed["type"]:
            return "replayed, a recorded call raises %s in place of %s" % (observed["type"], exit.exception.type)
    seen["roots"] = {name: ref for name, ref in seen["roots"].items() if name in graph["roots"]}
    graph["roots"] = {name: ref for name, ref in graph["roots"].items() if name in seen["roots"]}
    try:
        Comparison().facets(graph, seen)
    except Difference as difference:
        detail = ""
        if observed["how"] == "exception" and exit.how != "exception":
            root = observed["graph"]["nodes"][observed["graph"]["roots"]["exception"]]
            detail = " (it raises %s: %s)" % (observed["type"], shorten(root[2][0]))
        return "replayed, a recorded call gives another result than in the run: %s%s" % (difference.where, detail)
    except CannotTell as error:
        return str(error)
    return None


def read_records(path):
    """The names of the original's module and the records, as many as are whole."""
    with open(path, "rb") as file:
        names = pickle.load(file)
        records = []
        while True:
            try:
                records.append(pickle.load(file))
            except (EOFError, pickle.UnpicklingError):
                return names, records


def entry_of(job, record):
    return job.calls[record["call"]].entry() if record["entry"] is None else snapshot.thaw(record["entry"])


def again(job):
    """Run the original a second time: facets that differ between the two runs are not deterministic."""
    names, records = read_records(job.request["out"])
    observer = Observer(job.load(), job.guard, names)
    different, unsure = {}, []
    compared = 0
    for record in records:
        if job.remaining() < 0.3 and compared:
            unsure.append(record["number"])  # not run twice, so not used
            continue
        job.at({"input": record["number"], "label": record["label"]})
        job.watch(60)
        outcomes = run_plan(observer, entry_of(job, record), record["plan"], 10 + 20 * record["seconds"])
        for before, now in zip(record["outcomes"], outcomes):
            if now["graph"] is None:
                unsure.append(record["number"])
                continue
            skip = set(different)
            while True:
                try:
                    Comparison().facets(before["graph"], now["graph"], skip)
                except Difference as difference:
                    facet = _facet(difference.where, before["graph"], now["graph"])
                    if record["origin"] == "generated" and facet not in different and record["domain"] != "same types":
                        unsure.append(record["number"])
                        break
                    different[facet] = record["label"]
                    skip.add(facet)
                    continue
                except CannotTell as error:
                    if record["origin"] == "recorded":
                        return {"impossible": str(error)}
                    unsure.append(record["number"])
                break
        compared += 1
    return {"nondeterministic": sorted(different), "unsure": unsure}


def _facet(where, before, now):
    names = [n for n in list(before["roots"]) + list(now["roots"]) if n in where]
    return max(names, key=len) if names else where


def check(job):
    """Compare a rewritten region with the records; the evidence as JSON."""
    request = job.request
    names, records = read_records(request["out"])
    region = job.load(request["text"], request["region"])
    observer = Observer(region, job.guard, names)
    skip, unsure = set(request["skip"]), set(request["unsure"])
    comparison = Comparison(request["tolerance"])
    answer = {"recorded": 0, "generated": 0, "assumptions": [], "verdict": "same", "witness": None, "reason": ""}
    for record in sorted(records, key=lambda r: r["seconds"] > 1):
        if record["number"] in unsure:
            continue
        if job.remaining() < 0.3:
            if any(r["origin"] == "recorded" for r in records if r["number"] not in unsure) and answer["recorded"] == 0:
                answer.update(verdict="cannot_tell", reason="the time ended before it was compared")
            break
        job.at({"input": record["number"], "label": record["label"], "origin": record["origin"]})
        limit = 15 + 20 * record["seconds"]
        job.watch(2 * limit + 20)
        entry = entry_of(job, record)
        try:
            outcomes = run_plan(observer, entry, record["plan"], limit)
            for expected, actual in zip(record["outcomes"], outcomes):
                _compare(comparison, record, expected, actual, skip, answer)
        except Difference as difference:
            shown = entry_of(job, record)
            answer.update(
                verdict="different",
                reason="on a %s input (%s) it differs in %s" % (record["origin"], record["label"], difference.where),
                witness={
                    "origin": record["origin"], "where": difference.where, "expected": str(difference.expected),
                    "actual": str(difference.actual), "input": _readable(shown),
                },
            )  # fmt: skip
            break
        except CannotTell as error:
            answer.update(verdict="cannot_tell", reason=str(error))
            break
        answer[record["origin"]] += 1
    if answer["verdict"] == "same" and not answer["recorded"]:
        answer.update(verdict="cannot_tell", reason="no recorded input could be compared")
    answer["largestDifference"] = {"relative": comparison.relative, "ulp": comparison.ulp}
    return answer


def _compare(comparison, record, expected, actual, skip, answer):
    if actual["blocked"]:
        raise CannotTell("the new code %s, which a replay may not do" % actual["blocked"])
    if actual["limit"]:
        raise Difference("how it ends", expected["how"], "exceeds the limit of %s" % actual["limit"])
    try:
        comparison.facets(expected["graph"], actual["graph"], skip)
    except Difference as difference:
        domain = record["domain"]
        if domain == "special floats" and difference.where.startswith(("warnings", "len(warnings")):
            _assume(answer, "warnings may differ on NaN or infinite values, which the run never saw")
            return
        loud = actual["how"] == "exception" and actual["type"].split(".")[-1] in _LOUD
        if domain in ("wide integers", "other types") and loud:
            what = "integers beyond 64 bits" if domain == "wide integers" else "inputs of types that the run never saw"
            _assume(answer, "no %s: the new code raises %s there" % (what, actual["type"].split(".")[-1]))
            return
        if actual["how"] == "exception" and expected["how"] != "exception":
            root = actual["graph"]["nodes"][actual["graph"]["roots"]["exception"]]
            text = shorten("%s: %s" % (actual["type"], root[2][0]), 300)
            raise Difference(difference.where, difference.expected, "raises %s" % text)
        raise


def _assume(answer, text):
    if text not in answer["assumptions"]:
        answer["assumptions"].append(text)


def _readable(entry):
    shown = {}
    values = dict(entry.arguments)
    values.update(entry.globals)
    for name, cell in entry.closure.items():
        try:
            values[name] = cell.cell_contents
        except ValueError:
            continue
    for name, value in values.items():
        if name in entry.unbound:
            continue
        try:
            shown[name] = shorten(repr(value), 400)
        except Exception as error:
            shown[name] = "<repr raises %s>" % type(error).__name__
    return shown


def mutant(job):
    """Run one mutant of the original (request: statements are made by number): whether an input tells it apart."""
    from . import mutate

    request = job.request
    names, records = read_records(request["out"])
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
    observer = Observer(region, job.guard, names)
    skip, unsure = set(request["skip"]), set(request["unsure"])
    comparison = Comparison(request["tolerance"])
    for record in sorted(records, key=lambda r: r["seconds"]):
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


class CandidateRegion(Region):
    """An expression in place of the region: evaluated over the entry's names, its value stands for the result."""

    def __init__(self, region, imports, expression, names):
        self.place, self.module, self.path, self.is_function = region.place, region.module, region.path, True
        self.space = {}
        exec("\n".join(imports), self.space)
        self.code = compile(expression, "<candidate>", "eval", dont_inherit=True)

    def names_of(self, entry):
        space = dict(self.module.__dict__)
        space.update(entry.globals)
        space.update(self.space)
        for name, cell in entry.closure.items():
            try:
                space[name] = cell.cell_contents
            except ValueError:
                continue
        space.update((n, v) for n, v in entry.arguments.items() if n not in entry.unbound)
        return space

    def prepare(self, entry):
        for name, value in entry.globals.items():
            self.module.__dict__[name] = value
        space, code = self.names_of(entry), self.code

        def run():
            try:
                return "return", eval(code, space), {}
            except BaseException as error:
                return "exception", error, {}

        return run


def screen(job):
    """Try candidates from number `first` on; one JSON line per candidate in the request's `results` file."""
    import json

    request = job.request
    names, records = read_records(request["out"])
    unsure, skip = set(request["unsure"]), set(request["skip"])
    region = job.load()
    usable = [r for r in records if r["number"] not in unsure and r["plan"] == "once"]
    usable = [r for r in usable if r["origin"] == "recorded" or r["domain"] in ("same types", "special floats")]
    # A small recorded or shrunk input first: most candidates end there.
    usable.sort(key=lambda r: (r["seconds"] + len(r["entry"] or b"") / 1e8 + (0 if r["entry"] else job.calls[r["call"]].bytes / 1e8)))
    usable = usable[:1] + [r for r in usable[1:] if r["origin"] == "recorded"] + [r for r in usable[1:] if r["origin"] != "recorded"]
    original = None
    with open(request["results"], "a", encoding="utf-8") as results:
        for number in range(request["first"], len(request["candidates"])):
            candidate = request["candidates"][number]
            job.at({"candidate": number})
            if job.remaining() < 0.2:
                break
            answer = _screen_one(job, region, candidate, usable, names, skip)
            if answer["agrees"]:
                if original is None:
                    original = _seconds(job, region, usable)
                answer["originalSeconds"] = original
                answer["seconds"] = _seconds(job, answer.pop("region"), usable)
            answer.pop("region", None)
            results.write(json.dumps(dict(answer, number=number)) + "\n")
            results.flush()
    return {"ended": True}


def _seconds(job, region, usable):
    recorded = [r for r in usable if r["origin"] == "recorded"]
    if not recorded:
        return None
    largest = max(recorded, key=lambda r: r["seconds"])
    best = None
    for _ in range(3):
        run = region.prepare(entry_of(job, largest))
        start = time.perf_counter()
        run()
        spent = time.perf_counter() - start
        best = spent if best is None else min(best, spent)
        if spent > 1:
            break
    return best


def _screen_one(job, region, candidate, usable, names, skip):
    answer = {"agrees": False, "recorded": 0, "generated": 0, "reason": None, "seconds": None, "originalSeconds": None}
    job.watch(20)
    try:
        trial = CandidateRegion(region, candidate["imports"], candidate["expression"], names)
        guard = candidate.get("guard") and compile(candidate["guard"], "<guard>", "eval", dont_inherit=True)
    except BaseException as error:
        answer["reason"] = shorten("%s: %s" % (type(error).__name__, error), 300)
        return answer
    target = candidate.get("target")
    if target is None:
        outs = region.place.region["liveOut"]
        if region.is_function:
            root = "return"
        elif len(outs) == 1:
            root, target = "variable %s" % outs[0], outs[0]
        else:
            answer["reason"] = "the loop leaves %d values, not one" % len(outs)
            return answer
    else:
        root = "variable %s" % target
    tolerance = candidate.get("relativeTolerance")
    comparison = Comparison(tolerance and {"kind": "relative", "bound": tolerance, "absolute": tolerance})
    observer = Observer(trial, job.guard, names)
    extra = _extra_records(job, region, candidate, names)
    for record in usable[:1] + extra + usable[1:]:
        entry = entry_of(job, record) if "thawed" not in record else snapshot.thaw(record["thawed"])
        expected = record["outcomes"][0]
        if expected["how"] == "exception":
            if record["origin"] == "recorded":
                answer["reason"] = "the original raises %s on a recorded input" % expected["type"]
                return answer
            continue
        if guard:
            try:
                holds = bool(eval(guard, trial.names_of(entry)))
            except Exception:
                holds = False
            if not holds:
                if record["origin"] == "recorded":
                    answer["reason"] = "its condition does not hold on a recorded input"
                    return answer
                continue
        actual = observer.observe(entry, 2 + record["seconds"])
        try:
            _compare_candidate(comparison, expected, actual, root, target, skip)
        except Difference as difference:
            where = "%s input (%s)" % (record["origin"], record["label"])
            answer["reason"] = shorten(
                "differs on a %s in %s: %s, not %s" % (where, difference.where, difference.actual, difference.expected), 300
            )
            return answer
        except CannotTell as error:
            answer["reason"] = str(error)
            return answer
        answer[record["origin"]] += 1
    if not answer["recorded"]:
        answer["reason"] = "no recorded input could be compared"
        return answer
    answer.update(agrees=True, region=trial)
    return answer


def _extra_records(job, region, candidate, names):
    """Inputs that the technique asks for, with what the original does on them."""
    records = []
    for text in candidate.get("inputs") or ():
        entry = job.calls[0].entry()
        try:
            entry.arguments.update(eval(text, {"inf": float("inf"), "nan": float("nan"), **region.module.__dict__}))
            frozen = snapshot.freeze(entry)
        except Exception:
            continue
        seen = Observer(region, job.guard, names).observe(snapshot.thaw(frozen), 2)
        if seen["graph"] is not None:
            records.append({"origin": "generated", "label": text, "outcomes": [seen], "seconds": 0, "thawed": frozen})
    return records


def _compare_candidate(comparison, expected, actual, root, target, skip):
    if actual["blocked"]:
        raise CannotTell("it %s" % actual["blocked"])
    if actual["limit"]:
        raise CannotTell("it takes too much %s" % actual["limit"])
    if actual["how"] == "exception":
        exception = actual["graph"]["nodes"][actual["graph"]["roots"]["exception"]]
        raise Difference("how it ends", "no exception", shorten("%s: %s" % (actual["type"], exception[2][0])))
    if expected["how"] not in ("return", "end"):
        raise Difference("how it ends", expected["how"], "a value")
    before, now = dict(expected["graph"]["roots"]), dict(actual["graph"]["roots"])
    if root not in before:
        root = "argument %s" % target
    if root not in before:
        root = "global %s" % target
    if root not in before:
        raise CannotTell("%s is no value that the region leaves" % target)
    ignored = {"how", "return", "objects passed in", "argument %s" % target, "global %s" % target, "variable %s" % target}
    value = {"value": before[root]}
    value.update((n, r) for n, r in before.items() if n not in ignored and n not in skip)
    other = {"value": now["return"]}
    other.update((n, r) for n, r in now.items() if n not in ignored and n not in skip)
    # Other live-outs of the loop are not the expression's concern unless something later reads them: then it is no match.
    comparison.facets(
        {"nodes": expected["graph"]["nodes"], "roots": value}, {"nodes": actual["graph"]["nodes"], "roots": other}
    )


JOBS = {"expect": expect, "again": again, "check": check, "mutant": mutant, "screen": screen}
