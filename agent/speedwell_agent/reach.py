"""Which parts of a region's code an execution reaches: the steps from one instruction to the next, in the code that stands in
its lines. So that branches on one line count, and inputs can be looked for that take another one."""

import dis
import sys

_MOST = 50_000  # steps of one execution that are looked at


class Reach:
    """`with reach:` around executions; `steps` and `lines` are those of the last one."""

    def __init__(self, path, first, last):
        self._path, self._lines = path, (first, last)
        self.steps, self.lines = set(), set()
        self._left = 0

    def __enter__(self):
        self.steps, self.lines = set(), set()
        self._left = _MOST
        self._before = sys.gettrace()
        sys.settrace(self._call)

    def __exit__(self, *_):
        sys.settrace(self._before)

    def _call(self, frame, event, _):
        code = frame.f_code
        first, last = self._lines
        if code.co_filename != self._path or not first <= code.co_firstlineno <= last or self._left <= 0:
            return None
        frame.f_trace_opcodes = True
        steps, lines, key = self.steps, self.lines, (code.co_firstlineno, code.co_name)
        before = -1

        def step(frame, event, _):
            nonlocal before
            if event == "opcode":
                now = frame.f_lasti
                steps.add((key, before, now))
                before = now
                self._left -= 1
                if self._left <= 0:
                    frame.f_trace_opcodes = frame.f_trace_lines = False
            elif event == "line":
                lines.add(frame.f_lineno)
            return step

        return step


def of_region(region):
    """The `Reach` of a `namespace.Region`."""
    statements = region.place.statements
    first = min([n.lineno for n in statements] + [d.lineno for n in statements for d in getattr(n, "decorator_list", ())])
    return Reach(region.path, first, max(n.end_lineno for n in statements))


def lines_of(region):
    """The lines of a region that can be reached at all: those that its compiled code has."""
    compiled = compile(region.text, region.path, "exec", dont_inherit=True)
    reach = of_region(region)
    first, last = reach._lines
    lines, pending = set(), [compiled]
    while pending:
        code = pending.pop()
        pending += [c for c in code.co_consts if isinstance(c, type(code))]
        if code.co_flags & 2 and first <= code.co_firstlineno <= last or not region.is_function:
            inner = {line for _, line in dis.findlinestarts(code) if line is not None and first <= line <= last}
            lines |= inner - {code.co_firstlineno} if region.is_function else inner
    return lines
