"""Run the original on recorded and generated inputs, and a second time, to know what it does and what is not determined."""

import ast
import time

from . import generate, outcome, snapshot
from . import reach as reaching
from .compare import CannotTell, Comparison, Difference, shorten
from .grow import grow
from .literals import Palette
from .made import as_recorded, can_be
from .outcome import Observer
from .records import RecordsFile, entry_of, generated_entry, note_hurry, read_inputs, read_records, run_plan
from .search import Search
from .settings import settings
from .shrink import shrunk

_LARGER = ((40, False), (40, True), (300, True))
_LARGE = 1 << 18  # bytes of a recorded input that is not made larger still
_BRIEF = 0.05  # seconds that a generated input may always take
_QUICK = 0.2  # seconds that an input which was made larger may take
_MUCH = 0.35  # share of the time left that another recorded call may take, so that inputs can be generated after it
_LONG = 0.3  # share of the time left that a recorded call may take to be run again at all
_TWICE = 4  # times its seconds that must be left to run a recorded call again which gave in the run what it gives now


class Originals:
    """Runs the original on inputs and writes what it did."""

    def __init__(self, job):
        self.job = job
        self.region = job.load()
        self.observer = Observer(self.region, job.guard)
        self.file = RecordsFile(job.request["out"], self.observer.names, len(job.calls), settings())
        self.counts = {"recorded": 0, "generated": 0}
        self.problems = []
        self.hurried = False  # whether more time would have shown more
        self.gives_generators = False
        self.late = 0  # generated inputs that did not end within their limit
        self.slowest = 0.0  # seconds that a recorded call took, within reason
        few = sorted(job.calls, key=lambda call: call.bytes)[:3]
        made = job.spec.get("made")
        self.made = made and as_recorded(made, [shrunk(call, 12) for call in few])
        self._number = 0
        self._skip = set(job.request.get("skip", ()))

    def recorded(self, index, limit):
        """Run a recorded call, and note whether that gives what it gave in the run."""
        call = self.job.calls[index]
        if self._next("recorded call %d" % call.number, "recorded"):
            self._run("recorded", "recorded call %d" % call.number, "recorded", "once", call.entry(), limit, index)

    def from_run(self, index):
        """Keep a recorded call with what the run recorded of it, without running it again; whether that can be done."""
        call = self.job.calls[index]
        seen = outcome.outcome_of_exit(call, self.job.spec["region"].get("rebound", ()))
        if seen is None:
            return False
        self._number += 1
        self.slowest = 0.5
        self.file.keep({
            "origin": "recorded", "label": "recorded call %d" % call.number, "domain": "recorded", "plan": "once",
            "number": self._number, "problem": None, "call": index, "entry": None, "outcomes": [seen],
            "seconds": call.exit().seconds, "reproduced": True, "fromRun": True,
        })  # fmt: skip
        self.counts["recorded"] += 1
        return True

    def generated(self, label, domain, plan, frozen, limit, wanted=lambda: True):
        """Run a generated input; it is kept when `wanted()` afterwards. Whether it was."""
        if not self._next(label, "generated"):
            return False
        try:
            entry = generated_entry(frozen, domain)
        except Exception:  # a value that its class does not take back
            return False
        if not can_be(entry, self.made):
            return False
        return self._run("generated", label, domain, plan, entry, limit, None, frozen, wanted)

    def _next(self, label, origin):
        self._number += 1
        self.job.at({"input": self._number, "label": label, "origin": origin})
        return self._number not in self._skip

    def _run(self, origin, label, domain, plan, entry, limit, index, frozen=None, wanted=lambda: True):
        self.job.watch(2 * limit + 20)
        start = time.perf_counter()
        outcomes = run_plan(self.observer, entry, plan, limit)
        seconds = time.perf_counter() - start
        rebound = self.job.spec["region"].get("rebound", ())
        problem = _unfaithful(self.job.calls[index], outcomes[0], rebound) if index is not None else None
        self.hurried = self.hurried or index is not None and outcomes[0]["limit"] == "time"
        if problem is not None:
            self.problems.append(problem)
        if origin == "generated" and outcomes[0]["limit"] == "time":
            self.late += 1
        # Where the stack ends depends on who calls: such a generated input says nothing about the region.
        deep = origin == "generated" and any(o["type"] == "builtins.RecursionError" for o in outcomes)
        if deep or any(o["limit"] or o["blocked"] for o in outcomes):
            if problem is not None:
                self.file.problem(problem)
            return False
        if not wanted():
            return False
        self.slowest = max(self.slowest, min(0.5, seconds) if index is not None else 0.0)
        self.gives_generators |= "generator" in outcomes[0]["graph"]["roots"]
        record = {
            "origin": origin, "label": label, "domain": domain, "plan": plan, "number": self._number, "problem": problem,
            "call": index, "entry": frozen, "outcomes": outcomes, "seconds": seconds,
            "reproduced": index is not None and problem is None and _is_repeated(self.job.calls[index], outcomes[0]),
        }  # fmt: skip
        self.file.keep(record)
        self.counts[origin] += 1
        return True


def expect(job):
    """
    Run the original on recorded and generated inputs, or on those of the file `inputs`; writes the records and says what
    reproduced the run.
    """
    request = job.request
    originals = Originals(job)
    counts, problems = originals.counts, originals.problems
    if "inputs" in request:
        for label, domain, frozen in read_inputs(request["inputs"]):
            if job.remaining() > 0.2:
                originals.generated(label, domain, "briefly", frozen, min(0.5, job.remaining()))
        originals.file.complete()
    else:
        budget = job.remaining()
        for index in _spread(job.calls, request["calls"]):
            seconds = job.calls[index].exit().seconds
            if (request.get("fromRun") or seconds > _LONG * job.remaining()) and not counts["recorded"] and originals.from_run(index):
                continue
            slow = seconds > _MUCH * job.remaining()
            late = slow or counts["recorded"] >= 2 and job.remaining() < 0.6 * budget
            originals.hurried = originals.hurried or counts["recorded"] >= 1 and late
            if originals.hurried or len(problems) > 2:
                break
            originals.recorded(index, job.remaining())
        if not problems and counts["recorded"]:
            if _generate(job, originals):
                originals.file.complete()
            else:
                originals.hurried = True
    originals.file.close()
    return dict(counts, problems=problems, hurried=originals.hurried)


def _generate(job, originals):
    """Whether there was time for all that the recorded inputs make; then looks for inputs that take other branches."""
    request, region, counts = job.request, originals.region, originals.counts
    small = sorted(job.calls, key=lambda call: call.bytes)[: request["bases"]]
    for plan, label, chosen in _plans(originals):
        for call in small[chosen]:
            originals.generated(label, "same types", plan, snapshot.freeze(shrunk(call, 12)), 1.0)
    spread = [job.calls[i] for i in _spread(job.calls, request["bases"])]
    share = 0.5 * job.remaining()
    limit = min(0.5, 0.1 + 20 * originals.slowest)
    once = "briefly" if originals.gives_generators else "once"
    few = [call for call in spread if call.bytes < _LARGE]
    for size, others in _LARGER:
        entry = next(filter(None, (grow(call.entry(), size, others) for call in few)), None)
        if entry is not None:
            label = "made larger, to %d items%s" % (size, ", of other numbers" if others else "")
            originals.generated(label, "same types", once, snapshot.freeze(entry), min(limit, _QUICK))
    started = time.monotonic()
    reach = originals.observer.reach = reaching.of_region(region)
    search = Search(spread, Palette(region.place.statements), reach, job.spec["seed"])
    # Some of the inputs are for the search.
    for label, domain, entry in generate.generate(spread, job.spec["seed"], search.palette):
        if counts["generated"] >= 0.7 * request["generated"]:
            break
        if time.monotonic() - started > share:
            originals.observer.reach = None
            return False
        frozen = search.new(entry)
        if frozen is not None:
            # Most are far from the limit; where some are not, they are none to wait for.
            originals.generated(label, domain, once, frozen, max(_BRIEF, limit * 0.7**originals.late))
            search.learn(frozen if domain == "same types" else None)
    took = time.monotonic() - started
    end = started + min(share, took + max(2.0, took))
    while counts["generated"] < request["generated"] and search.idle < 400 and time.monotonic() < end:
        label, frozen = search.propose()
        if frozen is None:
            continue
        few = counts["generated"] < 120
        brief = max(_BRIEF, limit * 0.7**originals.late)
        originals.generated(label, "same types", once, frozen, brief, lambda: few or search.is_news())
        search.learn(frozen)
    originals.observer.reach = None
    return True


def _plans(originals):
    """Plans other than one call to its end: each with its label, and on which of the inputs, the smallest first."""
    yield "twice", "called twice, the input changed in between", slice(2)
    if originals.region.is_function:
        yield "again", "called again in the same process", slice(-1, None)  # where results differ more
    if _has_defaults(originals.region):
        yield "defaults", "defaults left out, twice", slice(2)
    if originals.gives_generators:
        # To what takes no values nobody sends any.
        sent = ("sent",) if _takes_values(originals.region.place.statements) else ()
        for plan in ("given up", "thrown at", "changed") + sent:
            yield plan, "a generator that is %s" % plan, slice(2)


def _takes_values(statements):
    """Whether a `yield` among the statements stands where its value is used."""
    nodes = [node for statement in statements for node in ast.walk(statement)]
    alone = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return any(isinstance(node, ast.Yield) and id(node) not in alone for node in nodes)


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
        if observed["entropy"] and observed["how"] == exit.how:
            return None  # it draws randomness from outside, which is another in every run
        detail = ""
        if observed["how"] == "exception" and exit.how != "exception":
            root = observed["graph"]["nodes"][observed["graph"]["roots"]["exception"]]
            detail = " (it raises %s: %s)" % (observed["type"], shorten(root[2][0]))
        return "replayed, a recorded call gives another result than in the run: %s%s" % (difference.where, detail)
    except CannotTell as error:
        return str(error)
    return None


def _is_repeated(call, observed):
    """Whether what was observed is a second run of the recorded call, which gave the same."""
    return call.exit().how not in ("generator", "coroutine") and not observed["entropy"]


def again(job):
    """
    Run the original a second time: facets that differ between the two runs are not deterministic, records that gave no
    second outcome are `unsure`. A slow call that gave what it had given in the run has two outcomes already. Says too what
    the first run found: `problems`, and how many recorded calls it kept.
    """
    kept = read_records(job.request["out"])
    if kept.problems or not kept.inputs:
        return {"problems": kept.problems, "recorded": len(kept.of("recorded")), "nondeterministic": [], "unsure": []}
    observer = Observer(job.load(), job.guard, kept.names)
    different, unsure = {}, set()
    compared, hurried = 0, False
    for record in kept.inputs:
        if record.get("fromRun") or record["reproduced"] and job.remaining() < _TWICE * record["seconds"]:
            continue
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
