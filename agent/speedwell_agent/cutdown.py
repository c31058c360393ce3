"""
Time a region on recorded inputs that are cut down, to see from which size on a rewrite pays.

Such inputs never came from the program: the region may fail on one, never end, or do what no recorded call did. So effects are
refused, what raises is left out, and a watchdog ends the process, whose other results are written by then.
"""

import faulthandler
import gc
import os

from .effects import Guard
from .shrink import shrink
from .timing import sizes_of

_SIZES = (4, 16, 64, 256, 1024, 4096, 16384)
_EXECUTIONS = 7
_SHARE = 0.3  # of the seconds for recorded calls


def time_cut(timer, recorded, plan, choosing, spec):
    """[{"sizes", "seconds" or null}] for `plan["cut"]`, which is filled when `choosing`."""
    allowed = _SHARE * spec["seconds"]
    guard = Guard(os.path.dirname(spec["result"]))
    guard.install()
    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(2 + 8 * allowed, exit=True, file=nowhere)
        try:
            wanted = _choose(recorded, plan["calls"]) if choosing else plan["cut"]
            found = []
            for number, (index, size, executions) in enumerate(wanted):
                one = _time_one(timer, guard, recorded[index], size, executions, allowed / len(wanted))
                if one["seconds"] is not None and choosing:
                    plan["cut"].append([index, size, one.pop("executions")])
                if one["seconds"] is not None or not choosing:
                    one.pop("executions", None)
                    found.append(one)
            return found
        finally:
            faulthandler.cancel_dump_traceback_later()


def _choose(recorded, indexes):
    """Of the call with the largest entry among those timed, each size that makes it clearly smaller."""
    index = max(indexes, key=lambda i: recorded[i].bytes)
    sizes = [size for label, size in sizes_of(recorded[index].entry()).items() if label.startswith("len(")]
    return [(index, size, None) for size in _SIZES if size < 0.7 * max(sizes, default=0)]


def _time_one(timer, guard, call, size, executions, allowed):
    each = []
    sizes = None
    gc.collect()
    while len(each) <= (_EXECUTIONS if executions is None else executions):
        timer.restore()
        try:
            entry = shrink(call.entry(), size)
        except Exception:  # a subclass that does not take being made smaller
            return {"sizes": {}, "seconds": None}
        sizes = sizes or sizes_of(entry)
        guard.blocked, guard.strict = None, True
        try:
            seconds, how = timer.execute(entry)
        finally:
            guard.strict = False
        if guard.blocked is not None or how == "exception":
            return {"sizes": sizes, "seconds": None}
        each.append(seconds)
        if executions is None and len(each) > 1 and sum(each) > allowed:
            break
    later = sorted(each[1:])
    return {"sizes": sizes, "seconds": max(later[len(later) // 2], 1e-9), "executions": len(later)}
