"""
An append-only file of JSON lines, one file per process, that a killed program leaves readable.

The program may close every descriptor it finds, change directory or fill the disk. So the file is named absolutely, its
descriptor stands high, each write first makes sure that the descriptor still is this file, and the first error ends the
recording and nothing else. Where it was for want of room, the last line is `["full"]`.
"""

import errno
import os

try:
    from _json import encode_basestring_ascii as quote
except ImportError:  # an interpreter without the C accelerator
    from json.encoder import py_encode_basestring_ascii as quote

try:
    import fcntl
except ImportError:
    fcntl = None

__all__ = ["Spool", "open_high", "quote"]

# Kept here because programs replace functions in modules.
_open, _write, _fstat, _close, _dup = os.open, os.write, os.fstat, os.close, os.dup
_truncate = getattr(os, "ftruncate", None)

_NO_ROOM = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))

_LOWEST = 200


def open_high(path, flags, mode=0o644):
    """Open `path` and return a descriptor that programs do not meet: high, and closed on exec. Raises OSError."""
    low = _open(path, flags | getattr(os, "O_CLOEXEC", 0), mode)
    if fcntl is None:
        return low
    try:
        return fcntl.fcntl(low, fcntl.F_DUPFD_CLOEXEC, _LOWEST)
    except (OSError, AttributeError):
        return _dup(low)
    finally:
        _close(low)


class Spool:
    """Lines for one process. Not thread-safe: only the sampling thread, or the thread that waits for it, writes."""

    def __init__(self, directory):
        pid, number = os.getpid(), 0
        while os.path.exists(os.path.join(directory, "%d-%d.jsonl" % (pid, number))):
            number += 1
        self._path = os.path.join(directory, "%d-%d.jsonl" % (pid, number))
        self._lines = []
        self._size = self._last_line = 0  # bytes, and where the last line begins
        self._over = False
        self._open(os.O_CREAT | os.O_EXCL)

    def _open(self, extra=0):
        self._descriptor = open_high(self._path, os.O_WRONLY | os.O_APPEND | extra)
        self._identity = self._identify()

    def _identify(self):
        status = _fstat(self._descriptor)
        return status.st_dev, status.st_ino

    def line(self, text):
        """Add one line, kept in memory until `flush`."""
        self._lines.append(text)

    def flush(self):
        """Write what was added. False when the file can no longer be written: recording is then over."""
        lines, self._lines = self._lines, []
        if self._over or not lines:
            return not self._over
        data = ("\n".join(lines) + "\n").encode("ascii", "replace")
        try:
            try:
                same = self._identify() == self._identity
            except OSError:
                same = False
            if not same:
                self._open()  # the program closed our descriptor, and may have put a file of its own there
            rest = data
            while rest:
                rest = rest[_write(self._descriptor, rest) :]
        except OSError as error:
            self._over = True
            if error.errno in _NO_ROOM:
                self._end_full()
            return False
        self._last_line = self._size + data.rfind(b"\n", 0, -1) + 1
        self._size += len(data)
        return True

    def _end_full(self):
        """Put the word that there was no room in the place of the last line: that much there is."""
        try:
            if self._last_line > 0:
                _truncate(self._descriptor, self._last_line)
                _write(self._descriptor, b'["full"]\n')
        except (OSError, TypeError):
            pass
