"""Run a program once more and record calls of chosen regions: `capture SPEC.json`.

SPEC: {"program": …, "directory": where `<region id>/` folders are made, "regions": […], "limits": {"entries": calls kept
per region, "regionBytes", "totalBytes", "entrySeconds": time to store one state, "share": of the program's time},
"overlay": directory for the end of sys.path, or null, "texts": {path: text, or null for a file that is not there} in place
of the disk's}. What is left behind is described in state.py; each process also
writes `<region id>/part-<pid>.json`, which the verb `facts` merges.
"""

import ast
import atexit
import builtins
import contextlib
import json
import os
import sys
from time import perf_counter

from . import instrument, launch
from .afterfork import when_forked
from .rests import Rests, count_cost
from .texts import Texts
from .watch import Probe

_START_SECONDS = 0.2  # what recording may cost even in a short program


class Session:
    """What the probes of one process share: limits, time spent, and the original code of instrumented files."""

    def __init__(self, spec):
        self.directory = spec["directory"]
        self.limits = spec["limits"]
        self.busy = set()  # threads that are inside a probe
        self.generation = 0
        self.call_cost = _call_cost()
        self.count_cost = count_cost()
        self.texts = Texts(spec.get("texts") or {})
        self._sources = {}
        self._files = {}
        self.probes = {}
        for key, region in enumerate(spec["regions"]):
            os.makedirs(os.path.join(self.directory, region["id"]), exist_ok=True)
            self._files.setdefault(os.path.realpath(region["file"]), []).append((key, region))
        self._restart()
        for entries in self._files.values():
            for key, region in entries:
                self.probes[key] = Probe(region, self)
                setattr(builtins, instrument.probe_name(key), self.probes[key])

    def _restart(self):
        self.started = perf_counter()
        self.spent = {}  # thread -> seconds inside probes
        self.bytes = 0
        self.rests = Rests(self.count_cost)

    def compile_source(self, source, path):
        """Code for the user's file with its probes, or None when it has none."""
        text = self.texts.of(path)
        if text is not None:
            source = text
            self.texts.show(path)
        entries = self._files.get(os.path.realpath(path))
        if entries is None:
            given = self.texts.adapted(source, path) if text is None and source is not None else text
            return None if given is None else compile(given, path, "exec", dont_inherit=True)
        try:
            tree = compile(source, path, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
            problems = instrument.instrument(tree, entries)
            code = compile(tree, path, "exec", dont_inherit=True)
        except Exception as error:
            code, problems = None, {region["id"]: str(error) for _, region in entries}
        for key, region in entries:
            if region["id"] in problems:
                self.probes[key].facts["unrecorded"] = {problems[region["id"]]: 1}
        self._sources[path] = source
        return code

    def original(self, code):
        """The code that the user's source gives for this, which may be instrumented code."""
        if code.co_filename not in self._sources:
            return code
        index = self._sources[code.co_filename]
        if type(index) is not dict:
            whole = compile(index, code.co_filename, "exec", dont_inherit=True)
            index = self._sources[code.co_filename] = {}
            _index(whole, index)
        alike = index.get((code.co_name, code.co_firstlineno), [])
        for candidate in alike:
            if candidate == code or (candidate.co_code, candidate.co_names) == (code.co_code, code.co_names):
                return candidate
        return alike[0] if len(alike) == 1 else code

    def allowed(self, cost, generous):
        """Whether recording something that costs so many seconds keeps the program's slow-down in bounds."""
        spent = sum(list(self.spent.values())) + cost
        elapsed = perf_counter() - self.started
        share = self.limits["share"]
        if generous:
            return spent < 3 * _START_SECONDS + 2 * share * elapsed
        return spent < _START_SECONDS + share * elapsed

    def write_part(self, directory, content):
        path = os.path.join(directory, "part-%d.json" % os.getpid())
        try:
            with open(path + ".tmp", "w", encoding="utf-8") as file:
                json.dump(content, file)
            os.replace(path + ".tmp", path)
        except OSError:
            pass  # a full disk is not the program's trouble; the last part that fitted remains

    def finish(self):
        """Write all facts, and where modules were found; at the end of the process."""
        self.rests.stop()
        if self.generation == 0:
            with contextlib.suppress(OSError, TypeError):
                with open(os.path.join(self.directory, "path.json"), "w", encoding="utf-8") as file:
                    json.dump([entry for entry in sys.path if isinstance(entry, str)], file)
        for probe in self.probes.values():
            probe.save()

    def watch_forks(self):
        """Let forked children record for themselves, with smaller limits."""
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(
                before=self._before_fork, after_in_parent=self._in_parent, after_in_child=self._in_child
            )

    def _before_fork(self):
        self.rests.stop()
        # A child of multiprocessing ends without atexit, and forgets finalizers made before it was forked.
        util = sys.modules.get("multiprocessing.util")
        if util is not None and not hasattr(self, "finalized"):
            self.finalized = True
            util.register_after_fork(self, lambda session: util.Finalize(None, session.finish, exitpriority=-1000))

    def _in_parent(self):
        when_forked(self.rests.resume)

    def _in_child(self):
        self.generation += 1
        self.busy = set()
        if self.generation == 1:
            shrunk = {"entries": 4, "regionBytes": 8, "totalBytes": 8}
            self.limits = {k: max(1, v // shrunk[k]) if k in shrunk else v for k, v in self.limits.items()}
        self._restart()
        for probe in self.probes.values():
            probe.restart(recording=not self._crowded(probe.directory))

    def _crowded(self, directory):
        try:
            return len(os.listdir(directory)) > 100
        except OSError:
            return True


def _call_cost():
    """Seconds that a timed call seems to take when its body does nothing: a method call and reading the clock."""

    class Clock:
        def leave(self):
            return perf_counter()

    clock = Clock()
    return min(-(perf_counter() - clock.leave()) for _ in range(50))


def _index(code, index):
    for constant in code.co_consts:
        if isinstance(constant, type(code)):
            index.setdefault((constant.co_name, constant.co_firstlineno), []).append(constant)
            _index(constant, index)


def main(args):
    with open(args[0], encoding="utf-8") as file:
        spec = json.load(file)
    if spec.get("overlay"):
        sys.path.append(spec["overlay"])
    session = Session(spec)
    session.watch_forks()
    atexit.register(session.finish)
    session.texts.install()
    launch.run_program(spec["program"], session.compile_source)
