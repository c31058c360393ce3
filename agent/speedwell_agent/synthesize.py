"""Make calls of a function from annotations and defaults alone: `synthesize SPEC.json`.

SPEC: {"program", "path", "text", "region", "texts", "directory": where the calls go, "seed", "calls": how many}. What is
left there is as if the calls had been recorded (state.py), with the facts of that. On stdout: {"calls": how many} or
{"impossible": why}. The original runs where it may not act on the world.
"""

import inspect
import json
import os
import random

from . import facts, namespace, snapshot, strategies
from .effects import Blocked, Guard, limit_memory
from .outcome import TimeLimit, start_alarm, stop_alarm
from .regioncode import NotReplayable
from .state import Entry, Exit, Opaque, Raised, random_state, restore_random_state

_SECONDS = 0.5  # for one call


def main(args):
    with open(args[0], encoding="utf-8") as file:
        spec = json.load(file)
    answers = os.fdopen(os.dup(1), "w")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    os.makedirs(spec["directory"], exist_ok=True)
    try:
        answer = {"calls": _synthesize(spec)}
    except (NotReplayable, strategies.NoStrategy) as error:
        answer = {"impossible": str(error)}
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _synthesize(spec):
    guard = Guard(spec["directory"], [spec["path"]])
    guard.install()
    limit_memory(2 << 30)
    _write_facts(spec, [], 0)
    guard.building = True
    try:
        region = namespace.load_region(spec["text"], spec["path"], spec["region"], [], spec["program"], spec["texts"])
    except Blocked:
        raise NotReplayable("its module %s when it is imported" % guard.blocked) from None
    finally:
        guard.building = False
    make = _entries(region)
    space = region.module.__dict__
    data = [n for n in spec["region"]["globals"] if n in space and not callable(space[n]) and not inspect.ismodule(space[n])]
    source = random.Random(spec["seed"])
    written = seen = 0
    known = set()
    while seen < 4 * spec["calls"] and written < spec["calls"]:
        seen += 1
        try:
            arguments = make(source)
            entry = Entry(arguments, globals={name: space[name] for name in data}, random=random_state())
            frozen = snapshot.freeze(entry)
        except (snapshot.Unrecordable, Exception):  # a constructor that refuses what was made for it
            continue
        if frozen in known:
            continue
        known.add(frozen)
        exit = _run(region, guard, snapshot.thaw(frozen))
        if exit is None:
            continue
        written += 1
        stem = os.path.join(spec["directory"], "%d-%d" % (os.getpid(), written))
        for side, content in (("entry", frozen), ("exit", exit)):
            with open("%s.%s" % (stem, side), "wb") as file:
                file.write(content)
    if not written:
        raise strategies.NoStrategy("no call that was made from its annotations came to an end")
    _write_facts(spec, data, written)
    return written


def _entries(region):
    """A function from a source of randomness to the arguments of a call by name."""
    if not region.is_function or region._nested is not None:
        raise strategies.NoStrategy("it is no function that can be called by itself")
    function = region._function(Entry({}))
    owner = _owner(region)
    decorators = {getattr(d, "id", getattr(d, "attr", None)) for d in region.place.node.decorator_list}
    bound = owner is not None and "staticmethod" not in decorators
    positional, keywords = strategies.parameters(function, skip=1 if bound else 0)
    first = next(iter(inspect.signature(function, follow_wrapped=False).parameters), None)
    receiver = None
    if bound:
        receiver = (lambda source: owner) if "classmethod" in decorators else strategies.instance(owner)

    def make(source):
        arguments = {} if receiver is None else {first: receiver(source)}
        for name, strategy in positional + keywords:
            arguments[name] = strategy(source)
        signature = region.place.node.args
        for rest, empty in ((signature.vararg, ()), (signature.kwarg, {})):
            if rest is not None:
                arguments[rest.arg] = empty
        return arguments

    return make


def _owner(region):
    found = region.module
    for part in region.place.region["qualname"].split(".")[:-1]:
        found = getattr(found, part)
    return found if isinstance(found, type) else None


def _run(region, guard, entry):
    """The frozen state after the call, or None when it does not end or acts on the world."""
    restore_random_state(entry.random)
    guard.blocked = None
    try:
        run = region.prepare(entry)
        guard.strict = True
        start_alarm(guard, _SECONDS)
        try:
            how, value, _ = run()
        finally:
            stop_alarm(guard)
            guard.strict = False
    except (TimeLimit, Blocked):
        return None
    if guard.blocked or isinstance(value, (TimeLimit, Blocked, MemoryError, RecursionError)):
        return None
    exit = Exit(
        how,
        value=Opaque(type(value).__name__) if inspect.isgenerator(value) else value if how == "return" else None,
        exception=Raised.of(value) if how == "exception" else None,
        arguments=entry.arguments,
        globals={name: region.module.__dict__[name] for name in entry.globals if name in region.module.__dict__},
        random=random_state(),
    )
    try:
        return snapshot.freeze(exit, opaque=True)
    except snapshot.Unrecordable:
        return None


def _write_facts(spec, data, count):
    found = facts.empty(spec["region"]["id"])
    found.update(calls=count, recorded=count, liveIn={name: [] for name in data})
    with open(os.path.join(spec["directory"], "facts.json"), "w", encoding="utf-8") as file:
        json.dump(found, file)


