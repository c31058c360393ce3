"""
Time one side of a region on recorded calls, in a process of its own: `timing SPEC.json`.

The specification:

    text, path, region   the source of the file, its path, and the region in this text, as `namespace.load_region` takes them
    texts                texts of other files where they are not the disk's, as `texts.Texts` takes them; may be left out
    program              the program that was recorded
    capture              directory of the recorded calls
    overlay              directory appended to the end of `sys.path`, or null
    built                directory of compiled modules for trial, or null
    plan                 what to execute, as a first look at the original gave it; null for that first look
    seconds              timed seconds to spend on all calls together, and at most what the first round of calls may take
    longest              calls that took the recorded run longer than so many seconds are left out, or null
    compiles             whether first calls compile: then they never count as a measurement
    cores, hashSeed      as in `program.py`
    result               file that receives the result, one JSON object

The plan: {"calls": indexes, "rounds": rounds over them after the first, "cut": [[index, size, executions]]}. It is the
same for both sides, so both make as many copies, collections and executions: of a faster side, no more are made. The
calls stand in the order in which they were recorded, and what they leave behind on the program's functions, classes and
module (caches) stays until the round ends, as it would in the program; each round begins from the state in which the
module was loaded.

The result: {"plan", "each": [seconds per call], "load": seconds to load the region with its imports, "once": seconds that
first executions took beyond later ones, "memory": peak resident bytes, "clock": seconds that reading the clock takes,
"leavesState": whether a cache was filled, "sizes": [{name: size} per call] in a first look, "cut": [{"sizes", "seconds" or
null} per cut-down input], "usage": see `usage.py`}.

Entries are copied afresh for each execution, outside the timed section, because the region may change them; globals and
the random state are put back likewise. The garbage collector is set as the program had it (`facts.json`); garbage left by
the copying is collected before each round. What reading the clock takes is subtracted.
"""

import bisect
import copy
import gc
import itertools
import json
import os
import sys
import time
import types

from . import built, state, usage
from .hanging import Baseline
from .state import restore_random_state

_PATIENCE = 10  # times the seconds allowed, for a side that is much slower than the one for which the plan was made
_KEPT_ITEMS = 1000


def main(args):
    with open(args[0], encoding="utf-8") as file:
        spec = json.load(file)
    usage.forget_hash_seed(spec["hashSeed"])
    cores = usage.Cores(spec["cores"])
    if spec["overlay"]:
        sys.path.append(spec["overlay"])
    built.install(spec.get("built"))
    from . import namespace

    recorded = state.load_calls(spec["capture"])
    if not recorded:
        sys.exit("no call of it was recorded")
    started = time.perf_counter()
    region = namespace.load_region(spec["text"], spec["path"], spec["region"], recorded, spec["program"], spec.get("texts"))
    load = time.perf_counter() - started
    _collect_as_the_program(spec["capture"])
    timer = _Timer(region)
    plan = spec["plan"]
    result = _time_calls(timer, recorded, plan, spec)
    result.update(load=load, clock=timer.clock_cost, cut=[])
    _write(spec, result, cores)
    from . import cutdown  # last, and after the result is safe, since what it runs was never recorded

    result["cut"] = cutdown.time_cut(timer, recorded, result["plan"], plan is None, spec)
    _write(spec, result, cores)


def _collect_as_the_program(capture):
    """Set the garbage collector as it was when the calls were recorded: what the program does to it is not run here."""
    try:
        with open(os.path.join(capture, "facts.json"), encoding="utf-8") as file:
            collector = json.load(file)["collector"]
        gc.set_threshold(*collector["threshold"])
    except (OSError, ValueError, KeyError, TypeError):
        return
    if collector["enabled"]:
        gc.enable()
    else:
        gc.disable()


def _write(spec, result, cores):
    result["usage"] = dict(cores.report(), memory=result["memory"], **usage.seconds())
    with open(spec["result"] + ".part", "w", encoding="utf-8") as file:
        json.dump(result, file)
    os.replace(spec["result"] + ".part", spec["result"])


def _time_calls(timer, recorded, plan, spec):
    allowed = spec["seconds"]
    if plan:
        chosen = plan["calls"]
    else:
        seconds = [call.exit().seconds for call in recorded]
        chosen = _choose(seconds, allowed, _short_enough(seconds, spec["longest"]))
    calls = [recorded[index] for index in chosen]
    firsts = timer.round(calls)
    memory = usage.peak_memory()
    leaves_state = timer.leaves_state()
    if plan:
        rounds = plan["rounds"]
    else:
        # Long enough that what happens once in it does not matter.
        rounds = 0 if sum(firsts) > allowed else None
    if rounds == 0 and spec["compiles"]:
        rounds = 1
    later = _rounds(timer, calls, rounds, allowed)
    each = [max(_middle_mean(seconds), 1e-9) for seconds in zip(*later)] if later else firsts
    once = sum(max(0.0, first - one) for first, one in zip(firsts, each))
    plan = plan or {"calls": chosen, "rounds": len(later), "cut": []}
    sizes = [] if spec["plan"] else [sizes_of(call.entry()) for call in calls]
    return {"plan": plan, "each": each, "once": once, "memory": memory, "sizes": sizes,
            "leavesState": leaves_state}  # fmt: skip


def _rounds(timer, calls, rounds, allowed):
    """Seconds of each call in each round: so many, or when None as many as fit."""
    later = []
    spent, started = 0.0, time.perf_counter()
    while rounds is None or len(later) < rounds:
        later.append(timer.round(calls))
        spent += sum(later[-1])
        if rounds is None and (spent >= allowed or time.perf_counter() - started > 4 * allowed):
            break
        if spent > _PATIENCE * allowed:
            break
    return later


def _short_enough(seconds, longest):
    """Indexes of the calls that take at most `longest`. One far below the usual call is none to judge that by."""
    if longest is None:
        return range(len(seconds))
    least = sorted(seconds)[len(seconds) // 2] / 20
    some = [index for index, one in enumerate(seconds) if least <= one <= longest]
    if not some:
        sys.exit("no recorded call of it is short enough to be timed in pairs")
    return some


def _choose(seconds, allowed, indexes):
    """
    Of `indexes` those of the calls to time: all, or when they take longer than allowed, as many as fit, spread evenly over
    the time that all of them take, the cheapest first: a few dear calls may be most of it, as the outermost ones of a
    recursion are. At least one, then the one in the middle of that time, or the dearest that is not far too long.
    """
    by_cost = sorted(indexes, key=seconds.__getitem__)
    ends = list(itertools.accumulate(max(seconds[i], 1e-9) for i in by_cost))
    if ends[-1] <= allowed:
        return sorted(by_cost)
    for count in range(len(by_cost), 0, -1):
        some = {by_cost[bisect.bisect(ends, (i + 0.5) / count * ends[-1])] for i in range(count)}
        if sum(seconds[i] for i in some) <= allowed:
            return sorted(some)
    middle = bisect.bisect(ends, 0.5 * ends[-1])
    while middle > 0 and seconds[by_cost[middle]] > 8 * allowed:
        middle -= 1
    return [by_cost[middle]]


def _middle_mean(values):
    """Mean of the middle half: another process that takes the processor for a moment must not count as the region."""
    values = sorted(values)
    cut = len(values) // 4
    middle = values[cut : len(values) - cut]
    return sum(middle) / len(middle)


class _Timer:
    """Times executions of a region, each on a fresh entry."""

    def __init__(self, region):
        self.region = region
        clock = time.perf_counter
        self.clock_cost = min(-clock() + clock() for _ in range(200))
        self._hanging = Baseline(region.module)
        # Caches that a module keeps in plain containers. Large ones are tables, which are read.
        self._containers = [
            (value, copy.copy(value))
            for name, value in region.module.__dict__.items()
            if type(value) in (list, dict, set) and len(value) <= _KEPT_ITEMS and not name.startswith("__")
        ]

    def leaves_state(self):
        """Whether executions filled a cache."""
        return self._hanging.cached() or any(len(value) != len(content) for value, content in self._containers)

    def restore(self):
        """Put back what executions left behind in the module."""
        self._hanging.restore()
        for value, content in self._containers:
            if type(value) is list:
                value[:] = content
            else:
                value.clear()
                value.update(content)

    def round(self, calls):
        """Seconds of each call, executed once."""
        self.restore()
        gc.collect()
        return [self.execute(call.entry())[0] for call in calls]

    def execute(self, entry):
        """(seconds, how it ended)"""
        restore_random_state(entry.random)
        run = self.region.prepare(entry)
        clock = time.perf_counter
        started = clock()
        outcome = run()
        how = outcome[0]
        if type(outcome[1]) is types.GeneratorType:
            try:
                for _ in outcome[1]:
                    pass
            except BaseException:  # as `run` itself takes whatever is raised
                how = "exception"
        return max(0.0, clock() - started - self.clock_cost), how


def sizes_of(entry):
    """{"len(name)": items of an argument or of its attribute, "name": value of a whole number}"""
    sizes = {}
    for name, value in entry.arguments.items():
        if type(value) is int:
            if value >= 0:
                sizes[name] = value
            continue
        inner = vars(value).items() if hasattr(value, "__dict__") and type(value).__module__ == "__main__" else ()
        for label, one in [(name, value)] + [("%s.%s" % (name, key), part) for key, part in inner]:
            try:
                sizes["len(%s)" % label] = int(getattr(one, "size", None) or len(one)) if hasattr(one, "dtype") else len(one)
            except Exception:  # the program's own __len__ may raise what it likes
                continue
    return sizes
