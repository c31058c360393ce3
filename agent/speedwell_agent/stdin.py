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
    with open(path, "wb") as kept:
        while chunk := os.pread(0, _CHUNK, place):
            kept.write(chunk)
            place += len(chunk)


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
    with open(path, "wb", buffering=0) as kept:
        while True:
            if any(stream == writer for stream, _ in poll.poll()):
                return
            chunk = os.read(0, _CHUNK)
            if not chunk:
                return
            kept.write(chunk)
            while chunk:
                chunk = chunk[os.write(writer, chunk) :]
