"""
Time one side of a region on recorded calls, in a process of its own: `timing SPEC.json`.

The specification:

    text, path, region   the source of the file, its path, and the region in this text, as `namespace.load_region` takes them
    program              the program that was recorded
    capture              directory of the recorded calls
    overlay              directory appended to the end of `sys.path`, or null
    calls                indexes of the calls to time, or null to choose them by what the recorded run took
    seconds              timed seconds to spend on all calls together, and at most what the first round of calls may take
    longest              calls that took the recorded run longer than so many seconds are left out, or null
    compiles             whether first calls compile: then they never count as a measurement
    result               file that receives the result, one JSON object

The result: {"calls": indexes, "each": [seconds per call], "loops": [executions per call], "load": seconds to load
the region with its imports, "once": seconds that first executions took beyond later ones, "memory": peak resident bytes}.

Entries are copied afresh for each execution, outside the timed section, because the region may change them; globals and
the random state are put back likewise. Garbage collection stays as the program has it; garbage left by the copying is
collected before each batch. What reading the clock takes is subtracted.
"""

import gc
import json
import sys
import time
import types

from . import state
from .program import peak_memory
from .state import restore_random_state

_LARGEST_BATCH_BYTES = 1024 * 1024
_LARGEST_BATCH = 64


def main(args):
    with open(args[0], encoding="utf-8") as file:
        spec = json.load(file)
    if spec["overlay"]:
        sys.path.append(spec["overlay"])
    from . import namespace

    recorded = state.load_calls(spec["capture"])
    if not recorded:
        sys.exit("no call of it was recorded")
    started = time.perf_counter()
    region = namespace.load_region(spec["text"], spec["path"], spec["region"], recorded, spec["program"])
    load = time.perf_counter() - started
    chosen = spec["calls"]
    if chosen is None:
        seconds = [call.exit().seconds for call in recorded]
        chosen = _choose(seconds, spec["seconds"], _short_enough(seconds, spec["longest"]))
    calls = [recorded[index] for index in chosen]
    firsts = [_time_batch(region, call, 1)[0] for call in calls]
    memory = peak_memory()  # before the loops, which hold more entries the faster the region is
    each, loops = [], []
    for call, first in zip(calls, firsts):
        seconds, count = _time_call(region, call, first, spec["seconds"] / len(calls), spec["compiles"])
        each.append(seconds)
        loops.append(count)
    once = sum(max(0.0, first - later) for first, later in zip(firsts, each))
    result = {"calls": chosen, "each": each, "loops": loops, "load": load, "once": once, "memory": memory}
    with open(spec["result"], "w", encoding="utf-8") as file:
        json.dump(result, file)


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
    Of `indexes` those of the calls to time: all, or when they take longer than allowed, as many as fit, spread evenly over the calls
    ordered by their seconds, so that cheap and dear ones keep their proportion. At least one, then the median.
    """
    by_cost = sorted(indexes, key=seconds.__getitem__)
    for count in range(len(by_cost), 1, -1):
        step = len(by_cost) / count
        some = [by_cost[int((i + 0.5) * step)] for i in range(count)]
        if sum(seconds[i] for i in some) <= allowed:
            return sorted(some)
    return [by_cost[len(by_cost) // 2]]


def _time_call(region, call, first, allowed, compiles):
    """Seconds of one call after its first execution, which took `first`, and executions measured."""
    if first > allowed and not compiles:
        return first, 1  # long enough that what happens once in it does not matter
    each = []
    batch = 1
    most = max(1, min(_LARGEST_BATCH, _LARGEST_BATCH_BYTES // max(1, call.bytes)))
    deadline = time.perf_counter() + 4 * allowed  # copying entries may take longer than the region itself
    while not each or (sum(each) < allowed and time.perf_counter() < deadline):
        each += _time_batch(region, call, batch)
        batch = min(most, batch * 2)
    return max(_middle_mean(each), 1e-9), len(each)


def _middle_mean(values):
    """Mean of the middle half: another process that takes the processor for a moment must not count as the region."""
    values = sorted(values)
    cut = len(values) // 4
    middle = values[cut : len(values) - cut]
    return sum(middle) / len(middle)


def _time_batch(region, call, count):
    """Seconds of each of `count` executions."""
    entries = [call.entry() for _ in range(count)]
    clock, clock_cost, each = time.perf_counter, _clock_cost(), []
    gc.collect()
    while entries:
        entry = entries.pop()
        restore_random_state(entry.random)
        run = region.prepare(entry)
        started = clock()
        outcome = run()
        if type(outcome[1]) is types.GeneratorType:
            for _ in outcome[1]:
                pass
        each.append(max(0.0, clock() - started - clock_cost))
        del outcome, run, entry  # results may be large: one at a time is alive
    return each


def _clock_cost():
    clock = time.perf_counter
    return min(-clock() + clock() for _ in range(200))
