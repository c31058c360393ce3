"""Work done in a fork of this process: it may crash, hang or leave anything behind, and only its answer comes back."""

import json
import os
import random
import signal
import time


def in_fork(work, folder, seconds, own_group=True):
    """
    Call `work(answer_path, progress_path)` in a fork for at most `seconds`: {"result": what it wrote with `answer`} or
    {"failed": how the process ended, "at": what it was doing}. In a group of its own, what it started ends with it.
    """
    path = os.path.join(folder, "result-%d-%d.json" % (os.getpid(), random.getrandbits(40)))
    progress = path + ".at"
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if own_group:
                os.setpgid(0, 0)
            work(path, progress)
            code = 0
        finally:
            getattr(os._exit, "original", os._exit)(code)
    status = _wait(child, time.monotonic() + seconds)
    late = status is None
    _end(child, own_group)
    if late:
        os.waitpid(child, 0)
    found, at = _read(path), _read(progress)
    if found is not None:
        return {"result": found}
    if late:
        return {"failed": "it did not end in time", "late": True, "at": at}
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        return {"failed": "the process was ended by %s" % name, "at": at}
    return {"failed": "the process ended with exit code %d" % os.WEXITSTATUS(status), "at": at}


def answer(path, result):
    """Write what a fork has to say, whole or not at all."""
    part = path + ".part"
    with open(part, "w", encoding="utf-8") as file:
        json.dump(result, file)
    os.replace(part, path)


def _wait(child, deadline):
    """The status with which it ended; None at the deadline. Asked for often at first: most work is short."""
    pause = 0.0005
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        if time.monotonic() > deadline:
            return None
        time.sleep(pause)
        pause = min(0.002, 1.5 * pause)


def _end(child, own_group):
    try:
        (os.killpg if own_group else os.kill)(child, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def _read(path):
    try:
        with open(path, encoding="utf-8") as file:
            found = json.load(file)
    except (OSError, ValueError):
        return None
    return found
