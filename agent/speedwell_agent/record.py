"""`agent record SPEC.json`: run a program as Python would and write where its time goes to spool files."""

import atexit
import os
import sys

from . import processes
from .afterfork import when_forked
from .launch import run_program
from .sampler import Sampler
from .stdin import keep_stdin


def main(args):
    """SPEC holds `program` (see `run_program`), `spool` (absolute directory), `cost` (see sampler.py)
    and, where it is to be kept, `stdin` (a file for what the program reads from stdin)."""
    program, directory, cost, stdin = _read(args[0])
    if stdin is not None:
        with _quietly():
            keep_stdin(stdin)
    _Recorder(directory, cost).begin()
    run_program(program)


def record_here(directory, cost, parent):
    """Begin to record a process that another one, `parent`, has started afresh (see processes.py)."""
    _Recorder(directory, cost, parent).begin()


def _read(path):
    """The specification, which is JSON and, but for three words, a Python expression: the program may be the first to
    import `json`, and that import is part of what it takes."""
    with open(path, encoding="utf-8") as file:
        spec = eval(file.read(), {"__builtins__": {}}, {"null": None, "true": True, "false": False})
    return spec["program"], spec["spool"], spec["cost"], spec.get("stdin")


class _Recorder:
    """The recording of this process, begun anew in every process that is forked from it."""

    def __init__(self, directory, cost, parent=None):
        self._directory = directory
        self._cost = cost
        self._parent = parent  # the process that this one belongs to, where it is not the one that forked it
        self._sampler = None
        self._finalized = False

    def begin(self):
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self._pause, after_in_parent=self._resume, after_in_child=self._in_child)
        atexit.register(self._finish)
        with _quietly():
            processes.follow(self._directory, self._cost)
            self._finish_in_children()
        self._begin_anew()

    def _begin_anew(self):
        self._sampler = None
        with _quietly():
            self._sampler = Sampler(self._directory, self._cost, self._parent)
            self._sampler.start()

    def _in_child(self):
        self._parent = None
        processes.interpreters = 0
        self._begin_anew()

    def _finish_in_children(self):
        """A child of multiprocessing ends without atexit, and forgets finalizers made before it was forked."""
        util = sys.modules.get("multiprocessing.util")
        if util is not None and not self._finalized:
            self._finalized = True
            util.register_after_fork(self, lambda self: util.Finalize(None, self._finish, exitpriority=-1000))

    def _pause(self):
        with _quietly():
            self._finish_in_children()
            if self._sampler is not None:
                self._sampler.stop()

    def _resume(self):
        with _quietly():
            if self._sampler is not None:
                when_forked(self._sampler.start)

    def _finish(self):
        with _quietly():
            sampler, self._sampler = self._sampler, None
            if sampler is not None:
                sampler.finish()


class _quietly:
    """No room, no rights, a module taken apart by the program: it runs on unrecorded, and hears nothing of it."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return kind is not None and issubclass(kind, Exception)
