"""What this process used of the machine: processor seconds, threads that computed, peak memory; and holding it to one core.

A process may be held to one core only when that changes neither its results nor what it can do at once: as long as no other
thread or child of it computed, and it never asked how many cores there are.
"""

import functools
import os
import sys
from time import thread_time  # by name, because the clocks of `time` may be changed for the program

_STARTS = {"os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system", "subprocess.Popen"}
_QUESTIONS = ("cpu_count", "process_cpu_count", "sched_getaffinity")


def seconds():
    """
    {"cpu": processor seconds of this process and its ended children, "main": those of the calling thread}, or {} where
    that is unknown. Called from the main thread, the rest is what other threads and children computed.
    """
    try:
        import resource
    except ImportError:
        return {}  # Windows has no such figure in its standard library
    total = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        used = resource.getrusage(who)
        total += used.ru_utime + used.ru_stime
    return {"cpu": total, "main": thread_time()}


def peak_memory():
    """Peak resident bytes of this process or of its largest ended child, whichever is more; 0 where unknown."""
    memory = 0
    try:
        # Not ru_maxrss: Linux lets a new program inherit the peak of the process that started it.
        with open("/proc/self/status", "rb") as status:
            for line in status:
                if line.startswith(b"VmHWM:"):
                    memory = int(line.split()[1]) * 1024
    except OSError:
        pass
    try:
        import resource
    except ImportError:
        return memory
    unit = 1 if sys.platform == "darwin" else 1024
    if not memory:
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return max(memory, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit)


class Cores:
    """
    `cores` of a specification: "watch" notes whether the number of cores is asked for and whether processes are started, a
    number holds this process to that core, None does neither.
    """

    def __init__(self, wanted):
        self.begun = thread_time()  # what starting Python and the agent took
        self.asked = False
        self.started = False
        self.held = False
        if wanted == "watch":
            sys.addaudithook(self._hear)
            for name in _QUESTIONS:
                question = getattr(os, name, None)
                if question is not None:
                    setattr(os, name, self._noting(question))
        elif wanted is not None:
            try:
                os.sched_setaffinity(0, {wanted})
                self.held = True
            except (AttributeError, OSError):  # not Linux, or a core that this container may not use
                pass

    def report(self):
        allowed = getattr(os, "sched_getaffinity", None)
        asked = self.asked  # before this asks itself
        cores = sorted(allowed(0)) if allowed is not None else None
        return {"begun": self.begun, "asked": asked, "started": self.started, "held": self.held, "cores": cores}

    def _hear(self, event, args):
        if event in _STARTS:
            self.started = True

    def _noting(self, question):
        @functools.wraps(question)
        def asking(*args, **keywords):
            self.asked = True
            return question(*args, **keywords)

        return asking


def forget_hash_seed(given):
    """Take away the seed that was set for this process alone, so that the program and its children see what they always see."""
    if given:
        os.environ.pop("PYTHONHASHSEED", None)
