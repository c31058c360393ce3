"""Keep a replay from acting on the world: an audit hook refuses writing files, sockets, processes and signals.

While a module is built, effects that the program's own code asks for are refused, but not those of a package that is being
imported. A refused effect raises `Blocked`, and is remembered even when the code under replay swallows that, so that its outcome
never counts as compared. Reading files is allowed, and so is everything below the replay's own temporary directory.
"""

import os
import signal
import sys

_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = {
    "os.system": "starts a process", "os.exec": "starts a process", "os.fork": "forks", "os.forkpty": "forks",
    "os.posix_spawn": "starts a process", "os.spawn": "starts a process", "os.startfile": "starts a process",
    "subprocess.Popen": "starts a process", "pty.spawn": "starts a process", "os.kill": "sends a signal",
    "os.killpg": "sends a signal", "signal.pthread_kill": "sends a signal", "os.chdir": "changes the working directory",
    "os.fchdir": "changes the working directory", "resource.setrlimit": "changes a limit", "syslog.syslog": "logs",
    "resource.prlimit": "changes a limit", "webbrowser.open": "opens a browser",
}  # fmt: skip
_PATH_EVENTS = {
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.chown", "os.truncate",
    "os.utime", "os.setxattr", "os.removexattr", "shutil.rmtree", "shutil.move", "shutil.copyfile", "shutil.copytree",
    "tempfile.mkstemp", "tempfile.mkdtemp", "os.lchown", "os.lchmod", "os.mkfifo", "os.mknod",
}  # fmt: skip
_SOCKETS = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
            "socket.gethostbyname", "socket.gethostbyaddr", "socket.__new__"}  # fmt: skip


_AGENT = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


class Blocked(BaseException):
    """An effect that a replay may not have."""


class Guard:
    """While `strict`, refuses effects; `blocked` says in plain words what was refused since it was last reset.

    While `building`, refuses what the program's own modules do at their top level other than reading.
    """

    def __init__(self, private, user_files=()):
        self.private = os.path.realpath(private)
        self.user_files = {os.path.realpath(f) for f in user_files}
        self.strict = self.building = False
        self.blocked = None

    def install(self):
        os.environ["TMPDIR"] = os.environ["NUMBA_CACHE_DIR"] = self.private
        sys.dont_write_bytecode = True
        import tempfile

        tempfile.tempdir = self.private
        sys.addaudithook(self._audit)
        for module, name, what in (
            (os, "_exit", "ends the process"),
            (os, "abort", "ends the process"),
            (signal, "signal", "sets a signal handler"),
            (signal, "alarm", "sets an alarm"),
            (signal, "setitimer", "sets a timer"),
        ):
            setattr(module, name, self._wrapped(getattr(module, name), what))
        self._guard_fork_exec()

    def _guard_fork_exec(self):
        """The call below `subprocess` and the start of `multiprocessing`'s processes, which no audit event tells of."""
        try:
            import _posixsubprocess
        except ImportError:
            return
        original = _posixsubprocess.fork_exec
        guarded = self._wrapped(original, "starts a process")
        _posixsubprocess.fork_exec = guarded
        import subprocess

        for name, value in list(vars(subprocess).items()):
            if value is original:
                setattr(subprocess, name, guarded)

    def _wrapped(self, original, what):
        def guarded(*args):
            if self.strict or (self.building and what == "starts a process" and _is_asked_by_the_program()):
                self.refuse(what)
            return original(*args)

        guarded.original = original
        return guarded

    def refuse(self, what):
        self.blocked = self.blocked or what
        raise Blocked("a replay may not do this: it %s" % what)

    def _audit(self, event, args):
        if not (self.strict or self.building):
            return
        if self.strict or event in _ACTS and _is_asked_by_the_program():
            self._refuse_effect(event, args)

    def _refuse_effect(self, event, args):
        if event == "open":
            path, mode, flags = args
            writes = flags & _WRITE_FLAGS if isinstance(flags, int) else any(c in (mode or "") for c in "wax+")
            if writes and not isinstance(path, int) and not self._is_private(path):
                self.refuse("writes the file %s" % _text(path))
        elif event in _PATH_EVENTS:
            if not all(self._is_private(a) for a in args[:1]):
                self.refuse("changes files (%s %s)" % (event, _text(args[0])))
        elif event in _SOCKETS:
            self.refuse("uses the network")
        elif event == "sqlite3.connect":
            if args[0] != ":memory:":
                self.refuse("opens a database")
        elif event.startswith("ctypes.dl") and self._is_users():
            self.refuse("calls native code through ctypes")
        elif _REFUSED.get(event):
            self.refuse(_REFUSED[event])

    def _is_private(self, path):
        try:
            path = os.path.realpath(os.fsdecode(path))
        except (TypeError, ValueError):
            return False
        return path == os.devnull or path.startswith(self.private + os.sep)

    def _is_users(self):
        """Whether the program's own code asks, and not a library that builds on ctypes."""
        frame = sys._getframe(1)
        while frame is not None and (_CTYPES in frame.f_code.co_filename or frame.f_code.co_filename == __file__):
            frame = frame.f_back
        if frame is None:
            return False
        path = frame.f_code.co_filename
        return not is_installed(path) or os.path.realpath(path) in self.user_files


_CTYPES = os.sep + "ctypes" + os.sep
_ACTS = {"open", "sqlite3.connect"} | set(_REFUSED) | _PATH_EVENTS | _SOCKETS
_STANDARD = os.path.dirname(os.path.realpath(os.__file__)) + os.sep


def is_installed(path):
    """Whether a file of code belongs to a package or to Python itself, and not to the program."""
    return "site-packages" in path or "dist-packages" in path or path[:1] == "<" or path.startswith(_STANDARD)


def _is_asked_by_the_program():
    """Whether the program's own code asks for an effect, and not a package that is just being imported."""
    frame = sys._getframe(1)
    while frame is not None:
        path = frame.f_code.co_filename
        if is_installed(path):
            # Python's own modules act for whoever imports or calls them.
            if frame.f_code.co_name == "<module>" and "-packages" in path:
                return False
        elif not os.path.realpath(path).startswith((_STANDARD, _AGENT)):
            return True
        frame = frame.f_back
    return False


def limit_memory(extra):
    """Let this process grow by at most `extra` bytes of address space; does nothing where that cannot be limited."""
    try:
        import resource

        with open("/proc/self/statm") as file:
            used = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + extra, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, OSError, ValueError):
        pass


def _text(path):
    try:
        return os.fsdecode(path)
    except (TypeError, ValueError):
        return repr(path)
