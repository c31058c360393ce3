"""Probes of what is entered millions of times rest most of the time, and look at short stretches spread over the run.

A probe that rests costs its region one test of an attribute. A thread lets probes rest and wakes them. What passes in a rest
is not counted but estimated: from the processor time that the rest took, and how often the region was entered per second
before and after it. That rate is taken from one look to a later one of the same stretch, without what counting and looking
took themselves.
"""

import _signal
from itertools import repeat
from time import perf_counter, process_time

from .beside import Beside

_SHORTEST, _LONGEST, _GROWTH = 0.03, 0.2, 0.05  # seconds of a rest: the longer, the longer there have been rests
_AWAKE = 0.003  # seconds, and those in which the program does not let the thread go on
_LARGEST_NOISE = 0x7FFFFFFF


class Rests(Beside):
    """The resting probes of one process. Begins with the first `add`; `start` and `stop` may alternate after that."""

    def __init__(self, count_cost):
        self.worked = 0.0  # processor seconds of looking, since the first `add`
        self.count_cost = count_cost
        self.probes = []
        self._noise = 54321
        self._began = perf_counter()

    def add(self, probe):
        """Let this probe rest from now on, most of the time."""
        self.probes.append(probe)
        if not self._alive:
            self.start()

    def resume(self):
        if self.probes:
            self.start()

    def counted(self):
        """Entries of all its probes so far, without those of rests."""
        return sum([probe.counted() for probe in self.probes])

    def _loop(self):
        _hold_back_signals()
        ended = False
        while not ended:
            probes = list(self.probes)
            self._noise = (self._noise * 1103515245 + 12345) & _LARGEST_NOISE
            uneven = 0.5 + self._noise / _LARGEST_NOISE  # never in step with a pattern of the program
            length = min(_LONGEST, _SHORTEST + _GROWTH * (perf_counter() - self._began))
            ended, rested = self._rest(probes, uneven * length)
            before, began = [probe.counted() for probe in probes], process_time()
            ended = ended or self._wake.acquire(True, _AWAKE)
            ran = process_time() - began > _AWAKE / 2
            for probe, count in zip(probes, before):
                probe.stretch(rested, silent=ran and probe.counted() == count)

    def _rest(self, probes, seconds):
        """(whether the thread is to end, processor seconds that the rest took); all are awake when it is over."""
        began, clock = process_time(), perf_counter()
        for probe in probes:
            probe.resting = True
        try:
            ended = self._wake.acquire(True, seconds)
        finally:
            for probe in probes:
                probe.wake(perf_counter() - clock)
        return ended, process_time() - began


class Rate:
    """How often a region is entered per processor second, measured within one stretch between two rests."""

    __slots__ = ("latest", "_current", "_since", "_thread")

    def __init__(self):
        self.latest = None  # of the last stretch that told one
        self.begin()

    def begin(self):
        """A new stretch."""
        self._current = self._since = None

    def note(self, now, thread, counted, rests):
        """A look begins at `now`, in processor time of this thread."""
        if self._since is None:
            self._since, self._thread = (now, rests.worked, counted, rests.counted()), thread
        elif thread == self._thread:
            began, worked, before, all_before = self._since
            own = now - began - (rests.worked - worked) - rests.count_cost * (rests.counted() - all_before)
            if own > 0:
                self._current = max(0, counted - before) / own

    def ends(self, silent):
        """Mean of the rates before and after a rest, now that the stretch after it is over; `silent` had no entry."""
        before, after = self.latest, 0.0 if silent else self._current
        if after is not None:
            self.latest = after
        known = [rate for rate in (before, after) if rate is not None]
        return sum(known) / len(known) if known else None


def count_cost():
    """Seconds that an entry which is counted takes more than one in a rest."""
    probe = _Counted()

    def entered():
        if probe.resting:
            return 1
        else:
            for call in probe.quiet:
                break
        try:
            return 1 if call is None else 2
        except BaseException:
            raise
        finally:
            if call is not None:
                probe.resting = False

    def seconds(resting):
        probe.resting = resting
        began = perf_counter()
        for _ in range(200):
            entered()
        return perf_counter() - began

    return max(0.0, min(seconds(False) for _ in range(20)) - min(seconds(True) for _ in range(20))) / 200


class _Counted:
    __slots__ = ("resting", "quiet")

    def __init__(self):
        self.quiet = repeat(None)


def _hold_back_signals():
    """Handlers run in the program's main thread, which is to be the one that a signal interrupts."""
    if hasattr(_signal, "pthread_sigmask"):
        _signal.pthread_sigmask(_signal.SIG_BLOCK, _signal.valid_signals())
