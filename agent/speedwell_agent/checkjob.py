"""Compare a rewritten region with the records of the original."""

from itertools import cycle

from .beyond import changed_beyond
from .compare import CannotTell, Comparison, Difference
from .demands import demanded_keys
from .domain import RecordedDomain
from .judge import Judge, clipped, told_apart
from .outcome import Observer
from .racing import AGAIN, Racing
from .records import entry_of, read_records, run_plan

_ENOUGH = 20  # generated inputs that must be compared, or all when there was time to make them and there are fewer
_LONG = 1.0  # seconds
_UNSURE = " as in the run; there was no time to run the original again, to see whether a replay gives that"
_USELESS = 4  # times the original's seconds on a long input after which a rewrite has nothing to give


def check(job):
    """
    The evidence as JSON. `same` only when every recorded input was compared, and enough generated ones; with `more` in the
    request, the records are of inputs beyond those, and all count that there was time for.
    """
    request = job.request
    kept = read_records(request["out"])
    region = job.load(request["text"], request["region"])
    observer = Observer(region, job.guard, kept.names, job.spec["text"])
    unsure, racing = set(request["unsure"]), Racing()
    comparison = Comparison(request["tolerance"])
    judge = Judge(comparison, request["skip"], RecordedDomain(job.calls), demanded_keys(job.spec["text"]))
    records = _in_order([r for r in kept.inputs if r["number"] not in unsure])
    answer = {
        "recorded": 0, "generated": 0, "verdict": "same", "witness": None, "reason": "",
        "recordedOf": len(kept.of("recorded")),
        "generatedOf": sum(r["origin"] == "generated" for r in records),
    }  # fmt: skip
    reason = changed_beyond(job, region, kept)
    if reason is not None:
        answer.update(verdict="different", reason=reason)
        records = []
    for record in records:
        # A rewrite may well be much faster, so what is slow is tried as long as there is some time.
        if job.remaining() < 0.3 + min(_LONG, record["seconds"]) and not (record["seconds"] < 0.3 < job.remaining()):
            break
        counted = {name: answer[name] for name in ("recorded", "generated", "recordedOf", "generatedOf")}
        job.at({"input": record["number"], "label": record["label"], "origin": record["origin"], **counted})
        limit = 15 + (20 if record["seconds"] <= _LONG else _USELESS) * record["seconds"]
        cut = job.remaining() < limit
        job.watch(2 * limit + 20)
        try:
            threads = racing.started
            outcomes = run_plan(observer, entry_of(job, record), record["plan"], min(limit, job.remaining()))
            if any(one["limit"] == "time" for one in outcomes):
                if cut:
                    break
                if record["seconds"] > _LONG:
                    raise CannotTell("on a recorded input (%s) it takes more than %d times as long as the original" % (record["label"], _USELESS))
            if racing.started > threads and not outcomes[0]["limit"]:
                with racing:
                    for _ in range(AGAIN):
                        outcomes += run_plan(observer, entry_of(job, record), record["plan"], limit)
            for expected, actual in zip(cycle(record["outcomes"]), outcomes):
                judge.hold(record, lambda: entry_of(job, record), expected, actual)
        except Difference as difference:
            from_run = record.get("fromRun", False)
            answer.update(
                verdict="cannot_tell" if from_run else "different",
                reason=told_apart(record, difference) + (_UNSURE if from_run else ""),
                witness={
                    "origin": record["origin"], "where": difference.where, "expected": str(difference.expected),
                    "actual": str(difference.actual), "input": _readable(entry_of(job, record)),
                },
            )  # fmt: skip
            break
        except CannotTell as error:
            answer.update(verdict="cannot_tell", reason=str(error))
            break
        answer[record["origin"]] += 1
    if answer["verdict"] == "same" and not request.get("more"):
        _require_enough(answer, kept.complete)
    answer["fromRun"] = any(record.get("fromRun") for record in records)
    answer["assumptions"] = judge.assumptions
    answer["draws"] = any(one["draws"] for record in kept.of("recorded") for one in record["outcomes"])
    answer["largestDifference"] = {"relative": comparison.relative, "ulp": comparison.ulp}
    return answer


def _in_order(records):
    """Quick recorded inputs, then as many generated ones as are needed, then the rest: what is needed comes first."""
    recorded = sorted((r for r in records if r["origin"] == "recorded"), key=lambda r: r["seconds"])
    generated = [r for r in records if r["origin"] == "generated"]
    quick = [r for r in recorded if r["seconds"] <= _LONG]
    return quick + generated[:_ENOUGH] + recorded[len(quick) :] + generated[_ENOUGH:]


def _require_enough(answer, complete):
    compared = "%(recorded)d of %(recordedOf)d recorded and %(generated)d of %(generatedOf)d generated were compared" % answer
    if not answer["recordedOf"]:
        answer.update(verdict="cannot_tell", reason="no recorded input could be compared")
    elif answer["recorded"] < answer["recordedOf"]:
        answer.update(verdict="cannot_tell", hurried=True, reason="there was no time to compare all recorded inputs (%s)" % compared)
    elif answer["generated"] < (min(_ENOUGH, answer["generatedOf"]) if complete else _ENOUGH):
        what = "compare enough generated inputs" if answer["generated"] < answer["generatedOf"] else "generate enough inputs"
        answer.update(verdict="cannot_tell", hurried=True, reason="there was no time to %s (%s)" % (what, compared))


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
            shown[name] = clipped(repr(value), 400)
        except Exception as error:
            shown[name] = "<repr raises %s>" % type(error).__name__
    return shown
