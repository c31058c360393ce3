"""Settings of the whole process that code may leave changed behind itself: the rest of the program would run under them."""

import decimal
import gc
import sys
import warnings

_NUMPY = "NumPy's handling of floating-point errors"
_NUMPY_DEFAULT = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}


def settings():
    """The settings now, by name, as plain values."""
    numpy = sys.modules.get("numpy")
    return {
        "recursion limit": sys.getrecursionlimit(),
        "garbage collection": gc.isenabled(),
        "decimal context": _decimal_context(),
        "warnings that are ignored": sorted(str(f) for f in warnings.filters if f[0] == "ignore" and _is_blanket(f)),
        _NUMPY: sorted((_NUMPY_DEFAULT if numpy is None else numpy.geterr()).items()),
    }


def changes_since(before):
    """What of `before` is other now, by name; put back to what it was."""
    now = settings()
    changed = {name: now[name] for name in before if now[name] != before[name]}
    if "recursion limit" in changed:
        sys.setrecursionlimit(before["recursion limit"])
    if "garbage collection" in changed:
        (gc.enable if before["garbage collection"] else gc.disable)()
    if "decimal context" in changed:
        context = decimal.getcontext()
        context.prec, context.rounding, context.Emin, context.Emax, context.capitals, context.clamp = before["decimal context"][:6]
        for signal in context.traps:
            context.traps[signal] = signal.__name__ in before["decimal context"][6]
    if _NUMPY in changed:
        sys.modules["numpy"].seterr(**dict(before[_NUMPY]))
    return changed


def _decimal_context():
    context = decimal.getcontext()
    traps = sorted(signal.__name__ for signal, on in context.traps.items() if on)
    return (context.prec, context.rounding, context.Emin, context.Emax, context.capitals, context.clamp, traps)


def _is_blanket(entry):
    """Whether a filter is for all of a category, wherever it comes from; packages make narrow ones when they are imported."""
    _, message, category, module, line = entry
    return message is None and module is None and line == 0 and category in (Warning, RuntimeWarning, UserWarning)
