"""
The sampling thread: every few milliseconds it writes what each thread of the program is doing.

Where a thread stands comes from `sys._current_frames`, how much it worked from its CPU clock, and whether it held the
interpreter lock (GIL) from how the sampler itself got it:

* The sampler's sleep costs it one voluntary context switch. If that is all, the lock was free: whatever burns CPU then
  is native code that released it, and the rest waits.
* A thread in Python bytecode gives the lock up when the switch interval is over. The sampler then sees it at the place
  where bytecode gives way: a call or a backward jump.
* What goes beyond the interval is a C function that keeps the lock.

Time spent in the run queue of a busy machine is read from the kernel and is no part of these delays.
"""

import os
import sys
import time
from _thread import get_ident

from . import processes
from .beside import Beside
from .frames import FrameTables
from .spool import Spool, open_high, quote

try:
    import resource
except ImportError:
    resource = None

# Kept here because programs replace them in their modules (gevent, freezegun, time-machine).
_monotonic = time.perf_counter_ns
_thread_time = getattr(time, "thread_time_ns", time.process_time_ns)
_process_time = time.process_time_ns
_cpu_clock_of = getattr(time, "pthread_getcpuclockid", None)
_read_clock = getattr(time, "clock_gettime_ns", None)
_current_frames = sys._current_frames
_get_interval, _set_interval = sys.getswitchinterval, sys.setswitchinterval
_usage = getattr(resource, "getrusage", None)
_RUSAGE_SELF = getattr(resource, "RUSAGE_SELF", 0)
_RUSAGE_CHILDREN = getattr(resource, "RUSAGE_CHILDREN", 0)
_RUSAGE_THREAD = getattr(resource, "RUSAGE_THREAD", None)
_pread = getattr(os, "pread", None)

_MS = 1_000_000
_SECOND = 1000 * _MS
_FREE_DELAY = _MS * 3 // 10  # without context-switch counts: a lock got sooner than this after waking was free
_SINGLE_THREAD_INTERVAL = 0.001
_HANDOVER = _MS // 10
_LARGEST_NOISE = 0x7FFFFFFF
_SHORTEST_PERIOD, _LONGEST_PERIOD = 2 * _MS, _SECOND
_WAKE_UP = _MS * 15 // 100  # a lock got this much later than it was due needs an explanation
_FREE, _AT_CHECKPOINT, _RELEASED = 0, 1, 2


def _gil_enabled():
    return getattr(sys, "_is_gil_enabled", lambda: True)()


def _share(cost, age):
    """
    Share of the time that ticks may take at this age: thirteen times `cost` at first, in the end `cost`. So a short program
    has enough of them to be told about, and over t seconds they take cost · (t + 6 t / (t + 0.5)).
    """
    return cost * (1 + 3 * (_SECOND / (age + _SECOND // 2)) ** 2)


class Sampler(Beside):
    """One recording of one process. `start` and `stop` may alternate; both are called from the program's threads."""

    def __init__(self, directory, cost, parent=None):
        self._spool = Spool(directory)
        self._cost = cost  # share of wall time that sampling may take in the long run
        self._tables = FrameTables(self._spool.line, whole_stacks=_gil_enabled())
        self._main = get_ident()
        self._began = self._last = _monotonic()
        self._clocks = {}
        self._cpu = {}
        self._cpu[self._main] = self._thread_cpu(self._main) or 0
        self._nodes = {}
        self._names = {}
        self._unnamed = set()
        self._user, self._system = self._process_times()
        self._interval = _get_interval()
        self._lowered = False
        self._memory_due = self._flush_due = 0
        self._files = {}
        self._main_queue = 0
        self._open_kernel_file("status", "/proc/self/status")
        self._open_kernel_file("main", "/proc/thread-self/schedstat")
        self._spool.line(
            '["process",{"pid":%d,"parent":%d,"started":%.6f,"python":%s,"standard":%s,"gil":%s}]'
            % (
                os.getpid(),
                os.getppid() if parent is None else parent,
                time.time(),
                quote("%d.%d.%d" % sys.version_info[:3]),
                quote(os.path.dirname(os.path.abspath(os.__file__))),
                "true" if _gil_enabled() else "false",
            )
        )
        self._interpreters = 0
        self._memory(0)
        self._spool.flush()

    def finish(self):
        """Stop and write the closing line: CPU seconds of this process and of the children it waited for."""
        self.stop()
        times = [0.0] * 4
        if _usage:
            own, children = _usage(_RUSAGE_SELF), _usage(_RUSAGE_CHILDREN)
            times = [own.ru_utime, own.ru_stime, children.ru_utime, children.ru_stime]
        self._memory(_monotonic() - self._began)
        self._started()
        self._modules()
        self._spool.line('["end",%d,%.6f,%.6f,%.6f,%.6f]' % (_monotonic() - self._began, *times))
        self._spool.flush()

    def _started(self):
        """How many Python interpreters the process has started that are not recorded."""
        if self._interpreters != processes.interpreters:
            self._interpreters = processes.interpreters
            self._spool.line('["interpreters",%d]' % self._interpreters)

    def _modules(self):
        """Name the source files of all modules, also of those that were too quick to be sampled."""
        agent = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        for module in list(sys.modules.values()):
            path = getattr(module, "__dict__", {}).get("__file__")
            if type(path) is str and path.endswith(".py") and os.path.isabs(path) and not path.startswith(agent):
                self._spool.line('["module",%s]' % quote(path))

    def _leave(self):
        self._set_single_thread_interval(False)

    def _loop(self):
        self._open_kernel_file("self", "/proc/thread-self/schedstat")
        held = 2 * _HANDOVER
        period = int(held / _share(self._cost, 0))
        queued, switches = self._queued("self"), self._switches()
        noise = self._began & _LARGEST_NOISE
        slept = _monotonic()
        while True:
            woken = self._wake.acquire(True, period * 1e-9)
            now = _monotonic()
            switches_before, switches = switches, self._switches()
            blocked = now - slept - period
            due = int(_get_interval() * 1e9)
            if blocked > due + _WAKE_UP or switches is None:
                # Reading a file gives the lock away and takes it back, so this is done only where it can matter.
                queued_before, queued = queued, self._queued("self")
                blocked -= queued - queued_before
            free = blocked < _FREE_DELAY if switches is None else switches - switches_before <= 1
            over = blocked - due
            state = _RELEASED if woken else _FREE if free else _AT_CHECKPOINT if over > -_MS // 10 else _RELEASED
            used = _thread_time()
            self._tick(now, state, max(0, over) if state == _AT_CHECKPOINT else 0)
            # What the program loses: the work that was done here under the lock, and its handing over to and fro. A
            # single slow tick counts little; a steady cost, as of very deep stacks, stretches the period.
            slept = _monotonic()
            lost = _thread_time() - used + _HANDOVER
            held += (min(lost, 2 * held) - held) // 8
            age = now - self._began
            if woken or not self._alive:
                break
            if age >= self._memory_due:
                if not self._periodic(age):
                    break
                queued, switches = self._queued("self"), self._switches()
                slept = _monotonic()
            # Uneven, so that ticks are never in step with what the program does regularly.
            noise = (noise * 1103515245 + 12345) & _LARGEST_NOISE
            period = int(held / _share(self._cost, age) * (0.7 + 0.6 * noise / _LARGEST_NOISE))
            period = min(_LONGEST_PERIOD, max(_SHORTEST_PERIOD, period))

    def _tick(self, now, state, over):
        frames = _current_frames()
        frames.pop(get_ident(), None)
        self._set_single_thread_interval(len(frames) == 1)
        wall, self._last = now - self._last, now
        seen = []
        texts = []
        for thread, frame in frames.items():
            cpu = self._thread_cpu(thread)
            worked = None
            if cpu is not None:
                worked = max(0, cpu - self._cpu.get(thread, 0))
                self._cpu[thread] = cpu
            # A thread that used no CPU at all stands where it stood.
            if worked != 0 or thread not in self._nodes:
                self._nodes[thread] = self._tables.stack(frame)
            seen.append((thread, cpu, worked))
        del frames, frame
        for thread, cpu, worked in seen:
            running = state == _FREE and cpu is not None and self._thread_cpu(thread) != cpu
            queued = 0
            if thread == self._main and wall - (worked or 0) > min(_MS // 3, wall // 40):
                # It had no core for a while, or waited; the kernel tells which.
                queue = self._queued("main")
                queued, self._main_queue = max(0, queue - self._main_queue), queue
            node, entered = self._nodes[thread]
            texts.append(
                "[%d,%d,%d,%s,%d,%d]"
                % (self._name(thread), node, entered, "null" if worked is None else worked, running, queued)
            )
        user, system = self._process_times()
        self._spool.line(
            '["tick",%d,%d,%d,%d,%d,%d,[%s]]'
            % (
                now - self._began,
                wall,
                state,
                over,
                max(0, user - self._user),
                max(0, system - self._system),
                ",".join(texts),
            )
        )
        self._user, self._system = user, system
        if len(self._nodes) > len(seen):
            alive = {thread for thread, _, _ in seen}
            for table in (self._nodes, self._cpu, self._clocks, self._names):
                for thread in [t for t in table if t not in alive]:
                    del table[thread]

    def _periodic(self, age):
        """What is done only now and then. False when the recording has to end."""
        self._memory_due = age + max(50 * _MS, min(500 * _MS, age // 10))
        self._memory(age)
        self._started()
        if age < self._flush_due:
            return True
        self._flush_due = age + max(50 * _MS, min(400 * _MS, age // 2))
        return self._spool.flush()

    def _thread_cpu(self, thread):
        """CPU nanoseconds of a thread since it began, or None where the system does not tell."""
        if _cpu_clock_of is None or _read_clock is None:
            return _process_time() if thread == self._main else None
        try:
            clock = self._clocks.get(thread)
            if clock is None:
                # Safe: the thread is in _current_frames and cannot leave it while this thread holds the lock.
                clock = self._clocks[thread] = _cpu_clock_of(thread)
            return _read_clock(clock)
        except OSError:  # another thread got the same identifier; its clock is looked up at the next tick
            self._clocks.pop(thread, None)
            self._cpu.pop(thread, None)
            return None

    def _process_times(self):
        """CPU nanoseconds of the whole process in user and in system mode."""
        if _usage is None:
            return _process_time(), 0
        usage = _usage(_RUSAGE_SELF)
        return int(usage.ru_utime * 1e9), int(usage.ru_stime * 1e9)

    def _switches(self):
        """Voluntary context switches of the calling thread, or None where the system does not count them."""
        return None if _RUSAGE_THREAD is None else _usage(_RUSAGE_THREAD).ru_nvcsw

    def _name(self, thread):
        """The thread's number. Its name is written when it is known: a thread runs before it enters `threading`'s list."""
        number = self._names.get(thread)
        if number is None or number in self._unnamed:
            known = getattr(sys.modules.get("threading"), "_active", {}).get(thread)
            name = getattr(known, "_name", None)
            if number is None:
                number = self._names[thread] = self._tables.count("thread")
                self._unnamed.add(number)
                if not isinstance(name, str):
                    self._write_thread(number, thread, "MainThread" if thread == self._main else "thread")
            if isinstance(name, str):
                self._unnamed.discard(number)
                self._write_thread(number, thread, name)
        return number

    def _write_thread(self, number, thread, name):
        self._spool.line('["thread",%d,%s,%s]' % (number, quote(name), "true" if thread == self._main else "false"))

    def _set_single_thread_interval(self, single):
        """
        While the program has one thread, let the sampler get the lock sooner than the usual 5 ms. Nothing else competes
        for it then, so nothing else notices; with a second thread, or once the program sets its own, it is left alone.
        """
        current = _get_interval()
        if self._lowered:
            if abs(current - _SINGLE_THREAD_INTERVAL) > 1e-9:
                self._lowered, self._interval = False, None
            elif not single:
                _set_interval(self._interval)
                self._lowered = False
        elif single and self._interval is not None and current == self._interval > _SINGLE_THREAD_INTERVAL:
            _set_interval(_SINGLE_THREAD_INTERVAL)
            self._lowered = True

    def _open_kernel_file(self, name, path):
        try:
            self._files[name] = open_high(path, os.O_RDONLY) if _pread else None
        except OSError:
            self._files[name] = None

    def _read_kernel_file(self, name):
        descriptor = self._files.get(name)
        if descriptor is None:
            return b""
        try:
            return _pread(descriptor, 4096, 0)
        except OSError:
            self._files[name] = None
            return b""

    def _queued(self, name):
        """Nanoseconds that a thread was ready to run and found no free core; 0 where the kernel does not tell."""
        try:
            return int(self._read_kernel_file(name).split()[1])
        except (IndexError, ValueError):
            self._files[name] = None
            return 0

    def _memory(self, age):
        resident = peak = 0
        for line in self._read_kernel_file("status").split(b"\n"):
            if line.startswith(b"VmRSS:"):
                resident = int(line.split()[1]) * 1024
            elif line.startswith(b"VmHWM:"):
                peak = int(line.split()[1]) * 1024
        if not peak and _usage:
            peak = _usage(_RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        self._spool.line('["memory",%d,%d,%d]' % (age, resident, peak))
