"""
Other processes of the program: those that `multiprocessing` starts afresh are recorded, other interpreters are counted.

A process that is forked carries the recorder with it. One that is started by the methods spawn and forkserver, or by
joblib's loky, gets everything it needs to know as a pickled dict, the preparation data. One more entry in it brings the
recorder to life when it is unpickled. So command line, environment and exit of such a process stay as they are.
"""

import os
import sys
from _frozen_importlib_external import SourceFileLoader

_ENTRY = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "__main__.py")
_make_dict, _fork_exec_event = dict, "subprocess.Popen"

interpreters = 0  # started through `subprocess` by this process


def follow(directory, cost):
    """From now on, let processes that are started afresh record into the spool `directory` too, and count others."""

    def prepared(*args, **entries):
        data = _make_dict(*args, **entries)
        if "log_to_stderr" in data:
            data["speedwell"] = _Entrance((directory, cost, os.getpid()))
        return data

    def follow_module(name):
        # What makes the preparation data calls `dict` for it, and nothing else in these modules does. A wrapper around
        # the function itself would stand in the traceback of the error that a main module without a guard gets from it.
        module = sys.modules.get(name)
        if module is not None:
            module.__dict__["dict"] = prepared

    SourceFileLoader.exec_module = _Notice(SourceFileLoader.exec_module, follow_module)
    follow_module("multiprocessing.spawn")
    sys.audit = _counting(sys.audit)


class _Notice:
    """A method that calls `tell` with the name of a module `*.spawn` that is about to be executed. Being looked up is
    enough for that, so no frame of ours stands among those of the import."""

    def __init__(self, method, tell):
        self._method, self._tell = method, tell

    def __get__(self, loader, owner=None):
        name = getattr(loader, "name", None)
        if type(name) is str and name.endswith(".spawn"):
            self._tell(name)
        return self._method.__get__(loader, owner)


def _counting(audit):
    """`sys.audit`, which `subprocess` calls for each process. A real hook would hear of every `id()` and `open` too."""

    def counting(event, *args):
        if event == _fork_exec_event:
            global interpreters
            interpreters += _is_python(args[0])
        return audit(event, *args)

    return counting


def _is_python(executable):
    try:
        path = os.fsdecode(executable)
        return path == sys.executable or os.path.basename(path).startswith("python")
    except (TypeError, ValueError):  # not for us to complain of
        return False


class _Entrance:
    """Unpickled in another process, where nothing of this is known: starts the recorder there and leaves None."""

    def __init__(self, arguments):
        self._arguments = arguments

    def __reduce__(self):
        text = (
            "try:\n"
            "    space = {'__name__': 'speedwell', '__file__': %r}\n"
            "    with open(space['__file__'], 'rb') as file:\n"
            "        exec(compile(file.read(), space['__file__'], 'exec', dont_inherit=True), space)\n"
            "    space['verb']('record').record_here(*%r)\n"
            "except Exception:\n"
            "    pass\n" % (_ENTRY, self._arguments)
        )
        return exec, (text, {})
