"""Write generated programs: `generate.py SEED FIRST COUNT FOLDER`.

Each program is a module `p_N.py` with a function `f`, `calls_of_p_N.py` calls it as a workload would, and `script.py` runs
them all. `programs.json` says of each where it comes from and of what kind its arguments are.
"""

import ast
import contextlib
import copy
import io
import json
import os
import pickle
import random
import re
import signal
import sys

import inputs
from compose import composed
from mutate import mutated

HERE = os.path.dirname(os.path.abspath(__file__))


class Slow(BaseException):
    pass


def idioms():
    found = []
    for name in sorted(os.listdir(os.path.join(HERE, "idioms"))):
        with open(os.path.join(HERE, "idioms", name), encoding="utf-8") as file:
            for part in re.split(r"^# ", file.read(), flags=re.M)[1:]:
                head, text = part.split("\n", 1)
                kinds = [one.split()[1] for one in head.split(", ")]
                found.append((name[:-4], kinds, text.strip() + "\n"))
    return found


def expanded(text, r):
    """Each «first¦second¦…» becomes one of its alternatives, most often the first; `\\n` in one begins another line."""

    def choose(found):
        every = found.group(1).split("¦")
        chosen = every[0] if r.random() < 0.4 else r.choice(every)
        line = found.string[found.string.rfind("\n", 0, found.start()) + 1 : found.start()]
        return chosen.replace("\\n", "\n" + re.match(" *", line).group())

    text = re.sub("«([^«»]*)»", choose, text)
    return "\n".join(line for line in text.split("\n") if line.strip()) + "\n"


def whole(text):
    needs = [("math", "import math\n"), ("np", "import numpy as np\n"), ("pd", "import pandas as pd\n")]
    used = {n.id for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Name)}
    imports = "".join(line for name, line in needs if name in used)
    return (imports + "\n\n" if imports else "") + text


def outcome(function, arguments):
    """How a call ends: "value", the name of the exception, or "slow"."""
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            function(*arguments)
        return "value"
    except Slow:
        return "slow"
    except Exception as error:
        return type(error).__name__
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def workload(text, kinds, r):
    """Arguments of some calls that end well, or None where none of them do."""
    namespace = {"__name__": "p"}
    exec(compile(text, "p", "exec"), namespace)
    calls, ended = [], 0
    moods = ["usual"] * 4 + ["small"] * 3 + (["edge"] * 3 if r.random() < 0.3 else [])
    for mood in moods:
        given = inputs.arguments(kinds, r, mood)
        ends = outcome(namespace["f"], copy.deepcopy(given))
        if ends == "slow":
            return None
        ended += ends == "value"
        if ends == "value" or mood == "edge":
            calls.append(given)
    return calls if ended >= 3 else None


def program(r, known):
    if r.random() < 0.25:
        text, kinds = composed(r)
        source, text = "composed", whole(text)
    else:
        source, kinds, text = r.choice(known)
        text = whole(expanded(text, r))
    if r.random() < 0.35:
        try:
            other = mutated(text, r)
            calls = workload(other, kinds, r)
            if calls is not None:
                return source + ", changed", kinds, other, calls
        except Exception:
            pass
    calls = workload(text, kinds, r)
    return None if calls is None else (source, kinds, text, calls)


def main(seed, first, count, folder):
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(Slow()))
    known = idioms()
    made = []
    for number in range(first, first + count):
        r = random.Random("%d %d" % (seed, number))
        found = None
        while found is None:
            found = program(r, known)
        source, kinds, text, calls = found
        name = "p_%04d" % number
        with open(os.path.join(folder, name + ".py"), "w", encoding="utf-8") as file:
            file.write(text)
        with open(os.path.join(folder, name + ".pickle"), "wb") as file:
            pickle.dump(calls, file)
        with open(os.path.join(folder, "calls_of_%s.py" % name), "w", encoding="utf-8") as file:
            file.write(
                "import os, pickle\nimport %s\nwith open(os.path.join(os.path.dirname(__file__), '%s.pickle'), 'rb') as file:\n    calls = pickle.load(file)\n"
                "for call in calls:\n    try:\n        %s.f(*call)\n    except Exception:\n        pass\n" % (name, name, name)
            )
        made.append({"module": name, "source": source, "kinds": kinds})
    with open(os.path.join(folder, "script.py"), "w", encoding="utf-8") as file:
        file.write("import importlib\nimport random\nfor module in %r:\n    random.seed(1)\n    importlib.import_module('calls_of_' + module)\n" % [one["module"] for one in made])
    with open(os.path.join(folder, "programs.json"), "w", encoding="utf-8") as file:
        json.dump(made, file)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]), sys.argv[4])
