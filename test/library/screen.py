"""Try candidate expressions on the recorded calls of a function and on variations of them.

    screen.py PROGRAM CAPTURE_DIRECTORY FUNCTION < candidates.json > screenings.json
"""

import copy
import importlib.util
import inspect
import json
import math
import os
import random
import resource
import signal
import sys
import time
import warnings

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../agent"))
from speedwell_agent.state import load_calls  # noqa: E402

warnings.simplefilter("ignore")
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


class Slow(Exception):
    pass


def alarm(*_):
    raise Slow("slower than the original")


def same(a, b, tolerance):
    if type(a) is not type(b):
        return False
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(a, numpy.ndarray):
        if a.dtype != b.dtype or a.shape != b.shape:
            return False
        if tolerance is None or a.dtype.kind not in "fc":
            return bool(numpy.array_equal(a, b, equal_nan=a.dtype.kind in "fc"))
        scale = float(numpy.max(numpy.abs(a), initial=0, where=numpy.isfinite(a)))
        return bool(numpy.allclose(a, b, rtol=tolerance, atol=1e-12 * scale, equal_nan=True))
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(same(x, y, tolerance) for x, y in zip(a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[k], b[k], tolerance) for k in a)
    if isinstance(a, (float, complex)) and tolerance is not None:
        if a != a or b != b:
            return a != a and b != b
        return a == b or abs(a - b) <= tolerance * max(abs(a), abs(b)) + 1e-12
    return a == b


def vary(value, rng):
    """The value with something in it changed, inside the range of what it is."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return max(0, value + rng.choice((-1, 1))) if value >= 0 else value + rng.choice((-1, 1))
    if isinstance(value, float):
        return value * rng.uniform(0.5, 1.5) if math.isfinite(value) else value
    if isinstance(value, str):
        letters = list(value)
        rng.shuffle(letters)
        return "".join(letters)
    if isinstance(value, (list, tuple)) and value:
        items = list(value)
        at, other = rng.randrange(len(items)), rng.randrange(len(items))
        nested = isinstance(items[at], (list, tuple, dict))
        how = 0 if nested else rng.randrange(3)
        if how == 0:
            items[at] = vary(items[at], rng)
        elif how == 1:
            items[at] = items[other]
        else:
            rng.shuffle(items)
        return type(value)(items)
    if isinstance(value, dict) and value:
        key = rng.choice(list(value))
        return {**value, key: vary(value[key], rng)}
    if hasattr(value, "flat") and value.size:
        changed = value.copy()
        changed.flat[rng.randrange(value.size)] = vary(value.flat[rng.randrange(value.size)].item(), rng)
        return changed
    return value


def main(program, directory, name):
    specification = importlib.util.spec_from_file_location("case", program)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    function = getattr(module, name)
    recorded = [call.entry().arguments for call in load_calls(directory)]
    rng = random.Random(1)
    generated = []
    for arguments in recorded:
        for _ in range(8):
            changed = copy.deepcopy(arguments)
            key = rng.choice(list(changed))
            for _ in range(rng.randrange(1, 4)):
                changed[key] = vary(changed[key], rng)
            generated.append(changed)
    known = {}

    def original(index, arguments):
        if index not in known:
            given = copy.deepcopy(arguments)
            began = time.perf_counter()
            try:
                value = function(**given)
                known[index] = (value, given, time.perf_counter() - began)
            except Exception:
                known[index] = None
        return known[index]

    def compare(candidate, names, index, arguments):
        """None when the same or not to be compared, else what is different; and the two times."""
        outcome = original(index, arguments)
        if outcome is None:
            return None, 0, 0
        value, given, seconds = outcome
        here = {**vars(module), **names, **copy.deepcopy(arguments)}
        if candidate.get("guard"):
            try:
                if not eval(candidate["guard"], here):
                    return "guard", 0, seconds
            except Exception:
                return "guard", 0, seconds
        signal.setitimer(signal.ITIMER_REAL, max(0.3, 1.5 * seconds))
        began = time.perf_counter()
        try:
            got = eval(candidate["expression"], here)
        except Exception as error:
            return repr(error), 0, seconds
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        took = time.perf_counter() - began
        expected = given[candidate["target"]] if candidate.get("target") else value
        if same(expected, got, candidate["relativeTolerance"]):
            return None, took, seconds
        return "%.200r gives %.100r, not %.100r" % (arguments, expected, got), took, seconds

    screenings = []
    for candidate in json.load(sys.stdin):
        names = {}
        for statement in candidate["imports"]:
            exec(statement, names)
        extra = [eval(text, {"inf": math.inf, "nan": math.nan}) for text in candidate.get("inputs", ())]
        extra = [(repr(changes), {**copy.deepcopy(recorded[0]), **changes}) for changes in extra]
        result = {"recorded": 0, "generated": 0, "reason": None, "seconds": 0, "originalSeconds": 0}
        for index, arguments in enumerate(recorded):
            reason, took, seconds = compare(candidate, names, index, arguments)
            if reason:
                result["reason"] = reason
                break
            result["recorded"] += 1
            if seconds > result["originalSeconds"]:
                result.update(seconds=took, originalSeconds=seconds)
        else:
            for index, arguments in [*extra, *((1000 + i, one) for i, one in enumerate(generated))]:
                reason, _, _ = compare(candidate, names, index, arguments)
                if reason and reason != "guard":
                    result["reason"] = reason
                    break
                result["generated"] += 1
        screenings.append({"id": candidate["id"], "agrees": result["reason"] is None, **result})
    json.dump(screenings, sys.stdout)


signal.signal(signal.SIGALRM, alarm)
main(*sys.argv[1:])
