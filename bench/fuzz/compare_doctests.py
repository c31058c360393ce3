"""Hold kept rewrites of documented functions against the original, on arguments of their doctests' calls that were changed:
`compare_doctests.py REQUEST.json`, one JSON line per rewrite.

REQUEST: {"module", "inputs", "seed", "kept": [{"id", "function", "text", "tolerance"}]}.
"""

import contextlib
import copy
import doctest
import importlib
import io
import random
import time
import types

from compare import answered, kind_of
from outcome import Slow, difference, outcome
from vary import varied

_SECONDS = 240  # for one rewrite


class Drawn(list):
    """What an iterator gave; each call gets an iterator of its own over it."""


def calls_of(module, name):
    """Copies of the arguments with which the function's own doctest calls it."""
    original, calls = getattr(module, name), []

    def keep(value):
        return Drawn(value) if hasattr(value, "__next__") else copy.deepcopy(value)

    def watched(*positional, **named):
        with contextlib.suppress(Exception):
            calls.append(([keep(one) for one in positional], {key: keep(one) for key, one in named.items()}))
            positional = given(calls[-1][0])
            named = dict(zip(named, given(calls[-1][1].values())))
        return original(*positional, **named)

    setattr(module, name, watched)
    try:
        runner = doctest.DocTestRunner(verbose=False)
        scope = dict(vars(module))
        for test in doctest.DocTestFinder(recurse=False).find(original, name, module=False, globs=scope):
            runner.run(test, out=lambda _: None)
    except (Exception, Slow):
        pass
    finally:
        setattr(module, name, original)
    return calls


def given(values):
    return [iter(list(one)) if isinstance(one, Drawn) else copy.deepcopy(one) for one in values]


def of_text(module, text, name):
    """The function as `text` of its module makes it, with the classes of the module that is there."""
    new = types.ModuleType(module.__name__)
    new.__dict__.update({key: getattr(module, key) for key in ("__file__", "__package__", "__spec__", "__path__") if hasattr(module, key)})
    exec(compile(text, module.__file__, "exec"), new.__dict__)
    for key, value in vars(module).items():
        if isinstance(value, type) and value.__module__ == module.__name__ or key.startswith("_") and isinstance(value, (dict, list)):
            new.__dict__[key] = value
    return new.__dict__[name]


def held(request, one):
    with contextlib.redirect_stdout(io.StringIO()):
        module = importlib.import_module(request["module"])
        calls = calls_of(module, one["function"])
    with open(module.__file__, encoding="utf-8") as file:
        old = of_text(module, file.read(), one["function"])
    new = of_text(module, one["text"], one["function"])
    r = random.Random(request["seed"])
    end = time.monotonic() + _SECONDS
    compared, differences = 0, []
    while calls and compared < request["inputs"] and time.monotonic() < end:
        positional, named = copy.deepcopy(r.choice(calls))
        positional = [Drawn(varied(list(v), r)) if isinstance(v, Drawn) else varied(v, r) for v in positional]
        named = {key: varied(v, r) for key, v in named.items()}
        before = _called(old, positional, named, 1.0)
        if before["ends"] in (("slow",), ("recursion",)):
            calls = calls if r.random() < 0.95 else calls[:-1]
            continue
        after = _called(new, positional, named, 30.0)
        told = difference(before, after, one["tolerance"])
        compared += 1
        if told:
            kind = kind_of(told, before, after, one["tolerance"], (*positional, *named.values()))
            if sum(other["kind"] == kind for other in differences) < 4:
                differences.append({"input": repr((positional, named))[:2000], "told": told, "kind": kind})
    return {"compared": compared, "differences": differences}


def _called(function, positional, named, seconds):
    drawing = lambda *p, **n: function(*[iter(list(one)) if isinstance(one, Drawn) else one for one in p], **n)
    return outcome(drawing, positional, named, seconds)


if __name__ == "__main__":
    answered(held)
