"""A search for inputs that make the code under test take steps that no earlier input made it take: a coverage-guided fuzzer."""

import random

from . import snapshot
from .shrink import shrunk
from .vary import Donors, vary

_SMALL = 12


class Search:
    """
    `calls` are recorded ones to start from, `palette` the literals to try, `reach` what observes each execution: call `learn`
    after it. `idle` counts the inputs since the last that reached something new.
    """

    def __init__(self, calls, palette, reach, seed, corpus=()):
        self.palette, self._reach = palette, reach
        self._source = random.Random(seed)
        self._seen = set()
        self._covered, self.lines = set(), set()
        self.idle = 0
        entries = [shrunk(call, _SMALL) for call in calls]
        self._donors = Donors(entries, palette)
        self._corpus = list(corpus)
        for entry in entries:
            try:
                self._corpus.append(snapshot.freeze(entry))
            except snapshot.Unrecordable:
                continue

    def new(self, entry):
        """The entry as bytes; None when it was seen before or cannot be stored."""
        try:
            frozen = snapshot.freeze(entry)
        except Exception:
            return None
        if frozen in self._seen:
            return None
        self._seen.add(frozen)
        return frozen

    def propose(self):
        """(what was changed, an input as bytes), or None in place of the bytes when nothing new came of it."""
        # Later finds lie deeper, and so do those that come of them.
        pool = self._corpus if self._source.random() < 0.5 else self._corpus[-6:]
        self.idle += 1
        if not pool:
            return "", None
        try:
            entry = snapshot.thaw(self._source.choice(pool))
            told = vary(entry, self._donors, self._source)
        except Exception:  # a class of the program that does not take the change
            return "", None
        return told[:200], self.new(entry)

    def is_news(self):
        return not self._reach.steps <= self._covered

    def learn(self, frozen):
        """
        Note what the execution that just ended reached; returns whether that was news. Only what is of the recorded types may be
        `frozen`, an input to start from; None for others, after which the same steps are news still.
        """
        self.lines |= self._reach.lines
        if frozen is None or not self.is_news():
            return False
        self._covered |= self._reach.steps
        self._corpus.append(frozen)
        self.idle = 0
        return True
