"""Replay a region apart from its program: `replay SPEC.json` serves jobs, each in a fresh fork of this process.

The specification: {"program", "path", "text", "region", "capture", "overlay", "built", "private", "seed", "made",
"texts": {"old", "new"}}:
the run's program, the source file with its original text and region, the directory of recorded calls, where packages
and compiled modules for trial lie, or null, a directory for this replay's files, and the texts of other files where they are not the disk's, beside the original and beside new text.

Requests are JSON lines on stdin, {"job": name, …, "seconds": limit}; answers are JSON lines on what stdout was at the
start, {"result"} or {"failed": how the process ended, "at": what it was doing}. The program's own output never reaches
that stream. Packages are imported before the fork, so that a job starts quickly; nothing of the user's is.
"""

import ast
import faulthandler
import functools
import importlib
import json
import os
import sys
import time

from . import built, compare, decorated, forked, namespace, regioncode, state
from .effects import Blocked, Guard, limit_memory
from .forked import in_fork
from .replayjobs import JOBS


_OF_EVERY_JOB = ("fcntl", "locale", "resource", "subprocess", "tempfile")


def main(args):
    with open(args[0], encoding="utf-8") as file:
        spec = json.load(file)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    requests = os.fdopen(os.dup(0), "r", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    if spec["overlay"]:
        sys.path.append(spec["overlay"])
    built.install(spec.get("built"))
    try:
        namespace.enter_program(spec["program"])
    except OSError as error:
        spec["broken"] = "the program's directory cannot be entered: %s" % error
    for name in _OF_EVERY_JOB:
        importlib.import_module(name)
    preload(spec["text"], spec)
    for line in requests:
        request = json.loads(line)
        preload(request.get("text", ""), spec)
        for statement in request.get("imports", ()):
            preload(statement, spec)
        work = functools.partial(_run, spec, request)
        answers.write(json.dumps(in_fork(work, spec["private"], request["seconds"])) + "\n")
        answers.flush()


def preload(text, spec):
    """Import the packages that `text` imports, when they are installed ones and not the program's own modules."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        for name in names:
            if name in sys.modules or not _is_installed(name.split(".")[0], spec):
                continue
            try:
                importlib.import_module(name)
                if name == "numpy" and "random" in text:  # which numpy imports when it is first used
                    importlib.import_module("numpy.random")
            except BaseException:  # the job that needs it will say what is wrong
                continue


def _is_installed(name, compared):
    """Whether it is an installed package or Python's own, and not one of which versions are compared."""
    from importlib.machinery import PathFinder

    if name in sys.builtin_module_names:
        return True
    try:
        spec = PathFinder.find_spec(name)
    except Exception:
        return False
    origin = getattr(spec, "origin", None) or ""
    folder = os.path.dirname(origin) + os.sep
    if any(path == origin or path.startswith(folder) for path in [compared["path"], *compared.get("texts", {}).get("old", ())]):
        return False
    return "site-packages" in origin or "dist-packages" in origin or origin.startswith(os.path.dirname(os.__file__))


def _run(spec, request, result, progress):
    streams = []
    for number, name in ((1, "stdout"), (2, "stderr")):
        path = "%s.%s" % (result, name)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        os.dup2(descriptor, number)
        os.unlink(path)
        streams.append(descriptor)
    job = Job(spec, request, progress)
    try:
        if "broken" in spec:
            raise regioncode.NotReplayable(spec["broken"])
        answer = JOBS[request["job"]](job)
    except regioncode.NotReplayable as error:
        answer = {"impossible": str(error)}
    except compare.CannotTell as error:
        answer = {"impossible": str(error)}
    except Exception as error:
        import traceback

        # The last lines of a fault of ours or of rebuilding the module, to be read in the report.
        trace = traceback.extract_tb(error.__traceback__)[-1]
        where = "%s:%d" % (os.path.basename(trace.filename), trace.lineno)
        answer = {"impossible": "replaying fails with %s: %s (%s)" % (type(error).__name__, error, where)}
        if os.environ.get("SPEEDWELL_DEBUG"):
            answer["trace"] = traceback.format_exc()
    forked.answer(result, answer)


class Job:
    """What a job works on: the specification, the request, the guard, and where it notes what it is doing."""

    def __init__(self, spec, request, progress):
        self.spec, self.request = spec, request
        self.end = time.monotonic() + max(0.1, request["seconds"] - 0.5)
        self._watched = 0.0
        self._progress = os.open(progress, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        self.guard = Guard(spec["private"], [spec["path"]])
        self.guard.install()
        limit_memory(request.get("memory", 8 << 30))
        self.calls = state.load_calls(spec["capture"])

    def remaining(self):
        return self.end - time.monotonic()

    def at(self, what):
        """Note what is being done now, so that it is known when this process dies of it."""
        data = json.dumps(what).encode()
        os.pwrite(self._progress, data, 0)
        os.ftruncate(self._progress, len(data))

    def watch(self, seconds):
        """End this process when it is stuck in native code for `seconds`, or up to twice as long."""
        left = self._watched - time.monotonic()
        if not seconds <= left <= 2 * seconds:  # each time starts a thread
            faulthandler.dump_traceback_later(2 * seconds, exit=True)
            self._watched = time.monotonic() + 2 * seconds

    def place(self):
        """Where the region lies in the original's text."""
        return regioncode.find(namespace.parse(self.spec["text"], self.spec["path"]), self.spec["region"])

    def load(self, text=None, region=None):
        """The region of `text`, by default the original, in its module; building that may read but not act on the world."""
        spec = self.spec
        outer = None if text is None else lambda place: decorated.common(self.place(), place)
        others = spec.get("texts", {}).get("old" if text is None else "new")
        text = spec["text"] if text is None else text
        self.guard.building = True
        try:
            where = region or spec["region"]
            path = where["file"] if "observed" in where else spec["path"]  # it may have moved to another file
            return namespace.load_region(text, path, where, self.calls, spec["program"], others, outer)
        except Blocked:
            raise regioncode.NotReplayable("a module of the program %s when it is imported" % self.guard.blocked) from None
        finally:
            self.guard.building = False
