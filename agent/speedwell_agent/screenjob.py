"""Try many candidate expressions in place of a region, under the same judgement as a whole rewrite."""

import json
import time
import types
import warnings

from . import snapshot, state
from .canonical import Graph
from .compare import CannotTell, Comparison, Difference, shorten
from .domain import RecordedDomain
from .judge import Judge, clipped, told_apart
from .namespace import Region
from .outcome import Observer, TimeLimit, start_alarm, stop_alarm
from .records import common, entry_of, read_records
from .shrink import perturb

_ABSOLUTE = 1e-12  # of the largest magnitude, beside a relative tolerance
_SLOW = 0.3  # seconds of an execution that need not be timed again
_QUICK = 0.3  # seconds that a candidate may always take
_BRIEF = 0.1  # the same on a slow recorded input, when others had taken too much time on it
_SHARE = 0.2  # of the time left, that goes to first looks before those that passed one are tried to the end
_MUCH_FASTER = 10  # times faster than the original, so that no other call is looked for
_AS_FAST = 1.5  # times the seconds of another call within which a plainer one is preferred


class CandidateRegion(Region):
    """An expression in place of the region: evaluated over the entry's names, its value stands for the result."""

    def __init__(self, region, space, expression, guard):
        self.place, self.module, self.path, self.is_function = region.place, region.module, region.path, True
        self.space = space
        self.code = compile(expression, "<candidate>", "eval", dont_inherit=True)
        self.guard = guard and compile(guard, "<guard>", "eval", dont_inherit=True)

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
        space = self.names_of(entry)

        def run():
            try:
                # Asked before the call in the rewritten code too, so that what it raises and takes counts.
                if self.guard is not None:
                    eval(self.guard, space)
                return "return", eval(self.code, space), {}
            except BaseException as error:
                return "exception", error, {}

        return run

    def stands_aside(self, entry):
        """Whether the condition is false for the entry, so that the original code would run."""
        try:
            return self.guard is not None and not eval(self.guard, self.names_of(entry))
        except Exception:
            return False  # the rewritten code would raise as well


class Trial:
    """A candidate, what it stands for, and how it has fared so far."""

    def __init__(self, candidate, region, space, skip, domain):
        self.candidate = candidate
        self.region = CandidateRegion(region, space, candidate["expression"], candidate.get("guard"))
        self.target = candidate.get("target")
        if self.target is not None:
            self.root = "variable %s" % self.target
        elif region.is_function:
            self.root = "return"
        else:
            outs = region.place.region["liveOut"]
            if len(outs) != 1:
                raise CannotTell("the loop leaves %d values, not one" % len(outs))
            self.target = outs[0]
            self.root = "variable %s" % self.target
        bound = candidate.get("relativeTolerance")
        self.comparison = Comparison(bound and {"kind": "relative", "bound": bound, "absolute": _ABSOLUTE})
        self.judge = Judge(self.comparison, skip, domain)
        self.counts = {"recorded": 0, "generated": 0}
        self.much_faster = False  # than the original, and the same
        self.seconds = 0.0  # of the last execution, the first of which may hold warming up

    def serves_instead_of(self, other):
        """Whether the other, which comes after it, has nothing to give beside it: it asks as much, and is hardly faster."""
        mine, theirs = self.candidate, other.candidate
        guarded = (theirs.get("guard") or "").startswith(mine.get("guard") or "")
        plainer = theirs.get("cost", 0) > mine.get("cost", 0)
        asks = set(_imported(mine)) <= set(_imported(theirs)) and (guarded or plainer)
        return asks and self.seconds <= _AS_FAST * other.seconds

    def root_in(self, graph):
        """The root of the original's outcome that the expression's value stands for."""
        for root in (self.root, "argument %s" % self.target, "global %s" % self.target):
            if root in graph["roots"]:
                return graph["roots"][root]
        raise CannotTell("%s is no value that the region leaves" % self.target)


def screen(job):
    """Try the candidates not in the request's `done`; one JSON line per candidate in its `results` file."""
    request = job.request
    screening = Screening(job)
    with open(request["results"], "a", encoding="utf-8") as results:
        done = set(request["done"])
        waiting = [(number, one) for number, one in enumerate(request["candidates"]) if number not in done]

        def note(number, answer):
            results.write(json.dumps(dict(answer, number=number)) + "\n")
            results.flush()

        while waiting and job.remaining() >= 0.2:
            # Many on the cheapest recorded input first: hardly any get past it. The plainest of those that do are tried to the
            # end before the rest, if these take long.
            enough = time.monotonic() + _SHARE * job.remaining()
            trials = []
            while waiting and job.remaining() >= 0.2 and not (trials and time.monotonic() > enough):
                number, candidate = waiting.pop(0)
                job.at({"candidate": number})
                trial, answer = screening.first(candidate)
                if trial is None:
                    note(number, answer)
                else:
                    trials.append((number, trial))
            agreeing = _fully(job, screening, trials, note)
            if any(one.much_faster and "cost" in one.candidate for one in agreeing):
                for number, _ in waiting:
                    note(number, _refused("a plainer call agrees, and is much faster than the original"))
                break
    return {"ended": True}


def _fully(job, screening, trials, note):
    """Those of the trials that agree on all inputs."""
    agreeing = []
    for number, trial in trials:
        if job.remaining() < 0.2:
            break
        job.at({"candidate": number})
        needless = any(one.serves_instead_of(trial) for one in agreeing)
        answer = _refused("a plainer call agrees, and is as fast") if needless else screening.fully(trial)
        if answer["agrees"]:
            trial.much_faster = _MUCH_FASTER * answer["seconds"] < answer["originalSeconds"]
            agreeing.append(trial)
        note(number, answer)
    return agreeing


class Screening:
    """The original's records, and what they have in common for all candidates."""

    def __init__(self, job):
        self.job = job
        request = job.request
        kept = read_records(request["out"])
        unsure, self.skip = set(request["unsure"]), set(request["skip"])
        usable = [r for r in kept.inputs if r["number"] not in unsure]
        self.names, self.domain, self.region = kept.names, RecordedDomain(job.calls), job.load()
        self.watcher = Observer(self.region, job.guard, self.names)
        # By size: the seconds of the first executions hold warming up.
        of_call = lambda r: (job.calls[r["call"]].bytes, r["seconds"])
        self.recorded = sorted((r for r in usable if r["origin"] == "recorded"), key=of_call)
        # Defaults that are left out stay those of the function around the expression.
        self.generated = [r for r in usable if r["origin"] != "recorded" and r["plan"] != "defaults"]
        self.small = _small(self.generated, self.recorded)
        self.spaces, self.extras, self.original, self._at = {}, {}, None, None
        self._late = 0  # candidates that took too much time on a slow recorded input

    def first(self, candidate):
        """(Trial, None) when the value is right on a small input and the cheapest recorded one, else (None, the answer)."""
        record = None
        try:
            if not self.recorded:
                raise CannotTell("no recorded input could be compared")
            trial = Trial(candidate, self.region, self._space(candidate["imports"]), self.skip, self.domain)
            raising = [record for record in self.small if not self._quickly(trial, record)]
            for record in self.recorded[:1]:
                if record["seconds"] > _SLOW and raising and len(raising) == len(self.small):
                    raise CannotTell("it raises on recorded inputs made smaller")
                self._quickly(trial, record)
            return trial, None
        except (Difference, CannotTell, Exception) as error:
            return None, _refused(_reason(error, record))

    def _space(self, imports):
        key = tuple(imports)
        if key not in self.spaces:
            self.job.watch(60)
            space = {}
            exec("\n".join(imports), space)
            self.spaces[key] = space
        return self.spaces[key]

    def _quickly(self, trial, record):
        """Compare the value alone, without looking at what else can be noticed; False where it raises on a generated input."""
        expected = record["outcomes"][0]
        if expected["how"] not in ("return", "end"):
            raise CannotTell("a recorded call ends otherwise than by a value")
        entry = entry_of(self.job, record)
        if trial.region.stands_aside(entry):
            if record["origin"] != "recorded":
                return True
            raise CannotTell("its condition does not hold on a recorded input")
        state.restore_random_state(entry.random)
        run = trial.region.prepare(entry)
        # One that is slow where many wait is of little use to begin with, the less the more of them were.
        limit = min(_limit(record), max(_QUICK, _SHARE * self.job.remaining()))
        if record["seconds"] > _SLOW:
            limit = max(_BRIEF, limit * 0.5**self._late)
        self.job.watch(limit + 5)
        guard = self.job.guard
        graph = Graph()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                guard.blocked, guard.strict = None, True
                start_alarm(guard, limit)
                start = time.perf_counter()
                try:
                    how, value, _ = run()
                    trial.seconds = time.perf_counter() - start
                    if how == "return" and not isinstance(value, types.GeneratorType):
                        graph.add("value", value)
                finally:
                    stop_alarm(guard)
                    guard.strict = False
        except TimeLimit as late:
            how, value = "exception", late
        if guard.blocked:
            raise CannotTell("it %s" % guard.blocked)
        if how == "exception":
            if isinstance(value, TimeLimit):
                self._late += record["seconds"] > _SLOW
                raise CannotTell("it takes too much time")
            if record["origin"] != "recorded":
                return False  # a condition before it may keep such inputs away: only another value tells it apart here
            raise Difference("how it ends", "no exception", shorten("%s: %s" % (type(value).__name__, value)))
        nodes = expected["graph"]["nodes"]
        trial.comparison.facets({"nodes": nodes, "roots": {"value": trial.root_in(expected["graph"])}}, graph.data())
        return True

    def fully(self, trial):
        """The answer after quick recorded inputs, the candidate's own and generated ones, and slow recorded ones, in this order."""
        observer = Observer(trial.region, self.job.guard, self.names)
        counts = trial.counts
        every = False
        try:
            quick = [record for record in self.recorded if record["seconds"] <= _SLOW]
            slow = [record for record in self.recorded if record["seconds"] > _SLOW]
            for record in quick:
                self._hold(trial, observer, record)
            every = not slow or len(self.recorded) == 1  # that one gave the same value before
            for record in self._own_inputs(trial.candidate) + self.generated + slow:
                if self.job.remaining() < 0.1:
                    raise CannotTell("the time ended before it was compared on all inputs")
                self._hold(trial, observer, record)
            every = True
        except (Difference, CannotTell) as error:
            return _refused(_reason(error, self._at), counts, every)
        seconds, original = self._timed(trial)
        return {
            "agrees": True, "everyRecorded": True, "reason": None, "seconds": seconds, "originalSeconds": original, **counts,
        }  # fmt: skip

    def _hold(self, trial, observer, record):
        self._at = record
        if record["origin"] == "recorded" and record["outcomes"][0]["how"] == "exception":
            raise CannotTell("the original raises %s on a recorded input" % record["outcomes"][0]["type"])
        if trial.target is not None and record["plan"] != "once":
            return  # the expression leaves the target as it was, so a second call would start from another state
        entry = entry_of(self.job, record)
        if record["origin"] == "generated" and _is_shared(entry, trial.target):
            return  # what is filled is also read: only the proof of the whole rewrite can tell
        if trial.region.stands_aside(entry):
            if record["origin"] == "recorded":
                raise CannotTell("its condition does not hold on a recorded input")
            return
        limit = _limit(record)
        self.job.watch(2 * limit + 10)
        observer.begin()
        outcomes = [observer.observe(entry, limit)]
        if record["plan"] == "twice":
            perturb(entry)
            if not trial.region.stands_aside(entry):
                outcomes.append(observer.observe(entry, limit))
        for expected, actual in zip(record["outcomes"], outcomes):
            before, after = _facets(trial, record, expected, actual)
            trial.judge.hold(record, lambda: entry_of(self.job, record), expected, actual, before, after)
        trial.counts[record["origin"]] += 1

    def _own_inputs(self, candidate):
        """Inputs that the technique asks for, with what the original does on them; those on which it raises are left out."""
        found = []
        for text in candidate.get("inputs") or ():
            if text not in self.extras:
                self.extras[text] = self._own_input(text)
            if self.extras[text] is not None:
                found.append(self.extras[text])
        return found

    def _own_input(self, text):
        entry = entry_of(self.job, self.recorded[0])
        try:
            entry.arguments.update(eval(text, {"inf": float("inf"), "nan": float("nan"), **self.region.module.__dict__}))
            frozen = snapshot.freeze(entry)
        except Exception:
            return None
        self.job.watch(20)
        seen = self.watcher.observe(snapshot.thaw(frozen), 1)
        self.watcher.begin()
        if seen["graph"] is None or seen["how"] == "exception":
            return None
        return {
            "origin": "generated", "label": text, "domain": "same types", "plan": "once", "outcomes": [seen], "seconds": 0,
            "entry": frozen,
        }  # fmt: skip

    def _timed(self, trial):
        """Seconds of the candidate and of the original on the recorded input that takes the original longest."""
        if self.original is None:
            longest = sorted(self.recorded, key=lambda r: r["seconds"])[-1:]
            few = {r["number"]: r for r in self.recorded[-2:] + longest}.values()
            seconds, number = max((self._original_seconds(r), r["number"]) for r in few)
            self.original = next(r for r in few if r["number"] == number), seconds
        slowest, original = self.original
        return self._best(trial.region, slowest, 3), original

    def _original_seconds(self, record):
        # A slow one was timed well enough when it was observed, and running it again would take the time of candidates.
        return record["seconds"] if record["seconds"] > _SLOW else self._best(self.region, record, 3)

    def _best(self, region, record, times):
        best = float("inf")
        for _ in range(times):
            self.job.watch(20 + 20 * record["seconds"])
            run = region.prepare(entry_of(self.job, record))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                start = time.perf_counter()
                run()
                best = min(best, time.perf_counter() - start)
            self.watcher.begin()
            if best > 1:
                break
        return best


def _imported(candidate):
    """The imports of a candidate, without what it defines itself."""
    return [statement for statement in candidate["imports"] if not statement.startswith("def ")]


def _small(generated, recorded):
    """Recorded inputs made smaller on which the original gives a value, when that is much cheaper: most candidates end there."""
    if not recorded:
        return []
    smaller = [r for r in generated if r["label"].startswith("made smaller") and r["outcomes"][0]["how"] in ("return", "end")]
    if recorded[0]["seconds"] > _SLOW:
        return [r for r in smaller if 20 * r["seconds"] < recorded[0]["seconds"]][:2]
    return [r for r in smaller if 4 * _size(r) < _size(recorded[0])][:1]


def _size(record):
    """How much a record takes to build and to compare: the nodes of what the original left, with packed items."""
    nodes = record["outcomes"][0]["graph"]["nodes"]
    return sum(1 + (node[2][1] if node[0] == "packed" else len(node[2].get("bytes") or "") // 8 if node[0] == "array" else 0) for node in nodes)


def _is_shared(entry, target):
    """Whether the target is one object with another argument."""
    return target in entry.arguments and any(
        value is entry.arguments[target] for name, value in entry.arguments.items() if name != target
    )


def _limit(record):
    """Seconds that a candidate may take: hardly more than the original did, or it is of no use."""
    return max(_QUICK, 1.5 * record["seconds"])


def _refused(reason, counts=None, every=False):
    counts = counts or {"recorded": 0, "generated": 0}
    return {
        "agrees": False, "everyRecorded": every, "reason": clipped(reason, 300), "seconds": None, "originalSeconds": None, **counts,
    }  # fmt: skip


def _reason(error, record):
    if isinstance(error, Difference) and record is not None:
        return told_apart(record, error)
    return str(error) if isinstance(error, CannotTell) else "%s: %s" % (type(error).__name__, error)


def _facets(trial, record, expected, actual):
    """The graphs to compare: the value the candidate stands for, and everything else but how the two came to it."""
    if actual["blocked"]:
        raise CannotTell("it %s" % actual["blocked"])
    if actual["limit"]:
        raise CannotTell("it takes too much %s" % actual["limit"])
    if expected["how"] == actual["how"] == "exception":
        return [
            {"nodes": g["nodes"], "roots": {n: r for n, r in g["roots"].items() if not n.startswith("variable ")}}
            for g in (expected["graph"], actual["graph"])
        ]
    if "exception" in (expected["how"], actual["how"]):
        return None, None
    if expected["how"] not in ("return", "end"):
        raise Difference("how it ends", expected["how"], "a value")
    # Other live-outs of the loop are not the expression's concern unless something later reads them: then it is no match.
    own = ["%s %s" % (kind, trial.target) for kind in ("argument", "global", "variable")]
    ignored = {"how", "return", "objects passed in", *own}
    sides = []
    for outcome, value in ((expected, trial.root_in(expected["graph"])), (actual, actual["graph"]["roots"]["return"])):
        roots = {"value": value}
        roots.update((n, r) for n, r in outcome["graph"]["roots"].items() if n not in ignored)
        sides.append({"nodes": outcome["graph"]["nodes"], "roots": roots})
    return common(record, *sides)
