"""Calls a kernel of NPBench three times in a folder that holds it: `npbench_probe.py SPEC.json`, result as JSON on stdout.

SPEC: {"module", "function", "initialize", "parameters", "inputs", "outputs", "save"}
"""
import json
import pickle
import sys
import time
from importlib import import_module

import numpy as np

sys.path.insert(0, ".")


def arguments(spec):
    values = dict(spec["parameters"])
    made = spec["initialize"]
    if made:
        function = getattr(import_module(made["module"]), made["function"])
        result = function(*[values[name] for name in made["inputs"]])
        values.update(zip(made["outputs"], result if isinstance(result, tuple) else (result,)))
    return [values[name] for name in spec["inputs"]]


def copied(values):
    return [value.copy() if isinstance(value, np.ndarray) else value for value in values]


def main():
    with open(sys.argv[1]) as file:
        spec = json.load(file)
    given = arguments(spec)
    function = getattr(import_module(spec["module"]), spec["function"])
    seconds = []
    for _ in range(3):
        now = copied(given)
        start = time.perf_counter()
        result = function(*now)
        seconds.append(time.perf_counter() - start)
    outputs = [result] if not isinstance(result, (tuple, list)) else list(result)
    outputs += [value for name, value in zip(spec["inputs"], now) if name in spec["outputs"]]
    with open(spec["save"], "wb") as file:
        pickle.dump([np.asarray(one) for one in outputs if one is not None], file)
    agreement = None
    if spec.get("beside"):
        with open(spec["beside"], "rb") as file:
            agreement = compared(pickle.load(file), [np.asarray(one) for one in outputs if one is not None])
    print(json.dumps({"first": seconds[0], "warm": min(seconds[1:]), "agreement": agreement}))


def compared(old, new):
    if [(one.dtype, one.shape) for one in old] != [(one.dtype, one.shape) for one in new]:
        return "types differ"
    if all(a.tobytes() == b.tobytes() for a, b in zip(old, new)):
        return "exact"
    close = all(
        np.allclose(a, b, rtol=1e-8, atol=1e-10 * max(1.0, float(np.nanmax(np.abs(a), initial=0))), equal_nan=True)
        for a, b in zip(old, new)
    )
    return "close" if close else "differs"


main()
