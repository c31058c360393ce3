"""A call that is being recorded, from its entry to the place it has in the reservoir."""

import os
import sys
import weakref

from .live import globals_of


class Recorded:
    """A call whose entry is on disk."""

    __slots__ = ("directory", "number", "signature", "time", "bytes", "state", "digests", "_held")

    def __init__(self, probe, state, number, signature, time):
        self.directory = probe.directory
        self.number = number
        self.signature = signature
        self.time = time
        self.bytes = 0
        self.state = state
        self.digests = {}
        self._held = None

    def hold(self):
        """Remember which objects were the arguments, to look at them again at exit."""
        # NumPy resizes no array in place that is referred to twice, so arrays are held weakly.
        array = getattr(sys.modules.get("numpy"), "ndarray", None)
        arguments, self.state.arguments = self.state.arguments, {}
        self._held = {n: weakref.ref(v) if type(v) is array else v for n, v in arguments.items()}
        self.state.globals = {}

    def path(self, side):
        return os.path.join(self.directory, "%d-%d.%s" % (os.getpid(), self.number, side))

    def remove(self):
        remove_file(self.path("entry"))
        remove_file(self.path("exit"))

    def after(self, frame):
        """The state of the same objects now."""
        state = self.state
        found = {n: v() if type(v) is weakref.ref else v for n, v in self._held.items()}
        state.arguments = {n: v for n, v in found.items() if v is not None or type(self._held[n]) is not weakref.ref}
        state.globals, _ = globals_of(state.region, frame)
        self._held = None
        return state


def remove_file(path):
    try:
        os.remove(path)
    except OSError:
        pass
