"""The records of a replay: one input each, with what the original did on it, in a file that is written as it goes.

A record is {"origin", "label", "domain", "plan", "number", "call" or "entry", "outcomes", "seconds", "problem", "reproduced"}:
`problem` says why replaying a recorded call did not reproduce the run, or is None; `reproduced`, whether all that was recorded
of the call came out again. One with "fromRun" has what the run recorded of a call too long to be run again: its outcome
has fewer facets, and only these are compared (`common`). A process that dies leaves the records before
that; no record of a recorded call is ever without the answer whether it is faithful.
"""

import pickle

from . import snapshot
from .drive import DRIVES
from .shrink import change_within, one_nan, perturb, perturb_globals


class Kept:
    """
    What a file of records holds: the names of the original's module, how many calls the run recorded, the settings of the
    process once the module was executed, the inputs.
    """

    def __init__(self, names, calls, settings):
        self.names, self.calls, self.settings = names, calls, settings
        self.inputs, self.problems = [], []
        self.complete = False  # whether there was time for all inputs that were to be generated

    def of(self, origin):
        return [record for record in self.inputs if record["origin"] == origin]


class RecordsFile:
    """Writes records, each flushed at once."""

    def __init__(self, path, names, calls, settings):
        self._file = open(path, "wb")
        self._write({"names": names, "calls": calls, "settings": settings})

    def keep(self, record):
        self._write(record)

    def problem(self, text):
        """A recorded call whose outcome cannot be kept, and why."""
        self._write({"problem": text})

    def complete(self):
        self._write(_complete(True))

    def close(self):
        self._file.close()

    def _write(self, value):
        pickle.dump(value, self._file, protocol=4)
        self._file.flush()


def note_hurry(path):
    """Take back that there was time for all inputs."""
    with open(path, "ab") as file:
        pickle.dump(_complete(False), file, protocol=4)


def _complete(value):
    return {"problem": None, "complete": value}


def read_records(path):
    """As many records as are whole, as `Kept`."""
    with open(path, "rb") as file:
        kept = Kept(**pickle.load(file))
        while True:
            try:
                record = pickle.load(file)
            except (EOFError, pickle.UnpicklingError):
                return kept
            if record["problem"] is not None:
                kept.problems.append(record["problem"])
            kept.complete = record.get("complete", kept.complete)
            if "outcomes" in record:
                kept.inputs.append(record)


def write_inputs(path, inputs):
    """Inputs for the original, as (label, domain, frozen entry)."""
    with open(path, "wb") as file:
        pickle.dump(inputs, file, protocol=4)


def read_inputs(path):
    with open(path, "rb") as file:
        return pickle.load(file)


def entry_of(job, record):
    """The record's input, fresh."""
    if record["entry"] is None:
        return job.calls[record["call"]].entry()
    return generated_entry(record["entry"], record["domain"])


def generated_entry(frozen, domain):
    """A generated input, fresh."""
    entry = snapshot.thaw(frozen)
    if domain == "special floats":
        for name, value in entry.arguments.items():
            entry.arguments[name] = one_nan(value)
    return entry


def common(record, before, after):
    """The graphs of two outcomes as they are to be compared: of a call known from the run alone, what that recorded."""
    if not record.get("fromRun"):
        return before, after
    names = [name for name in before["roots"] if name in after["roots"]]
    return [{"nodes": graph["nodes"], "roots": {name: graph["roots"][name] for name in names}} for graph in (before, after)]


def run_plan(observer, entry, plan, limit):
    """What was observed on the entry: one outcome, or several of calls in a row that share their state."""
    observer.begin()
    if plan == "again":
        return _repeatedly(observer, entry, limit)
    if plan == "once":
        return [observer.observe(entry, limit)]
    if plan in DRIVES:
        return [observer.observe(entry, limit, plan)]
    if plan == "defaults":
        arguments = observer.region.place.node.args
        named = [a.arg for a in arguments.posonlyargs + arguments.args]
        left_out = named[len(named) - len(arguments.defaults) :]
        left_out += [a.arg for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults) if d]
        entry.unbound = list(entry.unbound) + left_out
    first = observer.observe(entry, limit)
    perturb(entry)
    return [first, observer.observe(entry, limit)]


def _repeatedly(observer, entry, limit):
    """
    What was observed when the region is called again and again in one process, as a result that was kept too long would show:
    the same input after the first result was changed in place by its owner; then with other globals; then as at first.
    """
    frozen = snapshot.freeze(entry)
    outcomes = [observer.observe(entry, limit, handle=change_within)]
    outcomes.append(observer.observe(snapshot.thaw(frozen), limit))
    other = snapshot.thaw(frozen)
    if perturb_globals(other):
        outcomes.append(observer.observe(other, limit))
        outcomes.append(observer.observe(snapshot.thaw(frozen), limit))
    return outcomes
