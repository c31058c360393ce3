"""Numbers for code, frames and stacks, so that a sample is one integer and every name is written once."""

import os
import sys

from .spool import quote

# The instruction with which a function begins that has been entered; older versions have none.
_RESUME = (lambda: None).__code__.co_code[0] if sys.version_info >= (3, 11) else -1
_AGENT = os.path.dirname(os.path.abspath(__file__))
_DEEPEST = 20_000  # frames walked
_KEPT = 200  # of a deeper stack: this many at either end


class FrameTables:
    """
    Interns stacks as a tree: a node is a frame (code and line) under its caller's node.

    With `whole_stacks` false only the innermost frame is read: without an interpreter lock the frames below belong to a
    thread that runs on meanwhile.
    """

    def __init__(self, write, whole_stacks=True):
        self._write = write
        self._whole = whole_stacks
        self._codes = {}
        self._frames = {}
        self._entries = {}
        self._nodes = {}
        self._counts = {}
        self._gap = None

    def count(self, kind):
        """The next number of its kind."""
        number = self._counts.get(kind, 0)
        self._counts[kind] = number + 1
        return number

    def stack(self, frame):
        """
        `(node, entered)` of the stack whose innermost frame is `frame`. A function that has only just been entered has
        used no time yet: it is left out, and `entered` is the number of its code; else −1. Node −1 is no frame at all.
        """
        known = self._frames
        path = []
        leaf = (id(frame.f_code), frame.f_lasti)
        while frame is not None:
            key = (id(frame.f_code), frame.f_lasti)
            number = known.get(key)
            if number is None:
                number = self._new_frame(frame, key)
            if number != _HIDDEN:
                path.append(number)
            elif path:
                break  # the agent launched the program: its frames lie below
            if not self._whole or len(path) == _DEEPEST:
                break
            frame = frame.f_back
        entered = self._entries.get(leaf, -1)
        if entered >= 0 and len(path) > 1:
            del path[0]
        else:
            entered = -1
        if len(path) > 2 * _KEPT:
            path[_KEPT:-_KEPT] = [self._gap_frame()]
        nodes = self._nodes
        node = -1
        for number in reversed(path):
            key = (node, number)
            child = nodes.get(key)
            if child is None:
                child = nodes[key] = self.count("node")
                self._write('["node",%d,%d,%d]' % (child, node, number))
            node = child
        return node, entered

    def _new_frame(self, frame, key):
        code = frame.f_code
        if code.co_filename.startswith(_AGENT):
            self._codes[key[0]] = (code, _HIDDEN)
            self._frames[key] = _HIDDEN
            return _HIDDEN
        known = self._codes.get(key[0])
        if known is None:
            # The code object is kept, so that its id stays its own.
            known = self._codes[key[0]] = (code, self.count("code"))
            path = code.co_filename
            if not os.path.isabs(path) and not path.startswith("<") and os.path.exists(path):
                path = os.path.abspath(path)
            name = getattr(code, "co_qualname", code.co_name)
            self._write('["code",%d,%s,%s,%d]' % (known[1], quote(path), quote(name), code.co_firstlineno))
        if key[1] < 0 or (_RESUME >= 0 and code.co_code[key[1]] == _RESUME):
            self._entries[key] = known[1]
        number = self._frames[key] = self.count("frame")
        self._write('["frame",%d,%d,%d]' % (number, known[1], _line(frame)))
        return number

    def _gap_frame(self):
        if self._gap is None:
            code, self._gap = self.count("code"), self.count("frame")
            self._write('["code",%d,"<speedwell>","<frames left out>",0]' % code)
            self._write('["frame",%d,%d,0]' % (self._gap, code))
        return self._gap


_HIDDEN = -2


def _line(frame):
    """The line a frame stands at; instructions that the compiler added have none, and take the one before."""
    line = frame.f_lineno
    code = frame.f_code
    if line is None:
        line = code.co_firstlineno
        for start, _, number in code.co_lines():
            if start > frame.f_lasti:
                break
            if number is not None:
                line = number
    return line
