"""What instrumented code calls: one `Probe` per region, which counts, times, describes and records its entries.

Nothing here may change what the program does. A probe looks at the first entries, then at fewer and fewer, so that
watching stays a small share of the region's own time; whatever goes wrong inside a probe ends the recording of its
region and nothing else. Code of the user that runs inside a probe (pickling may call it) is not watched itself.
"""

import _signal
import gc
import io
import os
import sys
import threading
from itertools import repeat
from operator import length_hint
from time import perf_counter, thread_time

from . import culprit, facts
from .describe import describe, type_name
from .live import State, aliases, callers_of, local_names, parameters
from .recorded import Recorded, remove_file
from .repeats import Repeats
from .reservoir import Reservoir, signature
from .rests import Rate
from .snapshot import TooLarge, Unrecordable, digest, freeze_into
from .state import Exit, Raised, random_state

_WATCHED_CALLS = 1000  # every one of these first calls is looked at
_SHARE = 0.01  # of the program's time, for looking at further calls of one region
_BETWEEN_AWAKE = 0.0004  # seconds from one look to the next at one that rests most of the time, while it is awake
_MANY, _OFTEN = 200_000, 3e-6  # a region rests that was entered so many times, with so few seconds from one to the next
_FOREVER = 1 << 62
_ANCESTORS = 200
_MAX_FAILURES = 25
_CALLERS_OF = 5  # calls that cannot be stored: so many of them say who called
_CALLERS = 20
# `signal.pthread_sigmask` makes an enum member of each number, which takes longer than all the rest of a look.
_set_mask = getattr(_signal, "pthread_sigmask", None)
_BLOCK, _RESTORE = getattr(_signal, "SIG_BLOCK", 0), getattr(_signal, "SIG_SETMASK", 0)
_handled = frozenset(
    getattr(_signal, name)
    for name in ("SIGALRM", "SIGVTALRM", "SIGPROF", "SIGINT", "SIGTERM", "SIGUSR1", "SIGUSR2")
    if _set_mask is not None
)


class Probe:
    """One region. Instrumented code iterates `quiet` unless `resting`: an entry is looked at when that is exhausted."""

    __slots__ = (
        "quiet", "call", "region", "session", "directory", "reservoir", "facts", "lock", "_calls", "_run", "_seconds",
        "_active", "_missing", "_failures", "_repeats", "_look_cost", "_record_cost", "_spacing", "_looked", "_own", "_saved", "_noise",
        "resting", "missed", "_rate", "_rested",
    )  # fmt: skip

    def __init__(self, region, session):
        self.region = region
        self.session = session
        self.directory = os.path.join(session.directory, region["id"])
        self.call = None
        self._missing = {}
        self._noise = 12345
        self.restart()

    def restart(self, recording=True):
        """Forget everything: at the start, and in a forked child."""
        limits = self.session.limits
        self.reservoir = Reservoir(limits["entries"], limits["regionBytes"], self.session.allowed)
        self.facts = facts.empty(self.region["id"])
        self.lock = threading.Lock()
        self.quiet = iter(())
        self._calls = self._run = 0
        self._failures = 0 if recording else _MAX_FAILURES
        self._seconds = self._record_cost = self._own = 0.0
        self._look_cost = 1e-5  # seconds; soon the mean of those seen
        self._repeats = Repeats() if self.region["kind"] == "function" else None
        self._active = set()  # ids of the frames whose entries are being timed or recorded
        self._saved = self._looked = perf_counter()
        self._spacing = None  # mean seconds from one entry to the next, lately
        self.resting = False
        self.missed = self._rested = 0.0  # entries while it rested, estimated; processor seconds of which nothing is known yet
        self._rate = None  # a `Rate` from when it rests now and then

    # Called by instrumented code.

    def enter(self, cells=None):
        """A `Watched` for this entry into the region, or None when it is of no interest."""
        watched = self._guarded(True, self._enter, sys._getframe(1), cells)
        if watched is not None:
            watched.started = perf_counter()
        return watched

    def opened(self, how, cells=None):
        """The body of a generator or async function has started."""
        frame = sys._getframe(1)
        watched = self._guarded(True, self._enter, frame, cells)
        if watched is not None:
            watched.ended(how)
            self._guarded(False, self._leave, watched, frame, 0.0)

    @staticmethod
    def returned(value, *calls):
        """Tell `calls` (some may be None) that this value is being returned, and give it back."""
        for call in calls:
            if call is not None:
                call.how, call.value = "return", value
        return value

    def _guarded(self, entering, step, *arguments):
        session, thread = self.session, threading.get_ident()
        if thread in session.busy:
            return None
        began = perf_counter()
        watched = None
        rests = session.rests
        working = thread_time() if rests.probes else None
        mask = _set_mask(_BLOCK, ()) if _handled else ()
        try:
            # Signals are held back: what the program's handlers raise must not end inside a probe. Near the end of the stack
            # anything here may raise, so they are let through again in any case, by a call that needs no frame.
            if _handled:
                _set_mask(_BLOCK, _handled)
            try:
                session.busy.add(thread)
                if entering and working is not None and self._rate is not None and not self.resting:
                    self._rate.note(working, thread, self.counted(), rests)
                watched = step(*arguments)
            except RecursionError:
                pass  # a later entry may not be near the end of the stack
            except Exception as error:
                self._give_up("recording failed: %s: %s" % (type(error).__name__, error))
            finally:
                session.busy.discard(thread)
                spent = session.spent[thread] = session.spent.get(thread, 0.0) + perf_counter() - began
                if watched is not None:
                    watched.spent = spent
                if working is not None:
                    rests.worked += thread_time() - working
        finally:
            if _handled:
                _set_mask(_RESTORE, mask)  # last: what a handler raises now is the program's to see
        return watched

    # Entry.

    def _enter(self, frame, cells):
        began = perf_counter()
        with self.lock:
            passed = self._count()
            self._calls += 1
            number = self._calls
            inside, depth = self._ancestors(frame)
            if self._repeats is not None:
                names = parameters(frame.f_code)
                held = local_names(frame, names)
                self._repeats.look(held, (cells and cells.__closure__) or (), depth)
            between = self._plan(began, passed)
            if inside:
                self._look_cost += (perf_counter() - began - self._look_cost) * 0.1
                return None
            state = State(self.region, frame, cells)
            values = state.values()
            picture = signature(values.values())
            wanted = self._failures < _MAX_FAILURES and self.reservoir.wants(picture, began, self._record_cost)
            for name, value in values.items():
                known = self.facts["liveIn"].setdefault(name, [])
                if not facts.add_plain(known, value):
                    facts.merge(known, describe([value], looks=wanted))
        watched = Watched(self, passed, between, depth > 0)
        if wanted:
            watched.recorded = self._record(state, number, picture, began, frame)
            self._record_cost = 2 * (perf_counter() - began)
        else:
            self._look_cost += (perf_counter() - began - self._look_cost) * 0.1
        self._active.add(id(frame))
        return watched

    def _count(self):
        """Take over the entries that passed quietly since the last look."""
        looked_at = iter(())
        passed = self._run - length_hint(self.quiet)
        self._calls += passed  # from here on nothing is called, so that `counted` of another thread finds all of it or nothing
        self._run = 0
        self.quiet = looked_at
        return passed

    def _plan(self, now, passed):
        """How many entries may pass quietly from now on, so that looking takes its small share of the time.

        Returns the seconds since the last look, in which `passed` entries went by.
        """
        own = self.session.spent.get(threading.get_ident(), 0.0)
        between = max(0.0, now - self._looked - (own - self._own))
        spacing = between / (passed + 1)
        self._spacing = spacing if self._spacing is None else (self._spacing + spacing) / 2
        self._looked, self._own = now, own
        if self._calls < _WATCHED_CALLS:
            return between
        self._noise = (self._noise * 1103515245 + 12345) & 0x7FFFFFFF
        around = 0.5 + self._noise / 0x7FFFFFFF  # never in step with a pattern of the program
        if self._rate is None and self._calls > _MANY and self._spacing < _OFTEN:
            self._rate = Rate()
            self.session.rests.add(self)
        apart = self._look_cost / _SHARE if self._rate is None else _BETWEEN_AWAKE
        run = min(int(around * apart / max(self._spacing, 1e-7)), 20_000)
        quiet = repeat(None, run)
        self._run, self.quiet = run, quiet
        return between

    def counted(self):
        """Entries so far, without those of its rests."""
        return self._calls + self._run - length_hint(self.quiet)

    def wake(self, seconds):
        """Look at entries again, after a rest of so long."""
        self._looked += seconds
        self._rate.begin()
        self.resting = False

    def stretch(self, rested, silent=False):
        """A stretch between rests is over, and so many processor seconds of rest before it; `silent` had no entry."""
        self._rested += rested
        rate = self._rate.ends(silent)
        if rate is not None:
            self.missed += self._rested * rate
            self._rested = 0.0

    def _ancestors(self, frame):
        """Whether the region is being recorded further down this stack, and how often its function runs there."""
        code, active, depth, inside = frame.f_code, self._active, 0, False
        for _ in range(_ANCESTORS):
            frame = frame.f_back
            if frame is None:
                break
            inside = inside or id(frame) in active
            depth += frame.f_code is code
        return inside, depth

    def _record(self, state, number, picture, now, frame):
        """Write the entry's file. Returns a `Recorded`, or None when it cannot be stored."""
        recorded = Recorded(self, state, number, picture, now)
        try:
            try:
                recorded.bytes = self._write(recorded.path("entry"), state.entry(self._missing))
            except TooLarge:
                raise
            except Unrecordable:
                self._blame(state)
                recorded.bytes = self._write(recorded.path("entry"), state.entry(self._missing))
        except Unrecordable as reason:
            self._unrecorded(str(reason), frame)
            return None
        self.session.bytes += recorded.bytes
        self.facts["collector"] = {"enabled": gc.isenabled(), "threshold": list(gc.get_threshold())}
        recorded.digests = self._digests(state.values(self._missing))
        for pair in aliases(state.values(self._missing)):
            if pair not in self.facts["aliases"]:
                self.facts["aliases"].append(pair)
        recorded.hold()
        return recorded

    def _write(self, path, graph, opaque=False):
        session = self.session
        room = min(self.reservoir.max_bytes // 2, session.limits["totalBytes"] - session.bytes)
        if room <= 0:
            raise TooLarge("the space for recorded calls is used up")
        try:
            with open(path + ".tmp", "w+b") as file:
                size = freeze_into(graph, file, room, session.limits["entrySeconds"], session.original, opaque)
            os.rename(path + ".tmp", path)
        except BaseException:
            remove_file(path + ".tmp")
            raise
        return size

    def _blame(self, state):
        """Find which names cannot be stored: globals among them are left out from now on. Raises for others."""
        limits = self.session.limits
        for name, value in state.values(self._missing).items():
            try:
                freeze_into(value, io.BytesIO(), limits["regionBytes"], limits["entrySeconds"], self.session.original)
            except TooLarge:
                continue
            except Unrecordable as reason:
                if name in state.arguments or name in state.cells:
                    path = culprit.path_to(value, self.session.original)
                    raise Unrecordable("%s%s: %s" % (name, path, reason)) from None
                self._missing[name] = str(reason)

    def _digests(self, values):
        """Fingerprints of what could be changed in place; of closure variables and globals also by rebinding."""
        seconds = self.session.limits["entrySeconds"]
        return {name: digest(value, self.session.original, seconds) for name, value in values.items()}

    def _unrecorded(self, reason, frame):
        counts, callers = self.facts["unrecorded"], self.facts["callers"]
        if self._failures < _CALLERS_OF and not self.reservoir.kept:
            callers += [caller for caller in callers_of(frame) if caller not in callers][: _CALLERS - len(callers)]
        if reason in counts or len(counts) < 20:
            counts[reason] = counts.get(reason, 0) + 1
        self._failures += 1

    # Exit.

    def _leave(self, watched, frame, ended):
        self._active.discard(id(frame))
        if watched.generation != self.session.generation:
            return  # entered before this process was forked: the parent records it
        spent = self.session.spent.get(threading.get_ident(), 0.0) - watched.spent
        duration = max(0.0, ended - watched.started - max(0.0, spent) - self.session.call_cost)
        how = watched.how
        with self.lock:
            if how == "exception":
                kind = type_name(type(watched.value))
                counts = self.facts["exceptions"]
                counts[kind] = counts.get(kind, 0) + 1 + watched.passed
            if not watched.again and how not in ("generator", "coroutine"):
                # The entries that passed quietly lasted as long as this one, but no longer than there was time.
                self._seconds += duration + min(duration * watched.passed, watched.between)
            after = self._after(watched, frame)
            for name, value in after.items():
                known = self.facts["liveOut"].setdefault(name, [])
                if not facts.add_plain(known, value):
                    facts.merge(known, describe([value], looks=watched.recorded is not None))
        if watched.recorded is not None:
            self._finish(watched, frame, after, duration)
        if watched.recorded is not None or ended - self._saved > 1:
            self.save()

    def _after(self, watched, frame):
        if self.region["kind"] == "function":
            return {"return": watched.value} if watched.how == "return" else {}
        names = local_names(frame, self.region["liveOut"])
        return dict(names, **{"return": watched.value}) if watched.how == "return" else names

    def _finish(self, watched, frame, after, duration):
        recorded, how = watched.recorded, watched.how
        state = recorded.after(frame)
        values = state.values(self._missing)
        exit = Exit(
            how,
            value=watched.value if how == "return" else None,
            exception=Raised.of(watched.value) if how == "exception" else None,
            arguments=state.arguments,
            closure=state.cells,
            globals={name: value for name, value in state.globals.items() if name not in self._missing},
            random=random_state(),
            seconds=duration,
        )
        if self.region["kind"] != "function":
            exit.bound = {name: after[name] for name in self.region["liveOut"] if name in after}
            exit.unbound = [name for name in self.region["liveOut"] if name not in after]
        try:
            try:
                size = self._write(recorded.path("exit"), exit, opaque=True)
            except TooLarge:
                raise
            except Unrecordable:
                if exit.exception is None:
                    raise
                exit.exception.args = None
                size = self._write(recorded.path("exit"), exit, opaque=True)
        except Unrecordable as reason:
            recorded.remove()
            self.session.bytes -= recorded.bytes
            self._unrecorded("result: %s" % reason, frame)
            return
        mutated = self.facts["mutated"]
        now = self._digests(values)
        for name, before in recorded.digests.items():
            # A name that is gone from `values` was deleted, or its object has ceased to exist unseen.
            if name in now and name not in mutated and (before is None or before != now[name]):
                mutated.append(name)
            elif name in self.region["globals"] and name not in now and name not in mutated:
                mutated.append(name)
        self.session.bytes += size
        recorded.bytes += size
        self._failures = 0
        recorded.state = recorded.digests = None
        self.session.bytes -= self.reservoir.keep(recorded)

    def _give_up(self, reason):
        """Nothing more is recorded of this region; entries are still counted."""
        counts = self.facts["unrecorded"]
        counts[reason] = counts.get(reason, 0) + 1
        self._failures = _MAX_FAILURES
        self._run = _FOREVER
        self.quiet = repeat(None, _FOREVER)

    def save(self):
        """Write what is known so far to this process's part of the region's facts."""
        with self.lock:
            counted = self.counted()
            self.facts["calls"] = counted + round(self.missed)
            self.facts["estimated"] = self.missed + self._rested > 0
            self.facts["recorded"] = len(self.reservoir.kept)
            # Calls that were not looked at are taken to last as long as the others.
            self.facts["seconds"] = self._seconds * self.facts["calls"] / max(1, self._calls)
            if self._repeats is not None:
                self.facts["repeats"] = self._repeats.facts()
            self._saved = perf_counter()
            if self.facts["calls"] or self.facts["unrecorded"]:
                self.session.write_part(self.directory, self.facts)


class Watched:
    """One entry that is timed and perhaps recorded. Held by a local variable of the user's function."""

    __slots__ = ("probe", "passed", "between", "again", "generation", "recorded", "started", "spent", "how", "value")

    def __init__(self, probe, passed, between, again):
        self.probe = probe
        self.passed = passed  # entries since the last look, for which this one stands in sums
        self.between = between  # seconds since the last look
        self.again = again  # inside another call of the same function: its time is counted there
        self.generation = probe.session.generation
        self.recorded = None
        self.started = self.spent = 0.0
        self.how = self.value = None

    def ended(self, how):
        self.how, self.value = how, None

    def failed(self):
        self.how, self.value = "exception", sys.exc_info()[1]

    def leave(self):
        ended = perf_counter()
        self.probe._guarded(False, self.probe._leave, self, sys._getframe(1), ended)
        self.recorded = self.value = None
