"""
Run the whole program once, with other text for some of its source files: `program SPEC.json`.

Both sides of a comparison run through here, the original with its own text, so that what this costs is the same on both.
The specification:

    program    as `launch.run_program` takes it
    overrides  {absolute path: source text} for files run or imported; null for a file that is not there on this side
    overlay    directory appended to the end of `sys.path`, or null
    built      directory of compiled modules for trial, or null
    log        file that receives one JSON object a line; the program's own streams are never written
    track      whether to log the files that the program opens for writing
    backups    directory that receives a copy of each file before it is first written, or null
    clock      how many times faster the clocks of `time` run; 1 leaves them alone. What a program derives from a clock
               then differs from an ordinary run even where two ordinary runs print the same rounded seconds.
    cores      as `usage.Cores` takes it
    hashSeed   whether PYTHONHASHSEED was set for this run and not by the user; the program does not see it then
    stdin      file that receives what the program reads from stdin; absent where nothing is to be kept

Lines of the log: {"override": path as given} when its text was used; {"written": path, "existed": bool, "backup": name or
null}; at exit {"memory": peak resident bytes} with what `usage.seconds` and `usage.Cores` report; {"fault": message} when
the program was not run at all.
"""

import atexit
import json
import os
import sys

from . import built, usage
from .launch import run_program
from .stdin import keep_stdin
from .texts import Texts

_LARGEST_BACKUP = 256 * 1024 * 1024
_MULTIPROCESSING = os.path.join("multiprocessing", "util.py")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main(args):
    spec, compile_source, log = _enter(args[0], keeps_stdin=True)
    atexit.register(_report_usage, log, os.getpid(), usage.Cores(spec["cores"]))
    run_program(spec["program"], compile_source)


def _enter(path, keeps_stdin=False):
    """Make this process one of the run that the specification describes: its main one, or one that it starts."""
    with open(path, encoding="utf-8") as file:
        spec = json.load(file)
    log = _Log(spec["log"])
    usage.forget_hash_seed(spec["hashSeed"])
    try:
        compile_source = _overriding(spec["overrides"], log, os.path.abspath(path))
    except (SyntaxError, ValueError, RecursionError) as error:
        log.write({"fault": "%s: %s" % (type(error).__name__, error)})
        sys.exit(70)
    if spec["overlay"] and spec["overlay"] not in sys.path:
        sys.path.append(spec["overlay"])
    built.install(spec.get("built"))
    if spec["clock"] != 1:
        _stretch_clocks(spec["clock"])
    if keeps_stdin and "stdin" in spec:
        keep_stdin(spec["stdin"])  # before writes are watched: this one is not the program's
    if spec["track"]:
        sys.addaudithook(_write_watcher(log, os.path.dirname(os.path.abspath(path)), spec["backups"]))
    return spec, compile_source, log


def enter_child(path):
    """Called first in a process that `multiprocessing` starts afresh, so that it runs the same texts."""
    import runpy

    from . import sources

    _, compile_source, _ = _enter(path)
    sources.install(compile_source)
    ordinary = runpy._get_code_from_file  # by which such a process runs the main script again

    def get_code(*args):
        result = ordinary(*args)
        code = compile_source(None, args[-1])
        if code is None:
            return result
        return (code,) + result[1:] if isinstance(result, tuple) else code

    runpy._get_code_from_file = get_code


def _entering(spawn, path):
    """`multiprocessing.util.spawnv_passfds`, by which spawn and forkserver start Python, with `enter_child` put first."""
    agent = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    start = (
        "import sys; sys.path.insert(0, %r); kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True; "
        "from speedwell_agent.program import enter_child; del sys.path[0]; sys.dont_write_bytecode = kept; "
        "enter_child(%r); " % (agent, path)
    )

    def spawn_entering(executable, args, passfds):
        args = list(args)
        if "-c" in args[:-1]:
            args[args.index("-c") + 1] = start + os.fsdecode(args[args.index("-c") + 1])
        return spawn(executable, args, passfds)

    return spawn_entering


class _Log:
    """Lines appended whole, so that forked children may write too and a killed program leaves what was known."""

    def __init__(self, path):
        self.path = os.path.abspath(path)

    def write(self, line):
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, json.dumps(line).encode() + b"\n")
        finally:
            os.close(descriptor)


def _overriding(overrides, log, specification):
    # Compiled here and not on demand: a text that does not compile must never fall back to the file on disk unseen.
    texts = Texts(overrides)
    codes = {path: compile(text, path, "exec", dont_inherit=True) for path, text in texts.items()}
    texts.install()

    def compile_source(source, path):
        if source is not None and path.endswith(_MULTIPROCESSING):
            addition = "\nimport sys; spawnv_passfds = sys.modules[%r]._entering(spawnv_passfds, %r)\n"
            return compile(source + (addition % (__name__, specification)).encode(), path, "exec", dont_inherit=True)
        text = texts.of(path)
        if text is None:
            adapted = texts.adapted(source, path) if source is not None else None
            return None if adapted is None else compile(adapted, path, "exec", dont_inherit=True)
        given = texts.given_as(path)
        log.write({"override": given})
        texts.show(path)
        return codes[given] if path == given else compile(text, path, "exec", dont_inherit=True)

    return compile_source


def _report_usage(log, pid, cores):
    if os.getpid() == pid:
        log.write(dict(cores.report(), memory=usage.peak_memory(), **usage.seconds()))


def _stretch_clocks(factor):
    import time

    def stretch(name):
        clock = getattr(time, name, None)
        if clock is None:
            return
        start, whole = clock(), name.endswith("_ns")

        def stretched():
            value = start + (clock() - start) * factor
            return int(value) if whole else value

        stretched.__name__ = stretched.__qualname__ = name
        setattr(time, name, stretched)

    for name in ("time", "perf_counter", "monotonic", "process_time", "thread_time"):
        stretch(name)
        stretch(name + "_ns")


def _write_watcher(log, own_directory, backups):
    import threading

    seen = set()
    lock = threading.Lock()

    def written(path):
        if not isinstance(path, (str, bytes, os.PathLike)):
            return
        path = os.path.realpath(os.fsdecode(path))
        if path in seen or path.startswith((own_directory + os.sep, "/dev/", "/proc/")):
            return
        if os.path.basename(os.path.dirname(path)) == "__pycache__":
            return
        with lock:
            if path in seen:
                return
            seen.add(path)
            count = len(seen)
        existed = os.path.exists(path)
        if existed and not os.path.isfile(path):
            return
        log.write({"written": path, "existed": existed, "backup": back_up(path, count) if existed else None})

    def back_up(path, count):
        if backups is None or os.path.getsize(path) > _LARGEST_BACKUP:
            return None
        name = "%d-%d" % (os.getpid(), count)
        with open(path, "rb") as source, open(os.path.join(backups, name), "wb") as copy:
            for block in iter(lambda: source.read(1 << 20), b""):
                copy.write(block)
        status = os.stat(path)
        os.utime(os.path.join(backups, name), ns=(status.st_atime_ns, status.st_mtime_ns))
        return name

    def hook(event, args):
        try:
            if event == "open":
                if args[2] & _WRITES:
                    written(args[0])
            elif event == "os.rename":
                written(args[0])
                written(args[1])
            elif event in ("os.remove", "os.truncate", "sqlite3.connect"):
                written(args[0])
        except Exception:  # an exception would cancel what the program was about to do
            pass

    return hook
