"""Run a region once and observe everything that another part of the program could notice, as plain data.

The facets are roots of one canonical graph, so aliasing between them is part of what is compared: `return` or the
live-outs, `argument x`, `closure x`, `global x`, `exception`, `warnings`, `environment`, `settings of the process`, `stdout`, `stderr`, `random state`, the objects
that were reachable before the call, and the items of a generator with what is visible after each.
"""

import ast
import contextlib
import ctypes
import functools
import io
import linecache
import os
import re
import signal
import sys
import types
import warnings

from . import drive, hanging, settings, state
from .canonical import Graph
from .effects import Blocked, is_installed
from .entropy import Entropy

_SKIPPED_GLOBALS = ("__builtins__", "__annotations__", "__annotate__", "__conditional_annotations__", "__warningregistry__")
_CACHED = type(functools.lru_cache(maxsize=None)(lambda: None))  # a function still, whatever it has kept
_NOT_DATA = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type, _CACHED)


class TimeLimit(BaseException):
    """The execution took longer than it may."""


class Observer:
    """
    Observes executions of one region. `guard` blocks effects; for new code, `old_names` are the names of the original's
    module before anything ran, and `old_text` is its text.
    """

    def __init__(self, region, guard, old_names=None, old_text=None):
        self.region, self.guard = region, guard
        self._words = None if old_text is None else set(re.findall(r"\w+", old_text))
        space = region.module.__dict__
        # Of a function that moved to another module, the only data that both modules have.
        observed = region.place.region.get("observed", space)
        self.names = sorted(n for n in space if _is_data_name(n) and n in observed) if old_names is None else old_names
        # Helpers that a rewrite adds at module level are its own business, until it changes another name.
        self.added = {n for n in space if n not in self.names}
        self.entropy = Entropy()
        self.files = [_stream_file(1), _stream_file(2)]
        self._hanging = hanging.Baseline(region.module)
        self._loop = None
        if isinstance(region.place.node, ast.AsyncFunctionDef):
            import asyncio

            self._loop = asyncio.new_event_loop()  # made here, since it opens a pair of sockets
        self.reach = None  # a `reach.Reach` to note what executions reach, or None

    def begin(self):
        """Put back what earlier executions left on the program's functions and classes."""
        self._hanging.restore()
        clear = getattr(getattr(self.region, "_decorated", None), "cache_clear", None)
        if clear is not None:
            clear()

    def observe(self, entry, seconds, driven="through", handle=None):
        """
        Run the region on `entry` for at most `seconds`; a generator that it returns is `driven` as drive.py says.
        `handle(result)` is called when all has been observed, to do with it what its owner may do.
        {"how", "graph", "blocked", "limit", "type", "deliberate", "entropy", "draws"}: `entropy` tells whether it asked for
        randomness from outside, `draws` whether it drew random numbers at all, `deliberate` tells an exception that a `raise`
        or `assert` of the program made from one that an operation ran into.
        """
        region, guard = self.region, self.guard
        guard.blocked = None
        state.restore_random_state(entry.random)
        before = self._inputs(entry)
        objects = before.mutable_objects()
        frozen = before.data()
        environment = _environment()
        streams = sys.stdout, sys.stderr
        out, err = _Text(), _Text()
        answer = {"blocked": None, "limit": None, "deliberate": False, "entropy": False, "draws": False}
        items = None
        try:
            run = region.prepare(entry)
            with warnings.catch_warnings(record=True) as heard, self.entropy:
                warnings.simplefilter("always")
                sys.stdout, sys.stderr = out, err
                held = settings.settings()
                guard.strict = True
                start_alarm(guard, seconds)
                try:
                    with self.reach or contextlib.nullcontext():
                        how, value, bound = run()
                    if how == "return" and isinstance(value, types.CoroutineType):
                        with self.reach or contextlib.nullcontext():
                            how, value = drive.awaited(value, self._loop)
                    if how == "return" and isinstance(value, types.AsyncGeneratorType):
                        value = drive.Stepped(value, self._loop)
                    if how == "return" and isinstance(value, (types.GeneratorType, drive.Stepped)):
                        items = []
                        seen = lambda item: self._visible(item, entry, out)
                        with self.reach or contextlib.nullcontext():
                            how, value = drive.DRIVES[driven](value, entry, items.append, seen)
                finally:
                    stop_alarm(guard)
                    guard.strict = False
                    sys.stdout, sys.stderr = streams
                    changed_settings = settings.changes_since(held)
        except TimeLimit:
            _changes_of_environment(environment)
            return dict(answer, limit="time", how="limit", graph=None, type=None)
        if guard.late:  # also where a callback of C code, or an `except` of the program's, has swallowed it
            return dict(answer, limit="time", how="limit", graph=None, type=None)
        if how == "exception" and isinstance(value, MemoryError):
            return dict(answer, limit="memory", how="limit", graph=None, type=None)
        if guard.blocked or (how == "exception" and isinstance(value, Blocked)):
            return dict(answer, blocked=guard.blocked or "acts on the world", how="blocked", graph=None, type=None)
        graph = Graph()
        graph.alive.append(objects)
        graph.roots["how"] = ("str", how)
        if items is not None:
            graph.add("generator", items)
        if how == "exception":
            graph.add("exception", value)
        elif how == "return":
            graph.add("return", value)
        if not region.is_function:
            for name in region.place.region["liveOut"]:
                if name in bound:
                    graph.add("variable %s" % name, bound[name])
                else:
                    graph.roots["variable %s" % name] = ("unbound", None)
        self._add_inputs(graph, entry)
        self._add_globals(graph, entry)
        graph.add("objects passed in", objects)
        graph.roots["stdout"] = ("str", out.getvalue() + _grown(self.files[0], 1))
        graph.roots["stderr"] = ("str", err.getvalue() + _grown(self.files[1], 2))
        # When a file that was left open is closed is the garbage collector's affair.
        told = [
            (w.category.__module__ + "." + w.category.__qualname__, str(w.message))
            for w in heard
            if not issubclass(w.category, ResourceWarning)
        ]
        graph.add("warnings", told)
        graph.add("environment", _changes_of_environment(environment))
        graph.add("settings of the process", changed_settings)
        # Only generators that were there before: a package that a rewrite imports must not count as a change.
        now = state.random_state()
        graph.add("random state", {name: now[name] for name in entry.random if name in now})
        data = graph.data()
        answer.update(how=how, graph=data, type=None, entropy=self.entropy.drawn)
        answer["draws"] = self.entropy.drawn or _drew(entry, now, frozen, data)
        if how == "exception":
            answer.update(type=_exception_type(value), deliberate=_is_deliberate(value))
        elif handle is not None:
            handle(value)
        return answer

    def _visible(self, item, entry, out):
        """What can be seen at this moment: an item, the inputs, the output so far."""
        graph = Graph()
        graph.add("item", item)
        self._add_inputs(graph, entry)
        return repr(graph.data()) if len(graph.nodes) < 200 else None, out.getvalue()

    def _inputs(self, entry):
        graph = Graph()
        self._add_inputs(graph, entry)
        return graph

    def _add_inputs(self, graph, entry):
        for name, value in entry.arguments.items():
            graph.add("argument %s" % name, value)
        itself = self.region.own_name(entry)
        for name, cell in entry.closure.items():
            if name != itself:
                graph.add("closure %s" % name, cell)

    def _add_globals(self, graph, entry):
        space = self.region.module.__dict__
        live = set() if self.region.is_function or self.region.place.scopes else set(entry.arguments) | set(
            self.region.place.region["liveOut"]
        )
        names = set(self.names) | set(entry.globals)
        names |= {n for n in space if _is_data_name(n) and n not in self.added and self._may_be_read(n)}
        for name in sorted(names - live):
            if name in space:
                if name in entry.globals or _is_data(space[name]):
                    graph.add("global %s" % name, space[name])
                elif isinstance(space[name], (type, types.FunctionType)):
                    self._add_attributes(graph, name, space[name])

    def _may_be_read(self, name):
        """A name that new code at module level binds for itself cannot be read by code that does not know it."""
        return self._words is None or name in self._words

    def _add_attributes(self, graph, name, owner):
        if owner.__module__ != self.region.module.__name__:
            return
        held = hanging.attributes(owner)
        if isinstance(owner, types.FunctionType):
            if held:
                graph.add("attributes of %s" % name, owner.__dict__)
            return
        for key, value in sorted(held.items()):
            graph.add("class attribute %s.%s" % (name, key), value)


def _is_data(value):
    """Whether a global is more than code; a function that Numba compiles is a function still."""
    if isinstance(value, _NOT_DATA):
        return False
    compiled = type(value).__module__.split(".")[0] == "numba"
    return not (compiled and isinstance(getattr(value, "py_func", None), types.FunctionType))


def entry_of_exit(exit, entry):
    """The facets that capture recorded at the region's exit, as a graph like that of `observe` (but fewer)."""
    graph = Graph()
    how = exit.how
    graph.roots["how"] = ("str", how)
    if how == "return" and not isinstance(exit.value, (state.Opaque, types.GeneratorType)):
        graph.add("return", exit.value)
    for name, value in exit.bound.items():
        graph.add("variable %s" % name, value)
    for name in exit.unbound:
        graph.roots["variable %s" % name] = ("unbound", None)
    for name, value in exit.arguments.items():
        graph.add("argument %s" % name, value)
    for name, cell in exit.closure.items():
        graph.add("closure %s" % name, cell)
    for name, value in exit.globals.items():
        if _is_data(value):
            graph.add("global %s" % name, value)
    if exit.random:
        graph.add("random state", {n: exit.random[n] for n in entry.random if n in exit.random})
    return graph.data()


def outcome_of_exit(call, rebound=()):
    """
    What the run recorded of a call, in the form of what `observe` gives, with fewer facets; None where the run recorded too
    little to be held against: an exception, or a result that cannot be looked into. `rebound` as in originaljobs.py.
    """
    exit, entry = call.exit(), call.entry()
    if exit.how in ("exception", "generator", "coroutine") or isinstance(exit.value, (state.Opaque, types.GeneratorType)):
        return None
    graph = entry_of_exit(exit, entry)
    for name in rebound:
        graph["roots"].pop("argument %s" % name, None)
    draws = any(not _equal_states(before, exit.random.get(name)) for name, before in entry.random.items())
    return {
        "how": exit.how, "graph": graph, "blocked": None, "limit": None, "type": None, "deliberate": False, "entropy": False,
        "draws": draws,
    }  # fmt: skip


def _drew(entry, now, before, data):
    """Whether the execution drew random numbers: from a global generator, or from one that it was given."""
    given = any(node[1].startswith(("numpy.random.", "random.Random")) for node in data["nodes"])
    if given and not all(_equal(before, data, name) for name in before["roots"] if name in data["roots"]):
        return True
    return any(not _equal_states(before, now.get(name)) for name, before in entry.random.items())


def _equal_states(before, now):
    graphs = [Graph(), Graph()]
    for graph, value in zip(graphs, (before, now)):
        graph.add("state", value)
    return _equal(graphs[0].data(), graphs[1].data(), "state")


def _equal(before, after, name):
    from .compare import CannotTell, Comparison, Difference

    one = {"nodes": before["nodes"], "roots": {name: before["roots"][name]}}
    two = {"nodes": after["nodes"], "roots": {name: after["roots"][name]}}
    try:
        Comparison().facets(one, two)
    except (Difference, CannotTell):
        return False
    return True


def _is_data_name(name):
    return name not in _SKIPPED_GLOBALS and not name.startswith("__speedwell")


def _environment():
    """The variables of the environment as they are stored, which is cheap; the program may have put a dict there."""
    return dict(getattr(os.environ, "_data", os.environ))


def _changes_of_environment(stored):
    """Variables of the environment that are other than in `stored`, with their value now or None; puts them back."""
    if stored == _environment():
        return {}
    before, now = ({os.fsdecode(n): os.fsdecode(v) for n, v in held.items()} for held in (stored, _environment()))
    changed = {name: now.get(name) for name in sorted(set(before) | set(now)) if before.get(name) != now.get(name)}
    for name in changed:
        if name in before:
            os.environ[name] = before[name]
        else:
            del os.environ[name]
    # OpenMP runtimes note there that they are loaded, whenever a package first needs them.
    return {name: value for name, value in changed.items() if not name.startswith(("KMP_", "__KMP_"))}


def _is_deliberate(error):
    """Whether the innermost line of the traceback is a `raise` or `assert` of code that is no installed package."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None or is_installed(trace.tb_frame.f_code.co_filename):
        return False
    line = linecache.getline(trace.tb_frame.f_code.co_filename, trace.tb_lineno).lstrip()
    return line.startswith("raise") or line.startswith("assert") and isinstance(error, AssertionError)


def _exception_type(error):
    return "%s.%s" % (type(error).__module__, type(error).__qualname__)


class _Text(io.TextIOWrapper):
    """A text stream in memory that also takes bytes through `.buffer`, as the real ones do."""

    def __init__(self):
        super().__init__(io.BytesIO(), encoding="utf-8", errors="surrogateescape", newline="", write_through=True)

    def getvalue(self):
        self.flush()
        return self.buffer.getvalue().decode("utf-8", "surrogateescape")


def _stream_file(number):
    """What native code has written to a standard stream so far: its size, when the stream is a file."""
    try:
        return [os.fstat(number).st_size]
    except OSError:
        return [0]


try:
    _flush = ctypes.CDLL(None).fflush
except (OSError, AttributeError, TypeError):
    _flush = None


def _grown(position, number):
    try:
        if _flush is not None:
            _flush(None)
        size = os.fstat(number).st_size
        if size <= position[0]:
            return ""
        text = os.pread(number, size - position[0], position[0])
        position[0] = size
        return text.decode("utf-8", "replace")
    except OSError:
        return ""


def _original(function):
    return getattr(function, "original", function)


def start_alarm(guard, seconds):
    guard.late = False

    def late(*_):
        guard.late = True
        raise TimeLimit()

    _original(signal.signal)(signal.SIGALRM, late)
    seconds = max(seconds, 0.001)  # zero would mean never
    _original(signal.setitimer)(signal.ITIMER_REAL, seconds, seconds)


def stop_alarm(guard):
    _original(signal.setitimer)(signal.ITIMER_REAL, 0)
