"""Make the input on which two texts differ as small as it goes, and write it as a call.

The original runs in a fork of this job, the new text in the job itself: they hold different modules of the same names.
"""

import os
import pickle
import re
import struct

from . import callsource, snapshot, standalone
from .attributes import attributes_of, is_plain_instance
from .compare import CannotTell, Comparison, Difference
from .judge import clipped, ended
from .outcome import Observer
from .places import places_of, set_at, value_at
from .records import entry_of, read_records, run_plan
from .tables import is_table

_SECONDS = 0.5  # for one execution of a smaller input


def witness(job):
    """{"call": source or null, "why": why there is none, "entry": file of the recorded input or null, "input": …}."""
    original = _Original(job)
    kept = read_records(job.request["out"])
    region = job.load(job.request["text"], job.request["region"])
    observer = Observer(region, job.guard, kept.names, job.spec["text"])
    sides = _Sides(original, observer, job)
    for record in sorted(kept.inputs, key=_telling):
        if record["number"] in job.request["unsure"] or job.remaining() < 1 or record["plan"] != "once":
            continue
        frozen = snapshot.freeze(entry_of(job, record))
        found = sides.differ(frozen, 10 + 20 * record["seconds"])
        if found is not None:
            return _told(job, record, region, *_smallest(sides, frozen, found, job))
    return {"call": None, "why": "the difference could not be shown again by one call", "entry": None, "input": {}}


def _telling(record):
    """What tells people most comes first: an input on which the original returns, like those of the run, a quick one."""
    raised = record["outcomes"][0]["how"] == "exception"
    return raised, record["origin"] == "generated" and record["domain"] != "same types", record["seconds"]


def _told(job, record, region, frozen, found):
    from .checkjob import _readable

    entry = snapshot.thaw(frozen)
    call = why = None
    before, after, difference = found
    inside = re.match(r"(?:len\()?argument (\w+)", difference.where)
    try:
        old = standalone.Version(job.place(), job.spec["text"], region.module)
        lines = [callsource.call_source(region, entry, old, inside and inside.group(1))]
        ends = [_one_line(ended(one)) for one in (before, after)]
        lines += ["# %s %s" % side for side in zip(("OLD", "NEW"), ends)]
        if ends[0] == ends[1]:
            told = difference.where, difference.expected, difference.actual
            lines.append("# " + _one_line("they differ in %s: %s in OLD, %s in NEW" % told))
        call = "\n".join(lines)
    except callsource.NoSource as error:
        why = "%s has no source form" % error
    recorded = None if record["call"] is None else job.calls[record["call"]]._path("entry")
    return {"call": call, "why": why, "entry": recorded, "input": _readable(snapshot.thaw(frozen))}


def _one_line(text):
    return clipped(" ".join(text.split()), 100)


class _Sides:
    def __init__(self, original, observer, job):
        self._original, self._observer, self._job = original, observer, job
        self._raises = None

    def differ(self, frozen, seconds):
        """The two outcomes on an input and where they differ, when they do so as the first ones found did; else None."""
        before = self._original.observe(frozen, seconds)
        if before is None or before["graph"] is None:
            return None
        after = run_plan(self._observer, snapshot.thaw(frozen), "once", seconds)[0]
        if after["graph"] is None:
            return None
        try:
            Comparison(self._job.request["tolerance"]).facets(
                before["graph"], after["graph"], set(self._job.request["skip"])
            )
            return None
        except CannotTell:
            return None
        except Difference as found:
            difference = found
        raises = before["how"] == "exception", after["how"] == "exception"
        if self._raises is None:
            self._raises = raises
        return (before, after, difference) if raises == self._raises else None


class _Original:
    """The original in a process of its own, which observes inputs that are sent to it."""

    def __init__(self, job):
        theirs, self._requests = os.pipe()
        self._answers, ours = os.pipe()
        if os.fork() == 0:
            try:
                os.close(self._requests)
                os.close(self._answers)
                self._serve(job, theirs, ours)
            finally:
                getattr(os._exit, "original", os._exit)(0)
        os.close(theirs)
        os.close(ours)

    @staticmethod
    def _serve(job, requests, answers):
        kept = read_records(job.request["out"])
        observer = Observer(job.load(), job.guard, kept.names)
        while True:
            message = _receive(requests)
            if message is None:
                return
            frozen, seconds = message
            _send(answers, run_plan(observer, snapshot.thaw(frozen), "once", seconds)[0])

    def observe(self, frozen, seconds):
        try:
            _send(self._requests, (frozen, seconds))
            return _receive(self._answers)
        except OSError:
            return None


def _send(descriptor, value):
    data = pickle.dumps(value, protocol=4)
    data = struct.pack("<Q", len(data)) + data
    while data:
        data = data[os.write(descriptor, data) :]


def _receive(descriptor):
    head = _read(descriptor, 8)
    return None if head is None else pickle.loads(_read(descriptor, struct.unpack("<Q", head)[0]))


def _read(descriptor, size):
    pieces = []
    while size:
        piece = os.read(descriptor, min(size, 1 << 20))
        if not piece:
            return None
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _smallest(sides, frozen, outcomes, job):
    """Take away and simplify as long as the sides still differ."""
    found = outcomes
    while found is not None:
        outcomes = found
        frozen, found = _one_smaller(sides, frozen, job)
    return frozen, outcomes


def _one_smaller(sides, frozen, job):
    """The first smaller input that shows the difference too, with its outcomes; the same input and None when there is none."""
    best = _cost(snapshot.thaw(frozen))
    for place in places_of(snapshot.thaw(frozen)):
        for smaller in _smaller(value_at(snapshot.thaw(frozen), place)):
            if job.remaining() < 1:
                return frozen, None
            entry = snapshot.thaw(frozen)
            try:
                set_at(entry, place, smaller)
                cost, candidate = _cost(entry), snapshot.freeze(entry)
            except Exception:  # a place that takes no other value, or a value that cannot be stored
                continue
            found = sides.differ(candidate, _SECONDS) if cost < best else None
            if found is not None:
                return candidate, found
    return frozen, None


def _cost(entry):
    held = [entry.arguments, entry.globals] + [_content(cell) for cell in entry.closure.values()]
    text = "".join(repr(_shown(one)) for one in held)
    return len(text), text


def _shown(value, depth=6):
    """The value with attributes in the place of the program's instances, whose `repr` may tell nothing."""
    if depth and type(value) in (list, tuple):
        return [_shown(one, depth - 1) for one in value]
    if depth and type(value) is dict:
        return [(_shown(key, depth - 1), _shown(one, depth - 1)) for key, one in value.items()]
    if is_table(value):
        return [list(value.index), value.to_numpy().tolist()]
    if is_plain_instance(value):
        return [(name, _shown(one, depth - 1)) for name, one in attributes_of(value).items()] if depth else "deep"
    return value


def _content(cell):
    try:
        return cell.cell_contents
    except ValueError:
        return None


def _smaller(value):
    kind = type(value)
    if kind is int:
        return [n for n in (0, 1, -1, 2, value // 2, value // 10) if n != value]
    if kind is float:
        return [x for x in (0.0, 1.0, float(int(value)) if abs(value) < 1e15 else 1.0, value / 2) if x != value]
    if kind in (str, bytes, list, tuple) or kind.__module__ == "numpy" and getattr(value, "ndim", 0) >= 1:
        count, size = len(value), len(value) // 2
        pieces = [value[:0], value[:size], value[size:]] + [value[i : i + 1] for i in (0, count - 1)]
        pieces += [_without(value, i) for i in range(min(count, 12))] + [value[:-1]]
        return [piece for piece in pieces if len(piece) < count]
    if is_table(value):
        count = len(value)
        pieces = [slice(0, 0), slice(0, 1), slice(count - 1, count), slice(0, count // 2), slice(count // 2, count), slice(0, count - 1)]
        return [value.iloc[piece] for piece in pieces if count]
    if kind in (set, frozenset):
        items = sorted(value, key=repr)
        return [kind(items[:1]), kind(items[: len(items) // 2])] + [kind(items[:i] + items[i + 1 :]) for i in range(len(items[:12]))]
    if kind is dict:
        keys = list(value)
        return [{}] + [{k: v for k, v in value.items() if k != key} for key in keys[:12]]
    return []


def _without(value, index):
    if isinstance(value, (str, bytes, list, tuple)):
        return value[:index] + value[index + 1 :]
    import numpy

    return numpy.delete(value, index, axis=0)
