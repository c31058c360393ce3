"""Run the original on recorded and generated inputs, and a second time, to know what it does and what is not determined."""

import time

from . import generate, outcome, snapshot
from .compare import CannotTell, Comparison, Difference, shorten
from .outcome import Observer
from .records import RecordsFile, entry_of, generated_entry, note_hurry, read_records, run_plan
from .settings import settings
from .shrink import shrink


def expect(job):
    """Run the original on recorded and generated inputs; writes the records and says what reproduced the run."""
    request = job.request
    region = job.load()
    observer = Observer(region, job.guard)
    file = RecordsFile(request["out"], observer.names, len(job.calls), settings())
    counts = {"recorded": 0, "generated": 0}
    problems = []
    hurried = False  # whether more time would have shown more
    skip = set(request.get("skip", ()))
    number = 0

    def keep(origin, label, domain, plan, entry_or_call, limit):
        nonlocal number, hurried
        number += 1
        job.at({"input": number, "label": label, "origin": origin})
        if number in skip:
            return
        call = frozen = None
        if origin == "generated":
            frozen = snapshot.freeze(entry_or_call)
            entry = generated_entry(frozen, domain)
        else:
            call = job.calls[entry_or_call]
            entry = call.entry()
        job.watch(2 * limit + 20)
        start = time.perf_counter()
        outcomes = run_plan(observer, entry, plan, limit)
        seconds = time.perf_counter() - start
        rebound = job.spec["region"].get("rebound", ())
        problem = _unfaithful(call, outcomes[0], rebound) if call is not None else None
        hurried = hurried or call is not None and outcomes[0]["limit"] == "time"
        if problem is not None:
            problems.append(problem)
        # Where the stack ends depends on who calls: such a generated input says nothing about the region.
        deep = origin == "generated" and any(o["type"] == "builtins.RecursionError" for o in outcomes)
        if deep or any(o["limit"] or o["blocked"] for o in outcomes):
            if problem is not None:
                file.problem(problem)
            return
        record = {
            "origin": origin, "label": label, "domain": domain, "plan": plan, "number": number, "problem": problem,
            "call": entry_or_call if call is not None else None, "entry": frozen, "outcomes": outcomes, "seconds": seconds,
        }  # fmt: skip
        file.keep(record)
        counts[origin] += 1

    budget = job.remaining()
    for index in _spread(job.calls, request["calls"]):
        hurried = hurried or counts["recorded"] >= 2 and job.remaining() < 0.6 * budget
        if hurried or len(problems) > 2:
            break
        keep("recorded", "recorded call %d" % job.calls[index].number, "recorded", "once", index, job.remaining())
    if not problems and counts["recorded"]:
        if _generate(job, region, keep, counts):
            file.complete()
        else:
            hurried = True
    file.close()
    return dict(counts, problems=problems, hurried=hurried)


def _generate(job, region, keep, counts):
    """Whether there was time for all."""
    request = job.request
    small = sorted(job.calls, key=lambda call: call.bytes)[: request["bases"]]
    for plan, label, chosen in _plans(region, small[0]):
        for call in small[chosen]:
            keep("generated", label, "same types", plan, shrink(call.entry(), 12), 1.0)
    spread = [job.calls[i] for i in _spread(job.calls, request["bases"])]
    share = 0.5 * job.remaining()
    started = time.monotonic()
    seen = set()
    for label, domain, entry in generate.generate(spread, job.spec["seed"]):
        if counts["generated"] >= request["generated"]:
            break
        if time.monotonic() - started > share:
            return False
        try:
            frozen = snapshot.freeze(entry)
        except Exception:
            continue
        if frozen in seen:
            continue
        seen.add(frozen)
        keep("generated", label, domain, "once", entry, 0.5)
    return True


def _plans(region, call):
    """Plans other than one call to its end: each with its label, and on which of the inputs, the smallest first."""
    yield "twice", "called twice, the input changed in between", slice(2)
    if region.is_function:
        yield "again", "called again in the same process", slice(-1, None)  # where results differ more
    if _has_defaults(region):
        yield "defaults", "defaults left out, twice", slice(2)
    if call.exit().how == "generator":
        yield "closed", "closed after the first item", slice(2)


def _spread(calls, count):
    """Indexes of at most `count` calls: smallest and largest, then evenly over sizes, cheapest first."""
    order = sorted(range(len(calls)), key=lambda i: calls[i].bytes)
    if len(order) <= count:
        return order
    return sorted({order[round(i * (len(order) - 1) / (count - 1))] for i in range(count)}, key=lambda i: calls[i].bytes)


def _has_defaults(region):
    arguments = getattr(region.place.node, "args", None)
    return region.is_function and bool(arguments.defaults or [d for d in arguments.kw_defaults if d])


def _unfaithful(call, observed, rebound=()):
    """
    Why replaying did not reproduce what the run recorded of this call, or None. `rebound` are arguments of a loop that its
    replay binds anew, so that the objects which were bound to them stay as they are.
    """
    if observed["blocked"]:
        return "it %s, which a replay may not do" % observed["blocked"]
    if observed["limit"]:
        return "a recorded call does not end within the limit of %s" % observed["limit"]
    exit = call.exit()
    if exit.how in ("generator", "coroutine"):
        # Of these only the start was recorded: a replay that raises cannot be told from one that lacks something.
        if observed["how"] == "exception":
            return "replayed, a recorded %s raises %s, and nothing tells whether it did so in the run" % (
                exit.how, observed["type"],
            )  # fmt: skip
        return None
    graph = outcome.entry_of_exit(exit, call.entry())
    seen = {"nodes": observed["graph"]["nodes"], "roots": dict(observed["graph"]["roots"])}
    if exit.how == "exception" and observed["how"] == "exception":
        if exit.exception.type != observed["type"]:
            return "replayed, a recorded call raises %s in place of %s" % (observed["type"], exit.exception.type)
    seen["roots"] = {name: ref for name, ref in seen["roots"].items() if name in graph["roots"]}
    for name in rebound:
        seen["roots"].pop("argument %s" % name, None)
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


def again(job):
    """
    Run the original a second time: facets that differ between the two runs are not deterministic, records that gave no
    second outcome are `unsure`. Says too what the first run found: `problems`, and how many recorded calls it kept.
    """
    kept = read_records(job.request["out"])
    if kept.problems or not kept.of("recorded"):
        return {"problems": kept.problems, "recorded": len(kept.of("recorded")), "nondeterministic": [], "unsure": []}
    observer = Observer(job.load(), job.guard, kept.names)
    different, unsure = {}, set()
    compared, hurried = 0, False
    for record in kept.inputs:
        if compared and job.remaining() < 0.3 + record["seconds"]:
            unsure.add(record["number"])  # not run twice, so not used
            hurried = True
            continue
        job.at({"input": record["number"], "label": record["label"]})
        job.watch(60)
        outcomes = run_plan(observer, entry_of(job, record), record["plan"], 10 + 20 * record["seconds"])
        for before, now in zip(record["outcomes"], outcomes):
            if now["graph"] is None:
                unsure.add(record["number"])
                continue
            skip = set(different)
            while True:
                try:
                    Comparison().facets(before["graph"], now["graph"], skip)
                except Difference as difference:
                    facet = _facet(difference.where, before["graph"], now["graph"])
                    if record["origin"] == "generated" and facet not in different and record["domain"] != "same types":
                        unsure.add(record["number"])
                        break
                    different[facet] = record["label"]
                    skip.add(facet)
                    continue
                except CannotTell as error:
                    if record["origin"] == "recorded":
                        return {"impossible": str(error)}
                    unsure.add(record["number"])
                break
        compared += 1
    if hurried:
        note_hurry(job.request["out"])
    return {"problems": [], "recorded": len(kept.of("recorded")), "nondeterministic": sorted(different), "unsure": sorted(unsure)}


def _facet(where, before, now):
    names = [n for n in list(before["roots"]) + list(now["roots"]) if n in where]
    return max(names, key=len) if names else where
