"""Run the user's program inside this interpreter so that it cannot tell the difference from `python PROGRAM`."""

import builtins
import os
import sys
from _frozen_importlib import BuiltinImporter
from _frozen_importlib_external import SourceFileLoader, SourcelessFileLoader

from . import sources

_AGENT = os.path.dirname(os.path.abspath(__file__))


def run_program(program, compile_source=None):
    """
    Run `{"kind": "script" | "module" | "notebook", "target", "arguments", "cwd"}` as the `__main__` of this process. A
    notebook comes with `script`, a file with the Python text of its cells, which runs under the notebook's own path.

    Returns when the program's main module has ended. SystemExit, KeyboardInterrupt and uncaught exceptions leave this
    function and must be left to the interpreter, which then prints, runs `atexit` and chooses the exit status exactly
    as it does without the agent. `compile_source(source_bytes, path) -> code | None` may give other code for any source
    file that the program runs or imports; None means: as it is.
    """
    if compile_source is not None:
        sources.install(compile_source)
    os.chdir(program["cwd"])
    module = program["kind"] == "module"
    command = ["-m"] * module + [program["target"]] + program["arguments"]
    if hasattr(sys, "orig_argv"):
        sys.orig_argv[1:] = command
    if module:
        sys.argv[:] = ["-m"] + program["arguments"]
        start = _prepare_module(program["target"])
    else:
        sys.argv[:] = command
        start = _prepare_script(program["target"], compile_source, program.get("script"))
    if start is None:
        # Not runnable, so nothing has happened yet: Python itself says why, in its own words.
        os.execv(sys.executable, [sys.executable] + command)
    _make_room_on_stack()
    try:
        start()
    except SystemExit:
        raise
    except BaseException:
        _hide_agent_frames()
        raise


def _prepare_module(name):
    _fresh_main()
    _put_first_on_path(os.getcwd())
    # What the interpreter itself calls for `-m`, and imports then only; so every version's rules and messages hold.
    import runpy

    return lambda: runpy._run_module_as_main(name)


def _prepare_script(target, compile_source, script=None):
    if script is None and _is_import_root(target):
        import runpy

        _fresh_main()
        sys.path.insert(0, _absolute(target))
        return lambda: runpy._run_module_as_main("__main__", False)
    path = _absolute(target)
    compiled = path.endswith(".pyc")
    loader = (SourcelessFileLoader if compiled else SourceFileLoader)("__main__", path)
    try:
        if compiled:
            code = loader.get_code("__main__")
        else:
            with open(script or path, "rb") as file:
                source = file.read()
            if script is not None:
                enter_notebook(source.decode(), path)
            code = compile_source(source, path) if compile_source else None
            if code is None:
                code = compile(source, path, "exec", dont_inherit=True)
    except (OSError, SyntaxError, ValueError, ImportError, EOFError, MemoryError, RecursionError) as error:
        return _raising(error) if script is not None else None
    main = _fresh_main()
    main.__loader__ = loader
    main.__file__ = path
    if sys.version_info < (3, 15):
        main.__cached__ = None
    _put_first_on_path(os.path.dirname(os.path.realpath(path)))
    return lambda: exec(code, main.__dict__)


def _raising(error):
    def start():
        raise error.with_traceback(None)

    return start


def enter_notebook(text, path):
    """What a notebook's code finds and no script does; and tracebacks show its cells, not the file that holds them."""
    import linecache

    linecache.cache[path] = (len(text), None, text.splitlines(True), path)
    builtins.display = lambda *objects, **_: print(*objects, sep="\n")


def _fresh_main():
    """Put a new `__main__` where the agent's own stood, with the names that the interpreter gives it."""
    started = sys.modules["__main__"].__dict__
    main = type(sys)("__main__")
    main.__loader__ = BuiltinImporter
    if "__annotations__" in started:
        main.__annotations__ = {}
    main.__builtins__ = builtins
    sys.modules["__main__"] = main  # in the old one's place in the dictionary: modules are torn down in that order
    return main


def _absolute(target):
    """As the interpreter makes a program's path absolute: nothing else about it is changed."""
    return os.path.join(os.getcwd(), target[2:] if target.startswith("./") else target)


def _put_first_on_path(directory):
    if not getattr(sys.flags, "safe_path", sys.flags.isolated):
        sys.path.insert(0, directory)


def _is_import_root(target):
    """Whether Python would look for a `__main__` module inside `target`: a directory or a zip file."""
    for hook in sys.path_hooks:
        try:
            hook(target)
            return True
        except ImportError:
            continue
    return False


def _make_room_on_stack():
    """Raise the recursion limit by the agent's own frames, so the program's recursion ends where it always did."""
    # One more for the call of the program, and before 3.12 one for the built-in `exec` below it.
    depth, frame = 1 if sys.version_info >= (3, 12) else 2, sys._getframe(1)
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    sys.setrecursionlimit(sys.getrecursionlimit() + depth)


def _hide_agent_frames():
    """
    Let the interpreter print the uncaught exception that is being handled, without the frames below the program.

    The interpreter appends those frames while the exception leaves the agent, and then calls `sys.excepthook`; so the
    program's hook is wrapped until that moment, and is back in its place when it runs.
    """
    missing = not hasattr(sys, "excepthook")
    hook = sys.__excepthook__ if missing else sys.excepthook

    def print_exception(kind, error, trace):
        if missing:
            del sys.excepthook
            sys.stderr.write("sys.excepthook is missing\n")
        else:
            sys.excepthook = hook
        trace = sys.last_traceback = _above_agent(trace)
        error.__traceback__ = trace
        try:
            hook(kind, error, trace)
        except SystemExit:
            raise
        except BaseException as failure:
            failure.__traceback__ = failure.__traceback__ and failure.__traceback__.tb_next
            failure.__context__ = None
            sys.stderr.write("Error in sys.excepthook:\n")
            sys.__excepthook__(type(failure), failure, failure.__traceback__)
            sys.stderr.write("\nOriginal exception was:\n")
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = print_exception


def _above_agent(trace):
    """The part of a traceback above the last of the agent's frames that launched the program."""
    above, entry = trace, trace
    while entry is not None:
        if entry.tb_frame.f_code.co_filename.startswith(_AGENT):
            above = entry.tb_next
        entry = entry.tb_next
    return above
