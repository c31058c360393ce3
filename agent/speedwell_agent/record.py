"""`agent record SPEC.json`: run a program as Python would and write where its time goes to spool files."""

import atexit
import os

from .afterfork import when_forked
from .launch import run_program
from .sampler import Sampler
from .stdin import keep_stdin


def main(args):
    """SPEC holds `program` (see `run_program`), `spool` (absolute directory), `cost` (share of time to use at most)
    and, where it is to be kept, `stdin` (a file for what the program reads from stdin)."""
    program, directory, cost, stdin = _read(args[0])
    if stdin is not None:
        with _quietly():
            keep_stdin(stdin)
    recorder = _Recorder(directory, cost)
    recorder.begin()
    run_program(program)


def _read(path):
    """The specification, which is JSON and, but for three words, a Python expression: the program may be the first to
    import `json`, and that import is part of what it takes."""
    with open(path, encoding="utf-8") as file:
        spec = eval(file.read(), {"__builtins__": {}}, {"null": None, "true": True, "false": False})
    return spec["program"], spec["spool"], spec["cost"], spec.get("stdin")


class _Recorder:
    """The recording of this process, begun anew in every process that is forked from it."""

    def __init__(self, directory, cost):
        self._directory = directory
        self._cost = cost
        self._sampler = None

    def begin(self):
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self._pause, after_in_parent=self._resume, after_in_child=self._begin_anew)
        atexit.register(self._finish)
        self._begin_anew()

    def _begin_anew(self):
        self._sampler = None
        with _quietly():
            self._sampler = Sampler(self._directory, self._cost)
            self._sampler.start()

    def _pause(self):
        with _quietly():
            if self._sampler is not None:
                self._sampler.stop()

    def _resume(self):
        with _quietly():
            if self._sampler is not None:
                when_forked(self._sampler.start)

    def _finish(self):
        with _quietly():
            if self._sampler is not None:
                self._sampler.finish()


class _quietly:
    """No room, no rights, a module taken apart by the program: it runs on unrecorded, and hears nothing of it."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return kind is not None and issubclass(kind, Exception)
