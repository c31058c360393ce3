"""Mutants of right rewrites, each shown to be wrong by an input on which it and the original differ; prints them as JSON.

    python mutants.py AGENT_DIRECTORY CASES.json

A mutant that no input tells from the original is left out: it may be equivalent. Inputs are the arguments of the case's
own calls and random changes of them that keep their types; they are made here, independently of those that the judge makes.
"""

import ast
import copy
import json
import math
import random
import signal
import sys
import types
import warnings

sys.path.insert(0, sys.argv[1])
from speedwell_agent.mutate import Mutants  # noqa: E402

SEED = 20240229
PER_REWRITE = 2
TRIES = 80
SECONDS = 0.1


class Late(BaseException):
    pass


def late(*_):
    raise Late


def module_of(text):
    module = types.ModuleType("case")
    sys.modules["case"] = module
    exec(compile(text, "<case>", "exec"), module.__dict__)
    return module


def find(module):
    """The function `f` of a module, or None where it is a method."""
    return module.__dict__.get("f")


def recorded_arguments(text, calls):
    """The arguments of each call of `f` that the calls make."""
    module = module_of(text)
    kept = []
    original = find(module)
    if original is None:
        return []

    def recorder(*args, **keywords):
        kept.append(copy.deepcopy((args, keywords)))
        return original(*args, **keywords)

    space = dict(module.__dict__, f=recorder)
    module.f = recorder
    exec(calls, space)
    return kept


def changed(value, source):
    """A value of the same type, near or far."""
    numpy = sys.modules.get("numpy")
    if type(value) is bool:
        return source.random() < 0.5
    if type(value) is int:
        return source.choice([value + 1, value - 1, 0, 1, -value, source.randint(-20, 20), value * 3 + 1, 2**40 + 1])
    if type(value) is float:
        return source.choice([value + 0.5, -value, 0.0, round(source.uniform(-9, 9), 2), value * 3, 1.0])
    if type(value) is str:
        letters = list(value)
        for _ in range(source.randint(1, 3)):
            action, at = source.randint(0, 3), source.randint(0, len(letters))
            if action == 0:
                letters.insert(at, source.choice("abz AZ09 .,-\n"))
            elif action == 1:
                del letters[at : at + 1]
            elif action == 2:
                letters[at:at] = letters[:2]
            else:
                letters.reverse()
        return "".join(letters)
    if type(value) in (list, tuple):
        items = list(value)
        for _ in range(source.randint(1, 3)):
            action, at = source.randint(0, 5), source.randint(0, max(0, len(items) - 1))
            if action == 0 and items:
                del items[at]
            elif action == 1 and items:
                items.insert(source.randint(0, len(items)), copy.deepcopy(items[at]))
            elif action == 2:
                source.shuffle(items)
            elif items:
                items[at] = changed(items[at], source)
        return type(value)(items)
    if type(value) is dict:
        items = list(value.items())
        source.shuffle(items)
        items = items[source.randint(0, 1) :] if len(items) > 1 else items
        return {k: changed(v, source) if source.random() < 0.5 else v for k, v in items}
    if type(value) is set:
        return set(changed(sorted(value, key=repr), source))
    if numpy is not None and type(value) is numpy.ndarray and value.dtype.kind in "if" and value.size:
        made = value.copy()
        for _ in range(source.randint(1, 3)):
            at = source.randrange(made.size)
            made.reshape(-1)[at] = changed(made.reshape(-1)[at].item(), source)
        return made if source.random() < 0.7 or len(made) < 3 else made[: source.randint(1, len(made))].copy()
    return value


def plain(value):
    """What is compared, with floats apart: (a text of the structure, the floats in it)."""
    floats = []
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")

    def walk(value):
        if isinstance(value, float):
            floats.append(float(value))
            return type(value).__name__
        if isinstance(value, types.GeneratorType):
            return "generator %s" % [walk(item) for _, item in zip(range(1000), value)]
        if isinstance(value, (list, tuple)):
            return "%s %s" % (type(value).__name__, [walk(item) for item in value])
        if isinstance(value, dict):
            return "%s %s" % (type(value).__name__, [(walk(k), walk(v)) for k, v in value.items()])
        if isinstance(value, (set, frozenset)):
            return "%s %s" % (type(value).__name__, sorted(map(walk, value)))
        if numpy is not None and isinstance(value, numpy.ndarray):
            return "array %s %s %s" % (value.dtype, value.shape, walk(value.tolist()))
        if pandas is not None and isinstance(value, (pandas.Series, pandas.DataFrame)):
            return "%s %s %s" % (walk(value.index.tolist()), getattr(value, "dtypes", ""), walk(value.to_numpy().tolist()))
        return "%s %r" % (type(value).__name__, value)

    return walk(value), floats


def outcome(function, arguments):
    """(how it ended, text, floats) of one call on a copy of the arguments; processor time is limited."""
    try:
        return _outcome(function, arguments)
    except Late:
        return "late", "", []


def _outcome(function, arguments):
    args, keywords = copy.deepcopy(arguments)
    random.seed(1)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        value = function(*args, **keywords)
        text, floats = plain((value, args, keywords))
        return "value", text, floats
    except Exception as error:
        return "raises", type(error).__name__, []
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def differ(one, two, tolerance):
    if one[:2] != two[:2] or len(one[2]) != len(two[2]):
        return True
    scale = max([abs(x) for x in one[2] if math.isfinite(x)], default=0.0)
    for x, y in zip(one[2], two[2]):
        if tolerance is None and repr(x) != repr(y) or not (x == y or x != x and y != y or abs(x - y) <= 1e-3 * scale):
            return True
    return False


def telling(mutant, tolerance, inputs):
    """The number of the first input on which the mutant returns something else than the original, or None."""
    for number, (arguments, expected) in enumerate(inputs):
        found = outcome(mutant, arguments)
        if found[0] == "late":
            return None
        # One that raises is told apart by anybody.
        if found[0] == "value" and differ(expected, found, tolerance):
            return number
    return None


def main():
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGVTALRM, late)
    with open(sys.argv[2], encoding="utf-8") as file:
        cases = json.load(file)
    out, sys.stdout = sys.stdout, open("/dev/null", "w")
    found = []
    for number, case in enumerate(cases):
        try:
            recorded = recorded_arguments(case["text"], case["calls"])
        except Exception:  # arguments that cannot be copied, a call that raises
            continue
        if recorded:
            found += [dict(one, number=number) for one in mutants_of(case, recorded)]
    json.dump(found, out)


def inputs_of(original, recorded, source):
    """(arguments, outcome of the original) of inputs on which it returns, and does so twice alike; and how many were recorded."""
    inputs, count = [], 0
    for number in range(TRIES):
        if number < len(recorded):
            arguments = recorded[number]
        else:
            args, keywords = copy.deepcopy(source.choice(recorded))
            arguments = tuple(changed(a, source) if source.random() < 0.6 else a for a in args), keywords
        expected = outcome(original, arguments)
        if expected[0] == "value" and not differ(expected, outcome(original, arguments), None):
            inputs.append((arguments, expected))
            count += number < len(recorded)
    return inputs, count


def new_functions(tree, known):
    """(statements, place in them) of the functions that the original has not: what is beside them is not what is judged."""
    for block in [tree.body] + [s.body for s in tree.body if isinstance(s, ast.ClassDef)]:
        for i, statement in enumerate(block):
            if isinstance(statement, ast.FunctionDef) and ast.dump(statement) not in known:
                yield block, i


def mutants_of(case, recorded):
    source = random.Random("%d %s" % (SEED, case["name"]))
    inputs, count = inputs_of(find(module_of(case["text"])), recorded, source)
    known = {ast.dump(block[i]) for block, i in new_functions(ast.parse(case["text"]), ())}
    for rewrite in case["rewrites"]:
        if not rewrite["right"]:
            continue
        hard, easy = [], []
        tree = ast.parse(rewrite["text"])
        places = list(new_functions(tree, known))
        for label, statements in Mutants([block[i] for block, i in places], 24, source.random()):
            kept = [block[i] for block, i in places]
            for (block, i), statement in zip(places, statements):
                block[i] = statement
            text = ast.unparse(ast.fix_missing_locations(tree))
            for (block, i), statement in zip(places, kept):
                block[i] = statement
            try:
                at = telling(find(module_of(text)), rewrite["tolerance"], inputs)
            except Exception:  # the module itself fails
                continue
            if at is None:
                continue
            told = "a recorded input tells" if at < count else "told by %r" % (inputs[at][0],)
            name = "%s, %s: %s" % (rewrite["name"], label, told)
            # The interesting ones are those that agree on all that was recorded.
            (easy if at < count else hard).append(
                {"right": False, "name": name, "text": text, "tolerance": rewrite["tolerance"], "source": None}
            )
            if len(hard) == PER_REWRITE:
                break
        yield from (hard + easy)[:PER_REWRITE]


main()
