"""Hold kept rewrites against the original on further inputs: `compare.py REQUEST.json`, one JSON line per rewrite.

REQUEST: {"folder", "inputs": how many, "seed", "kept": [{"id", "module", "kinds", "text", "tolerance"}]}.
"""

import json
import os
import random
import re
import sys

import inputs
from outcome import difference, outcome, watch_time


def module_of(text, name):
    namespace = {"__name__": name}
    exec(compile(text, name, "exec"), namespace)
    return namespace["f"]


def held(request, one):
    """{"compared", "differences": [{"input", "told"}]} of one rewrite."""
    sys.path.insert(0, request["folder"])
    with open(os.path.join(request["folder"], one["module"] + ".py"), encoding="utf-8") as file:
        old = module_of(file.read(), one["module"])
    new = module_of(one["text"], one["module"])
    r = random.Random("%s %s" % (request["seed"], one["module"]))
    compared, differences = 0, []
    for n in range(request["inputs"]):
        mood = r.choice(("usual", "small", "small", "edge", "edge"))
        given = inputs.arguments(one["kinds"], r, mood)
        before = outcome(old, given, {}, 1.0)
        if before["ends"] in (("slow",), ("recursion",)):
            continue
        after = outcome(new, given, {}, 60.0 if n < 20 else 20.0)
        told = difference(before, after, one["tolerance"])
        compared += 1
        if told:
            kind = kind_of(told, before, after, one["tolerance"], given)
            if sum(one["kind"] == kind for one in differences) < 4:
                differences.append({"input": repr(given)[:2000], "told": told, "kind": kind})
    return {"compared": compared, "differences": differences}


def kind_of(told, before, after, tolerance, given):
    """
    How a difference shows: "raises" by the rewrite, "raised X" by the original alone, "type", "single precision" where
    there is none on such numbers but in more digits than they have; else "silent".
    """
    if re.search(r": (d?type .*|(float|int|uint|complex|bool)\d*\(.*), not ", told):
        return "type"
    if told.startswith("ends: ('raises'"):
        return "raises"
    if before["ends"][0] == "raises":
        return "raised " + before["ends"][1]
    if any(str(getattr(value, "dtype", "")) == "float32" for value in given):
        coarse = {"kind": "relative", "bound": 2.0**-20, "absolute": 2.0**-20}
        if tolerance is not None:
            coarse = dict(tolerance, **{name: tolerance[name] * 2.0**29 for name in ("bound", "absolute") if name in tolerance})
        if difference(before, after, coarse) is None:
            return "single precision"
    return "silent"


def answered(held):
    """Answer the request that the command line names, each rewrite in a process of its own."""
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    watch_time()
    for one in request["kept"]:
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            try:
                found = held(request, one)
            except BaseException as error:
                found = _failed("the comparison failed: %r" % (error,))
            os.write(1, (json.dumps({"id": one["id"], **found}) + "\n").encode())
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            print(json.dumps({"id": one["id"], **_failed("the process ended with %d" % status)}))


def _failed(told):
    return {"compared": 0, "differences": [{"input": "", "told": told, "kind": "silent"}]}


if __name__ == "__main__":
    answered(held)
