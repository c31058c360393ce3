"""Keep what the program reads from stdin, so that it can be run again with the same."""

import os
import stat

_CHUNK = 1 << 16


def keep_stdin(path):
    """Copy stdin to the file `path`: a file at once, a pipe as it comes in, since it may never end.

    To be called before there are threads. A terminal or a device is left alone, and no file is made.
    """
    try:
        mode = os.fstat(0).st_mode
    except OSError:  # closed
        return
    if stat.S_ISREG(mode):
        _copy_file(path)
    elif hasattr(os, "fork") and (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        _copy_pipe(path)


def _copy_file(path):
    """What follows from where the file stands, without moving it."""
    place = os.lseek(0, 0, os.SEEK_CUR)
    try:
        with open(path, "wb") as kept:
            while chunk := os.pread(0, _CHUNK, place):
                kept.write(chunk)
                place += len(chunk)
    except OSError:
        _remove(path)  # a part of it would be another input


def _copy_pipe(path):
    """Put a process between the pipe and the program. It is no child of the program's, which may wait for all its own."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.fork() == 0:
                os.close(reader)
                _pass_on(writer, path)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    os.dup2(reader, 0)
    os.close(reader)


def _pass_on(writer, path):
    import select  # here, since the program may be the first to import it

    os.setsid()  # Ctrl-C is the program's, which may go on reading
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # whoever reads the program's output must not wait for this process
        os.dup2(nowhere, stream)
    poll = select.poll()
    poll.register(0, select.POLLIN)
    poll.register(writer, 0)  # reports only that the program has closed the other end
    kept = _open(path)
    while True:
        if any(stream == writer for stream, _ in poll.poll()):
            return
        chunk = os.read(0, _CHUNK)
        if not chunk:
            return
        if kept is not None and not _wrote(kept, chunk):
            kept = None
            _remove(path)  # a part of it would be another input
        while chunk:
            chunk = chunk[os.write(writer, chunk) :]


def _open(path):
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    except OSError:
        return None


def _wrote(descriptor, data):
    try:
        while data:
            data = data[os.write(descriptor, data) :]
        return True
    except OSError:
        return False


def _remove(path):
    try:
        os.remove(path)
    except OSError:
        pass
